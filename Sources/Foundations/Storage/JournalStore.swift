import FoundationEssentials

/// Every statement on `instance` and `journal`.
struct JournalStore {
    /// The advisory lock under which PostgreSQL numbers journal rows.
    static let lockKey = 0x53_55_4e_44_49_41_4c

    /// Rows in one statement: few sizes, so that few statements are kept prepared.
    private static let batches = [100, 25, 5]

    private let transaction: Transaction

    init(_ transaction: Transaction) {
        self.transaction = transaction
    }

    func append(_ entries: ArraySlice<JournalEntry>) throws -> [Int] {
        transaction.engine == .sqlite ? try appendInARow(entries) : try appendTogether(entries)
    }

    /// The one writer of a SQLite file numbers its rows without a gap.
    private func appendInARow(_ entries: ArraySlice<JournalEntry>) throws -> [Int] {
        try transaction.insert(
            into: "journal (at, actor, act, subject_kind, subject_id, change, cause_seq)",
            entries.map { entry in
                [
                    .text(entry.at), .text(entry.actor), .text(entry.act), .text(entry.subjectKind),
                    .text(entry.subject), .text(try Self.encode(entry.change)), SQLValue(entry.cause),
                ]
            })
        let last = try transaction.row("SELECT last_insert_rowid() AS last")?.int("last") ?? 0
        return Array(last - entries.count + 1...last)
    }

    /// Many rows go in one statement, so that an import does not pay a round trip for each.
    private func appendTogether(_ entries: ArraySlice<JournalEntry>) throws -> [Int] {
        var numbers: [Int] = []
        var rest = entries
        while !rest.isEmpty {
            let some = rest.prefix(Self.batches.first { $0 <= rest.count } ?? 1)
            rest = rest.dropFirst(some.count)
            let values = try some.map { entry in
                let change = try Self.encode(entry.change)
                return SQL(
                    """
                    (\(entry.at), \(entry.actor), \(entry.act), \(entry.subjectKind), \(entry.subject),
                    \(change), \(entry.cause))
                    """)
            }
            let written = try transaction.rows(
                """
                INSERT INTO journal (at, actor, act, subject_kind, subject_id, change, cause_seq)
                VALUES \(values.joined(separator: ", ")) RETURNING seq
                """)
            numbers += try written.map { try $0.int("seq") }.sorted()
        }
        return numbers
    }

    func rows(after seq: Int, about kinds: [String]?, limit: Int) throws -> [JournalRow] {
        // By the number and not by `journal_subject`, which would sort all that there is about a kind.
        let some: SQL = kinds.map { "AND subject_kind || '' IN \(list: $0)" } ?? ""
        return try transaction.rows(
            """
            SELECT seq, at, actor, act, subject_kind, subject_id, change, cause_seq
            FROM journal WHERE seq > \(seq) \(some) ORDER BY seq LIMIT \(limit)
            """
        ).map(Self.journalRow)
    }

    func rows(about kind: String, _ id: String, before seq: Int, limit: Int) throws -> [JournalRow] {
        // Answered by the index `journal_subject`.
        try transaction.rows(
            """
            SELECT seq, at, actor, act, subject_kind, subject_id, change, cause_seq
            FROM journal WHERE subject_kind = \(kind) AND subject_id = \(id) AND seq < \(seq)
            ORDER BY seq DESC LIMIT \(limit)
            """
        ).map(Self.journalRow)
    }

    func rows(about kind: String, _ id: String, acts: [String], after seq: Int, limit: Int) throws
        -> [JournalRow]
    {
        // Answered by the index `journal_subject`.
        try transaction.rows(
            """
            SELECT seq, at, actor, act, subject_kind, subject_id, change, cause_seq
            FROM journal WHERE subject_kind = \(kind) AND subject_id = \(id) AND seq > \(seq)
                AND act IN \(list: acts)
            ORDER BY seq LIMIT \(limit)
            """
        ).map(Self.journalRow)
    }

    /// Answered by the index `journal_subject`; in its order, since by the number an engine would go through all rows.
    static func ofAct(_ act: String, about kind: String, limit: Int) -> SQL {
        """
        SELECT seq, at, actor, act, subject_kind, subject_id, change, cause_seq
        FROM journal WHERE subject_kind = \(kind) AND act = \(act)
        ORDER BY subject_kind, subject_id, seq LIMIT \(limit)
        """
    }

    func rows(of act: String, about kind: String, limit: Int) throws -> [JournalRow] {
        try transaction.rows(Self.ofAct(act, about: kind, limit: limit)).map(Self.journalRow)
            .sorted { $0.seq < $1.seq }
    }

