import Foundation
import MerkleLog

/// A log that was ended, another having begun in a new epoch (已结束的日志).
///
/// It stands in the log's folder. Its leaves are not in the database any more: what is left is its last signed head, and why it
/// ended.
package struct EndedLog: Codable, Sendable, Hashable {
    package let origin: String
    package let epoch: String
    /// The head that was signed last, with its signatures; empty where none is known.
    package let note: String
    /// The keys that signed its heads, `name+number+base64`.
    let keys: [String]
    /// UTC.
    package let endedAt: String
    /// Why nothing was signed any more when it was ended; nil where heads were signed.
    package let refusal: SigningRefusal?
    /// What whoever ended it announces; empty where that is nothing.
    package let reason: String
    /// What the audit before its end found; nil where it was not audited: its keys were lost, or an earlier program ended it.
    package let audit: LastAudit?

    /// The audit of what the database held of it, just before it ended (结束前的核对).
    package struct LastAudit: Codable, Sendable, Hashable {
        /// nil: everything fitted.
        package let finding: LogAudit.Difference.Kind?
        /// The leaf that did not fit, where it is about one.
        package let leaf: Int?

        init(_ difference: LogAudit.Difference?) {
            finding = difference?.kind
            leaf = difference?.leaf
        }
    }

    /// Characters of the reason.
    package static let reasonMax = 200

    /// What the audit before its end found, as the first leaf of the log after it says.
    var auditCode: String {
        guard let audit else { return "none" }
        return audit.finding?.rawValue ?? "fits"
    }

    /// nil where no head is known.
    package var head: Checkpoint? {
        get throws { note.isEmpty ? nil : try Checkpoint(parsing: signedNote.text) }
    }

    private var signedNote: SignedNote {
        get throws { try SignedNote(parsing: Array(note.utf8)) }
    }

    /// What is wrong with a head of this log that somebody kept, in Chinese; nil when it fits.
    ///
    /// Whether this log had grown out of it cannot be told without its leaves.
    func flaw(of kept: SignedNote) throws -> (kind: LogAudit.Difference.Kind, detail: String)? {
        do {
            _ = try kept.check(keys: keys.map { try NoteKey(parsing: $0) })
        } catch {
            return (.signature, "另存的签名不是已结束的日志 \(origin) 的签名：\(error)")
        }
        let (seen, last) = (try Checkpoint(parsing: kept.text), try head)
        guard let last else { return nil }
        guard seen.size <= last.size else {
            return (.signedBeyond, "另存的签名到第 \(seen.size) 条，已结束的日志 \(origin) 最后只签名到第 \(last.size) 条。")
        }
        guard seen.size < last.size || seen.root == last.root else {
            return (.root, "另存的签名与已结束的日志 \(origin) 最后的签名大小相同，根哈希不同。")
        }
        return nil
    }
}

extension LogFolder {
    private static let endedPrefix = "ended-"

    /// Logs that have ended here, the last first.
    ///
    /// - Throws: `LogProblem.folderUnusable` when a file cannot be read.
    package func endedLogs() throws -> [EndedLog] {
        guard try keyring() != nil else { return [] }
        return try files(named: Self.endedPrefix).map { file in
            do {
                return try JSONDecoder().decode(EndedLog.self, from: Data(file.read() ?? []))
            } catch is DecodingError {
                throw LogProblem.folderUnusable(file.path)
            }
        }
        .sorted { $0.endedAt > $1.endedAt }
    }

    func keep(_ log: EndedLog) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        try DurableFile(path: "\(path)/\(Self.endedPrefix)\(log.epoch).json").write(
            Array(encoder.encode(log)))
    }
}
