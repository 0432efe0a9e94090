import MerkleLog
import Storage

/// Every statement on the tables of the log.
package struct LogStore {
    let transaction: Transaction

    private static let columns: SQL = "idx, journal_seq, act, subject_kind, subject, part, entry, salt"

    /// How many leaves there are.
    package func size() throws -> Int {
        try transaction.row("SELECT COALESCE(MAX(idx), -1) + 1 AS size FROM log_leaf")?.int("size") ?? 0
    }

    /// How far the log has come.
    package func state() throws -> LogState {
        // Answered by the ends of the primary keys and of log_cosignature_size.
        guard
            let row = try transaction.row(
                """
                SELECT (SELECT COALESCE(MAX(epoch), '') FROM log_epoch) AS epoch,
                    (SELECT COALESCE(MAX(idx), -1) + 1 FROM log_leaf) AS size,
                    (SELECT COALESCE(MAX(size), 0) FROM log_checkpoint) AS signed,
                    (SELECT COALESCE(MAX(size), 0) FROM log_cosignature) AS cosigned
                """)
        else { return LogState(epoch: "", size: 0, signed: 0, cosigned: 0) }
        return LogState(
            epoch: try row.string("epoch"), size: try row.int("size"), signed: try row.int("signed"),
            cosigned: try row.int("cosigned"))
    }

    package func leaf(_ index: Int) throws -> LogLeaf? {
        try transaction.row("SELECT \(Self.columns) FROM log_leaf WHERE idx = \(index)").map(LogLeaf.init)
    }

    /// Leaves from `start`, in order.
    package func leaves(from start: Int, limit: Int) throws -> [LogLeaf] {
        try transaction.rows(
            "SELECT \(Self.columns) FROM log_leaf WHERE idx >= \(start) ORDER BY idx LIMIT \(limit)"
        ).map(LogLeaf.init)
    }

    /// Leaves before `end`, the last first.
    package func leaves(before end: Int, limit: Int) throws -> [LogLeaf] {
        try transaction.rows(
            "SELECT \(Self.columns) FROM log_leaf WHERE idx < \(end) ORDER BY idx DESC LIMIT \(limit)"
        ).map(LogLeaf.init)
    }

    /// The leaf by which an edition was released or withdrawn, or nil.
    package func release(of publication: String, edition: Int) throws -> LogLeaf? {
        // Answered by log_leaf_subject.
        try transaction.row(
            """
            SELECT \(Self.columns) FROM log_leaf
            WHERE subject_kind = 'publication' AND subject = \(publication) AND part = \(edition)
                AND act IN ('edition.released', 'edition.withdrawn')
            ORDER BY idx LIMIT 1
            """
        ).map(LogLeaf.init)
    }

    /// The leaves of one thing, oldest first.
    package func leaves(of subject: String, kind: String, limit: Int = 200) throws -> [LogLeaf] {
        // Answered by log_leaf_subject.
        try transaction.rows(
            """
            SELECT \(Self.columns) FROM log_leaf WHERE subject_kind = \(kind) AND subject = \(subject)
            ORDER BY idx LIMIT \(limit)
            """
        ).map(LogLeaf.init)
    }

    /// The leaves of this platform's own editions that were released after the log had begun: what is older has no other
    /// time than its own word.
    func releases(in range: Range<Int>) throws -> [LogLeaf] {
        guard
            let began = try transaction.row(
                "SELECT MIN(journal_seq) AS seq FROM log_leaf WHERE act = 'log.started'")?
                .intOrNil("seq")
        else { return [] }
        return try transaction.rows(
            """
            SELECT \(Self.columns) FROM log_leaf
            WHERE idx >= \(range.lowerBound) AND idx < \(range.upperBound) AND act = 'edition.released'
                AND journal_seq > \(began)
            ORDER BY idx LIMIT 100000
            """
        ).map(LogLeaf.init)
    }

    /// The index of each thing's last leaf; those that have none are left out.
    func last(of subjects: [String], kind: String) throws -> [String: Int] {
        var last: [String: Int] = [:]
        for start in stride(from: 0, to: subjects.count, by: 400) {
            let some = Array(subjects[start..<min(start + 400, subjects.count)])
            for row in try transaction.rows(
                """
                SELECT subject, MAX(idx) AS last FROM log_leaf
                WHERE subject_kind = \(kind) AND subject IN \(list: some) GROUP BY subject LIMIT 400
                """)
            {
                last[try row.string("subject")] = try row.int("last")
            }
        }
        return last
    }

    func insert(_ leaves: [LogLeaf]) throws {
        for start in stride(from: 0, to: leaves.count, by: 100) {
            let rows = leaves[start..<min(start + 100, leaves.count)].map { leaf -> SQL in
                """
                (\(leaf.index), \(leaf.seq), \(leaf.act), \(leaf.subjectKind), \(leaf.subject), \(leaf.part),
                    \(leaf.entry), \(leaf.salt))
                """
            }
            try transaction.execute(
                """
                INSERT INTO log_leaf (idx, journal_seq, act, subject_kind, subject, part, entry, salt)
                VALUES \(rows.joined(separator: ", "))
                """)
        }
    }

    /// Destroys the salt of an edition's leaves: nobody can find out any more whether a guess of its words is right.
    func destroySalt(of publication: String, edition: Int) throws {
        // Answered by log_leaf_subject.
        try transaction.execute(
            """
            UPDATE log_leaf SET salt = NULL
            WHERE subject_kind = 'publication' AND subject = \(publication) AND part = \(edition)
            """)
    }

    // MARK: Tiles

    /// The tree as it stands, opened at its right edge.
    package func tree() throws -> MerkleTree {
        try MerkleTree(size: size(), read: tile)
    }

    /// The tree at an earlier size.
    package func tree(at size: Int) throws -> MerkleTree {
        try MerkleTree(size: size, of: self.size(), read: tile)
    }

    /// A tile of hashes; of one that has grown since, its beginning.
    ///
    /// - Throws: `LogFlaw.tileLength` when the tile is not there or shorter than asked for.
    package func tile(_ address: TileAddress) throws -> Tile {
        guard case .hashes(let level) = address.content else { throw LogFlaw(.tileAddress) }
        let bytes =
            try transaction.row(
                "SELECT hashes FROM log_tile WHERE level = \(level) AND n = \(address.index)")?
            .bytes("hashes") ?? []
        return try Tile(
            Array(bytes.prefix(address.width * NodeHash.byteCount)), width: address.width)
    }

    /// The bytes that are served under an address: what the last signed head covers, and nothing beyond it.
    ///
    /// - Returns: nil for a tile or bundle that reaches beyond.
    package func served(_ address: TileAddress) throws -> [UInt8]? {
        guard let size = try lastCheckpoint()?.size, address.lies(within: size) else { return nil }
        guard case .entries = address.content else { return try tile(address).bytes }
        let entries = try leaves(from: address.index * Tile.widthMax, limit: address.width).map(\.entry)
        guard entries.count == address.width else { throw LogFlaw(.bundleLength) }
        return try EntryBundle.bytes(entries)
    }

    func put(_ tiles: [PlacedTile]) throws {
        for placed in tiles {
            guard case .hashes(let level) = placed.address.content else { continue }
            try transaction.execute(
                """
                INSERT INTO log_tile (level, n, hashes)
                VALUES (\(level), \(placed.address.index), \(placed.tile.bytes))
                ON CONFLICT (level, n) DO UPDATE SET hashes = excluded.hashes
                """)
        }
    }

    // MARK: Checkpoints

    /// The last signed head, or nil.
    package func lastCheckpoint() throws -> SignedHead? {
        try transaction.row(
            "SELECT size, origin, note, signed_at FROM log_checkpoint ORDER BY size DESC LIMIT 1"
        ).map(SignedHead.init)
    }

    /// All signed heads, smallest first.
    func heads() throws -> [SignedHead] {
        try transaction.rows(
            "SELECT size, origin, note, signed_at FROM log_checkpoint ORDER BY size LIMIT 10000000"
        ).map(SignedHead.init)
    }

    /// Those of the journal rows that have a leaf.
    func sequences(of rows: [Int]) throws -> Set<Int> {
        Set(
            try transaction.rows(
                "SELECT journal_seq FROM log_leaf WHERE journal_seq IN \(list: rows) LIMIT 10000"
            ).map { try $0.int("journal_seq") })
    }

    /// The first signed head that covers a leaf, or nil.
    package func firstCheckpoint(covering index: Int) throws -> SignedHead? {
        try transaction.row(
            """
            SELECT size, origin, note, signed_at FROM log_checkpoint WHERE size > \(index) ORDER BY size LIMIT 1
            """
        ).map(SignedHead.init)
    }

    func insert(_ head: SignedHead) throws {
        try transaction.execute(
            """
            INSERT INTO log_checkpoint (size, origin, note, signed_at)
            VALUES (\(head.size), \(head.origin), \(head.note), \(head.signedAt)) ON CONFLICT (size) DO NOTHING
            """)
    }

    /// A better note for the same head: one with more cosignatures.
    func replace(note: String, at size: Int) throws {
        try transaction.execute("UPDATE log_checkpoint SET note = \(note) WHERE size = \(size)")
    }

    package func checkpoint(at size: Int) throws -> SignedHead? {
        try transaction.row(
            "SELECT size, origin, note, signed_at FROM log_checkpoint WHERE size = \(size)"
        ).map(SignedHead.init)
    }

    // MARK: Cosignatures

    /// The size that a witness cosigned last; 0 for none.
    package func lastCosigned(by witness: String) throws -> Int {
        // Answered by the primary key.
        try transaction.row(
            "SELECT COALESCE(MAX(size), 0) AS size FROM log_cosignature WHERE witness = \(witness)")?
            .int("size") ?? 0
    }

    /// The size that any witness cosigned last; 0 for none.
    package func lastCosigned() throws -> Int {
        // Answered by log_cosignature_size.
        try transaction.row("SELECT COALESCE(MAX(size), 0) AS size FROM log_cosignature")?.int("size") ?? 0
    }

    /// - Parameter seconds: since 1970 UTC, as the witness swears.
    func cosigned(_ size: Int, by witness: String, at seconds: Int) throws {
        try transaction.execute(
            """
            INSERT INTO log_cosignature (witness, size, seconds) VALUES (\(witness), \(size), \(seconds))
            ON CONFLICT (witness, size) DO NOTHING
            """)
    }

    /// Forgets a log whose journal epoch has ended, and begins one for the epoch of now.
    ///
    /// - Throws: `LogProblem.journalCut` when the epoch is still the same: then the journal has lost rows that are logged.
    func begin() throws {
        let epoch = try transaction.instance().journalEpoch
        let known = try transaction.row("SELECT epoch FROM log_epoch WHERE epoch = \(epoch)")
        guard try known == nil || size() == 0 else { throw LogProblem.journalCut }
        try transaction.execute("DELETE FROM log_epoch")
        try transaction.execute("INSERT INTO log_epoch (epoch) VALUES (\(epoch))")
        try transaction.execute("DELETE FROM log_leaf")
        try transaction.execute("DELETE FROM log_tile")
        try transaction.execute("DELETE FROM log_checkpoint")
        try transaction.execute("DELETE FROM log_cosignature")
    }
}

/// How far a log has come (日志进度): its leaves, and how many of them are signed, and cosigned by somebody else.
package struct LogState: Sendable, Hashable {
    /// The journal epoch that it tells; empty before it has begun.
    package let epoch: String
    package let size: Int
    package let signed: Int
    package let cosigned: Int
}

/// A signed head of the log (签名树头).
package struct SignedHead: Sendable, Hashable, Codable {
    package let size: Int
    package let origin: String
    /// The checkpoint with all its signatures: a signed note.
    package let note: String
    /// When this instance signed it, UTC; the same time stands in its cosignature.
    package let signedAt: String
}

extension Transaction {
    package var log: LogStore { LogStore(transaction: self) }
}

extension LogLeaf {
    init(_ row: Row) throws {
        index = try row.int("idx")
        seq = try row.int("journal_seq")
        act = try row.string("act")
        subjectKind = try row.string("subject_kind")
        subject = try row.string("subject")
        part = try row.int("part")
        entry = try row.bytes("entry")
        salt = try row.bytesOrNil("salt")
    }
}

extension SignedHead {
    init(_ row: Row) throws {
        size = try row.int("size")
        origin = try row.string("origin")
        note = try row.string("note")
        signedAt = try row.string("signed_at")
    }
}
