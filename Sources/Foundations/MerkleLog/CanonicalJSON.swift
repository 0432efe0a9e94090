/// A JSON value that has exactly one form in bytes: RFC 8785 (JCS).
///
/// Records hold whole numbers, texts, truth values, null, lists and objects. There is no other number: how a
/// fraction is written depends on who writes it, and two hashes of one record would follow.
package enum CanonicalJSON: Sendable {
    case null
    case bool(Bool)
    /// −(2^53 − 1)...2^53 − 1: what every reader of JSON takes for the same number.
    case integer(Int)
    case string(String)
    case array([CanonicalJSON])
    /// Members in any order. A list, since texts that Swift calls equal may be different names.
    case object([(name: String, value: CanonicalJSON)])

    package static let integerMax = 1 << 53 - 1
    /// Lists and objects within each other.
    package static let depthMax = 64

    /// The bytes to be hashed.
    ///
    /// - Throws: the first thing that has no one form, and where.
    package func bytes() throws(CanonicalJSONFlaw) -> [UInt8] {
        var bytes: [UInt8] = []
        try write(to: &bytes, at: "", depth: 0)
        return bytes
    }

    private func write(to bytes: inout [UInt8], at place: String, depth: Int) throws(CanonicalJSONFlaw) {
        guard depth <= CanonicalJSON.depthMax else { throw CanonicalJSONFlaw(.depth, at: place) }
        switch self {
        case .null: bytes += "null".utf8
        case .bool(let flag): bytes += (flag ? "true" : "false").utf8
        case .integer(let number):
            guard number.magnitude <= CanonicalJSON.integerMax else {
                throw CanonicalJSONFlaw(.number, at: place)
            }
            bytes += String(number).utf8
        case .string(let text): CanonicalJSON.write(text, to: &bytes)
        case .array(let values):
            bytes.append(UInt8(ascii: "["))
            for (index, value) in values.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                try value.write(to: &bytes, at: "\(place)/\(index)", depth: depth + 1)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let members):
            try CanonicalJSON.write(members, to: &bytes, at: place, depth: depth)
        }
    }

    /// RFC 8785, 3.2.3: by the 16-bit units of the names, not by characters.
    private static func write(
        _ members: [(name: String, value: CanonicalJSON)], to bytes: inout [UInt8], at place: String,
        depth: Int
    ) throws(CanonicalJSONFlaw) {
        let sorted = members.map { (units: Array($0.name.utf16), member: $0) }
            .sorted { $0.units.lexicographicallyPrecedes($1.units) }
        bytes.append(UInt8(ascii: "{"))
        for (index, (units, member)) in sorted.enumerated() {
            let inside = "\(place)/\(member.name)"
            if index > 0 {
                guard sorted[index - 1].units != units else { throw CanonicalJSONFlaw(.name, at: inside) }
                bytes.append(UInt8(ascii: ","))
            }
            write(member.name, to: &bytes)
            bytes.append(UInt8(ascii: ":"))
            try member.value.write(to: &bytes, at: inside, depth: depth + 1)
        }
        bytes.append(UInt8(ascii: "}"))
    }

    /// RFC 8785, 3.2.2.2: only what must be escaped is, each in its one way.
    package static func write(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { text in
            var start = 0
            for (place, byte) in text.enumerated() where isEscaped(byte) {
                bytes += text[start..<place]
                writeEscaped(byte, to: &bytes)
                start = place + 1
            }
            bytes += text[start...]
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func isEscaped(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private static func writeEscaped(_ byte: UInt8, to bytes: inout [UInt8]) {
        switch byte {
        case 0x08: bytes += "\\b".utf8
        case 0x09: bytes += "\\t".utf8
        case 0x0A: bytes += "\\n".utf8
        case 0x0C: bytes += "\\f".utf8
        case 0x0D: bytes += "\\r".utf8
        case 0..<0x20: bytes += "\\u00\(Hexadecimal.text(CollectionOfOne(byte)))".utf8
        default: bytes += [UInt8(ascii: "\\"), byte]
        }
    }
}

/// A value that has no one form, and where it stands.
package struct CanonicalJSONFlaw: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Fault: String, Sendable, Hashable {
        case number = "a number is beyond what every reader takes for the same"
        case name = "an object has a name twice"
        case depth = "lists and objects stand too deep within each other"
    }

    package let fault: Fault
    /// The names and numbers on the way, each after a slash; empty for the whole.
    package let place: String

    init(_ fault: Fault, at place: String) {
        self.fault = fault
        self.place = place
    }

    package var description: String { place.isEmpty ? fault.rawValue : "\(place): \(fault.rawValue)" }
}
