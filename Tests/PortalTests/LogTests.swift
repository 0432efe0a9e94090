import Foundation
import MerkleLog
import Publishing
import Storage
import StorageTesting
import Testing
import Transparency
import WebTesting

@testable import Portal

@Suite struct `The log on the portal` {
    @Test(arguments: Backend.available)
    func `serves tiles and bundles from which its signed root follows`(_ backend: Backend) async throws {
        try await SignedCounty.on(backend) { signed in
            let site = signed.site
            let checkpoint = try await site.get("/log/checkpoint")
            #expect(checkpoint.fields["content-type"] == "text/plain; charset=utf-8")
            #expect(checkpoint.fields["cache-control"] == "no-store")
            let note = try SignedNote(parsing: checkpoint.bytes)
            _ = try note.check(keys: [signed.key(.head), signed.key(.time)])
            let head = try Checkpoint(parsing: note.text)
            #expect(head.origin == "log.example/sx" && head.size > 256)
            var leaves: [NodeHash] = []
            for address in TileAddress.all(size: head.size) {
                let answer = try await site.get("/log/\(address)")
                #expect(answer.status == 200, "\(address)")
                #expect(answer.fields["content-type"] == "application/octet-stream")
                #expect(answer.fields["cache-control"] == "no-store", "\(address)")
                if address.content == .entries {
                    leaves += try EntryBundle.leaves(answer.bytes, count: address.width)
                } else {
                    #expect(answer.bytes.count == 32 * address.width)
                }
            }
            var tree = try MerkleTree(size: 0) { _ in throw LogFlaw(.tileAddress) }
            let tiles = tree.append(leaves) + tree.partialTiles
            #expect(tree.root == head.root)
            for placed in tiles {
                #expect(try await site.get("/log/\(placed.address)").bytes == placed.tile.bytes)
            }
        }
    }

