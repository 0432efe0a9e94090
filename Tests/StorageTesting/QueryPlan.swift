import Storage

/// How the engine would answer `sql`, in its own words, to look for an index's name in.
///
/// A test's tables are small, and PostgreSQL would rather read a small table than its index: it is told
/// not to.
package func queryPlan(_ sql: SQL, in transaction: Transaction) throws -> String {
    let rows: [Row]
    switch transaction.engine {
    case .sqlite: rows = try transaction.rows("EXPLAIN QUERY PLAN \(sql)")
    case .postgresql:
        try transaction.execute("SET LOCAL enable_seqscan = off")
        try transaction.execute("SET LOCAL enable_sort = off")
        rows = try transaction.rows("EXPLAIN (COSTS OFF) \(sql)")
    }
    return try rows.map { try $0.string(transaction.engine == .sqlite ? "detail" : "QUERY PLAN") }
        .joined(separator: "\n")
}
