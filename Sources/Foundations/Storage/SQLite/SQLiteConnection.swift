import Foundation
import GRDB
import GRDBSQLite
import Storage
import Synchronization

/// One transaction's view of a SQLite connection.
///
/// GRDB opens the connection, keeps the statements and knows the transactions; values go to and from SQLite directly,
/// since converting each of them on the way costs more than most statements do.
final class SQLiteConnection: SQLConnection {
    private let database: GRDB.Database
    private let statements: StatementBound
    /// What this transaction has prepared: an act runs the same few statements again and again.
    private var prepared: [StatementText: Prepared] = [:]
    /// The insertions among them by their target, whose text need not be built again.
    private var insertions: [StatementText: Prepared] = [:]
    private var skippingInsertions: [StatementText: Prepared] = [:]
    private static let preparedMax = 256
    private let bound = BoundBytes()

    private struct Prepared {
        let statement: Statement
        let isReadonly: Bool
        let columns: Storage.Row.Columns
    }

    var engine: Engine { .sqlite }

    init(_ database: GRDB.Database, _ statements: StatementBound) {
        self.database = database
        self.statements = statements
    }

    func rows(_ sql: Storage.SQL) throws -> [Storage.Row] {
        try sqliteErrors {
            let known = try prepare(sql.text)
            let (columns, count) = (known.columns, known.columns.names.count)
            var rows: [Storage.Row] = []
            try run(known, sql.text, binding: sql.values) { handle in
                rows.append(Storage.Row(columns: columns, values: Self.values(handle, count)))
            }
            return rows
        }
    }

    func execute(_ sql: Storage.SQL) throws -> Int {
        try sqliteErrors {
            let known = try prepare(sql.text)
            try run(known, sql.text, binding: sql.values) { _ in }
            return known.isReadonly ? 0 : Int(sqlite3_changes(database.sqliteConnection))
        }
    }

    /// Row by row: what inserts one row cannot fail half-way, so that SQLite keeps no copies of the pages before it.
    func insert(into target: Storage.SQL, _ rows: [[SQLValue]], skippingKnown: Bool) throws {
        guard let first = rows.first else { return }
        try sqliteErrors {
            let known = try prepareInsertion(into: target.text, columns: first.count, skippingKnown)
            for row in rows {
                precondition(row.count == first.count, "rows of one table have the same columns")
                try run(known, target.text, binding: row) { _ in }
            }
        }
    }

    private func prepareInsertion(
        into target: String, columns: Int, _ skippingKnown: Bool
    ) throws -> Prepared {
        let key = StatementText(target)
        if let known = skippingKnown ? skippingInsertions[key] : insertions[key] { return known }
        let places = Array(repeating: "?", count: columns).joined(separator: ", ")
        let new = try prepare(
            "INSERT INTO \(target) VALUES (\(places))" + (skippingKnown ? " ON CONFLICT DO NOTHING" : ""))
        if skippingKnown { skippingInsertions[key] = new } else { insertions[key] = new }
        return new
    }

    private func prepare(_ text: String) throws -> Prepared {
        let key = StatementText(text)
        if let known = prepared[key] { return known }
        if statements.isFull(for: ObjectIdentifier(database)) {
            prepared.removeAll()
            database.clearSchemaCache()
        }
        let statement = try database.cachedStatement(sql: text)
        let new = Prepared(
            statement: statement, isReadonly: statement.isReadonly,
            columns: statements.columns(of: text) { Storage.Row.Columns(statement.columnNames) })
        if prepared.count >= Self.preparedMax { prepared.removeAll() }
        prepared[key] = new
        return new
    }

    /// Runs a statement to its end. It is free for the next use afterwards, whatever happens.
    private func run(
        _ known: Prepared, _ text: String, binding values: [SQLValue], row: (OpaquePointer) throws -> Void
    ) throws {
        let handle = known.statement.sqliteStatement
        defer {
            sqlite3_reset(handle)
            sqlite3_clear_bindings(handle)
        }
        try check(bound.bind(values, to: handle), SQLITE_OK, text)
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

/// A statement's text as a key. Texts are our own and hundreds of bytes long: a few operations for each eight of them
/// tell them apart well enough, where the general hash, made for what strangers choose, costs as much as the statement.
private struct StatementText: Hashable {
    private let text: String
    private let digest: UInt64

    init(_ text: String) {
        self.text = text
        var native = text
        digest = native.withUTF8 { Self.digest(UnsafeRawBufferPointer($0)) }
    }

    func hash(into hasher: inout Hasher) { hasher.combine(digest) }

    private static func digest(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        var digest = UInt64(bytes.count)
        var at = 0
        while at + 8 <= bytes.count {
            let word = bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self)
            digest = (digest ^ word) &* 0x9E37_79B9_7F4A_7C15
            digest ^= digest >> 29
            at += 8
        }
        for byte in bytes[at...] { digest = (digest ^ UInt64(byte)) &* 0x9E37_79B9_7F4A_7C15 }
        return digest
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