    @Test(arguments: Backend.available)
    func `serves each epoch under its own address, where full tiles may be kept for good`(
        _ backend: Backend
    ) async throws {
        try await SignedCounty.on(backend) { signed in
            let site = signed.site
            let old = try #require(try await site.object("/log.json")["files"] as? String)
            let checkpoint = try await site.get(old + "/checkpoint")
            #expect(checkpoint.fields["cache-control"] == "no-store")
            #expect(checkpoint.bytes == (try await site.get("/log/checkpoint").bytes))
            let size = try Checkpoint(parsing: SignedNote(parsing: checkpoint.bytes).text).size
            for address in TileAddress.all(size: size) {
                let answer = try await site.get("\(old)/\(address)")
                let isForGood = answer.fields["cache-control"] == "public, max-age=31536000, immutable"
                #expect(isForGood == (address.width == 256), "\(address)")
                #expect(answer.bytes == (try await site.get("/log/\(address)").bytes))
            }
            let first = try await site.get(old + "/tile/entries/000").bytes
            let last = try await site.get(old + "/checkpoint").bytes
            try await signed.restart()
            // The same address without an epoch holds something else now; the old epoch's is gone, whatever caches keep.
            let new = try #require(try await site.object("/log.json")["files"] as? String)
            #expect(new != old && new.hasPrefix("/log/"))
            #expect(try await site.get("/log/tile/entries/000").bytes != first)
            #expect(
                try await site.get(new + "/tile/entries/000").bytes
                    == site.get("/log/tile/entries/000").bytes)
            for gone in ["/checkpoint", "/tile/entries/000", "/tile/0/000"] {
                #expect(try await site.get(old + gone).status == 404, "\(gone)")
            }
            #expect(try await site.get("/log/keys/checkpoint").status == 404)
            #expect(try await site.get(old + "/last-head").bytes == last)
            #expect(try await site.get(new + "/last-head").status == 404)
        }
    }

    @Test(arguments: Backend.available)
    func `shows the logs before it with their last heads, and why they ended`(_ backend: Backend) async throws
    {
        try await SignedCounty.on(backend) { signed in
            let site = signed.site
            #expect(try await site.object("/log.json")["ended"] as? [String] == [])
            #expect(try await !site.get("/log").text.contains("已结束的日志"))
            let before = try await site.object("/log.json")
            try signed.folder.keep(.databaseOlder(signed: 9, found: 7), at: "2026-12-16T01:00:00Z")
            try await signed.restart(reason: "<恢复备份>")
            let ended = try #require(try await site.object("/log.json")["ended"] as? [[String: Any]])
            #expect(ended.count == 1)
            for name in ["origin", "root"] {
                #expect(ended[0][name] as? String == before[name] as? String, "\(name)")
            }
            #expect(ended[0]["size"] as? Int == before["size"] as? Int)
            #expect(ended[0]["audit"] as? [String: Int] == [:])
            let address = try #require(before["files"] as? String) + "/last-head"
            #expect(ended[0]["head"] as? String == address)
            #expect(
                (ended[0]["signingRefused"] as? [String: Any])?["code"] as? String == "log-database-older")
            let page = try await site.get("/log").text
            for words in ["已结束的日志", "&lt;恢复备份&gt;", "换成了较早的状态", "结束前核对：全部相符", "href=\"\(address)\""] {
                #expect(page.contains(words), "\(words)")
            }
            try await signed.restart()
            let two = try #require(try await site.object("/log.json")["ended"] as? [[String: Any]])
            // The clock of this county stands, so neither is the later one.
            #expect(Set(two.map { $0["reason"] as? String }) == [nil, "<恢复备份>"])
        }
    }

    @Test(arguments: Backend.available)
    func `says on its page and where operators look why nothing is signed`(_ backend: Backend) async throws {
        try await SignedCounty.on(backend) { signed in
            let site = signed.site
            #expect(try await site.object("/health")["status"] as? String == "ok")
            #expect(try await site.object("/log.json")["signingRefused"] is NSNull)
            #expect(try await !site.get("/log").text.contains("停止签名。"))
            try signed.folder.keep(
                LogProblem.contradicted(witness: "witness.example/w", status: 409), at: "2026-12-16T03:00:00Z"
            )
            let health = try await site.get("/health")
            #expect(health.status == 200)
            for address in ["/health", "/log.json"] {
                let told = try #require(try await site.object(address)["signingRefused"] as? [String: Any])
                #expect(told["code"] as? String == "log-contradicted", "\(address)")
                #expect(told["since"] as? String == "2026-12-16T03:00:00Z", "\(address)")
            }
            #expect(try await site.object("/health")["status"] as? String == "log-not-signed")
            let page = try await site.get("/log").text
            #expect(page.contains("停止签名") && page.contains("见证方 witness.example/w 持有"))
        }
    }

    @Test func `serves nothing that is not signed yet, and reads addresses strictly`() async throws {
        try await SignedCounty.on(.sqlite) { signed in
            let site = signed.site
            let note = try SignedNote(parsing: try await site.get("/log/checkpoint").bytes)
            let size = try Checkpoint(parsing: note.text).size
            _ = try await signed.county.publish(
                "又一公告", item: "I-FG-089", body: "sx-education", on: "2026-12-16")
            try await signed.follow()
            let (tile, width) = (size / 256, size % 256)
            #expect(tile < 10 && (1..<255).contains(width))
            for kind in ["0", "entries"] {
                #expect(try await site.get("/log/tile/\(kind)/00\(tile).p/\(width)").status == 200)
                #expect(try await site.get("/log/tile/\(kind)/00\(tile).p/\(width + 1)").status == 404)
            }
            #expect(try await site.get("/log/leaves/\(size - 1)").status == 200)
            for beyond in ["\(size)", "-1", "0\(size - 1)", "x", "99999999999999999999"] {
                #expect(try await site.get("/log/leaves/\(beyond)").status == 404, "\(beyond)")
                #expect(try await site.get("/log/leaves/\(beyond)/receipt").status == 404, "\(beyond)")
            }
            for wrong in ["0/0", "0/000.p/256", "0/000.p/0", "00/000", "0/000/", "64/000", "0/000.json", "0"]
            {
                #expect(try await site.get("/log/tile/\(wrong)").status == 404, "\(wrong)")
            }
            // Neither the list nor the notice's page says more than was signed.
            #expect(try await site.object("/log.json?limit=1")["size"] as? Int == size)
        }
    }

    @Test func `lets out the public halves of its keys and nothing else of them`() async throws {
        try await SignedCounty.on(.sqlite) { signed in
            let text = try await signed.site.get("/log/keys").text
            let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
            #expect(try lines.map { try NoteKey(parsing: $0) } == [signed.key(.head), signed.key(.time)])
            let data = try await signed.site.get("/log/keys.json").bytes
            let keys = try JSONDecoder().decode([[String: String]].self, from: Data(data))
            #expect(
                keys.map { Set($0.keys) }
                    == Array(repeating: ["key", "madeAt", "purpose", "retiredAt"], count: 2))
        }
    }

    @Test func `lists its leaves page after page, each once`() async throws {
        try await SignedCounty.on(.sqlite) { signed in
            var found: [Int] = []
            var next: String? = "/log.json?limit=100"
            while let address = next {
                let page = try await signed.site.object(address)
                let items = page["items"] as? [[String: Any]] ?? []
                found += items.compactMap { $0["index"] as? Int }
                next = page["next"] as? String
            }
            let size = try await signed.site.object("/log.json")["size"] as? Int ?? 0
            #expect(found == Array((0..<size).reversed()))
        }
    }

    @Test func `says so when it has not begun`() async throws {
        try await SmallCounty.on(.sqlite) { county in
            let site = try county.site()
            #expect(try await site.get("/log").text.contains("透明日志尚未启用"))
            #expect(try await site.get("/log/checkpoint").status == 404)
            #expect(try await site.get("/log/tile/0/000.p/1").status == 404)
            #expect(try await site.get("/log/x/tile/0/000.p/1").status == 404)
            #expect(try await site.get("/log/x/checkpoint").status == 404)
            #expect(try await site.get("/log/keys").text.hasPrefix("# 透明日志尚未启用"))
            let notice = try await site.get("/publications/\(county.id("on time paper"))")
            #expect(notice.status == 200 && !notice.text.contains("日志回执"))
        }
    }

    @Test func `has a word for every act`() {
        #expect(LeafForm.publicActs.filter { LeafWords.title(of: $0) == $0 } == [])
    }
}

