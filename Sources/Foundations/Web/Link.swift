import CivilTime

/// An address that a reader may follow: a place on this site, or an http or https one elsewhere.
///
/// Written as a literal that begins with `/`, `?` or `#` (`"/bodies/\(id)"`), whose interpolations are
/// percent-encoded, slashes too. Text from outside becomes a link only through `init(outside:)`, so
/// `javascript:` and `data:` cannot pass.
package struct Link: Sendable, Hashable, ExpressibleByStringInterpolation {
    /// ASCII only, without spaces, quotes or control characters.
    package let address: String

    package init(stringLiteral value: StaticString) {
        var interpolation = StringInterpolation(
            literalCapacity: value.utf8CodeUnitCount, interpolationCount: 0)
        interpolation.appendLiteral(value)
        self.init(stringInterpolation: interpolation)
    }

    package init(stringInterpolation: StringInterpolation) {
        let address = stringInterpolation.address
        let isPlace = address.hasPrefix("/") && !address.hasPrefix("//") && !address.hasPrefix("/\\")
        let isSafe = isPlace || address.hasPrefix("#") || address.hasPrefix("?")
        assert(isSafe, "a link literal begins with /, ? or #: \(address)")
        self.address = isSafe ? address : "#"
    }

    /// An http or https address found in data.
    ///
    /// - Returns: nil for every other scheme, for an address with a user name in it, and for what is none.
    package init?(outside text: String) {
        let bytes = Array(text.utf8)
        let lower = text.prefix(8).lowercased()
        guard let scheme = ["https://", "http://"].first(where: lower.hasPrefix), bytes.count <= 2000 else {
            return nil
        }
        let host = bytes.dropFirst(scheme.utf8.count).prefix { !"/?#".utf8.contains($0) }
        guard !host.isEmpty, host.allSatisfy({ Link.isUnreserved($0) || $0 == UInt8(ascii: ":") }),
            bytes.allSatisfy({ $0 > 0x20 && $0 != 0x7F && !"\"'<>\\`{}|^".utf8.contains($0) })
        else { return nil }
        var address = scheme
        for byte in bytes.dropFirst(scheme.utf8.count) {
            Link.append(byte, to: &address, keeping: byte < 0x80)
        }
        self.address = address
    }

    /// A mail address found in data, `mailto:` before it or not; without subject, copies or words.
    ///
    /// - Returns: nil for what is no plain address.
    package init?(mail text: String) {
        let address = text.lowercased().hasPrefix("mailto:") ? text.dropFirst(7) : text[...]
        let parts = address.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), address.utf8.count <= 254,
            parts[0].allSatisfy({ Link.isUnreserved($0) || $0 == UInt8(ascii: "+") }),
            parts[1].allSatisfy(Link.isUnreserved)
        else { return nil }
        self.address = "mailto:" + address
    }

    /// A place on this site, from a form or a field that anybody may have written.
    ///
    /// - Returns: nil for what would lead off this site, or is no address.
    package init?(place text: String) {
        let bytes = Array(text.utf8)
        guard bytes.first == UInt8(ascii: "/"), bytes.dropFirst().first != UInt8(ascii: "/"),
            bytes.count <= 4000,
            bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"\"'<>\\`{}|^#".utf8.contains($0) })
        else { return nil }
        address = text
    }

    fileprivate init(address: String) { self.address = address }

    /// The same place with these query fields added; nil and empty values are left out.
    package func adding(_ fields: [(name: String, value: String?)]) -> Link {
        var address = address
        for (name, value) in fields {
            guard let value, !value.isEmpty else { continue }
            address += address.contains("?") ? "&" : "?"
            address += Link.encoded(name) + "=" + Link.encoded(value)
        }
        return Link(address: address)
    }

    /// A place on this site from the decoded segments of its path.
    static func place(_ segments: [String], suffix: String = "") -> Link {
        Link(address: "/" + segments.map(encoded).joined(separator: "/") + suffix)
    }

    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var address = ""

        package init(literalCapacity: Int, interpolationCount: Int) {
            address.reserveCapacity(literalCapacity + interpolationCount * 16)
        }

        package mutating func appendLiteral(_ literal: StaticString) { address += literal.description }
        package mutating func appendInterpolation(_ text: some StringProtocol) {
            address += Link.encoded(text)
        }
        package mutating func appendInterpolation(_ number: some BinaryInteger) { address += String(number) }
        package mutating func appendInterpolation(_ day: Day) { address += day.description }
    }
}

extension Link {
    /// Everything but letters, digits and `-._~` as `%XX`.
    package static func encoded(_ text: some StringProtocol) -> String {
        var encoded = ""
        for byte in text.utf8 { append(byte, to: &encoded, keeping: isUnreserved(byte)) }
        return encoded
    }

    private static func append(_ byte: UInt8, to text: inout String, keeping isKept: Bool) {
        if isKept { return text.unicodeScalars.append(Unicode.Scalar(byte)) }
        let digits = Array("0123456789ABCDEF".unicodeScalars)
        text.unicodeScalars.append(contentsOf: ["%", digits[Int(byte >> 4)], digits[Int(byte & 15)]])
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: true
        default: false
        }
    }
}

/// The text of a percent-encoded piece of an address.
///
/// - Returns: nil when an escape is broken, the bytes are no UTF-8, or U+0000 is among them.
func percentDecoded(_ text: some StringProtocol, plusIsSpace: Bool = false) -> String? {
    var bytes: [UInt8] = []
    var rest = text.utf8.makeIterator()
    while let byte = rest.next() {
        if byte == UInt8(ascii: "%") {
            guard let high = rest.next().flatMap(hexDigit), let low = rest.next().flatMap(hexDigit) else {
                return nil
            }
            bytes.append(high << 4 | low)
        } else {
            bytes.append(plusIsSpace && byte == UInt8(ascii: "+") ? 0x20 : byte)
        }
    }
    return bytes.contains(0) ? nil : String(validating: bytes, as: UTF8.self)
}

private func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x41 + 10
    case 0x61...0x66: byte - 0x61 + 10
    default: nil
    }
}
