import Crypto

/// Which bytes an answer has, in a word (实体标签, RFC 9110 § 8.8.3): those who have the same need not be sent them.
///
/// It is made from the bytes themselves. So it changes with whatever is seen in them (record, civil day, language, look,
/// program) and with nothing else, is the same on every server of a site and after a restart, and can never call two
/// different pages the same. That nothing need be rendered to know it is the matter of `KeptAnswers`.
struct EntityTag: Sendable, Hashable {
    /// Without quotation marks.
    private let text: String

    init(of bytes: [UInt8]) {
        let digits = Array("0123456789abcdefghijklmnopqrstuv".utf8)
        // 120 bits, five in a character.
        var text: [UInt8] = []
        var (bits, count) = (0, 0)
        for byte in SHA256.hash(data: bytes).prefix(15) {
            (bits, count) = (bits << 8 | Int(byte), count + 8)
            while count >= 5 {
                count -= 5
                text.append(digits[bits >> count & 31])
            }
            bits &= 31
        }
        self.text = String(decoding: text, as: UTF8.self)
    }

    /// As the `ETag` field has it: strong, and another for each coding, since the bytes sent are others.
    func field(_ coding: ContentCoding) -> String {
        coding == .gzip ? "\"\(text)-gz\"" : "\"\(text)\""
    }

    /// Whether an `If-None-Match` field names an entity tag, by the weak comparison that is due for it.
    ///
    /// - Parameters:
    ///   - field: `*`, or a list of tags, weak ones too. What stands behind an unreadable part is not looked at.
    static func isNamed(_ tag: String, in field: String) -> Bool {
        var rest = field.utf8[...]
        let wanted = Array(tag.utf8)
        while true {
            rest = rest.drop { [0x20, 0x09, UInt8(ascii: ",")].contains($0) }
            if rest.isEmpty { return false }
            if rest.first == UInt8(ascii: "*") { return true }
            if rest.starts(with: Array("W/".utf8)) { rest = rest.dropFirst(2) }
            guard rest.first == UInt8(ascii: "\""),
                let end = rest.dropFirst().firstIndex(of: UInt8(ascii: "\""))
            else { return false }
            if rest[...end].elementsEqual(wanted) { return true }
            rest = rest[rest.index(after: end)...]
        }
    }
}
