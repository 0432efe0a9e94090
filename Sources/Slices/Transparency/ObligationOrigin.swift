import Catalogue
import CivilTime
import Obligations
import Storage

/// Where an obligation comes from, held against what it shows of it: its item in the catalogue, the event that made it known, the
/// event that started its clock (义务由来核对).
///
/// None of these columns is told by a leaf of its own. The catalogue's items are hashed in a leaf, and so is each event's record.
struct ObligationOrigin {
    let transaction: Transaction

    /// The first thing in which they differ, in Chinese; nil when they agree.
    func difference(of obligation: Obligation) throws -> String? {
        if try !isOfItsItem(obligation) { return "栏目、刚性、触发步骤、时限规则或者目录版本与目录不符。" }
        if try !comesFromItsEvent(obligation) { return "辖区、项目、标段或者由来与触发事项不符。" }
        return try obligation.trigger.isEmpty || isStarted(obligation) ? nil : "触发事项、触发日或者其依据与该事项的记录不符。"
    }

    private func isOfItsItem(_ obligation: Obligation) throws -> Bool {
        let (id, version) = (obligation.item, obligation.catalogueVersion)
        let stated = try transaction.remembered("stated|\(version)|\(id)") {
            try transaction.catalogue.item(id, version: version)
        }
        guard let item = stated, try applies(version, in: obligation.jurisdiction) else { return false }
        let clocks = item.clocks(for: obligation.eventKind).filter { $0.channel == obligation.channel }
        let rules = try transaction.obligations.rules(of: obligation.id)
        let own = clocks.map(\.rule)
        guard obligation.field == item.field, obligation.firm != item.isSoft, !clocks.isEmpty,
            rules.starts(with: own)
        else { return false }
        let rest = Array(rules.dropFirst(own.count))
        if rest.isEmpty { return true }
        return try clocks.contains(where: \.runsWithParent) && isOfParent(rest, of: item, obligation)
    }

    /// Whether some version has these rules on the item that this one runs with.
    private func isOfParent(_ rules: [String], of item: CatalogueItem, _ obligation: Obligation) throws
        -> Bool
    {
        try transaction.catalogue.versions(after: "", limit: 1000).contains { version in
            let parent = try transaction.remembered("stated|\(version.id)|\(item.parent)") {
                try transaction.catalogue.item(item.parent, version: version.id)
            }
            let clocks = parent?.clocks(for: obligation.eventKind) ?? []
            return rules
                == clocks.filter { $0.channel == obligation.channel && !$0.runsWithParent }.map(\.rule)
        }
    }

    /// Whether a version is of the jurisdiction's own catalogue, or of one that this refines.
    private func applies(_ version: String, in jurisdiction: String) throws -> Bool {
        try transaction.remembered("applies|\(version)|\(jurisdiction)") {
            guard let catalogue = try transaction.catalogue.version(version)?.catalogue else { return false }
            return try transaction.catalogue.versions(in: jurisdiction).contains {
                $0.catalogue == catalogue || $0.baseline == catalogue
            }
        }
    }

    /// What an event made known stands in the event's jurisdiction and project, and in its lot where it has one.
    private func comesFromItsEvent(_ obligation: Obligation) throws -> Bool {
        if obligation.standing != (obligation.eventKind == "standing.started") { return false }
        guard let event = try transaction.events.event(obligation.root) else { return false }
        return event.jurisdiction == obligation.jurisdiction && event.project == obligation.project
            && (event.lot.isEmpty || event.lot == obligation.lot)
    }

    private func isStarted(_ obligation: Obligation) throws -> Bool {
        guard let event = try transaction.events.event(obligation.trigger) else { return false }
        return event.kind == obligation.eventKind && event.project == obligation.project
            && event.day == obligation.triggerDay && event.basis == obligation.triggerBasis
    }
}
