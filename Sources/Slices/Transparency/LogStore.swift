import CivilTime
import MerkleLog
import People
import Storage

/// Every statement on the tables of the log.
package struct LogStore {
    let transaction: Transaction

    /// Answered by the end of the primary key.
    private static let sizeNow: SQL =
        "COALESCE((SELECT n * 256 + width FROM log_bundle ORDER BY n DESC LIMIT 1), 0)"
    private static let bundleColumns: SQL = "n, seqs, salts, entries"
    /// Rows of the journal that are asked for at once.
    private static let page = 1000

    /// How many leaves there are.
    package func size() throws -> Int {
        try transaction.row("SELECT \(Self.sizeNow) AS size")?.int("size") ?? 0
    }

    /// The journal row that the last leaf tells of; 0 before the first.
    func lastSequence() throws -> Int {
        try transaction.row("SELECT last_seq FROM log_bundle ORDER BY n DESC LIMIT 1")?.int("last_seq") ?? 0
    }

    /// How far the log has come.
    package func state() throws -> LogState {
        // Answered by the ends of the primary keys and of log_cosignature_size.
        guard
            let row = try transaction.row(
                """
                SELECT \(Self.sizeNow) AS size, (SELECT COALESCE(MAX(epoch), '') FROM log_epoch) AS epoch,
                    (SELECT COALESCE(MAX(size), 0) FROM log_checkpoint) AS signed,
                    (SELECT COALESCE(MAX(size), 0) FROM log_cosignature) AS cosigned
                """)
        else { return LogState(epoch: "", size: 0, signed: 0, cosigned: 0) }
        return LogState(
            epoch: try row.string("epoch"), size: try row.int("size"), signed: try row.int("signed"),
            cosigned: try row.int("cosigned"))
    }

    /// The journal epoch that the leaves tell of; nil before the log has begun. It stands in the addresses of its files.
    package func epoch() throws -> String? {
        try transaction.row("SELECT epoch FROM log_epoch")?.string("epoch")
    }

    package func leaf(_ index: Int) throws -> LogLeaf? {
        guard index >= 0, index < Int.max else { return nil }
        return try bundle(index / Tile.widthMax)?.leaves(in: index..<(index + 1)).first
    }

    /// Leaves from `start`, in order.
    package func leaves(from start: Int, limit: Int) throws -> [LogLeaf] {
        var leaves: [LogLeaf] = []
        for index in (start / Tile.widthMax)...((start + limit) / Tile.widthMax) {
            guard let bundle = try bundle(index) else { break }
            leaves += try bundle.leaves(in: start..<(start + limit))
        }
        return leaves
    }

    /// Leaves before `end`, the last first.
    package func leaves(before end: Int, limit: Int) throws -> [LogLeaf] {
        let start = max(0, end - limit)
        return try leaves(from: start, limit: max(0, end - start)).reversed()
    }

    /// The leaf by which an edition was released or withdrawn, or nil.
    package func release(of publication: String, edition: Int) throws -> LogLeaf? {
        try logged(publication, kind: "publication", acts: ["edition.released", "edition.withdrawn"])
            .first { $0.row.change["n"] == String(edition) }
            .flatMap { try leaf($0.index) }
    }

    /// The leaf by which the content of an edition was erased, or nil.
    package func erasure(of publication: String, edition: Int) throws -> LogLeaf? {
        try logged(publication, kind: "publication", acts: ["edition.erased"])
            .last { $0.row.change["n"] == String(edition) }
            .flatMap { try leaf($0.index) }
    }

    /// The leaves of one thing, oldest first: the first `limit` of them.
    package func leaves(of subject: String, kind: String, limit: Int = 200) throws -> [LogLeaf] {
        var bundle: LogBundle?
        return try logged(subject, kind: kind, limit: limit).flatMap { _, index in
            // Neighbours lie in one row.
            if bundle?.index != index / Tile.widthMax { bundle = try self.bundle(index / Tile.widthMax) }
            return try bundle?.leaves(in: index..<(index + 1)) ?? []
        }
    }

    /// What the journal says of one thing and the log has a leaf of, oldest first: the first `limit` of it.
    func logged(
        _ subject: String, kind: String, acts: [String] = LeafForm.publicActs, limit: Int = .max
    ) throws -> [(row: JournalRow, index: Int)] {
        var logged: [(row: JournalRow, index: Int)] = []
        var seq = 0
        while logged.count < limit {
            let rows = try transaction.journal(
                about: kind, subject, acts: acts, after: seq, limit: min(Self.page, limit - logged.count))
            guard let last = rows.last else { break }
            seq = last.seq
            let indexes = try indexes(of: rows.map(\.seq))
            logged += rows.compactMap { row in indexes[row.seq].map { (row, $0) } }
        }
        return logged
    }

    /// What the journal says of one thing in public acts, oldest first, whether or not it has a leaf yet.
    func told(of subject: String, kind: String) throws -> [JournalRow] {
        var told: [JournalRow] = []
        while true {
            let rows = try transaction.journal(
                about: kind, subject, acts: LeafForm.publicActs, after: told.last?.seq ?? 0, limit: Self.page)
            if rows.isEmpty { return told }
            told += rows
        }
    }

    /// What the journal says of a log and its keys, whether or not it has a leaf yet.
    func told(of origin: String) throws -> [JournalRow] {
        try transaction.journal(
            about: "log", origin, acts: ["log.started", "key.added", "key.retired"], after: 0,
            limit: LogKeyring.changesMax)
    }

    /// The log that began last: in a journal epoch, or in any when nil; nil when none did.
    func origin(startedIn epoch: String?) throws -> String? { try beginning(in: epoch)?.subject }

    /// What the journal says of its beginning.
    func beginning(in epoch: String?) throws -> JournalRow? {
        try transaction.journal(of: "log.started", about: "log", limit: LogKeyring.changesMax)
            .last { epoch == nil || $0.change["epoch"] == epoch }
    }

    /// Goes through the leaves of editions that were released after the log had begun, in order: what is older has no
    /// other time than its own word.
    func eachRelease(in range: Range<Int>, _ use: (LogLeaf) throws -> Void) throws {
        guard let began = try transaction.firstJournalSequence(of: "log.started", kind: "log"), !range.isEmpty
        else { return }
        for index in (range.lowerBound / Tile.widthMax)...((range.upperBound - 1) / Tile.widthMax) {
            guard let bundle = try bundle(index) else { return }
            for leaf in try bundle.leaves(in: range, where: LeafForm.isRelease) where leaf.seq > began {
                try use(leaf)
            }
        }
    }

    /// The index of each thing's last leaf; those that have none are left out.
    func last(of subjects: [String], kind: String) throws -> [String: Int] {
        guard
            let logged = try transaction.row("SELECT last_seq FROM log_bundle ORDER BY n DESC LIMIT 1")?
                .int("last_seq")
        else { return [:] }
        let rows = try transaction.lastJournalSequences(
            of: subjects, kind: kind, acts: LeafForm.publicActs, upTo: logged)
        let indexes = try indexes(of: Array(rows.values))
        return try rows.reduce(into: [:]) { last, row in
            // An act that became public later has rows without leaves.
            last[row.key] = try indexes[row.value] ?? self.logged(row.key, kind: kind).last?.index
        }
    }

    // MARK: Bundles

    func bundle(_ index: Int) throws -> LogBundle? {
        try transaction.row("SELECT \(Self.bundleColumns) FROM log_bundle WHERE n = \(index)").map(
            LogBundle.init)
    }

    /// Where the next leaf goes.
    ///
    /// - Parameter size: leaves that there are.
    func unfinishedBundle(of size: Int) throws -> LogBundle {
        let index = size / Tile.widthMax
        return try size.isMultiple(of: Tile.widthMax)
            ? LogBundle(index: index) : bundle(index) ?? LogBundle(index: index)
    }

    func put(_ bundle: LogBundle) throws {
        try transaction.execute(
            """
            INSERT INTO log_bundle (n, width, first_seq, last_seq, seqs, salts, entries)
            VALUES (\(bundle.index), \(bundle.width), \(bundle.rows[0]), \(bundle.rows[bundle.width - 1]),
                \(bundle.rows.bytes), \(bundle.salts.bytes), \(bundle.entries))
            ON CONFLICT (n) DO UPDATE SET width = excluded.width, last_seq = excluded.last_seq,
                seqs = excluded.seqs, salts = excluded.salts, entries = excluded.entries
            """)
    }

    /// Where the leaves of journal rows are, by row; those that have none are left out.
    func indexes(of rows: [Int]) throws -> [Int: Int] {
        var indexes: [Int: Int] = [:]
        var found: (index: Int, rows: LoggedRows)?
        for seq in rows.sorted() {
            if let known = found, let place = known.rows.place(of: seq) {
                indexes[seq] = known.index * Tile.widthMax + place
                continue
            }
            // Answered by log_bundle_seq.
            found = try transaction.row(
                "SELECT n, seqs FROM log_bundle WHERE first_seq <= \(seq) ORDER BY first_seq DESC LIMIT 1"
            ).map { (try $0.int("n"), LoggedRows(bytes: try $0.bytes("seqs"))) }
            if let found, let place = found.rows.place(of: seq) {
                indexes[seq] = found.index * Tile.widthMax + place
            }
        }
        return indexes
    }

    /// Destroys the salt of an edition's leaves: nobody can find out any more whether a guess of its words is right.
    func destroySalt(of publication: String, edition: Int) throws {
        let acts = ["edition.released", "edition.withdrawn"]
        for (row, index) in try logged(publication, kind: "publication", acts: acts)
        where row.change["n"] == String(edition) {
            guard var bundle = try bundle(index / Tile.widthMax) else { continue }
            bundle.destroySalt(at: index % Tile.widthMax)
            try put(bundle)
        }
    }

    /// Brings the leaves of a log that an earlier program wrote, a row each, into bundles. Changes nothing where there are none.
    package func packRows() throws {
        let start = try size()
        var bundle = try unfinishedBundle(of: start)
        var next = start
        while true {
            let rows = try transaction.rows(
                "SELECT idx, journal_seq, entry, salt FROM log_leaf WHERE idx >= \(next) ORDER BY idx LIMIT 1000"
            )
            if rows.isEmpty { break }
            for row in rows {
                guard try row.int("idx") == next else { throw LogProblem.leafMissing(next) }
                try bundle.append(
                    entry: row.bytes("entry"), seq: row.int("journal_seq"), salt: row.bytesOrNil("salt"))
                next += 1
                if bundle.width == Tile.widthMax {
                    try put(bundle)
                    bundle = LogBundle(index: bundle.index + 1)
                }
            }
        }
        if bundle.width > 0, next > start { try put(bundle) }
        if next > start { try transaction.execute("DELETE FROM log_leaf") }
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
        let bytes = try stored(level: level, address.index)
        // One that was stored with its nodes needs no hashing.
        if bytes.count == Tile.nodesByteCount {
            let full = try Tile(withNodes: bytes)
            return address.width == full.width
                ? full : try Tile(served(bytes, address.width), width: address.width)
        }
        return try Tile(served(bytes, address.width), width: address.width)
    }

    /// A tile as it was stored; empty when it is not there.
    private func stored(level: Int, _ index: Int) throws -> [UInt8] {
        let row = try transaction.row("SELECT hashes FROM log_tile WHERE level = \(level) AND n = \(index)")
        let bytes = try row?.bytes("hashes") ?? []
        let isHashesAlone =
            bytes.count <= Tile.widthMax * NodeHash.byteCount
            && bytes.count.isMultiple(of: NodeHash.byteCount)
        guard isHashesAlone || bytes.count == Tile.nodesByteCount else { throw LogFlaw(.tileLength) }
        return bytes
    }

    /// The hashes alone.
    private func served(_ bytes: [UInt8], _ width: Int) -> [UInt8] {
        Array(bytes.prefix(width * NodeHash.byteCount))
    }

    /// The bytes that are served under an address: what the last signed head covers, and nothing beyond it.
    ///
    /// - Returns: nil for a tile or bundle that reaches beyond.
    package func served(_ address: TileAddress) throws -> [UInt8]? {
        guard let size = try lastCheckpoint()?.size, address.lies(within: size) else { return nil }
        if case .hashes(let level) = address.content {
            let bytes = served(try stored(level: level, address.index), address.width)
            guard bytes.count == address.width * NodeHash.byteCount else { throw LogFlaw(.tileLength) }
            return bytes
        }
        guard let bundle = try bundle(address.index) else { throw LogFlaw(.bundleLength) }
        if bundle.width == address.width { return bundle.entries }
        return try EntryBundle.prefix(address.width, of: bundle.entries, count: bundle.width)
    }

    func put(_ tiles: [PlacedTile]) throws {
        for placed in tiles {
            guard case .hashes(let level) = placed.address.content else { continue }
            try transaction.execute(
                """
                INSERT INTO log_tile (level, n, hashes)
                VALUES (\(level), \(placed.address.index), \(placed.tile.bytesWithNodes ?? placed.tile.bytes))
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

    /// No act may lie before what the log has dated: with a clock that was put back it would be as if it had been done then.
    ///
    /// - Throws: `LogProblem.actBehind`.
    package func refuseBehind(_ occasion: Occasion) throws {
        guard let signed = try lastCheckpoint().flatMap({ Instant($0.signedAt) }),
            let now = Instant(occasion.now), now.seconds < signed.seconds - LogSigner.clockStepMax
        else { return }
        throw LogProblem.actBehind(signed: signed.seconds, now: now.seconds)
    }

    /// All signed heads, smallest first.
    func heads() throws -> [SignedHead] {
        try transaction.rows(
            "SELECT size, origin, note, signed_at FROM log_checkpoint ORDER BY size LIMIT 10000000"
        ).map(SignedHead.init)
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

    /// The first signed head that covers a leaf and that a witness cosigned, with the earliest time that one swears; nil
    /// where none did.
    package func firstCosigned(covering index: Int) throws -> (head: SignedHead, witnessedAt: Instant)? {
        // Answered by log_cosignature_size.
        let row = try transaction.row(
            """
            SELECT size, seconds FROM log_cosignature WHERE size > \(index) ORDER BY size, seconds LIMIT 1
            """)
        guard let row, let head = try checkpoint(at: row.int("size")) else { return nil }
        return (head, Instant(seconds: try row.int("seconds")))
    }

    /// Who cosigned a head, and when.
    func cosignatures(of size: Int) throws -> [(witness: String, seconds: Int)] {
        // Answered by log_cosignature_size.
        try transaction.rows(
            "SELECT witness, seconds FROM log_cosignature WHERE size = \(size) ORDER BY witness LIMIT 1000"
        ).map { (try $0.string("witness"), try $0.int("seconds")) }
    }

    /// - Parameter seconds: since 1970 UTC, as the witness swears.
    func cosigned(_ size: Int, by witness: String, at seconds: Int) throws {
        try transaction.execute(
            """
            INSERT INTO log_cosignature (witness, size, seconds) VALUES (\(witness), \(size), \(seconds))
            ON CONFLICT (witness, size) DO NOTHING
            """)
    }

    /// Forgets a log whose journal epoch has ended, and begins one for the epoch of now. Where the epoch is still the same only the
    /// follower's mark was lost: the log stays.
    ///
    /// - Throws: `LogProblem.journalCut` when the journal has lost rows that are logged.
    func begin() throws {
        let epoch = try transaction.instance().journalEpoch
        let known = try transaction.row("SELECT epoch FROM log_epoch WHERE epoch = \(epoch)")
        if known != nil, try size() > 0 {
            if try transaction.journalHead() < lastSequence() { throw LogProblem.journalCut }
            return
        }
        try transaction.execute("DELETE FROM log_epoch")
        try transaction.execute("INSERT INTO log_epoch (epoch) VALUES (\(epoch))")
        try transaction.execute("DELETE FROM log_bundle")
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

extension LogBundle {
    init(_ row: Row) throws {
        self.init(
            index: try row.int("n"), entries: try row.bytes("entries"),
            rows: LoggedRows(bytes: try row.bytes("seqs")), salts: LeafSalts(bytes: try row.bytes("salts")))
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
