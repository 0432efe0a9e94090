import Catalogue
import CivilTime
import Law
import LedgerTesting
import Obligations
import People
import Projects
import Publishing
import Storage
import StorageTesting
import Testing

@Suite struct `A publication` {
    @Test(arguments: Backend.available)
    func `has numbered editions, each as it was released`(_ backend: Backend) async throws {
        try await withCounty(backend) { county in
            let published = try await county.publish(on: "2026-03-02", title: "第一版").publication
            let first = try await county.editions(published.id)
            try await county.correct(published.id, on: "2026-03-03", title: "第二版")
            try await county.withdraw(published.id, on: "2026-03-04")
            let editions = try await county.editions(published.id)
            #expect(editions.map(\.number) == [1, 2, 3])
            #expect(editions.map(\.kind) == [.first, .correction, .withdrawal])
            #expect(editions.map { $0.record?.title } == ["第一版", "第二版", nil])
            #expect(editions.map(\.reason) == ["", "内容有误", "发布有误"])
            #expect(editions.first == first.first)
            let now = try await county.publication(published.id)
            #expect(now?.state == .withdrawn)
            #expect(now?.editions == 3)
            #expect(now?.title == "第二版")
            #expect(now?.day == "2026-03-02")
        }
    }

    @Test(arguments: Backend.available)
    func `that the law has erased keeps its time and what it discharged, and says why`(_ backend: Backend)
        async throws
    {
        try await withCounty(backend) { county in
            let published = try await county.publish(on: "2026-03-02", title: "张某某的决定").publication
            try await county.correct(published.id, on: "2026-03-03", title: "更正后的决定")
            #expect(try await county.erase(published.id, edition: 1, on: "2026-03-04") == [1])
            let editions = try await county.editions(published.id)
            #expect(editions.map { $0.record?.title } == [nil, "更正后的决定"])
            #expect(editions[0].erasure?.clause == "个人信息保护法 第四十七条")
            #expect(editions[0].sha256.isEmpty && editions[0].releasedDay == "2026-03-02")
            #expect(try await county.publication(published.id)?.title == "更正后的决定")
            #expect(try await county.erase(published.id, on: "2026-03-05") == [2])
            let now = try await county.publication(published.id)
            #expect(now?.title == "（内容已依法删除）" && now?.state == .released && now?.day == "2026-03-02")
            let last = try await county.journal().last
            #expect(last?.act == "edition.erased")
            #expect(last?.change == ["n": "2", "ground": "personal-information", "clause": "个人信息保护法 第四十七条"])
        }
    }

