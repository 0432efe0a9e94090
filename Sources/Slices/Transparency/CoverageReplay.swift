import Obligations

/// What the leaves tell of one declaration that a source is complete, held against the table of the declarations (来源完整性声明).
struct CoverageReplay {
    private var declared: [String: String]?
    private var isTakenBack = false

    init(_ changes: [(act: String, change: [String: String])]) {
        for (act, change) in changes {
            if act == "source.covered" { declared = change.filter { !$0.value.isEmpty } }
            if act == "source.uncovered" { isTakenBack = true }
        }
    }

    var isLogged: Bool { declared != nil }

    /// Whether the table says the same.
    func agrees(with coverage: SourceCoverage) -> Bool {
        let stands = [
            "jurisdiction": coverage.jurisdiction, "body": coverage.body, "from": "\(coverage.from)",
            "to": "\(coverage.to)",
        ]
        return declared == stands.filter { !$0.value.isEmpty } && isTakenBack != coverage.stands
    }
}
