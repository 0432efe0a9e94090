import CivilTime
import Law
import MerkleLog
import Obligations
import People
import Publishing
import Storage

/// Signs the head of the log whenever it has grown, and dates what the head covers.
///
/// Before it signs it looks at what was signed last, which stands outside the database. A database that holds less than
/// that, or something else, is never signed over; nor does it sign with keys that the journal does not name, without the
/// last head where there was one, or at a time before that head's.
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
    /// - Throws: `LogProblem.keysMissing`, `.keysOfAnother` where the database has a log that other keys sign.
    @discardableResult
    package func start(name: String? = nil) async throws -> LogKeyring {
        try await telling { try await begun(name: name) }
    }

    private func begun(name: String?) async throws -> LogKeyring {
        try await folder.locked {
            if let known = try folder.keyring() {
                // A wrong secret is told now, not when there is something to sign.
                _ = try known.signers(.head, secret: secret)
                try await tellMissing(of: known)
                return known
            }
            let instance = try await database.read { transaction in
                let instance = try transaction.instance()
                try refuseToReplace(transaction, instance.journalEpoch)
                return instance
            }
            let origin = name ?? "\(instance.id).sundial.invalid/log"
            return try await begin(origin: origin, epoch: instance.journalEpoch)
        }
    }

    /// Opens the keys and closes them again: whoever cannot is told so also where nothing is new.
    ///
    /// - Throws: `LogProblem.notStarted`, `.locked`.
    package func checkSecret() throws {
        guard let keyring = try folder.keyring() else { throw LogProblem.notStarted }
        _ = try keyring.signers(.head, secret: secret)
    }

    /// Ends the log and begins another in a new journal epoch, after a database was put back to an earlier state.
    ///
    /// What the database holds is audited first: a new log would sign it as it stands, and nobody could tell any more.
    ///
    /// - Parameters:
    ///   - reason: what is announced of it, one line; empty for nothing.
    ///   - despiteFindings: whether it begins also where the audit finds something. The reason must then be given; the kind
    ///     of the finding is announced with it.
    /// - Throws: `EnteredTextProblem` for a reason that is longer than `EndedLog.reasonMax` or no line;
    ///   `LogProblem.auditFound`, `.passphraseTooShort`.
    package func restart(reason: String = "", despiteFindings: Bool = false) async throws -> LogKeyring {
        try EnteredText(reason, as: "原因（--reason）").checkLine(max: EndedLog.reasonMax)
        // Before the old log ends.
        try secret.checkLength()
        return try await folder.locked {
            let old = try folder.keyring()
            let audit = try await lastAudit(of: old)
            if let difference = audit?.difference, !despiteFindings || reason.isEmpty {
                throw LogProblem.auditFound(difference.detail)
            }
            let (ended, epoch) = try await database.write { transaction in
                let ended = try ending(old, for: reason, audit, in: transaction)
                try transaction.startJournalEpoch()
                return (ended, try transaction.instance().journalEpoch)
            }
            try folder.keep(ended)
            if let old { try folder.archive(old) }
            let base = ended.origin.split(separator: "~").first.map(String.init) ?? ended.origin
            return try await begin(origin: "\(base)~\(epoch)", epoch: epoch)
        }
    }

    /// The database by itself: that it differs from the head in the folder is why a log is ended.
    ///
    /// - Parameter keyring: nil where its keys are lost.
    /// - Returns: nil where nothing can be audited: without its keys, and where an earlier try has begun the new epoch already.
    private func lastAudit(of keyring: LogKeyring?) async throws -> LogAudit.Report? {
        guard let keyring else { return nil }
        return try await database.read { transaction in
            guard try transaction.instance().journalEpoch == keyring.epoch else { return nil }
            var audit = try LogAudit(transaction, keyring: keyring, ended: folder.endedLogs())
            return try audit.run(signed: nil)
        }
    }

    /// The log that ends now.
    ///
    /// - Parameter keyring: nil where its keys are lost; then the journal names it.
    private func ending(
        _ keyring: LogKeyring?, for reason: String, _ audit: LogAudit.Report?, in transaction: Transaction
    ) throws -> EndedLog {
        // Of whatever epoch: an earlier try may have ended between the new epoch and its keys.
        let told = try transaction.log.beginning(in: keyring?.epoch)
        guard let origin = keyring?.origin ?? told?.subject,
            let epoch = keyring?.epoch ?? told?.change["epoch"]
        else { throw LogProblem.notStarted }
        let keys = try transaction.log.told(of: origin).filter { $0.change["purpose"] == "head" }
            .compactMap { $0.change["key"] }
        return EndedLog(
            origin: origin, epoch: epoch, note: try lastNote(of: origin, in: transaction),
            keys: Set(keys).sorted(), endedAt: occasion().now, refusal: try folder.signingRefusal(),
            reason: reason, audit: audit.map { EndedLog.LastAudit($0.difference) })
    }

    /// The greatest head of that log, from the folder or the database; empty where neither has one.
    private func lastNote(of origin: String, in transaction: Transaction) throws -> String {
        let notes = [
            try folder.signedHead(),
            try transaction.log.lastCheckpoint().map { try SignedNote(parsing: Array($0.note.utf8)) },
        ]
        let heads = try notes.compactMap { $0 }.map { ($0, try Checkpoint(parsing: $0.text)) }
            .filter { $0.1.origin == origin }
        return heads.max { $0.1.size < $1.1.size }.map { String(decoding: $0.0.bytes, as: UTF8.self) } ?? ""
    }

    private func begin(origin: String, epoch: String) async throws -> LogKeyring {
        let keyring: LogKeyring
        do {
            keyring = try LogKeyring.make(origin: origin, epoch: epoch, secret: secret, at: occasion().now)
        } catch let flaw as LogFlaw where flaw.fault == .keyName {
            throw LogProblem.nameUnusable(origin)
        }
        try folder.write(keyring)
        do {
            try await tellMissing(of: keyring)
        } catch let problem as LogProblem {
            // Another folder began the log meanwhile.
            try folder.discardKeyring()
            throw problem
        }
        return keyring
    }

    /// - Throws: `LogProblem.keysMissing` where a log began in this epoch: new keys would be a second history of it.
    private func refuseToReplace(_ transaction: Transaction, _ epoch: String) throws {
        if let origin = try transaction.log.origin(startedIn: epoch) { throw LogProblem.keysMissing(origin) }
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

    /// - Throws: `LogProblem.keysOfAnother` where the journal names a log or a key of this epoch that the keyring does not have.
    private func refuseOthers(of keyring: LogKeyring, _ told: [JournalRow], _ transaction: Transaction) throws
    {
        let own = Set(keyring.keys.map(\.publicKey))
        let isOurs = told.allSatisfy { $0.change["key"].map(own.contains) ?? true }
        let began = try transaction.log.origin(startedIn: keyring.epoch)
        guard isOurs, began == nil || began == keyring.origin else {
            throw LogProblem.keysOfAnother(began ?? keyring.origin)
        }
    }

    private func entries(of keyring: LogKeyring, missingIn transaction: Transaction) throws -> [JournalEntry]
    {
        let occasion = occasion()
        let told = try transaction.log.told(of: keyring.origin)
        try refuseOthers(of: keyring, told, transaction)
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

    /// The epoch, and of the log that ended before, where one did, its last head and what its last audit found.
    private func beginning(of keyring: LogKeyring) throws -> [String: String] {
        var change = ["epoch": keyring.epoch]
        change["previous-audit"] = try folder.endedLogs().first?.auditCode
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
    /// - Throws: `LogProblem.databaseOlder`, `.otherHistory`, `.otherEpoch`, `.keysMissing`, `.keysOfAnother`,
    ///   `.signedHeadMissing`, `.contradicted` when signing would make two histories, `.clockBehind` when it would turn
    ///   time back. Whatever it is, the folder tells it until signing goes on.
    package func sign() async throws -> SignedHead? {
        try await telling {
            let head = try await signUnlessRefused()
            try folder.endRefusal()
            return head
        }
    }

    /// Keeps in the folder why the log does not go on, for those who ask whether it does.
    package func tell(_ problem: LogProblem) throws {
        if problem == .notStarted || problem == .heldElsewhere { return }
        try folder.keep(problem, at: occasion().now)
    }

    private func telling<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let problem as LogProblem {
            // A folder that cannot be written is told by whoever reads it; the reason itself comes first.
            do { try tell(problem) } catch is LogProblem { throw problem }
            throw problem
        }
    }

    private func signUnlessRefused() async throws -> SignedHead? {
        try await folder.locked {
            guard let keyring = try folder.keyring() else {
                try await database.read { try refuseToReplace($0, $0.instance().journalEpoch) }
                throw LogProblem.notStarted
            }
            if let standing = try folder.contradictions(of: keyring.origin).first(where: \.stands) {
                throw standing.problem
            }
            let last = try folder.signedHead()
            let signed = try last.map { try Checkpoint(parsing: $0.text) }
            guard let found = try await head(of: keyring, after: signed) else { return nil }
            let isOurs = signed?.origin == keyring.origin
            let time = try time(after: isOurs ? last : nil, keyring)
            let note = try note(for: found, at: time, keyring)
            try folder.write(note.note)
            try await record(note.head, at: time)
            return note.head
        }
    }

    /// The head to be signed; nil when the last one still stands.
    private func head(of keyring: LogKeyring, after signed: Checkpoint?) async throws -> Checkpoint? {
        try await database.read { transaction in
            guard try transaction.instance().journalEpoch == keyring.epoch else {
                throw LogProblem.otherEpoch
            }
            try refuseOthers(of: keyring, transaction.log.told(of: keyring.origin), transaction)
            let tree = try transaction.log.tree()
            if signed?.origin != keyring.origin, let head = try transaction.log.lastCheckpoint(),
                head.origin == keyring.origin
            {
                throw LogProblem.signedHeadMissing(size: head.size)
            }
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

    /// A clock that is set right again may step back by so many seconds; the head then bears the time of the last.
    static let clockStepMax = 300

    /// The time that the next head bears: now, and never before the last head's.
    private func time(after last: SignedNote?, _ keyring: LogKeyring) throws -> SignedTime {
        let now = try SignedTime(secondsSince1970: seconds())
        let keys = try keyring.keys.filter { $0.purpose == .time }.map { try NoteKey(parsing: $0.publicKey) }
        guard
            let dated = try last?.check(keys: keys).compactMap(\.time).max(by: {
                $0.secondsSince1970 < $1.secondsSince1970
            }),
            dated.secondsSince1970 > now.secondsSince1970
        else { return now }
        guard dated.secondsSince1970 - now.secondsSince1970 <= Self.clockStepMax else {
            throw LogProblem.clockBehind(signed: dated.secondsSince1970, now: now.secondsSince1970)
        }
        return dated
    }

    private func note(
        for head: Checkpoint, at time: SignedTime, _ keyring: LogKeyring
    ) throws -> (note: SignedNote, head: SignedHead) {
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

    /// Keeps the head, and dates by its time what was published here and is covered now.
    private func record(_ head: SignedHead, at time: SignedTime) async throws {
        let occasion = occasion()
        let day = Instant(seconds: time.secondsSince1970).day
        try await database.write { transaction in
            let start = try transaction.log.lastCheckpoint()?.size ?? 0
            try transaction.log.insert(head)
            let law = try law.book(in: transaction)
            try transaction.log.eachRelease(in: start..<head.size) { leaf in
                guard try transaction.publications.publication(leaf.subject)?.origin == .local else { return }
                try DateEdition(
                    publication: leaf.subject, edition: leaf.part, day: day, basis: .logged
                ).perform(in: transaction, law: law, occasion)
            }
        }
    }
}

extension LogKeyring.SealedKey {
    fileprivate var change: [String: String] { ["key": publicKey, "purpose": purpose.rawValue] }
}
