/// Finds every known phrase in a folded text in one pass.
struct PhraseIndex: Sendable {
    /// A phrase found: which one, and where.
    struct Occurrence: Sendable {
        let phrase: Int
        let start: Int
        let end: Int
        /// It lies within a longer phrase that starts earlier: 截止时间 in 保证金缴纳截止时间.
        let isCovered: Bool
    }

    private let phrases: [[UInt8]]
    /// By the first character's code point (all phrases start with one of the basic plane's wide characters):
    /// 0, or 1 + the place in `buckets`.
    private let first: [UInt16]
    /// Longest first.
    private let buckets: [[Int]]

    /// - Parameter phrases: folded, each starting with a three-byte character.
    init(_ phrases: [[UInt8]]) {
        precondition(phrases.count < 0xFFFF, "more phrases than the table can number")
        var first = [UInt16](repeating: 0, count: 0x10000)
        var buckets: [[Int]] = []
        for (index, phrase) in phrases.enumerated() {
            precondition(PhraseIndex.canHold(phrase), "a phrase starts with a three-byte character")
            let point = PhraseIndex.codePoint(phrase[0], phrase[1], phrase[2])
            if first[point] == 0 {
                buckets.append([])
                first[point] = UInt16(buckets.count)
            }
            buckets[Int(first[point]) - 1].append(index)
        }
        self.phrases = phrases
        self.first = first
        self.buckets = buckets.map { bucket in
            bucket.sorted { phrases[$0].count > phrases[$1].count }
        }
    }

    /// Whether the index can look for these bytes.
    static func canHold(_ phrase: [UInt8]) -> Bool {
        phrase.count >= 3 && phrase[0] >= 0xE0 && phrase[0] < 0xF0
    }

    private static func codePoint(_ a: UInt8, _ b: UInt8, _ c: UInt8) -> Int {
        Int(a & 0x0F) << 12 | Int(b & 0x3F) << 6 | Int(c & 0x3F)
    }

    /// Every phrase in the text in the order of its start; of those that start together only the longest.
    func occurrences(in bytes: [UInt8]) -> [Occurrence] {
        var found: [Occurrence] = []
        bytes.withUnsafeBufferPointer { text in
            var at = 0
            var coveredTo = 0
            while at + 2 < text.count {
                let byte = text[at]
                guard byte >= 0xE0 else {
                    at += byte < 0x80 || byte < 0xC0 ? 1 : 2
                    continue
                }
                guard byte < 0xF0 else {
                    at += 4
                    continue
                }
                let bucket = first[PhraseIndex.codePoint(byte, text[at + 1], text[at + 2])]
                if bucket != 0, let phrase = longest(Int(bucket) - 1, text, at) {
                    let end = at + phrases[phrase].count
                    found.append(
                        Occurrence(phrase: phrase, start: at, end: end, isCovered: end <= coveredTo))
                    coveredTo = max(coveredTo, end)
                }
                at += 3
            }
        }
        return found
    }

    private func longest(_ bucket: Int, _ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int? {
        buckets[bucket].first { index in
            let phrase = phrases[index]
            guard at + phrase.count <= text.count else { return false }
            return phrase.withUnsafeBufferPointer { wanted in
                var offset = 3
                while offset < wanted.count {
                    if wanted[offset] != text[at + offset] { return false }
                    offset += 1
                }
                return true
            }
        }
    }
}
