import Foundation
import Storage

/// What was said and the salt it was hashed with, as readers download it: `{"record":{…},"salt":"…"}` (记录文件).
///
/// The record stands in it in its canonical bytes, so that no reader has to make them again.
package struct RecordFile: Sendable, Hashable {
    /// RFC 8785.
    package let record: [UInt8]
    package let salt: [UInt8]

    package static let bytesMax = 16 << 20
    private static let start = Array("{\"record\":".utf8)
    private static let middle = Array(",\"salt\":\"".utf8)
    private static let end = Array("\"}".utf8)

    package init(record: [UInt8], salt: [UInt8]) {
        self.record = record
        self.salt = salt
    }

    /// What an edition said, for everybody to download.
    ///
    /// - Parameter leaf: of its release.
    /// - Throws: `LogProblem.noRecord` where the content or the salt is gone, `.recordDiffers` where what is there is not
    ///   what was logged.
    package init(of leaf: LogLeaf, in transaction: Transaction) throws {
        guard leaf.act == "edition.released", let salt = leaf.salt,
            let record = try PublicRecord.edition(leaf.subject, leaf.part, in: transaction)
        else { throw LogProblem.noRecord(leaf.subject) }
        self.init(record: record, salt: salt)
        guard fits(leaf.entry) else { throw LogProblem.recordDiffers(leaf.subject) }
    }

    package var bytes: [UInt8] {
        let digits = Array("0123456789abcdef".utf8)
        return Self.start + record + Self.middle
            + salt.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] } + Self.end
    }

    /// - Throws: `RecordFileFlaw` for anything but the exact form.
    package init(parsing bytes: [UInt8]) throws(RecordFileFlaw) {
        let tail = Self.middle.count + 2 * PublicRecord.saltBytes + Self.end.count
        guard bytes.count <= Self.bytesMax, bytes.count > Self.start.count + tail,
            bytes.starts(with: Self.start), bytes.suffix(Self.end.count).elementsEqual(Self.end)
        else { throw RecordFileFlaw() }
        let middle = bytes.count - tail
        let digits = bytes[(middle + Self.middle.count)..<(bytes.count - Self.end.count)]
        guard bytes[middle..<(middle + Self.middle.count)].elementsEqual(Self.middle),
            let salt = Self.bytes(ofDigits: Array(digits))
        else { throw RecordFileFlaw() }
        record = Array(bytes[Self.start.count..<middle])
        self.salt = salt
    }

    /// The file beside a proof file, of the same name; nil when there is none.
    package static func beside(_ proof: String) throws -> RecordFile? {
        let name = (proof as NSString).deletingPathExtension
        let path = (name.hasSuffix(".logged") ? String(name.dropLast(7)) : name) + ".json"
        guard let bytes = FileManager.default.contents(atPath: path) else { return nil }
        return try RecordFile(parsing: Array(bytes))
    }

    /// Whether this is what the leaf speaks of.
    package func fits(_ entry: [UInt8]) -> Bool {
        LeafForm.commitment(in: entry) == PublicRecord.commitment(to: record, salt: salt)
    }

    private static func bytes(ofDigits digits: [UInt8]) -> [UInt8]? {
        let values = digits.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
        guard values.count == digits.count, values.count.isMultiple(of: 2) else { return nil }
        return stride(from: 0, to: values.count, by: 2).map { UInt8(values[$0] << 4 | values[$0 + 1]) }
    }
}

package struct RecordFileFlaw: Error, Sendable, CustomStringConvertible {
    package var description: String { "记录文件不是 {\"record\":…,\"salt\":…} 的样式" }
}