    func rows(numbered numbers: [Int]) throws -> [JournalRow] {
        try transaction.rows(
            """
            SELECT seq, at, actor, act, subject_kind, subject_id, change, cause_seq
            FROM journal WHERE seq IN \(list: numbers) ORDER BY seq
            """
        ).map(Self.journalRow)
    }

    /// Subjects in one statement: few sizes, so that few statements are kept prepared.
    private static let subjectBatches = [400, 100, 25, 5]

    func lastSequences(
        of subjects: [String], kind: String, acts: [String], upTo seq: Int
    ) throws -> [String: Int] {
        var last: [String: Int] = [:]
        var rest = subjects[...]
        while !rest.isEmpty {
            let some = Array(rest.prefix(Self.subjectBatches.first { $0 <= rest.count } ?? 1))
            rest = rest.dropFirst(some.count)
            // Answered by the index `journal_subject`.
            let rows = try transaction.rows(
                """
                SELECT subject_id, MAX(seq) AS last FROM journal
                WHERE subject_kind = \(kind) AND subject_id IN \(list: some) AND seq <= \(seq)
                    AND act IN \(list: acts)
                GROUP BY subject_id LIMIT 400
                """)
            for row in rows { last[try row.string("subject_id")] = try row.int("last") }
        }
        return last
    }

    func firstSequence(of act: String, kind: String) throws -> Int? {
        // Answered by the index `journal_subject`.
        try transaction.row(
            "SELECT MIN(seq) AS first FROM journal WHERE subject_kind = \(kind) AND act = \(act)")?
            .intOrNil("first")
    }

    func head() throws -> Int {
        try transaction.row("SELECT COALESCE(MAX(seq), 0) AS head FROM journal")?.int("head") ?? 0
    }

    func state() throws -> JournalState? {
        // Answered by the one row of `instance` and the end of the primary key.
        try transaction.row(
            "SELECT journal_epoch, (SELECT COALESCE(MAX(seq), 0) FROM journal) AS head FROM instance"
        ).map { try JournalState(epoch: $0.string("journal_epoch"), head: $0.int("head")) }
    }

    func instance() throws -> Instance? {
        try transaction.row("SELECT id, journal_epoch FROM instance").map {
            try Instance(id: $0.string("id"), journalEpoch: $0.string("journal_epoch"))
        }
    }

    func addInstance(_ instance: Instance) throws {
        try transaction.execute(
            "INSERT INTO instance (id, journal_epoch) VALUES (\(instance.id), \(instance.journalEpoch))")
    }

    func setEpoch(_ epoch: String) throws {
        try transaction.execute("UPDATE instance SET journal_epoch = \(epoch)")
    }

    /// - Throws: `SchemaMismatch`, which names the row, for a change that is not in the very form of `encode`.
    private static func journalRow(_ row: Row) throws -> JournalRow {
        let seq = try row.int("seq")
        guard let change = try decode(row.string("change")) else {
            throw SchemaMismatch(column: "journal.change", found: "another form", row: "\(seq)")
        }
        return try JournalRow(
            seq: seq,
            entry: JournalEntry(
                at: row.string("at"), actor: row.string("actor"), act: row.string("act"),
                subjectKind: row.string("subject_kind"), subject: row.string("subject_id"),
                change: change, cause: row.intOrNil("cause_seq")))
    }

    private static func encode(_ change: [String: String]) throws -> String {
        if change.isEmpty { return "{}" }
        guard change.allSatisfy({ isPlain($0.key) && isPlain($0.value) }) else {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(change), as: UTF8.self)
        }
        var json = "{"
        json.reserveCapacity(change.reduce(2) { $0 + $1.key.utf8.count + $1.value.utf8.count + 6 })
        for (key, value) in change.sorted(by: { $0.key < $1.key }) {
            json += json.utf8.count == 1 ? "\"" : ",\""
            json += key
            json += "\":\""
            json += value
            json += "\""
        }
        return json + "}"
    }

    /// Ids, codes and days need no escape; for the rest there is the encoder.
    private static func isPlain(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
    }

    /// What `encode` wrote; nil for any other text, also one that says the same: not a byte may be altered unseen.
    private static func decode(_ json: String) throws -> [String: String]? {
        if json == "{}" { return [:] }
        if !json.utf8.contains(UInt8(ascii: "\\")) { return plain(json) }
        let change: [String: String]
        do {
            change = try JSONDecoder().decode([String: String].self, from: Data(json.utf8))
        } catch is DecodingError {
            return nil
        }
        return try encode(change).utf8.elementsEqual(json.utf8) ? change : nil
    }

    /// What `encode` wrote without an escape: every second piece between quotation marks is a key or a value.
    private static func plain(_ json: String) -> [String: String]? {
        let pieces = json.utf8.split(separator: UInt8(ascii: "\""), omittingEmptySubsequences: false)
        guard pieces.count % 4 == 1, pieces.count > 4, json.utf8.allSatisfy({ $0 >= 0x20 }) else {
            return nil
        }
        var change: [String: String] = [:]
        var last: String?
        for start in stride(from: 1, to: pieces.count - 1, by: 4) {
            guard let key = String(pieces[start]), let value = String(pieces[start + 2]),
                pieces[start - 1].elementsEqual(start == 1 ? "{".utf8 : ",".utf8),
                pieces[start + 1].elementsEqual(":".utf8), last.map({ $0 < key }) ?? true
            else { return nil }
            change[key] = value
            last = key
        }
        return pieces[pieces.count - 1].elementsEqual("}".utf8) ? change : nil
    }
}

