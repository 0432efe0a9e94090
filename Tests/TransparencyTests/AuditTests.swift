import CivilTime
import LedgerTesting
import MerkleLog
import Obligations
import Publishing
import Storage
import StorageTesting
import Testing

@testable import Transparency

/// A change behind the acts, and what the audit calls it.
struct Tampering: Sendable, CustomTestStringConvertible {
    let what: String
    let found: LogAudit.Difference.Kind
    let change: @Sendable (Transaction) throws -> Void

    var testDescription: String { what }

    init(_ what: String, _ sql: SQL, _ found: LogAudit.Difference.Kind) {
        self.init(what, found) { try $0.execute(sql) }
    }

    init(
        _ what: String, _ found: LogAudit.Difference.Kind,
        _ change: @escaping @Sendable (Transaction) throws -> Void
    ) {
        (self.what, self.found, self.change) = (what, found, change)
    }

    static let all = [
        Tampering(
            "a word in an edition",
            "UPDATE edition SET reason = 'x' WHERE kind = 'withdrawal'", .recordAltered),
        Tampering(
            "the day of an event", "UPDATE event SET day = '2026-03-09' WHERE kind = 'item.formed'",
            .recordAltered),
        Tampering("the ground of a decision", "UPDATE decision SET ground = '国家安全'", .recordAltered),
        Tampering("an obligation that is gone", .ledgerAltered) { transaction in
            let gone: SQL = "(SELECT min(id) FROM obligation)"
            for table in ["overdue_entry", "discharge", "due_computation", "decision"] as [SQL] {
                try transaction.execute("DELETE FROM \(table) WHERE obligation = \(gone)")
            }
            try transaction.execute("DELETE FROM obligation WHERE id = \(gone)")
        },
        Tampering("a discharge that is gone", "DELETE FROM discharge", .ledgerAltered),
        Tampering("whether it was in time", "UPDATE discharge SET verdict = 'undetermined'", .ledgerAltered),
        Tampering("the day of a discharge", "UPDATE discharge SET day = '2026-03-03'", .ledgerAltered),
        Tampering(
            "the day on which it was met", "UPDATE obligation SET closed_day = '2026-03-03'", .ledgerAltered),
        Tampering(
            "the day that started the clock", "UPDATE obligation SET trigger_day = '2026-01-05'",
            .ledgerAltered),
        Tampering(
            "that a duty is standing, with a later day",
            "UPDATE obligation SET standing = 1, due = '2027-01-01' WHERE due IS NOT NULL", .ledgerAltered),
        Tampering("the time of a head", .signature) { transaction in
            // The line of the second key dates the head.
            try transaction.execute(
                "UPDATE log_checkpoint SET note = replace(note, '/time ', '/tims ')")
        },
        Tampering("the period", "UPDATE obligation SET period = '2026-Q1'", .ledgerAltered),
        Tampering("the law of a computation", "UPDATE due_computation SET law_version = 'x'", .ledgerAltered),
        Tampering(
            "that an event was superseded", "UPDATE event SET state = 'current' WHERE state = 'superseded'",
            .ledgerAltered),
        Tampering(
            "that an event stands", "UPDATE event SET state = 'voided' WHERE state = 'current'",
            .ledgerAltered),
        Tampering("an event that nobody recorded", .ledgerUnlogged) { transaction in
            try transaction.execute(
                """
                INSERT INTO event (id, root, natural_key, kind, item, body, jurisdiction, project, lot, period, day, time,
                    basis, evidence, evidence_edition, recorded_at, recorded_by, state, reason)
                SELECT 'x', 'x', 'x', kind, item, body, jurisdiction, project, lot, period, day, time, basis, evidence,
                    evidence_edition, recorded_at, recorded_by, 'current', '' FROM event ORDER BY id LIMIT 1
                """)
        },
        Tampering("the day of a publication", "UPDATE publication SET day = '2020-02-02'", .ledgerAltered),
        Tampering("the title in lists", "UPDATE publication SET title = 'x'", .ledgerAltered),
        Tampering("that it was withdrawn", "UPDATE publication SET state = 'released'", .ledgerAltered),
        Tampering("the day of an edition", "UPDATE edition SET released_day = '2020-02-02'", .ledgerAltered),
        Tampering("the hash of an edition", "UPDATE edition SET sha256 = 'x'", .ledgerAltered),
        Tampering(
            "an edition that nobody released",
            """
            INSERT INTO edition (publication, n, kind, record, sha256, reason, claimed_at, released_at, released_day,
                released_by, erased_at, erased_ground, erased_clause)
            SELECT publication, 9, kind, record, sha256, reason, claimed_at, released_at, released_day, released_by,
                erased_at, erased_ground, erased_clause FROM edition WHERE n = 1
            """, .ledgerUnlogged),
        Tampering("a publication that nobody released", .ledgerUnlogged) { transaction in
            try transaction.execute(
                """
                INSERT INTO publication (id, item, jurisdiction, body, project, lot, period, channel, audience, origin,
                    source, source_key, state, editions, title, day, first_seen_at)
                SELECT 'x', item, jurisdiction, body, project, lot, period, channel, audience, origin, source, 'x', state,
                    editions, title, day, first_seen_at FROM publication ORDER BY id LIMIT 1
                """)
        },
        Tampering(
            "when a decision was revoked", "UPDATE decision SET revoked_on = '2026-05-05'", .ledgerAltered),
        Tampering("that a decision was revoked", "UPDATE decision SET revoked_on = NULL", .ledgerAltered),
        Tampering("who owes", "UPDATE obligation SET body = 'sx-finance'", .ledgerAltered),
        Tampering(
            "the due day that pages show", "UPDATE obligation SET due = '2027-01-01' WHERE due IS NOT NULL",
            .ledgerAltered),
        Tampering(
            "how an obligation was closed",
            "UPDATE obligation SET closed_kind = 'on_time' WHERE closed_kind = ''", .ledgerAltered),
        Tampering("an overdue entry", "DELETE FROM overdue_entry", .ledgerAltered),
        Tampering("the basis of a discharge", "UPDATE discharge SET basis = 'witnessed'", .ledgerAltered),
        Tampering("an edition that is gone", "DELETE FROM edition WHERE kind = 'withdrawal'", .recordMissing),
        Tampering(
            "the journal", "UPDATE journal SET at = '2020-01-01T00:00:00Z' WHERE act = 'obligation.overdue'",
            .journalAltered),
        Tampering(
            "a journal row that is gone", "DELETE FROM journal WHERE act = 'obligation.overdue'",
            .journalMissing),
        Tampering("a key", "UPDATE journal SET change = '{}' WHERE act = 'key.added'", .journalAltered),
        Tampering(
            "the hour", "UPDATE journal SET subject_id = 'minute' WHERE act = 'clock.ticked'", .journalAltered
        ),
        Tampering("whom a declaration covers", "UPDATE source_coverage SET body = ''", .ledgerAltered),
        Tampering(
            "that a declaration was taken back", "UPDATE source_coverage SET ended_at = ''", .ledgerAltered),
        Tampering("a declaration that is gone", "DELETE FROM source_coverage", .ledgerAltered),
        Tampering(
            "a declaration that nobody made",
            """
            INSERT INTO source_coverage (id, source, channel, body, jurisdiction, item, from_day, to_day, declared_by,
                declared_at, ended_at, ended_by, ended_reason)
            VALUES ('x', 'x', 'portal', '', 'SX', '', '2026-01-01', '2026-01-02', 'x', 'x', '', '', '')
            """, .ledgerUnlogged),
        Tampering("an item of a catalogue", "UPDATE catalogue_item SET title = 'x'", .ledgerAltered),
        Tampering("a clock of a catalogue", "UPDATE item_clock SET rule = rule || 'x'", .ledgerAltered),
        Tampering("an item of a catalogue that is gone", .ledgerAltered) { transaction in
            let gone: SQL = "(SELECT min(item_id) FROM catalogue_item)"
            try transaction.execute("DELETE FROM item_clock WHERE item_id = \(gone)")
            try transaction.execute("DELETE FROM catalogue_item WHERE item_id = \(gone)")
        },
        Tampering(
            "from when on a catalogue is in force",
            "UPDATE catalogue_version SET effective_from = '2020-01-01'", .ledgerAltered),
        Tampering("the hash of a catalogue", "UPDATE catalogue_version SET sha256 = id", .ledgerAltered),
        Tampering("a catalogue that is gone", .ledgerAltered) { transaction in
            for table in ["item_mapping", "item_clock", "catalogue_item"] as [SQL] {
                try transaction.execute("DELETE FROM \(table) WHERE version LIKE 'FG-%'")
            }
            try transaction.execute("DELETE FROM catalogue_version WHERE catalogue = 'FG'")
        },
        Tampering(
            "a catalogue that nobody loaded",
            """
            INSERT INTO catalogue_version
                (id, catalogue, baseline, title, document, effective_from, sha256, plans, number, loaded_at)
            VALUES ('x', 'SX', '', 'x', 'x', '2020-01-01', 'x', '[]', 9, 'x')
            """, .ledgerUnlogged),
        Tampering(
            "the days of a calendar", "UPDATE calendar_release SET last_day = '2028-01-01'", .ledgerAltered),
        Tampering("whose calendar it is", "UPDATE calendar_release SET jurisdiction = 'FG'", .ledgerAltered),
        Tampering("a calendar that is gone", "DELETE FROM calendar_release", .ledgerAltered),
        Tampering(
            "a calendar that nobody loaded",
            """
            INSERT INTO calendar_release (version, jurisdiction, content, first_day, last_day, loaded_at, loaded_by,
                reached, recomputed_at)
            SELECT 'x', jurisdiction, content, first_day, last_day, loaded_at, loaded_by, reached, recomputed_at
            FROM calendar_release
            """, .ledgerUnlogged),
        Tampering("when a ledger began", "UPDATE ledger SET from_day = '2020-01-01'", .ledgerAltered),
        Tampering("a ledger that is gone", "DELETE FROM ledger", .ledgerAltered),
        Tampering(
            "a ledger that nobody began",
            "INSERT INTO ledger (jurisdiction, from_day, opened_to) VALUES ('CN', '2020-01-01', '2020-01-01')",
            .ledgerUnlogged),
        Tampering("the project of an obligation", "UPDATE obligation SET project = 'x'", .ledgerAltered),
        Tampering(
            "whether a rule is verified", "UPDATE obligation SET verified = 1 - verified", .ledgerAltered),
        Tampering(
            "whether a duty is standing", "UPDATE obligation SET standing = 1 - standing", .ledgerAltered),
        Tampering(
            "when a due day was computed", "UPDATE due_computation SET computed_at = '2020-01-01T00:00:00Z'",
            .ledgerAltered),
        Tampering(
            "which rule won", "UPDATE rule_choice SET choice = replace(choice, '20wd', '30wd')",
            .ledgerAltered),
        Tampering("the ground of an erasure", "UPDATE edition SET erased_clause = 'x'", .ledgerAltered),
        Tampering("the salts", "UPDATE log_bundle SET salts = \([UInt8]())", .recordAltered),
        Tampering("the bytes of a leaf", .recordAltered) {
            try $0.log.rewriteFirstBundle { leaves in leaves[5] = leaves[5].saying(leaves[0].entry) }
        },
        Tampering("the last leaf, which is gone", .signedBeyond) {
            try $0.log.rewriteFirstBundle { $0.removeLast() }
        },
        // Leaf 7 tells of the same obligation as leaf 6, whose place it names.
        Tampering("a leaf in the middle, which is gone", .journalAltered) {
            try $0.log.rewriteFirstBundle { $0.remove(at: 6) }
        },
        Tampering("the bytes of a leaf in the middle, which are gone", .order) { transaction in
            let bundle = try #require(try transaction.log.bundle(0))
            var entries = try bundle.leaves().map(\.entry)
            entries.remove(at: 6)
            try transaction.execute(
                "UPDATE log_bundle SET entries = \(EntryBundle.bytes(entries)) WHERE n = 0")
        },
        Tampering("which journal row a leaf tells of", .journalAltered) {
            try $0.log.rewriteFirstBundle { $0[6] = $0[6].tellingOf($0[6].seq + 1) }
        },
        Tampering("that a leaf tells of an earlier journal row", .order) {
            try $0.log.rewriteFirstBundle { $0[6] = $0[6].tellingOf($0[0].seq) }
        },
        Tampering("a signature", "UPDATE log_checkpoint SET note = replace(note, '— ', '— x')", .signature),
    ]
}

