import CivilTime
import Foundation
import MerkleLog
import Storage
import StoragePostgreSQL
import StorageSQLite
import Transparency

/// An audit of an instance (核对): it opens what is there to look at it, and changes nothing, not even an older schema.
package struct AuditRun: Sendable {
    private let database: any Database
    private let folder: LogFolder
    private let today: Day

    /// - Throws: `PlaceProblem` where nothing can be read there; `MigrationProblem.behind` where an earlier program wrote it.
    package static func open(_ place: Place, clock: WallClock = WallClock()) async throws -> AuditRun {
        let database = try place.databaseToRead()
        do {
            try await Migrator.check(House.migrations, on: database)
        } catch {
            try await database.close()
            throw error
        }
        return AuditRun(
            database: database, folder: LogFolder(path: place.folder + "/log"), today: clock.today)
    }

    /// The log against the database, and where it fits the totals that pages show.
    ///
    /// Cosignatures are checked with the keys of the witnesses in `SUNDIAL_LOG_WITNESSES`, or of the folder's file.
    ///
    /// - Parameter seen: heads that somebody kept.
    /// - Throws: `LogProblem.notStarted`, `.signedHeadMissing`, `.notFollowed`; `ListProblem`.
    package func report(seen: [SignedNote] = []) async throws -> LogAudit.Report {
        guard let keyring = try folder.keyring() else { throw LogProblem.notStarted }
        let (signed, ended) = (try folder.signedHead(), try folder.endedLogs())
        let listed = ProcessInfo.processInfo.environment["SUNDIAL_LOG_WITNESSES"]
        let witnessKeys = try folder.witnesses(given: listed).map(\.key)
        return try await database.read { [today] transaction in
            let last = try transaction.log.lastCheckpoint()
            if let last, signed == nil, last.origin == keyring.origin {
                throw LogProblem.signedHeadMissing(size: last.size)
            }
            var audit = try LogAudit(transaction, keyring: keyring, ended: ended, witnessKeys: witnessKeys)
            var report = try audit.run(signed: signed, seen: seen)
            if report.difference == nil {
                report.difference = try CountAudit(transaction, on: today).difference()
            }
            return report
        }
    }

    package func close() async throws { try await database.close() }
}

extension Place {
    fileprivate func databaseToRead() throws -> any Database {
        guard isThere else { throw PlaceProblem.nothingThere(folder) }
        if let databaseURL { return try PostgreSQLDatabase(url: databaseURL) }
        let files = FileManager.default
        let path = folder + "/sundial.sqlite"
        if files.isWritableFile(atPath: folder) { return try SQLiteDatabase(reading: path) }
        // What a server has written and not yet brought into the file is read with an index that has to be made.
        guard !files.fileExists(atPath: path + "-wal") else { throw PlaceProblem.notReadable(folder) }
        return try SQLiteDatabase(reading: path, isFrozen: true)
    }
}
