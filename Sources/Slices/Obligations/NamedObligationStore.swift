import Storage

/// What one word of a reader may name among what is owed: ids of items, bodies and jurisdictions.
package struct NamedThings: Sendable, Hashable {
    package let items: [String]
    package let bodies: [String]
    package let jurisdictions: [String]

    package init(items: [String], bodies: [String], jurisdictions: [String]) {
        self.items = items
        self.bodies = bodies
        self.jurisdictions = jurisdictions
    }

    fileprivate var condition: SQL {
        """
        (item IN \(list: items.filled) OR body IN \(list: bodies.filled)
            OR jurisdiction IN \(list: jurisdictions.filled))
        """
    }
}

extension ObligationStore {
    /// What ought to be public, now or later, and is not: the states of a list of what is missing.
    package static let missing: [ObligationState] = [.overdue, .lapsed, .dueSoon, .owed]

    /// What is missing of that which all the words of any search name, longest due first.
    ///
    /// - Parameters:
    ///   - searches: what each word of each search may name; without words nothing is named.
    ///   - filter: the day, and whether rules count that nobody has verified.
    package func missing(
        namedByAny searches: [[NamedThings]], as filter: ObligationFilter, limit: Int
    ) throws -> [Obligation] {
        let searches = searches.filter { !$0.isEmpty }
        guard !searches.isEmpty else { return [] }
        let named = searches.map { words in
            "(\(words.map(\.condition).joined(separator: " AND ")))" as SQL
        }.joined(separator: " OR ")
        let states = Self.missing.map { "(\(filter.condition(for: $0)))" as SQL }.joined(separator: " OR ")
        // Answered by obligation_item and obligation_body, or in the order of what is open.
        return try transaction.rows(
            """
            SELECT \(Self.columns) FROM obligation WHERE closed_kind = '' AND (\(states)) AND (\(named))
            ORDER BY COALESCE(due, '9999-12-31'), id LIMIT \(limit)
            """
        ).map(Obligation.init)
    }

    /// What is missing in any of some projects, longest due first. Each is read by itself, 1,000 obligations at most: an
    /// engine would look for them among all that is open.
    package func missing(
        inProjects projects: [String], as filter: ObligationFilter, limit: Int
    ) throws -> [Obligation] {
        let owed = try projects.flatMap { try obligations(project: $0) }.filter { obligation in
            let state = obligation.state(on: filter.day, soon: filter.soon)
            return Self.missing.contains(state)
                && (state != .overdue || obligation.verified || filter.includesUnverified)
        }
        return Array(owed.sorted { $0.order < $1.order }.prefix(limit))
    }
}
