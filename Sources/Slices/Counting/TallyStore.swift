import CivilTime
import Obligations
import Storage

/// Every statement on the tally, and what is read from it.
package struct TallyStore {
    let transaction: Transaction

    /// Journal rows that a reader makes up for when the follower has not come to them yet.
    static let pendingMax = 500

    // MARK: Reading

    /// How many obligations a scope holds by state on a day, and how many are past their day under unverified rules.
    ///
    /// - Parameters:
    ///   - filter: one that `TallyScope` can answer; its state is passed over.
    ///   - past: whether the filter's day is over, and its end is meant.
    /// - Returns: nil when rows have to be counted: the filter is no scope, or the follower is too far behind.
    package func counts(_ filter: ObligationFilter, past: Bool) throws -> StateCounts? {
        guard let scope = TallyScope(filter), !past || scope.hasPastDays, let pending = try pending() else {
            return nil
        }
        var sums = try past ? sums(scope, through: filter.day) : sums(scope)
        for (key, number) in pending.counts where key.kind == scope.kind && key.name == scope.name {
            guard past == (key.day != nil), key.day ?? "" <= filter.day.description else { continue }
            sums[Cell(facts: key.facts, due: key.due, basis: key.basis), default: 0] += number
        }
        return try StateCounts(sums, filter, past: past)
    }

    /// The names of a kind of scope that hold any obligation: nil as for `counts`.
    package func names(of kind: NamedScope) throws -> [String]? {
        guard let pending = try pending() else { return nil }
        let kept = try transaction.rows(
            "SELECT DISTINCT name FROM tally WHERE kind = \(kind.rawValue) ORDER BY name LIMIT 500"
        ).map { try $0.string("name") }
        let new = pending.counts.filter { $0.key.kind == kind.rawValue && $0.value > 0 }.map(\.key.name)
        return Set(kept + new).sorted()
    }

    /// Open obligations of a scope by their due day, from one day to another.
    ///
    /// - Parameter filter: as for `counts`; its own days are passed over.
    /// - Returns: days on which nothing is due are left out; nil as for `counts`.
    package func countsByDue(
        _ filter: ObligationFilter, days: ClosedRange<Day>
    ) throws -> [Day: StateCounts]? {
        var whole = filter
        (whole.dueFrom, whole.dueTo) = (nil, nil)
        guard let scope = TallyScope(whole), let pending = try pending() else { return nil }
        let (from, to) = (days.lowerBound.description, days.upperBound.description)
        // Answered by the primary key, within what is kept of the scope.
        var sums = try cells(
            transaction.rows(
                """
                SELECT facts, due, basis, n FROM tally
                WHERE kind = \(scope.kind) AND name = \(scope.name) AND due >= \(from) AND due <= \(to)
                """))
        for (key, number) in pending.counts
        where key.kind == scope.kind && key.name == scope.name && key.day == nil && from <= key.due
            && key.due <= to
        {
            sums[Cell(facts: key.facts, due: key.due, basis: key.basis), default: 0] += number
        }
        return try Dictionary(grouping: sums.filter { $0.value != 0 }, by: \.key.due).reduce(into: [:]) {
            found, day in
            guard let due = Day(day.key) else { throw SchemaMismatch(column: "tally.due", found: day.key) }
            let cells = Dictionary(uniqueKeysWithValues: day.value.map { ($0.key, $0.value) })
            found[due] = try StateCounts(cells, filter, past: false)
        }
    }

    package enum NamedScope: String { case jurisdiction, field }

    struct Cell: Hashable {
        let facts: String
        let due: String
        let basis: String
    }

    private func sums(_ scope: TallyScope) throws -> [Cell: Int] {
        // Answered by the primary key.
        try cells(
            transaction.rows(
                "SELECT facts, due, basis, n FROM tally WHERE kind = \(scope.kind) AND name = \(scope.name)"))
    }

    private func sums(_ scope: TallyScope, through day: Day) throws -> [Cell: Int] {
        try cells(
            transaction.rows(
                """
                SELECT facts, due, '' AS basis, CAST(sum(n) AS BIGINT) AS n FROM tally_day
                WHERE kind = \(scope.kind) AND name = \(scope.name) AND day <= \(day) GROUP BY facts, due
                """))
    }

    private func cells(_ rows: [Row]) throws -> [Cell: Int] {
        var cells: [Cell: Int] = [:]
        for row in rows {
            let cell = Cell(
                facts: try row.string("facts"), due: try row.string("due"), basis: try row.string("basis"))
            cells[cell] = try row.int("n")
        }
        return cells
    }

    /// What the journal holds beyond the follower's bookmark; nil when that is too much.
    func pending() throws -> TallyChange? {
        try transaction.remembered("tally|pending") {
            let follower = CountFollower()
            guard let mark = try transaction.followerMarks().first(where: { $0.name == follower.name }),
                mark.version == follower.version, try mark.epoch == transaction.instance().journalEpoch
            else { return nil }
            let rows = try transaction.journal(after: mark.bookmark, limit: Self.pendingMax + 1)
            guard rows.count <= Self.pendingMax else { return nil }
            let batch = try transaction.counted(touchedBy: rows)
            let known = try counted(batch.compactMap { $0.last?.id })
            var change = TallyChange()
            for versions in batch { change.move(versions.last.flatMap { known[$0.id] }, to: versions) }
            return change
        }
    }

    // MARK: Following

    /// As they were counted last, by id.
    func counted(_ ids: [String]) throws -> [String: CountedObligation] {
        var found: [String: CountedObligation] = [:]
        for start in stride(from: 0, to: ids.count, by: 500) {
            let some = Array(ids[start..<min(start + 500, ids.count)])
            for row in try transaction.rows(
                """
                SELECT id, body, jurisdiction, field, item, facts, due, month, basis, since FROM counted_obligation
                WHERE id IN \(list: some)
                """)
            {
                let counted = try CountedObligation(row)
                found[counted.id] = counted
            }
        }
        return found
    }

    func set(_ counted: [CountedObligation]) throws {
        for some in counted.pieces(of: 50) {
            let rows = some.map { one -> SQL in
                """
                (\(one.id), \(one.body), \(one.jurisdiction), \(one.field), \(one.item), \(one.facts), \(one.due),
                    \(one.month), \(one.basis), \(one.since))
                """
            }.joined(separator: ", ")
            try transaction.execute(
                """
                INSERT INTO counted_obligation (id, body, jurisdiction, field, item, facts, due, month, basis, since)
                VALUES \(rows) ON CONFLICT (id) DO UPDATE SET body = excluded.body, facts = excluded.facts,
                    due = excluded.due, month = excluded.month, basis = excluded.basis, since = excluded.since
                """)
        }
    }

    func add(_ change: TallyChange) throws {
        let changed = change.counts.filter { $0.value != 0 }
        for some in changed.filter({ $0.key.day == nil }).pieces(of: 50) {
            let rows = some.map { key, number -> SQL in
                "(\(key.kind), \(key.name), \(key.facts), \(key.due), \(key.basis), \(number))"
            }.joined(separator: ", ")
            try transaction.execute(
                """
                INSERT INTO tally (kind, name, facts, due, basis, n) VALUES \(rows)
                ON CONFLICT (kind, name, facts, due, basis) DO UPDATE SET n = tally.n + excluded.n
                """)
        }
        for some in changed.filter({ $0.key.day != nil }).pieces(of: 50) {
            let rows = some.map { key, number -> SQL in
                "(\(key.kind), \(key.name), \(key.day ?? ""), \(key.facts), \(key.due), \(number))"
            }.joined(separator: ", ")
            try transaction.execute(
                """
                INSERT INTO tally_day (kind, name, day, facts, due, n) VALUES \(rows)
                ON CONFLICT (kind, name, day, facts, due) DO UPDATE SET n = tally_day.n + excluded.n
                """)
        }
        try transaction.execute("DELETE FROM tally WHERE n = 0")
        try transaction.execute("DELETE FROM tally_day WHERE n = 0")
    }

    func clear() throws {
        for table in ["counted_obligation", "tally", "tally_day"] as [SQL] {
            try transaction.execute("DELETE FROM \(table)")
        }
    }
}