    @Test(arguments: Backend.available)
    func `is erased on a ground that is known, once`(_ backend: Backend) async throws {
        try await withCounty(backend) { county in
            let id = try await county.publish(on: "2026-03-02").publication.id
            await #expect(throws: PublishingProblem.unknownErasureGround("because")) {
                try await county.erase(id, ground: "because", on: "2026-03-03")
            }
            await #expect(throws: PublishingProblem.clauseMissing) {
                try await county.erase(id, ground: "order", on: "2026-03-03")
            }
            await #expect(throws: PublishingProblem.nothingToErase(id)) {
                try await county.erase(id, edition: 2, on: "2026-03-03")
            }
            try await county.erase(id, ground: "order", clause: "某院（2026）某民终1号", on: "2026-03-03")
            await #expect(throws: PublishingProblem.nothingToErase(id)) {
                try await county.erase(id, on: "2026-03-04")
            }
        }
    }

    /// What is told of an erasure stands in the log for good.
    @Test(arguments: Backend.available)
    func `is erased under a clause or by a decision's number, and under no other words`(_ backend: Backend)
        async throws
    {
        try await withCounty(backend) { county in
            for clause in [
                "张三 身份证110101199003078888 住址某村", "某村张三案", "13800138000", "民法典 第一条 张三", "张三住示例县王家村三组的决定第一条",
                "住在示例县王家村三组的张三（2026）1号", "（2026）1号，张三", "（2026）1号\n",
                "张三〔2026〕1号", "（2026）张三案1号", "王家村张三李四王五〔2026〕3号",
            ] {
                let id = try await county.publish(on: "2026-03-02").publication.id
                await #expect(throws: PublishingProblem.clauseForm) {
                    try await county.erase(id, ground: "order", clause: clause, on: "2026-03-03")
                }
            }
            for clause in [
                "个人信息保护法 第四十七条", "民法典第一千一百九十五条第二款", "《未成年人保护法》第一百零三条",
                "政府信息公开条例 第二十条第（四）项", "（2026）京01民终123号", "示保密办〔2026〕3号", "国办发〔2026〕1号",
                "示市监罚决字〔2026〕第12号", "（2026）黔0302民初1234号", "(2026)最高法行申9号",
            ] {
                let id = try await county.publish(on: "2026-03-02").publication.id
                #expect(
                    try await county.erase(id, ground: "order", clause: clause, on: "2026-03-03") == [1],
                    "\(clause)")
            }
        }
    }

    @Test func `hashes the same content to the same bytes on every machine`() throws {
        let record = EditionRecord(
            title: "中标（成交）公告 \"甲/乙\"", text: "第一段\n第二段\t末", documentNumber: "示财〔2026〕1号", sourceName: "示例县财政局"
        )
        // Written by hand: keys in order, no space, slashes and Chinese as they are.
        let text =
            #"{"address":"","documentNumber":"示财〔2026〕1号","sourceHash":"","sourceName":"示例县财政局","#
            + #""text":"第一段\n第二段\t末","title":"中标（成交）公告 \"甲/乙\""}"#
        #expect(String(decoding: try record.bytes(), as: UTF8.self) == text)
    }

    @Test(arguments: Backend.available)
    func `bears the hash that anybody else computes of its record`(_ backend: Backend) async throws {
        try await withCounty(backend) { county in
            let published = try await county.publish(on: "2026-03-02", title: "示例公告").publication
            let edition = try await county.read { try $0.publications.edition(published.id, number: 1) }
            // printf '%s' '{"address":"","documentNumber":"","sourceHash":"","sourceName":"","text":"正文","title":"示例公告"}' | sha256sum
            #expect(edition?.sha256 == "605d21b863cd8d240a3e11e48f131a21b92c5e3e9657dc43e3607c40f4b3034e")
        }
    }

    @Test(arguments: Backend.available)
    func `reaches those whom its item is meant for, and who are fewer only without discharging it`(
        _ backend: Backend
    ) async throws {
        try await withCounty(backend) { county in
            // 扶贫资金分配和使用情况 is for a group; 救助对象相关信息 for the county.
            let group = try await county.publish(
                "I-FG-067", by: "sx-agriculture", on: "2026-03-02", channel: "onsite")
            #expect(group.publication.audience == .group)
            let owed = try await county.formed("I-FG-001", on: "2026-03-02")
            let narrow = try await county.publish(on: "2026-03-03", audience: .county)
            #expect(narrow.publication.audience == .county)
            #expect(narrow.discharged.isEmpty)
            #expect(try await county.state(owed, on: "2026-03-03") == .owed)
            let seen = try await county.read {
                try $0.publications.publications(audience: .everyone, limit: 100)
            }
            #expect(seen.isEmpty)
            #expect(try await county.publish(on: "2026-03-04").discharged == [owed])
        }
    }

    @Test(arguments: Backend.available)
    func `of an item is found wherever it was published, last seen first`(_ backend: Backend) async throws {
        try await withCounty(backend) { county in
            var ids: [String] = []
            let told: [(day: Day, place: String)] = [
                ("2026-03-02", "SX"), ("2026-03-03", "AB"), ("2026-03-04", "SX"),
            ]
            for (day, place) in told {
                let id = try await county.publish("I-FG-001", on: day).publication.id
                try await county.database.write { transaction in
                    try transaction.execute(
                        "UPDATE publication SET jurisdiction = \(place) WHERE id = \(id)")
                }
                ids.append(id)
            }
            _ = try await county.publish("I-FG-018", on: "2026-03-05")
            let found = try await county.read {
                try $0.publications.publications(audience: .everyone, item: "I-FG-001", limit: 2)
            }
            #expect(found.map(\.id) == [ids[2], ids[1]])
        }
    }

    @Test(arguments: Backend.available)
    func `of a body is counted by an index`(_ backend: Backend) async throws {
        try await withCounty(backend) { county in
            let plan = try await county.read { transaction in
                try queryPlan(
                    """
                    SELECT count(*) FROM publication WHERE audience = \("everyone") AND body = \("sx-finance")
                        AND first_seen_at < \("2026-03-02T00:00:00Z")
                    """, in: transaction)
            }
            #expect(plan.contains("publication_body"), "\(plan)")
        }
    }

    @Test(arguments: Backend.available)
    func `discharges what it carries along, and owes it again when it is withdrawn`(_ backend: Backend)
        async throws
    {
        try await withCounty(backend) { county in
            let project = try await county.project()
            try await county.event("procurement.documents_issued", on: "2026-03-02", project: project)
            let budget = try await county.obligation("I-FG-020", project: project).id
            let published = try await county.act(on: "2026-03-03") { transaction, law, occasion in
                var publish = Publish(body: "sx-finance", record: EditionRecord(title: "采购公告", text: "正文"))
                publish.item = "I-FG-018"
                publish.carries = ["I-FG-020"]
                publish.project = project
                return try publish.perform(in: transaction, law: law, occasion)
            }
            #expect(published.discharged.count == 2)
            #expect(try await county.state(budget, on: "2026-03-03") == .metOnTime)
            try await county.withdraw(published.publication.id, on: "2026-03-04")
            #expect(try await county.state(budget, on: "2026-03-04") == .owed)
        }
    }

    @Test(arguments: Backend.available)
    func `discharges on its own channel only`(_ backend: Backend) async throws {
        try await withCounty(backend) { county in
            let penalty = try await county.event(
                "decision.penalty", by: "sx-environment", on: "2026-03-02", item: "I-FG-109")
            let published = try await county.publish(
                "I-FG-109", by: "sx-environment", on: "2026-03-03", channel: "credit")
            #expect(published.discharged.count == 1)
            #expect(try await county.obligation(published.discharged[0]).channel == "credit")
            #expect(penalty.obligations.count == 2)
        }
    }

    @Test(arguments: Backend.available)
    func `that claims a day which has not come meets its obligation, and nobody can say whether in time`(
        _ backend: Backend
    ) async throws {
        try await withCounty(backend) { county in
            let id = try await county.formed(on: "2026-03-02")
            let ahead = try await county.publish(
                on: "2026-03-10",
                imported: .init(
                    source: "旧网站", key: "1", claimedAt: "2026-03-11 08:00", claimedDay: "2026-03-11"))
            #expect(ahead.publication.day == nil)
            #expect(try await county.editions(ahead.publication.id).map(\.claimedAt) == ["2026-03-11 08:00"])
            #expect(try await county.discharges(id).map(\.basis) == [.unknown])
            #expect(try await county.state(id, on: "2026-03-10") == .metUndetermined)
            #expect(try await county.state(id, on: "2026-04-30") == .metUndetermined)
            let other = try await county.formed("I-FG-003", on: "2026-03-02")
            try await county.publish(
                "I-FG-003", on: "2026-03-10",
                imported: .init(
                    source: "旧网站", key: "2", claimedAt: "2026-03-10 23:59", claimedDay: "2026-03-10"))
            #expect(try await county.state(other, on: "2026-03-10") == .metOnTime)
        }
    }

    @Test(arguments: Backend.available)
    func `of one contract does not meet a second, unless it is named`(_ backend: Backend) async throws {
        try await withCounty(backend) { county in
            let project = try await county.project()
            var contracts: [String] = []
            for number in ["甲", "乙", "丙"] {
                let signed = try await county.event(
                    "procurement.contract_signed", on: "2026-03-02", project: project, basis: .document,
                    evidence: number)
                for id in signed.obligations where try await county.obligation(id).channel == "portal" {
                    contracts.append(id)
                }
            }
            func notice(_ obligation: String = "") async throws -> [String] {
                try await county.publish(
                    "I-FG-022", by: "sx-finance", on: "2026-03-03", project: project, obligation: obligation
                ).discharged
            }
            #expect(try await notice(contracts[1]) == [contracts[1]])
            let second = try await notice()
            let third = try await notice()
            #expect(Set(second + third) == [contracts[0], contracts[2]])
            #expect(second.count == 1 && third.count == 1)
        }
    }

    @Test(arguments: Backend.available)
    func `of what is withheld is refused, in whatever name, until the decision is revoked`(_ backend: Backend)
        async throws
    {
        try await withCounty(backend) { county in
            let project = try await county.project(lots: ["1", "2"])
            try await county.event("procurement.result_fixed", on: "2026-03-02", project: project, lot: "1")
            let kept = try await county.obligation("I-FG-021", project: project, lot: "1")
            let decision = try await county.withhold(kept.id, on: "2026-03-03")
            for body in ["sx-finance", "sx-procurement-centre"] {
                await #expect(throws: PublishingProblem.self) {
                    try await county.publish(
                        "I-FG-021", by: body, on: "2026-03-04", project: project, lot: "1")
                }
            }
            // Not to say which project or lot it is about is no way round.
            await #expect(throws: PublishingProblem.self) {
                try await county.publish("I-FG-021", by: "sx-finance", on: "2026-03-04")
            }
            await #expect(throws: PublishingProblem.self) {
                try await county.publish("I-FG-021", by: "sx-finance", on: "2026-03-04", project: project)
            }
            try await county.publish(
                "I-FG-021", by: "sx-finance", on: "2026-03-04", project: project, lot: "2")
            try await county.revoke(decision.id, on: "2026-03-05")
            let published = try await county.publish(
                "I-FG-021", by: "sx-finance", on: "2026-03-05", project: project, lot: "1")
            #expect(published.discharged == [kept.id])
        }
    }

    @Test(arguments: Backend.available)
    func `that a source claims counts by the claimed day, and changes only with its source`(
        _ backend: Backend
    ) async throws {
        try await withCounty(backend) { county in
            let id = try await county.formed(on: "2026-03-02")
            let published = try await county.publish(
                on: "2026-06-01",
                imported: .init(
                    source: "旧网站", key: "77", claimedAt: "2026-03-20 09:00", claimedDay: "2026-03-20"))
            #expect(published.publication.day == "2026-03-20")
            #expect(try await county.state(id, on: "2026-06-01") == .metOnTime)
            #expect(try await county.discharges(id).map(\.basis) == [.attested])
            for act in [county.withdraw, { try await county.correct($0, on: $1) }] {
                await #expect(throws: PublishingProblem.self) {
                    _ = try await act(published.publication.id, "2026-06-02")
                }
            }
        }
    }
}
