/// The two engines that Sundial runs on.
package enum Engine: String, Sendable, CaseIterable {
    case sqlite, postgresql
}

/// A database behind its one door: values in, values out, one transaction a call.
///
/// `read` sees one consistent state. `write` is one serializable transaction: on PostgreSQL the whole
/// closure may run again, so it must not touch anything outside the transaction. A closure that throws
/// leaves neither change nor journal row.
package protocol Database: Sendable {
    var engine: Engine { get }
    /// Raised after every commit of this process that wrote journal rows.
    var journalSignal: JournalSignal { get }
    func read<Value: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value
    func write<Value: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value
    /// As `write`, and no other process is inside `migrate` at the same time.
    func migrate<Value: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value
    /// A number that is another one after every commit, whichever process made it; nil where the engine has none that costs
    /// less than a reading.
    ///
    /// Take it before a reading: as long as it stays the same, the reading would find the same. It waits for nobody.
    func commitMark() throws -> Int?
    /// Takes what was deleted out of the files too, as far as the engine leaves that to its client.
    ///
    /// SQLite overwrites what it deletes; its write-ahead log, which holds pages as they were, is emptied here. A
    /// PostgreSQL server does both in its own time (VACUUM, recycling of its log): there is nothing to do here.
    ///
    /// - Returns: false where somebody who is still reading keeps it from being done: try again later.
    func scrub() async throws -> Bool
    func close() async throws
}

/// What a driver gives a transaction: run one statement, synchronously, on the leased connection.
package protocol SQLConnection {
    var engine: Engine { get }
    func rows(_ sql: SQL) throws -> [Row]
    /// - Returns: rows changed.
    func execute(_ sql: SQL) throws -> Int
    /// - Parameters:
    ///   - target: a table with its columns, `closed_day (day, ran_at)`.
    ///   - rows: the values of each row, in the order of the columns.
    ///   - skippingKnown: whether rows whose key is there already are passed over; else they are refused.
    func insert(into target: SQL, _ rows: [[SQLValue]], skippingKnown: Bool) throws
}

extension SQLConnection {
    /// Many rows in one statement, and few sizes, so that few statements are kept prepared.
    package func insert(into target: SQL, _ rows: [[SQLValue]], skippingKnown: Bool) throws {
        let end: SQL = skippingKnown ? " ON CONFLICT DO NOTHING" : ""
        var rest = rows[...]
        while !rest.isEmpty {
            let some = rest.prefix([100, 25, 5].first { $0 <= rest.count } ?? 1)
            rest = rest.dropFirst(some.count)
            let values = some.map { row in SQL("(\(row.map { SQL(binding: $0) }.joined(separator: ", ")))") }
            _ = try execute("INSERT INTO \(target) VALUES \(values.joined(separator: ", "))\(end)")
        }
    }
}
