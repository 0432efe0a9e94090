import CivilTime
import LedgerTesting
import Obligations
import Storage
import StorageTesting
import Testing

/// Rows of any kind, likely and unlikely.
private struct Rows {
    var generator: SeededGenerator
    private static let closed = [
        "", "", "", "", "", "on_time", "late", "undetermined", "withheld", "not_applicable", "void",
    ]

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
    }

    mutating func insertion(_ id: String) -> SQL {
        let due = day()
        let closed = Self.closed.randomElement(using: &generator) ?? ""
        let trigger = flag() == 1 ? "event" : ""
        return """
            INSERT INTO obligation (id, item, catalogue_version, jurisdiction, field, channel, body, root, period,
                project, lot, event_kind, rules, trigger_event, due, provisional, rule, verified, firm, standing,
                observed, bound_rule, closed_kind, closed_day)
            VALUES (\(id), 'I-FG-001', 'v', 'SX', '住房保障', 'portal', 'sx-housing', \(id), '', '', '', 'item.formed',
                'active-20wd', \(trigger), \(due), \(flag()), 'active-20wd', \(flag()), \(flag()), \(flag()), \(flag()),
                '', \(closed), \(day()))
            """
    }

    private mutating func flag() -> Int { Int.random(in: 0...1, using: &generator) }

    private mutating func day() -> Day? {
        Int.random(in: 0..<5, using: &generator) == 0
            ? nil : Day(ordinal: 20_514).adding(days: Int.random(in: -8...8, using: &generator))
    }
}

@Suite struct `The list of obligations` {
    /// 2026-03-02
    private let today = Day(ordinal: 20_514)

    @Test(arguments: Backend.available)
    func `finds by state exactly those that are in that state`(_ backend: Backend) async throws {
        try await withCounty(backend) { county in
            try await county.database.write { transaction in
                var rows = Rows(seed: 7)
                for number in 1000..<1600 { try transaction.execute(rows.insertion(String(number))) }
            }
            for offset in [-9, -3, 0, 4, 9] {
                let day = today.adding(days: offset)
                var filter = ObligationFilter(day: day, soon: try county.soon(day))
                let all = try await county.listed(filter)
                #expect(all.count == 600)
                for includesUnverified in [true, false] {
                    filter.includesUnverified = includesUnverified
                    for state in ObligationState.allCases {
                        let found = Set(try await county.listed(filter.with(state: state)).map(\.id))
                        let expected = all.filter { obligation in
                            obligation.state(on: filter.day, soon: filter.soon) == state
                                && (state != .overdue || includesUnverified || obligation.verified)
                        }
                        #expect(found == Set(expected.map(\.id)), "\(state) on \(day)")
                        #expect(!found.isEmpty || offset != 0, "no row is \(state) on \(day)")
                    }
                }
                let counts = try await county.read { [filter] in try $0.obligations.countsByState(filter) }
                #expect(
                    counts.values.reduce(0, +)
                        == 600
                        - all.filter {
                            $0.state(on: filter.day, soon: filter.soon) == .overdue && !$0.verified
                        }.count)
            }
        }
    }

    @Test(arguments: Backend.available)
    func `pages without losing, repeating or shifting a row when others come in between`(_ backend: Backend)
        async throws
    {
        try await withCounty(backend) { county in
            try await county.database.write { transaction in
                var rows = Rows(seed: 11)
                for number in 1000..<1100 { try transaction.execute(rows.insertion(String(number))) }
            }
            let filter = ObligationFilter(day: today, soon: today)
            let before = try await county.listed(filter).map(\.id)
            var seen: [String] = []
            var cursor: ObligationCursor?
            var inserted = 0
            while seen.count < 1_000 {
                let page = try await county.read { [cursor] in
                    try $0.obligations.list(filter, after: cursor, limit: 7)
                }
                guard let last = page.last else { break }
                seen += page.map(\.id)
                cursor = ObligationCursor(after: last)
                inserted += 1
                try await county.database.write { [inserted] transaction in
                    var rows = Rows(seed: UInt64(inserted))
                    try transaction.execute(rows.insertion("0-\(inserted)"))
                    try transaction.execute(rows.insertion("9-\(inserted)"))
                }
            }
            #expect(Set(seen).count == seen.count)
            #expect(seen.filter { !$0.contains("-") } == before)
            let after = try await county.listed(filter).map(\.id)
            #expect(seen == after.filter(Set(seen).contains))
        }
    }

    @Test(arguments: Backend.available)
    func `is answered from an index in due-day order`(_ backend: Backend) async throws {
        guard backend == .sqlite else { return }
        try await withCounty(backend) { county in
            let plan = try await county.read { transaction in
                try transaction.rows(
                    """
                    EXPLAIN QUERY PLAN SELECT id FROM obligation
                    WHERE (COALESCE(due, '9999-12-31'), id) > (\("2026-03-02"), \("x"))
                    ORDER BY COALESCE(due, '9999-12-31'), id LIMIT 100
                    """
                ).map { try $0.string("detail") }
            }
            #expect(plan.contains { $0.contains("obligation_order") })
            #expect(!plan.contains { $0.contains("TEMP B-TREE") })
        }
    }
}
