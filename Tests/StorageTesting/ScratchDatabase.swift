import Foundation
import Storage
import StoragePostgreSQL
import StorageSQLite

/// An empty database that several pools may open at once, as several processes would.
package struct ScratchDatabase: Sendable {
    package let backend: Backend
    private let place: String
    private let newID: @Sendable () -> String

    package init(_ backend: Backend, newID: @escaping @Sendable () -> String = Identifiers.random) async throws {
        self.backend = backend
        self.newID = newID
        switch backend {
        case .sqlite:
            let folder = FileManager.default.temporaryDirectory
                .appendingPathComponent("sundial-" + Identifiers.random(), isDirectory: true)
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            place = folder.path
        case .postgresql:
            fatalError("PostgreSQL comes next")
        }
    }

    /// The file of a SQLite database.
    package var path: String { place + "/sundial.sqlite" }

    /// One more pool on the same database. The caller closes it.
    package func open() throws -> any Database {
        switch backend {
        case .sqlite: try SQLiteDatabase(path: path, newID: newID)
        case .postgresql: fatalError("PostgreSQL comes next")
        }
    }

    /// Opens a pool for `body`; afterwards closes it and removes the database.
    @discardableResult
    package func use<Value: Sendable>(_ body: (any Database) async throws -> Value) async throws -> Value {
        do {
            let database = try open()
            do {
                let value = try await body(database)
                try await database.close()
                try await remove()
                return value
            } catch {
                try await database.close()
                throw error
            }
        } catch {
            try await remove()
            throw error
        }
    }

    package func remove() async throws {
        switch backend {
        case .sqlite: try FileManager.default.removeItem(atPath: place)
        case .postgresql: fatalError("PostgreSQL comes next")
        }
    }
}