@Suite struct `A receipt on the portal` {
    @Test(arguments: Backend.available)
    func `is offered with each edition and proves it`(_ backend: Backend) async throws {
        try await SignedCounty.on(backend) { signed in
            let place = "/publications/\(signed.notice)"
            let page = try await signed.site.get(place)
            for words in ["日志回执", "日志签名", place + "/editions/1/receipt", place + "/editions/1/record"] {
                #expect(page.text.contains(words), "\(words)")
            }
            let data = try await signed.site.object(place + ".json")
            #expect(data["timeBasis"] as? String == "logged")
            #expect(data["timeDay"] as? String == "2026-12-16")
            #expect((data["log"] as? [String: Any])?["signedAt"] as? String == "2026-12-16T02:00:00Z")
            let file = try await signed.site.get(place + "/editions/1/receipt")
            #expect(file.fields["content-disposition"]?.contains(".tlog-proof") == true)
            let proof = try ProofFile(parsing: file.bytes)
            let entry = try #require(proof.extra)
            let proved = try proof.check(
                leaf: .leaf(entry), logs: [signed.key(.head)], witnesses: [signed.key(.time)])
            // 2026-12-16T02:00:00Z by `date -u -d … +%s`.
            #expect(proved.cosignatures.map(\.time.secondsSince1970) == [1_797_386_400])
            let record = try RecordFile(
                parsing: try await signed.site.get(place + "/editions/1/record").bytes)
            #expect(record.fits(entry))
            #expect(String(decoding: record.record, as: UTF8.self).contains("竣工验收合格。"))
        }
    }

    @Test func `dates nothing that is older than the log`() async throws {
        try await SignedCounty.on(.sqlite) { signed in
            let data = try await signed.site.object(signed.address("on time paper", ".json"))
            #expect(data["timeBasis"] as? String == "attested")
            #expect(data["log"] is [String: Any])
        }
    }

