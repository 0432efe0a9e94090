import Foundation
import Storage

/// Every statement on the table of findings.
package struct FindingStore {
    let transaction: Transaction

    private static let columns: SQL = """
        id, rule, rule_version, weight, clause, verified, subject_kind, subject, project, body, detail, quotes,
        confidence, at
        """

    package func findings(of subject: String, kind: String) throws -> [Finding] {
        try list("subject_kind = \(kind) AND subject = \(subject)")
    }

    package func findings(ofAny subjects: [String], kind: String) throws -> [Finding] {
        try list("subject_kind = \(kind) AND subject IN \(list: subjects)")
    }

    package func findings(project: String) throws -> [Finding] {
        try list("project = \(project)")
    }

    package func findings(project: String, kind: String) throws -> [Finding] {
        try list("project = \(project) AND subject_kind = \(kind)")
    }

    package func findings(body: String) throws -> [Finding] {
        try list("body = \(body)")
    }

    private func list(_ condition: SQL) throws -> [Finding] {
        try transaction.rows(
            "SELECT \(Self.columns) FROM finding WHERE \(condition) ORDER BY at, id LIMIT 200"
        ).map(Finding.init)
    }

    package func insert(_ finding: Finding) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let quotes = String(decoding: try encoder.encode(finding.quotes), as: UTF8.self)
        try transaction.execute(
            """
            INSERT INTO finding (id, rule, rule_version, weight, clause, verified, subject_kind, subject, project, body,
                detail, quotes, confidence, at)
            VALUES (\(finding.id), \(finding.rule), \(finding.ruleVersion), \(finding.weight.rawValue), \(finding.clause), \(finding.verified), \(finding.subjectKind),
                \(finding.subject), \(finding.project), \(finding.body), \(finding.detail), \(quotes),
                \(finding.confidence.rawValue), \(finding.at))
            """)
    }

    func remove(_ ids: [String]) throws {
        guard !ids.isEmpty else { return }
        try transaction.execute("DELETE FROM finding WHERE id IN \(list: ids)")
    }

    /// Removes the findings of a subject before its new edition is examined.
    package func clear(subject: String, kind: String) throws {
        try transaction.execute("DELETE FROM finding WHERE subject_kind = \(kind) AND subject = \(subject)")
    }
}

extension Transaction {
    package var findings: FindingStore { FindingStore(transaction: self) }
}

extension Finding {
    init(_ row: Row) throws {
        id = try row.string("id")
        rule = try row.string("rule")
        ruleVersion = try row.string("rule_version")
        weight = try row.word("weight")
        clause = try row.string("clause")
        verified = try row.bool("verified")
        subjectKind = try row.string("subject_kind")
        subject = try row.string("subject")
        project = try row.string("project")
        body = try row.string("body")
        detail = try row.string("detail")
        quotes = try JSONDecoder().decode([Quote].self, from: Data(row.string("quotes").utf8))
        confidence = try row.word("confidence")
        at = try row.string("at")
    }
}
