import CivilTime

/// Markup whose interpolations are escaped: there is no way to splice text into it.
///
/// Only a literal in our own source becomes markup (it is a `StaticString`, so no text made at run time can);
/// interpolated text is escaped, only `HTML` passes through. An address goes through `Link`; text further on
/// in an address is one piece of it and is percent-encoded, slashes too. A plain string at the start of
/// `href`, `src` or `action`, anything in `style` or `on…`, and text outside quotes inside a tag are mistakes
/// of ours that stop a debug build and write nothing in a release build.
///
/// Lists of `HTML` are joined, nil writes nothing, `\(when: isNew, "<b>新</b>")` writes its markup or nothing.
package struct HTML: Sendable, Hashable, ExpressibleByStringInterpolation {
    /// UTF-8.
    package private(set) var bytes: [UInt8]

    package init(stringLiteral value: StaticString) {
        var interpolation = StringInterpolation(
            literalCapacity: value.utf8CodeUnitCount, interpolationCount: 0)
        interpolation.appendLiteral(value)
        bytes = interpolation.bytes
    }

    package init(stringInterpolation: StringInterpolation) {
        bytes = stringInterpolation.bytes
    }

    /// Text, escaped.
    package init(text: some StringProtocol) {
        self = "\(text)"
    }

    package static func + (left: HTML, right: HTML) -> HTML { "\(left)\(right)" }
    package static func += (left: inout HTML, right: HTML) { left.bytes.append(contentsOf: right.bytes) }

    package var isEmpty: Bool { bytes.isEmpty }
}

extension HTML: CustomStringConvertible {
    package var description: String { String(decoding: bytes, as: UTF8.self) }
}

extension [HTML] {
    package func joined(separator: HTML = "") -> HTML {
        guard var result = first else { return "" }
        for next in dropFirst() {
            result += separator
            result += next
        }
        return result
    }
}

extension HTML {
    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var bytes: [UInt8] = []
        private var place = Place.text

        package init(literalCapacity: Int, interpolationCount: Int) {
            bytes.reserveCapacity(literalCapacity + interpolationCount * 16)
        }

        package mutating func appendLiteral(_ literal: StaticString) {
            if literal.hasPointerRepresentation {
                literal.withUTF8Buffer { buffer in
                    for byte in buffer { append(literal: byte) }
                }
            } else {
                for byte in UTF8.encode(literal.unicodeScalar) ?? UTF8.encodedReplacementCharacter {
                    append(literal: byte)
                }
            }
        }

        package mutating func appendInterpolation(_ text: some StringProtocol) {
            guard allowsText else { return }
            if case .value(_, .address, _) = place { return appendEscaped(Link.encoded(text)) }
            appendEscaped(text)
        }

        package mutating func appendInterpolation(_ text: (some StringProtocol)?) {
            if let text { appendInterpolation(text) }
        }

        package mutating func appendInterpolation(_ number: some BinaryInteger) {
            appendInterpolation(String(number))
        }

        /// ISO 8601, as everywhere.
        package mutating func appendInterpolation(_ day: Day) {
            appendInterpolation(day.description)
        }

        package mutating func appendInterpolation(_ day: Day?) {
            if let day { appendInterpolation(day) }
        }

        package mutating func appendInterpolation(_ link: Link) {
            if case .value(_, .forbidden, _) = place { return refuse("an address in a forbidden attribute") }
            if place == .tag { return refuse("an address outside quotes") }
            appendEscaped(link.address)
        }

        /// Markup passes as it is between tags and as whole attributes inside one; in a value it is text.
        package mutating func appendInterpolation(_ html: HTML) {
            if case .value = place {
                appendInterpolation(html.description)
            } else {
                bytes.append(contentsOf: html.bytes)
            }
        }

        package mutating func appendInterpolation(_ html: HTML?) {
            if let html { appendInterpolation(html) }
        }

        package mutating func appendInterpolation(_ parts: [HTML]) {
            for part in parts { appendInterpolation(part) }
        }

        package mutating func appendInterpolation(when condition: Bool, _ html: @autoclosure () -> HTML) {
            if condition { appendInterpolation(html()) }
        }

        private var allowsText: Bool {
            switch place {
            case .text, .value(_, .plain, _), .value(_, .address, false): return true
            case .value(_, .address, true): refuse("a plain string as an address; use Link")
            case .value(_, .forbidden, _): refuse("text in a style or event attribute")
            case .tag: refuse("text outside quotes inside a tag")
            }
            return false
        }

        private func refuse(_ what: StaticString) {
            assertionFailure("HTML literal: \(what)")
        }

        private mutating func appendEscaped(_ text: some StringProtocol) {
            if case .value(let quote, let kind, _) = place { place = .value(quote, kind, isAtStart: false) }
            for byte in text.utf8 {
                switch byte {
                case UInt8(ascii: "&"): bytes.append(contentsOf: "&amp;".utf8)
                case UInt8(ascii: "<"): bytes.append(contentsOf: "&lt;".utf8)
                case UInt8(ascii: ">"): bytes.append(contentsOf: "&gt;".utf8)
                case UInt8(ascii: "\""): bytes.append(contentsOf: "&quot;".utf8)
                case UInt8(ascii: "'"): bytes.append(contentsOf: "&#39;".utf8)
                case 0: bytes.append(contentsOf: "\u{FFFD}".utf8)
                default: bytes.append(byte)
                }
            }
        }
    }
}

extension HTML.StringInterpolation {
    /// Where in the markup the next piece will stand.
    private enum Place: Equatable {
        case text, tag
        case value(_ quote: UInt8, Attribute, isAtStart: Bool)
    }

    private enum Attribute { case plain, address, forbidden }

    private mutating func append(literal byte: UInt8) {
        switch place {
        case .text:
            if byte == UInt8(ascii: "<") { place = .tag }
        case .tag:
            if byte == UInt8(ascii: ">") { place = .text }
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                place = .value(byte, attributeBeforeQuote, isAtStart: true)
            }
        case .value(let quote, let attribute, _):
            place = byte == quote ? .tag : .value(quote, attribute, isAtStart: false)
        }
        bytes.append(byte)
    }

    private var attributeBeforeQuote: Attribute {
        var name = bytes[...]
        guard name.popLast() == UInt8(ascii: "=") else { return .forbidden }
        let isLetter: (UInt8) -> Bool = { $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A || $0 == 0x2D }
        let word = String(decoding: name.reversed().prefix(while: isLetter).reversed(), as: UTF8.self)
        return switch word {
        case "href", "src", "action", "formaction", "poster", "srcset", "data", "cite", "ping": .address
        case "style": .forbidden
        default: word.hasPrefix("on") ? .forbidden : .plain
        }
    }
}
