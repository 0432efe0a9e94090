import Catalogue
import CivilTime
import Obligations
import Publishing
import Searching
import Web

/// One thing that a search found, with what tells a reader whether it is the one.
struct SearchRow: Encodable, Sendable {
    let kind: SearchDocument.Kind
    let kindName: String
    let id: String
    let title: String
    let snippet: String
    let day: OrNull<Day>
    /// Who published it (发布机关); null for what is no publication, or where no body was recognised.
    let body: OrNull<String>
    let bodyName: OrNull<String>
    /// null where neither an item nor a project gives one.
    let field: OrNull<String>
    /// How timely it answered what it discharges, each once: `met-on-time`, `met-late`, …
    let timeliness: [ObligationState]
    let address: String
    let link: Link

    enum CodingKeys: CodingKey {
        case kind, kindName, id, title, snippet, day, body, bodyName, field, timeliness, address
    }

    fileprivate init(_ hit: Finder.Hit, _ beside: Beside = Beside()) {
        (kind, kindName, id) = (hit.kind, hit.kind.title, hit.id)
        (title, snippet, day) = (hit.title, hit.snippet, OrNull(hit.day))
        (body, bodyName) = (OrNull(text: beside.body), OrNull(text: beside.bodyName))
        (field, timeliness) = (OrNull(text: beside.field), beside.timeliness)
        link = hit.link
        address = link.address
    }

    /// What the record says of a hit; the index does not hold it.
    fileprivate struct Beside {
        var body = "", bodyName = "", field = ""
        var timeliness: [ObligationState] = []
    }
}

extension Finder.Hit {
    fileprivate var link: Link {
        switch kind {
        case .project: "/projects/\(id)"
        case .item: "/catalogue/\(id)"
        case .body: "/bodies/\(id)"
        case .publication: "/publications/\(id)"
        }
    }
}

extension SearchRow {
    var entry: HTML {
        """
        <li><a href="\(link)">\(title)</a> <span class="quiet">\(kindName)\
        \(day.value.map { " · \(time($0))" as HTML })</span>\(timeliness.map { " \(StateChip($0))" as HTML })\
        \(place)\(when: !snippet.isEmpty, "<br><span class=\"quiet\">\(snippet)</span>")</li>
        """
    }

    /// The field of an item is among the words that it is found by, and may stand in what is shown of them.
    private var place: HTML {
        let isSaid = kind == .item && field.value.map(snippet.contains) ?? false
        let parts = [bodyName.value, isSaid ? nil : field.value].compactMap(\.self).map {
            "<span>\($0)</span>" as HTML
        }
        return parts.isEmpty ? "" : "<br><span class=\"quiet\">\(parts.joined(separator: " · "))</span>"
    }
}

extension Reading {
    /// The index lags behind: what was withdrawn or narrowed since does not leave through it.
    func rows(_ hits: [Finder.Hit]) throws -> [SearchRow] {
        let papers = hits.ids(of: .publication)
        let open = try transaction.publications.publications(papers, audience: .everyone)
            .filter { $0.value.state == .released }
        var names = names()
        try names.learn(bodies: open.values.map(\.body))
        try names.learn(items: open.values.map(\.item) + hits.ids(of: .item))
        try names.learn(projects: open.values.map(\.project) + hits.ids(of: .project))
        let timeliness = try timeliness(of: open.keys.sorted())
        return hits.compactMap { hit in
            switch hit.kind {
            case .body: return SearchRow(hit)
            case .item: return SearchRow(hit, .init(field: names.item(hit.id)?.field ?? ""))
            case .project: return SearchRow(hit, .init(field: names.field(ofProject: hit.id)))
            case .publication:
                return open[hit.id].map { paper in
                    let field = names.item(paper.item)?.field ?? names.field(ofProject: paper.project)
                    return SearchRow(
                        hit,
                        .init(
                            body: paper.body, bodyName: paper.body.isEmpty ? "" : names.body(paper.body),
                            field: field, timeliness: timeliness[paper.id] ?? []))
                }
            }
        }
    }

    /// How timely publications answered what they discharge, each way once.
    private func timeliness(of papers: [String]) throws -> [String: [ObligationState]] {
        try transaction.ledger.holdDischarges(by: papers)
        let discharges = try papers.flatMap { try transaction.ledger.discharges(by: $0) }.filter {
            !$0.revoked
        }
        let owed = try transaction.obligations.obligations(discharges.map(\.obligation))
        let byID = Dictionary(uniqueKeysWithValues: owed.map { ($0.id, $0) })
        return Dictionary(grouping: discharges, by: \.publication).mapValues { found in
            let states = Set(
                found.compactMap { discharge in byID[discharge.obligation].map { state(of: discharge, $0) } })
            return ObligationState.allCases.filter(states.contains)
        }
    }

    /// The edition's own verdict, which an earlier or later one of the same obligation may not share; a standing duty has
    /// no verdict and is current or lapsed.
    private func state(of discharge: Discharge, _ obligation: Obligation) -> ObligationState {
        if obligation.standing { return obligation.state(on: day, soon: soon) }
        guard obligation.firm else { return .encouragedMet }
        return switch discharge.verdict {
        case .onTime: .metOnTime
        case .late: .metLate
        case .undetermined: .metUndetermined
        }
    }
}

extension [Finder.Hit] {
    fileprivate func ids(of kind: SearchDocument.Kind) -> [String] { filter { $0.kind == kind }.map(\.id) }
}

extension CSVTable {
    /// What is missing first, as on the page, then what was found.
    static func found(_ value: SearchPage.Value) -> CSVTable {
        CSVTable(
            columns: ["种类", "编号", "标题", "公开主体", "领域", "状态", "公开日", "到期日", "地址"],
            rows: value.missing.items.map { row in
                [
                    "公开义务", row.id, row.itemTitle, row.bodyName, row.field, row.stateName, "",
                    row.due.value?.description ?? "", row.link.address,
                ]
            }
                + value.items.map { row in
                    [
                        row.kindName, row.id, row.title, row.bodyName.value ?? "", row.field.value ?? "",
                        row.timeliness.map(\.title).joined(separator: "；"), row.day.value?.description ?? "",
                        "",
                        row.address,
                    ]
                })
    }
}