/// This installation: who it is, and which telling of its journal stands.
package struct Instance: Sendable, Hashable {
    package let id: String
    /// Changes when a backup is restored: followers then derive everything again.
    package let journalEpoch: String
}

/// How far the journal has come, and in which telling.
package struct JournalState: Sendable, Hashable {
    package let epoch: String
    /// The number of the newest row, or 0.
    package let head: Int
}

extension Transaction {
    /// - Throws: `SchemaMismatch` when the database has not been migrated.
    package func journalState() throws -> JournalState {
        guard let state = try JournalStore(self).state() else {
            throw SchemaMismatch(column: "instance.id", found: "no row")
        }
        return state
    }

    /// Journal rows after `seq`, oldest first.
    ///
    /// - Parameter kinds: only rows about subjects of these kinds; all when nil.
    package func journal(
        after seq: Int, about kinds: [String]? = nil, limit: Int
    ) throws -> [JournalRow] {
        try JournalStore(self).rows(after: seq, about: kinds, limit: limit)
    }

    /// What the journal says about one thing, newest first.
    package func journal(
        about subjectKind: String, _ subject: String, before seq: Int = .max, limit: Int
    ) throws -> [JournalRow] {
        try JournalStore(self).rows(about: subjectKind, subject, before: seq, limit: limit)
    }

    /// Acts on one thing, oldest first.
    ///
    /// - Parameter acts: the rows that count.
    package func journal(
        about subjectKind: String, _ subject: String, acts: [String], after seq: Int, limit: Int
    ) throws -> [JournalRow] {
        try JournalStore(self).rows(about: subjectKind, subject, acts: acts, after: seq, limit: limit)
    }

    /// The journal rows of these numbers; at most 1,000 are asked for at once.
    package func journal(ofSequence numbers: [Int]) throws -> [Int: JournalRow] {
        let rows = try JournalStore(self).rows(numbered: numbers)
        return Dictionary(uniqueKeysWithValues: rows.map { ($0.seq, $0) })
    }

    /// The last row about each of some subjects.
    ///
    /// - Parameters:
    ///   - acts: the rows that count.
    ///   - seq: later rows do not count.
    /// - Returns: the row's number by subject; those that have none are left out.
    package func lastJournalSequences(
        of subjects: [String], kind: String, acts: [String], upTo seq: Int
    ) throws -> [String: Int] {
        try JournalStore(self).lastSequences(of: subjects, kind: kind, acts: acts, upTo: seq)
    }

    /// The rows of an act about a kind of subject of which there are few, oldest first.
    package func journal(of act: String, about kind: String, limit: Int) throws -> [JournalRow] {
        try JournalStore(self).rows(of: act, about: kind, limit: limit)
    }

    /// The number of the first row of an act about a kind of subject of which there are few; nil for none.
    package func firstJournalSequence(of act: String, kind: String) throws -> Int? {
        try JournalStore(self).firstSequence(of: act, kind: kind)
    }

    /// The number of the newest journal row, or 0.
    package func journalHead() throws -> Int {
        try JournalStore(self).head()
    }

    /// - Throws: `SchemaMismatch` when the database has not been migrated.
    package func instance() throws -> Instance {
        guard let instance = try JournalStore(self).instance() else {
            throw SchemaMismatch(column: "instance.id", found: "no row")
        }
        return instance
    }

    /// Called after a restore: every follower derives again from the first row.
    package func startJournalEpoch() throws {
        try JournalStore(self).setEpoch(newID())
    }
}

extension SQL {
    /// A condition: the journal had an entry about a subject before an instant.
    ///
    /// - Parameters:
    ///   - column: what holds the subject's id in the statement around.
    ///   - instant: as stores write it, 2026-03-01T16:00:00Z.
    package static func journalled(_ kind: String, id column: SQL, before instant: String) -> SQL {
        // Answered by the index `journal_subject`, whose first row of a subject is its earliest.
        """
        EXISTS (SELECT 1 FROM journal
                WHERE subject_kind = \(kind) AND subject_id = \(column) AND journal.at < \(instant))
        """
    }
}
