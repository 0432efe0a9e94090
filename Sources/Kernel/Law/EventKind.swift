/// A kind of dated fact that the law data names (触发事项类型).
package struct EventKind: Sendable, Hashable, Codable {
    /// Dotted: `procurement.contract_signed`.
    package let kind: String
    /// Chinese, as a page shows it.
    package let title: String
    /// Whether the event names the catalogue item whose information it formed.
    package let namesItem: Bool
    /// Whether the event ends a project or a lot, so that nothing more is awaited in it.
    package let ends: Bool
    /// Whether its day may lie ahead: a deadline, not a fact that has happened.
    package let mayLieAhead: Bool
}

/// The steps a field's procedure takes, in order (交易流程).
package struct Chain: Sendable, Hashable, Codable {
    package struct Step: Sendable, Hashable, Codable {
        package let event: String
        /// Whether every project comes to this step unless it ends before.
        package let expected: Bool
        /// The rule that bounds the step's day from above, counted from `boundFrom`.
        package let bound: String?
        package let boundFrom: String?
        /// Whether one project or lot may come to it several times.
        package let repeats: Bool?
    }

    package let id: String
    /// The field of the catalogue (政府采购).
    package let field: String
    package let title: String
    package let steps: [Step]

    package func index(of kind: String) -> Int? {
        steps.firstIndex { $0.event == kind }
    }
}
