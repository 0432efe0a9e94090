/// A short excerpt of a text, with the places in it that answer a query. Plain text: the page escapes it.
package struct Snippet: Sendable, Hashable, Codable {
    /// The excerpt as it stands in the original, line breaks and runs of blanks as one space.
    package let text: String
    /// Where in `text` the query's terms stand: offsets of Unicode scalars, rising, not touching.
    package let matches: [Range<Int>]
    /// Whether the original goes on before and after.
    package let continuesBefore: Bool
    package let continuesAfter: Bool

    /// The excerpt in turns of plain and matching pieces, none empty.
    package var pieces: [(text: String, isMatch: Bool)] {
        let scalars = Array(text.unicodeScalars)
        var pieces: [(text: String, isMatch: Bool)] = []
        var next = 0
        for match in matches {
            if next < match.lowerBound {
                pieces.append((String(scalars: scalars[next..<match.lowerBound]), false))
            }
            pieces.append((String(scalars: scalars[match]), true))
            next = match.upperBound
        }
        if next < scalars.count { pieces.append((String(scalars: scalars[next...]), false)) }
        return pieces
    }

    /// The excerpt round the first place where a term of the query stands; the beginning when none does.
    ///
    /// Terms match as search does: either script, either width, any case, across padding and broken lines.
    ///
    /// - Parameters:
    ///   - query: as the reader typed it.
    ///   - text: the original; only its first 500,000 scalars are looked at.
    ///   - length: scalars of the excerpt, about, 1 or more.
    package init(of text: String, for query: String, length: Int = 100) {
        let original = Array(text.unicodeScalars.prefix(500_000))
        let found = Snippet.matches(of: query, in: original)
        let first = found.first ?? 0..<0
        let lead = max(0, length - first.count) / 3
        var start = max(0, first.lowerBound - lead)
        let end = min(original.count, start + length)
        start = max(0, min(start, end - length))
        var excerpt = Excerpt()
        for (offset, scalar) in original[start..<end].enumerated() {
            excerpt.append(scalar, isMatch: Snippet.contains(start + offset, in: found))
        }
        self.text = String(excerpt.scalars)
        matches = excerpt.matches
        continuesBefore = start > 0
        continuesAfter = end < original.count
    }

    /// Places in the original, rising; overlapping and touching ones joined.
    private static func matches(of query: String, in original: [Unicode.Scalar]) -> [Range<Int>] {
        let folded = FoldedText(original)
        var terms = SearchTokens.terms(of: query).filter { $0.contains { $0.isUnspaced || $0.isWordPart } }
        var found = terms.flatMap { places(of: $0, in: folded) }
        if found.isEmpty {
            terms = SearchTokens.query(query).map { Array($0.unicodeScalars) }
            found = terms.flatMap { places(of: $0, in: folded) }
        }
        var joined: [Range<Int>] = []
        for place in found.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = joined.last, last.upperBound >= place.lowerBound {
                joined[joined.count - 1] = last.lowerBound..<max(last.upperBound, place.upperBound)
            } else {
                joined.append(place)
            }
        }
        return joined
    }

    private static func places(of term: [Unicode.Scalar], in text: FoldedText) -> [Range<Int>] {
        guard let head = term.first, text.scalars.count >= term.count else { return [] }
        var found: [Range<Int>] = []
        var index = 0
        while index + term.count <= text.scalars.count, found.count < 200 {
            if text.scalars[index] == head, text.scalars[index..<index + term.count].elementsEqual(term) {
                found.append(text.origins[index]..<text.origins[index + term.count - 1] + 1)
                index += term.count
            } else {
                index += 1
            }
        }
        return found
    }

    private static func contains(_ offset: Int, in ranges: [Range<Int>]) -> Bool {
        ranges.contains { $0.contains(offset) }
    }

    private struct Excerpt {
        var scalars = String.UnicodeScalarView()
        var matches: [Range<Int>] = []
        private var count = 0

        mutating func append(_ scalar: Unicode.Scalar, isMatch: Bool) {
            let isGap = scalar.isBlank || scalar.isLineBreak
            if scalar.isInvisible || (isGap && scalars.last.map { $0 == " " } ?? true) { return }
            scalars.append(isGap ? " " : scalar)
            if isMatch {
                if let last = matches.last, last.upperBound == count {
                    matches[matches.count - 1] = last.lowerBound..<count + 1
                } else {
                    matches.append(count..<count + 1)
                }
            }
            count += 1
        }
    }
}
