import CivilTime
import Storage

/// Another version of a policy text, for its page.
package struct PolicySibling: Sendable, Hashable {
    package let publication: String
    package let version: PolicyVersion
}

/// Every statement on the table of policy versions.
package struct PolicyStore {
    let transaction: Transaction

    /// All versions of the text to which a publication belongs, itself among them, oldest first; none when it is no
    /// policy text. A version without a day comes first.
    package func versions(of publication: String) throws -> [PolicySibling] {
        // Answered by the primary key, then by policy_version_title.
        try transaction.rows(
            """
            SELECT version.publication, version.title, version.day, version.effective, version.quote
            FROM policy_version AS own JOIN policy_version AS version ON version.title = own.title
            WHERE own.publication = \(publication)
            ORDER BY COALESCE(version.day, ''), version.publication LIMIT 200
            """
        ).map(PolicySibling.init)
    }

    /// The titles of policy texts in their order, as versions are compared by them.
    ///
    /// - Parameter title: the last of the page before; empty for the first.
    package func titles(after title: String, limit: Int) throws -> [String] {
        // Answered by policy_version_title.
        try transaction.rows(
            "SELECT DISTINCT title FROM policy_version WHERE title > \(title) ORDER BY title LIMIT \(limit)"
        ).map { try $0.string("title") }
    }

    /// All versions of those texts, oldest first, by title; 5,000 at most in all.
    package func versions(titled titles: [String]) throws -> [String: [PolicySibling]] {
        // Answered by policy_version_title.
        let rows = try transaction.rows(
            """
            SELECT publication, title, day, effective, quote FROM policy_version WHERE title IN \(list: titles)
            ORDER BY title, COALESCE(day, ''), publication LIMIT 5000
            """)
        return Dictionary(grouping: try rows.map(PolicySibling.init), by: \.version.title)
    }

    func put(_ version: PolicyVersion, of publication: String) throws {
        try forget(publication)
        try transaction.execute(
            """
            INSERT INTO policy_version (publication, title, day, effective, quote)
            VALUES (\(publication), \(version.title), \(version.day), \(version.effective), \(version.quote))
            """)
    }

    func forget(_ publication: String) throws {
        try transaction.execute("DELETE FROM policy_version WHERE publication = \(publication)")
    }
}

extension PolicySibling {
    init(_ row: Row) throws {
        publication = try row.string("publication")
        version = PolicyVersion(
            title: try row.string("title"), day: try row.dayOrNil("day"),
            effective: try row.dayOrNil("effective"), quote: try row.string("quote"))
    }
}

extension Transaction {
    package var policies: PolicyStore { PolicyStore(transaction: self) }
}