/// Obligations by state on a day.
package struct StateCounts: Sendable, Hashable {
    /// `overdue` under verified rules only, unless the filter includes the others.
    package private(set) var byState: [ObligationState: Int]
    package private(set) var overdueUnverified: Int
    private var met: [Met: Int]?

    private struct Met: Hashable {
        let basis: TimeBasis
        let verdict: Discharge.Verdict
    }

    /// As `LedgerStore.timeliness`; nil where it was not counted.
    package var timeliness: [(basis: TimeBasis, verdict: Discharge.Verdict, count: Int)]? {
        met?.map { (basis: $0.key.basis, verdict: $0.key.verdict, count: $0.value) }
            .sorted { ($0.basis.rawValue, $0.verdict.rawValue) < ($1.basis.rawValue, $1.verdict.rawValue) }
    }

    /// Counted row by row.
    package init(byState: [ObligationState: Int], overdueUnverified: Int) {
        self.byState = byState
        self.overdueUnverified = overdueUnverified
    }

    /// - Parameter past: whether the sums are of a past day, where nothing is kept of bases.
    init(_ sums: [TallyStore.Cell: Int], _ filter: ObligationFilter, past: Bool) throws {
        overdueUnverified = 0
        met = past ? nil : [:]
        byState = Dictionary(uniqueKeysWithValues: ObligationState.allCases.map { ($0, 0) })
        for (cell, number) in sums where number != 0 {
            guard let facts = StateFacts(code: cell.facts, due: Day(cell.due)) else {
                throw SchemaMismatch(column: "tally.facts", found: cell.facts)
            }
            add(facts, cell.basis, number, filter)
        }
        met = met?.filter { $0.value != 0 }
    }

    private mutating func add(_ facts: StateFacts, _ basis: String, _ number: Int, _ filter: ObligationFilter)
    {
        let state = facts.state(on: filter.day, soon: filter.soon)
        if state == .overdue, !facts.verified {
            overdueUnverified += number
            if !filter.includesUnverified { return }
        }
        byState[state, default: 0] += number
        if let basis = TimeBasis(rawValue: basis),
            let verdict = Discharge.Verdict(rawValue: facts.closed.rawValue),
            facts.firm, facts.verified, !facts.standing
        {
            met?[Met(basis: basis, verdict: verdict), default: 0] += number
        }
    }
}

extension TallyScope {
    fileprivate var hasPastDays: Bool {
        switch self {
        case .all, .jurisdiction, .field, .place: true
        case .body, .item, .month: false
        }
    }
}

extension Transaction {
    package var tallies: TallyStore { TallyStore(transaction: self) }
}

extension Collection {
    /// In order, at most so many together.
    func pieces(of size: Int) -> [[Element]] {
        let all = Array(self)
        return stride(from: 0, to: all.count, by: size).map {
            Array(all[$0..<Swift.min($0 + size, all.count)])
        }
    }
}

extension CountedObligation {
    init(_ row: Row) throws {
        self.init(
            id: try row.string("id"), body: try row.string("body"),
            jurisdiction: try row.string("jurisdiction"), field: try row.string("field"),
            item: try row.string("item"), facts: try row.string("facts"), due: try row.string("due"),
            month: try row.string("month"), basis: try row.string("basis"), since: try row.string("since"))
    }
}
