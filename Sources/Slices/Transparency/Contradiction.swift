import Foundation
import MerkleLog

/// A witness's answer that it holds another head of this log, or a newer one than we have (见证方的相反答复).
///
/// It is the evidence that a whole data folder was put back to an earlier state, or that the log has two histories.
package struct Contradiction: Sendable, Codable, Hashable {
    package let origin: String
    /// The name of its key.
    package let witness: String
    package let url: String
    package let key: String
    /// 409 or 422, as C2SP tlog-witness says.
    package let status: Int
    /// The body of the answer: at 409 the size that the witness holds.
    package let answer: String
    /// The size from which our proof went.
    package let from: Int
    /// The signed note that was shown to the witness.
    package let head: String
    /// UTC.
    package let at: String
    /// UTC, when the same witness cosigned a head of ours again; empty while the contradiction stands.
    package var endedAt = ""

    package var stands: Bool { endedAt.isEmpty }

    var problem: LogProblem { .contradicted(witness: witness, status: status) }
}

extension LogFolder {
    private static let contradictionPrefix = "contradicted-"

    /// What witnesses said against the log of this name; a witness is there once, with what it said last.
    ///
    /// - Throws: `LogProblem.folderUnusable` when a file cannot be read.
    package func contradictions(of origin: String) throws -> [Contradiction] {
        try files(named: Self.contradictionPrefix).compactMap(contradiction).filter { $0.origin == origin }
    }

    /// Keeps the evidence. What the witness said first stays, as long as it stands.
    func keep(_ contradiction: Contradiction) throws {
        let file = file(of: contradiction.key)
        if let known = try self.contradiction(in: file), known.stands, known.origin == contradiction.origin {
            return
        }
        try write(contradiction, to: file)
    }

    /// The witness agrees with the log again; what it said stays in its file.
    func endContradiction(by key: NoteKey, at now: String) throws {
        let file = file(of: key.description)
        guard var known = try contradiction(in: file), known.stands else { return }
        known.endedAt = now
        try write(known, to: file)
    }

    private func contradiction(in file: DurableFile) throws -> Contradiction? {
        guard let bytes = try file.read() else { return nil }
        do {
            return try JSONDecoder().decode(Contradiction.self, from: Data(bytes))
        } catch {
            throw LogProblem.folderUnusable(file.path)
        }
    }

    private func write(_ contradiction: Contradiction, to file: DurableFile) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        try file.write(Array(encoder.encode(contradiction)))
    }

    private func file(of key: String) -> DurableFile {
        let name = NodeHash.leaf(Array(key.utf8)).description.prefix(16)
        return DurableFile(path: "\(path)/\(Self.contradictionPrefix)\(name).json")
    }
}
