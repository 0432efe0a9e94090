import CivilTime
import MerkleLog
import Obligations
import Publishing
import Storage

/// Derives the log again from the database and names the first thing that is not as it was signed.
package struct LogAudit {
    /// What was looked at, and what did not fit.
    package struct Report: Sendable, Codable {
        package let origin: String
        /// Leaves in the database.
        package var leaves = 0
        /// Heads whose signature and root were checked.
        package var heads = 0
        /// Cosignatures that were checked with the key of their witness.
        package var cosignatures = 0
        /// Cosignatures of witnesses whose key was not given: whether they are truly theirs was not checked.
        package var cosignaturesUnknown = 0
        /// Obligations whose tables were held against their leaves.
        package var obligations = 0
        /// Events whose table was held against their leaves.
        package var events = 0
        /// Publications whose tables were held against their leaves.
        package var publications = 0
        /// Declarations that a source is complete, whose table was held against their leaves.
        package var coverages = 0
        /// Keys of the log whose file was held against their leaves.
        package var keys = 0
        /// Heads of logs that have ended, whose signature and size were checked: their leaves are gone.
        package var endedHeads = 0
        /// Records whose words were hashed again.
        package var records = 0
        /// Public facts of the journal that the log has no leaf of yet.
        package var waiting = 0
        /// What they are about. Obligations are held against the journal then; all else waits for the next audit.
        package var waitingSubjects = 0
        /// Editions whose content was erased, each with its own leaf.
        package var erased = 0
        /// nil: everything fits.
        package var difference: Difference?
    }

    private let transaction: Transaction
    private let keyring: LogKeyring
    private let keys: [NoteKey]
    private let timeKeys: [NoteKey]
    private let witnessKeys: [NoteKey]
    private let times: EditionTime
    private let ended: [EndedLog]
    /// Of the last head that was looked at, seconds since 1970 UTC.
    private var lastTime = 0
    private var report: Report
    private var tree = MerkleTree()
    private var lastSeq = 0
    private var previous: [LeafSubject: Int] = [:]
    /// What leaves tell of that may be gone from its table, by act; of obligations the number is enough.
    private var told: [String: [String]] = [:]
    /// How many obligations leaves tell of.
    private var created = 0

    private static let page = 500
    private static let beginnings: Set = [
        "source.covered", "catalogue.loaded", "calendar.loaded", "ledger.started",
    ]

    /// - Parameters:
    ///   - keyring: the public halves are used; nothing is signed.
    ///   - ended: logs of which somebody may have kept a head.
    ///   - witnessKeys: those of the witnesses (见证方) that are known.
    package init(
        _ transaction: Transaction, keyring: LogKeyring, ended: [EndedLog] = [], witnessKeys: [NoteKey] = []
    ) throws {
        self.transaction = transaction
        self.ended = ended
        self.keyring = keyring
        self.witnessKeys = witnessKeys
        let public_ = try keyring.publicKeys.map { ($0.purpose, try NoteKey(parsing: $0.publicKey)) }
        keys = public_.filter { $0.0 == .head }.map(\.1)
        timeKeys = public_.filter { $0.0 == .time }.map(\.1)
        times = try EditionTime(transaction, timeKeys: timeKeys, epoch: keyring.epoch)
        report = Report(origin: keyring.origin)
    }

    /// - Parameters:
    ///   - signed: the head that stands outside the database, when there is one.
    ///   - seen: heads that somebody kept; the log must have grown out of each, or it is one of a log that has ended.
    /// - Throws: `LogProblem.notFollowed` where the log began anew and the database still holds the one before;
    ///   `LogProblem.otherEpoch` where the keys are of another journal epoch than the database.
    package mutating func run(signed: SignedNote?, seen: [SignedNote] = []) throws -> Report {
        do {
            try checkEpoch()
            if report.difference == nil { try walk() }
            if report.difference == nil { try checkUnlogged() }
            if report.difference == nil { try checkLedger() }
            if report.difference == nil, let signed { try check(outside: signed) }
            for note in seen where report.difference == nil { try check(seen: note) }
        } catch let unreadable as Unreadable {
            differ(.rowUnreadable, nil, about: unreadable.subject, unreadable.detail)
        }
        return report
    }

    private mutating func checkEpoch() throws {
        guard try transaction.instance().journalEpoch == keyring.epoch else { throw LogProblem.otherEpoch }
        guard let epoch = try transaction.log.epoch(), epoch != keyring.epoch else { return }
        guard try transaction.log.lastCheckpoint()?.origin == keyring.origin else {
            throw LogProblem.notFollowed(keyring.origin)
        }
        differ(.ledgerAltered, nil, "日志的纪元（log_epoch）与密钥的纪元不符。")
    }

    /// The leaves, and what is made of them alone: tiles and heads.
    private mutating func walk() throws {
        let heads = try Unreadable.reading("签名的表 log_checkpoint ") { try transaction.log.heads() }
        var rest = heads[...]
        while report.difference == nil {
            guard let page = try page(), !page.isEmpty else { break }
            try take(page, &rest)
        }
        if report.difference == nil, let head = rest.first {
            differ(.signedBeyond, nil, "第 \(head.size) 条的签名之后没有相应条目：日志被截短。")
        }
        if report.difference == nil { try checkUnfinishedTiles() }
    }

    /// The next bundle's leaves; nil when that is settled by a difference.
    private mutating func page() throws -> [LogLeaf]? {
        let index = tree.size / Tile.widthMax
        do {
            let leaves = try transaction.log.bundle(index)?.leaves() ?? []
            return Array(leaves.dropFirst(tree.size % Tile.widthMax))
        } catch let flaw as LogFlaw where flaw.fault == .bundleLength {
            differ(.order, nil, "第 \(index) 个条目包的条目数与留痕数不符。")
            return nil
        }
    }

    private mutating func take(_ page: [LogLeaf], _ heads: inout ArraySlice<SignedHead>) throws {
        let rows = try rows(of: page)
        for leaf in page where report.difference == nil {
            guard leaf.index == tree.size, leaf.seq > lastSeq else {
                return differ(.order, leaf, "条目的次序不连续或者与留痕次序不符。")
            }
            try Unreadable.reading(name(of: leaf), about: leaf.subject) { try check(leaf, rows[leaf.seq]) }
            guard report.difference == nil else { return }
            try append(leaf, rows[leaf.seq])
            while let head = heads.first, head.size == tree.size, report.difference == nil {
                try check(head)
                heads = heads.dropFirst()
            }
        }
    }

    private func name(of leaf: LogLeaf) -> String {
        "第 \(leaf.index) 条（\(leaf.act)）所依据的留痕第 \(leaf.seq) 条或者它的记录"
    }

    /// The journal rows that leaves tell of, by number. Where one cannot be read, each is read alone, so that its leaf is named.
    private func rows(of page: [LogLeaf]) throws -> [Int: JournalRow] {
        do {
            return try transaction.journal(ofSequence: page.map(\.seq))
        } catch is SchemaMismatch {
            return try page.reduce(into: [:]) { rows, leaf in
                rows[leaf.seq] = try Unreadable.reading(name(of: leaf), about: leaf.subject) {
                    try transaction.journal(ofSequence: [leaf.seq])[leaf.seq]
                }
            }
        }
    }

    private mutating func append(_ leaf: LogLeaf, _ row: JournalRow?) throws {
        lastSeq = leaf.seq
        if let row { previous[LeafSubject(kind: row.subjectKind, id: row.subject)] = leaf.index }
        if Self.beginnings.contains(leaf.act) { told[leaf.act, default: []].append(leaf.subject) }
        if leaf.act == "obligation.created" { created += 1 }
        report.leaves += 1
        // With the nodes that proofs are taken from.
        for finished in tree.append([leaf.hash]) where try stored(finished.address) != finished.tile {
            differ(.tile, leaf, "对外提供的哈希块 \(finished.address) 与条目不符。")
        }
    }

    /// Those at the right edge, which grow with every leaf.
    private mutating func checkUnfinishedTiles() throws {
        let altered = try tree.partialTiles.first { try stored($0.address) != $0.tile }
        if let altered { differ(.tile, nil, "对外提供的哈希块 \(altered.address) 与条目不符。") }
    }

    private func stored(_ address: TileAddress) throws -> Tile? {
        do {
            return try transaction.log.tile(address)
        } catch is LogFlaw {
            return nil
        }
    }

    /// The leaf against the journal and the record.
    private mutating func check(_ leaf: LogLeaf, _ row: JournalRow?) throws {
        guard let row else { return differ(.journalMissing, leaf, "条目所依据的留痕记录不见了。") }
        guard let commitment = try commitment(of: leaf, row) else { return }
        let before = previous[LeafSubject(kind: row.subjectKind, id: row.subject)]
        guard let draft = LeafForm.draft(row, commitment: commitment.value, salt: nil),
            LeafForm.entry(draft, previous: before) == leaf.entry
        else { return differ(.journalAltered, leaf, "由留痕重新得出的条目与日志不同：留痕或者条目被改动过。") }
    }

    private struct Commitment {
        let value: String?
    }

    /// The salted hash that belongs into the leaf; nil when that is settled already by a difference.
    private mutating func commitment(of leaf: LogLeaf, _ row: JournalRow) throws -> Commitment? {
        let record = try PublicRecord.bytes(of: row, in: transaction)
        let stands = leaf.entryCommitment
        if record == nil, try isGone(row) {
            differ(.recordMissing, leaf, "公开信息或者它的这一版不见了，而依法删除的只是内容。")
            return nil
        }
        switch (record, leaf.salt, stands) {
        case (let record?, let salt?, _):
            report.records += 1
            let value = PublicRecord.commitment(to: record, salt: salt)
            guard value == stands else {
                differ(.recordAltered, leaf, "记录的内容与当时写入日志的哈希不符：记录被改动过。")
                return nil
            }
            return Commitment(value: value)
        case (nil, let salt, let stands?):
            guard let erasure = try erasure(of: row) else {
                differ(.recordMissing, leaf, "记录不见了，日志里也没有依法删除的条目。")
                return nil
            }
            // The salt goes when the erasure gets its leaf, for which the last ones may still wait.
            if salt != nil, try transaction.log.indexes(of: [erasure.seq])[erasure.seq] != nil {
                differ(.recordAltered, leaf, "记录已依法删除，其盐值还在。")
                return nil
            }
            report.erased += 1
            return Commitment(value: stands)
        case (nil, nil, nil):
            return Commitment(value: nil)
        case (nil, _?, nil):
            differ(.recordMissing, leaf, "条目没有记录，却有盐值。")
            return nil
        case (_?, nil, _):
            differ(.recordAltered, leaf, "记录还在，其盐值不见了，无法核对。")
            return nil
        }
    }

    /// Whether a row tells of an edition that is not there at all, with or without its content.
    private func isGone(_ row: JournalRow) throws -> Bool {
        guard ["edition.released", "edition.withdrawn"].contains(row.act),
            let number = row.change["n"].flatMap({ Int($0) })
        else { return false }
        return try transaction.publications.publication(row.subject) == nil
            || transaction.publications.edition(row.subject, number: number) == nil
    }

    /// What the journal says of the erasure of an edition's content.
    private func erasure(of row: JournalRow) throws -> JournalRow? {
        try transaction.journal(
            about: row.subjectKind, row.subject, acts: ["edition.erased"], after: 0, limit: Self.page
        ).last { $0.change["n"] == row.change["n"] }
    }

    private mutating func check(_ head: SignedHead) throws {
        report.heads += 1
        let audit = HeadAudit(
            transaction: transaction, keys: keys, timeKeys: timeKeys, witnessKeys: witnessKeys,
            origin: report.origin)
        switch try audit.answer(head, of: tree, notBefore: lastTime) {
        case .holds(let time, let cosigned, let unknown):
            lastTime = time
            report.cosignatures += cosigned
            report.cosignaturesUnknown += unknown
        case .differs(let kind, let detail): differ(kind, nil, "第 \(head.size) 条处的签名\(detail)")
        }
    }

    /// Whether a public fact of the journal is missing in the log, up to its last leaf.
    private mutating func checkUnlogged() throws {
        var seq = 0
        while seq < lastSeq {
            let rows = try Unreadable.reading("留痕的表 journal ") {
                try transaction.journal(after: seq, limit: Self.page)
            }
            guard let last = rows.last else { return }
            seq = last.seq
            let public_ = rows.filter { LeafForm.isPublic($0.act) && $0.seq <= lastSeq }
            let logged = try transaction.log.indexes(of: public_.map(\.seq))
            if let missing = public_.first(where: { logged[$0.seq] == nil }) {
                return differ(unlogged: missing)
            }
        }
    }

    /// The tables that pages are made from, and the file of the keys, against what the leaves add up to.
    ///
    /// Obligations that changed since the last leaf are held against the journal, all else that did is left to the next audit. The
    /// hours of the clock stand in the journal alone, which was held against its leaves before.
    private mutating func checkLedger() throws {
        let waiting = try waiting()
        guard report.difference == nil else { return }
        try checkObligations(except: waiting)
        if report.difference == nil { try checkFacts(except: waiting) }
        if report.difference == nil { try checkCoverages(except: waiting) }
        if report.difference == nil { try checkData(except: waiting) }
        if report.difference == nil, !waiting.contains(keyring.origin) { try checkKeys() }
        if report.difference == nil { try checkEnded() }
    }

    private mutating func checkData(except waiting: Set<String>) throws {
        let data = DataAudit(transaction: transaction, told: told, waiting: waiting)
        guard let finding = try data.finding() else { return }
        differ(
            finding.isUnlogged ? .ledgerUnlogged : .ledgerAltered, nil, about: finding.subject, finding.detail
        )
    }

    /// What the journal tells of and the log does not yet. What its follower has passed by is none of that: it never gets a leaf.
    private mutating func waiting() throws -> Set<String> {
        let epoch = try transaction.instance().journalEpoch
        let mark = try transaction.followerMarks().first {
            $0.name == LogFollower().name && $0.epoch == epoch
        }
        let passed = mark?.bookmark ?? 0
        var waiting: Set<String> = []
        var seq = lastSeq
        while true {
            let rows = try transaction.journal(after: seq, limit: Self.page)
            guard let last = rows.last else { break }
            seq = last.seq
            let public_ = rows.filter { LeafForm.isPublic($0.act) }
            if let missing = public_.first(where: { $0.seq <= passed }) {
                differ(unlogged: missing)
                return waiting
            }
            report.waiting += public_.count
            waiting.formUnion(public_.map(\.subject))
        }
        report.waitingSubjects = waiting.count
        return waiting
    }

    private mutating func differ(unlogged row: JournalRow) {
        report.difference = Difference(
            kind: .journalUnlogged, leaf: nil, act: row.act, subject: row.subject,
            detail: "留痕第 \(row.seq) 条（\(row.act)）没有写入日志。")
    }

    private mutating func checkFacts(except waiting: Set<String>) throws {
        let facts = FactAudit(transaction: transaction, times: times, waiting: waiting)
        let events = try facts.events()
        report.events = events.seen
        let publications = try events.finding == nil ? facts.publications() : (finding: nil, seen: 0)
        report.publications = publications.seen
        guard let finding = events.finding ?? publications.finding else { return }
        differ(
            finding.isUnlogged ? .ledgerUnlogged : .ledgerAltered,
            try finding.leaf.flatMap { try transaction.log.leaf($0) }, about: finding.subject, finding.detail)
    }

    private mutating func checkObligations(except waiting: Set<String>) throws {
        var cursor = ""
        var known = 0
        while true {
            let page = try Unreadable.reading("公开义务的表 obligation ") {
                try transaction.obligations.obligations(after: cursor, limit: Self.page)
            }
            guard let last = page.last else { break }
            cursor = last.id
            for obligation in page {
                if try isLogged(obligation) { known += 1 }
                try Unreadable.reading("公开义务 \(obligation.id) 的到期日计算、履行记录或者决定", about: obligation.id) {
                    try check(obligation, except: waiting)
                }
                guard report.difference == nil else { return }
            }
        }
        // Each row has its own first leaf: with fewer rows than those, one is gone.
        if known < created, let gone = try firstGone() {
            return differ(.ledgerAltered, gone, "公开义务 \(gone.subject) 在日志里，表中不见了。")
        }
        let orphan = try Unreadable.reading("台账各表") { try transaction.ledger.orphan() }
        if let (table, id) = orphan {
            differ(.ledgerUnlogged, nil, about: id, "表 \(table) 有公开义务 \(id) 的记录，而没有这项义务。")
        }
    }

    private func isLogged(_ obligation: Obligation) throws -> Bool {
        try transaction.log.logged(obligation.id, kind: "obligation", acts: ["obligation.created"], limit: 1)
            .first != nil
    }

    private func firstGone() throws -> LogLeaf? {
        for index in 0...(max(tree.size - 1, 0) / Tile.widthMax) {
            let gone = try transaction.log.bundle(index)?.leaves().first {
                try $0.act == "obligation.created" && transaction.obligations.obligation($0.subject) == nil
            }
            if let gone { return gone }
        }
        return nil
    }

    /// One that the journal tells more of than the log has leaves yet is held against the journal, which becomes leaves.
    private mutating func check(_ obligation: Obligation, except waiting: Set<String>) throws {
        report.obligations += 1
        let logged = try transaction.log.logged(obligation.id, kind: "obligation")
        let isWaiting = waiting.contains(obligation.id)
        guard isWaiting || !logged.isEmpty else {
            return differ(.ledgerUnlogged, nil, about: obligation.id, "公开义务 \(obligation.id) 没有写入日志。")
        }
        let rows =
            isWaiting
            ? try transaction.log.told(of: obligation.id, kind: "obligation") : logged.map(\.row)
        let difference =
            try LedgerReplay(rows).difference(from: obligation, times, in: transaction)
            ?? PastReplay(transaction: transaction, rows: rows).difference(of: obligation)
        if let difference {
            differ(
                .ledgerAltered, try logged.first.flatMap { try transaction.log.leaf($0.index) },
                about: obligation.id, "公开义务 \(obligation.id)：\(difference)")
        }
        for decision in try transaction.ledger.decisions(of: obligation.id)
        where report.difference == nil && !waiting.contains(decision.id) {
            try check(decision)
        }
    }

    private mutating func check(_ decision: Decision) throws {
        let rows = try transaction.log.logged(decision.id, kind: "decision").map(\.row)
        let revoked = rows.last { $0.act == "decision.revoked" }
        if !rows.contains(where: { $0.act == "decision.made" }) {
            differ(.ledgerUnlogged, nil, about: decision.id, "决定 \(decision.id) 没有写入日志。")
        } else if revoked.flatMap({ Instant($0.at)?.day }) != decision.revokedOn {
            differ(.ledgerAltered, nil, about: decision.id, "决定 \(decision.id) 的撤销情况与日志不符。")
        }
    }

    private mutating func checkCoverages(except waiting: Set<String>) throws {
        var cursor = ""
        while true {
            let page = try Unreadable.reading("来源完整性声明的表 source_coverage ") {
                try transaction.ledger.coverages(after: cursor, limit: Self.page)
            }
            guard let last = page.last else { break }
            cursor = last.id
            for coverage in page where !waiting.contains(coverage.id) {
                try check(coverage)
                guard report.difference == nil else { return }
            }
        }
        let gone = try (told["source.covered"] ?? []).first {
            try !waiting.contains($0) && transaction.ledger.coverage($0) == nil
        }
        if let gone { differ(.ledgerAltered, nil, about: gone, "来源完整性声明 \(gone) 在日志里，表中不见了。") }
    }

    private mutating func check(_ coverage: SourceCoverage) throws {
        report.coverages += 1
        let logged = try transaction.log.logged(coverage.id, kind: "coverage")
        let replay = CoverageReplay(logged.map(\.row))
        if !replay.isLogged {
            differ(.ledgerUnlogged, nil, about: coverage.id, "来源完整性声明 \(coverage.id) 没有写入日志。")
        } else if !replay.agrees(with: coverage) {
            differ(
                .ledgerAltered, try logged.first.flatMap { try transaction.log.leaf($0.index) },
                "来源完整性声明 \(coverage.id) 与日志不符。")
        }
    }

    /// Whether the log before is still said to have ended as this one's first leaf has it.
    private mutating func checkEnded() throws {
        let began = try transaction.log.told(of: keyring.origin).first { $0.act == "log.started" }
        guard let told = began?.change["previous-audit"], ended.first?.auditCode != told else { return }
        differ(.ledgerAltered, nil, "上一个日志结束前的核对结果与本日志第一条所记的不符，或者它的记录（ended-….json）不见了。")
    }

    private mutating func checkKeys() throws {
        report.keys = keyring.keys.count
        let logged = try transaction.log.logged(keyring.origin, kind: "log")
        let replay = KeyReplay(logged.map { ($0.row.act, $0.row.change) })
        if let difference = replay.difference(from: keyring) { differ(.keyAltered, nil, difference) }
    }

    private mutating func check(seen note: SignedNote) throws {
        let origin = note.text.prefix { $0 != "\n" }
        if let log = ended.first(where: { $0.origin == origin }) {
            report.endedHeads += 1
            if let flaw = try log.flaw(of: note) { differ(flaw.kind, nil, flaw.detail) }
            return
        }
        do {
            _ = try note.check(keys: keys)
            try Checkpoint(parsing: note.text).check(origin: report.origin)
        } catch {
            return differ(.signature, nil, "另存的签名不是本日志的签名：\(error)")
        }
        try check(outside: note)
    }

    private mutating func check(outside signed: SignedNote) throws {
        let head = try Checkpoint(parsing: signed.text)
        guard head.origin == report.origin else { return }
        guard head.size <= tree.size else {
            return differ(.signedBeyond, nil, "数据库外保存的签名到第 \(head.size) 条，数据库只有 \(tree.size) 条。")
        }
        guard try transaction.log.tree(at: head.size).root == head.root else {
            return differ(.root, nil, "数据库外保存的签名（第 \(head.size) 条）与条目不符。")
        }
    }

    private mutating func differ(
        _ kind: Difference.Kind, _ leaf: LogLeaf?, about subject: String = "", _ detail: String
    ) {
        report.difference = Difference(
            kind: kind, leaf: leaf?.index, act: leaf?.act ?? "", subject: leaf?.subject ?? subject,
            detail: leaf.map { "第 \($0.index) 条（\($0.act)）：\(detail)" } ?? detail)
    }
}