@Suite struct `The audit of a log` {
    /// A story that leaves one leaf of every kind that the acts of a county write.
    private func story(_ log: LoggedCounty) async throws {
        let county = log.county
        let first = try await county.formed(on: "2026-03-02")
        try await county.close("2026-03-30", on: "2026-03-31")
        let published = try await county.publish(on: "2026-04-01", obligation: first).publication.id
        try await county.correct(published, on: "2026-04-02")
        try await county.withdraw(published, on: "2026-04-03")
        let recorded = try await county.event(
            "item.formed", by: "sx-housing", on: "2026-04-03", item: "I-FG-001")
        let second = recorded.obligations[0]
        try await county.amend(recorded.event.id, to: "2026-04-02", on: "2026-04-03")
        let decision = try await county.withhold(second, on: "2026-04-04")
        try await county.revoke(decision.id, on: "2026-04-05")
        try await county.publish(on: "2026-04-06", obligation: second)
        try await county.cover(body: "sx-finance", from: "2026-01-01", to: "2026-01-31", on: "2026-04-06")
        _ = try await county.uncoverLast(on: "2026-04-06")
        try await tellTheRest(log)
        _ = try await county.act(on: "2026-04-06") { transaction, _, occasion in
            try TickClock().perform(in: transaction, occasion)
        }
        try await log.keep()
    }

