import Storage

/// The limits of one process's use of a server.
package struct PostgreSQLSettings: Sendable {
    /// Connections, and threads that block on them.
    package var connectionsMax = 8
    /// Transactions that may wait for a connection.
    package var waitingMax = 1_000
    /// Statements kept prepared on each connection.
    package var statementsMax = 256
    /// How long a statement waits for another transaction's lock.
    package var lockWaitSeconds = 15
    /// Runs of one write before it gives up against other writers.
    package var attemptsMax = 40
    /// Tries to reach a server that does not answer.
    package var reconnectsMax = 6

    package init() {}
}

/// A database on a PostgreSQL server, for several Sundial processes at once.
package final class PostgreSQLDatabase: Database {
    package let journalSignal = JournalSignal()
    package let address: PostgreSQLAddress
    private let settings: PostgreSQLSettings
    private let pool: ConnectionPool
    private let newID: @Sendable () -> String

    package var engine: Engine { .postgresql }

    /// Nothing is connected yet: the first transaction does that.
    ///
    /// - Throws: `StorageError.connection` when the address cannot be read. Errors never show a password.
    package init(
        url: String, settings: PostgreSQLSettings = PostgreSQLSettings(),
        newID: @escaping @Sendable () -> String = Identifiers.fresh
    ) throws {
        address = try PostgreSQLAddress(url)
        self.settings = settings
        self.newID = newID
        pool = ConnectionPool(address, settings: settings)
    }

    package func read<Value: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value {
        try await repeated {
            try await self.pool.run { connection in
                try self.transaction(on: connection, .read, body).value
            }
        }
    }

    package func write<Value: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value {
        try await raising {
            try await self.pool.run { try self.write(on: $0, body) }
        }
    }

    package func migrate<Value: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value {
        try await raising {
            try await self.pool.run { connection in
                // Taken before BEGIN, whose snapshot then sees what the migrator before us has done. It waits
                // for as long as that takes, and ends with the connection at the latest.
                try connection.command("SET lock_timeout = 0")
                try connection.command("SELECT pg_advisory_lock(\(Self.migratorKey))")
                connection.spoil()
                return try self.write(on: connection, body)
            }
        }
    }

    /// A question to the server would cost as much as the reading that it might save.
    package func commitMark() -> Int? { nil }

    package func scrub() async throws -> Bool { true }

    package func close() async throws {
        try await pool.close()
    }

    private static let migratorKey = 0x4d_49_47_52_41_54_45

    private func raising<Value>(
        _ work: () async throws -> (value: Value, journalled: Bool)
    ) async throws -> Value {
        let (value, journalled) = try await repeated(work)
        if journalled { journalSignal.raise() }
        return value
    }

    private func write<Value>(
        on connection: PostgreSQLConnection, _ body: (Transaction) throws -> Value
    ) throws -> (value: Value, journalled: Bool) {
        try transaction(on: connection, .write, body)
    }

    /// One run of one transaction. What is thrown before the commit was sent has changed nothing.
    private func transaction<Value>(
        on connection: PostgreSQLConnection, _ mode: Mode, _ body: (Transaction) throws -> Value
    ) throws -> (value: Value, journalled: Bool) {
        try connection.command(mode.rawValue)
        let transaction = Transaction(connection: connection, newID: newID)
        let value: Value
        do {
            value = try body(transaction)
            if let failure = transaction.failure { throw failure }
            try transaction.flushJournal()
        } catch {
            // The closure may have dressed the failure in an error of its own; only the failure can be cured.
            let failure = Remedy(transaction.failure) == nil ? error : transaction.failure ?? error
            // A rollback that fails has lost its connection, which the pool sees and which rolls back.
            do { try connection.command("ROLLBACK") } catch { connection.spoil() }
            throw failure
        }
        do { try connection.commit() } catch StorageError.connection where mode == .write {
            throw StorageError.outcomeUnknown
        }
        return (value, !transaction.journalled.isEmpty)
    }

    /// Runs `work` again after a failure that another run may cure, with a growing, jittered pause between.
    private func repeated<Value>(_ work: () async throws -> Value) async throws -> Value {
        var failures: [Remedy: Int] = [:]
        while true {
            do { return try await work() } catch {
                guard let remedy = Remedy(error) else { throw error }
                let count = failures[remedy, default: 0] + 1
                failures[remedy] = count
                let limit = remedy == .runAgain ? settings.attemptsMax : settings.reconnectsMax
                if count >= limit { throw error }
                let longest = min(remedy == .runAgain ? 250 : 1_000, 2 << min(count, 10))
                try await Task.sleep(for: .milliseconds(Int.random(in: 1...longest)))
            }
        }
    }
}

private enum Mode: String {
    case read = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
    case write = "BEGIN ISOLATION LEVEL SERIALIZABLE"
}

/// What may cure a failed transaction.
private enum Remedy {
    case runAgain, reconnect

    init?(_ error: (any Error)?) {
        switch error as? StorageError {
        case .serialization: self = .runAgain
        case .connection: self = .reconnect
        default: return nil
        }
    }
}
