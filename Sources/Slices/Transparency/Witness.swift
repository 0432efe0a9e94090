import MerkleLog

/// Cosigns the heads of other logs, each only when it grew out of the one that was cosigned before (见证方).
///
/// C2SP tlog-witness, add-checkpoint. What is cosigned is on the disk before the cosignature goes out, so that after a
/// crash no second history of a log can be cosigned.
package struct Witness: Sendable {
    private let folder: WitnessFolder
    private let logs: [ListedLog]
    private let signers: [NoteSigner]
    private let seconds: @Sendable () -> Int

    /// Opens a witness; its key is made at the first start.
    ///
    /// - Parameters:
    ///   - name: of its key; needed at the first start only.
    ///   - seconds: since 1970 UTC.
    ///   - now: the same instant as text.
    /// - Throws: `LogProblem.nameUnusable`, `.locked`, `.folderUnusable`.
    package static func open(
        _ folder: WitnessFolder, logs: [ListedLog], name: String?, secret: UnlockSecret,
        seconds: @escaping @Sendable () -> Int, now: String
    ) async throws -> (witness: Witness, keyring: LogKeyring) {
        let keyring = try await folder.log.locked {
            if let known = try folder.log.keyring() { return known }
            guard let name else { throw LogProblem.nameUnusable("") }
            let made: LogKeyring
            do {
                made = try LogKeyring.make(
                    origin: name, epoch: "", purposes: [.witness], secret: secret, at: now)
            } catch is LogFlaw {
                throw LogProblem.nameUnusable(name)
            }
            try folder.log.write(made)
            return made
        }
        let signers = try keyring.signers(.witness, secret: secret)
        return (Witness(folder: folder, logs: logs, signers: signers, seconds: seconds), keyring)
    }

    private init(
        folder: WitnessFolder, logs: [ListedLog], signers: [NoteSigner],
        seconds: @escaping @Sendable () -> Int
    ) {
        self.folder = folder
        self.logs = logs
        self.signers = signers
        self.seconds = seconds
    }

    /// Answers a request.
    ///
    /// - Throws: `LogProblem.folderUnusable` when the state cannot be kept; then nothing is cosigned.
    package func answer(to body: [UInt8]) async throws -> WitnessAnswer {
        let request: WitnessRequest
        let head: Checkpoint
        do {
            request = try WitnessRequest(parsing: body)
            head = try Checkpoint(parsing: request.checkpoint.text)
        } catch {
            return .badRequest
        }
        guard let log = logs.first(where: { $0.isNamed(head.origin) }) else { return .unknownLog }
        return try await folder.log.locked { try take(request, head, of: log) }
    }

    private func take(
        _ request: WitnessRequest, _ head: Checkpoint, of log: ListedLog
    ) throws -> WitnessAnswer {
        let last = try folder.lastNote(of: log.origin)
        let known = try last.map { try Checkpoint(parsing: $0.text) }
        var state = WitnessedLog(
            origin: log.origin, keys: log.keys, size: known?.size ?? 0, root: known?.root ?? .ofNothing)
        switch state.take(request) {
        case .refuse(let answer):
            // A refusal for want of a key comes before a conflict: this head is signed.
            if case .conflict = answer, let last, head.size == known?.size, head.root != known?.root {
                try folder.writeEvidence(last, request.checkpoint, head)
            }
            return answer
        case .cosign(let head):
            try folder.write(request.checkpoint, of: log.origin)
            let time = try SignedTime(secondsSince1970: seconds())
            return .cosigned(try signers.map { try $0.cosign(head, at: time) })
        }
    }
}

/// A log that a witness cosigns for (受见证的日志).
package struct ListedLog: Sendable, Hashable {
    package let origin: String
    /// Those that may sign for it.
    package let keys: [NoteKey]

    /// By bytes, as checkpoints are.
    func isNamed(_ name: String) -> Bool { Array(origin.utf8) == Array(name.utf8) }

    package static let linesMax = 10_000

    /// Reads a list: a line a key, `ORIGIN KEY`; empty lines and those that begin with `#` are passed over.
    ///
    /// - Throws: `ListProblem` with the line.
    package static func list(_ text: String) throws(ListProblem) -> [ListedLog] {
        var logs: [(origin: String, keys: [NoteKey])] = []
        for line in try ListLine.lines(text, max: linesMax) {
            if let place = logs.firstIndex(where: { Array($0.origin.utf8) == Array(line.first.utf8) }) {
                logs[place].keys.append(line.key)
            } else {
                logs.append((line.first, [line.key]))
            }
        }
        return logs.map { ListedLog(origin: $0.origin, keys: $0.keys) }
    }
}
