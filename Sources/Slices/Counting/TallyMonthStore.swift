import CivilTime
import Obligations
import Storage

/// What the tally holds of bodies by the month of the due day (逐月).
extension TallyStore {
    /// The bodies of a jurisdiction that owe or owed anything with a due day, by id.
    ///
    /// - Parameter body: the last one of the page before; empty for the first.
    /// - Returns: nil as for `counts`.
    package func bodiesOwing(in jurisdiction: String, after body: String, limit: Int) throws -> [String]? {
        guard let pending = try pending() else { return nil }
        var found = Set(
            pending.counts.filter { $0.key.kind == "month" && $0.value > 0 }
                .compactMap { MonthName($0.key.name) }
                .filter { $0.jurisdiction == jurisdiction && $0.body > body }.map(\.body))
        var last = body
        for _ in 0..<limit {
            // From one body to the next by the primary key: a space sorts before what ids are made of, `~` after it.
            let row = try transaction.row(
                """
                SELECT name FROM tally WHERE kind = 'month' AND name > \(jurisdiction + " " + last + " ~")
                    AND name < \(jurisdiction + " ~") ORDER BY name LIMIT 1
                """)
            guard let name = try row?.string("name") else { break }
            guard let read = MonthName(name) else { throw SchemaMismatch(column: "tally.name", found: name) }
            found.insert(read.body)
            last = read.body
        }
        return Array(found.sorted().prefix(limit))
    }

    /// By body and month, the states of what was due in it, and how timely it was met.
    ///
    /// - Parameters:
    ///   - filter: for its day, and whether unverified rules count.
    ///   - months: `2026-01` to `2026-12`.
    package func months(
        of bodies: [String], in jurisdiction: String, _ months: ClosedRange<String>,
        _ filter: ObligationFilter
    ) throws -> [String: [String: StateCounts]]? {
        guard let pending = try pending() else { return nil }
        var sums: [MonthName: [Cell: Int]] = [:]
        for body in bodies {
            // Answered by the primary key.
            for row in try transaction.rows(
                """
                SELECT name, facts, due, basis, n FROM tally
                WHERE kind = 'month' AND name >= \(jurisdiction + " " + body + " " + months.lowerBound)
                    AND name <= \(jurisdiction + " " + body + " " + months.upperBound)
                """)
            {
                let name = try row.string("name")
                guard let month = MonthName(name) else {
                    throw SchemaMismatch(column: "tally.name", found: name)
                }
                sums[month, default: [:]][try Cell(row), default: 0] += try row.int("n")
            }
        }
        let asked = Set(bodies)
        for (key, number) in pending.counts where key.kind == "month" {
            guard let month = MonthName(key.name), month.jurisdiction == jurisdiction,
                asked.contains(month.body), months.contains(month.month)
            else { continue }
            let cell = Cell(facts: key.facts, due: key.due, basis: key.basis)
            sums[month, default: [:]][cell, default: 0] += number
        }
        return try sums.reduce(into: [:]) { found, entry in
            found[entry.key.body, default: [:]][entry.key.month] = try StateCounts(
                entry.value, filter, past: false)
        }
    }
}

/// The name of a month's scope, taken apart: `SX sx-housing 2026-03`.
private struct MonthName: Hashable {
    let jurisdiction, body, month: String

    init?(_ name: String) {
        let parts = name.split(separator: " ").map(String.init)
        guard parts.count == 3 else { return nil }
        (jurisdiction, body, month) = (parts[0], parts[1], parts[2])
    }
}

extension TallyStore.Cell {
    fileprivate init(_ row: Row) throws {
        self.init(
            facts: try row.string("facts"), due: try row.string("due"), basis: try row.string("basis"))
    }
}
