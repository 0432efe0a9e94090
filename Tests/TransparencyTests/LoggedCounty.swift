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

    func audit() async throws -> LogAudit.Report {
        guard let keyring = try folder.keyring() else { throw LogProblem.notStarted }
        let signed = try folder.signedHead()
        return try await county.read { transaction in
            var audit = try LogAudit(transaction, keyring: keyring)
            return try audit.run(signed: signed)
        }
    }

    func key(_ purpose: LogKeyring.Purpose) throws -> NoteKey {
        let keys = try folder.keyring()?.publicKeys.filter { $0.purpose == purpose } ?? []
        return try NoteKey(parsing: keys.first?.publicKey ?? "")
    }

    /// Changes the database behind every act.
    func tamper(_ sql: SQL) async throws {
        _ = try await county.database.write { try $0.execute(sql) }
    }
}

final class StandingClock: Sendable {
    private let day: Mutex<Day>

    init(_ day: Day) {
        self.day = Mutex(day)
    }

    func move(to next: Day) { day.withLock { $0 = next } }

    /// Two o'clock UTC, ten in the morning in Shanghai.
    var seconds: Int { day.withLock { $0.ordinal * 86400 + 7200 } }

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
        try await body(logged)
    }
}

private func remove(_ path: String) {
    do { try FileManager.default.removeItem(atPath: path) } catch { Issue.record(error) }
}
