/// The words that a text is found by. Both databases store and ask for the same ones.
///
/// A run of Chinese gives each pair of neighbours and its last character: so every character begins a word, and a lone
/// one is asked for as the beginning of words. Letters and digits give lower-case words.
/// A code joined by brackets, dashes, dots or slashes gives its parts and, in one word, the whole:
/// `H2026—018` gives `h2026`, `018` and `h2026018`. Simplified and Traditional give the same words.
package enum SearchTokens {
    /// A word is cut here; a longer one is no word that anybody types.
    package static let wordScalarsMax = 64
    /// What a query may ask for at most; the rest of a longer query is dropped.
    package static let queryTokensMax = 64

    /// The words of a document, each once, in the order in which they first occur, separated by single spaces.
    package static func document(_ text: String) -> String {
        let scalars = FoldedText(scalars(of: text), keepsOrigins: false).scalars
        var words = Words(purpose: .document, scalars: scalars.count)
        words.read(scalars)
        return words.joined
    }

    /// The words that a document must all have to answer that query, each once.
    ///
    /// Two or more neighbouring Chinese characters ask for pairs, a lone one for words that begin with it (`isBeginning`). A match means that
    /// every pair occurs, not that they stand in a row: check the original where an exact phrase counts.
    ///
    /// - Returns: at most `queryTokensMax` words; empty when the query has no letter, digit or character.
    package static func query(_ text: String) -> [String] {
        var seen = Set<String>()
        var result: [String] = []
        for term in terms(of: text) {
            var words = Words(purpose: .query, scalars: term.count)
            words.read(term)
            for word in words.list where result.count < queryTokensMax && seen.insert(word).inserted {
                result.append(word)
            }
        }
        return result
    }

    /// Whether a word of a query is a lone Chinese character, to be found at the beginning of words.
    package static func isBeginning(_ word: String) -> Bool {
        guard let first = word.unicodeScalars.first else { return false }
        return first.isUnspaced && word.unicodeScalars.count == 1
    }

    /// The folded terms of a query, split at blanks: a blank that a reader types separates.
    static func terms(of query: String) -> [[Unicode.Scalar]] {
        query.unicodeScalars.split { $0.isBlank || $0.isLineBreak }
            .map { FoldedText(Array($0), keepsOrigins: false).scalars }.filter { !$0.isEmpty }
    }

    /// A text's scalars, read from its bytes in one pass: the library's own view of them counts first, and steps slowly.
    private static func scalars(of text: String) -> [Unicode.Scalar] {
        var text = text
        return text.withUTF8 { bytes in
            [Unicode.Scalar](unsafeUninitializedCapacity: bytes.count) { scalars, count in
                var at = 0
                while at < bytes.count {
                    let (value, width) = bytes.scalarValue(at)
                    // A string holds nothing else.
                    guard let scalar = Unicode.Scalar(value) else { preconditionFailure("UTF-8 of a string") }
                    scalars.initializeElement(at: count, to: scalar)
                    count += 1
                    at += width
                }
            }
        }
    }

    private struct Words {
        enum Purpose { case document, query }
        let purpose: Purpose
        private var bytes: [UInt8] = []
        /// Words of one or two scalars, and the longer ones; each stands once in the list.
        private var shortWords: ShortWordSet
        private var longWords = LongWordSet()
        /// Words of the chain being read, for the whole in one word.
        private var chain: [Unicode.Scalar] = []
        private var chained = 0

        /// - Parameter scalars: how many will be read, about.
        init(purpose: Purpose, scalars: Int) {
            self.purpose = purpose
            // Texts of their own length repeat themselves.
            shortWords = ShortWordSet(expecting: min(scalars, 512 + scalars / 4))
            bytes.reserveCapacity(scalars * 3)
        }

        /// Written scalar by scalar: nothing needs to be checked again.
        var joined: String { String(copying: UTF8Span(unchecked: bytes.span)) }
        var list: [String] { bytes.split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) } }

        mutating func read(_ scalars: [Unicode.Scalar]) {
            scalars.withUnsafeBufferPointer { read($0) }
            endChain()
        }

        private mutating func read(_ scalars: UnsafeBufferPointer<Unicode.Scalar>) {
            let facts = ScalarFacts.table
            var index = 0
            while index < scalars.count {
                var end = index + 1
                let first = facts[scalars[index]]
                if first.isUnspaced {
                    endChain()
                    while end < scalars.count, facts[scalars[end]].isUnspaced { end += 1 }
                    addRun(UnsafeBufferPointer(rebasing: scalars[index..<end]))
                } else if first.isWordPart {
                    while end < scalars.count, facts[scalars[end]].isWordPart { end += 1 }
                    addWord(UnsafeBufferPointer(rebasing: scalars[index..<end]))
                } else if !SearchTokens.joins(scalars[index]) {
                    endChain()
                }
                index = end
            }
        }

        private mutating func addRun(_ run: UnsafeBufferPointer<Unicode.Scalar>) {
            for index in 1..<max(1, run.count) {
                guard shortWords.insert(run[index - 1], run[index]) else { continue }
                separate()
                bytes.append(utf8: run[index - 1])
                bytes.append(utf8: run[index])
            }
            if purpose == .document || run.count == 1, let last = run.last, shortWords.insert(last) {
                separate()
                bytes.append(utf8: last)
            }
        }

        private mutating func addWord(_ word: UnsafeBufferPointer<Unicode.Scalar>) {
            add(UnsafeBufferPointer(rebasing: word.prefix(wordScalarsMax)))
            guard purpose == .document else { return }
            chained += 1
            if chain.count <= wordScalarsMax { chain.append(contentsOf: word) }
        }

        private mutating func endChain() {
            guard chained > 0 else { return }
            if chained > 1, chain.count <= wordScalarsMax {
                let whole = chain
                whole.withUnsafeBufferPointer { add($0) }
            }
            chain.removeAll(keepingCapacity: true)
            chained = 0
        }

        /// A longer word is written first and taken back when it is there already.
        private mutating func add(_ word: UnsafeBufferPointer<Unicode.Scalar>) {
            if word.count == 1 ? !shortWords.insert(word[0]) : false { return }
            if word.count == 2 ? !shortWords.insert(word[0], word[1]) : false { return }
            let end = bytes.count
            separate()
            let start = bytes.count
            for scalar in word { bytes.append(utf8: scalar) }
            if word.count > 2, !longWords.insert(bytes, from: start) { bytes.removeLast(bytes.count - end) }
        }

        private mutating func separate() {
            if !bytes.isEmpty { bytes.append(0x20) }
        }
    }

    /// Marks that hold a code together, folded.
    private static func joins(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "-", "[", "]", ".", "/", "_", "·": true
        default: false
        }
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// The scalar whose bytes start at `at`, and their number. The bytes are UTF-8 of a string.
    fileprivate func scalarValue(_ at: Int) -> (value: UInt32, width: Int) {
        let first = UInt32(self[at])
        if first < 0x80 { return (first, 1) }
        func next(_ offset: Int) -> UInt32 { UInt32(self[at + offset] & 0x3F) }
        if first < 0xE0 { return ((first & 0x1F) << 6 | next(1), 2) }
        if first < 0xF0 { return ((first & 0x0F) << 12 | next(1) << 6 | next(2), 3) }
        return ((first & 0x07) << 18 | next(1) << 12 | next(2) << 6 | next(3), 4)
    }
}

extension [UInt8] {
    mutating func append(utf8 scalar: Unicode.Scalar) {
        let value = scalar.value
        switch value {
        case ..<0x80:
            append(UInt8(value))
        case ..<0x800:
            append(UInt8(0xC0 | value >> 6))
            append(UInt8(0x80 | value & 0x3F))
        case ..<0x1_0000:
            append(UInt8(0xE0 | value >> 12))
            append(UInt8(0x80 | value >> 6 & 0x3F))
            append(UInt8(0x80 | value & 0x3F))
        default:
            append(UInt8(0xF0 | value >> 18))
            append(UInt8(0x80 | value >> 12 & 0x3F))
            append(UInt8(0x80 | value >> 6 & 0x3F))
            append(UInt8(0x80 | value & 0x3F))
        }
    }
}
