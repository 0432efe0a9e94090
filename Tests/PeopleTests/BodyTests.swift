import CivilTime
import People
import Storage
import StorageTesting
import Testing

private let day = Day(2018, 7, 24)!
private let today = Day(2026, 8, 3)!
private let occasion = Occasion(actor: "system", now: "2026-08-03T01:00:00Z", today: today)

private func withFenggang<Value: Sendable>(
    _ backend: Backend, _ body: @escaping @Sendable (Transaction) throws -> Value
) async throws -> Value {
    try await withDatabase(backend, migrations: BodySchema.migrations) { database in
        let jurisdictions = try JurisdictionFile.builtIn().jurisdictions
        let file = try #require(try BodyFile.builtIn("FG"))
        try await database.write { transaction throws in
            try LoadJurisdictions(jurisdictions).perform(in: transaction, occasion)
            try LoadBodies(file).perform(in: transaction, occasion)
        }
        return try await database.write { try body($0) }
    }
}

@Suite struct `The bodies of a county` {
    // 003 附4 prints 28 names, 县经贸局 twice.
    @Test func `are the 27 of the plan's list, and others that it gives duties to`() throws {
        let file = try #require(try BodyFile.builtIn("FG"))
        let printed = """
            县发改局 县教育局 县经贸局 县公安局 县民政局 县司法局 县财政局 县人社局 县国土局 县环保局 县住建局 县交通局 县农牧局 县水务局 \
            县文广局 县卫计局 县旅游局 县林业局 县市管局 县安监局 县扶贫办 县经贸局 县移民局 县金融办 县大数据办 县供销社 县审计局 县政府采购中心
            """.split(separator: " ").map(String.init)
        #expect(printed.count == 28)
        let listed = file.bodies.filter { $0.listed == true }
        #expect(listed.count == 27)
        #expect(Set(listed.map { $0.names[0].name }) == Set(printed))
        let others = ["县应急办", "县国税局", "县地税局", "县政务中心", "县督查局", "贵州凤冈经济开发区管委会", "各镇乡", "项目法人单位", "其他医疗单位"]
        let names = Set(file.bodies.filter { $0.listed != true }.flatMap { $0.names.map(\.name) })
        #expect(names.isSuperset(of: others))
    }

    @Test(arguments: Backend.available)
    func `bear the name of the day`(backend: Backend) async throws {
        try await withFenggang(backend) { transaction throws in
            let store = transaction.bodies
            #expect(try store.body("fg-land", on: day)?.name == "县国土局")
            #expect(try store.body("fg-land", on: today)?.name == "县自然资源局")
            #expect(try store.body("fg-land")?.name == "县自然资源局")
            #expect(try store.body("nobody", on: today) == nil)
        }
    }

    @Test(arguments: Backend.available)
    func `are found by any name they bear or bore`(backend: Backend) async throws {
        try await withFenggang(backend) { transaction throws in
            let store = transaction.bodies
            #expect(try store.resolve("县国土局", in: "FG", on: day)?.id == "fg-land")
            #expect(try store.resolve("县国土局", in: "FG", on: today)?.id == "fg-land")
            #expect(try store.resolve(" 县 自然资源局　", in: "FG", on: today)?.id == "fg-land")
            #expect(try store.resolve("县政务公开领导小组办公室", in: "FG", on: day)?.id == "fg-openness-office")
            #expect(try store.resolve("贵州凤冈经开区管委会", in: "FG", on: day)?.id == "fg-zone")
            #expect(try store.resolve("县国土局", in: "SX", on: day) == nil)
        }
    }

    @Test(arguments: Backend.available)
    func `pass their duties on to who took over`(backend: Backend) async throws {
        try await withFenggang(backend) { transaction throws in
            let store = transaction.bodies
            #expect(try store.resolve("县安监局", in: "FG", on: day)?.id == "fg-safety")
            #expect(try store.resolve("县安监局", in: "FG", on: today)?.id == "fg-emergency")
            #expect(try store.resolve("县地税局", in: "FG", on: Day(2018, 7, 20)!)?.id == "fg-tax-local")
            #expect(try store.resolve("县地税局", in: "FG", on: Day(2018, 7, 21)!)?.name == "县税务局")
        }
    }

