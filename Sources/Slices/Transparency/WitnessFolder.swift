import Foundation
import MerkleLog

/// What a witness keeps: its key, and the head that it cosigned last for each log (见证文件夹).
package struct WitnessFolder: Sendable {
    /// The key, sealed, and the lock, as a log has them.
    package let log: LogFolder

    /// Further contradictions of the same log are answered, and not written down.
    private static let evidenceMax = 1000

    package init(path: String) {
        log = LogFolder(path: path)
    }

    /// nil before the first.
    func lastNote(of origin: String) throws -> SignedNote? {
        try DurableFile(path: place(of: origin)).read().map { try SignedNote(parsing: $0) }
    }

    /// On the disk before it returns.
    func write(_ note: SignedNote, of origin: String) throws {
        try DurableFile(path: place(of: origin)).write(note.bytes)
    }

    /// Keeps two heads of one size and two roots, once.
    func writeEvidence(_ last: SignedNote, _ shown: SignedNote, _ head: Checkpoint) throws {
        let name = "fork-\(PublicName.of(head.origin))-\(head.size)-\(head.root.description.prefix(16)).txt"
        let file = DurableFile(path: log.path + "/" + name)
        guard try file.read() == nil else { return }
        let kept = try FileManager.default.contentsOfDirectory(atPath: log.path)
        guard kept.count(where: { $0.hasPrefix("fork-") }) < WitnessFolder.evidenceMax else { return }
        let words = "Two signed heads of one log, of the same size and with two roots. 日志分叉的证据。"
        try file.write(
            Array("\(words)\n\n==== 1 ====\n".utf8) + last.bytes + Array("==== 2 ====\n".utf8) + shown.bytes)
    }

    private func place(of origin: String) -> String { "\(log.path)/heads/\(PublicName.of(origin))" }
}

/// A name of a file for any text.
private enum PublicName {
    static func of(_ text: String) -> String {
        String(NodeHash.leaf(Array(text.utf8)).description.prefix(32))
    }
}
