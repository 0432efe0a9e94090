/// A notice's folded text with every known phrase found, and the reading of what follows a phrase.
struct NoticeScan {
    let folded: NoticeText
    let words: NoticeWords
    let occurrences: [PhraseIndex.Occurrence]
    private let byRole: [NoticeRole: [Int]]

    init(text: String, words: NoticeWords) {
        folded = NoticeText(text)
        self.words = words
        occurrences = words.index.occurrences(in: folded.bytes)
        var byRole: [NoticeRole: [Int]] = [:]
        for (number, occurrence) in occurrences.enumerated() where !occurrence.isCovered {
            for role in words.roles[occurrence.phrase] { byRole[role, default: []].append(number) }
        }
        self.byRole = byRole
    }

    var bytes: [UInt8] { folded.bytes }

    /// Where phrases of that role stand outside longer phrases, in order; at most 200.
    func places(of role: NoticeRole) -> [PhraseIndex.Occurrence] {
        (byRole[role] ?? []).prefix(200).map { occurrences[$0] }
    }

    // MARK: Lines

    func lineStart(_ at: Int) -> Int {
        var start = at
        while start > 0, bytes[start - 1] != 0x0A { start -= 1 }
        return start
    }

    func lineEnd(_ at: Int) -> Int {
        var end = at
        while end < bytes.count, bytes[end] != 0x0A { end += 1 }
        return end
    }

