import Publishing

/// Why bytes are not the JSON that we read, and where.
package struct JSONProblem: Error, Sendable, Hashable {
    package enum Kind: String, Sendable {
        case badText = "json-invalid"
        case tooDeep = "json-too-deep"
        case badUTF8 = "utf8-invalid"
        case nul = "nul"
        case memberTwice = "json-member-twice"
    }
    package let kind: Kind
    /// Bytes from the start.
    package let offset: Int
    package let detail: String
}

/// Reads one JSON text strictly (RFC 8259), with limits that hostile input cannot pass.
///
/// U+0000 is refused in every form, because no table may hold it; so is an object that names a member twice,
/// because readers disagree about which one counts.
package struct JSONReader {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var at = 0
    private let depthMax: Int

    /// - Throws: the first problem; nothing is repaired.
    package static func read(_ bytes: [UInt8], depthMax: Int = 16) throws(JSONProblem) -> JSONValue {
        let outcome = bytes.withUnsafeBufferPointer { buffer -> Result<JSONValue, JSONProblem> in
            do throws(JSONProblem) {
                return .success(try readWhole(buffer, depthMax: depthMax))
            } catch {
                return .failure(error)
            }
        }
        return try outcome.get()
    }

    private static func readWhole(
        _ buffer: UnsafeBufferPointer<UInt8>, depthMax: Int
    ) throws(JSONProblem) -> JSONValue {
        var reader = JSONReader(bytes: buffer, depthMax: depthMax)
        let value = try reader.value(depth: 0)
        reader.skipSpace()
        guard reader.at == buffer.count else { throw reader.problem("something follows the value") }
        return value
    }

    private init(bytes: UnsafeBufferPointer<UInt8>, depthMax: Int) {
        self.bytes = bytes
        self.depthMax = depthMax
    }

    private func problem(_ detail: String, _ kind: JSONProblem.Kind = .badText) -> JSONProblem {
        JSONProblem(kind: kind, offset: at, detail: detail)
    }

    private var isUTF8: Bool { String(validating: bytes, as: UTF8.self) != nil }

    private var next: UInt8? { at < bytes.count ? bytes[at] : nil }

    private mutating func skipSpace() {
        while at < bytes.count,
            bytes[at] == 0x20 || bytes[at] == 0x0A || bytes[at] == 0x0D || bytes[at] == 0x09
        {
            at += 1
        }
    }

    private mutating func value(depth: Int) throws(JSONProblem) -> JSONValue {
        guard depth <= depthMax else { throw problem("nested deeper than \(depthMax)", .tooDeep) }
        skipSpace()
        switch next {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try list(depth: depth)
        case UInt8(ascii: "\""): return .string(try text())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), .some(UInt8(ascii: "0")...UInt8(ascii: "9")): return .number(try number())
        case nil: throw problem("the text ends where a value should stand")
        case 0: throw problem("a NUL byte", .nul)
        case .some(0x80...): throw problem("no value starts like this", isUTF8 ? .badText : .badUTF8)
        default: throw problem("no value starts like this")
        }
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONProblem) -> JSONValue {
        for index in 0..<word.utf8CodeUnitCount {
            guard next == word.utf8Start[index] else { throw problem("not the word \(word)") }
            at += 1
        }
        return value
    }

    private mutating func object(depth: Int) throws(JSONProblem) -> JSONValue {
        at += 1
        var members: [JSONMember] = []
        var names: Set<String> = []
        skipSpace()
        if next == UInt8(ascii: "}") {
            at += 1
            return .object([])
        }
        while true {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw problem("a member name should stand here") }
            let name = try text()
            guard names.insert(name).inserted else {
                throw problem("the member “\(name.prefix(40))” stands twice", .memberTwice)
            }
            skipSpace()
            guard next == UInt8(ascii: ":") else { throw problem("a colon should stand here") }
            at += 1
            members.append(JSONMember(name: name, value: try value(depth: depth + 1)))
            skipSpace()
            switch next {
            case UInt8(ascii: ","): at += 1
            case UInt8(ascii: "}"):
                at += 1
                return .object(members)
            default: throw problem("an object is not closed")
            }
        }
    }

    private mutating func list(depth: Int) throws(JSONProblem) -> JSONValue {
        at += 1
        var values: [JSONValue] = []
        skipSpace()
        if next == UInt8(ascii: "]") {
            at += 1
            return .array([])
        }
        while true {
            values.append(try value(depth: depth + 1))
            skipSpace()
            switch next {
            case UInt8(ascii: ","): at += 1
            case UInt8(ascii: "]"):
                at += 1
                return .array(values)
            default: throw problem("a list is not closed")
            }
        }
    }

    private mutating func number() throws(JSONProblem) -> String {
        let start = at
        if next == UInt8(ascii: "-") { at += 1 }
        let first = at
        try digits()
        if bytes[first] == UInt8(ascii: "0"), at - first > 1 { throw problem("a number starts with 0") }
        if next == UInt8(ascii: ".") {
            at += 1
            try digits()
        }
        if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
            at += 1
            if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { at += 1 }
            try digits()
        }
        guard at - start <= 64 else { throw problem("a number of more than 64 characters") }
        return String(decoding: bytes[start..<at], as: UTF8.self)
    }

    private mutating func digits() throws(JSONProblem) {
        let start = at
        while let byte = next, byte >= 0x30, byte <= 0x39 { at += 1 }
        guard at > start else { throw problem("digits should stand here") }
    }

    private mutating func text() throws(JSONProblem) -> String {
        at += 1
        var run = at
        var collected: [UInt8]?
        while true {
            guard let byte = next else { throw problem("a string is not closed") }
            switch byte {
            case UInt8(ascii: "\""):
                let rest = UnsafeBufferPointer(rebasing: bytes[run..<at])
                at += 1
                guard var collected else { return try valid(String(validating: rest, as: UTF8.self)) }
                collected.append(contentsOf: rest)
                return try valid(String(validating: collected, as: UTF8.self))
            case UInt8(ascii: "\\"):
                var text = collected ?? []
                if collected == nil { text.reserveCapacity(1024) }
                collected = nil
                text.append(contentsOf: bytes[run..<at])
                at += 1
                try escape(into: &text)
                collected = text
                run = at
            case 0: throw problem("a NUL byte", .nul)
            case 1..<0x20: throw problem("a control character in a string")
            default: at = UnsafeRawBufferPointer(bytes).firstToEscape(from: at)
            }
        }
    }

    /// Only strings may hold bytes beyond ASCII: elsewhere the grammar refuses them.
    private func valid(_ text: String?) throws(JSONProblem) -> String {
        guard let text else { throw problem("the string before is not UTF-8", .badUTF8) }
        return text
    }

    private mutating func escape(into text: inout [UInt8]) throws(JSONProblem) {
        guard let byte = next else { throw problem("a string is not closed") }
        at += 1
        switch byte {
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "u"): text.append(contentsOf: String(try escapedScalar()).utf8)
        default: throw problem("an unknown escape")
        }
    }

    private mutating func escapedScalar() throws(JSONProblem) -> Character {
        let high = try fourHex()
        guard high != 0 else { throw problem("an escaped NUL", .nul) }
        guard (0xD800..<0xE000).contains(high) else {
            guard let scalar = Unicode.Scalar(high) else { throw problem("no such character") }
            return Character(scalar)
        }
        guard high < 0xDC00, next == UInt8(ascii: "\\") else { throw problem("half a surrogate pair") }
        at += 1
        guard next == UInt8(ascii: "u") else { throw problem("half a surrogate pair") }
        at += 1
        let low = try fourHex()
        guard (0xDC00..<0xE000).contains(low),
            let scalar = Unicode.Scalar(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
        else { throw problem("half a surrogate pair") }
        return Character(scalar)
    }

    private mutating func fourHex() throws(JSONProblem) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = next else { throw problem("four hexadecimal digits should stand here") }
            switch byte {
            case 0x30...0x39: value = value << 4 | UInt32(byte - 0x30)
            case 0x41...0x46: value = value << 4 | UInt32(byte - 0x37)
            case 0x61...0x66: value = value << 4 | UInt32(byte - 0x57)
            default: throw problem("four hexadecimal digits should stand here")
            }
            at += 1
        }
        return value
    }
}
