import CivilTime
import LedgerTesting
import MerkleLog
import Obligations
import Publishing
import Storage
import StorageTesting
import Testing

@testable import Transparency

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
    func `names the leaf, the table and the row that cannot be read, and says what to do`(_ backend: Backend)
        async throws
    {
        try await withLoggedCounty(backend) { log in
            try await story(log)
            let row = try #require(
                try await log.county.read { try $0.journal(after: 0, limit: 10_000) }
                    .last { $0.act == "obligation.closed" })
            try await log.tamper(
                "UPDATE journal SET change = replace(change, ',', ' ') WHERE seq = \(row.seq)")
            let found = try #require(try await log.audit().difference)
            #expect(found.subject == row.subject && found.detail.contains("留痕第 \(row.seq) 条"), "\(found)")
            #expect(found.detail.contains("journal.change") && found.detail.contains("请由备份放回"))
        }
        try await withLoggedCounty(backend) { log in
            try await story(log)
            let id = try await log.county.read {
                try $0.row("SELECT max(id) AS id FROM publication")?.string("id") ?? ""
            }
            try await log.tamper("UPDATE publication SET audience = 'x' WHERE id = \(id)")
            let found = try #require(try await log.audit().difference)
            #expect(found.subject == id || found.detail.contains(id), "\(found)")
            #expect(found.detail.contains("audience"))
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
            let erased = try await log.county.publish("I-FG-020", on: "2026-04-08").publication.id
            try await log.keep()
            try await log.county.erase(erased, on: "2026-04-08")
            #expect(try await log.audit().difference == nil)
            try await log.keep()
            #expect(try await log.audit().difference == nil)
        }
    }

    /// Its discharge has no day of its own in the log: the edition's head has.
    @Test(arguments: Backend.available)
    func `holds what came out before its event was known by the head that dates it`(_ backend: Backend)
        async throws
    {
        try await withLoggedCounty(backend) { log in
            log.clock.move(to: "2026-03-03")
            try await log.county.publish(on: "2026-03-03")
            try await log.keep()
            log.clock.move(to: "2026-03-04")
            let met = try await log.county.formed(on: "2026-03-02", recorded: "2026-03-04")
            try await log.keep()
            let closed = try await log.county.read { try $0.obligations.obligation(met) }
            #expect(closed?.closed == .onTime && closed?.closedDay == "2026-03-03")
            #expect(try await log.audit().difference == nil)
            for column in ["day", "latest_day"] as [SQL] {
                try await log.tamper("UPDATE offered_edition SET \(column) = '2026-03-02'")
                #expect(try await log.audit().difference?.kind == .ledgerAltered)
                try await log.tamper("UPDATE offered_edition SET \(column) = '2026-03-03'")
            }
            try await log.tamper("UPDATE discharge SET day = '2026-03-02'")
            try await log.tamper(
                "UPDATE obligation SET closed_day = '2026-03-02' WHERE closed_day IS NOT NULL")
            #expect(try await log.audit().difference?.kind == .ledgerAltered)
        }
    }

    @Test(arguments: Backend.available)
    func `takes in every computation of an obligation, however many there are`(_ backend: Backend)
        async throws
    {
        try await withLoggedCounty(backend) { log in
            var event = try await log.county.event(
                "item.formed", by: "sx-housing", on: "2026-03-02", item: "I-FG-001"
            ).event.id
            for step in 1...101 {
                let day: Day = step.isMultiple(of: 2) ? "2026-03-02" : "2026-02-27"
                event = try await log.county.amend(event, to: day, on: "2026-03-02").id
            }
            try await log.keep()
            let whole = try await log.audit().difference
            #expect(whole == nil, "\(whole?.detail ?? "")")
            try await log.tamper("DELETE FROM due_computation WHERE n = 1")
            #expect(try await log.audit().difference?.kind == .ledgerAltered)
        }
    }

    @Test(arguments: Backend.available)
    func `takes in every publication that discharges an obligation, however many there are`(
        _ backend: Backend
    ) async throws {
        try await withLoggedCounty(backend) { log in
            let obligation = try await log.county.formed(on: "2026-03-02")
            for _ in 1...201 { try await log.county.publish(on: "2026-03-02", obligation: obligation) }
            try await log.keep()
            let whole = try await log.audit().difference
            #expect(whole == nil, "\(whole?.detail ?? "")")
        }
    }

    /// What the days of a story leave in the tables of the past, and a log that began anew over them.
    @Test(arguments: Backend.available)
    func `finds nothing in the past of a story, and under a new log`(_ backend: Backend) async throws {
        try await withLoggedCounty(backend) { log in
            try await story(log)
            #expect(try await log.county.read { try $0.rows("SELECT id FROM obligation_past").count } > 1)
            #expect(
                try await log.county.read { try $0.rows("SELECT obligation FROM discharge_past").count } > 0)
            _ = try await log.signer.restart()
            try await log.keep()
            let report = try await log.audit()
            #expect(report.difference == nil, "\(report.difference?.detail ?? "")")
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
            // At the right edge tiles are unfinished: the second of the leaves, and that over the first.
            for (level, index) in [(0, 1), (1, 0)] {
                let edge = try await log.tile(level: level, index)
                try await log.putTile([edge[0] ^ 1] + edge.dropFirst(), level: level, index)
                let difference = try #require(try await log.audit().difference)
                #expect(
                    difference.kind == .tile && difference.detail.contains("tile/\(level)/00\(index).p/"),
                    "\(difference)")
                try await log.putTile(edge, level: level, index)
            }
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
    func `writes no leaf twice where its mark was set back or lost, and goes on`(_ backend: Backend)
        async throws
    {
        try await withLoggedCounty(backend) { log in
            for (number, change) in [
                "UPDATE follower SET bookmark_seq = 0", "UPDATE follower SET version = 9",
                "UPDATE follower SET epoch = 'x'", "DELETE FROM follower",
            ].enumerated() {
                try await log.county.publish(on: "2026-03-03")
                try await log.keep()
                let before = try await log.leaves()
                try await log.tamper(SQL(stringLiteral: change))
                try await log.county.publish(on: "2026-03-03")
                try await log.keep()
                let after = try await log.leaves()
                #expect(after.starts(with: before) && after.count > before.count, "\(number)")
                #expect(Set(after.map(\.seq)).count == after.count, "\(number)")
                let difference = try await log.audit().difference
                #expect(difference == nil, "\(number): \(difference?.detail ?? "")")
            }
        }
    }

    @Test(arguments: Backend.available)
    func `counts what waits for its leaf, and names what was passed by`(_ backend: Backend) async throws {
        try await withLoggedCounty(backend) { log in
            try await log.keep()
            try await log.county.publish(on: "2026-03-03")
            let report = try await log.audit()
            #expect(report.difference == nil && report.waiting > 0 && report.waitingSubjects > 0)
            // What waits hides nothing of an obligation.
            let obligation = try await log.county.formed(on: "2026-03-03")
            #expect(try await log.audit().difference == nil)
            try await log.tamper("UPDATE obligation SET due = '2027-06-01' WHERE id = \(obligation)")
            #expect(try await log.audit().difference?.kind == .ledgerAltered)
            try await log.tamper(
                "UPDATE obligation SET due = (SELECT due FROM due_computation WHERE obligation = id) WHERE id = \(obligation)"
            )
            #expect(try await log.audit().difference == nil)
            try await log.tamper("UPDATE follower SET bookmark_seq = (SELECT MAX(seq) FROM journal)")
            #expect(try await log.audit().difference?.kind == .journalUnlogged)
        }
    }

    @Test(arguments: Backend.available)
    func `is not audited with the leaves of the one before, when it began anew and nothing was written`(
        _ backend: Backend
    ) async throws {
        try await withLoggedCounty(backend) { log in
            try await log.keep()
            let keyring = try await log.signer.restart()
            await #expect(throws: LogProblem.notFollowed(keyring.origin)) { try await log.audit() }
            try await log.keep()
            #expect(try await log.audit().difference == nil)
            try await log.tamper("UPDATE log_epoch SET epoch = 'x'")
            #expect(try await log.audit().difference?.kind == .ledgerAltered)
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

    @Test func `seals new keys with no short passphrase, and opens old ones that were`() throws {
        let short = UnlockSecret.passphrase("一二三四五六七八九十一")
        #expect(throws: LogProblem.passphraseTooShort) {
            try LogKeyring.make(
                origin: "log.example/sx", epoch: "e", secret: short, at: "2026-03-02T02:00:00Z")
        }
        var old = try LogKeyring.make(
            origin: "log.example/sx", epoch: "e", purposes: [], secret: .passphrase("一二三四五六七八九十一二"),
            at: "2026-03-02T02:00:00Z")
        try old.add(.head, secret: short, at: "2026-03-02T02:00:00Z")
        #expect(try old.signers(.head, secret: short).count == 1)
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
