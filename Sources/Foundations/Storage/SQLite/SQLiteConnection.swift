import Foundation
import GRDB
import Storage
import Synchronization

/// One transaction's view of a SQLite connection.
struct SQLiteConnection: SQLConnection {
    private let database: GRDB.Database
    private let statements: StatementBound

    var engine: Engine { .sqlite }

    init(_ database: GRDB.Database, _ statements: StatementBound) {
        self.database = database
        self.statements = statements
    }

    func rows(_ sql: Storage.SQL) throws -> [Storage.Row] {
        try sqliteErrors {
            let statement = try prepare(sql)
            var columns: [String: Int] = [:]
            for (index, name) in statement.columnNames.enumerated() { columns[name] = index }
            let indexes = 0..<statement.columnCount
            let cursor = try GRDB.Row.fetchCursor(statement)
            var rows: [Storage.Row] = []
            while let row = try cursor.next() {
                rows.append(Storage.Row(columns: columns, values: indexes.map { Self.value(row[$0]) }))
            }
            return rows
        }
    }

    func execute(_ sql: Storage.SQL) throws -> Int {
        try sqliteErrors {
            let statement = try prepare(sql)
            try statement.execute()
            return statement.isReadonly ? 0 : database.changesCount
        }
    }

    private func prepare(_ sql: Storage.SQL) throws -> Statement {
        var text = sql.fragments[0]
        for (index, fragment) in sql.fragments.dropFirst().enumerated() { text += "?\(index + 1)\(fragment)" }
        if statements.isFull(adding: text, for: ObjectIdentifier(database)) { database.clearSchemaCache() }
        let statement = try database.cachedStatement(sql: text)
        statement.arguments = StatementArguments(sql.values.map(Self.argument))
        return statement
    }

    private static func argument(_ value: SQLValue) -> DatabaseValue {
        switch value {
        case .null: .null
        case .integer(let integer): integer.databaseValue
        case .real(let real): real.databaseValue
        case .text(let text): text.databaseValue
        case .bytes(let bytes): Data(bytes).databaseValue
        }
    }

    private static func value(_ value: DatabaseValue) -> SQLValue {
        switch value.storage {
        case .null: .null
        case .int64(let integer): .integer(integer)
        case .double(let real): .real(real)
        case .string(let text): .text(text)
        case .blob(let data): .bytes(Array(data))
        }
    }
}

/// GRDB keeps every prepared statement for ever. This counts the texts a connection has seen since its cache
/// was last emptied, and says when it is time.
final class StatementBound: Sendable {
    private let limit: Int
    private let seen = Mutex<[ObjectIdentifier: Set<String>]>([:])

    init(limit: Int) {
        self.limit = limit
    }

    func isFull(adding text: String, for connection: ObjectIdentifier) -> Bool {
        seen.withLock { seen in
            seen[connection, default: []].insert(text)
            guard seen[connection, default: []].count > limit else { return false }
            seen[connection] = [text]
            return true
        }
    }
}
