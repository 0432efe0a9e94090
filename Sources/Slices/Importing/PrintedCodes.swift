import ChineseText

/// The numbers in a cell meant for one number (编号). It often holds several, a label, or a piece of a sentence.
enum PrintedCodes {
    /// A cell names so many at most; more is a list of something else.
    private static let codesMax = 20

    /// The numbers as printed; none when the cell has no number that can be told.
    static func codes(in cell: String) -> [String] {
        var codes: [String] = []
        for piece in pieces(cell) {
            for code in numbers(piece).map(unbracketed)
            where isNumber(code) && !codes.contains(code) && codes.count < codesMax {
                codes.append(code)
            }
        }
        return codes
    }

    private static let marks: Set<Unicode.Scalar> = ["、", ";", "；", ",", "，", "\n"]

    private static func pieces(_ cell: String) -> [String] {
        cell.unicodeScalars.split { marks.contains($0) }.map { String($0).trimmed }
    }

    /// Labels of a project's number. What another label introduces (立项编号) numbers something else.
    private static let labels = ["项目编号", "采购编号", "招标编号", "项目编码"]

    private static func numbers(_ piece: String) -> [String] {
        if let colon = piece.lastIndex(where: { $0 == "：" || $0 == ":" }) {
            guard labels.contains(where: { piece[..<colon].hasSuffix($0) }) else { return [] }
            let value = String(piece[piece.index(after: colon)...]).trimmed
            return value.split(separator: " ").first.map { [String($0)] } ?? []
        }
        if let both = withBracket(piece) { return both }
        // A blank parts two numbers only when each could be one: `GZQS16 01FG05017Z` and `郑政出〔2019〕 34号（网）` are one.
        let words = piece.split(whereSeparator: \.isWhitespace).map { String($0) }
        return words.count > 1 && words.allSatisfy(isLongNumber) ? words : [piece]
    }

    /// `441523-201803-606001-0002（0877-18GZTP01B105）`: a second number in brackets.
    private static func withBracket(_ piece: String) -> [String]? {
        guard let last = piece.last, last == "）" || last == ")",
            let open = piece.lastIndex(where: { $0 == "（" || $0 == "(" })
        else { return nil }
        let both = [
            String(piece[..<open]).trimmed, String(piece[piece.index(after: open)...].dropLast()).trimmed,
        ]
        return both.allSatisfy(isLongNumber) ? both : nil
    }

    private static func isLongNumber(_ text: String) -> Bool {
        text.utf8.count >= 8 && text.utf8.allSatisfy { $0 < 0x80 }
            && text.utf8.contains(where: \.isASCIIDigit)
    }

    /// Without a bracket that nothing within answers.
    private static func unbracketed(_ code: String) -> String {
        var scalars = Array(code.unicodeScalars)
        let opens: (Unicode.Scalar) -> Bool = { $0 == "（" || $0 == "(" }
        let closes: (Unicode.Scalar) -> Bool = { $0 == "）" || $0 == ")" }
        if let first = scalars.first, opens(first), !scalars.contains(where: closes) { scalars.removeFirst() }
        if let last = scalars.last, closes(last), !scalars.contains(where: opens) { scalars.removeLast() }
        return String(String.UnicodeScalarView(scalars))
    }

    /// As long as a number can be, and with a digit.
    private static func isNumber(_ code: String) -> Bool {
        let folded = CodeFolding.fold(code)
        return (4...96).contains(folded.utf8.count) && folded.utf8.contains(where: \.isASCIIDigit)
            && !folded.contains("。")
    }
}
