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
    func close() async throws
}

/// What a driver gives a transaction: run one statement, synchronously, on the leased connection.
package protocol SQLConnection {
    var engine: Engine { get }
    func rows(_ sql: SQL) throws -> [Row]
    /// - Returns: rows changed.
    func execute(_ sql: SQL) throws -> Int
}
