import MerkleLog
import Storage

/// The proof that one public fact stands in the log, to be checked without us (日志回执).
///
/// C2SP tlog-proof; the extra data are the bytes of the leaf.
package struct LogReceipt: Sendable {
    package let leaf: LogLeaf
    package let head: SignedHead
    package let file: ProofFile

    /// By the first head that covers the leaf: the earliest time that can be proved.
    ///
    /// - Throws: `LogProblem.notCovered` when no head covers it yet.
    package init(of leaf: LogLeaf, in transaction: Transaction) throws {
        guard let head = try transaction.log.firstCheckpoint(covering: leaf.index) else {
            throw LogProblem.notCovered(leaf.subject)
        }
        let tree = try transaction.log.tree(at: head.size)
        let proof = try tree.inclusionProof(of: leaf.index, read: transaction.log.tile)
        self.leaf = leaf
        self.head = head
        file = try ProofFile(
            proof: proof, checkpoint: SignedNote(parsing: Array(head.note.utf8)), extra: leaf.entry)
    }
}

extension LogReceipt {
    /// `publication-ID-LEAF.tlog-proof`: nothing that anybody typed.
    package var fileName: String { leaf.fileName + ".tlog-proof" }
}

extension LogLeaf {
    /// Of its receipt and of its record, without what tells them apart: side by side they are checked together.
    package var fileName: String { "\(subjectKind)-\(subject)-\(index)" }
}
