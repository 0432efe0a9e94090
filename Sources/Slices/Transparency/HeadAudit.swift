import CivilTime
import MerkleLog
import Storage

/// A signed head as the database has it, held against the tree, against the head before, and against what pages show beside it
/// (签名树头核对).
struct HeadAudit {
    enum Answer {
        /// Seconds since 1970 UTC, as our own cosignature has it.
        case holds(at: Int)
        case differs(LogAudit.Difference.Kind, String)
    }

    let transaction: Transaction
    let keys: [NoteKey]
    let timeKeys: [NoteKey]
    let origin: String

    /// From the time that a head bears to when it stands in the database: opening the keys takes a part of a second.
    private static let signingSecondsMax = 300

    /// - Parameter last: the time of the head before.
    func answer(_ head: SignedHead, of tree: MerkleTree, notBefore last: Int) throws -> Answer {
        let (note, checkpoint, time): (SignedNote, Checkpoint, Int)
        do {
            note = try SignedNote(parsing: Array(head.note.utf8))
            _ = try note.check(keys: keys)
            checkpoint = try Checkpoint(parsing: note.text)
            try checkpoint.check(origin: origin)
            time = try note.check(keys: timeKeys).compactMap(\.time?.secondsSince1970).max() ?? 0
        } catch {
            return .differs(.signature, "无效：\(error)")
        }
        guard checkpoint.size == tree.size, checkpoint.root == tree.root else {
            return .differs(.root, "的根哈希与条目不符。")
        }
        guard time >= last else { return .differs(.signature, "时间早于前一次签名：时间倒退。") }
        guard head.origin == origin, isShown(head.signedAt, of: time) else {
            return .differs(.signature, "，其所列的名称或者时间（\(head.signedAt)）与签名文本里的不符。")
        }
        return try isCosigned(note, head.size)
            ? .holds(at: time) : .differs(.signature, "，其外部见证的时间与签名文本里的不符。")
    }

    /// A clock that was set right may stand a little before the time that the head took over from the last.
    private func isShown(_ signedAt: String, of time: Int) -> Bool {
        guard let seconds = Instant(signedAt)?.seconds else { return false }
        return (time - LogSigner.clockStepMax...time + Self.signingSecondsMax).contains(seconds)
    }

    /// Whether each cosignature that pages show stands in the note, with its time. Whether it is the witness's own is for those to
    /// say who know its key.
    private func isCosigned(_ note: SignedNote, _ size: Int) throws -> Bool {
        try transaction.log.cosignatures(of: size).allSatisfy { cosignature in
            note.signatures.contains {
                $0.name == cosignature.witness && $0.claimedTime?.secondsSince1970 == cosignature.seconds
            }
        }
    }
}
