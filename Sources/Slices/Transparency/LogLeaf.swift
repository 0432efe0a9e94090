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

/// A leaf before it has its place.
package struct LeafDraft: Sendable {
    package let seq: Int
    package let at: String
    package let act: String
    package let subjectKind: String
    package let subject: String
    package let part: Int
    /// Ids, codes and days by name, only those that `LeafForm` lets out.
    package let change: [String: String]
    /// What was said, in canonical bytes; nil where the leaf says everything, and where the content is gone.
    package let record: [UInt8]?
}