    /// What a county does seldom: a ledger begins, a holiday year is loaded, lots come up, an event is void, a text is erased.
    private func tellTheRest(_ log: LoggedCounty) async throws {
        let county = log.county
        _ = try await county.act(on: "2026-04-06") { transaction, _, occasion in
            try ReleaseLaw(version: "test", sha256: String(repeating: "0", count: 64)).perform(
                in: transaction, occasion)
        }
        let erased = try await county.publish("I-FG-020", on: "2026-04-06").publication.id
        try await county.erase(erased, on: "2026-04-06")
        let twice = try await county.event(
            "item.formed", by: "sx-housing", on: "2026-04-05", item: "I-FG-001", evidence: "x",
            recorded: "2026-04-06")
        try await county.void(twice.event.id, on: "2026-04-06")
        try await county.startLedger("SX", from: "2026-04-01", on: "2026-04-06")
        try await county.load(Self.restDays, in: "SX", on: "2026-04-06")
        _ = try await county.formed(by: "fg-housing", on: "2026-03-02", recorded: "2026-04-06")
        try await county.cover("FG", from: "2026-03-01", to: "2026-04-05", on: "2026-04-06")
        _ = try await county.uncoverLast(on: "2026-04-06")
        try await tellOfLots(county)
        _ = try await log.signer.changeKeys(retireOld: false)
        _ = try await log.signer.changeKeys(retireOld: true)
    }

