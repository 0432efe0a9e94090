import Catalogue
import CivilTime
import Foundation
import LedgerTesting
import MerkleLog
import Obligations
import People
import Storage
import StorageTesting
import Synchronization
import Testing

@testable import Transparency

/// The county of the tests with a log: one folder, one signer, a clock that stands until it is moved.
struct LoggedCounty: Sendable {
    let county: County
    let folder: LogFolder
    let clock: StandingClock
    let signer: LogSigner
    private let runner: FollowerRunner

    fileprivate init(_ county: County, folder: LogFolder, day: Day) throws {
        self.county = county
        self.folder = folder
        let clock = StandingClock(day)
        self.clock = clock
        let signer = LogSigner(
            database: county.database, folder: folder,
            secret: try folder.secret(passphrase: nil, keyFile: nil),
            law: county.shelf, seconds: { clock.seconds }, occasion: { clock.occasion })
        self.signer = signer
        var pace = FollowerRunner.Pace()
        // Small steps, so that a story crosses them.
        pace.batchMax = 7
        runner = FollowerRunner(
            LogFollower(), source: county.database, target: county.database, pace: pace,
            now: { clock.seconds }, report: { _ in }, onCaughtUp: { try await signer.sign() != nil })
    }

    /// Writes and signs all there is.
    func keep() async throws {
        try await runner.catchUp()
        try await runner.release()
    }

    func leaves() async throws -> [LogLeaf] {
        try await county.read { try $0.log.leaves(from: 0, limit: 100_000) }
    }

    func head() async throws -> SignedHead? {
        try await county.read { try $0.log.lastCheckpoint() }
    }

    /// - Parameters:
    ///   - seen: heads that somebody kept.
    ///   - witnessKeys: those of the witnesses that are known.
    func audit(seen: [SignedNote] = [], witnessKeys: [NoteKey] = []) async throws -> LogAudit.Report {
        guard let keyring = try folder.keyring() else { throw LogProblem.notStarted }
        let (signed, ended) = (try folder.signedHead(), try folder.endedLogs())
        return try await county.read { transaction in
            var audit = try LogAudit(
                transaction, keyring: keyring, ended: ended, witnessKeys: witnessKeys)
            return try audit.run(signed: signed, seen: seen)
        }
    }

    func key(_ purpose: LogKeyring.Purpose) throws -> NoteKey {
        let keys = try folder.keyring()?.publicKeys.filter { $0.purpose == purpose } ?? []
        return try NoteKey(parsing: keys.first?.publicKey ?? "")
    }

    /// Changes the database behind every act.
    func tamper(_ sql: SQL) async throws {
        try await tamper { try $0.execute(sql) }
    }

    func tamper(_ change: @escaping @Sendable (Transaction) throws -> Void) async throws {
        try await county.database.write(change)
    }

    /// A tile as it is stored.
    func tile(level: Int, _ index: Int) async throws -> [UInt8] {
        try await county.read { transaction in
            try #require(
                try transaction.row("SELECT hashes FROM log_tile WHERE level = \(level) AND n = \(index)")
            ).bytes("hashes")
        }
    }

    func putTile(_ bytes: [UInt8], level: Int, _ index: Int) async throws {
        try await tamper("UPDATE log_tile SET hashes = \(bytes) WHERE level = \(level) AND n = \(index)")
    }
}

extension LogStore {
    /// Writes the first bundle again, with other leaves.
    func rewriteFirstBundle(_ change: (inout [LogLeaf]) -> Void) throws {
        var leaves = try #require(try bundle(0)).leaves()
        change(&leaves)
        var bundle = LogBundle(index: 0)
        for leaf in leaves { try bundle.append(entry: leaf.entry, seq: leaf.seq, salt: leaf.salt) }
        try put(bundle)
    }
}

extension LogLeaf {
    func saying(_ entry: [UInt8]) -> LogLeaf { LogLeaf(index: index, seq: seq, entry: entry, salt: salt) }

    func tellingOf(_ seq: Int) -> LogLeaf { LogLeaf(index: index, seq: seq, entry: entry, salt: salt) }
}

final class StandingClock: Sendable {
    private let day: Mutex<Day>
    private let correction = Mutex(0)

    init(_ day: Day) {
        self.day = Mutex(day)
    }

    func move(to next: Day) { day.withLock { $0 = next } }

    /// Corrects it by so many seconds, within the day.
    func step(by seconds: Int) { correction.withLock { $0 += seconds } }

    /// Two o'clock UTC, ten in the morning in Shanghai.
    var seconds: Int { day.withLock { $0.ordinal * 86400 + 7200 } + correction.withLock { $0 } }

    var occasion: Occasion {
        let today = day.withLock { $0 }
        return Occasion(actor: "system", now: "\(today)T02:00:00Z", today: today)
    }
}

/// Runs `body` on a county whose log has begun on a day.
func withLoggedCounty(
    _ backend: Backend, from day: Day = "2026-03-02", _ body: (LoggedCounty) async throws -> Void
) async throws {
    let path = FileManager.default.temporaryDirectory.path + "/sundial-log-" + Identifiers.fresh()
    defer {
        // The folder may not have been made.
        if FileManager.default.fileExists(atPath: path) { remove(path) }
    }
    try await withCounty(backend, tables: LogSchema.migrations) { county in
        let logged = try LoggedCounty(county, folder: LogFolder(path: path), day: day)
        try await logged.signer.start(name: "log.example/sx")
        try await county.act(on: "2018-07-24", as: "system") { try $0.tellCatalogues($2) }
        try await body(logged)
    }
}

private func remove(_ path: String) {
    do { try FileManager.default.removeItem(atPath: path) } catch { Issue.record(error) }
}
