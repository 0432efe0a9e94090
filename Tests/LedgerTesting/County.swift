import Catalogue
import CivilTime
import Law
import Obligations
import People
import Projects
import Publishing
import Storage
import StorageTesting

/// The small named county of the tests: 示例县 (SX) keeps 凤冈县's list and publishes here; 凤冈县 (FG) itself does not.
///
/// Everybody in it acts on a day that the test names; nobody looks at a clock.
package struct County: Sendable {
    package let backend: Backend
    package let scratch: ScratchDatabase
    package let database: any Database
    package let shelf: LawShelf

    /// Runs one act on a day, with the law that its transaction sees.
    @discardableResult
    package func act<Value: Sendable>(
        on day: Day, as actor: String = "clerk", through pool: (any Database)? = nil,
        _ body: @escaping @Sendable (Transaction, LawBook, Occasion) throws -> Value
    ) async throws -> Value {
        let occasion = Occasion(actor: actor, now: "\(day)T02:00:00Z", today: day)
        return try await (pool ?? database).write { transaction in
            try body(transaction, shelf.book(in: transaction), occasion)
        }
    }

    package func read<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws
        -> Value
    {
        try await database.read(body)
    }
}

/// Runs `body` on a county of its own, whose journal is still empty.
///
/// - Parameter more: the tables of a follower beside those of the ledger.
package func withCounty(
    _ backend: Backend, tables more: [Migration] = [], _ body: (County) async throws -> Void
) async throws {
    let loaded = try await LoadedTables.shared.tables()
    let scratch = try await ScratchDatabase(backend, newID: sequentialIDs())
    try await scratch.use { database in
        try await Migrator.run(LoadedTables.migrations + more, on: database)
        try await database.write { try loaded.restore(in: $0) }
        try await body(County(backend: backend, scratch: scratch, database: database, shelf: loaded.shelf))
    }
}

extension Day: ExpressibleByStringLiteral {
    /// `"2026-03-02"`, in tests only.
    package init(stringLiteral value: String) {
        guard let day = Day(value) else { fatalError("not a day: \(value)") }
        self = day
    }
}
