/// Why a text is not the code it is taken for: the rule that failed, and where.
///
/// It never holds the text: a flaw goes into messages and logs, and the text may be a person's number.
package struct CodeFlaw: Error, Sendable, Hashable {
    package enum Rule: String, Sendable, Hashable, Codable, CaseIterable {
        /// Not as many characters as the code has.
        case length
        /// A character that the code does not use in that place.
        case character
        /// A mark between the parts is missing or stands elsewhere.
        case separator
        /// No province has that number.
        case region
        /// No such day, or one that cannot be.
        case day
        /// A number that no longer tells the century of birth.
        case century
        /// The check character does not follow from the others.
        case check
        /// The class that the check is computed over is missing.
        case classCode
    }

    /// The code that was expected: 统一社会信用代码.
    package let code: String
    package let rule: Rule
    /// Character positions, the first is 1; nil for the whole.
    package let places: ClosedRange<Int>?

    init(_ code: String, _ rule: Rule, at places: ClosedRange<Int>? = nil) {
        self.code = code
        self.rule = rule
        self.places = places
    }

    /// For the reader: `统一社会信用代码第18位：校验码不符。`
    package var sentence: String {
        guard let places else { return "\(code)：\(rule.sentence)。" }
        let range =
            places.count == 1 ? "\(places.lowerBound)" : "\(places.lowerBound)至\(places.upperBound)"
        return "\(code)第\(range)位：\(rule.sentence)。"
    }
}

extension CodeFlaw.Rule {
    fileprivate var sentence: String {
        switch self {
        case .length: "位数不对"
        case .character: "出现了不允许的字符"
        case .separator: "分隔符缺失或位置不对"
        case .region: "没有这样的省级行政区划代码"
        case .day: "不是可能的日期"
        case .century: "顺序码曾编给百岁老人，无法断定出生世纪"
        case .check: "校验码不符"
        case .classCode: "缺少参与校验的分类代码"
        }
    }
}
