import CivilTime
import Law
import Storage

/// Which obligations a list shows.
package struct ObligationFilter: Sendable, Hashable {
    package var body: String?
    package var field: String?
    package var jurisdiction: String?
    package var item: String?
    package var project: String?
    package var state: ObligationState?
    package var dueFrom: Day?
    package var dueTo: Day?
    /// Whether rules that nobody has compared with the official text count as overdue.
    package var includesUnverified = false
    /// The civil day for which states are derived, and the day five working days later.
    package var day: Day
    package var soon: Day

    package init(day: Day, soon: Day) {
        self.day = day
        self.soon = soon
    }

    package func with(state: ObligationState?) -> ObligationFilter {
        var copy = self
        copy.state = state
        return copy
    }

    /// The rows in the order of the list.
    ///
    /// Answered by `obligation_due` where a state is asked for that leaves rows open or closed in one way, else by
    /// `obligation_order` or the index of the body or item; those of the past have their like.
    ///
    /// - Parameters:
    ///   - table: that of obligations, or of what they were.
    ///   - stood: a condition that leaves one version of each.
    package func listing(
        in table: SQL = "obligation", where stood: SQL = "1 = 1", after cursor: ObligationCursor?, limit: Int
    ) -> SQL {
        let beyond: SQL =
            // The first condition says nothing new; SQLite finds its place in an index of expressions by it alone.
            cursor.map {
                """
                AND COALESCE(due, '9999-12-31') >= \($0.due)
                    AND (COALESCE(due, '9999-12-31'), id) > (\($0.due), \($0.id))
                """
            } ?? ""
        return """
            SELECT \(ObligationStore.columns) FROM \(table) WHERE \(condition) AND \(stood) \(beyond)
            ORDER BY COALESCE(due, '9999-12-31'), id LIMIT \(limit)
            """
    }

    /// One pass over the rows, whatever the number of states.
    ///
    /// - Parameter rows: the table of obligations, or what stands for it.
    func counting(in rows: SQL) -> SQL {
        "SELECT \(sums) FROM \(rows) WHERE \(with(state: nil).condition)"
    }

    private var sums: SQL {
        ObligationState.allCases.map { sum(condition(for: $0), as: SQL(stringLiteral: Self.column($0))) }
            .joined(separator: ", ")
    }

    private func sum(_ condition: SQL, as name: SQL) -> SQL {
        "CAST(COALESCE(SUM(CASE WHEN \(condition) THEN 1 ELSE 0 END), 0) AS BIGINT) AS \(name)"
    }

    /// As `counting`, for each due day of what is open; `n_past` is what is overdue under any rule.
    var countingByDue: SQL {
        var every = self
        every.includesUnverified = true
        return """
            SELECT due, \(sums), \(sum(every.condition(for: .overdue), as: "n_past")) FROM obligation
            WHERE closed_kind = '' AND due IS NOT NULL AND \(with(state: nil).condition)
            GROUP BY due ORDER BY due LIMIT 400
            """
    }

    /// What `counting` found.
    func counts(in row: Row?) throws -> [ObligationState: Int] {
        var counts: [ObligationState: Int] = [:]
        for state in ObligationState.allCases { counts[state] = try row?.int(Self.column(state)) }
        return counts
    }

    private static func column(_ state: ObligationState) -> String {
        "n_" + state.rawValue.replacing("-", with: "_")
    }

    var condition: SQL {
        var parts: [SQL] = ["1 = 1"]
        if let body { parts.append("body = \(body)") }
        if let field { parts.append("field = \(field)") }
        if let jurisdiction { parts.append("jurisdiction = \(jurisdiction)") }
        if let item { parts.append("item = \(item)") }
        if let project { parts.append("project = \(project)") }
        if let dueFrom { parts.append("COALESCE(due, '9999-12-31') >= \(dueFrom) AND due IS NOT NULL") }
        if let dueTo { parts.append("COALESCE(due, '9999-12-31') <= \(dueTo) AND due IS NOT NULL") }
        if let state { parts.append(condition(for: state)) }
        return parts.joined(separator: " AND ")
    }

    /// `StateFacts.state(on:soon:)` as a condition; a test holds the two together.
    func condition(for state: ObligationState) -> SQL {
        let open: SQL = "closed_kind = ''"
        let started: SQL = "(standing = 1 OR trigger_event <> '')"
        let isCurrent: SQL = "(standing = 1 AND closed_day IS NOT NULL AND (due IS NULL OR due >= \(day)))"
        let wasOut: SQL = "(standing = 1 AND closed_day IS NOT NULL)"
        let answered: SQL = "closed_kind IN ('on_time', 'late', 'undetermined')"
        let unsettled: SQL = "\(open) AND \(started) AND NOT \(isCurrent)"
        let running: SQL = "\(unsettled) AND firm = 1"
        // As the indexes hold it; without a day it is never past.
        let order: SQL = "COALESCE(due, '9999-12-31')"
        let past: SQL = "\(order) < \(day)"
        let trusted: SQL = includesUnverified ? "" : " AND verified = 1"
        return switch state {
        case .awaited: "\(open) AND NOT \(started)"
        case .owed: "\(running) AND \(order) > \(soon)"
        case .dueSoon: "\(running) AND \(order) >= \(day) AND \(order) <= \(soon)"
        case .overdue: "\(running) AND \(past) AND observed = 1 AND standing = 0\(trusted)"
        case .lapsed: "\(running) AND \(past) AND observed = 1 AND standing = 1"
        case .unobserved: "\(running) AND \(past) AND observed = 0"
        case .current: "\(open) AND \(isCurrent)"
        case .metOnTime: "closed_kind = 'on_time' AND firm = 1"
        case .metLate: "closed_kind = 'late' AND firm = 1"
        case .metUndetermined: "closed_kind = 'undetermined' AND firm = 1"
        case .encouraged: "\(unsettled) AND firm = 0 AND NOT \(wasOut)"
        case .encouragedMet:
            // Not as an alternative: an engine would gather the one and the other and sort them.
            "firm = 0 AND CASE WHEN \(answered) THEN 1 WHEN \(unsettled) AND \(wasOut) THEN 1 ELSE 0 END = 1"
        case .withheld: "closed_kind = 'withheld'"
        case .notApplicable: "closed_kind = 'not_applicable'"
        case .void: "closed_kind = 'void'"
        }
    }
}

/// Where a list of obligations goes on.
package struct ObligationCursor: Sendable, Hashable, Codable {
    /// ISO day; `9999-12-31` for rows without a due day.
    package let due: String
    package let id: String

    package init(after obligation: Obligation) {
        due = obligation.due?.description ?? "9999-12-31"
        id = obligation.id
    }

    package init(due: String, id: String) {
        self.due = due
        self.id = id
    }
}