    /// What was awaited of the whole project comes up lot by lot, by another body than was expected, and is taken back.
    private func tellOfLots(_ county: County) async throws {
        let project = try await county.project()
        try await county.event(
            "procurement.documents_issued", by: "sx-health", on: "2026-02-02", project: project,
            recorded: "2026-04-06")
        _ = try await county.project(lots: ["1", "2"])
        let result = try await county.event(
            "procurement.result_fixed", by: "sx-finance", on: "2026-03-02", project: project, lot: "2",
            recorded: "2026-04-06")
        try await county.void(result.event.id, on: "2026-04-06")
    }

    /// Rest days of one jurisdiction, made up.
    private static let restDays = """
        {"format": 1, "version": "sx-2026", "years": [
         {"year": 2026, "notices": [{"number": "示例1号", "address": "https://example.invalid/"}], "holidays": [
          {"name": "元旦", "off": ["2026-01-01"]}, {"name": "春节", "off": ["2026-02-16/2026-02-19"]},
          {"name": "清明节", "off": ["2026-04-05"]}, {"name": "劳动节", "off": ["2026-05-01/2026-05-02"]},
          {"name": "端午节", "off": ["2026-06-19"]}, {"name": "中秋节", "off": ["2026-09-25"]},
          {"name": "国庆节", "off": ["2026-10-01/2026-10-03"]}, {"name": "示例日", "off": ["2026-11-20"]}]}]}
        """

