import CivilTime
import Foundation
import LedgerTesting
import MerkleLog
import Obligations
import Publishing
import Storage
import StorageTesting
import Testing

@testable import Transparency

@Suite struct `The transparency log` {
    @Test(arguments: Backend.available)
    func `tells every public fact once, in the order of the journal`(_ backend: Backend) async throws {
        try await withLoggedCounty(backend) { log in
            let obligation = try await log.county.formed(on: "2026-03-02")
            try await log.county.publish(on: "2026-03-03")
            try await log.keep()
            let leaves = try await log.leaves()
            #expect(leaves.map(\.index) == Array(0..<leaves.count))
            #expect(leaves.map(\.seq) == leaves.map(\.seq).sorted())
            #expect(
                leaves.map(\.act) == [
                    "log.started", "key.added", "key.added", "catalogue.loaded", "catalogue.loaded",
                    "event.recorded", "obligation.created", "obligation.due_computed", "edition.released",
                    "obligation.discharged",
                    "obligation.closed",
                    // Dated by the head that covered it.
                    "obligation.discharged",
                ])
            let created = try #require(leaves.first { $0.act == "obligation.created" })
            let text = String(decoding: created.entry, as: UTF8.self)
            // By hand, as RFC 8785 has it.
            let root = try #require(leaves.first { $0.act == "event.recorded" }).subject
            #expect(
                text
                    == #"{"act":"obligation.created","at":"2026-03-02T02:00:00Z","change":{"body":"sx-housing","#
                    + #""channel":"portal","item":"I-FG-001","root":"\#(root)"},"kind":"obligation","#
                    + #""seq":\#(created.seq),"subject":"\#(obligation)","v":1}"#)
            #expect(try await log.head()?.size == leaves.count)
        }
    }

    @Test(arguments: Backend.available)
    func `holds no word that anybody wrote, and nobody's name`(_ backend: Backend) async throws {
        try await withLoggedCounty(backend) { log in
            _ = try await log.county.formed(on: "2026-03-02", evidence: "机密文号7号")
            let id = try await log.county.publish(on: "2026-03-03", title: "李某某的申请").publication.id
            try await log.county.correct(id, on: "2026-03-04", title: "王某某的申请")
            try await log.keep()
            for leaf in try await log.leaves() {
                let text = String(decoding: leaf.entry, as: UTF8.self)
                for secret in ["李某某", "王某某", "机密", "内容有误", "clerk"] { #expect(!text.contains(secret)) }
            }
        }
    }

    @Test(arguments: Backend.available)
    func `signs each head once, and each grew out of the one before`(_ backend: Backend) async throws {
        try await withLoggedCounty(backend) { log in
            var heads: [Checkpoint] = []
            for day in ["2026-03-02", "2026-03-03", "2026-03-04"] as [Day] {
                log.clock.move(to: day)
                try await log.county.publish(on: day, title: "公告 \(day)")
                try await log.keep()
                let head = try #require(try await log.head())
                #expect(try await log.signer.sign() == nil)
                let note = try SignedNote(parsing: Array(head.note.utf8))
                let signed = try note.check(keys: [log.key(.head), log.key(.time)])
                #expect(signed.compactMap(\.time?.secondsSince1970) == [log.clock.seconds])
                heads.append(try Checkpoint(parsing: note.text))
            }
            for (old, new) in zip(heads, heads.dropFirst()) {
                let (from, to) = (old.size, new.size)
                let proof = try await log.county.read { transaction in
                    try transaction.log.tree(at: to).consistencyProof(from: from, read: transaction.log.tile)
                }
                try proof.check(old: old.root, new: new.root)
            }
        }
    }

    @Test(arguments: Backend.available)
    func `dates what is published here, and judges by that`(_ backend: Backend) async throws {
        try await withLoggedCounty(backend) { log in
            // 20 working days from 2 March 2026 end on 30 March: counted by hand on a calendar without holidays there.
            let obligation = try await log.county.formed(on: "2026-03-02")
            #expect(try await log.county.obligation(obligation).due == "2026-03-30")
            let id = try await log.county.publish(on: "2026-03-30").publication.id
            #expect(try await log.county.obligation(obligation).closed == .onTime)
            // The log saw it a day later: that is what can be proved.
            log.clock.move(to: "2026-03-31")
            try await log.keep()
            let discharge = try #require(try await log.county.discharges(obligation).first)
            #expect(discharge.publication == id)
            #expect(discharge.basis == .logged)
            #expect(discharge.day == "2026-03-31")
            #expect(try await log.county.obligation(obligation).closed == .late)
            #expect(try await log.audit().difference == nil)
        }
    }

    @Test(arguments: Backend.available)
    func `leaves what was published before it began to its own word`(_ backend: Backend) async throws {
        try await withCounty(backend) { county in
            let obligation = try await county.formed(on: "2026-03-02")
            try await county.publish(on: "2026-03-05")
            #expect(try await county.discharges(obligation).map(\.basis) == [.attested])
        }
        try await withLoggedCounty(backend, from: "2026-06-01") { log in
            // The same two acts stand in the journal before `log.started` when a log is begun late.
            let obligation = try await log.county.formed(on: "2026-03-02")
            try await log.county.publish(on: "2026-03-05")
            try await log.tamper(
                "UPDATE journal SET seq = seq + 1000 WHERE act IN ('log.started', 'key.added')")
            try await log.keep()
            #expect(try await log.county.discharges(obligation).map(\.basis) == [.attested])
            #expect(try await log.county.obligation(obligation).closed == .onTime)
        }
    }

    @Test(arguments: Backend.available)
    func `commits to a paper's marks and attachments with its words, and to none where there are none`(
        on backend: Backend
    ) async throws {
        try await withLoggedCounty(backend) { log in
            let id = try await log.county.act(on: "2026-03-03") { transaction, law, occasion in
                var record = EditionRecord(title: "通知", text: "正文")
                (record.indexNumber, record.documentKind, record.addressees) = ("1/2", "通知", "各镇")
                (record.openness, record.dated, record.issuer) = ("主动公开", "2026-03-01", "县府办")
                record.attachments = [
                    .init(name: "清单"), .init(name: "表", address: "https://a.example/1", sha256: "ab"),
                ]
                return try Publish(body: "sx-housing", record: record).perform(
                    in: transaction, law: law, occasion
                )
                .publication.id
            }
            let bare = try await log.county.publish(on: "2026-03-03").publication.id
            let texts = try await log.county.read { transaction in
                try [id, bare].map {
                    String(decoding: try PublicRecord.edition($0, 1, in: transaction) ?? [], as: UTF8.self)
                }
            }
            // RFC 8785: members in the order of their names; what is empty is left out.
            #expect(
                texts[0].hasPrefix(
                    #"{"addressees":"各镇","attachments":[{"name":"清单"},{"address":"https://a.example/1","name":"表","sha256":"ab"}],"audience":"everyone","#
                ))
            #expect(
                texts[0].contains(
                    #","dated":"2026-03-01","documentKind":"通知","indexNumber":"1/2","issuer":"县府办","#))
            #expect(texts[0].contains(#","openness":"主动公开","origin":"#))
            let marks = [
                "addressees", "attachments", "dated", "documentKind", "indexNumber", "issuer", "openness",
                "textForm",
            ]
            for name in marks {
                #expect(!texts[1].contains(name), "\(name)")
            }
        }
    }

    @Test(arguments: Backend.available)
    func `gives receipts that hold without us, and fail when a bit is changed`(_ backend: Backend)
        async throws
    {
        try await withLoggedCounty(backend) { log in
            let id = try await log.county.publish(on: "2026-03-03", title: "示例公告").publication.id
            try await log.keep()
            let (receipt, record) = try await log.county.read { transaction in
                let leaf = try #require(
                    try transaction.log.leaves(of: id, kind: "publication").first {
                        $0.act == "edition.released"
                    })
                let record = try #require(try PublicRecord.edition(id, 1, in: transaction))
                return (
                    try LogReceipt(of: leaf, in: transaction),
                    RecordFile(record: record, salt: leaf.salt ?? [])
                )
            }
            let proof = try ProofFile(parsing: receipt.file.bytes)
            let proved = try proof.check(
                leaf: .leaf(proof.extra ?? []), logs: [log.key(.head)], witnesses: [log.key(.time)])
            #expect(proved.cosignatures.map(\.time.secondsSince1970) == [log.clock.seconds])
            #expect(try RecordFile(parsing: record.bytes).fits(receipt.leaf.entry))
            #expect(String(decoding: record.record, as: UTF8.self).contains("示例公告"))
            var forged = record.record
            forged[forged.count / 2] ^= 1
            #expect(!RecordFile(record: forged, salt: record.salt).fits(receipt.leaf.entry))
            var entry = receipt.leaf.entry
            entry[10] ^= 1
            #expect(throws: LogFlaw.self) { try proof.check(leaf: .leaf(entry), logs: [log.key(.head)]) }
        }
    }

    @Test(arguments: Backend.available)
    func `keeps an erased edition only through the leaf of its erasure`(_ backend: Backend) async throws {
        try await withLoggedCounty(backend) { log in
            let id = try await log.county.publish(on: "2026-03-03").publication.id
            try await log.keep()
            #expect(try await log.audit().erased == 0)
            try await log.county.erase(id, on: "2026-03-04")
            try await log.keep()
            let report = try await log.audit()
            #expect(report.difference == nil)
            #expect(report.erased == 1)
            #expect(try await log.leaves().filter { $0.subject == id }.allSatisfy { $0.salt == nil })
        }
        try await withLoggedCounty(backend) { log in
            let id = try await log.county.publish(on: "2026-03-03").publication.id
            try await log.keep()
            // The same without the act.
            try await log.tamper("UPDATE edition SET record = NULL WHERE publication = \(id)")
            #expect(try await log.audit().difference?.kind == .recordAltered)
            try await log.tamper(
                "UPDATE edition SET erased_at = 'x', erased_ground = 'order' WHERE publication = \(id)")
            #expect(try await log.audit().difference?.kind == .recordMissing)
        }
    }

    @Test(arguments: Backend.available)
    func `goes on with new keys beside the old, until the old are retired`(_ backend: Backend) async throws {
        try await withLoggedCounty(backend) { log in
            let old = try log.key(.head)
            _ = try await log.signer.changeKeys(retireOld: false)
            try await log.keep()
            let both = try SignedNote(parsing: Array(try #require(try await log.head()).note.utf8))
            #expect(both.signatures.count == 4)
            _ = try both.check(keys: [old])
            _ = try await log.signer.changeKeys(retireOld: true)
            try await log.keep()
            let new = try SignedNote(parsing: Array(try #require(try await log.head()).note.utf8))
            #expect(throws: LogFlaw(.noKnownKey)) { try new.check(keys: [old]) }
            _ = try new.check(keys: [log.key(.head)])
            #expect(try await log.leaves().map(\.act).filter { $0.hasPrefix("key.") }.count == 6)
            #expect(try await log.audit().difference == nil)
        }
    }
}
