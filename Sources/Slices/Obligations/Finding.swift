/// Something a rule noticed about a named body or paper, with the words it rests on (问题线索).
///
/// A finding is a question, not a verdict: it quotes its place and can be answered.
package struct Finding: Sendable, Hashable, Codable {
    package enum Weight: String, Sendable, Hashable, Codable {
        /// What a clause demands is missing or too short, by every reading.
        case warning
        /// Unclear, a matter of how days are counted, or a slip in the paper.
        case note
    }

    package enum Confidence: String, Sendable, Hashable, Codable {
        case field, text
    }

    package let id: String
    /// A stable code: `bid-period-short`.
    package let rule: String
    /// The version of the data that holds the rule.
    package let ruleVersion: String
    package let weight: Weight
    package let clause: String
    package let verified: Bool
    package let subjectKind: String
    package let subject: String
    package let project: String
    package let body: String
    /// Chinese, one sentence.
    package let detail: String
    /// The quoted sentences, each with its place.
    package let quotes: [Quote]
    package let confidence: Confidence
    package let at: String

    package struct Quote: Sendable, Hashable, Codable {
        /// A field's name or `正文`.
        package let place: String
        package let text: String

        package init(place: String, text: String) {
            self.place = place
            self.text = text
        }
    }

    package init(
        id: String, rule: String, ruleVersion: String, weight: Weight, clause: String, verified: Bool,
        subjectKind: String, subject: String,
        project: String, body: String, detail: String, quotes: [Quote], confidence: Confidence, at: String
    ) {
        self.id = id
        self.rule = rule
        self.ruleVersion = ruleVersion
        self.weight = weight
        self.clause = clause
        self.verified = verified
        self.subjectKind = subjectKind
        self.subject = subject
        self.project = project
        self.body = body
        self.detail = detail
        self.quotes = quotes
        self.confidence = confidence
        self.at = at
    }
}
