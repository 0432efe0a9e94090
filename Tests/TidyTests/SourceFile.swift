/// A Swift file taken apart: its code without comments and string contents, and its string literals.
///
/// Not a parser: it knows comments, the forms of string literal, interpolation, regex literals and names in
/// backticks, which is what a search for words needs in order not to trip over prose.
struct SourceFile {
    /// Relative to the package, with `/`.
    let path: String
    let text: String
    /// The text with comments and the contents of literals blanked; line numbers stay as they are.
    let code: String
    let literals: [Literal]

    /// The written content of one string literal; interpolated code is left out of it.
    struct Literal: Hashable {
        let line: Int
        let content: String
        /// Where it stands in the UTF-8 of the text, quotes included.
        let bytes: Range<Int>
    }

    init(path: String, text: String) {
        self.path = path
        self.text = text
        var scanner = Scanner(text)
        scanner.scanCode(until: nil)
        code = String(decoding: scanner.code, as: UTF8.self)
        literals = scanner.literals
    }

    var name: String { String(path.split(separator: "/").last ?? "") }

    /// The lines of the code, each with its number counted from 1.
    var codeLines: [(number: Int, text: Substring)] {
        code.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
            .map { ($0.offset + 1, $0.element) }
    }
}

private struct Scanner {
    let bytes: [UInt8]
    var position = 0
    var line = 1
    var code: [UInt8] = []
    var literals: [SourceFile.Literal] = []
    /// The last byte of code that was not blank: it tells a regex literal from a division.
    var lastMark: UInt8 = 0

    init(_ text: String) {
        bytes = Array(text.utf8)
        code.reserveCapacity(bytes.count)
    }

    /// Copies code up to the parenthesis that closes an interpolation, or to the end when `closing` is nil.
    mutating func scanCode(until closing: UInt8?) {
        var depth = 0
        while position < bytes.count {
            let byte = bytes[position]
            if starts(with: "//") {
                blank { $0 == UInt8(ascii: "\n") }
            } else if starts(with: "/*") {
                blankBlockComment()
            } else if byte == UInt8(ascii: "`") {
                blankOne()
                blank { $0 == UInt8(ascii: "`") || $0 == UInt8(ascii: "\n") }
                if position < bytes.count { blankOne() }
                lastMark = byte
            } else if let literal = openingOfString() {
                scanString(pounds: literal.pounds, multiline: literal.multiline)
                lastMark = UInt8(ascii: "\"")
            } else if byte == UInt8(ascii: "/"), let end = endOfRegex() {
                while position < end { blankOne() }
                lastMark = UInt8(ascii: "/")
            } else {
                if closing != nil, byte == UInt8(ascii: "(") { depth += 1 }
                if let closing, byte == closing {
                    if depth == 0 { return }
                    depth -= 1
                }
                copyOne()
                if byte > 0x20 { lastMark = byte }
            }
        }
    }

    private func starts(with word: StaticString, at offset: Int = 0) -> Bool {
        let start = position + offset
        guard start + word.utf8CodeUnitCount <= bytes.count else { return false }
        return (0..<word.utf8CodeUnitCount).allSatisfy { bytes[start + $0] == word.utf8Start[$0] }
    }

    private mutating func copyOne() {
        if bytes[position] == UInt8(ascii: "\n") { line += 1 }
        code.append(bytes[position])
        position += 1
    }

    private mutating func blankOne() {
        let byte = bytes[position]
        if byte == UInt8(ascii: "\n") { line += 1 }
        code.append(byte == UInt8(ascii: "\n") ? byte : UInt8(ascii: " "))
        position += 1
    }

    private mutating func blank(until isEnd: (UInt8) -> Bool) {
        while position < bytes.count, !isEnd(bytes[position]) { blankOne() }
    }

    private mutating func blankBlockComment() {
        var depth = 0
        repeat {
            if starts(with: "/*") {
                depth += 1
                blankOne()
            } else if starts(with: "*/") {
                depth -= 1
                blankOne()
            }
            blankOne()
        } while depth > 0 && position < bytes.count
    }

    private func openingOfString() -> (pounds: Int, multiline: Bool)? {
        var pounds = 0
        while position + pounds < bytes.count, bytes[position + pounds] == UInt8(ascii: "#") { pounds += 1 }
        guard starts(with: "\"", at: pounds) else { return nil }
        return (pounds, starts(with: "\"\"\"", at: pounds))
    }

    private func starts(withQuotes count: Int, pounds: Int) -> Bool {
        guard position + count + pounds <= bytes.count else { return false }
        let quotes = bytes[position..<position + count].allSatisfy { $0 == UInt8(ascii: "\"") }
        let marks = bytes[position + count..<position + count + pounds].allSatisfy { $0 == UInt8(ascii: "#") }
        return quotes && marks
    }

    private mutating func scanString(pounds: Int, multiline: Bool) {
        let quotes = multiline ? 3 : 1
        let firstLine = line
        let start = position
        var content: [UInt8] = []
        for _ in 0..<(pounds + quotes) { blankOne() }
        while position < bytes.count, !starts(withQuotes: quotes, pounds: pounds) {
            if isEscape(pounds: pounds) {
                for _ in 0...pounds { blankOne() }
                guard position < bytes.count else { break }
                if bytes[position] == UInt8(ascii: "(") {
                    copyOne()
                    scanCode(until: UInt8(ascii: ")"))
                    if position < bytes.count { copyOne() }
                    content.append(UInt8(ascii: " "))
                } else {
                    content.append(bytes[position])
                    blankOne()
                }
            } else if !multiline, bytes[position] == UInt8(ascii: "\n") {
                break
            } else {
                content.append(bytes[position])
                blankOne()
            }
        }
        for _ in 0..<min(pounds + quotes, bytes.count - position) { blankOne() }
        literals.append(
            .init(line: firstLine, content: String(decoding: content, as: UTF8.self), bytes: start..<position)
        )
    }

    private func isEscape(pounds: Int) -> Bool {
        guard bytes[position] == UInt8(ascii: "\\"), position + pounds < bytes.count else { return false }
        return bytes[(position + 1)..<(position + 1 + pounds)].allSatisfy { $0 == UInt8(ascii: "#") }
    }

    /// Where the regex literal that starts here ends, or nil when this slash is an operator.
    private func endOfRegex() -> Int? {
        guard lastMark == 0 || "(,=:[{!&|?;}".utf8.contains(lastMark) else { return nil }
        var index = position + 1
        guard index < bytes.count, bytes[index] > 0x20 else { return nil }
        while index < bytes.count, bytes[index] != UInt8(ascii: "\n") {
            if bytes[index] == UInt8(ascii: "\\") {
                index += 1
            } else if bytes[index] == UInt8(ascii: "/") {
                return index + 1
            }
            index += 1
        }
        return nil
    }
}
