import Law
import MerkleLog
import Obligations
import People
import Publishing
import Storage

/// Signs the head of the log whenever it has grown, and dates what the head covers.
///
/// Before it signs it looks at what was signed last, which stands outside the database. A database that holds less than
/// that, or something else, is never signed over.
package struct LogSigner: Sendable {
    private let database: any Database
    private let folder: LogFolder
    private let secret: UnlockSecret
    private let law: LawShelf
    private let seconds: @Sendable () -> Int
    private let occasion: @Sendable () -> Occasion

    /// - Parameters:
    ///   - seconds: since 1970 UTC, for the cosignature.
    ///   - occasion: the same instant as acts know it.
    package init(
        database: any Database, folder: LogFolder, secret: UnlockSecret, law: LawShelf,
        seconds: @escaping @Sendable () -> Int, occasion: @escaping @Sendable () -> Occasion
    ) {
        self.database = database
        self.folder = folder
        self.secret = secret
        self.law = law
        self.seconds = seconds
        self.occasion = occasion
    }

    /// Starts a log where none is: makes its keys and says so in the journal. Otherwise changes nothing.
    ///
    /// - Parameter name: the log's name; from the instance's id when nil.
    /// - Returns: the keys.
    @discardableResult
    package func start(name: String? = nil) async throws -> LogKeyring {
        try await folder.locked {
            if let known = try folder.keyring() {
                try await tellMissing(of: known)
                return known
            }
            let instance = try await database.read { try $0.instance() }
            let origin = name ?? "\(instance.id).sundial.invalid/log"
            return try await begin(origin: origin, epoch: instance.journalEpoch)
        }
    }

    /// Ends the log and begins another in a new journal epoch, after a database was put back to an earlier state.
    package func restart() async throws -> LogKeyring {
        try await folder.locked {
            guard let old = try folder.keyring() else { throw LogProblem.notStarted }
            let epoch = try await database.write { transaction in
                try transaction.startJournalEpoch()
                return try transaction.instance().journalEpoch
            }
            try folder.archive(old)
            let base = old.origin.split(separator: "~").first.map(String.init) ?? old.origin
            return try await begin(origin: "\(base)~\(epoch)", epoch: epoch)
        }
    }

    private func begin(origin: String, epoch: String) async throws -> LogKeyring {
        let keyring: LogKeyring
        do {
            keyring = try LogKeyring.make(origin: origin, epoch: epoch, secret: secret, at: occasion().now)
        } catch let flaw as LogFlaw where flaw.fault == .keyName {
            throw LogProblem.nameUnusable(origin)
        }
        try folder.write(keyring)
        try await tellMissing(of: keyring)
        return keyring
    }

    /// Says in the journal that the log began, and what became of its keys. The file of the keys is written first, so a crash
    /// may have kept some of it from being said.
    private func tellMissing(of keyring: LogKeyring) async throws {
        let missing = try await database.read { try entries(of: keyring, missingIn: $0) }
        if missing.isEmpty { return }
        try await database.write { transaction in
            // The keys may be of a database that is not this one: then nothing of them belongs here.
            guard try transaction.instance().journalEpoch == keyring.epoch else { return }
            try entries(of: keyring, missingIn: transaction).forEach(transaction.journal)
        }
    }

    private func entries(of keyring: LogKeyring, missingIn transaction: Transaction) throws -> [JournalEntry]
    {
        let occasion = occasion()
        let told = try transaction.log.told(of: keyring.origin)
        let keys = told.map { "\($0.act) \($0.change["key"] ?? "")" }
        var entries: [JournalEntry] = []
        if !told.contains(where: { $0.act == "log.started" }) {
            entries.append(occasion.entry("log.started", "log", keyring.origin, try beginning(of: keyring)))
        }
        for key in keyring.keys {
            let acts = key.retiredAt.isEmpty ? ["key.added"] : ["key.added", "key.retired"]
            for act in acts where !keys.contains("\(act) \(key.publicKey)") {
                entries.append(occasion.entry(act, "log", keyring.origin, key.change))
            }
        }
        return entries
    }

    /// The epoch, and the last head of the log that ended before, where one did.
    private func beginning(of keyring: LogKeyring) throws -> [String: String] {
        var change = ["epoch": keyring.epoch]
        if let last = try folder.signedHead().map({ try Checkpoint(parsing: $0.text) }),
            last.origin != keyring.origin
        {
            change["previous-origin"] = last.origin
            change["previous-size"] = String(last.size)
            change["previous-root"] = last.root.description
        }
        return change
    }

    /// Adds keys of both purposes beside those that sign now, or retires all but the newest.
    package func changeKeys(retireOld: Bool) async throws -> LogKeyring {
        try await folder.locked {
            guard var keyring = try folder.keyring() else { throw LogProblem.notStarted }
            let now = occasion().now
            for purpose in [LogKeyring.Purpose.head, .time] {
                // Whoever cannot open the keys may not change them either.
                _ = try keyring.signers(purpose, secret: secret)
                if retireOld {
                    _ = keyring.retireOld(purpose, at: now)
                } else {
                    try keyring.add(purpose, secret: secret, at: now)
                }
            }
            try folder.write(keyring)
            try await tellMissing(of: keyring)
            return keyring
        }
    }

    /// Signs the head when it has grown.
    ///
    /// - Returns: what was signed; nil when nothing was new.
    /// - Throws: `LogProblem.databaseOlder`, `.otherHistory`, `.otherEpoch` when signing would make two histories.
    package func sign() async throws -> SignedHead? {
        try await folder.locked {
            guard let keyring = try folder.keyring() else { throw LogProblem.notStarted }
            let signed = try folder.signedHead().map { try Checkpoint(parsing: $0.text) }
            guard let found = try await head(of: keyring, after: signed) else { return nil }
            let note = try note(for: found, keyring)
            try folder.write(note.note)
            try await record(note.head)
            return note.head
        }
    }

    /// The head to be signed; nil when the last one still stands.
    private func head(of keyring: LogKeyring, after signed: Checkpoint?) async throws -> Checkpoint? {
        try await database.read { transaction in
            guard try transaction.instance().journalEpoch == keyring.epoch else {
                throw LogProblem.otherEpoch
            }
            let tree = try transaction.log.tree()
            if let signed, signed.origin == keyring.origin {
                guard tree.size >= signed.size else {
                    throw LogProblem.databaseOlder(signed: signed.size, found: tree.size)
                }
                guard try transaction.log.tree(at: signed.size).root == signed.root else {
                    throw LogProblem.otherHistory(size: signed.size)
                }
            }
            guard tree.size > 0, try transaction.log.lastCheckpoint()?.size != tree.size else { return nil }
            return try Checkpoint(origin: keyring.origin, size: tree.size, root: tree.root)
        }
    }

    private func note(
        for head: Checkpoint, _ keyring: LogKeyring
    ) throws -> (note: SignedNote, head: SignedHead) {
        let time = try SignedTime(secondsSince1970: seconds())
        let signatures =
            try keyring.signers(.head, secret: secret).map { try $0.sign(head.text) }
            + keyring.signers(.time, secret: secret).map { try $0.cosign(head, at: time) }
        let note = try SignedNote(text: head.text, signatures: signatures)
        return (
            note,
            SignedHead(
                size: head.size, origin: head.origin, note: String(decoding: note.bytes, as: UTF8.self),
                signedAt: occasion().now)
        )
    }

    /// Keeps the head, and dates by it what was published here and is covered now.
    private func record(_ head: SignedHead) async throws {
        let occasion = occasion()
        try await database.write { transaction in
            let start = try transaction.log.lastCheckpoint()?.size ?? 0
            try transaction.log.insert(head)
            let law = try law.book(in: transaction)
            try transaction.log.eachRelease(in: start..<head.size) { leaf in
                guard try transaction.publications.publication(leaf.subject)?.origin == .local else { return }
                try DateEdition(
                    publication: leaf.subject, edition: leaf.part, day: occasion.today, basis: .logged
                ).perform(in: transaction, law: law, occasion)
            }
        }
    }
}

extension LogKeyring.SealedKey {
    fileprivate var change: [String: String] { ["key": publicKey, "purpose": purpose.rawValue] }
}
