import Catalogue
import CivilTime
import Identifiers
import Law
import LedgerTesting
import People
import Projects
import Storage
import StorageTesting
import Testing

@Suite struct `A project` {
    private func open(
        _ keys: [(KeyKind, String)], in jurisdiction: String = "SX", lots: [String] = [], _ county: County
    ) async throws -> OpenProject.Opened {
        try await county.act(on: "2026-03-02") { transaction, _, occasion in
            try OpenProject(
                jurisdiction: jurisdiction, field: "政府采购", title: "示例项目",
                keys: keys.map { ProjectKey(kind: $0.0, printed: $0.1) },
                lots: lots.map { Lot(number: $0, title: "") }
            ).perform(in: transaction, occasion)
        }
    }

    @Test(arguments: Backend.available)
    func `is found again by any of its own codes, however they are printed`(_ backend: Backend) async throws {
        try await withCounty(backend) { county in
            let first = try await open([(.procurement, "SXCG〔2026〕001号")], county)
            let again = try await open([(.procurement, "sxcg [2026] 001号"), (.entry, "JC-7")], county)
            #expect(again.project.id == first.project.id)
            #expect(again.shared.isEmpty)
            let third = try await open([(.entry, "ＪＣ－７")], county)
            #expect(third.project.id == first.project.id)
            #expect(try await county.keys(first.project.id).count == 2)
            #expect(try await county.acts() == ["project.opened", "project.keyed"])
        }
    }

    @Test(arguments: Backend.available)
    func `is not opened with a control character in anything that was typed`(_ backend: Backend) async throws
    {
        try await withCounty(backend) { county in
            let before = try await county.contents()
            let typed: [(title: String, field: String, code: String, lot: Lot)] = [
                ("示例\u{7}项目", "政府采购", "A-1", Lot(number: "1", title: "")),
                ("示例项目", "政府\n采购", "A-1", Lot(number: "1", title: "")),
                ("示例项目", "政府采购", "A\u{0}1", Lot(number: "1", title: "")),
                ("示例项目", "政府采购", "A-1", Lot(number: "1\u{9}", title: "")),
                ("示例项目", "政府采购", "A-1", Lot(number: "1", title: "设备\u{2028}")),
            ]
            for words in typed {
                await #expect(throws: EnteredTextProblem.self, "\(words)") {
                    try await county.act(on: "2026-03-02") { transaction, _, occasion in
                        _ = try OpenProject(
                            jurisdiction: "SX", field: words.field, title: words.title,
                            keys: [ProjectKey(kind: .procurement, printed: words.code)], lots: [words.lot]
                        ).perform(in: transaction, occasion)
                    }
                }
            }
            #expect(try await county.contents() == before)
        }
    }

    @Test(arguments: Backend.available)
    func `shares a gathering number with others, and by it all are found`(_ backend: Backend) async throws {
        try await withCounty(backend) { county in
            let one = try await open([(.approval, "示发改〔2026〕3号"), (.procurement, "A-1")], county)
            let two = try await open([(.approval, "示发改〔2026〕3号"), (.procurement, "A-2")], county)
            #expect(one.project.id != two.project.id)
            #expect(one.shared.isEmpty && two.shared.isEmpty)
            let folded = ProjectKey(kind: .approval, printed: "示发改〔2026〕3号").folded
            let found = try await county.read { try $0.projects.projects(bearing: folded) }
            #expect(Set(found.map(\.id)) == [one.project.id, two.project.id])
        }
    }

    @Test(arguments: Backend.available)
    func `whose lowest-level code another bears too is told with a warning`(_ backend: Backend) async throws {
        try await withCounty(backend) { county in
            _ = try await open([(.procurement, "A-1")], county)
            let other = try await open([(.entry, "JC-2")], county)
            let both = try await open([(.entry, "JC-2"), (.procurement, "A-1")], county)
            #expect(both.project.id == other.project.id)
            #expect(both.shared.map(\.printed) == ["A-1"])
        }
    }

    @Test(arguments: Backend.available)
    func `of another jurisdiction that bears the same number is another project`(_ backend: Backend)
        async throws
    {
        try await withCounty(backend) { county in
            let ours = try await open([(.procurement, "001")], county)
            let theirs = try await open([(.procurement, "001")], in: "FG", county)
            #expect(ours.project.id != theirs.project.id)
        }
    }

    @Test(arguments: Backend.available)
    func `gains a scope that is told later, and keeps those it has`(_ backend: Backend) async throws {
        try await withCounty(backend) { county in
            let first = try await county.project(scopes: [.major])
            #expect(try await county.project(scopes: [.ppp]) == first)
            #expect(try await county.project() == first)
            #expect(try await county.read { try $0.projects.project(first)?.scopes } == [.major, .ppp])
            #expect(try await county.acts() == ["project.opened", "project.scoped"])
        }
    }

    @Test(arguments: Backend.available)
    func `gains lots once each`(_ backend: Backend) async throws {
        try await withCounty(backend) { county in
            let project = try await open([(.procurement, "A-1")], lots: ["1", "2"], county).project.id
            _ = try await open([(.procurement, "A-1")], lots: ["2", "3"], county)
            #expect(try await county.lots(project).map(\.number) == ["1", "2", "3"])
            #expect(try await county.acts().count { $0 == "project.lot_added" } == 3)
        }
    }

    @Test(arguments: Backend.available)
    func `without a usable code is refused and leaves nothing`(_ backend: Backend) async throws {
        try await withCounty(backend) { county in
            let before = try await county.contents()
            for keys: [(KeyKind, String)] in [
                [], [(.procurement, "")], [(.procurement, " 　")],
                [(.plot, String(repeating: "1", count: 201))],
            ] {
                do {
                    _ = try await open(keys, county)
                    Issue.record("was not refused")
                } catch let refusal as ProjectProblem {
                    #expect(refusal.code == "project-without-code")
                    #expect(refusal.kind == .invalid)
                }
            }
            #expect(try await county.contents() == before)
        }
    }

    @Test(arguments: [
        ("ZZ", "示例项目", "jurisdiction-unknown"), ("SX", "", "project-title-missing"),
        ("SX", " 　", "project-title-missing"),
    ])
    func `without a name or a jurisdiction is refused and leaves nothing`(
        jurisdiction: String, title: String, code: String
    ) async throws {
        try await withCounty(.sqlite) { county in
            let before = try await county.contents()
            let refused = await #expect(throws: ProjectProblem.self) {
                try await county.act(on: "2026-03-02") { transaction, _, occasion in
                    let key = ProjectKey(kind: .procurement, printed: "A-1")
                    _ = try OpenProject(
                        jurisdiction: jurisdiction, field: "政府采购", title: title, keys: [key]
                    ).perform(in: transaction, occasion)
                }
            }
            #expect(refused?.code == code)
            #expect(try await county.contents() == before)
        }
    }
}

