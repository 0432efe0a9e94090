import CivilTime
import Foundation
import Markup

/// An edition's record as it is stored and hashed: JSON with sorted keys.
///
/// Nearly all records hold nothing that needs another escape than a line end or a quotation mark does. They are written
/// and read here, at a fraction of the cost of the general encoder, byte for byte as it would; the others go to it.
enum RecordJSON {
    static func bytes(of record: EditionRecord) throws -> [UInt8] {
        if let bytes = Writing(record).bytes { return bytes }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return [UInt8](try encoder.encode(record))
    }

    static func record(from bytes: [UInt8]) throws -> EditionRecord {
        let plain = bytes.withUnsafeBytes { bytes in
            var reading = Reading(bytes: bytes)
            return reading.record()
        }
        if let plain { return plain }
        return try JSONDecoder().decode(EditionRecord.self, from: Data(bytes))
    }

    /// The letter of a sign's own escape.
    fileprivate static func escape(of byte: UInt8) -> UInt8? {
        switch byte {
        case 0x0A: UInt8(ascii: "n")
        case 0x0D: UInt8(ascii: "r")
        case 0x09: UInt8(ascii: "t")
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): byte
        default: nil
        }
    }

    fileprivate static func sign(ofEscape letter: UInt8) -> UInt8? {
        switch letter {
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): letter
        default: nil
        }
    }

    private struct Writing {
        /// nil when a text holds a control character that only the general encoder writes.
        private(set) var bytes: [UInt8]? = []

        init(_ record: EditionRecord) {
            bytes?.reserveCapacity(record.text.utf8.count * 9 / 8 + 1024)
            add("{\"address\":\"", record.address)
            add(",\"addressees\":\"", record.addressees)
            add(record.attachments)
            add(",\"dated\":\"", record.dated?.description)
            add(",\"documentKind\":\"", record.documentKind)
            add(",\"documentNumber\":\"", record.documentNumber)
            add(",\"indexNumber\":\"", record.indexNumber)
            add(",\"issuer\":\"", record.issuer)
            add(",\"openness\":\"", record.openness)
            add(",\"sourceHash\":\"", record.sourceHash)
            add(",\"sourceName\":\"", record.sourceName)
            add(",\"text\":\"", record.text)
            add(",\"textForm\":\"", record.textForm?.rawValue)
            add(",\"title\":\"", record.title)
            add("}")
        }

        /// - Parameter text: nil for a member that is left out.
        private mutating func add(_ name: String, _ text: String?) {
            guard var text, var written = bytes else { return }
            bytes = nil
            written.append(contentsOf: name.utf8)
            let isPlain = text.withUTF8 { Self.append(UnsafeRawBufferPointer($0), to: &written) }
            written.append(UInt8(ascii: "\""))
            if isPlain { bytes = written }
        }

        private mutating func add(_ attachments: [EditionRecord.Attachment]?) {
            guard let attachments else { return }
            add(",\"attachments\":[")
            for (number, attachment) in attachments.enumerated() {
                add(number == 0 ? "{" : ",{")
                add("\"address\":\"", attachment.address)
                add(attachment.address == nil ? "\"name\":\"" : ",\"name\":\"", attachment.name)
                add(",\"sha256\":\"", attachment.sha256)
                add("}")
            }
            add("]")
        }

        private mutating func add(_ sign: String) { bytes?.append(contentsOf: sign.utf8) }

        private static func append(_ text: UnsafeRawBufferPointer, to bytes: inout [UInt8]) -> Bool {
            var start = 0
            while start < text.count {
                let end = text.firstToEscape(from: start)
                bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: text[start..<end]))
                guard end < text.count else { return true }
                guard let letter = escape(of: text[end]) else { return false }
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(letter)
                start = end + 1
            }
            return true
        }
    }

    private struct Reading {
        let bytes: UnsafeRawBufferPointer
        private var at = 0
        /// Falls when a member that may be left out is there in another form.
        private var isPlain = true

        init(bytes: UnsafeRawBufferPointer) {
            self.bytes = bytes
        }

        /// nil when the record was not written by `Writing`.
        mutating func record() -> EditionRecord? {
            guard let address = string(after: "{\"address\":\"") else { return nil }
            var record = EditionRecord(title: "", text: "", address: address)
            record.addressees = member(",\"addressees\":\"")
            record.attachments = attachments()
            record.dated = member(",\"dated\":\"") { Day($0) }
            record.documentKind = member(",\"documentKind\":\"")
            guard let documentNumber = string(after: ",\"documentNumber\":\"") else { return nil }
            record.documentNumber = documentNumber
            record.indexNumber = member(",\"indexNumber\":\"")
            record.issuer = member(",\"issuer\":\"")
            record.openness = member(",\"openness\":\"")
            guard let sourceHash = string(after: ",\"sourceHash\":\""),
                let sourceName = string(after: ",\"sourceName\":\""),
                let text = string(after: ",\"text\":\"")
            else { return nil }
            (record.sourceHash, record.sourceName, record.text) = (sourceHash, sourceName, text)
            record.textForm = member(",\"textForm\":\"", TextForm.init)
            guard let title = string(after: ",\"title\":\""), skip("}"), at == bytes.count, isPlain else {
                return nil
            }
            record.title = title
            return record
        }

        private func stands(_ expected: StaticString) -> Bool {
            let end = at + expected.utf8CodeUnitCount
            return end <= bytes.count && (at..<end).allSatisfy { bytes[$0] == expected.utf8Start[$0 - at] }
        }

        private mutating func skip(_ expected: StaticString) -> Bool {
            guard stands(expected) else { return false }
            at += expected.utf8CodeUnitCount
            return true
        }

        /// One that may be left out: nil then.
        private mutating func member(_ name: StaticString) -> String? {
            guard stands(name) else { return nil }
            let text = string(after: name)
            isPlain = isPlain && text != nil
            return text
        }

        /// The same for what is more than a text.
        private mutating func member<Value>(_ name: StaticString, _ read: (String) -> Value?) -> Value? {
            guard let text = member(name) else { return nil }
            let value = read(text)
            isPlain = isPlain && value != nil
            return value
        }

        private mutating func attachments() -> [EditionRecord.Attachment]? {
            guard skip(",\"attachments\":[") else { return nil }
            var found: [EditionRecord.Attachment] = []
            repeat {
                guard let attachment = attachment() else { break }
                found.append(attachment)
            } while skip(",")
            isPlain = isPlain && skip("]")
            return found
        }

        private mutating func attachment() -> EditionRecord.Attachment? {
            guard skip("{") else { return nil }
            let address = member("\"address\":\"")
            guard let name = address == nil ? string(after: "\"name\":\"") : string(after: ",\"name\":\"")
            else {
                return nil
            }
            let sha256 = member(",\"sha256\":\"")
            guard skip("}") else { return nil }
            return EditionRecord.Attachment(name: name, address: address, sha256: sha256)
        }

        /// Up to and with the next quotation mark.
        private mutating func string(after name: StaticString) -> String? {
            guard skip(name), let (end, escapes) = end() else { return nil }
            let written = UnsafeRawBufferPointer(rebasing: bytes[at..<end])
            at = end + 1
            if escapes == 0 { return String(decoding: written, as: UTF8.self) }
            var isKnown = true
            let text = String(unsafeUninitializedCapacity: written.count - escapes) { room in
                Self.unescape(written, into: UnsafeMutableRawBufferPointer(room), &isKnown)
            }
            return isKnown ? text : nil
        }

        private func end() -> (place: Int, escapes: Int)? {
            var place = at
            var escapes = 0
            while true {
                place = bytes.firstToEscape(from: place)
                guard place < bytes.count else { return nil }
                switch bytes[place] {
                case UInt8(ascii: "\""): return (place, escapes)
                case UInt8(ascii: "\\"):
                    escapes += 1
                    place += 2
                default: return nil
                }
            }
        }

        private static func unescape(
            _ written: UnsafeRawBufferPointer, into room: UnsafeMutableRawBufferPointer, _ isKnown: inout Bool
        ) -> Int {
            var count = 0
            var start = 0
            while start < written.count {
                let end = written.firstToEscape(from: start)
                UnsafeMutableRawBufferPointer(rebasing: room[count...])
                    .copyMemory(from: UnsafeRawBufferPointer(rebasing: written[start..<end]))
                count += end - start
                guard end < written.count else { break }
                guard end + 1 < written.count, let sign = sign(ofEscape: written[end + 1]) else {
                    isKnown = false
                    return 0
                }
                room[count] = sign
                count += 1
                start = end + 2
            }
            return count
        }
    }
}

