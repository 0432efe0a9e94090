import Storage

/// Another publication that is probably the same notice.
package struct NoticeTwin: Sendable, Hashable {
    package let publication: String
    package let rule: TwinRule
}

/// Every statement on the tables of probable twins.
package struct TwinStore {
    let transaction: Transaction

    /// Links that one notice gets by one import at most: a title that hundreds bear links nothing usefully.
    private static let linksMax = 40

    /// The publications that are probably the same notice, by id, each with every reason.
    package func twins(of publication: String) throws -> [NoticeTwin] {
        // Answered by the primary key.
        try transaction.rows(
            """
            SELECT other, rule FROM notice_twin WHERE publication = \(publication) ORDER BY other, rule LIMIT 200
            """
        ).map { NoticeTwin(publication: try $0.string("other"), rule: try $0.word("rule")) }
    }

    /// Links a notice with those that have a fingerprint in common with it, both ways.
    ///
    /// - Parameter isNew: it has no fingerprints and links yet.
    func link(_ fingerprints: [NoticeFingerprint], of publication: String, isNew: Bool, at now: String) throws
    {
        if !isNew { try forget(publication) }
        guard !fingerprints.isEmpty else { return }
        // Answered by the primary key.
        let others = try transaction.rows(
            """
            SELECT publication, rule FROM notice_fingerprint
            WHERE sha256 IN \(list: fingerprints.map(\.sha256)) ORDER BY sha256, publication LIMIT \(Self.linksMax)
            """
        ).map { NoticeTwin(publication: try $0.string("publication"), rule: try $0.word("rule")) }
        for other in others {
            try transaction.execute(
                """
                INSERT INTO notice_twin (publication, other, rule, found_at)
                VALUES (\(publication), \(other.publication), \(other.rule.rawValue), \(now)),
                    (\(other.publication), \(publication), \(other.rule.rawValue), \(now))
                ON CONFLICT DO NOTHING
                """)
        }
        try transaction.insert(
            into: "notice_fingerprint (sha256, publication, rule)",
            fingerprints.map { [.text($0.sha256), .text(publication), .text($0.rule.rawValue)] },
            skippingKnown: true)
    }

    /// Takes a notice's fingerprints and links away.
    func forget(_ publication: String) throws {
        try transaction.execute("DELETE FROM notice_fingerprint WHERE publication = \(publication)")
        try transaction.execute(
            "DELETE FROM notice_twin WHERE publication = \(publication) OR other = \(publication)")
    }
}

extension Transaction {
    package var twins: TwinStore { TwinStore(transaction: self) }
}
