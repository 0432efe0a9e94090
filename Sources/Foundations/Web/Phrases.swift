/// The words of the interface in another language, found by the Chinese words that stand in the pages.
///
/// A phrase is what stands between two tags, or in an attribute that is shown, without the space round it. In it `#` stands
/// for a run of digits, and `*` for words of a record, which are looked up by themselves. A phrase with digits is for these
/// digits alone and goes before one with `#`, so that a language can have its singular. What is no phrase of the interface,
/// such as a document or a name, stays as it is.
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

    enum Place: Sendable {
        case text
        /// The name of a column or a fact, which is of one thing where the same word elsewhere is of many.
        case label
        /// A document, in which nothing is of the interface.
        case document
    }

    private let known: [String: [Part]]
    private let labels: [String: String]
    /// The phrases with `*`, those first that say most themselves.
    private let frames: [(frame: PhraseFrame, parts: [Part])]

    /// In the other language `#` and `*` stand for the numbers and the words in their order, `#1`, `*2` and so on where
    /// the order changes.
    ///
    /// - Parameters:
    ///   - rows: a phrase, what stands for it, and what stands for it as a label where that is something else; plain text.
    /// - Throws: `Fault` for a phrase that is there twice or empty, and for numbers and words that it does not have.
    package init(_ rows: [[String]]) throws {
        var known: [String: [Part]] = [:]
        var labels: [String: String] = [:]
        var frames: [(frame: PhraseFrame, parts: [Part])] = []
        for (index, row) in rows.enumerated() {
            let refuse = { (detail: String) in Fault(row: index + 1, detail: detail) }
            guard 2...3 ~= row.count, !row.contains("") else { throw refuse("not two or three texts") }
            let hasDigits = row[0].contains { $0.isASCII && $0.isNumber }
            // An apostrophe is written with digits in a page.
            guard !row[0].contains("'"), !hasDigits || !row[0].contains(where: "#*".contains) else {
                throw refuse("a phrase has digits or # and *, not both, and no apostrophe")
            }
            let key = Self.escaped(row[0]).replacing("#", with: String(PhraseText.number))
            guard known[key] == nil else { throw refuse("the phrase is there twice") }
            let parts = Part.parts(of: row[1])
            guard parts.allSatisfy({ $0.stands(in: row[0]) }) else {
                throw refuse("the phrase has no such number or words")
            }
            known[key] = parts
            if row.count == 3 { labels[key] = Self.escaped(row[2]) }
            if row[0].contains("*") { frames.append((PhraseFrame(key), parts)) }
        }
        self.known = known
        self.labels = labels
        self.frames = frames.sorted { $0.frame.weight > $1.frame.weight }
    }

    /// A plain text, for what is laid out by the length of its words.
    package func text(for text: String) -> String {
        let marks = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
        return marks.reduce(runs(of: Self.escaped(text)).map(\.text).joined()) { text, mark in
            text.replacing(mark.0, with: mark.1)
        }
    }

    /// A text of a page, escaped as in the page, in runs that together stand for it.
    func runs(of text: String, in place: Place) -> [Run] {
        switch place {
        case .text: runs(of: text)
        case .label: labels[text].map { [Run(text: $0, isOriginal: false)] } ?? runs(of: text)
        case .document: [asItIs(text)]
        }
    }

    private func runs(of text: String) -> [Run] {
        let inner = text.drop(while: Self.isSpace)
        let core = String(
            inner[..<(inner.lastIndex { !Self.isSpace($0) }.map(inner.index(after:)) ?? inner.startIndex)])
        let before = String(text[..<inner.startIndex])
        let after = String(inner.dropFirst(core.count))
        let items = text.split(separator: Self.separator, omittingEmptySubsequences: false)
        if items.count > 1, translation(of: core) == nil {
            // The items of a line of facts, each by itself.
            return Array(
                items.map { runs(of: String($0)) }
                    .joined(separator: [Run(text: Self.separator, isOriginal: false)]))
        }
        let inside = runs(ofPart: core)
        // No space stands before a full stop.
        let joins =
            inside.first.flatMap { $0.isOriginal ? nil : $0.text.first }.map(".,:;)".contains) ?? false
        return [Run(text: joins ? "" : before, isOriginal: false)] + inside
            + [Run(text: after, isOriginal: false)]
    }

    /// A phrase, one with words of a record in it, one up to a colon with something behind it, or none.
    private func runs(ofPart part: String) -> [Run] {
        if let found = translation(of: part) ?? framed(part) { return found }
        guard let colon = part.firstIndex(of: Self.colon), let head = translation(of: String(part[...colon]))
        else { return [asItIs(part)] }
        return head + runs(ofPart: String(part[part.index(after: colon)...]))
    }

    /// Between the items of a line of facts.
    private static let separator = " · "
    private static let colon: Character = "："
    /// Before it stand letters and marks that every language has.
    private static let firstIdeographic: UInt32 = 0x2E80

    private func translation(of core: String) -> [Run]? {
        if let own = known[core] { return runs(own, numbers: [], words: []) }
        let text = PhraseText(core)
        return known[String(decoding: text.key, as: UTF8.self)].map {
            runs($0, numbers: text.numbers, words: [])
        }
    }

    private func framed(_ part: String) -> [Run]? {
        let text = PhraseText(part)
        for (frame, parts) in frames {
            guard let found = frame.match(text) else { continue }
            return runs(parts, numbers: found.numbers, words: found.words)
        }
        return nil
    }

    private func runs(_ parts: [Part], numbers: [String], words: [String]) -> [Run] {
        parts.flatMap { part -> [Run] in
            switch part {
            case .text(let text): [Run(text: text, isOriginal: false)]
            case .number(let number): [Run(text: numbers[number], isOriginal: false)]
            case .words(let number): runs(ofWords: words[number])
            }
        }
    }

    /// A single character in a record is a name or a number: 一 in （一） is no Monday.
    private func runs(ofWords words: String) -> [Run] {
        words.count > 1 ? runs(ofPart: words) : [asItIs(words)]
    }

    private func asItIs(_ text: String) -> Run {
        Run(text: text, isOriginal: text.unicodeScalars.contains { $0.value >= Self.firstIdeographic })
    }

    private static func isSpace(_ character: Character) -> Bool { character == " " || character == "\n" }

    fileprivate static func escaped(_ text: String) -> String { HTML(text: text).description }
}

extension Phrases {
    fileprivate enum Part: Sendable {
        case text(String)
        /// Which of the phrase's numbers, from 0.
        case number(Int)
        /// Which of the phrase's words of a record, from 0.
        case words(Int)

        func stands(in phrase: String) -> Bool {
            switch self {
            case .text: true
            case .number(let number): (0..<phrase.count { $0 == "#" }).contains(number)
            case .words(let number): (0..<phrase.count { $0 == "*" }).contains(number)
            }
        }

        static func parts(of other: String) -> [Part] {
            var parts: [Part] = []
            var text = ""
            var counts: [Character: Int] = ["#": 0, "*": 0]
            var rest = other[...]
            while let character = rest.popFirst() {
                guard let count = counts[character] else {
                    text.append(character)
                    continue
                }
                let named = rest.prefix { $0.isASCII && $0.isNumber }
                rest = rest.dropFirst(named.count)
                let number = (Int(named) ?? count + 1) - 1
                parts += [.text(escaped(text)), character == "#" ? .number(number) : .words(number)]
                text = ""
                counts[character] = count + 1
            }
            return parts + [.text(escaped(text))]
        }
    }
}