    @Test(arguments: Backend.available)
    func `come in pages`(backend: Backend) async throws {
        try await withFenggang(backend) { transaction throws in
            let store = transaction.bodies
            var ids: [String] = []
            while true {
                let page = try store.bodies(in: "FG", on: today, after: ids.last ?? "", limit: 7)
                if page.isEmpty { break }
                ids += page.map(\.id)
            }
            #expect(ids.count == (try store.count(in: "FG")))
            #expect(ids == ids.sorted() && Set(ids).count == ids.count)
        }
    }

    @Test(arguments: Backend.available)
    func `are loaded once`(backend: Backend) async throws {
        try await withFenggang(backend) { transaction throws in
            let before = transaction.journalled.count
            try LoadBodies(try #require(try BodyFile.builtIn("FG"))).perform(in: transaction, occasion)
            #expect(transaction.journalled.count == before)
        }
    }
}

@Suite struct `A collective` {
    @Test(arguments: Backend.available)
    func `has the members of the day`(backend: Backend) async throws {
        try await withFenggang(backend) { transaction throws in
            let store = transaction.bodies
            #expect(try store.members(of: "fg-towns", on: today).isEmpty)
            let town = try RegisterBody(
                jurisdiction: "FG", kind: .organ, name: "甲镇人民政府", territory: "town-1"
            ).perform(in: transaction, occasion)
            try AddMember(collective: "fg-towns", member: town.id, from: Day(2026, 1, 1)!)
                .perform(in: transaction, occasion)
            #expect(try store.members(of: "fg-towns", on: today) == [town])
            #expect(try store.members(of: "fg-towns", on: day).isEmpty)
            #expect(try store.body(governing: "town-1", in: "FG", on: today) == town)
        }
    }

    @Test(arguments: Backend.available)
    func `that is a class says what a body is`(backend: Backend) async throws {
        try await withFenggang(backend) { transaction throws in
            let store = transaction.bodies
            let hospital = try RegisterBody(jurisdiction: "FG", kind: .enterprise, name: "县某医院").perform(
                in: transaction, occasion)
            try AddMember(collective: "fg-hospitals", member: hospital.id, from: day).perform(
                in: transaction, occasion)
            #expect(transaction.journalled.last?.act == "body.joined")
            #expect(try store.isMember(hospital.id, of: "fg-hospitals", on: day))
            #expect(try !store.isMember(hospital.id, of: "fg-hospitals", on: Day(2018, 7, 23)!))
            #expect(try !store.isMember("fg-health", of: "fg-hospitals", on: day))
            #expect(try store.collectives(of: hospital.id, on: today).map(\.id) == ["fg-hospitals"])
            #expect(try store.collectives(of: "fg-health", on: today).isEmpty)
            #expect(throws: BodyProblem.notCollective("fg-health")) {
                try AddMember(collective: "fg-health", member: hospital.id).perform(in: transaction, occasion)
            }
        }
    }
}

@Suite struct `Entering a body` {
    @Test(arguments: Backend.available)
    func `refuses a name or a code that is taken`(backend: Backend) async throws {
        try await withFenggang(backend) { transaction throws in
            func enter(_ name: String, _ jurisdiction: String = "FG", code: String? = nil) throws -> Body {
                try RegisterBody(jurisdiction: jurisdiction, kind: .organ, name: name, creditCode: code)
                    .perform(in: transaction, occasion)
            }
            let code = "91350100M000100Y43"
            #expect(throws: BodyProblem.nameTaken("县 财政局")) { try enter("县 财政局") }
            #expect(throws: BodyProblem.noJurisdiction("XX")) { try enter("某局", "XX") }
            #expect(throws: BodyProblem.unusableName) { try enter("　") }
            #expect(throws: BodyProblem.unusableName) { try enter(String(repeating: "局", count: 201)) }
            #expect(try enter("某局", code: code).creditCode == code)
            #expect(throws: BodyProblem.codeTaken(code)) { try enter("另一局", code: code.lowercased()) }
            for (wrong, words) in [
                ("91350100M000100Y44", "第18位：校验码不符"), ("91350100M00010OY43", "第15位：出现了不允许的字符"),
                ("示例", "第1位：出现了不允许的字符"), ("9135", "位数不对"),
            ] {
                let problem = #expect(throws: BodyProblem.self) { try enter("第三局", code: wrong) }
                #expect(problem?.code == "body-code-unusable" && problem?.detail.contains(words) == true)
            }
            #expect(transaction.journalled.count == 1)
        }
    }

