import Storage

/// Every statement on the table of jurisdictions.
package struct JurisdictionStore {
    let transaction: Transaction

    package func jurisdiction(_ code: String) throws -> Jurisdiction? {
        try transaction.remembered("jurisdiction|\(code)") {
            try transaction.row(
                """
                SELECT code, name, parent, region, kind, catalogue, sample FROM jurisdiction WHERE code = \(code)
                """
            ).map(Jurisdiction.init)
        }
    }

    /// In the order of their codes, 1,000 at most.
    package func jurisdictions() throws -> [Jurisdiction] {
        try transaction.rows(
            """
            SELECT code, name, parent, region, kind, catalogue, sample FROM jurisdiction ORDER BY code LIMIT 1000
            """
        ).map(Jurisdiction.init)
    }

    /// - Returns: whether anything changed.
    func put(_ jurisdiction: Jurisdiction) throws -> Bool {
        guard try self.jurisdiction(jurisdiction.code) != jurisdiction else { return false }
        transaction.forget()
        try transaction.execute(
            """
            INSERT INTO jurisdiction (code, name, parent, region, kind, catalogue, sample)
            VALUES (\(jurisdiction.code), \(jurisdiction.name), \(jurisdiction.parent), \(jurisdiction.region),
                    \(jurisdiction.kind.rawValue), \(jurisdiction.catalogue), \(jurisdiction.sample))
            ON CONFLICT (code) DO UPDATE SET name = excluded.name, parent = excluded.parent,
                region = excluded.region, kind = excluded.kind, catalogue = excluded.catalogue,
                sample = excluded.sample
            """)
        return true
    }
}

extension Transaction {
    package var jurisdictions: JurisdictionStore { JurisdictionStore(transaction: self) }
}

extension Jurisdiction {
    init(_ row: Row) throws {
        self.init(
            code: try row.string("code"), name: try row.string("name"), parent: try row.string("parent"),
            region: try row.string("region"), kind: try row.word("kind"),
            catalogue: try row.string("catalogue"),
            sample: try row.bool("sample"))
    }
}
