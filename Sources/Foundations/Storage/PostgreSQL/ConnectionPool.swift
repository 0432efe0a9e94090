import NIOPosix
import Storage
import Synchronization

/// As many threads as connections: a job that has a thread always finds a connection, or may open one.
final class ConnectionPool: Sendable {
    private struct State {
        var idle: [PostgreSQLConnection] = []
        var jobs = 0
        var isClosed = false
    }

    private let address: PostgreSQLAddress
    private let settings: PostgreSQLSettings
    private let threads: NIOThreadPool
    private let state = Mutex(State())

    init(_ address: PostgreSQLAddress, settings: PostgreSQLSettings) {
        self.address = address
        self.settings = settings
        threads = NIOThreadPool(numberOfThreads: settings.connectionsMax)
        threads.start()
    }

    /// Runs `job` on a thread of the pool with a connection of its own.
    ///
    /// - Throws: `StorageError.busy` when too many jobs wait already, `StorageError.connection`, or what
    ///   `job` throws. After a lost connection the idle ones are closed too: they most likely died with it.
    func run<Value: Sendable>(_ job: @escaping @Sendable (PostgreSQLConnection) throws -> Value) async throws
        -> Value
    {
        try enter()
        defer { state.withLock { $0.jobs -= 1 } }
        return try await threads.runIfActive {
            let connection = try self.lease()
            defer { self.giveBack(connection) }
            return try job(connection)
        }
    }

    func close() async throws {
        state.withLock { $0.isClosed = true }
        try await threads.shutdownGracefully()
        closeIdle()
    }

    private func enter() throws {
        try state.withLock { state in
            if state.isClosed { throw StorageError.connection("the database was closed") }
            if state.jobs >= settings.connectionsMax + settings.waitingMax {
                throw StorageError.busy("\(settings.waitingMax) transactions wait already")
            }
            state.jobs += 1
        }
    }

    private func lease() throws -> PostgreSQLConnection {
        if let idle = state.withLock({ $0.idle.popLast() }) { return idle }
        return try PostgreSQLConnection(address, settings: settings)
    }

    private func giveBack(_ connection: PostgreSQLConnection) {
        if connection.isIdle {
            state.withLock { $0.idle.append(connection) }
        } else {
            closeIdle()
        }
    }

    private func closeIdle() {
        state.withLock { $0.idle = [] }
    }
}
