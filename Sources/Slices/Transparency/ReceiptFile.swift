import MerkleLog
import Publishing
import Storage

/// The file that is handed out as the receipt of a leaf (回执文件).
///
/// Of an edition whose content was erased it holds two proofs, one behind the other: that of the edition's own leaf and that of
/// the erasure. So nobody is given the first without the second.
///
/// - Law: 个人信息保护法 art. 47; 政府信息公开条例 art. 14, 15.
package struct ReceiptFile: Sendable {
    package let name: String
    package let bytes: [UInt8]

    /// - Throws: `LogProblem.notCovered` while no head covers the leaf, or that of its erasure.
    package init(
        of leaf: LogLeaf, by ground: LogReceipt.Ground = .witnessed, in transaction: Transaction
    ) throws {
        let receipt = try LogReceipt(of: leaf, by: ground, in: transaction)
        let erasure = try Self.erasure(of: leaf, in: transaction)
            .map { try LogReceipt(of: $0, by: ground, in: transaction) }
        name = receipt.fileName
        bytes = receipt.file.bytes + (erasure?.file.bytes ?? [])
    }

    /// The leaf by which the content of the leaf's edition was erased.
    private static func erasure(of leaf: LogLeaf, in transaction: Transaction) throws -> LogLeaf? {
        guard ["edition.released", "edition.withdrawn"].contains(leaf.act),
            try transaction.publications.edition(leaf.subject, number: leaf.part)?.erasure != nil
        else { return nil }
        guard let erasure = try transaction.log.erasure(of: leaf.subject, edition: leaf.part) else {
            throw LogProblem.notCovered(leaf.subject)
        }
        return erasure
    }
}
