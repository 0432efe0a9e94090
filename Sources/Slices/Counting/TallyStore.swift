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
        let spans = try past ? spans(scope, through: filter.day) : []
        var sums = try past ? sums(scope, of: spans, on: filter.day) : sums(scope, on: filter.day)
        for (key, number) in pending.counts where key.kind == scope.kind && scope.names.contains(key.name) {
            guard past == (key.day != nil), key.day.map(spans.contains) ?? true else { continue }
            sums[Cell(facts: key.facts, due: key.due, basis: key.basis), default: 0] += number
        }
        return try StateCounts(sums, filter, past: past)
    }

    /// The names of a kind of scope that hold any obligation: nil as for `counts`.
    package func names(of kind: NamedScope) throws -> [String]? {
        guard let pending = try pending() else { return nil }
        // From one name to the next by the primary key: DISTINCT would go through all the cells of each.
        let kept = try transaction.rows(
            """
            WITH RECURSIVE found (name) AS (
                SELECT min(name) FROM tally WHERE kind = \(kind.rawValue)
                UNION ALL
                SELECT (SELECT min(name) FROM tally WHERE kind = \(kind.rawValue) AND name > found.name)
                FROM found WHERE found.name IS NOT NULL)
            SELECT name FROM found WHERE name IS NOT NULL LIMIT 500
            """
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
                WHERE kind = \(scope.kind) AND \(scope.condition) AND due >= \(from) AND due <= \(to)
                """))
        for (key, number) in pending.counts
        where key.kind == scope.kind && scope.names.contains(key.name) && key.day == nil && from <= key.due
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

    /// The sums of now. What is open and past its day stands in the same state whichever day that was, and is summed up as if
    /// it were the last of them: years of it would else be read one due day after another.
    private func sums(_ scope: TallyScope, on day: Day) throws -> [Cell: Int] {
        // Answered by tally_sum alone. What has a due day here is open, and met on no basis.
        try cells(
            transaction.rows(
                """
                SELECT facts, max(due) AS due, '' AS basis, CAST(sum(n) AS BIGINT) AS n FROM tally
                WHERE kind = \(scope.kind) AND \(scope.condition) AND due > '' AND due < \(day) GROUP BY facts
                UNION ALL
                SELECT facts, due, basis, CAST(sum(n) AS BIGINT) AS n FROM tally
                WHERE kind = \(scope.kind) AND \(scope.condition) AND (due = '' OR due >= \(day))
                GROUP BY facts, due, basis
                """))
    }

    /// The sums of the end of a past day, as those of now.
    private func sums(_ scope: TallyScope, of spans: [String], on day: Day) throws -> [Cell: Int] {
        // Answered by tally_day_sum alone, span by span.
        try cells(
            transaction.rows(
                """
                SELECT facts, max(due) AS due, '' AS basis, CAST(sum(n) AS BIGINT) AS n FROM tally_day
                WHERE kind = \(scope.kind) AND \(scope.condition) AND day IN \(list: spans)
                GROUP BY facts, CASE WHEN due = '' OR due >= \(day) THEN due ELSE 'past' END
                """))
    }

    private func spans(_ scope: TallyScope, through day: Day) throws -> [String] {
        let first = try transaction.row(
            """
            SELECT day FROM tally_day WHERE kind = \(scope.kind) AND \(scope.condition) AND day > ''
            ORDER BY day LIMIT 1
            """
        )?.string("day")
        // Of one length, so that few statements serve all days.
        let spans = DaySpans.through(day, firstYear: first.flatMap { Int($0.prefix(4)) } ?? day.year)
        return spans + Array(repeating: "", count: max(0, 64 - spans.count))
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

    /// The next stretch of due days with which anything may have stood at the end of a past day; nil beyond the last.
    ///
    /// - Parameters:
    ///   - due: where to begin, in the order of lists.
    ///   - over: whether versions are looked for that are over by now, or those that still stand.
    package func stretch(from due: String, on day: Day, over: Bool) throws -> DueStretch? {
        // What the follower has not come to is little, but may lie anywhere.
        guard let pending = try pending(),
            !pending.lives.values.contains(where: { $0.mayStand(on: day.description, over: over) })
        else { return DueStretch(first: due, end: nil) }
        let stood: SQL =
            over ? "stood_from <= \(day) AND stood_until > \(day)" : "stood_from <= \(day)"
        // Answered by the primary key.
        guard
            let first = try transaction.row(
                "SELECT due FROM due_life WHERE due >= \(due) AND \(stood) ORDER BY due LIMIT 1")
        else { return nil }
        let end = try transaction.row(
            """
            SELECT due FROM due_life WHERE due > \(first.string("due")) AND NOT (\(stood))
            ORDER BY due LIMIT 1
            """)
        return DueStretch(first: try first.string("due"), end: try end?.string("due"))
    }

    // MARK: Following

    /// As they were counted last, by id.
    func counted(_ ids: [String]) throws -> [String: CountedObligation] {
        var found: [String: CountedObligation] = [:]
        for start in stride(from: 0, to: ids.count, by: 500) {
            let some = Array(ids[start..<min(start + 500, ids.count)])
            for row in try transaction.rows(
                """
                SELECT id, body, jurisdiction, field, item, facts, due, month, place, basis, since
                FROM counted_obligation
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
                    \(one.month), \(one.place), \(one.basis), \(one.since))
                """
            }.joined(separator: ", ")
            try transaction.execute(
                """
                INSERT INTO counted_obligation
                    (id, body, jurisdiction, field, item, facts, due, month, place, basis, since)
                VALUES \(rows) ON CONFLICT (id) DO UPDATE SET body = excluded.body, facts = excluded.facts,
                    due = excluded.due, month = excluded.month, place = excluded.place, basis = excluded.basis,
                    since = excluded.since
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
        try widen(change.lives)
    }

    private func widen(_ lives: [String: DueLife]) throws {
        for some in lives.pieces(of: 50) {
            let rows = some.compactMap { due, life -> SQL? in
                life.from.map { "(\(due), \($0), \(life.until))" }
            }.joined(separator: ", ")
            try transaction.execute(
                """
                INSERT INTO due_life (due, stood_from, stood_until) VALUES \(rows)
                ON CONFLICT (due) DO UPDATE SET
                    stood_from = CASE WHEN excluded.stood_from < due_life.stood_from
                        THEN excluded.stood_from ELSE due_life.stood_from END,
                    stood_until = CASE WHEN excluded.stood_until > due_life.stood_until
                        THEN excluded.stood_until ELSE due_life.stood_until END
                """)
        }
    }

    func clear() throws {
        for table in ["counted_obligation", "tally", "tally_day", "due_life"] as [SQL] {
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
        case .body, .item, .month, .due: false
        }
    }

    /// On the names of its kind.
    fileprivate var condition: SQL {
        names.lowerBound == names.upperBound
            ? "name = \(names.lowerBound)"
            : "name >= \(names.lowerBound) AND name <= \(names.upperBound)"
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
            month: try row.string("month"), place: try row.string("place"), basis: try row.string("basis"),
            since: try row.string("since"))
    }
}