    @Test(arguments: Backend.available)
    func `from an import finds the known one or makes a stranger`(backend: Backend) async throws {
        try await withFenggang(backend) { transaction throws in
            func named(_ name: String) throws -> Body {
                try RegisterExternal(jurisdiction: "FG", name: name).perform(in: transaction, occasion)
            }
            #expect(try named("县环保局").id == "fg-environment")
            let stranger = try named("某某（集团）有限公司")
            #expect(stranger.kind == .external && !stranger.publishesHere)
            #expect(try named("某某(集团) 有限公司") == stranger)
            #expect(transaction.journalled.map(\.act) == ["body.registered"])
        }
    }

    @Test(arguments: Backend.available)
    func `and renaming it keeps the old name for old papers`(backend: Backend) async throws {
        try await withFenggang(backend) { transaction throws in
            let store = transaction.bodies
            try RenameBody(body: "fg-poverty", name: "县乡村振兴局", from: Day(2021, 6, 1)!)
                .perform(in: transaction, occasion)
            #expect(try store.body("fg-poverty", on: Day(2021, 5, 31)!)?.name == "县扶贫办")
            #expect(try store.body("fg-poverty", on: Day(2021, 6, 1)!)?.name == "县乡村振兴局")
            #expect(try store.resolve("县扶贫办", in: "FG", on: today)?.id == "fg-poverty")
            #expect(throws: BodyProblem.nameTaken("县财政局")) {
                try RenameBody(body: "fg-poverty", name: "县财政局", from: today).perform(
                    in: transaction, occasion)
            }
        }
    }

    @Test(arguments: Backend.available)
    func `says whether we publish for it`(backend: Backend) async throws {
        try await withFenggang(backend) { transaction throws in
            let store = transaction.bodies
            #expect(try store.body("fg-finance")?.publishesHere == false)
            try PublishForBody(body: "fg-finance", publishesHere: true).perform(in: transaction, occasion)
            try PublishForBody(body: "fg-finance", publishesHere: true).perform(in: transaction, occasion)
            #expect(try store.body("fg-finance")?.publishesHere == true)
            #expect(transaction.journalled.map(\.act) == ["body.publishing_set"])
        }
    }
}

@Suite struct `The sample jurisdictions` {
    @Test func `name nobody real`() throws {
        let real = try #require(try BodyFile.builtIn("FG"))
        for code in ["SX", "SS"] {
            let jurisdiction = try #require(try JurisdictionFile.builtIn().jurisdiction(code))
            #expect(jurisdiction.sample)
            let file = try #require(try BodyFile.builtIn(code))
            let text = file.bodies.flatMap { $0.names.map(\.name) }.joined()
            #expect(!text.contains("凤冈") && !text.contains("南通") && !text.contains("长春"))
        }
        #expect(!real.publishesHere)
    }

    @Test func `resolve every name of the list they keep`() throws {
        let sample = try #require(try BodyFile.builtIn("SX"))
        let real = try #require(try BodyFile.builtIn("FG"))
        let known = Set(sample.bodies.flatMap { $0.bodyNames.map(\.folded) })
        let wanted = real.bodies.filter { $0.listed == true }.map { BodyName.fold($0.names[0].name) }
        #expect(known.isSuperset(of: wanted))
    }
}
