/// A field as somebody typed it, looked at before an act takes it in.
///
/// Control characters are refused, not dropped: what is stored, hashed and shown is what was typed.
package struct EnteredText: Sendable, Hashable {
    let text: String
    /// What the reader knows the field by, with its option: `标题（--title）`.
    let field: String

    package init(_ text: String, as field: String) {
        self.text = text
        self.field = field
    }

    /// A field of one line: no control character, no line or paragraph separator, nothing that turns the direction of
    /// writing, and at most so many characters.
    package func checkLine(max: Int) throws(EnteredTextProblem) {
        if text.unicodeScalars.count > max { throw .tooLong(field: field, limit: max) }
        try refuse { $0.isControl || $0.partsLines || $0.turnsDirection }
    }

    /// A field of several lines: tabs and line ends may stand in it.
    package func checkLines() throws(EnteredTextProblem) {
        try refuse { $0.isControl && !$0.isTabOrLineEnd }
    }

    private func refuse(_ isBad: (Unicode.Scalar) -> Bool) throws(EnteredTextProblem) {
        for (index, scalar) in text.unicodeScalars.enumerated() where isBad(scalar) {
            throw .controlCharacter(field: field, place: index + 1, scalar: scalar.value)
        }
    }
}

/// Why a typed field is refused.
package enum EnteredTextProblem: Refusal, Hashable {
    /// - Parameter place: which character of the field, from 1.
    case controlCharacter(field: String, place: Int, scalar: UInt32)
    case tooLong(field: String, limit: Int)

    package var kind: RefusalKind {
        switch self {
        case .controlCharacter: .invalid
        case .tooLong: .tooMuch
        }
    }

    package var code: String {
        switch self {
        case .controlCharacter: "control-character"
        case .tooLong: "text-too-long"
        }
    }

    package var detail: String {
        switch self {
        case .controlCharacter(let field, let place, let scalar):
            "\(field)的第 \(place) 个字符是控制字符 U+\(Self.hex(scalar))，不能保存；请删去后重试。"
        case .tooLong(let field, let limit): "\(field)过长，最多 \(limit) 个字符；请缩短后重试。"
        }
    }

    private static func hex(_ scalar: UInt32) -> String {
        let digits = String(scalar, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
    }
}

extension Unicode.Scalar {
    fileprivate var isControl: Bool { value < 0x20 || (0x7F...0x9F).contains(value) }
    fileprivate var isTabOrLineEnd: Bool { value == 0x09 || value == 0x0A || value == 0x0D }
    fileprivate var partsLines: Bool { value == 0x2028 || value == 0x2029 }
    fileprivate var turnsDirection: Bool {
        (0x202A...0x202E).contains(value) || (0x2066...0x2069).contains(value)
    }
}
