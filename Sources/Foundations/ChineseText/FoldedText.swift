/// A text as search compares it, each folded scalar with the place it came from.
///
/// Folded: width, script, case, kinds of dash and bracket. Left out: pinyin noise, invisible marks, and blanks and line breaks
/// between two Chinese characters (padded names, lines broken in mid-sentence). Other blanks become one space.
struct FoldedText {
    private(set) var scalars: [Unicode.Scalar] = []
    /// Offsets into the original's scalars, rising, one for each of `scalars`.
    private(set) var origins: [Int] = []

    /// - Parameter keepsOrigins: false leaves `origins` empty, for those who only want the words.
    init(_ original: [Unicode.Scalar], keepsOrigins: Bool = true) {
        scalars.reserveCapacity(original.count)
        if keepsOrigins { origins.reserveCapacity(original.count) }
        let facts = ScalarFacts.table
        var start = 0
        var gap: Int?
        var isAfterUnspaced = false
        for noise in PinyinNoise.ranges(in: original) + [original.count..<original.count] {
            for index in start..<noise.lowerBound {
                let scalar = facts[original[index]]
                if scalar.isGap {
                    gap = gap ?? index
                } else if !scalar.isInvisible {
                    if let blank = gap, !scalars.isEmpty, !(isAfterUnspaced && scalar.isUnspaced) {
                        scalars.append(" ")
                        if keepsOrigins { origins.append(blank) }
                    }
                    gap = nil
                    scalars.append(scalar.folded)
                    if keepsOrigins { origins.append(index) }
                    isAfterUnspaced = scalar.isUnspaced
                }
            }
            start = noise.upperBound
        }
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
