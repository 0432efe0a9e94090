/// Raised and lowered words (`sup`, `sub`) in plain text: m², CO₂.
enum RaisedSigns {
    case raised
    case lowered

    private static let raisedSigns: [Unicode.Scalar: Unicode.Scalar] = pairs(
        "0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
    /// The point of PM₂.₅ stands for itself: Unicode has no lowered one.
    private static let loweredSigns: [Unicode.Scalar: Unicode.Scalar] = pairs(
        "0123456789+-−=().x", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎.ₓ")

    private static func pairs(_ plain: String, _ other: String) -> [Unicode.Scalar: Unicode.Scalar] {
        Dictionary(uniqueKeysWithValues: zip(plain.unicodeScalars, other.unicodeScalars))
    }

    private static let brackets: Set<Unicode.Scalar> = ["[", "［", "（", "【", "〔"]

    /// In the signs that Unicode has for it. What has none is put as `^(…)` or `_(…)`, so that no number runs
    /// into the one before; signs that are no letters or digits, and what has brackets of its own, can be
    /// mistaken for nothing.
    func plain(_ words: [Unicode.Scalar]) -> [Unicode.Scalar] {
        let signs = self == .raised ? Self.raisedSigns : Self.loweredSigns
        let mapped = words.compactMap { signs[$0] }
        if mapped.count == words.count { return mapped }
        let isWord = words.contains { $0.properties.isAlphabetic || $0.properties.numericType == .decimal }
        guard isWord, let first = words.first, !Self.brackets.contains(first) else { return words }
        return Array((self == .raised ? "^(" : "_(").unicodeScalars) + words + [")"]
    }
}
