import Obligations

/// Something that a rule asks of a notice and that was not found, or found otherwise.
///
/// It says what was looked for and quotes what was found. It is a question to the body, not a verdict.
package struct NoticeFinding: Sendable, Hashable {
    package enum Weight: String, Sendable, Hashable, Codable {
        /// What a clause demands is missing or too short, by every reading.
        case warning
        /// Unclear, a matter of how days are counted, or a slip in the paper.
        case note
    }

    /// A stable code: `candidate-elements.missing`.
    package let rule: String
    /// The version of the data that holds the rule.
    package let ruleVersion: String
    package let weight: Weight
    /// Empty where no clause is concerned.
    package let clause: String
    /// False when nobody has compared the rule with the official text, or a court might read it otherwise.
    package let verified: Bool
    /// Chinese, one sentence.
    package let detail: String
    package let places: [Place]
    /// What the rule compared: `have`, `need`, `element` …
    package let values: [String: String]

    package init(
        rule: String, ruleVersion: String, weight: Weight, clause: String, verified: Bool, detail: String,
        places: [Place], values: [String: String] = [:]
    ) {
        self.rule = rule
        self.ruleVersion = ruleVersion
        self.weight = weight
        self.clause = clause
        self.verified = verified
        self.detail = detail
        self.places = places
        self.values = values
    }

    /// `field` only when every value came from a field.
    package var confidence: Confidence {
        places.allSatisfy { $0.confidence == .field } && !places.isEmpty ? .field : .text
    }

    /// The places as the ledger of findings keeps them.
    package var quotes: [Finding.Quote] {
        places.map { place in
            switch place {
            case .field(let name): Finding.Quote(place: "字段 \(name)", text: values["printed"] ?? "")
            case .text(let scalars, let quote):
                Finding.Quote(place: "正文第\(scalars.lowerBound + 1)字处", text: quote)
            }
        }
    }
}
