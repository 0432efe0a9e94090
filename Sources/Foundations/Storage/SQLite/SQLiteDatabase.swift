import Foundation
import GRDB
import GRDBSQLite
import Storage
import Synchronization

/// A database in one file, for one host: one writer at a time, readers never wait.
package final class SQLiteDatabase: Storage.Database {
    package let journalSignal = JournalSignal()
    private let pool: DatabasePool
    private let statements = StatementBound(limit: 512)
    /// A connection that only looks whether others have committed.
    private let watch = Mutex<DatabaseQueue?>(nil)
    private let newID: @Sendable () -> String
    private let busySeconds: Int
    /// Removed when the database is closed.
    private let temporaryFolder: URL?

    package var engine: Engine { .sqlite }

    /// Opens the file, and creates it when it is missing.
    ///
    /// A second process may have the file open: a writer waits for it, up to `busySeconds`.
    ///
    /// - Throws: `StorageError.connection` when the file cannot be opened.
    package convenience init(
        path: String, busySeconds: Int = 15, newID: @escaping @Sendable () -> String = Identifiers.fresh
    ) throws {
        try self.init(path: path, busySeconds: busySeconds, newID: newID, temporaryFolder: nil)
    }

    /// Opens a file that is there to read it: every write is refused.
    ///
    /// - Parameter isFrozen: whether nobody changes it meanwhile; a folder in which nothing can be written is read only so.
    /// - Throws: `StorageError.connection` when the file cannot be opened.
    package convenience init(reading path: String, isFrozen: Bool = false) throws {
        try self.init(
            path: isFrozen ? Self.frozen(path) : path, isReadOnly: true, busySeconds: 15,
            newID: Identifiers.fresh, temporaryFolder: nil)
    }

    /// As SQLite is told that a file does not change: by an address.
    private static func frozen(_ path: String) -> String {
        URL(fileURLWithPath: path).absoluteString + "?immutable=1"
    }

    private init(
        path: String, isReadOnly: Bool = false, busySeconds: Int, newID: @escaping @Sendable () -> String,
        temporaryFolder: URL?
    ) throws {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(TimeInterval(busySeconds))
        configuration.maximumReaderCount = 8
        configuration.label = "sundial"
        configuration.readonly = isReadOnly
        configuration.prepareDatabase { connection in
            // Of a file that is made now; one that is there keeps its own. Most of what is written are texts of some ten
            // thousand bytes and leaves that follow each other.
            try connection.execute(sql: "PRAGMA page_size = 16384")
            // A page over a large ledger reads some hundred pages of the file: four times what SQLite would keep of them.
            try connection.execute(sql: "PRAGMA cache_size = -8192")
        }
        pool = try sqliteErrors {
            let pool = try Self.open(path, configuration, busySeconds: busySeconds)
            // GRDB chooses NORMAL, with which a power loss can lose a commit that was already made public.
            try pool.writeWithoutTransaction { connection in
                try connection.execute(sql: "PRAGMA synchronous = FULL")
                // What is deleted is overwritten, however the library was built: the law has words erased.
                try connection.execute(sql: "PRAGMA secure_delete = ON")
                // Long imports touch the same pages again and again: 64 MiB of them, and as much of log between
                // checkpoints.
                try connection.execute(sql: "PRAGMA cache_size = -65536")
                try connection.execute(sql: "PRAGMA wal_autocheckpoint = 4000")
                // What a refused statement would have to undo waits in memory instead of a file beside.
                try connection.execute(sql: "PRAGMA temp_store = MEMORY")
            }
            return pool
        }
        self.newID = newID
        self.busySeconds = busySeconds
        self.temporaryFolder = temporaryFolder
    }

    /// An empty database in a folder of its own, which `close` removes.
    package static func temporary(
        newID: @escaping @Sendable () -> String = Identifiers.fresh
    ) throws -> SQLiteDatabase {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("sundial-" + Identifiers.fresh(), isDirectory: true)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return try SQLiteDatabase(
            path: folder.appendingPathComponent("sundial.sqlite").path, busySeconds: 15, newID: newID,
            temporaryFolder: folder)
    }

    package func read<Value: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value {
        try await sqliteErrors {
            try await pool.read { [statements, newID] connection in
                let transaction = Transaction(
                    connection: SQLiteConnection(connection, statements), newID: newID)
                let value = try body(transaction)
                if let failure = transaction.failure { throw failure }
                return value
            }
        }
    }

    package func write<Value: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value {
        let (value, journalled) = try await sqliteErrors {
            try await pool.writeWithoutTransaction { [statements, newID] connection in
                var result: (Value, Bool)?
                // IMMEDIATE takes the write lock at once, so that what was read stays true.
                try connection.inTransaction(.immediate) {
                    let transaction = Transaction(
                        connection: SQLiteConnection(connection, statements), newID: newID)
                    let value = try body(transaction)
                    if let failure = transaction.failure { throw failure }
                    try transaction.flushJournal()
                    result = (value, !transaction.journalled.isEmpty)
                    return .commit
                }
                guard let result else { preconditionFailure("a committed transaction has its value") }
                return result
            }
        }
        if journalled { journalSignal.raise() }
        return value
    }

    /// The write lock already keeps other migrators out.
    package func migrate<Value: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value {
        try await write(body)
    }

    /// Copies one consistent state into a new file, while others read and write.
    ///
    /// - Throws: `StorageError.connection` when the file cannot be made. A file that is there is replaced.
    package func copy(to path: String) async throws {
        try await sqliteErrors {
            let destination = try DatabaseQueue(path: path)
            try await pool.read { source in
                try destination.writeWithoutTransaction { try source.backup(to: $0) }
            }
            try destination.close()
        }
    }

    /// Who reads for longer is left to the next try: writers wait meanwhile.
    private static let scrubWaitMilliseconds: Int32 = 250

    package func scrub() async throws -> Bool {
        try await sqliteErrors {
            try await pool.writeWithoutTransaction { [busySeconds] connection in
                sqlite3_busy_timeout(connection.sqliteConnection, Self.scrubWaitMilliseconds)
                defer { sqlite3_busy_timeout(connection.sqliteConnection, Int32(busySeconds * 1000)) }
                return try Int.fetchOne(connection, sql: "PRAGMA wal_checkpoint(TRUNCATE)") == 0
            }
        }
    }

    /// Asked for each page that is kept: the statement is run as it stands.
    package func commitMark() throws -> Int? {
        try sqliteErrors {
            try watcher().unsafeRead { connection in
                let statement = try connection.cachedStatement(sql: "PRAGMA data_version").sqliteStatement
                defer { sqlite3_reset(statement) }
                return sqlite3_step(statement) == SQLITE_ROW ? Int(sqlite3_column_int64(statement, 0)) : nil
            }
        }
    }

    private func watcher() throws -> DatabaseQueue {
        try watch.withLock { watch in
            if let watch { return watch }
            var configuration = Configuration()
            configuration.readonly = true
            let new = try DatabaseQueue(path: pool.path, configuration: configuration)
            watch = new
            return new
        }
    }

    package func close() async throws {
        try sqliteErrors {
            try watch.withLock { try $0?.close() }
            try pool.close()
        }
        if let temporaryFolder { try FileManager.default.removeItem(at: temporaryFolder) }
    }

    /// Switching a new file to WAL does not wait for a lock, whatever the busy timeout: so we wait here.
    private static func open(
        _ path: String, _ configuration: Configuration, busySeconds: Int
    ) throws -> DatabasePool {
        let deadline = ContinuousClock.now + .seconds(busySeconds)
        while true {
            do {
                return try DatabasePool(path: path, configuration: configuration)
            } catch let error as GRDB.DatabaseError
                where error.resultCode == .SQLITE_BUSY && ContinuousClock.now < deadline
            {
                Thread.sleep(forTimeInterval: 0.02)
            }
        }
    }
}