extension UnsafeRawBufferPointer {
    /// The next place from `start` on with a byte that JSON does not take as it is: a quotation mark, a backslash, a control
    /// character; or the end. Eight bytes are looked at together.
    package func firstToEscape(from start: Int) -> Int {
        var at = start
        while at + 8 <= count {
            let word = loadUnaligned(fromByteOffset: at, as: UInt64.self)
            let special =
                Self.zeroBytes(word ^ (Self.each * 0x22)) | Self.zeroBytes(word ^ (Self.each * 0x5C))
                | ((word &- (Self.each * 0x20)) & ~word & Self.highBits)
            // The lowest mark is the first byte's: only above a byte that is found may one be marked wrongly.
            if special != 0 { return at + special.trailingZeroBitCount / 8 }
            at += 8
        }
        while at < count, self[at] >= 0x20, self[at] != UInt8(ascii: "\""), self[at] != UInt8(ascii: "\\") {
            at += 1
        }
        return at
    }

    /// One in each of eight bytes.
    private static let each: UInt64 = 0x0101_0101_0101_0101

    private static let highBits: UInt64 = 0x8080_8080_8080_8080

    /// Marks with its high bit the lowest of the eight bytes that is zero; above that one others may be marked wrongly.
    private static func zeroBytes(_ word: UInt64) -> UInt64 { (word &- each) & ~word & highBits }
}
