import CivilTime
import LedgerTesting
import Obligations
import Storage
import StorageTesting
import Testing

/// How the engines find the rows of a list: by an index in the list's order, so that a page costs the same however many
/// obligations there are.
@Suite struct `A page of the list of obligations` {
    /// What the engine means to do, were the tables large.
    private func plan(_ statement: SQL, in transaction: Transaction) throws -> String {
        switch transaction.engine {
        case .sqlite:
            return try transaction.rows("EXPLAIN QUERY PLAN " + statement).map { try $0.string("detail") }
                .joined(separator: "; ")
        case .postgresql:
            // Empty tables would be read as a whole.
            try transaction.execute("SET LOCAL enable_seqscan = off")
            try transaction.execute("SET LOCAL enable_bitmapscan = off")
            try transaction.execute("SET LOCAL enable_sort = off")
            return try transaction.rows("EXPLAIN " + statement).map { try $0.string("QUERY PLAN") }
                .joined(separator: "; ")
        }
    }

    private func isOrderedByIndex(_ plan: String, _ index: String) -> Bool {
        plan.contains(index) && !plan.contains("TEMP B-TREE") && !plan.contains("Sort")
            && !plan.contains("Seq Scan")
    }

    @Test(arguments: Backend.available)
    func
        `is read from an index in its order, with a state or without, first or later, today or as of a past day`(
            _ backend: Backend
        ) async throws
    {
        try await withCounty(backend) { county in
            let all = ObligationFilter(day: "2026-03-16", soon: "2026-03-23")
            let cursor = ObligationCursor(due: "2026-03-01", id: "x")
            let tables: [(table: SQL, stood: SQL, order: String, due: String)] = [
                ("obligation", "1 = 1", "obligation_order", "obligation_due"),
                (
                    "obligation_past", "since <= '2026-03-16' AND until > '2026-03-16'",
                    "obligation_past_order", "obligation_past_due"
                ),
            ]
            for table in tables {
                for cursor in [nil, cursor] {
                    for state in [nil] + ObligationState.allCases.map(Optional.some) {
                        // Those of two kinds are read in the order of the whole.
                        let index = state == nil || state == .encouragedMet ? table.order : table.due
                        let statement = all.with(state: state).listing(
                            in: table.table, where: table.stood, after: cursor, limit: 51)
                        let found = try await county.database.write { try self.plan(statement, in: $0) }
                        #expect(isOrderedByIndex(found, index), "\(state?.rawValue ?? "all"): \(found)")
                    }
                }
            }
        }
    }
}
