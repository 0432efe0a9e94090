import Foundation
import Storage
import StoragePostgreSQL
import StorageSQLite
import Synchronization
import Testing

/// An engine that tests run on.
package enum Backend: String, Sendable, CaseIterable, CustomTestStringConvertible {
    case sqlite, postgresql

    package var testDescription: String {
        switch self {
        case .sqlite: "SQLite"
        case .postgresql: "PostgreSQL"
        }
    }

    /// SQLite always; PostgreSQL when `SUNDIAL_TEST_POSTGRES` holds an address (`script/postgres-test run`).
    ///
    /// With `SUNDIAL_REQUIRE_POSTGRES` it is there without an address too, and every test on it fails.
    package static var available: [Backend] {
        let environment = ProcessInfo.processInfo.environment
        let hasServer = environment["SUNDIAL_TEST_POSTGRES"] != nil
        return hasServer || environment["SUNDIAL_REQUIRE_POSTGRES"] != nil
            ? [.sqlite, .postgresql] : [.sqlite]
    }
}

/// Runs `body` on an empty database that was brought up to date, and removes it afterwards.
///
/// - Parameters:
///   - migrations: the slices' own, in order. Storage's own come first by themselves.
///   - newID: give `sequentialIDs()` where a test compares identifiers.
@discardableResult
package func withDatabase<Value: Sendable>(
    _ backend: Backend, migrations: [Migration] = [],
    newID: @escaping @Sendable () -> String = Identifiers.fresh,
    _ body: (any Database) async throws -> Value
) async throws -> Value {
    let scratch = try await ScratchDatabase(backend, newID: newID)
    return try await scratch.use { database in
        try await Migrator.run(migrations, on: database)
        return try await body(database)
    }
}

/// Identifiers that count upwards: `00000000000000000001`, … Safe to share between tasks.
package func sequentialIDs() -> @Sendable () -> String {
    let last = Counter()
    return {
        let digits = String(last.next())
        return String(repeating: "0", count: 20 - digits.count) + digits
    }
}

private final class Counter: Sendable {
    private let last = Mutex(0)

    func next() -> Int {
        last.withLock { last in
            last += 1
            return last
        }
    }
}
