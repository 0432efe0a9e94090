import Foundation
import MerkleLog

/// One public fact in the log (日志条目).
package struct LogLeaf: Sendable, Hashable {
    /// Its place in the tree, from 0.
    package let index: Int
    /// The journal row that it tells of.
    package let seq: Int
    package let act: String
    package let subjectKind: String
    package let subject: String
    /// The edition's number for editions; 0 for everything else.
    package let part: Int
    /// The bytes that are hashed: see `LeafForm`.
    package let entry: [UInt8]
    /// 32 bytes that make the record's hash one that cannot be guessed; nil where there is no record, or where it was
    /// destroyed with the record.
    package let salt: [UInt8]?

    /// What the bytes say of themselves stands in the other members; all empty when they are not what `LeafForm` writes.
    init(index: Int, seq: Int, entry: [UInt8], salt: [UInt8]?) {
        let labels = LeafLabels(of: entry)
        self.index = index
        self.seq = seq
        act = labels?.act ?? ""
        subjectKind = labels?.kind ?? ""
        subject = labels?.subject ?? ""
        part = labels?.part ?? 0
        self.entry = entry
        self.salt = salt
    }

    package var hash: NodeHash { .leaf(entry) }

    /// The record's salted hash that stands in the bytes; nil where there is none.
    var entryCommitment: String? { LeafForm.commitment(in: entry) }
}

/// What the bytes of a leaf say, read back.
package struct LeafEntry: Decodable, Sendable, Hashable {
    package let act: String
    /// UTC.
    package let at: String
    /// Ids, codes and days by name.
    package let change: [String: String]
    package let kind: String
    package let subject: String
    /// The index of the subject's last leaf; nil for its first.
    package let previous: Int?
    /// The salted hash of what was said, lower-case hex; nil where the leaf says everything.
    package let record: String?
}

extension LogLeaf {
    /// - Throws: when the bytes are not what `LeafForm` writes.
    package func read() throws -> LeafEntry {
        try JSONDecoder().decode(LeafEntry.self, from: Data(entry))
    }
}

/// What a leaf is about, read out of its bytes.
struct LeafLabels: Hashable {
    let act: String
    let kind: String
    let subject: String
    /// The edition's number for publications; 0 for everything else.
    let part: Int

    /// nil when the bytes are not what `LeafForm` writes.
    init?(of entry: [UInt8]) {
        // Quotation marks stand around names and values alone, unless one is escaped: then the bytes are read as JSON.
        guard !entry.contains(UInt8(ascii: "\\")) else {
            self.init(decoding: entry)
            return
        }
        guard entry.starts(with: Self.start) else { return nil }
        let text = EntryText(bytes: entry)
        guard let act = text.value(from: Self.start.count),
            let kindStart = text.end(of: Self.kindMark, from: Self.start.count),
            let kind = text.value(from: kindStart),
            let subjectStart = text.end(of: Self.subjectMark, from: kindStart),
            let subject = text.value(from: subjectStart)
        else { return nil }
        let numberStart = text.end(of: Self.numberMark, from: Self.start.count)
        let number = numberStart.flatMap { $0 < kindStart ? text.value(from: $0) : nil }
        self.init(act: act, kind: kind, subject: subject, number: number)
    }

    private init?(decoding entry: [UInt8]) {
        do {
            let said = try JSONDecoder().decode(LeafEntry.self, from: Data(entry))
            self.init(act: said.act, kind: said.kind, subject: said.subject, number: said.change["n"])
        } catch {
            return nil
        }
    }

    private init(act: String, kind: String, subject: String, number: String?) {
        (self.act, self.kind, self.subject) = (act, kind, subject)
        part = kind == "publication" ? number.flatMap { Int($0) } ?? 0 : 0
    }

    private static let start = Array("{\"act\":\"".utf8)
    private static let kindMark = Array("},\"kind\":\"".utf8)
    private static let subjectMark = Array(",\"subject\":\"".utf8)
    private static let numberMark = Array("\"n\":\"".utf8)
}

/// The bytes of a leaf in which no quotation mark is escaped.
struct EntryText {
    let bytes: [UInt8]

    /// Up to the next quotation mark.
    func value(from start: Int) -> String? {
        guard let end = bytes[start...].firstIndex(of: UInt8(ascii: "\"")) else { return nil }
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }

    /// Where the first such text ends.
    func end(of mark: [UInt8], from start: Int) -> Int? {
        guard start + mark.count <= bytes.count else { return nil }
        return (start...(bytes.count - mark.count)).first { place in
            bytes[place] == mark[0] && bytes[place..<(place + mark.count)].elementsEqual(mark)
        }.map { $0 + mark.count }
    }
}

/// A leaf before it has its place.
package struct LeafDraft: Sendable {
    /// A name and value of `change`.
    package struct Member: Sendable, Hashable {
        package let name: String
        package let value: String
    }

    package let seq: Int
    package let at: String
    package let act: String
    package let subjectKind: String
    package let subject: String
    /// Ids, codes and days, only those that `LeafForm` lets out, in the order of their names.
    package let change: [Member]
    /// The salted hash of what was said, 64 lower-case hexadecimal digits; nil where the leaf says everything, and where the
    /// content is gone.
    package let commitment: String?
    /// What it was salted with.
    package let salt: [UInt8]?
}
