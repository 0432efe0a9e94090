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

    private struct Entry: Sendable {
        let phrase: Int
        /// Where its bytes stand in `bytes`.
        let start: Int
        let count: Int
    }

    /// The bytes of all phrases in a row.
    private let bytes: [UInt8]
    /// By the first character's code point (all phrases start with one of the basic plane's wide characters):
    /// 0, or 1 + the place in `buckets`.
    private let first: [UInt16]
    /// Longest first.
    private let buckets: [[Entry]]
    /// A bit for each code point that a phrase starts with: small enough to stay at hand while a text is read.
    private let starts: [UInt64]

    /// - Parameter phrases: folded, each starting with a three-byte character.
    init(_ phrases: [[UInt8]]) {
        precondition(phrases.count < 0xFFFF, "more phrases than the table can number")
        var bytes: [UInt8] = []
        var first = [UInt16](repeating: 0, count: 0x10000)
        var buckets: [[Entry]] = []
        var starts = [UInt64](repeating: 0, count: 1024)
        for (index, phrase) in phrases.enumerated() {
            precondition(PhraseIndex.canHold(phrase), "a phrase starts with a three-byte character")
            let point = PhraseIndex.codePoint(phrase[0], phrase[1], phrase[2])
            if first[point] == 0 {
                buckets.append([])
                first[point] = UInt16(buckets.count)
                starts[point >> 6] |= 1 << UInt64(point & 63)
            }
            buckets[Int(first[point]) - 1].append(
                Entry(phrase: index, start: bytes.count, count: phrase.count))
            bytes += phrase
        }
        (self.bytes, self.first, self.starts) = (bytes, first, starts)
        self.buckets = buckets.map { bucket in bucket.sorted { $0.count > $1.count } }
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
        bytes.withUnsafeBufferPointer { text in
            starts.withUnsafeBufferPointer { occurrences(in: text, starting: $0) }
        }
    }

    private func occurrences(
        in text: UnsafeBufferPointer<UInt8>, starting starts: UnsafeBufferPointer<UInt64>
    ) -> [Occurrence] {
        var found: [Occurrence] = []
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
            let point = PhraseIndex.codePoint(byte, text[at + 1], text[at + 2])
            if starts[point >> 6] >> UInt64(point & 63) & 1 == 1, let entry = longest(point, text, at) {
                let end = at + entry.count
                found.append(
                    Occurrence(phrase: entry.phrase, start: at, end: end, isCovered: end <= coveredTo))
                coveredTo = max(coveredTo, end)
            }
            at += 3
        }
        return found
    }

    private func longest(_ point: Int, _ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> Entry? {
        bytes.withUnsafeBufferPointer { bytes in
            for entry in buckets[Int(first[point]) - 1] {
                guard at + entry.count <= text.count else { continue }
                var offset = 3
                while offset < entry.count, bytes[entry.start + offset] == text[at + offset] { offset += 1 }
                if offset >= entry.count { return entry }
            }
            return nil
        }
    }
}
