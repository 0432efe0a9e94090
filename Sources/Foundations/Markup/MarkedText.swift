/// Plain text in which headings and the addresses of links are marked, as people mark them by hand (带标记的正文).
///
/// A line that begins with one to six `#` and a blank is a heading of that level. An address between `<` and `>`, with a blank
/// before it, belongs to the words before it, as RFC 3986 appendix C writes it. Every other sign stands for itself.
package struct MarkedText: Sendable {
    package struct Line: Sendable, Hashable {
        /// 1...6 for a heading; nil for a line of words.
        package let level: Int?
        package let runs: [Run]
    }

    package enum Run: Sendable, Hashable {
        case words(String)
        case address(String)
    }

    package let lines: [Line]

    package init(_ text: String) {
        lines = text.unicodeScalars.split(separator: "\n").map { Self.line(String($0)) }
    }

    /// Without the marks: what a reader of the words alone needs.
    package var plain: String {
        lines.map(\.plain).filter { !$0.isEmpty }.joined(separator: "\n")
    }

    package static func line(_ text: String) -> Line {
        let level = text.prefix(7).prefix { $0 == "#" }.count
        let isHeading = (1...6).contains(level) && text.dropFirst(level).first == " "
        return Line(
            level: isHeading ? level : nil,
            runs: runs(of: isHeading ? text.dropFirst(level + 1) : Substring(text)))
    }

    private static func runs(of text: Substring) -> [Run] {
        guard text.utf8.contains(UInt8(ascii: "<")) else { return text.isEmpty ? [] : [.words(String(text))] }
        var runs: [Run] = []
        var start = text.startIndex
        var at = start
        while let open = text[at...].firstIndex(of: "<") {
            let inside = text[text.index(after: open)...].prefix { $0 != ">" && $0 != "<" }
            guard inside.endIndex < text.endIndex, text[inside.endIndex] == ">",
                let address = LinkAddress(String(inside))
            else {
                at = text.index(after: open)
                continue
            }
            // The blank before an address is part of the mark.
            let words = text[start..<open]
            let kept = words.last == " " ? words.dropLast() : words
            if !kept.isEmpty { runs.append(.words(String(kept))) }
            runs.append(.address(address.text))
            start = text.index(after: inside.endIndex)
            at = start
        }
        if start < text.endIndex { runs.append(.words(String(text[start...]))) }
        return runs
    }
}

extension MarkedText.Line {
    package var plain: String {
        runs.map { run in
            switch run {
            case .words(let words): words
            case .address: ""
            }
        }.joined()
    }
}

/// The address of a link that a text may name: http, https or mailto, whole, and nothing that could be more than an address.
package struct LinkAddress: Sendable, Hashable {
    /// ASCII without blanks, brackets, quotation marks and bars; other letters are percent-encoded.
    package let text: String

    /// A longer one is for machines.
    static let bytesMax = 300
    private static let schemes = ["https://", "http://", "mailto:"]

    /// - Returns: nil for every other scheme, for an address without one, with a blank or a control character in it, or one
    ///   that says who is to sign in.
    package init?(_ written: String) {
        guard written.utf8.count <= Self.bytesMax else { return nil }
        let lower = written.lowercased()
        guard let scheme = Self.schemes.first(where: lower.hasPrefix), lower.utf8.count > scheme.utf8.count,
            written.unicodeScalars.allSatisfy({
                $0.value > 0x20 && $0.value != 0x7F && !$0.properties.isWhitespace
            })
        else { return nil }
        let rest = written.utf8.dropFirst(scheme.utf8.count)
        let host = rest.prefix { !"/?#\\".utf8.contains($0) }
        let isMail = scheme == "mailto:"
        guard !host.isEmpty, isMail == host.contains(UInt8(ascii: "@")), !isMail || host.count == rest.count
        else { return nil }
        let text = scheme + rest.map(Self.encoded).joined()
        guard text.utf8.count <= Self.bytesMax else { return nil }
        self.text = text
    }

    private static func encoded(_ byte: UInt8) -> String {
        guard byte >= 0x7F || "\"'<>\\`{}|^()".utf8.contains(byte) else {
            return String(decoding: CollectionOfOne(byte), as: UTF8.self)
        }
        let digits = String(byte, radix: 16, uppercase: true)
        return "%" + (digits.utf8.count == 1 ? "0" : "") + digits
    }
}
