import Glibc

/// How a file's bytes stand for characters (字符编码).
package enum FileEncoding: String, Sendable, Hashable, Codable {
    case utf8 = "UTF-8"
    case gb18030 = "GB18030"
    case utf16LittleEndian = "UTF-16LE"
    case utf16BigEndian = "UTF-16BE"

    /// The encoding of a file, by its first bytes.
    ///
    /// A byte order mark decides. Without one, what is UTF-8 throughout is UTF-8. Otherwise the two are told apart by
    /// how much of the text each leaves broken: Chinese in GB18030 read as UTF-8 breaks at nearly every character,
    /// while a UTF-8 file with a damaged place breaks there only, though its bytes often pass as other characters of
    /// GB18030.
    package static func detect(_ bytes: [UInt8]) -> FileEncoding {
        if bytes.starts(with: [0xFF, 0xFE]) { return .utf16LittleEndian }
        if bytes.starts(with: [0xFE, 0xFF]) { return .utf16BigEndian }
        if bytes.starts(with: utf8Mark) { return .utf8 }
        let (wide, broken) = utf8Sequences(bytes)
        if broken * 10 <= wide { return .utf8 }
        return DecodedText(bytes, as: .gb18030).brokenCount < broken ? .gb18030 : .utf8
    }

    static let utf8Mark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// Bytes of a byte order mark at the start.
    func markLength(_ bytes: [UInt8]) -> Int {
        switch self {
        case .utf8: bytes.starts(with: Self.utf8Mark) ? 3 : 0
        case .utf16LittleEndian: bytes.starts(with: [0xFF, 0xFE]) ? 2 : 0
        case .utf16BigEndian: bytes.starts(with: [0xFE, 0xFF]) ? 2 : 0
        case .gb18030: bytes.starts(with: [0x84, 0x31, 0x95, 0x33]) ? 4 : 0
        }
    }

    /// How many characters of several bytes there are, and how many places that are none.
    private static func utf8Sequences(_ bytes: [UInt8]) -> (wide: Int, broken: Int) {
        var parser = Unicode.UTF8.ForwardParser()
        var iterator = bytes.makeIterator()
        var (wide, broken) = (0, 0)
        while true {
            switch parser.parseScalar(from: &iterator) {
            case .valid(let scalar): if scalar.count > 1 { wide += 1 }
            case .error: broken += 1
            case .emptyInput: return (wide, broken)
            }
        }
    }
}

/// A place where bytes are no character of the encoding.
package struct BrokenByte: Sendable, Hashable {
    /// The line of the file, from 1.
    package let line: Int
    /// The byte of that line, from 1.
    package let column: Int
    package let byte: UInt8

    package init(line: Int, column: Int, byte: UInt8) {
        self.line = line
        self.column = column
        self.byte = byte
    }
}

/// A text brought into UTF-8, with the places where that was not possible.
///
/// U+FFFD stands at each of them; whoever uses the text decides what becomes of the line.
package struct DecodedText: Sendable {
    /// UTF-8, without a byte order mark.
    package private(set) var bytes: [UInt8] = []
    /// The first of them, `placesMax` at most.
    package private(set) var broken: [BrokenByte] = []
    package private(set) var brokenCount = 0

    /// Places that are kept; the rest is only counted.
    package static let placesMax = 10_000
    private static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]

    package init(_ source: [UInt8], as encoding: FileEncoding) {
        let start = encoding.markLength(source)
        if encoding == .utf8, start == 0 || source.count > start {
            let text = Array(source[start...])
            if String(validating: text, as: UTF8.self) != nil {
                bytes = text
                return
            }
        }
        convert(source, from: start, encoding)
    }

    /// Converts through the C library's `iconv`, a broken byte at a time.
    private mutating func convert(_ source: [UInt8], from start: Int, _ encoding: FileEncoding) {
        guard let converter = iconv_open("UTF-8", encoding.rawValue), Int(bitPattern: converter) != -1 else {
            preconditionFailure("the C library knows \(encoding.rawValue)")
        }
        defer { iconv_close(converter) }
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        var (at, line, lineStart) = (start, 1, start)
        while at < source.count {
            let (taken, made, failed) = Self.step(converter, source, at, &piece)
            bytes.append(contentsOf: piece[..<made])
            for index in at..<(at + taken) where source[index] == 0x0A {
                line += 1
                lineStart = index + 1
            }
            at += taken
            if failed {
                note(BrokenByte(line: line, column: at - lineStart + 1, byte: source[at]))
                at += 1
            }
        }
    }

    private mutating func note(_ place: BrokenByte) {
        bytes.append(contentsOf: Self.replacement)
        brokenCount += 1
        if broken.count < Self.placesMax { broken.append(place) }
    }

    /// One call: how many bytes were taken, how many were made, and whether the next one is no character.
    private static func step(
        _ converter: iconv_t, _ source: [UInt8], _ at: Int, _ piece: inout [UInt8]
    ) -> (taken: Int, made: Int, failed: Bool) {
        source.withUnsafeBytes { input in
            piece.withUnsafeMutableBytes { output in
                // iconv does not write to its input; its signature is older than `const`.
                var from: UnsafeMutablePointer<CChar>? = UnsafeMutablePointer(
                    mutating: input.baseAddress!.advanced(by: at).assumingMemoryBound(to: CChar.self))
                var into: UnsafeMutablePointer<CChar>? = output.baseAddress!.assumingMemoryBound(
                    to: CChar.self)
                var left = input.count - at
                var room = output.count
                let result = iconv(converter, &from, &left, &into, &room)
                let failed = result == -1 && errno != E2BIG
                return (input.count - at - left, output.count - room, failed)
            }
        }
    }
}
