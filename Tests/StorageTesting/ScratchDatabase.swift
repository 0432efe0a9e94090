import Foundation
import Storage
import StoragePostgreSQL
import StorageSQLite

/// An empty database that several pools may open at once, as several processes would.
package struct ScratchDatabase: Sendable {
    package let backend: Backend
    private let place: String
    private let newID: @Sendable () -> String

    package init(_ backend: Backend, newID: @escaping @Sendable () -> String = Identifiers.fresh)
        async throws
    {
        self.backend = backend
        self.newID = newID
        switch backend {
        case .sqlite:
            let folder = FileManager.default.temporaryDirectory
                .appendingPathComponent("sundial-" + Identifiers.fresh(), isDirectory: true)
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            place = folder.path
        case .postgresql:
            // A schema of its own: made and dropped in milliseconds, where a database takes tens.
            place = "sundial_" + Identifiers.fresh()
            try await Self.administer("CREATE SCHEMA \(SQL(stringLiteral: place))")
        }
    }

    /// The file of a SQLite database.
    package var path: String { place + "/sundial.sqlite" }

    /// One more pool on the same database. The caller closes it.
    package func open(settings: PostgreSQLSettings = PostgreSQLSettings()) throws -> any Database {
        switch backend {
        case .sqlite: try SQLiteDatabase(path: path, newID: newID)
        case .postgresql:
            try PostgreSQLDatabase(url: url, settings: settings, newID: newID)
        }
    }

    /// The address of the server with this database's schema chosen.
    package var url: String {
        let server = Self.server
        return server + (server.contains("?") ? "&" : "?") + "options=-csearch_path%3D\(place)"
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
        case .postgresql: try await Self.administer("DROP SCHEMA \(SQL(stringLiteral: place)) CASCADE")
        }
    }

    private static var server: String {
        ProcessInfo.processInfo.environment["SUNDIAL_TEST_POSTGRES"] ?? ""
    }

    private static func administer(_ statement: SQL) async throws {
        let database = try PostgreSQLDatabase(url: server)
        do { try await database.write { _ = try $0.execute(statement) } } catch {
            try await database.close()
            throw error
        }
        try await database.close()
    }
}
