/// A found text made fit to read: what a web page or a converter did to it is undone, and nothing else.
///
/// Removed: pinyin noise, invisible marks, blanks at both ends of a line and inside padded names (张  民) and
/// web addresses. Folded: full-width letters and digits, blanks of any width. Joined: a line broken in
/// mid-sentence, also across an empty line. Punctuation and script stay as printed.
package enum ReadableText {
    package static func cleaned(_ text: String) -> String {
        let lines = PinyinNoise.removed(from: text).unicodeScalars
            .split(omittingEmptySubsequences: false) { $0.isLineBreak }
            .map { withoutStrayBlanks(folded($0)) }
        return String(scalars: joined(lines))
    }

    /// A shorter line without a comma or full stop in it is a title or a list entry, not a broken sentence.
    private static let titleScalarsMax = 30

    private static func folded(_ line: String.UnicodeScalarView.SubSequence) -> [Unicode.Scalar] {
        line.lazy.filter { !$0.isInvisible }.map { scalar in
            let narrow = WidthFolding.fold(scalar)
            return narrow.isWordPart || narrow.isBlank ? (narrow.isBlank ? " " : narrow) : scalar
        }
    }

    /// Runs of blanks become one, except where they stand in a padded name or an address.
    private static func withoutStrayBlanks(_ line: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var kept: [Unicode.Scalar] = []
        var index = 0
        while index < line.count {
            guard line[index] == " " else {
                kept.append(line[index])
                index += 1
                continue
            }
            var end = index
            while end < line.count, line[end] == " " { end += 1 }
            let isPadding =
                isPadding(index..<end, in: line) || isInAddress(index..<end, in: line, after: kept)
            if !kept.isEmpty, end < line.count, !isPadding { kept.append(" ") }
            index = end
        }
        return kept
    }

    /// Two or more blanks between two characters that stand alone otherwise: 组  长：张  民.
    private static func isPadding(_ gap: Range<Int>, in line: [Unicode.Scalar]) -> Bool {
        guard (2...6).contains(gap.count), gap.lowerBound > 0, gap.upperBound < line.count,
            line[gap.lowerBound - 1].isHan, line[gap.upperBound].isHan
        else { return false }
        let startsAlone = gap.lowerBound < 2 || !line[gap.lowerBound - 2].isHan
        let endsAlone = gap.upperBound + 1 >= line.count || !line[gap.upperBound + 1].isHan
        return startsAlone && endsAlone
    }

    /// `http://www. example.gov.cn`
    private static func isInAddress(
        _ gap: Range<Int>, in line: [Unicode.Scalar], after kept: [Unicode.Scalar]
    ) -> Bool {
        guard gap.upperBound < line.count,
            line[gap.upperBound].isASCIILower || line[gap.upperBound].isASCIIDigit,
            let last = kept.last, last == "." || last == "/"
        else { return false }
        let word = kept.reversed().prefix { $0.value > 0x20 && $0.value < 0x7F }
        return String(scalars: word.reversed()).contains("://")
    }

    private static func joined(_ lines: [[Unicode.Scalar]]) -> [Unicode.Scalar] {
        var result: [Unicode.Scalar] = []
        var lastLine: [Unicode.Scalar] = []
        var breaks = 0
        for line in lines {
            if line.isEmpty {
                breaks += 1
                continue
            }
            if !result.isEmpty, !(breaks <= 1 && isBroken(lastLine, before: line)) {
                result.append(contentsOf: repeatElement("\n", count: min(breaks, 1) + 1))
            }
            result.append(contentsOf: line)
            lastLine = line
            breaks = 0
        }
        return result
    }

    private static func isBroken(_ line: [Unicode.Scalar], before next: [Unicode.Scalar]) -> Bool {
        guard let last = line.last, let first = next.first else { return false }
        let isSentence = line.count >= titleScalarsMax || line.contains { $0 == "。" || $0 == "，" }
        let isOpen = last.isHan || last == "，" || last == "、" || last == ","
        return isSentence && isOpen && (first.isHan || first == "，" || first == "、") && !isItem(next)
    }

    /// A line that opens a numbered part: `一、`, `第三条`.
    private static func isItem(_ line: [Unicode.Scalar]) -> Bool {
        let number = line.prefix { "第一二三四五六七八九十百零〇".unicodeScalars.contains($0) }
        guard !number.isEmpty, let mark = line.dropFirst(number.count).first else { return false }
        return mark == "、" || mark == "." || mark == "．" || (number.first == "第" && number.count > 1)
    }
}