    @Test(arguments: Backend.available)
    func `finds what is altered and what is gone behind every public act, and names it`(_ backend: Backend)
        async throws
    {
        try await withLoggedCounty(backend) { log in
            try await story(log)
            let rows = try await log.county.read { try $0.journal(after: 0, limit: 10_000) }
            for act in LeafForm.publicActs {
                guard let row = rows.last(where: { $0.act == act }) else {
                    Issue.record("the story has no \(act)")
                    continue
                }
                try await log.tamper("UPDATE journal SET at = '2020-01-01T00:00:00Z' WHERE seq = \(row.seq)")
                let altered = try #require(try await log.audit().difference, "\(act)")
                #expect(altered.act == act && altered.subject == row.subject && altered.leaf != nil)
                #expect(altered.kind == .journalAltered, "\(act): \(altered.detail)")
                try await log.tamper("UPDATE journal SET at = \(row.at), act = 'x' WHERE seq = \(row.seq)")
                #expect(try await log.audit().difference != nil, "\(act)")
                try await log.tamper("UPDATE journal SET act = \(act) WHERE seq = \(row.seq)")
            }
            #expect(try await log.audit().difference == nil)
        }
    }

    @Test(arguments: Backend.available)
    func `finds nothing where nothing was touched`(_ backend: Backend) async throws {
        try await withLoggedCounty(backend) { log in
            try await story(log)
            let report = try await log.audit()
            #expect(report.difference == nil)
            #expect(report.leaves == (try await log.leaves().count))
            #expect(report.coverages == 2 && report.keys == 4)
            #expect(report.heads >= 1 && report.records >= 5 && report.obligations > 2)
        }
    }

    @Test(arguments: Tampering.all)
    func `finds and names`(_ tampering: Tampering) async throws {
        for backend in Backend.available {
            try await withLoggedCounty(backend) { log in
                try await story(log)
                try await log.tamper(tampering.change)
                let difference = try await log.audit().difference
                #expect(difference?.kind == tampering.found, "\(backend): \(difference?.detail ?? "nothing")")
            }
        }
    }

    @Test(arguments: Backend.available)
    func `leaves what no leaf tells yet to the next audit`(_ backend: Backend) async throws {
        try await withLoggedCounty(backend) { log in
            try await story(log)
            let recorded = try await log.county.event(
                "item.formed", by: "sx-housing", on: "2026-04-07", item: "I-FG-001")
            try await log.keep()
            try await log.county.amend(recorded.event.id, to: "2026-04-06", on: "2026-04-08")
            try await log.county.publish(on: "2026-04-08", obligation: recorded.obligations[0])
            #expect(try await log.audit().difference == nil)
            try await log.keep()
            #expect(try await log.audit().difference == nil)
        }
    }

    @Test(arguments: Backend.available)
    func `finds a key that the log does not tell of, and one that is missing`(_ backend: Backend) async throws
    {
        try await withLoggedCounty(backend) { log in
            try await story(log)
            let kept = try #require(try log.folder.keyring())
            let secret = try log.folder.secret(passphrase: nil, keyFile: nil)
            var more = kept
            try more.add(.head, secret: secret, at: "2026-04-06T02:00:00Z")
            var fewer = try LogKeyring.make(
                origin: kept.origin, epoch: kept.epoch, secret: secret, at: "2026-04-06T02:00:00Z")
            var retired = more
            _ = retired.retireOld(.head, at: "2026-04-06T02:00:00Z")
            for ring in [more, retired] {
                try log.folder.write(ring)
                #expect(try await log.audit().difference?.kind == .keyAltered)
                // What a crash kept from the journal is said at the next start.
                try await log.signer.start()
                try await log.keep()
                #expect(try await log.audit().difference == nil)
            }
            // Keys of which no leaf tells; none of these has signed a head.
            _ = try fewer.add(.time, secret: secret, at: "2026-04-06T02:00:00Z")
            try log.folder.write(fewer)
            #expect(try await log.audit().difference != nil)
        }
    }

    @Test(arguments: Backend.available)
    func `finds a tile that is not what was signed`(_ backend: Backend) async throws {
        try await withLoggedCounty(backend) { log in
            for number in 0..<90 {
                _ = try await log.county.formed(on: "2026-03-02", evidence: "第\(number)号")
            }
            try await log.keep()
            #expect(try await log.leaves().count > 256)
            let stored = try await log.tile(level: 0, 0)
            // A hash that is served; the node over the first two, and the tile's root, which only proofs take.
            for place in [5, 8_192, Tile.nodesByteCount - 1] {
                var bytes = stored
                bytes[place] ^= 1
                try await log.putTile(bytes, level: 0, 0)
                #expect(try await log.audit().difference?.kind == .tile, "byte \(place)")
            }
            try await log.putTile(Array(stored.dropLast()), level: 0, 0)
            #expect(try await log.audit().difference?.kind == .tile)
            try await log.putTile(stored, level: 0, 0)
            #expect(try await log.audit().difference == nil)
        }
    }
}

