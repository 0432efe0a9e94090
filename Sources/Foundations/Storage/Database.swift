/// The two engines that Sundial runs on.
package enum Engine: String, Sendable, CaseIterable {
    case sqlite, postgresql
}

/// A database behind its one door: values in, values out, one transaction a call.
///
/// `read` sees one consistent state. `write` is one serializable transaction: on PostgreSQL the whole
/// closure may run again, so it must not touch anything outside the transaction.
package protocol Database: Sendable {
    var engine: Engine { get }
    func read<Value: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value
    func write<Value: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value
    func close() async throws
}

/// What a driver gives a transaction: run one statement, synchronously, on the leased connection.
package protocol SQLConnection {
    var engine: Engine { get }
    func rows(_ sql: SQL) throws -> [Row]
    /// - Returns: rows changed.
    func execute(_ sql: SQL) throws -> Int
}

/// The inside of one transaction. Everything here is synchronous; nothing suspends between check and use.
package final class Transaction {
    package let connection: any SQLConnection
    /// Fresh opaque identifiers: 20 characters of `0-9a-z`.
    package let newID: () -> String
    /// Journal rows of this transaction, written last, just before the commit.
    package private(set) var journalled: [JournalEntry] = []

    package init(connection: any SQLConnection, newID: @escaping () -> String) {
        self.connection = connection
        self.newID = newID
    }

    package var engine: Engine { connection.engine }

    package func rows(_ sql: SQL) throws -> [Row] {
        try connection.rows(sql)
    }

    /// The only row, or nil. More than one row is our own mistake: the first is returned.
    package func row(_ sql: SQL) throws -> Row? {
        try connection.rows(sql).first
    }

    @discardableResult
    package func execute(_ sql: SQL) throws -> Int {
        try connection.execute(sql)
    }

    /// Records an act. The row is written at commit, in commit order, or not at all.
    package func journal(_ entry: JournalEntry) {
        journalled.append(entry)
    }
}
