/// Reading aids left in a text by a web page: `各(ge)省`, `信(xin)(xin)息`.
///
/// A bracket is noise when it holds one lower-case pinyin syllable and follows a Chinese character, or another
/// such bracket. Upper case (`(PPP)`), Chinese (`(一)`), digits, and words that are no syllable
/// (`方法(method)`) stay. Documents keep their original bytes; this is for reading and searching.
package enum PinyinNoise {
    package static func removed(from text: String) -> String {
        let scalars = Array(text.unicodeScalars)
        let noise = ranges(in: scalars)
        if noise.isEmpty { return text }
        var kept = String.UnicodeScalarView()
        var next = 0
        for range in noise {
            kept.append(contentsOf: scalars[next..<range.lowerBound])
            next = range.upperBound
        }
        kept.append(contentsOf: scalars[next...])
        return String(kept)
    }

    /// The brackets that are noise, in order, not overlapping.
    static func ranges(in scalars: [Unicode.Scalar]) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var index = 1
        while index < scalars.count {
            if isOpening(scalars[index]), let end = end(ofNoiseAt: index, in: scalars, after: found.last) {
                found.append(index..<end)
                index = end
            } else {
                index += 1
            }
        }
        return found
    }

    private static func end(
        ofNoiseAt start: Int, in scalars: [Unicode.Scalar], after previous: Range<Int>?
    ) -> Int? {
        let isRepeated = previous?.upperBound == start
        guard isRepeated || scalars[start - 1].isHan else { return nil }
        var syllable: [UInt8] = []
        var index = start + 1
        while index < scalars.count, syllable.count < 7, let letter = letter(scalars[index]) {
            syllable.append(letter)
            index += 1
        }
        guard index < scalars.count, isClosing(scalars[index]) else { return nil }
        guard PinyinSyllables.contains(syllable) else { return nil }
        if syllable.count == 1, !isRepeated, !soundsLikeOneVowel(scalars[start - 1]) { return nil }
        return index + 1
    }

    private static func isOpening(_ scalar: Unicode.Scalar) -> Bool { scalar == "(" || scalar == "（" }
    private static func isClosing(_ scalar: Unicode.Scalar) -> Bool { scalar == ")" || scalar == "）" }

    /// `第三条(a)` is a real bracket; `阿(a)` is not.
    private static func soundsLikeOneVowel(_ scalar: Unicode.Scalar) -> Bool {
        "阿啊呵锕錒嗄额額鹅鵝恶惡噁饿餓俄峨娥蛾厄鄂愕扼遏哦喔噢".unicodeScalars.contains(scalar)
    }

    /// The plain letter of a lower-case pinyin letter, `v` for ü; nil for anything else.
    private static func letter(_ scalar: Unicode.Scalar) -> UInt8? {
        if scalar.isASCIILower { return UInt8(scalar.value) }
        return switch scalar {
        case "ā", "á", "ǎ", "à": UInt8(ascii: "a")
        case "ē", "é", "ě", "è", "ê": UInt8(ascii: "e")
        case "ī", "í", "ǐ", "ì": UInt8(ascii: "i")
        case "ō", "ó", "ǒ", "ò": UInt8(ascii: "o")
        case "ū", "ú", "ǔ", "ù": UInt8(ascii: "u")
        case "ü", "ǖ", "ǘ", "ǚ", "ǜ": UInt8(ascii: "v")
        default: nil
        }
    }
}
