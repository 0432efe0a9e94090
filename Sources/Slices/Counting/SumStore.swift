import Importing
import Storage

/// Every statement on the sums of deals, and what is read from them.
package struct SumStore {
    let transaction: Transaction

    // MARK: Reading

    /// What the deals of a jurisdiction came to, by meaning, month and what could be counted.
    ///
    /// - Parameter months: `2026-01` to `2026-12`; papers without a day are always among them, under an empty month.
    /// - Returns: nil while the follower is too far behind.
    package func totals(
        in jurisdiction: String, _ months: ClosedRange<String>
    ) throws -> [DealMonth: DealTotal]? {
        guard let pending = try pending() else { return nil }
        var totals: [DealMonth: DealTotal] = [:]
        // Answered by the primary key.
        for row in try transaction.rows(
            """
            SELECT role, month, outcome, n, fen FROM deal_month
            WHERE jurisdiction = \(jurisdiction)
                AND (month = '' OR month >= \(months.lowerBound) AND month <= \(months.upperBound))
            """)
        {
            let month = DealMonth(
                jurisdiction: jurisdiction, role: try row.word("role"), month: try row.string("month"),
                outcome: try row.word("outcome"))
            totals[month] = DealTotal(notices: try row.int("n"), fen: Int64(try row.int("fen")))
        }
        for (month, change) in try self.change(pending)
        where month.jurisdiction == jurisdiction && (month.month.isEmpty || months.contains(month.month)) {
            totals[month, default: DealTotal(notices: 0, fen: 0)].notices += change.notices
            totals[month, default: DealTotal(notices: 0, fen: 0)].fen += change.fen
        }
        return totals.filter { $0.value.notices != 0 }
    }

    /// What the journal holds beyond the follower's bookmark; nil when that is too much.
    private func pending() throws -> SumFollower.Batch? {
        let follower = SumFollower()
        guard let mark = try transaction.followerMarks().first(where: { $0.name == follower.name }),
            mark.version == follower.version, try mark.epoch == transaction.instance().journalEpoch
        else { return nil }
        let rows = try transaction.journal(after: mark.bookmark, limit: TallyStore.pendingMax + 1)
        guard rows.count <= TallyStore.pendingMax else { return nil }
        return try follower.gather(rows, in: transaction)
    }

    // MARK: Following

    /// The papers that are not counted because they repeat one of these.
    func repeating(_ publications: Set<String>) throws -> [String] {
        guard !publications.isEmpty else { return [] }
        // Answered by deal_sum_twin.
        return try transaction.rows(
            """
            SELECT publication FROM deal_sum WHERE twin <> '' AND twin IN \(list: publications.sorted())
            ORDER BY publication LIMIT 5000
            """
        ).map { try $0.string("publication") }
    }

    func replace(_ batch: SumFollower.Batch) throws {
        guard !batch.publications.isEmpty else { return }
        for (month, total) in try change(batch) where total != DealTotal(notices: 0, fen: 0) {
            try transaction.execute(
                """
                INSERT INTO deal_month (jurisdiction, role, month, outcome, n, fen)
                VALUES (\(month.jurisdiction), \(month.role.rawValue), \(month.month), \(month.outcome.rawValue),
                    \(total.notices), \(Int(total.fen)))
                ON CONFLICT (jurisdiction, month, role, outcome) DO UPDATE
                SET n = deal_month.n + excluded.n, fen = deal_month.fen + excluded.fen
                """)
        }
        for some in batch.publications.pieces(of: 500) {
            try transaction.execute("DELETE FROM deal_sum WHERE publication IN \(list: some)")
        }
        for some in batch.sums.pieces(of: 50) {
            let rows = some.map { sum -> SQL in
                """
                (\(sum.publication), \(sum.role.rawValue), \(sum.jurisdiction), \(sum.month), \(sum.outcome.rawValue),
                    \(Int(sum.fen)), \(sum.twin))
                """
            }.joined(separator: ", ")
            try transaction.execute(
                "INSERT INTO deal_sum (publication, role, jurisdiction, month, outcome, fen, twin) VALUES \(rows)"
            )
        }
    }

    /// What the new sums add to, and the known ones take from, the months.
    private func change(_ batch: SumFollower.Batch) throws -> [DealMonth: DealTotal] {
        var change: [DealMonth: DealTotal] = [:]
        for some in batch.publications.pieces(of: 500) {
            for known in try known(some) {
                change[DealMonth(known), default: DealTotal(notices: 0, fen: 0)].add(known, -1)
            }
        }
        for sum in batch.sums { change[DealMonth(sum), default: DealTotal(notices: 0, fen: 0)].add(sum, 1) }
        return change
    }

    private func known(_ publications: [String]) throws -> [DealSum] {
        try transaction.rows(
            """
            SELECT publication, role, jurisdiction, month, outcome, fen, twin FROM deal_sum
            WHERE publication IN \(list: publications)
            """
        ).map { row in
            DealSum(
                publication: try row.string("publication"), role: try row.word("role"),
                jurisdiction: try row.string("jurisdiction"), month: try row.string("month"),
                outcome: try row.word("outcome"), fen: Int64(try row.int("fen")),
                twin: try row.string("twin"))
        }
    }

    func clear() throws {
        for table in ["deal_sum", "deal_month"] as [SQL] { try transaction.execute("DELETE FROM \(table)") }
    }
}

extension Transaction {
    package var sums: SumStore { SumStore(transaction: self) }
}
