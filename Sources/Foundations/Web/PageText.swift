/// The readable text of a finished page of ours, to be rewritten where it stands.
///
/// Between tags, and in the attributes that are read out or shown. Left alone: tags and other attributes, what a reader
/// typed, identifiers (`<code>`, `.code`) but for what is to be put in them (`<var>`), texts of the log, and every element
/// but the document's own that names its language. Goes by our own markup, which is well formed; it is no parser of
/// foreign pages.
struct PageText {
    private let page: [UInt8]
    /// Rising, apart from each other; only those with something other than ASCII in them.
    private(set) var pieces: [Piece] = []

    struct Piece {
        let range: Range<Int>
        /// Whether an element may stand in it: not in an attribute, nor in what holds nothing but text.
        let mayHoldElements: Bool
        let place: Phrases.Place
    }

    private static let shownAttributes: Set<String> = [
        "title", "alt", "aria-label", "placeholder", "data-label",
    ]
    private static let elementsLeftAlone: Set<String> = ["code", "pre", "script", "style", "textarea"]
    private static let elementsOfMereText: Set<String> = ["title", "option", "text", "tspan", "desc"]
    private static let elementsOfLabels: Set<String> = ["dt", "th"]
    private static let attributeOfLabels = "data-label"
    private static let classOfDocuments: Substring = "as-published"
    private static let classesLeftAlone: Set<String> = ["code", "log-text"]
    private static let voidElements: Set<String> = [
        "br", "hr", "img", "input", "link", "meta", "wbr", "col", "source",
    ]

    init(_ page: [UInt8]) {
        self.page = page
        read()
    }

    /// As they stand in the page, escaped.
    var texts: [String] { pieces.map { String(decoding: page[$0.range], as: UTF8.self) } }

    /// The page with its readable text rewritten.
    ///
    /// - Parameters:
    ///   - change: gives back as many lines as it gets, and neither adds nor takes markup.
    func rewritten(by change: (String) -> String) -> [UInt8] {
        // A line a piece, so that the whole page is one call: a line feed within a piece stands as another sign meanwhile.
        var lines: [UInt8] = []
        for piece in pieces {
            for byte in page[piece.range] { lines.append(byte == 0x0A ? Self.feed : byte) }
            lines.append(0x0A)
        }
        let changed = change(String(decoding: lines, as: UTF8.self)).utf8
            .split(separator: 0x0A, omittingEmptySubsequences: false)
        precondition(changed.count == pieces.count + 1, "rewriting changed the number of lines")
        return joined(changed.map { $0.map { $0 == Self.feed ? 0x0A : $0 } })
    }

    /// The page in another language. What is left in the page's own is marked so where an element may stand, for those who
    /// have pages read to them.
    ///
    /// - Parameters:
    ///   - own: the language that the page was written in.
    func translated(from own: Manner.Language, by phrases: Phrases) -> [UInt8] {
        joined(
            zip(pieces, texts).map { piece, text in
                phrases.runs(of: text, in: piece.place).flatMap { run -> [UInt8] in
                    let text = Array(run.text.utf8)
                    guard run.isOriginal, piece.mayHoldElements else { return text }
                    return Array("<span lang=\"\(own.rawValue)\">".utf8) + text + Array("</span>".utf8)
                }
            })
    }

    /// A control character that no text holds, and that no rewriting takes for a mark of its own.
    private static let feed: UInt8 = 0x1D

    private func joined(_ changed: [[UInt8]]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(page.count + page.count / 16)
        var at = 0
        for (piece, text) in zip(pieces, changed) {
            result.append(contentsOf: page[at..<piece.range.lowerBound])
            result.append(contentsOf: text)
            at = piece.range.upperBound
        }
        result.append(contentsOf: page[at...])
        return result
    }
}

extension PageText {
    private struct Tag {
        var name = ""
        var isEnd = false
        /// Past its `>`.
        var end = 0
        var shown: [(range: Range<Int>, place: Phrases.Place)] = []
        var isLeftAlone = false
        var isDocument = false
    }

    private mutating func read() {
        var at = 0
        // The element that is left alone or holds a document, and how many of its name are open in it.
        var within: (name: String, depth: Int, isAlone: Bool)?
        var isInMereText = false
        var isInLabel = false
        var isInVariable = false
        while at < page.count {
            guard page[at] == UInt8(ascii: "<") else {
                let end = page[at...].firstIndex(of: UInt8(ascii: "<")) ?? page.count
                if within?.isAlone != true || isInVariable {
                    let place: Phrases.Place =
                        within?.isAlone == false ? .document : isInLabel ? .label : .text
                    add(at..<end, mayHoldElements: !isInMereText, in: place)
                }
                at = end
                continue
            }
            let tag = tag(at: at)
            at = tag.end
            isInMereText = !tag.isEnd && Self.elementsOfMereText.contains(tag.name)
            isInLabel = !tag.isEnd && Self.elementsOfLabels.contains(tag.name)
            isInVariable = !tag.isEnd && tag.name == "var"
            if let open = within {
                guard tag.name == open.name else { continue }
                let depth = open.depth + (tag.isEnd ? -1 : 1)
                within = depth == 0 ? nil : (open.name, depth, open.isAlone)
            } else if tag.isLeftAlone || tag.isDocument {
                if !Self.voidElements.contains(tag.name) { within = (tag.name, 1, tag.isLeftAlone) }
            } else {
                for shown in tag.shown { add(shown.range, mayHoldElements: false, in: shown.place) }
            }
        }
    }

    private mutating func add(_ range: Range<Int>, mayHoldElements: Bool, in place: Phrases.Place) {
        guard page[range].contains(where: { $0 >= 0x80 }) else { return }
        pieces.append(Piece(range: range, mayHoldElements: mayHoldElements, place: place))
    }

    private func tag(at start: Int) -> Tag {
        var tag = Tag()
        var at = start + 1
        tag.isEnd = at < page.count && page[at] == UInt8(ascii: "/")
        if tag.isEnd { at += 1 }
        tag.name = word(from: &at)
        tag.isLeftAlone = !tag.isEnd && Self.elementsLeftAlone.contains(tag.name)
        while at < page.count, page[at] != UInt8(ascii: ">") { attribute(from: &at, of: &tag) }
        tag.end = min(at + 1, page.count)
        return tag
    }

    /// One attribute, or the byte that is none.
    private func attribute(from at: inout Int, of tag: inout Tag) {
        let name = word(from: &at)
        guard at < page.count else { return }
        guard !name.isEmpty else { return at += 1 }
        guard page[at] == UInt8(ascii: "="), at + 1 < page.count else { return }
        at += 1
        let quote = page[at]
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return }
        let start = at + 1
        let end = page[start...].firstIndex(of: quote) ?? page.count
        at = min(end + 1, page.count)
        if Self.shownAttributes.contains(name) {
            tag.shown.append((start..<end, name == Self.attributeOfLabels ? .label : .text))
        }
        if name == "lang", tag.name != "html" { tag.isLeftAlone = true }
        if name == "class" {
            let classes = String(decoding: page[start..<end], as: UTF8.self).split(separator: " ")
            tag.isDocument = classes.contains(Self.classOfDocuments)
            if classes.contains(where: { Self.classesLeftAlone.contains(String($0)) }) {
                tag.isLeftAlone = true
            }
        }
    }

    private func word(from at: inout Int) -> String {
        let start = at
        while at < page.count, Self.isName(page[at]) { at += 1 }
        return String(decoding: page[start..<at], as: UTF8.self)
    }

    private static func isName(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x3A, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "!"): true
        default: false
        }
    }
}
