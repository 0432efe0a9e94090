import CivilTime
import MerkleLog
import Storage

/// The proof that one public fact stands in the log, to be checked without us (日志回执).
///
/// C2SP tlog-proof; the extra data are the bytes of the leaf. A proof file is by one head, and two heads matter: the first that
/// covers the leaf proves our own earliest time; the first that a witness cosigned proves that somebody else saw it too.
package struct LogReceipt: Sendable {
    package enum Ground: String, Sendable, CaseIterable {
        /// By the first head that a witness cosigned; where none did, as `logged`.
        case witnessed
        /// By the first head that covers the leaf.
        case logged
    }

    package let leaf: LogLeaf
    /// The first head that covers the leaf: when the log dates it.
    package let first: SignedHead
    /// The first that a witness cosigned, and when; nil while none did.
    package let witnessed: (head: SignedHead, at: Instant)?
    /// The head that this file is by.
    package let head: SignedHead
    package let file: ProofFile

    /// - Throws: `LogProblem.notCovered` when no head covers it yet.
    package init(of leaf: LogLeaf, by ground: Ground = .witnessed, in transaction: Transaction) throws {
        guard let first = try transaction.log.firstCheckpoint(covering: leaf.index) else {
            throw LogProblem.notCovered(leaf.subject)
        }
        self.leaf = leaf
        self.first = first
        witnessed = try transaction.log.firstCosigned(covering: leaf.index).map { ($0.head, $0.witnessedAt) }
        head = ground == .logged ? first : witnessed?.head ?? first
        let tree = try transaction.log.tree(at: head.size)
        let proof = try tree.inclusionProof(of: leaf.index, read: transaction.log.tile)
        file = try ProofFile(
            proof: proof, checkpoint: SignedNote(parsing: Array(head.note.utf8)), extra: leaf.entry)
    }

    /// Whether the other ground has a file of its own.
    package var hasTwoHeads: Bool { witnessed.map { $0.head.size != first.size } ?? false }
}

extension LogReceipt {
    /// `publication-ID-LEAF.tlog-proof`: nothing that anybody typed. One that is by the first head only because of its earlier
    /// time says so: `publication-ID-LEAF.logged.tlog-proof`.
    package var fileName: String {
        leaf.fileName + (hasTwoHeads && head.size == first.size ? ".logged" : "") + ".tlog-proof"
    }
}

extension LogLeaf {
    /// Of its receipt and of its record, without what tells them apart: side by side they are checked together.
    package var fileName: String { "\(subjectKind)-\(subject)-\(index)" }
}