@Suite struct `A log signer` {
    @Test(arguments: Backend.available)
    func `refuses a database that was put back to an earlier state`(_ backend: Backend) async throws {
        try await withLoggedCounty(backend) { log in
            try await log.county.publish(on: "2026-03-03")
            try await log.keep()
            let size = try #require(try await log.head()).size
            // What a restored file lacks: the last leaves, their heads, and the follower's place.
            try await log.tamper { try $0.log.rewriteFirstBundle { $0.removeLast(2) } }
            try await log.tamper("DELETE FROM log_checkpoint")
            await #expect(throws: LogProblem.databaseOlder(signed: size, found: size - 2)) {
                try await log.signer.sign()
            }
        }
    }

    @Test(arguments: Backend.available)
    func `refuses another history of the same length`(_ backend: Backend) async throws {
        try await withLoggedCounty(backend) { log in
            try await log.county.publish(on: "2026-03-03")
            try await log.keep()
            let size = try #require(try await log.head()).size
            try await log.tamper(
                "UPDATE log_tile SET hashes = \([UInt8](repeating: 7, count: size * 32)) WHERE level = 0 AND n = 0"
            )
            await #expect(throws: LogProblem.otherHistory(size: size)) { try await log.signer.sign() }
        }
    }

    @Test(arguments: Backend.available)
    func `does not write over a log whose journal has lost rows`(_ backend: Backend) async throws {
        try await withLoggedCounty(backend) { log in
            try await log.county.publish(on: "2026-03-03")
            try await log.keep()
            let leaves = try await log.leaves()
            try await log.tamper("DELETE FROM journal WHERE seq > 3")
            await #expect(throws: LogProblem.journalCut) { try await log.keep() }
            #expect(try await log.leaves() == leaves)
        }
    }

    @Test(arguments: Backend.available)
    func `says that it began when a crash kept it from that`(_ backend: Backend) async throws {
        try await withLoggedCounty(backend) { log in
            // As after a crash between the file of the keys and the journal.
            try await log.tamper("DELETE FROM journal WHERE subject_kind = 'log'")
            for _ in 0..<2 { try await log.signer.start() }
            try await log.keep()
            #expect(
                try await log.leaves().map(\.act) == [
                    "catalogue.loaded", "catalogue.loaded", "log.started", "key.added", "key.added",
                ])
            #expect(try await log.audit().difference == nil)
        }
    }

    @Test(arguments: Backend.available)
    func `begins again under another name, and says where the old log ended`(_ backend: Backend) async throws
    {
        try await withLoggedCounty(backend) { log in
            try await log.county.publish(on: "2026-03-03")
            try await log.keep()
            let old = try #require(try await log.head())
            let keyring = try await log.signer.restart()
            try await log.keep()
            #expect(keyring.origin.hasPrefix("log.example/sx~"))
            let started = try #require(try await log.leaves().last { $0.act == "log.started" })
            let text = String(decoding: started.entry, as: UTF8.self)
            #expect(text.contains("\"previous-size\":\"\(old.size)\""))
            #expect(try await log.audit().difference == nil)
            // Receipts of the old log are still checked with its keys, which sign no more.
            let published = try log.folder.publishedKeys()
            let names = try published.map { try NoteKey(parsing: $0.key).name }
            #expect(
                names == [
                    keyring.origin, keyring.origin + "/time", "log.example/sx", "log.example/sx/time",
                ])
            #expect(published.map(\.retiredAt.isEmpty) == [true, true, false, false])
        }
    }

    @Test(arguments: Backend.available)
    func `cannot open keys with another secret`(_ backend: Backend) async throws {
        try await withLoggedCounty(backend) { log in
            let keyring = try #require(try log.folder.keyring())
            #expect(throws: LogProblem.locked) { try keyring.signers(.head, secret: .passphrase("wrong")) }
            #expect(throws: LogProblem.locked) {
                try keyring.signers(.time, secret: .keyFile([UInt8](repeating: 1, count: 32)))
            }
        }
    }
}
