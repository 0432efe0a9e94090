import FoundationEssentials

/// Base 64 as RFC 4648, section 4, writes it: with padding, without line ends.
enum Base64 {
    static func text(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

    /// Reads the one form that these bytes have; bits beyond the end must be zero.
    ///
    /// - Throws: `base64`.
    static func bytes(_ text: some StringProtocol) throws(LogFlaw) -> [UInt8] {
        let text = String(text)
        guard let data = Data(base64Encoded: text), data.base64EncodedString() == text else {
            throw LogFlaw(.base64)
        }
        return Array(data)
    }

    /// - Throws: `base64`, `hashLength`.
    static func hash(_ text: some StringProtocol) throws(LogFlaw) -> NodeHash {
        guard let hash = NodeHash(try bytes(text)) else { throw LogFlaw(.hashLength) }
        return hash
    }
}

/// Hexadecimal digits in lower case.
enum Hexadecimal {
    static func text(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}

/// Numbers as the log's texts write them: digits, no sign, no leading zero.
enum Decimal {
    /// Nil for any other form, and for what a signed 64-bit number cannot hold.
    static func number(_ text: some StringProtocol) -> Int? {
        guard !text.isEmpty, text.utf8.allSatisfy(isDigit), text == "0" || !text.hasPrefix("0") else {
            return nil
        }
        return Int(text)
    }

    static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}

/// Texts of a log that came by mail, or through an editor, which end their lines with CR LF.
package enum MailedText {
    /// The same with line feeds alone.
    package static func plain(_ bytes: [UInt8]) -> [UInt8] {
        let (feed, carriage) = (UInt8(ascii: "\n"), UInt8(ascii: "\r"))
        return bytes.indices.filter { place in
            bytes[place] != carriage || place + 1 == bytes.endIndex || bytes[place + 1] != feed
        }.map { bytes[$0] }
    }
}

/// A text of lines that each end with a line feed, read from the top.
struct LineReader {
    private var rest: Substring
    /// The line that was read last, from 1.
    private(set) var line = 0

    /// - Parameter bytesMax: more is not read.
    /// - Throws: `textLength`, `utf8`, `control`.
    init(_ bytes: [UInt8], bytesMax: Int) throws(LogFlaw) {
        self.init(try LineReader.text(bytes, bytesMax: bytesMax))
    }

    init(_ text: String) { rest = text[...] }

    /// - Throws: `textLength`, `utf8`, `control` for a character below U+0020 other than the line feed.
    static func text(_ bytes: [UInt8], bytesMax: Int) throws(LogFlaw) -> String {
        guard bytes.count <= bytesMax else { throw LogFlaw(.textLength) }
        guard bytes.allSatisfy({ $0 >= 0x20 || $0 == 0x0A }) else { throw LogFlaw(.control) }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw LogFlaw(.utf8) }
        return text
    }

    /// What was not read yet.
    var remainder: String { String(rest) }

    /// The next line without its end; nil when none is left or the last one has no end.
    mutating func next() -> Substring? {
        // By bytes: a line feed may stand within a cluster of characters.
        guard let end = rest.utf8.firstIndex(of: 0x0A) else { return nil }
        line += 1
        defer { rest = rest[rest.utf8.index(after: end)...] }
        return rest[..<end]
    }

    /// The value of the next line, which begins with that word and a space.
    mutating func next(after word: String) -> Substring? {
        guard let line = next(), line.hasPrefix(word + " ") else { return nil }
        return line.dropFirst(word.count + 1)
    }

    /// Hashes, a line each, up to an empty line, which is read too.
    ///
    /// - Throws: `proofLength` for more than the limit, `noteForm` when the empty line is missing, `base64`, `hashLength`.
    mutating func hashes(atMost countMax: Int) throws(LogFlaw) -> [NodeHash] {
        var hashes: [NodeHash] = []
        while let text = next() {
            if text.isEmpty { return hashes }
            guard hashes.count < countMax else { throw LogFlaw(.proofLength) }
            do {
                hashes.append(try Base64.hash(text))
            } catch {
                throw LogFlaw(error.fault, line: line)
            }
        }
        throw LogFlaw(.noteForm)
    }
}
