import CPostgreSQL
import Storage

/// One connection to the server, blocking.
///
/// `@unchecked Sendable`, the only one of the house, because a connection moves between the threads of the
/// pool. Proof that no two threads touch it: it is in exactly one place at a time, either in the pool's list
/// of idle connections, which is behind a mutex, or in the hands of the one job that took it from there
/// (`ConnectionPool.lease`) and that gives it back as its last step. A job is synchronous from its first line
/// to its last, and the `Transaction` through which its closure reaches the connection is not `Sendable`.
final class PostgreSQLConnection: SQLConnection, @unchecked Sendable {
    private let handle: OpaquePointer
    private var statements: StatementCache
    private var isSpoiled = false

    var engine: Engine { .postgresql }

    /// - Throws: `StorageError.connection`.
    init(_ address: PostgreSQLAddress, settings: PostgreSQLSettings) throws {
        // What the address says comes last and so wins.
        let options: KeyValuePairs = [
            "application_name": "sundial", "connect_timeout": "10", "tcp_user_timeout": "30000",
            "dbname": address.text, "client_encoding": "UTF8",
        ]
        let words = options.flatMap { [$0.key, $0.value] }
        handle = try withCStrings(words) { pointers in
            let keys = stride(from: 0, to: words.count, by: 2).map { pointers[$0] } + [nil]
            let values = stride(from: 1, to: words.count, by: 2).map { pointers[$0] } + [nil]
            guard let handle = PQconnectdbParams(keys, values, 1) else {
                throw StorageError.connection("out of memory")
            }
            return handle
        }
        statements = StatementCache(limit: settings.statementsMax)
        guard PQstatus(handle) == CONNECTION_OK else { throw StorageError.connection(connectionMessage) }
        PQsetNoticeReceiver(handle, { _, _ in }, nil)
        let encoding = PQparameterStatus(handle, "server_encoding").map { String(cString: $0) }
        guard encoding == "UTF8" else {
            throw StorageError.connection("the database must be made with ENCODING 'UTF8'")
        }
        try command("SET lock_timeout = '\(settings.lockWaitSeconds)s'")
        try command("SET timezone = 'UTC'; SET bytea_output = 'hex'; SET standard_conforming_strings = on")
    }

    deinit { PQfinish(handle) }

    /// Keeps the pool from lending this connection again. It closes with its last reference.
    func spoil() {
        isSpoiled = true
    }

    /// Connected, not inside a transaction, and not spoiled.
    var isIdle: Bool {
        !isSpoiled && PQstatus(handle) == CONNECTION_OK && PQtransactionStatus(handle) == PQTRANS_IDLE
    }

    /// How many statements are prepared on the server.
    var preparedStatements: Int { statements.count }

    func rows(_ sql: SQL) throws -> [Row] {
        let result = try run(sql)
        defer { PQclear(result) }
        let fields = 0..<PQnfields(result)
        let columns = Row.Columns(fields.map { String(cString: PQfname(result, $0)) })
        let types = fields.map { PQftype(result, $0) }
        return (0..<PQntuples(result)).map { row in
            Row(
                columns: columns,
                values: types.indices.map { column in
                    if PQgetisnull(result, row, Int32(column)) == 1 { return .null }
                    let start = UnsafeRawPointer(PQgetvalue(result, row, Int32(column)))
                    let length = Int(PQgetlength(result, row, Int32(column)))
                    return SQLValue(
                        type: types[column], text: UnsafeRawBufferPointer(start: start, count: length))
                })
        }
    }

    func execute(_ sql: SQL) throws -> Int {
        let result = try run(sql)
        defer { PQclear(result) }
        return Int(String(cString: PQcmdTuples(result))) ?? 0
    }

    /// A statement without values, as the simple protocol takes it.
    func command(_ text: String) throws {
        PQclear(try checked(PQexec(handle, text), text))
    }

    /// - Throws: `StorageError.serialization` when the server rolled back instead.
    func commit() throws {
        let result = try checked(PQexec(handle, "COMMIT"), "COMMIT")
        defer { PQclear(result) }
        if String(cString: PQcmdStatus(result)) != "COMMIT" {
            throw StorageError.serialization("the transaction was rolled back")
        }
    }

    private func run(_ sql: SQL) throws -> OpaquePointer {
        let statement = RenderedStatement(sql)
        let name = try prepared(statement)
        let result = statement.withParameters { values, lengths, formats in
            PQexecPrepared(handle, name, Int32(values.count), values, lengths, formats, 0)
        }
        return try checked(result, statement.text)
    }

    private func prepared(_ statement: RenderedStatement) throws -> String {
        if let name = statements.name(for: statement.key) { return name }
        if let oldest = statements.evict() { try command("DEALLOCATE \(oldest)") }
        let name = statements.newName()
        let types = statement.types
        PQclear(
            try checked(PQprepare(handle, name, statement.text, Int32(types.count), types), statement.text))
        statements.add(name, for: statement.key)
        return name
    }

    private func checked(_ result: OpaquePointer?, _ statement: String) throws -> OpaquePointer {
        guard let result else { throw StorageError.connection(connectionMessage) }
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK: return result
        default:
            defer { PQclear(result) }
            if PQstatus(handle) != CONNECTION_OK { throw StorageError.connection(connectionMessage) }
            let report = ServerReport(result)
            if report.isStalePlan {
                // Another process changed the schema: prepare afresh, on another connection.
                spoil()
            }
            throw report.error(statement)
        }
    }

    /// libpq names host, port, user and database here, never the password.
    private var connectionMessage: String {
        String(cString: PQerrorMessage(handle)).split(separator: "\n").joined(separator: "; ")
    }
}

private func withCStrings<Value>(
    _ strings: [String], _ body: ([UnsafePointer<CChar>?]) throws -> Value
) rethrows -> Value {
    var bytes: [CChar] = []
    let offsets = strings.map { string in
        defer { bytes += string.utf8CString }
        return bytes.count
    }
    return try bytes.withUnsafeBufferPointer { buffer in
        try body(offsets.map { offset in buffer.baseAddress.map { $0 + offset } })
    }
}