@Suite struct `The form of a project's code` {
    private func form(_ kind: KeyKind, _ printed: String) -> KeyForm? {
        ProjectKey(kind: kind, printed: printed).form
    }

    @Test func `is recognised however it is printed`() throws {
        let deal = "A01-91350100M000100Y43-20190704-000016-3"
        for printed in [
            deal, "a01－91350100m000100y43－20190704－000016－3", "A01—91350100M000100Y43-20190704-000016-3",
        ] {
            guard case .deal(let code) = form(.platform, printed) else {
                Issue.record("\(printed)")
                continue
            }
            #expect("\(code)" == deal)
        }
        #expect(form(.investment, "2503-411481-04-01-225421")?.name == "投资项目统一代码")
    }

    @Test func `is none where a number is its giver's own`() {
        #expect(form(.platform, "SDGP370000000202602000616") == nil)
        #expect(form(.platform, "E3500000717002688002") == nil)
        #expect(form(.investment, "2503-411481") == nil)
        // Only where such a code belongs.
        #expect(form(.procurement, "A01-91350100M000100Y43-20190704-000016-3") == nil)
        #expect(form(.approval, "2503-411481-04-01-225421") == nil)
    }

    @Test(arguments: Backend.available)
    func `that breaks a rule is told, and the project is opened all the same`(_ backend: Backend) async throws
    {
        try await withCounty(backend) { county in
            let key = ProjectKey(kind: .platform, printed: "A01-91350100M000100Y43-20190704-000016-4")
            guard case .flawed(let flaw) = key.form else {
                Issue.record("the check is wrong and nothing says so")
                return
            }
            #expect(flaw.sentence == "统一交易标识码第40位：校验码不符。")
            let opened = try await county.act(on: "2026-03-02") { transaction, _, occasion in
                try OpenProject(jurisdiction: "SX", field: "政府采购", title: "示例项目", keys: [key])
                    .perform(in: transaction, occasion)
            }
            let found = try await county.read { try $0.projects.projects(bearing: key.folded) }
            #expect(found.map(\.id) == [opened.project.id])
        }
    }
}
