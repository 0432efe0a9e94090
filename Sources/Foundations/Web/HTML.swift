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
                literal.withUTF8Buffer { append(literal: $0) }
            } else {
                let bytes = Array(UTF8.encode(literal.unicodeScalar) ?? UTF8.encodedReplacementCharacter)
                bytes.withUnsafeBufferPointer { append(literal: $0) }
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
            if text.utf8.withContiguousStorageIfAvailable({ appendEscaped($0) }) == nil {
                Array(text.utf8).withUnsafeBufferPointer { appendEscaped($0) }
            }
        }

        /// What needs no escape goes in runs.
        private mutating func appendEscaped(_ text: UnsafeBufferPointer<UInt8>) {
            var start = 0
            for (index, byte) in text.enumerated() {
                if byte == 0xE2, Self.turnsText(text, at: index) {
                    bytes.append(contentsOf: text[start..<index])
                    bytes.append(contentsOf: Self.replacement)
                    start = index + 3
                    continue
                }
                guard let escape = Self.escape(byte) else { continue }
                bytes.append(contentsOf: text[start..<index])
                escape.withUTF8Buffer { bytes.append(contentsOf: $0) }
                start = index + 1
            }
            bytes.append(contentsOf: text[start...])
        }

        /// U+FFFD in UTF-8.
        private static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]

        /// Marks that turn the direction of what follows (U+202A…202E, U+2066…2069): with them a sum reads otherwise than it is
        /// written. They have no place in Chinese text, so one that stands there shows as a mark of its own.
        private static func turnsText(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
            guard index + 2 < text.count else { return false }
            switch (text[index + 1], text[index + 2]) {
            case (0x80, 0xAA...0xAE), (0x81, 0xA6...0xA9): return true
            default: return false
            }
        }

        private static func escape(_ byte: UInt8) -> StaticString? {
            switch byte {
            case UInt8(ascii: "&"): "&amp;"
            case UInt8(ascii: "<"): "&lt;"
            case UInt8(ascii: ">"): "&gt;"
            case UInt8(ascii: "\""): "&quot;"
            case UInt8(ascii: "'"): "&#39;"
            case 0: "\u{FFFD}"
            default: nil
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

    /// In runs: only a few bytes change where the next piece will stand.
    private mutating func append(literal: UnsafeBufferPointer<UInt8>) {
        var (start, inside) = (0, 0)
        for (index, byte) in literal.enumerated() where turns(at: byte) {
            bytes.append(contentsOf: literal[start..<index])
            (start, inside) = (index, index + 1)
            turn(at: byte)
        }
        if inside < literal.count, case .value(let quote, let attribute, true) = place {
            place = .value(quote, attribute, isAtStart: false)
        }
        bytes.append(contentsOf: literal[start...])
    }

    private func turns(at byte: UInt8) -> Bool {
        switch place {
        case .text: byte == UInt8(ascii: "<")
        case .tag: byte == UInt8(ascii: ">") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
        case .value(let quote, _, _): byte == quote
        }
    }

    /// What stands before the byte has been written.
    private mutating func turn(at byte: UInt8) {
        switch place {
        case .text: place = .tag
        case .tag:
            place =
                byte == UInt8(ascii: ">") ? .text : .value(byte, attributeBeforeQuote, isAtStart: true)
        case .value: place = .tag
        }
    }

    /// Found by its last letters, without making a text of them: this is asked for every attribute of a page.
    private var attributeBeforeQuote: Attribute {
        guard bytes.last == UInt8(ascii: "=") else { return .forbidden }
        let end = bytes.count - 1
        var start = end
        while start > 0, Self.isLetter(bytes[start - 1]) { start -= 1 }
        let word = bytes[start..<end]
        if Self.addresses.contains(where: { word.elementsEqual($0) }) { return .address }
        let isForbidden = word.starts(with: Self.on) || word.elementsEqual(Self.style)
        return isForbidden ? .forbidden : .plain
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte == 0x2D
    }

    private static let addresses = [
        "href", "src", "action", "formaction", "poster", "srcset", "data", "cite", "ping",
    ].map { Array($0.utf8) }
    private static let on = Array("on".utf8)
    private static let style = Array("style".utf8)
}
