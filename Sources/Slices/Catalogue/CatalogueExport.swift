import CivilTime
import Spreadsheet

/// A list as a machine reads it: what `catalogue export --json` and `/catalogue.json` give.
package struct CatalogueExport: Sendable, Codable {
    package struct Counts: Sendable, Codable, Hashable {
        package let items: Int
        package let own: Int
        package let inherited: Int
        /// Items that make somebody owe a publication.
        package let owing: Int
        /// By `ItemKind`.
        package let kinds: [String: Int]
    }

    package let jurisdiction: String
    package let catalogue: String
    package let title: String
    package let document: String
    package let version: String
    package let effectiveFrom: Day
    /// SHA-256 of the list as CSV.
    package let sha256: String
    package let plans: [CataloguePlan]
    package let counts: Counts
    package let items: [ExportedItem]
    package let mappings: [ItemMapping]

    package init(_ list: CatalogueList, jurisdiction: String) {
        self.jurisdiction = jurisdiction
        catalogue = list.version.catalogue
        title = list.version.title
        document = list.version.document
        version = list.version.id
        effectiveFrom = list.version.effectiveFrom
        sha256 = list.version.sha256
        plans = list.version.plans
        counts = Counts(
            items: list.items.count, own: list.items.count { $0.relation == .own },
            inherited: list.items.count { $0.relation == .inherited }, owing: list.items.count(where: \.owes),
            kinds: Dictionary(grouping: list.items, by: \.kind.rawValue).mapValues(\.count))
        items = list.items.map(ExportedItem.init)
        mappings = list.mappings
    }
}

/// An item with what follows from it written out.
package struct ExportedItem: Sendable, Codable {
    package let owes: Bool
    package let soft: Bool
    package let eventKinds: [String]
    /// Why the item applies although the list does not hold it; null for the list's own. Chinese.
    package let reason: String?
    private let item: CatalogueItem

    package init(_ item: CatalogueItem) {
        reason = item.relation == .inherited ? "本级目录没有与它对应的事项，也没有载明不适用的理由，因此沿用" : nil
        owes = item.owes
        soft = item.isSoft
        eventKinds = item.eventKinds
        self.item = item
    }

    private enum CodingKeys: String, CodingKey {
        case owes, soft, eventKinds, reason
    }

    package init(from decoder: any Decoder) throws {
        self.init(try CatalogueItem(from: decoder))
    }

    package func encode(to encoder: any Encoder) throws {
        try item.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(owes, forKey: .owes)
        try container.encode(soft, forKey: .soft)
        try container.encode(eventKinds, forKey: .eventKinds)
        try container.encode(reason, forKey: .reason)
    }
}

extension CatalogueExport {
    /// The list as CSV, whose SHA-256 is the version's hash: items with their clocks and their baseline.
    ///
    /// Inherited items are left out: they belong to the other list.
    package static func csv(_ list: CatalogueList) -> String {
        csv(items: list.items.filter { $0.relation == .own }, mappings: list.mappings)
    }

    static func csv(items: [CatalogueItem], mappings: [ItemMapping]) -> String {
        let baselines = Dictionary(grouping: mappings, by: \.item)
        var text = CSVWriter.line(ItemCells.columns + ["clocks", "baseline"])
        for item in items {
            let baseline = (baselines[item.id] ?? []).map {
                "\($0.baseline)|\($0.relation.rawValue)|\($0.reason)"
            }
            text += CSVWriter.line(item.cells + [item.clocksCell, baseline.joined(separator: ";")])
        }
        return text
    }

    /// The list for a notice board, with the version and the hash that tell whether it is the one on the site.
    ///
    /// - Law: R-07 (004 二(一)): online and offline the same.
    package static func printed(_ list: CatalogueList, jurisdiction: String, law titles: [String: String])
        -> String
    {
        var lines = [
            "\(jurisdiction)公开事项目录", list.version.title,
            "依据：\(list.version.document)　自\(list.version.effectiveFrom)起",
            "版本：\(list.version.id)", "SHA-256：\(list.version.sha256)",
            "事项共\(list.items.count)项，其中产生公开义务的\(list.items.count(where: \.owes))项。",
        ]
        var heading = ""
        for item in list.items {
            if item.field != heading {
                heading = item.field
                lines += ["", "【\(heading)】"]
            }
            lines += printed(item, plan: list.plan(of: item), titles)
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func printed(_ item: CatalogueItem, plan: CataloguePlan?, _ titles: [String: String])
        -> [String]
    {
        var lines = ["\(item.id)　\(item.sub.isEmpty ? "" : item.sub + "·")\(item.title)"]
        if !item.owes { return lines + ["　　性质：\(item.kind.title)"] }
        if !item.elements.isEmpty {
            lines.append("　　内容：\(item.elements.joined(separator: "、"))\(item.openEnded ? "等" : "")")
        }
        if let inherited = item.inheritedElements {
            lines.append("　　承接上级的内容：\(inherited.joined(separator: "、"))")
        }
        for clock in item.clocks where !clock.runsWithParent {
            let channel = DisclosureChannel(rawValue: clock.channel)?.title ?? clock.channel
            let element = clock.element.isEmpty ? "" : "（\(clock.element)）"
            lines.append("　　时限：\(channel)\(element)：\(titles[clock.rule] ?? clock.rule)")
        }
        let bodies = item.bodies.map(\.printed).joined(separator: "、")
        lines.append("　　主体：\(bodies.isEmpty ? plan?.bodies ?? "" : bodies)")
        lines.append("　　对象：\(item.audience.title)　方式：\(plan?.method ?? "")　监督：\(plan?.supervision ?? "")")
        return lines
    }
}
