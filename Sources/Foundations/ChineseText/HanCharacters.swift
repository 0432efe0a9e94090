extension Unicode.Scalar {
    /// A Chinese character, or one of the two signs written like one (〇, 々).
    var isHan: Bool {
        switch value {
        case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x3005, 0x3007, 0xF900...0xFAFF, 0x20000...0x323AF: true
        default: false
        }
    }

    /// A character of a script written without spaces: Han, kana, hangul.
    var isUnspaced: Bool {
        switch value {
        case 0x3041...0x3096, 0x30A1...0x30FA, 0x30FC, 0xAC00...0xD7A3: true
        default: isHan
        }
    }

    /// A space or tab of any width, but not a line break.
    var isBlank: Bool {
        switch value {
        case 0x20, 0x09, 0xA0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: true
        default: false
        }
    }

    /// What ends a line, in every script.
    package var isLineBreak: Bool {
        switch value {
        case 0x0A...0x0D, 0x85, 0x2028, 0x2029: true
        default: false
        }
    }

    /// A mark that takes no room and carries no meaning: byte order mark, soft hyphen, joiners, selectors.
    var isInvisible: Bool {
        switch value {
        case 0xAD, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2069, 0xFE00...0xFE0F, 0xFEFF: true
        default: false
        }
    }

    var isASCIIDigit: Bool { value >= 0x30 && value <= 0x39 }
    var isASCIILower: Bool { value >= 0x61 && value <= 0x7A }
    var isASCIIUpper: Bool { value >= 0x41 && value <= 0x5A }

    /// A letter or digit of a script written with spaces. ASCII is answered without a table.
    var isWordPart: Bool {
        if value < 0x80 { return isASCIIDigit || isASCIILower || isASCIIUpper }
        return !isUnspaced && (properties.isAlphabetic || properties.numericType == .decimal)
    }
}

extension String {
    init(scalars: some Sequence<Unicode.Scalar>) {
        self.init(String.UnicodeScalarView(scalars))
    }
}