    /// The first occurrence that starts at or after `at`, as a place in `occurrences`.
    func firstOccurrence(from at: Int) -> Int {
        var low = 0
        var high = occurrences.count
        while low < high {
            let middle = (low + high) / 2
            if occurrences[middle].start < at { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The phrase that starts exactly at `at`.
    func occurrence(at: Int) -> PhraseIndex.Occurrence? {
        let number = firstOccurrence(from: at)
        return number < occurrences.count && occurrences[number].start == at ? occurrences[number] : nil
    }

    /// Whether only numbering (1. 一、 (3) ①) stands before `at` on its line.
    func opensLine(_ at: Int) -> Bool {
        let start = lineStart(at)
        guard at - start <= 18 else { return false }
        return NoticeScan.isNumbering(bytes[start..<at])
    }

    private static let numerals: Set<[UInt8]> = Set(
        ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "、", "本", "原", "•"].map { Array($0.utf8) })

    static func isNumbering(_ slice: ArraySlice<UInt8>) -> Bool {
        var at = slice.startIndex
        while at < slice.endIndex {
            let byte = slice[at]
            if byte < 0x80 {
                guard byte.isASCIIDigit || "().: -*".utf8.contains(byte) else { return false }
                at += 1
            } else {
                guard at + 3 <= slice.endIndex, numerals.contains(Array(slice[at..<at + 3])) else {
                    return false
                }
                at += 3
            }
        }
        return true
    }

    /// Whether the line that holds `at` is a heading: 三、获取采购文件.
    func isHeading(_ at: Int) -> Bool {
        let start = lineStart(at)
        guard start + 6 <= bytes.count, NoticeScan.numerals.contains(Array(bytes[start..<start + 3])) else {
            return false
        }
        let next = start + 3
        return bytes[next...].starts(with: NoticeScan.comma)
            || (next + 6 <= bytes.count && NoticeScan.numerals.contains(Array(bytes[next..<next + 3]))
                && bytes[(next + 3)...].starts(with: NoticeScan.comma))
    }

    private static let comma = Array("、".utf8)

    // MARK: After a label

    /// A label's value starts after its brackets, colon and line end.
    struct Label {
        let value: Int
        /// The unit in the label's own brackets: 预算金额（万元）.
        let unit: SumUnit?
        /// A colon or a line end stood between; without one the words are no label.
        let isSeparated: Bool
    }

    func label(after end: Int) -> Label {
        var at = end
        var unit: SumUnit?
        var separated = false
        for _ in 0..<2 {
            let look = bracketStart(at)
            guard look < bytes.count, bytes[look] == UInt8(ascii: "("), let close = closing(look) else {
                break
            }
            unit = unit ?? SumUnit.read(bytes, at: look + 1)?.unit
            at = close + 1
        }
        while at < bytes.count {
            if bytes[at] == 0x0A || bytes[at] == UInt8(ascii: ":") {
                separated = true
                at += 1
            } else if bytes[at] == 0x20 {
                at += 1
            } else {
                break
            }
        }
        return Label(value: at, unit: unit, isSeparated: separated)
    }

    /// A bracket may stand on the label's line or, when it holds a unit alone, on the next.
    private func bracketStart(_ at: Int) -> Int {
        guard at + 1 < bytes.count, bytes[at] == 0x0A, bytes[at + 1] == UInt8(ascii: "("),
            SumUnit.read(bytes, at: at + 2) != nil
        else { return at }
        return at + 1
    }

    private func closing(_ open: Int) -> Int? {
        var depth = 0
        for at in open..<min(bytes.count, open + 90) {
            switch bytes[at] {
            case UInt8(ascii: "("): depth += 1
            case UInt8(ascii: ")"):
                depth -= 1
                if depth == 0 { return at }
            case 0x0A: return nil
            default: continue
            }
        }
        return nil
    }

    /// The rest of the line from `at`, cut before the next label on it; nil when empty, a dash, or a label itself.
    func lineValue(at: Int) -> Range<Int>? {
        let end = lineEnd(at)
        guard at < end else { return nil }
        if let label = occurrence(at: at), isLabelUse(label) { return nil }
        var cut = end
        var number = firstOccurrence(from: at + 1)
        while number < occurrences.count, occurrences[number].start < end {
            let next = occurrences[number]
            if !next.isCovered, next.end < end, bytes[next.end] == UInt8(ascii: ":") {
                cut = next.start
                break
            }
            number += 1
        }
        return trim(at..<cut)
    }

    /// A label's own use: it ends its line or a colon follows.
    private func isLabelUse(_ occurrence: PhraseIndex.Occurrence) -> Bool {
        let end = occurrence.end
        return end >= bytes.count || bytes[end] == 0x0A || bytes[end] == UInt8(ascii: ":")
    }

    private static let empties: Set<[UInt8]> = Set(
        ["/", "无", "-", "--", "暂无", "*", "**"].map { Array($0.utf8) })
    private static let closers: [[UInt8]] = [";", ",", ".", "。", "、"].map { Array($0.utf8) }

    private func trim(_ range: Range<Int>) -> Range<Int>? {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, bytes[start] == 0x20 || bytes[start] == UInt8(ascii: ":") { start += 1 }
        trimming: while start < end {
            if bytes[end - 1] == 0x20 || bytes[end - 1] == UInt8(ascii: "(") {
                end -= 1
                continue
            }
            for closer in NoticeScan.closers
            where end - start >= closer.count && bytes[(end - closer.count)..<end].elementsEqual(closer) {
                end -= closer.count
                continue trimming
            }
            break
        }
        guard start < end, !NoticeScan.empties.contains(Array(bytes[start..<end])) else { return nil }
        return start..<end
    }

    // MARK: Places

    /// The place of folded bytes, with the words from `from` (a label) to the end of the value as its quote.
    func place(_ range: Range<Int>, from: Int? = nil) -> Place {
        let start = quoteStart(from ?? range.lowerBound)
        return .text(
            scalars: folded.scalarRange(range),
            quote: folded.printed(start..<max(range.upperBound, quoteEnd(range.upperBound))))
    }

    /// Back to the start of the sentence or line, not farther than 240 bytes.
    private func quoteStart(_ at: Int) -> Int {
        var start = at
        while start > 0, at - start < 240, bytes[start - 1] != 0x0A, !endsSentence(start) { start -= 1 }
        while start < at, bytes[start] & 0xC0 == 0x80 { start += 1 }
        return start
    }

    /// On to the end of the sentence or line, not farther than 90 bytes.
    private func quoteEnd(_ at: Int) -> Int {
        var end = at
        while end < bytes.count, end - at < 90, bytes[end] != 0x0A, !endsSentence(end) { end += 1 }
        while end > at, end < bytes.count, bytes[end] & 0xC0 == 0x80 { end -= 1 }
        return end
    }

    private static let stop = Array("。".utf8)

    private func endsSentence(_ at: Int) -> Bool {
        at >= 3 && bytes[(at - 3)..<at].elementsEqual(NoticeScan.stop)
    }
}
