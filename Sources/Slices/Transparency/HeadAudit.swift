import CivilTime
import MerkleLog
import Storage

/// A signed head as the database has it, held against the tree, against the head before, and against what pages show beside it
/// (签名树头核对).
struct HeadAudit {
    enum Answer {
        /// Seconds since 1970 UTC, as our own cosignature has it; how many cosignatures were held against the key of their
        /// witness, and how many are by one whose key is not known.
        case holds(at: Int, cosigned: Int, unknown: Int)
        case differs(LogAudit.Difference.Kind, String)
    }

    let transaction: Transaction
    let keys: [NoteKey]
    let timeKeys: [NoteKey]
    /// Of the witnesses that are known.
    let witnessKeys: [NoteKey]
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
        return try answer(cosigned: note, head.size, at: time)
    }

    /// A clock that was set right may stand a little before the time that the head took over from the last.
    private func isShown(_ signedAt: String, of time: Int) -> Bool {
        guard let seconds = Instant(signedAt)?.seconds else { return false }
        return (time - LogSigner.clockStepMax...time + Self.signingSecondsMax).contains(seconds)
    }

    /// Each cosignature that pages show stands in the note, with its time, and each of the note is shown; by a witness whose key is
    /// known it is his own.
    private func answer(cosigned note: SignedNote, _ size: Int, at time: Int) throws -> Answer {
        var (cosigned, unknown) = (0, 0)
        let rows = try transaction.log.cosignatures(of: size)
        let told = Set(rows.map(\.witness)).union(timeKeys.map(\.name))
        let gone = note.signatures.first { $0.claimedTime != nil && !told.contains($0.name) }
        if let gone { return .differs(.signature, "，其外部见证 \(gone.name) 在签名文本里，表中不见了。") }
        for shown in rows {
            let lines = note.signatures.filter {
                $0.name == shown.witness && $0.claimedTime?.secondsSince1970 == shown.seconds
            }
            guard !lines.isEmpty else { return .differs(.signature, "，其外部见证的时间与签名文本里的不符。") }
            let known = witnessKeys.filter { key in lines.contains { $0.isBy(key) } }
            if known.isEmpty {
                unknown += 1
                continue
            }
            guard Self.holds(note, by: known) else {
                return .differs(.signature, "，其外部见证 \(shown.witness) 的签名用它的公钥核对不符。")
            }
            cosigned += 1
        }
        return .holds(at: time, cosigned: cosigned, unknown: unknown)
    }

    private static func holds(_ note: SignedNote, by keys: [NoteKey]) -> Bool {
        do {
            _ = try note.check(keys: keys)
            return true
        } catch {
            return false
        }
    }
}
