/// One spelling for a number printed in many ways: `焦公资采购H2026—018` and `焦公資采購 h2026-018`.
package enum CodeFolding {
    /// The form under which a document or project number is stored and looked up.
    ///
    /// Half width, upper case, Simplified; all brackets become `[` and `]`, all dashes one `-`; blanks and
    /// invisible marks are dropped.
    package static func fold(_ code: String) -> String {
        var folded: [UInt8] = []
        folded.reserveCapacity(code.utf8.count)
        for scalar in code.unicodeScalars where !scalar.isInvisible {
            guard let next = fold(scalar) else { continue }
            if next == "-", folded.last == UInt8(ascii: "-") { continue }
            folded.append(utf8: next)
        }
        return String(decoding: folded, as: UTF8.self)
    }

    private static func fold(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        let narrow = WidthFolding.fold(scalar)
        if narrow == " " || narrow.isBlank || narrow.isLineBreak { return nil }
        if narrow.isASCIILower { return Unicode.Scalar(UInt8(narrow.value - 0x20)) }
        if isOpeningBracket(narrow) { return "[" }
        if isClosingBracket(narrow) { return "]" }
        return isDash(narrow) ? "-" : ScriptFolding.fold(narrow)
    }

    static func isOpeningBracket(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "(", "[", "〔", "【", "〖", "﹝", "⟦", "⁅": true
        default: false
        }
    }

    static func isClosingBracket(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case ")", "]", "〕", "】", "〗", "﹞", "⟧", "⁆": true
        default: false
        }
    }

    static func isDash(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x2D, 0x2010...0x2015, 0x2212, 0x2500, 0xFE58, 0xFE63: true
        default: false
        }
    }
}