    @Test func `of an obligation is one file a leaf`() async throws {
        try await SignedCounty.on(.sqlite) { signed in
            let id = signed.county.id("late")
            #expect(
                try await signed.site.get("/obligations/\(id)").text.contains("/obligations/\(id)/receipts"))
            let list = try await signed.site.object("/obligations/\(id)/receipts.json")
            let about = list["about"] as? [String: Any]
            #expect(about?["itemTitle"] as? String == "建设计划完成情况" || about?["item"] as? String == "I-FG-003")
            let page = try await signed.site.get("/obligations/\(id)/receipts").text
            let name = try #require(about?["itemTitle"] as? String)
            #expect(page.contains("<h1>日志回执：\(name)</h1>") && page.contains("示例县住房和城乡建设局</a>"))
            let items = list["items"] as? [[String: Any]] ?? []
            let acts = items.compactMap { ($0["leaf"] as? [String: Any])?["act"] as? String }
            #expect(acts.first == "obligation.created" && acts.contains("obligation.discharged"))
            for item in items {
                let address = try #require(item["receipt"] as? String)
                let proof = try ProofFile(parsing: try await signed.site.get(address).bytes)
                _ = try proof.check(leaf: .leaf(proof.extra ?? []), logs: [signed.key(.head)])
            }
            #expect(try await signed.site.get("/obligations/nothing/receipts").status == 404)
        }
    }

    @Test func `of words that are gone, or were never for everybody, comes without them`() async throws {
        try await SignedCounty.on(.sqlite) { signed in
            let site = signed.site
            for file in ["receipt", "record"] {
                let closed = signed.address("for the county", "/editions/1/\(file)")
                #expect(try await site.get(closed).status == 404, "\(closed)")
                #expect(try await site.get(signed.address("narrowed", "/editions/1/\(file)")).status == 404)
                #expect(try await site.get("/publications/\(signed.notice)/editions/2/\(file)").status == 404)
            }
            #expect(try await site.get(signed.address("withdrawn", "/editions/1/receipt")).status == 200)
            #expect(try await site.get(signed.address("withdrawn", "/editions/1/record")).status == 404)
            let notice = signed.notice
            try await signed.erase()
            // At once, before the log has destroyed the salt, and afterwards.
            #expect(try await site.get("/publications/\(notice)/editions/1/record").status == 404)
            try await signed.keep()
            #expect(try await site.get("/publications/\(notice)/editions/1/record").status == 404)
            #expect(try await site.get("/publications/\(notice)/editions/1/receipt").status == 200)
        }
    }

    @Test(arguments: Backend.available)
    func `of an edition whose content was erased is only to be had with the proof of its erasure`(
        _ backend: Backend
    ) async throws {
        try await SignedCounty.on(backend) { signed in
            let (site, place) = (signed.site, "/publications/\(signed.notice)")
            let leaf = try #require(
                (try await site.object(place + ".json")["log"] as? [String: Any])?["leaf"])
            let receipts = [place + "/editions/1/receipt", "/log/leaves/\(leaf)/receipt"]
            for address in receipts {
                #expect(try ProofFile.list(parsing: await site.get(address).bytes).count == 1, "\(address)")
            }
            try await signed.erase()
            // Until the erasure is signed there is none.
            for address in receipts { #expect(try await site.get(address).status == 404, "\(address)") }
            try await signed.keep()
            for address in receipts {
                let proofs = try ProofFile.list(parsing: await site.get(address).bytes)
                let acts = try proofs.map { proof in
                    _ = try proof.check(leaf: .leaf(proof.extra ?? []), logs: [signed.key(.head)])
                    return try JSONDecoder().decode(LeafEntry.self, from: Data(proof.extra ?? [])).act
                }
                #expect(acts == ["edition.released", "edition.erased"], "\(address)")
            }
            let mark = try await site.object(place + ".json")["log"] as? [String: Any]
            let erasure = try #require(mark?["erasure"] as? Int)
            #expect(try await site.get("/log/leaves/\(erasure)").text.contains("依法删除内容"))
            #expect(try await site.get(place).text.contains("回执里两条都有"))
            #expect(try await site.get("/log/leaves/\(leaf)").status == 200)
        }
    }

    @Test func `comes without a record that is not what was logged`() async throws {
        try await SignedCounty.on(.sqlite) { signed in
            let notice = signed.notice
            _ = try await signed.county.database.write {
                try $0.execute("UPDATE edition SET reason = 'x' WHERE publication = \(notice)")
            }
            #expect(try await signed.site.get("/publications/\(notice)/editions/1/record").status == 409)
        }
    }
}
