import CivilTime
import Law
import Storage

/// Every statement on declarations that a source is complete (来源完整性声明).
extension LedgerStore {
    private static let coverageColumns: SQL = """
        id, source, channel, body, jurisdiction, item, from_day, to_day, declared_by, declared_at, ended_at,
        ended_by, ended_reason
        """

    /// The declarations made, oldest first, those taken back among them.
    package func coverages(jurisdiction: String? = nil, limit: Int = 500) throws -> [SourceCoverage] {
        let there: SQL = jurisdiction.map { "WHERE jurisdiction = \($0)" } ?? ""
        return try transaction.rows(
            """
            SELECT \(Self.coverageColumns) FROM source_coverage \(there)
            ORDER BY declared_at, id LIMIT \(limit)
            """
        ).map(SourceCoverage.init)
    }

    /// All declarations in the order of their ids, a page at a time.
    package func coverages(after id: String, limit: Int) throws -> [SourceCoverage] {
        try transaction.rows(
            """
            SELECT \(Self.coverageColumns) FROM source_coverage WHERE id > \(id) ORDER BY id LIMIT \(limit)
            """
        ).map(SourceCoverage.init)
    }

    package func coverage(_ id: String) throws -> SourceCoverage? {
        try transaction.row("SELECT \(Self.coverageColumns) FROM source_coverage WHERE id = \(id)")
            .map(SourceCoverage.init)
    }

    /// Takes a declaration back; it stays to be read.
    func end(_ coverage: String, at now: String, by actor: String, reason: String) throws {
        transaction.forget()
        try transaction.execute(
            """
            UPDATE source_coverage SET ended_at = \(now), ended_by = \(actor), ended_reason = \(reason)
            WHERE id = \(coverage)
            """)
    }

    func insert(_ coverage: SourceCoverage) throws {
        transaction.forget()
        try transaction.execute(
            """
            INSERT INTO source_coverage (id, source, channel, body, jurisdiction, item, from_day, to_day, declared_by,
                declared_at, ended_at, ended_by, ended_reason)
            VALUES (\(coverage.id), \(coverage.source), \(coverage.channel), \(coverage.body),
                \(coverage.jurisdiction), \(coverage.item), \(coverage.from), \(coverage.to),
                \(coverage.declaredBy), \(coverage.declaredAt), \(coverage.endedAt), \(coverage.endedBy),
                \(coverage.endedReason))
            """)
    }

    /// Whether somebody declared a source complete for this obligation's channel, body, item and days.
    func isCovered(_ obligation: Obligation) throws -> Bool {
        guard let from = obligation.triggerDay, let to = obligation.due else { return false }
        let isAny = try transaction.remembered("covered|\(obligation.jurisdiction)") {
            try transaction.row(
                """
                SELECT id FROM source_coverage
                WHERE jurisdiction = \(obligation.jurisdiction) AND ended_at = '' LIMIT 1
                """) != nil
        }
        guard isAny else { return false }
        return try transaction.row(
            """
            SELECT id FROM source_coverage
            WHERE jurisdiction = \(obligation.jurisdiction) AND channel = \(obligation.channel) AND (body = '' OR body = \(obligation.body))
                AND (item = '' OR item = \(obligation.item)) AND from_day <= \(from) AND to_day >= \(to)
                AND ended_at = ''
            LIMIT 1
            """) != nil
    }
}

extension SourceCoverage {
    init(_ row: Row) throws {
        id = try row.string("id")
        source = try row.string("source")
        channel = try row.string("channel")
        body = try row.string("body")
        jurisdiction = try row.string("jurisdiction")
        item = try row.string("item")
        from = try row.day("from_day")
        to = try row.day("to_day")
        declaredBy = try row.string("declared_by")
        declaredAt = try row.string("declared_at")
        endedAt = try row.string("ended_at")
        endedBy = try row.string("ended_by")
        endedReason = try row.string("ended_reason")
    }
}
