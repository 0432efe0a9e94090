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

    /// Whether an address may begin here.
    static func begins(_ text: Substring.UnicodeScalarView) -> Bool {
        let start = String(String.UnicodeScalarView(text.prefix(8))).lowercased()
        return schemes.contains(where: start.hasPrefix)
    }

    private static func encoded(_ byte: UInt8) -> String {
        guard byte >= 0x7F || "\"'<>\\`{}|^()".utf8.contains(byte) else {
            return String(decoding: CollectionOfOne(byte), as: UTF8.self)
        }
        let digits = String(byte, radix: 16, uppercase: true)
        return "%" + (digits.utf8.count == 1 ? "0" : "") + digits
    }
}
