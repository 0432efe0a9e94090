import MerkleLog

/// Follows another log: takes over what is new, after every byte of it was held against the signed head (镜像).
///
/// From the head downwards, so that whatever does not fit can be named: the partial tiles at the right edge lead to the
/// root that was signed, each full tile has its hash in the one above it, and each entry has its hash in the lowest. What is
/// in the folder was checked; an interrupted run loses nothing.
package struct LogMirror: Sendable {
    package struct Report: Sendable, Codable, Hashable {
        package let origin: String
        package let size: Int
        /// Leaves that the copy did not have before.
        package let new: Int
        /// Files fetched.
        package internal(set) var fetched = 0
        /// Files of the source compared with the copy once more.
        package internal(set) var compared = 0
        /// Records of editions that were held against their leaves, and those that the site does not give: withdrawn, erased or
        /// not for everybody.
        package internal(set) var records = 0
        package internal(set) var recordsAway = 0
    }

    let source: LogSource
    let folder: MirrorFolder
    let keys: [NoteKey]
    /// For the names of evidence: `20260302T020000Z`.
    let stamp: @Sendable () -> String

    /// - Parameter keys: of the one log, all with its name; at least one.
    package init(
        source: LogSource, into folder: MirrorFolder, keys: [NoteKey], stamp: @escaping @Sendable () -> String
    ) {
        precondition(!keys.isEmpty, "a mirror knows whom it believes")
        self.source = source
        self.folder = folder
        self.keys = keys
        self.stamp = stamp
    }

    /// Brings the copy to the head that the log shows now.
    ///
    /// - Parameter recheck: derives the copy again from its entries, and compares all that the source serves with it.
    /// - Throws: `MirrorProblem`; `LogProblem.folderUnusable`, `.folderInUse`.
    package func follow(recheck: Bool = false) async throws -> Report {
        try await folder.locked {
            let known = try folder.checkpoint().map { try verified($0) }
            let shown = try await source.checkpoint()
            let head = try verified(shown)
            guard head.size <= source.limits.leavesMax else {
                throw MirrorProblem.tooManyLeaves(head.size, limit: source.limits.leavesMax)
            }
            try checkShorter(head, shown, than: known)
            var report = Report(
                origin: head.origin, size: head.size, new: head.size - (known?.size ?? 0))
            var run = MirrorRun(source: source, folder: folder, old: known?.size ?? 0, head: head)
            if report.new > 0 {
                try await run.takeHashes()
                try checkGrown(run, head, shown, outOf: known)
                try await run.takeEntries()
                try run.finish()
                report.fetched = run.fetched
            }
            try folder.write(shown)
            try run.removeNarrower()
            if recheck {
                let found = try await MirrorRecheck(source, folder, head: head).run()
                (report.compared, report.records) = (found.files, found.records)
                report.recordsAway = found.recordsAway
            }
            return report
        }
    }

    private func verified(_ note: SignedNote) throws -> Checkpoint {
        let head: Checkpoint
        do {
            _ = try note.check(keys: keys)
            head = try Checkpoint(parsing: note.text)
        } catch {
            throw MirrorProblem.checkpoint("\(error)")
        }
        do {
            try head.check(origin: keys[0].name)
        } catch {
            throw MirrorProblem.otherLog(found: head.origin, expected: keys[0].name)
        }
        return head
    }

    /// A head that is not larger must be one that the copy has been through.
    private func checkShorter(_ head: Checkpoint, _ note: SignedNote, than known: Checkpoint?) throws {
        guard let known, head.size <= known.size else { return }
        let then = try tree(of: known, at: head.size)
        guard then.root == head.root else { throw try forked(known, head, note) }
        guard head.size == known.size else { throw try shrunken(known, head, note) }
    }

    private func checkGrown(
        _ run: MirrorRun, _ head: Checkpoint, _ note: SignedNote, outOf known: Checkpoint?
    ) throws {
        guard let known else { return }
        guard try run.tree(at: known.size).root == known.root else { throw try forked(known, head, note) }
    }

    private func tree(of known: Checkpoint, at size: Int) throws -> MerkleTree {
        let read: (TileAddress) throws -> Tile = { address in
            guard let bytes = try folder.bytes(address) else {
                throw MirrorProblem.copyDamaged(address.description)
            }
            return try Tile(bytes, width: address.width)
        }
        do {
            guard try MerkleTree(size: known.size, read: read).root == known.root else {
                throw MirrorProblem.copyDamaged("tile")
            }
            return try MerkleTree(size: size, of: known.size, read: read)
        } catch is LogFlaw {
            throw MirrorProblem.copyDamaged("tile")
        }
    }

    private func forked(_ known: Checkpoint, _ head: Checkpoint, _ note: SignedNote) throws -> MirrorProblem {
        .forked(
            first: known.size, second: head.size,
            evidence: try evidence(
                note, "Two signed heads of one log that cannot both be true: no history holds both. 日志分叉的证据。")
        )
    }

    private func shrunken(
        _ known: Checkpoint, _ head: Checkpoint, _ note: SignedNote
    ) throws -> MirrorProblem {
        .shrunken(
            first: known.size, second: head.size,
            evidence: try evidence(
                note,
                "The first head was shown before the second, which has fewer leaves. Both are of one history. 日志变短的证据。"
            ))
    }

    private func evidence(_ note: SignedNote, _ words: String) throws -> String {
        guard let known = try folder.checkpoint() else { throw MirrorProblem.copyDamaged("checkpoint") }
        return try folder.writeEvidence(known, note, words: words, stamp: stamp())
    }
}
