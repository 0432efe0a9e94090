import COpenCC

/// One script for what is written in two: Traditional characters and printed variants become Simplified.
///
/// Folding is by character, so that both sides of a search fold alike whatever their neighbours are. It is
/// for comparing, not for display: 乾, 幹 and 干 become one.
package enum ScriptFolding {
    package static func fold(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        let value = scalar.value
        if value < 0x3400 { return value == 0x25CB ? "〇" : scalar }
        if value <= 0x9FFF { return common[Int(value - 0x3400)] }
        return value >= 0x20000 ? rare[scalar] ?? scalar : scalar
    }

    package static func fold(_ text: String) -> String {
        String(scalars: text.unicodeScalars.lazy.map(fold))
    }

    // Built once, each at its first use, in a hundredth of a second or two; a static is built by one thread only.

    /// U+3400 ... U+9FFF, by position.
    private static let common: [Unicode.Scalar] = {
        var common = simplified((UInt32(0x3400)...0x9FFF).compactMap(Unicode.Scalar.init))
        // Twice, because a few are chains (薴 → 苧 → 苎): what is folded must fold to itself.
        for index in common.indices where (0x3400...0x9FFF).contains(common[index].value) {
            common[index] = common[Int(common[index].value - 0x3400)]
        }
        for (from, to) in variants { common[Int(from.value - 0x3400)] = to }
        return common
    }()

    /// U+20000 ... U+2A6DF, only those that change. By itself, because hardly a text has one of them.
    private static let rare: [Unicode.Scalar: Unicode.Scalar] = {
        let extended = (UInt32(0x20000)...0x2A6DF).compactMap(Unicode.Scalar.init)
        let changed = zip(extended, simplified(extended)).filter { $0 != $1 }
        return Dictionary(uniqueKeysWithValues: changed)
    }()

    /// Variants found in official papers that OpenCC leaves alone.
    private static let variants: [(Unicode.Scalar, Unicode.Scalar)] = [
        ("査", "查"), ("髙", "高"), ("眞", "真"), ("靑", "青"), ("淸", "清"), ("敎", "教"), ("戸", "户"),
        ("産", "产"), ("絶", "绝"), ("緖", "绪"), ("錄", "录"), ("黃", "黄"), ("曽", "曾"),
    ]

    /// Each character by itself: one a line, so that OpenCC sees no phrases.
    private static func simplified(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
        guard let converter = opencc_open("t2s.json"), converter != OpaqueFailure.pointer else {
            preconditionFailure("OpenCC's table t2s.json is not installed (Debian: libopencc-data)")
        }
        defer { opencc_close(converter) }
        var lines = String.UnicodeScalarView()
        for scalar in scalars {
            lines.append(scalar)
            lines.append("\n")
        }
        let text = String(lines)
        guard let converted = opencc_convert_utf8(converter, text, text.utf8.count) else {
            preconditionFailure("OpenCC could not convert its own characters")
        }
        defer { opencc_convert_utf8_free(converted) }
        let result = String(cString: converted).unicodeScalars.split(separator: "\n").map { $0.first ?? "\n" }
        precondition(result.count == scalars.count, "OpenCC changed the number of lines")
        return result
    }

    /// `opencc_open` answers -1, not null, when it fails.
    private enum OpaqueFailure {
        static var pointer: opencc_t? { opencc_t(bitPattern: -1) }
    }
}
