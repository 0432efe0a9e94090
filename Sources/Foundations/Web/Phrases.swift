/// The words of the interface in another language, found by the Chinese words that stand in the pages.
///
/// A phrase is what stands between two tags, or in an attribute that is shown, without the space round it; `#` in it stands
/// for a run of digits. What is no phrase of the interface, such as a document or a name, stays as it is.
package struct Phrases: Sendable {
    /// A row that no page can be translated by.
    package struct Fault: Error, Hashable, Sendable {
        /// From 1.
        package let row: Int
        package let detail: String
    }

    /// A part of a text: in the other language, or left in its own.
    struct Run: Hashable, Sendable {
        let text: String
        let isOriginal: Bool
    }

    private enum Part: Sendable {
        case text(String)
        /// Which of the phrase's numbers, from 0.
        case number(Int)
    }

    private let known: [String: [Part]]

    /// - Parameters:
    ///   - rows: a phrase and what stands for it, plain text. In the other language `#` stands for the numbers in their order, `#1`, `#2` where the order changes.
    /// - Throws: `Fault` for a phrase that is there twice or empty, and for numbers that it does not have.
    package init(_ rows: [[String]]) throws {
        var known: [String: [Part]] = [:]
        for (index, row) in rows.enumerated() {
            let refuse = { (detail: String) in Fault(row: index + 1, detail: detail) }
            guard row.count == 2, !row[0].isEmpty, !row[1].isEmpty else { throw refuse("not two texts") }
            let (chinese, other) = (row[0], row[1])
            // An apostrophe is written with digits in a page.
            guard !chinese.contains(where: { $0.isASCII && $0.isNumber || $0 == "'" }) else {
                throw refuse("a phrase has # for its digits, and no apostrophe")
            }
            let key = Self.escaped(chinese)
            guard known[key] == nil else { throw refuse("the phrase is there twice") }
            let numbers = chinese.count { $0 == "#" }
            let parts = Self.parts(of: other)
            for case .number(let number) in parts where !(0..<numbers).contains(number) {
                throw refuse("the phrase has no number \(number + 1)")
            }
            known[key] = parts
        }
        self.known = known
    }

    /// A text of a page, escaped as in the page, in runs that together stand for it.
    func runs(of text: String) -> [Run] {
        let inner = text.drop(while: Self.isSpace)
        let core = String(
            inner[..<(inner.lastIndex { !Self.isSpace($0) }.map(inner.index(after:)) ?? inner.startIndex)])
        let before = String(text[..<inner.startIndex])
        let after = String(inner.dropFirst(core.count))
        if let whole = translation(of: core) {
            // No space stands before a full stop.
            let joins = whole.first.map { ".,:;)".contains($0) } ?? false
            return [Run(text: (joins ? "" : before) + whole + after, isOriginal: false)]
        }
        var runs = [Run(text: before, isOriginal: false)]
        for (index, part) in core.split(separator: Self.separator, omittingEmptySubsequences: false)
            .enumerated()
        {
            if index > 0 { runs.append(Run(text: Self.separator, isOriginal: false)) }
            runs += self.runs(ofPart: String(part))
        }
        runs.append(Run(text: after, isOriginal: false))
        return runs.filter { !$0.text.isEmpty }
    }

    /// A phrase, a phrase up to a colon with something behind it, or neither.
    private func runs(ofPart part: String) -> [Run] {
        if let whole = translation(of: part) { return [Run(text: whole, isOriginal: false)] }
        guard let colon = part.firstIndex(of: Self.colon), let head = translation(of: String(part[...colon]))
        else {
            return [
                Run(
                    text: part, isOriginal: part.unicodeScalars.contains { $0.value >= Self.firstIdeographic }
                )
            ]
        }
        return [Run(text: head, isOriginal: false)] + runs(ofPart: String(part[part.index(after: colon)...]))
    }

    /// Between the items of a line of facts.
    private static let separator = " · "
    private static let colon: Character = "："
    /// Before it stand letters and marks that every language has.
    private static let firstIdeographic: UInt32 = 0x2E80

    private func translation(of core: String) -> String? {
        let (key, numbers) = Self.normal(core)
        return known[key]?.map { part in
            switch part {
            case .text(let text): text
            case .number(let number): numbers[number]
            }
        }.joined()
    }
}

extension Phrases {
    private static func isSpace(_ character: Character) -> Bool { character == " " || character == "\n" }

    /// The text with `#` for every run of digits, and those runs.
    private static func normal(_ text: String) -> (key: String, numbers: [String]) {
        var key: [UInt8] = []
        var numbers: [[UInt8]] = []
        var isInNumber = false
        for byte in text.utf8 {
            let isDigit = (0x30...0x39).contains(byte)
            if isDigit, !isInNumber {
                key.append(UInt8(ascii: "#"))
                numbers.append([])
            }
            if isDigit { numbers[numbers.count - 1].append(byte) } else { key.append(byte) }
            isInNumber = isDigit
        }
        return (String(decoding: key, as: UTF8.self), numbers.map { String(decoding: $0, as: UTF8.self) })
    }

    private static func parts(of other: String) -> [Part] {
        var parts: [Part] = []
        var (text, count) = ("", 0)
        var rest = other[...]
        while let character = rest.popFirst() {
            guard character == "#" else {
                text.append(character)
                continue
            }
            let named = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest.dropFirst(named.count)
            parts += [.text(escaped(text)), .number((Int(named) ?? count + 1) - 1)]
            (text, count) = ("", count + 1)
        }
        return parts + [.text(escaped(text))]
    }

    private static func escaped(_ text: String) -> String { HTML(text: text).description }
}
