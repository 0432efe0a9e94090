/// How deep the elements of a page can be nested, at least as deep as a parser will nest them.
///
/// Parsing takes time with the square of the depth, and taking the tree apart takes stack; so a page is measured before it
/// is parsed. Tags are followed by name; where a close tag might close nothing, it is taken to close nothing.
struct HTMLDepth {
    private var open: [String] = []
    private(set) var deepest = 0

    /// Never open for what follows: without content, or closed by the next of their kind.
    private static let flat: Set<String> = [
        "area", "base", "basefont", "bgsound", "br", "col", "dd", "dt", "embed", "frame", "hr", "img",
        "input", "keygen",
        "li", "link", "meta", "p", "param", "source", "track", "wbr",
    ]
    /// Their content is text, whatever it looks like.
    private static let raw: Set<String> = [
        "script", "style", "textarea", "title", "xmp", "iframe", "noframes",
    ]
    private static let tableParts: Set<String> = [
        "table", "tbody", "thead", "tfoot", "tr", "td", "th", "caption",
    ]
    /// A close tag does not reach beyond these.
    private static let walls: Set<String> = [
        "table", "td", "th", "caption", "button", "object", "applet", "marquee", "template", "svg", "math",
        "select",
    ]

    init(_ bytes: [UInt8], limit: Int) {
        var at = 0
        while at < bytes.count, deepest <= limit {
            guard bytes[at] == UInt8(ascii: "<") else {
                at += 1
                continue
            }
            at = tag(bytes, at)
        }
    }

    /// Follows the tag or comment at `at`; returns the place after it.
    private mutating func tag(_ bytes: [UInt8], _ at: Int) -> Int {
        if bytes[at...].starts(with: Self.comment) { return Self.after(Self.commentEnd, bytes, at + 4) }
        let closes = at + 1 < bytes.count && bytes[at + 1] == UInt8(ascii: "/")
        let start = at + (closes ? 2 : 1)
        let name = Self.name(bytes, start)
        guard !name.isEmpty else { return at + 1 }
        let end = Self.tagEnd(bytes, start)
        if closes {
            close(name)
        } else if Self.raw.contains(name) {
            return Self.after(Array("</\(name)".utf8), bytes, end)
        } else if !Self.flat.contains(name) {
            open.append(name)
            deepest = max(deepest, open.count)
        }
        return end
    }

    private static let comment = Array("<!--".utf8)
    private static let commentEnd = Array("-->".utf8)

    private mutating func close(_ name: String) {
        let isTablePart = Self.tableParts.contains(name)
        for index in open.indices.reversed() {
            if open[index] == name {
                open.removeSubrange(index...)
                return
            }
            if isTablePart ? open[index] == "table" : Self.walls.contains(open[index]) { return }
        }
    }

    private static func name(_ bytes: [UInt8], _ start: Int) -> String {
        guard start < bytes.count, isLetter(bytes[start]) else { return "" }
        let letters = bytes[start...].prefix(32).prefix {
            $0 > 0x20 && $0 != UInt8(ascii: ">") && $0 != UInt8(ascii: "/")
        }
        return String(decoding: letters, as: UTF8.self).lowercased()
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }

    /// After the tag's `>`; one within quotes does not end it.
    private static func tagEnd(_ bytes: [UInt8], _ start: Int) -> Int {
        var quote: UInt8?
        var before: UInt8 = 0
        for at in start..<bytes.count {
            let byte = bytes[at]
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: ">") {
                return at + 1
            } else if before == UInt8(ascii: "="), byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            }
            if byte > 0x20 { before = byte }
        }
        return bytes.count
    }

    /// After the next such word, whatever its case; the end when there is none.
    private static func after(_ word: [UInt8], _ bytes: [UInt8], _ start: Int) -> Int {
        var at = start
        while at + word.count <= bytes.count {
            if bytes[at] == word[0],
                zip(bytes[at...], word).allSatisfy({ $0 == $1 || (isLetter($0) && $0 | 0x20 == $1) })
            {
                return at + word.count
            }
            at += 1
        }
        return bytes.count
    }
}
