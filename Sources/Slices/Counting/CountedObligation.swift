import CivilTime
import Obligations

/// What is counted of one obligation: where it belongs, and what its state follows from.
package struct CountedObligation: Sendable, Hashable {
    let id: String
    let body: String
    let jurisdiction: String
    let field: String
    let item: String
    let facts: String
    /// ISO day, or empty.
    let due: String
    /// `2026-03`: the month of its due day, for what may be on time or late; else empty.
    let month: String
    /// The due day in whose place it is listed; `9999-12-31` without one.
    let place: String
    /// What the time of the first discharge rests on, for one that was met; else empty.
    let basis: String
    /// The civil day from which it is so.
    let since: String

    init(_ version: ObligationVersion, basis: TimeBasis?) {
        let obligation = version.obligation
        let facts = StateFacts(obligation)
        id = obligation.id
        body = obligation.body
        jurisdiction = obligation.jurisdiction
        field = obligation.field
        item = obligation.item
        self.facts = facts.code
        due = facts.dueThatMatters?.description ?? ""
        month =
            facts.firm && !facts.standing ? obligation.due.map { String($0.description.prefix(7)) } ?? "" : ""
        place = ObligationCursor(after: obligation).due
        self.basis = basis?.rawValue ?? ""
        since = version.since
    }

    init(
        id: String, body: String, jurisdiction: String, field: String, item: String, facts: String,
        due: String, month: String, place: String, basis: String, since: String
    ) {
        (self.id, self.body, self.jurisdiction, self.field) = (id, body, jurisdiction, field)
        (self.item, self.facts, self.due, self.month) = (item, facts, due, month)
        (self.place, self.basis, self.since) = (place, basis, since)
    }
}

/// What a count is of.
package enum TallyScope: Sendable, Hashable {
    case all
    case body(String)
    case jurisdiction(String)
    case field(String)
    case item(String)
    /// A field in a jurisdiction.
    case place(String, field: String)
    /// What of a body, in a jurisdiction, is or was due in a month.
    case month(String, body: String, String)
    /// What is due from one day to another, as the order of lists holds the days.
    case due(from: String, to: String)

    var kind: String {
        switch self {
        case .all: "all"
        case .body: "body"
        case .jurisdiction: "jurisdiction"
        case .field: "field"
        case .item: "item"
        case .place: "place"
        case .month: "month"
        case .due: "due"
        }
    }

    /// From the first name to the last that belongs to it: one, but for spans of days.
    var names: ClosedRange<String> {
        switch self {
        case .all: ""...""
        case .body(let name), .jurisdiction(let name), .field(let name), .item(let name): name...name
        case .place(let jurisdiction, let field):
            "\(jurisdiction) \(field)"..."\(jurisdiction) \(field)"
        case .month(let jurisdiction, let body, let month):
            "\(jurisdiction) \(body) \(month)"..."\(jurisdiction) \(body) \(month)"
        case .due(let from, let to): from...to
        }
    }

    /// The last day in the order of lists; what stands after it has no due day.
    private static let lastDue = "9999-12-30"

    /// The one scope that holds exactly what a filter lets through; nil when none does and rows have to be counted.
    package init?(_ filter: ObligationFilter) {
        guard filter.project == nil else { return nil }
        if filter.dueFrom != nil || filter.dueTo != nil {
            guard let due = Self.due(filter) else { return nil }
            self = due
            return
        }
        switch (filter.body, filter.item, filter.jurisdiction, filter.field) {
        case (nil, nil, nil, nil): self = .all
        case (let body?, nil, nil, nil): self = .body(body)
        case (nil, let item?, nil, nil): self = .item(item)
        case (nil, nil, let jurisdiction?, nil): self = .jurisdiction(jurisdiction)
        case (nil, nil, nil, let field?): self = .field(field)
        case (nil, nil, let jurisdiction?, let field?): self = .place(jurisdiction, field: field)
        default: return nil
        }
    }
}

extension TallyScope {
    /// Days alone; together with another condition they are counted by rows.
    private static func due(_ filter: ObligationFilter) -> TallyScope? {
        guard (filter.body ?? filter.item ?? filter.jurisdiction ?? filter.field) == nil else { return nil }
        let from = filter.dueFrom?.description ?? ""
        let to = min(filter.dueTo?.description ?? lastDue, lastDue)
        return from <= to ? .due(from: from, to: to) : nil
    }
}

/// One row of the tally.
package struct TallyKey: Sendable, Hashable {
    let kind: String
    let name: String
    /// The day of the change, or the month or year that it lies in, in the tally of past days; nil in that of now.
    let day: String?
    let facts: String
    let due: String
    let basis: String
}

/// Obligations by what is counted of them, as additions and subtractions.
package struct TallyChange: Sendable {
    package private(set) var counts: [TallyKey: Int] = [:]
    /// When anything was due on a day, by due day.
    private(set) var lives: [String: DueLife] = [:]

    /// - Parameters:
    ///   - counted: as it was counted last; nil when it is new.
    ///   - versions: what it has been, oldest first, its present state last; those before the counted one may be left out.
    mutating func move(_ counted: CountedObligation?, to versions: [CountedObligation]) {
        guard let present = versions.last else { return }
        if let counted { add(counted, -1) }
        add(present, 1)
        for (version, next) in zip(versions, versions.dropFirst().map(\.since) + [""]) {
            lives[version.place, default: DueLife()].take(from: version.since, until: next)
        }
        var before = counted
        for version in versions where version.since >= counted?.since ?? "" {
            if let before { add(before, -1, on: version.since) }
            add(version, 1, on: version.since)
            before = version
        }
    }

    private mutating func add(_ counted: CountedObligation, _ number: Int) {
        let due = TallyScope.due(from: counted.place, to: counted.place)
        for scope in [.body(counted.body), .item(counted.item), due] + counted.months + counted.places {
            add(scope, counted, number, day: nil, basis: counted.basis)
        }
    }

    /// Bodies and items are few rows each: past days are counted from those.
    private mutating func add(_ counted: CountedObligation, _ number: Int, on day: String) {
        for scope in counted.places {
            for span in DaySpans.holding(day) { add(scope, counted, number, day: span, basis: "") }
        }
    }

    private mutating func add(
        _ scope: TallyScope, _ counted: CountedObligation, _ number: Int, day: String?, basis: String
    ) {
        let key = TallyKey(
            kind: scope.kind, name: scope.names.lowerBound, day: day, facts: counted.facts, due: counted.due,
            basis: basis
        )
        counts[key, default: 0] += number
    }
}

extension CountedObligation {
    fileprivate var months: [TallyScope] {
        month.isEmpty ? [] : [.month(jurisdiction, body: body, month)]
    }

    fileprivate var places: [TallyScope] {
        [.all, .jurisdiction(jurisdiction), .field(field), .place(jurisdiction, field: field)]
    }
}
