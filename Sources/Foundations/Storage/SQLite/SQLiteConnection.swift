import Foundation
import GRDB
import GRDBSQLite
import Storage
import Synchronization

/// One transaction's view of a SQLite connection.
///
/// GRDB opens the connection, keeps the statements and knows the transactions; values go to and from SQLite directly,
/// since converting each of them on the way costs more than most statements do.
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
            let text = sql.text
            let (statement, columns) = try prepare(text)
            var rows: [Storage.Row] = []
            try run(statement, text, binding: sql.values) { handle in
                rows.append(Storage.Row(columns: columns, values: Self.values(handle, columns.names.count)))
            }
            return rows
        }
    }

    func execute(_ sql: Storage.SQL) throws -> Int {
        try sqliteErrors {
            let text = sql.text
            let (statement, _) = try prepare(text)
            try run(statement, text, binding: sql.values) { _ in }
            return statement.isReadonly ? 0 : database.changesCount
        }
    }

    private func prepare(_ text: String) throws -> (Statement, columns: Storage.Row.Columns) {
        if statements.isFull(for: ObjectIdentifier(database)) { database.clearSchemaCache() }
        let statement = try database.cachedStatement(sql: text)
        return (statement, statements.columns(of: text) { Storage.Row.Columns(statement.columnNames) })
    }

    /// Runs a statement to its end. It is free for the next use afterwards, whatever happens.
    private func run(
        _ statement: Statement, _ text: String, binding values: [SQLValue],
        row: (OpaquePointer) throws -> Void
    ) throws {
        let handle = statement.sqliteStatement
        defer {
            sqlite3_reset(handle)
            sqlite3_clear_bindings(handle)
        }
        for (index, value) in values.enumerated() {
            try check(Self.bind(value, at: Int32(index + 1), of: handle), SQLITE_OK, text)
        }
        while true {
            let code = sqlite3_step(handle)
            if code == SQLITE_ROW {
                try row(handle)
            } else {
                return try check(code, SQLITE_DONE, text)
            }
        }
    }

    private func check(_ code: Int32, _ good: Int32, _ text: String) throws {
        guard code != good else { return }
        let connection = database.sqliteConnection
        throw DatabaseError(
            resultCode: ResultCode(rawValue: sqlite3_extended_errcode(connection)),
            message: sqlite3_errmsg(connection).map { String(cString: $0) }, sql: text)
    }

    /// SQLite copies what it is given.
    private static func bind(_ value: SQLValue, at index: Int32, of handle: OpaquePointer) -> Int32 {
        switch value {
        case .null: return sqlite3_bind_null(handle, index)
        case .integer(let integer): return sqlite3_bind_int64(handle, index, integer)
        case .real(let real): return sqlite3_bind_double(handle, index, real)
        case .text(var text):
            return text.withUTF8 { bytes in
                // An empty text has no address, and none means null.
                guard let start = bytes.baseAddress else {
                    return sqlite3_bind_text(handle, index, "", 0, copied)
                }
                return sqlite3_bind_text(
                    handle, index, UnsafeRawPointer(start).assumingMemoryBound(to: CChar.self),
                    Int32(bytes.count), copied)
            }
        case .bytes(let bytes):
            return bytes.withUnsafeBytes { bytes in
                guard let start = bytes.baseAddress else { return sqlite3_bind_zeroblob(handle, index, 0) }
                return sqlite3_bind_blob(handle, index, start, Int32(bytes.count), copied)
            }
        }
    }

    /// `SQLITE_TRANSIENT`, a macro that Swift does not see.
    private static var copied: sqlite3_destructor_type {
        unsafeBitCast(OpaquePointer(bitPattern: -1), to: sqlite3_destructor_type.self)
    }

    private static func values(_ handle: OpaquePointer, _ count: Int) -> [SQLValue] {
        (0..<Int32(count)).map { value(handle, $0) }
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

/// GRDB keeps every prepared statement for ever. This counts the texts that all connections have seen together, and
/// says to each when it is time to empty its cache.
final class StatementBound: Sendable {
    private let limit: Int
    private let state = Mutex(State())

    private struct State {
        /// Column places by statement text, the same on every connection.
        var columns: [String: Storage.Row.Columns] = [:]
        /// How often the texts were forgotten.
        var turn = 0
        /// The turn that each connection has followed.
        var followed: [ObjectIdentifier: Int] = [:]
    }

    init(limit: Int) {
        self.limit = limit
    }

    func columns(of text: String, _ read: () -> Storage.Row.Columns) -> Storage.Row.Columns {
        if let known = state.withLock({ $0.columns[text] }) { return known }
        let found = read()
        state.withLock { state in
            if state.columns.count >= limit {
                state.columns.removeAll()
                state.turn += 1
            }
            state.columns[text] = found
        }
        return found
    }

    /// Whether a connection's cache has to be emptied now. It is said once a turn.
    func isFull(for connection: ObjectIdentifier) -> Bool {
        state.withLock { state in
            guard state.followed[connection, default: 0] != state.turn else { return false }
            state.followed[connection] = state.turn
            return true
        }
    }
}
