import Storage

/// What only an audit asks of the ledger's tables.
extension LedgerStore {
    /// A choice of a rule whose words are not those of its hash, by the hash; nil where all are.
    package func alteredChoice() throws -> String? {
        var cursor = ""
        while true {
            let page = try transaction.rows(
                "SELECT sha256, choice FROM rule_choice WHERE sha256 > \(cursor) ORDER BY sha256 LIMIT 500"
            ).map { (sha256: try $0.string("sha256"), text: try $0.string("choice")) }
            guard let last = page.last else { return nil }
            if let altered = page.first(where: { ContentHash.sha256(Array($0.text.utf8)) != $0.sha256 }) {
                return altered.sha256
            }
            cursor = last.sha256
        }
    }

    /// Of one obligation at once: more than anybody publishes for it.
    private static let rowsMax = 100_000

    /// Every one: a page shows the first of them, an audit holds all.
    package func allDischarges(of obligation: String) throws -> [Discharge] {
        try transaction.rows(
            """
            SELECT \(Self.dischargeColumns) FROM discharge WHERE obligation = \(obligation)
            ORDER BY COALESCE(day, '9999-12-31'), publication LIMIT \(Self.rowsMax)
            """
        ).map(Discharge.init)
    }

    /// What its discharges are now and were at the ends of days: of each publication oldest first.
    package func dischargeVersions(of obligation: String) throws -> [DischargeVersion] {
        // Answered by the primary keys.
        try transaction.rows(
            """
            SELECT \(Self.dischargeColumns), since, until FROM discharge_past WHERE obligation = \(obligation)
            UNION ALL
            SELECT \(Self.dischargeColumns), since, '' AS until FROM discharge WHERE obligation = \(obligation)
            ORDER BY publication, since LIMIT \(Self.rowsMax)
            """
        ).map {
            DischargeVersion(
                discharge: try Discharge($0), since: try $0.string("since"), until: try $0.string("until"))
        }
    }

    /// A row about an obligation that is not there, and the table in which it stands; nil where there is none.
    package func orphan() throws -> (table: String, obligation: String)? {
        let tables: [(SQL, SQL)] = [
            ("obligation_past", "id"), ("discharge_past", "obligation"), ("discharge", "obligation"),
            ("due_computation", "obligation"), ("overdue_entry", "obligation"), ("decision", "obligation"),
        ]
        for (table, column) in tables {
            let row = try transaction.row(
                """
                SELECT \(column) AS obligation FROM \(table)
                WHERE NOT EXISTS (SELECT 1 FROM obligation WHERE obligation.id = \(table).\(column)) LIMIT 1
                """)
            if let row { return (table.text, try row.string("obligation")) }
        }
        return nil
    }
}

/// A discharge as it was from the end of a day on.
package struct DischargeVersion: Sendable, Hashable {
    package let discharge: Discharge
    /// ISO day; empty for what an earlier program wrote.
    package let since: String
    /// The first day on which it was no longer so, ISO; empty for what it is now.
    package let until: String
}
