import GRDB
import Storage

/// Runs `body` and tells SQLite's errors in our words.
func sqliteErrors<Value>(_ body: () throws -> Value) throws -> Value {
    do { return try body() } catch let error as GRDB.DatabaseError { throw StorageError(error) }
}

func sqliteErrors<Value>(_ body: () async throws -> Value) async throws -> Value {
    do { return try await body() } catch let error as GRDB.DatabaseError { throw StorageError(error) }
}

extension StorageError {
    init(_ error: GRDB.DatabaseError) {
        let message = error.message ?? "no message"
        switch error.extendedResultCode {
        case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY, .SQLITE_CONSTRAINT_ROWID:
            self = .unique(Violation(columnsIn: message))
        case .SQLITE_CONSTRAINT_FOREIGNKEY: self = .foreignKey(Violation())
        case .SQLITE_CONSTRAINT_CHECK: self = .check(Violation(constraint: message.afterColon))
        case .SQLITE_CONSTRAINT_NOTNULL: self = .notNull(Violation(columnsIn: message))
        default:
            switch error.resultCode {
            case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy(message)
            case .SQLITE_CANTOPEN, .SQLITE_NOTADB: self = .connection(message)
            default:
                let code = error.extendedResultCode.rawValue
                self = .other(code: "SQLite \(code)", message: message, statement: error.sql ?? "")
            }
        }
    }
}

extension StorageError.Violation {
    /// From "UNIQUE constraint failed: account.name, account.body".
    fileprivate init(columnsIn message: String) {
        let names = (message.afterColon ?? "").split(separator: ", ").map { $0.split(separator: ".") }
        if names.contains(where: { $0.count != 2 }) {
            self.init(constraint: message.afterColon)
        } else {
            self.init(table: names.first.map { String($0[0]) }, columns: names.map { String($0[1]) })
        }
    }
}

extension String {
    fileprivate var afterColon: String? {
        guard let colon = firstIndex(of: ":") else { return nil }
        return String(self[index(after: colon)...].drop(while: \.isWhitespace))
    }
}
