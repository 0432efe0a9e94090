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

    private func isOrdered(_ plan: String) -> Bool {
        !plan.contains("TEMP B-TREE") && !plan.contains("Sort") && !plan.contains("Seq Scan")
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
            let tables = [
                Table(
                    name: "obligation", stood: "1 = 1", order: "obligation_order", due: "obligation_due",
                    body: "obligation_body", field: "obligation_field"),
                Table(
                    name: "obligation_past", stood: "since <= '2026-03-16' AND until > '2026-03-16'",
                    order: "obligation_past_order", due: "obligation_past_due", body: "obligation_past_body",
                    field: "obligation_past_field"),
            ]
            var ofBody = all
            ofBody.body = "sx-housing"
            var ofField = all
            ofField.field = "政府采购"
            for table in tables {
                for cursor in [nil, cursor] {
                    try await check(ofField, table, cursor, table.field, in: county)
                    for state in [nil] + ObligationState.allCases.map(Optional.some) {
                        // Those of two kinds are read in the order of the whole.
                        let isOfOneKind = state != nil && state != .encouragedMet
                        let index = isOfOneKind ? table.due : table.order
                        try await check(all.with(state: state), table, cursor, index, in: county)
                        guard isOfOneKind else { continue }
                        // The rest of what is due soon lies within a few days, whoever owes it.
                        let own = state == .dueSoon && cursor != nil ? table.due : table.body
                        try await check(ofBody.with(state: state), table, cursor, own, in: county)
                    }
                }
            }
        }
    }

    private func check(
        _ filter: ObligationFilter, _ table: Table, _ cursor: ObligationCursor?, _ index: String,
        in county: County
    ) async throws {
        let statement = filter.listing(in: table.name, where: table.stood, after: cursor, limit: 51)
        let (found, engine) = try await county.database.write {
            (try self.plan(statement, in: $0), $0.engine)
        }
        let name = filter.state?.rawValue ?? "all"
        #expect(isOrdered(found), "\(name): \(found)")
        // PostgreSQL chooses among the fitting indexes by its statistics, of which an empty table has none.
        guard engine == .sqlite else { return }
        #expect(found.contains(index), "\(name): \(found)")
        // A later page begins at its place and does not count its way there.
        #expect(cursor == nil || !found.contains("SCAN"), "\(name): \(found)")
    }

    private struct Table {
        let name: SQL
        let stood: SQL
        let order: String
        let due: String
        let body: String
        let field: String
    }
}
