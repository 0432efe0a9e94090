import Glibc

/// The inside of one transaction. Everything here is synchronous; nothing suspends between check and use.
///
/// After a statement was refused the transaction is doomed, on SQLite too: further statements are refused
/// and it cannot commit. What may fail is tried inside `attempt`.
package final class Transaction {
    package let connection: any SQLConnection
    /// Fresh opaque identifiers: 20 characters of `0-9a-z`.
    package let newID: () -> String
    /// Journal rows of this transaction, written last, just before the commit.
    package private(set) var journalled: [JournalEntry] = []
    /// The sequence numbers of those already written.
    package private(set) var journalSequence: [Int] = []
    /// The first refusal that was not inside `attempt`. Drivers roll back when it is set.
    package private(set) var failure: (any Error)?
    private var depth = 0
    private var memory: [String: any Sendable] = [:]
    private var holdings: [ObjectIdentifier: AnyObject] = [:]

    package init(connection: any SQLConnection, newID: @escaping () -> String) {
        self.connection = connection
        self.newID = newID
    }

    package var engine: Engine { connection.engine }

    package func rows(_ sql: SQL) throws -> [Row] {
        try guarded(sql.values) { try connection.rows(sql) }
    }

    /// The only row, or nil. More than one row is our own mistake: the first is returned.
    package func row(_ sql: SQL) throws -> Row? {
        try rows(sql).first
    }

    @discardableResult
    package func execute(_ sql: SQL) throws -> Int {
        try guarded(sql.values) { try connection.execute(sql) }
    }

    /// Puts rows into a table, as the engine does it best: there is no text to build for each row.
    ///
    /// - Parameters:
    ///   - target: the table with its columns, `closed_day (day, ran_at)`.
    ///   - rows: the values of each row, in the order of the columns.
    ///   - skippingKnown: whether rows whose key is there already are passed over; else they are refused.
    package func insert(into target: SQL, _ rows: [[SQLValue]], skippingKnown: Bool = false) throws {
        try guarded(rows.joined()) {
            try connection.insert(into: target, rows, skippingKnown: skippingKnown)
        }
    }

    /// What is read again and again in one transaction and does not change in it, read once.
    ///
    /// - Parameter key: names the question with everything that the answer depends on. Whoever changes the answer within
    ///   the transaction calls `forget`.
    package func remembered<Value: Sendable>(_ key: String, _ read: () throws -> Value) throws -> Value {
        // Two steps: nothing remembered, cast to an optional type, would count as a remembered nil.
        if let held = memory[key], let known = held as? Value { return known }
        let value = try read()
        memory[key] = value
        return value
    }

    /// What a store has read of its own tables in this transaction: made once, gone with `forget`.
    ///
    /// All statements on a table stand in one store, so the store can keep what it holds in step with what it writes,
    /// and a long chain of acts need not ask for the same rows again and again.
    package func held<Holding: AnyObject>(_ make: () -> Holding) -> Holding {
        let key = ObjectIdentifier(Holding.self)
        if let known = holdings[key] { return unsafeDowncast(known, to: Holding.self) }
        let made = make()
        holdings[key] = made
        return made
    }

    /// Everything remembered or held may have changed.
    package func forget() {
        memory.removeAll()
        holdings.removeAll()
    }

    /// Records an act. The row is written at commit, in commit order, or not at all.
    package func journal(_ entry: JournalEntry) {
        journalled.append(entry)
    }

    /// Runs `body`; if it throws, undoes its changes and its journal entries, and throws on.
    ///
    /// The transaction itself goes on, so the caller may catch: the one way to survive a refused statement.
    @discardableResult
    package func attempt<Value>(_ body: () throws -> Value) throws -> Value {
        depth += 1
        defer { depth -= 1 }
        let savepoint = SQL(stringLiteral: "attempt_\(depth)")
        let (entries, flushed) = (journalled.count, journalSequence.count)
        try execute("SAVEPOINT \(savepoint)")
        do {
            let value = try body()
            try execute("RELEASE SAVEPOINT \(savepoint)")
            return value
        } catch {
            // A lost connection or a serialization failure cannot be survived: it stays the failure.
            if let failure, !Self.isSurvivable(failure) { throw failure }
            failure = nil
            // What was read of the changes that are undone now was never so.
            forget()
            try execute("ROLLBACK TO SAVEPOINT \(savepoint)")
            try execute("RELEASE SAVEPOINT \(savepoint)")
            journalled.removeLast(journalled.count - entries)
            journalSequence.removeLast(journalSequence.count - flushed)
            throw error
        }
    }

    /// Writes the journal rows so far and returns the numbers of those that this call wrote.
    ///
    /// Drivers call it just before the commit. An act calls it only when it must store the number of its own
    /// row: on PostgreSQL every other journalling writer then waits until this transaction has ended.
    @discardableResult
    package func flushJournal() throws -> [Int] {
        let waiting = journalled[journalSequence.count...]
        if waiting.isEmpty { return [] }
        if engine == .postgresql {
            // Held to the end of the transaction, so numbers are given in the order of the commits.
            _ = try rows("SELECT pg_advisory_xact_lock(\(JournalStore.lockKey)) AS held")
        }
        let numbers = try JournalStore(self).append(waiting)
        journalSequence += numbers
        return numbers
    }

    private func guarded<Value>(
        _ values: some Sequence<SQLValue>, _ body: () throws -> Value
    ) throws -> Value {
        if let failure { throw failure }
        do {
            for case .text(let text) in values where text.holdsNullCharacter {
                throw StorageError.nullCharacter
            }
            return try body()
        } catch {
            failure = error
            throw error
        }
    }

    private static func isSurvivable(_ error: any Error) -> Bool {
        switch error as? StorageError {
        case .unique, .foreignKey, .check, .notNull, .nullCharacter, .other, .busy: true
        case .serialization, .connection, .outcomeUnknown, nil: false
        }
    }
}

extension String {
    /// Looked for in the bytes at once: every text that is bound passes here.
    fileprivate var holdsNullCharacter: Bool {
        utf8.withContiguousStorageIfAvailable { bytes in
            bytes.baseAddress.map { memchr($0, 0, bytes.count) != nil } ?? false
        } ?? utf8.contains(0)
    }
}
