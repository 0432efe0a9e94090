import Foundation
import GRDB
import GRDBSQLite
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
            let (statement, text) = try prepare(sql)
            let columns = statements.columns(of: text) {
                Dictionary(
                    statement.columnNames.enumerated().map { ($1, $0) }, uniquingKeysWith: { _, last in last }
                )
            }
            let cursor = try GRDB.Row.fetchCursor(statement)
            var rows: [Storage.Row] = []
            while try cursor.next() != nil {
                // Read from the statement itself: a row of GRDB would convert every value twice.
                let values = (0..<Int32(statement.columnCount)).map {
                    Self.value(statement.sqliteStatement, $0)
                }
                rows.append(Storage.Row(columns: columns, values: values))
            }
            return rows
        }
    }

    func execute(_ sql: Storage.SQL) throws -> Int {
        try sqliteErrors {
            let (statement, _) = try prepare(sql)
            try statement.execute()
            return statement.isReadonly ? 0 : database.changesCount
        }
    }

    private func prepare(_ sql: Storage.SQL) throws -> (Statement, text: String) {
        var text = sql.fragments[0]
        for (index, fragment) in sql.fragments.dropFirst().enumerated() {
            text += "?"
            text += String(index + 1)
            text += fragment
        }
        if statements.isFull(adding: text, for: ObjectIdentifier(database)) { database.clearSchemaCache() }
        let statement = try database.cachedStatement(sql: text)
        statement.arguments = StatementArguments(sql.values.map(Self.argument))
        return (statement, text)
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

    private static func value(_ statement: OpaquePointer, _ column: Int32) -> SQLValue {
        switch sqlite3_column_type(statement, column) {
        case SQLITE_INTEGER: return .integer(sqlite3_column_int64(statement, column))
        case SQLITE_FLOAT: return .real(sqlite3_column_double(statement, column))
        case SQLITE_TEXT:
            guard let text = sqlite3_column_text(statement, column) else { return .text("") }
            let bytes = UnsafeBufferPointer(start: text, count: Int(sqlite3_column_bytes(statement, column)))
            return .text(String(decoding: bytes, as: UTF8.self))
        case SQLITE_BLOB:
            guard let blob = sqlite3_column_blob(statement, column) else { return .bytes([]) }
            return .bytes(
                [UInt8](
                    UnsafeRawBufferPointer(start: blob, count: Int(sqlite3_column_bytes(statement, column)))))
        default: return .null
        }
    }
}

/// GRDB keeps every prepared statement for ever. This counts the texts a connection has seen since its cache
/// was last emptied, and says when it is time.
final class StatementBound: Sendable {
    private let limit: Int
    /// Column places by statement text, the same on every connection.
    private let columns = Mutex<[String: [String: Int]]>([:])
    private let seen = Mutex<[ObjectIdentifier: Set<String>]>([:])

    init(limit: Int) {
        self.limit = limit
    }

    func columns(of text: String, _ read: () -> [String: Int]) -> [String: Int] {
        if let known = columns.withLock({ $0[text] }) { return known }
        let found = read()
        columns.withLock { columns in
            if columns.count >= limit { columns.removeAll() }
            columns[text] = found
        }
        return found
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
