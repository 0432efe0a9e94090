import Obligations
import Storage

/// What the leaves tell of one declaration that a source is complete, held against the table of the declarations (来源完整性声明).
struct CoverageReplay {
    private var declared: [String: String]?
    /// Instants of the acts; empty while it stands.
    private var (declaredAt, endedAt) = ("", "")

    /// - Parameter rows: those that have a leaf, oldest first.
    init(_ rows: [JournalRow]) {
        for row in rows {
            if row.act == "source.covered" {
                declared = row.change.filter { !$0.value.isEmpty }
                declaredAt = row.at
            }
            if row.act == "source.uncovered" { endedAt = row.at }
        }
    }

    var isLogged: Bool { declared != nil }

    /// Whether the table says the same.
    func agrees(with coverage: SourceCoverage) -> Bool {
        let stands = [
            "jurisdiction": coverage.jurisdiction, "body": coverage.body, "from": "\(coverage.from)",
            "to": "\(coverage.to)",
        ]
        return declared == stands.filter { !$0.value.isEmpty } && declaredAt == coverage.declaredAt
            && endedAt == coverage.endedAt
    }
}
