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
        var words = Words(purpose: .document)
        words.read(FoldedText(Array(text.unicodeScalars)).scalars)
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
            var words = Words(purpose: .query)
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
            .map { FoldedText(Array($0)).scalars }.filter { !$0.isEmpty }
    }

    private struct Words {
        enum Purpose { case document, query }
        let purpose: Purpose
        private var bytes: [UInt8] = []
        /// Words of at most two scalars, told apart by their bits; of a document, where each word stands once.
        private var shortWords: Set<UInt64> = []
        private var longWords: Set<[Unicode.Scalar]> = []
        /// Words of the chain being read, for the whole in one word.
        private var chain: [Unicode.Scalar] = []
        private var chained = 0

        init(purpose: Purpose) { self.purpose = purpose }

        var joined: String { String(decoding: bytes, as: UTF8.self) }
        var list: [String] { bytes.split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) } }

        mutating func read(_ scalars: [Unicode.Scalar]) {
            var index = 0
            while index < scalars.count {
                var end = index + 1
                if scalars[index].isUnspaced {
                    endChain()
                    while end < scalars.count, scalars[end].isUnspaced { end += 1 }
                    addRun(scalars[index..<end])
                } else if scalars[index].isWordPart {
                    while end < scalars.count, scalars[end].isWordPart { end += 1 }
                    addWord(scalars[index..<end])
                } else if !SearchTokens.joins(scalars[index]) {
                    endChain()
                }
                index = end
            }
            endChain()
        }

        private mutating func addRun(_ run: ArraySlice<Unicode.Scalar>) {
            for index in run.indices {
                if index + 1 < run.endIndex {
                    add(run[index...index + 1])
                } else if purpose == .document || run.count == 1 {
                    add(run[index...index])
                }
            }
        }

        private mutating func addWord(_ word: ArraySlice<Unicode.Scalar>) {
            add(word.prefix(wordScalarsMax))
            guard purpose == .document else { return }
            chained += 1
            if chain.count <= wordScalarsMax { chain.append(contentsOf: word) }
        }

        private mutating func endChain() {
            if chained > 1, chain.count <= wordScalarsMax { add(chain[...]) }
            chain.removeAll(keepingCapacity: true)
            chained = 0
        }

        private mutating func add(_ word: ArraySlice<Unicode.Scalar>) {
            guard isNew(word) else { return }
            if !bytes.isEmpty { bytes.append(0x20) }
            for scalar in word {
                bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            }
        }

        private mutating func isNew(_ word: ArraySlice<Unicode.Scalar>) -> Bool {
            guard word.count <= 2 else { return longWords.insert(Array(word)).inserted }
            let bits = word.reduce(0) { $0 << 32 | UInt64($1.value) }
            return shortWords.insert(bits).inserted
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
