/// A text as search compares it, each folded scalar with the place it came from.
///
/// Folded: width, script, case, kinds of dash and bracket. Left out: pinyin noise, invisible marks, and blanks and line breaks
/// between two Chinese characters (padded names, lines broken in mid-sentence). Other blanks become one space.
struct FoldedText {
    private(set) var scalars: [Unicode.Scalar] = []
    /// Offsets into the original's scalars, rising, one for each of `scalars`.
    private(set) var origins: [Int] = []

    init(_ original: [Unicode.Scalar]) {
        scalars.reserveCapacity(original.count)
        origins.reserveCapacity(original.count)
        var noise = PinyinNoise.ranges(in: original)[...]
        let facts = ScalarFacts.table
        var index = 0
        var gap: Int?
        while index < original.count {
            if let range = noise.first, range.lowerBound == index {
                index = range.upperBound
                noise = noise.dropFirst()
                continue
            }
            let scalar = facts[original[index]]
            if scalar.isGap {
                gap = gap ?? index
            } else if !scalar.isInvisible {
                let next = scalar.folded
                if let blank = gap, let last = scalars.last, !(facts[last].isUnspaced && scalar.isUnspaced) {
                    append(" ", from: blank)
                }
                gap = nil
                append(next, from: index)
            }
            index += 1
        }
    }

    private mutating func append(_ scalar: Unicode.Scalar, from origin: Int) {
        scalars.append(scalar)
        origins.append(origin)
    }

    static func fold(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        let narrow = ScriptFolding.fold(WidthFolding.fold(scalar))
        if narrow.isASCIIUpper { return Unicode.Scalar(UInt8(narrow.value + 0x20)) }
        if CodeFolding.isDash(narrow) { return "-" }
        if CodeFolding.isOpeningBracket(narrow) { return "[" }
        if CodeFolding.isClosingBracket(narrow) { return "]" }
        guard narrow.value >= 0x80, !narrow.isUnspaced, narrow.properties.isUppercase else { return narrow }
        let lower = narrow.properties.lowercaseMapping.unicodeScalars
        return lower.count == 1 ? lower.first ?? narrow : narrow
    }
}
