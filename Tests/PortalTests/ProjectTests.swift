import CivilTime
import Crypto
import Foundation
import LedgerTesting
import Obligations
import Portal
import StorageTesting
import Testing
import Transparency
import Web
import WebTesting

@Suite struct `A project` {
    /// The code as a paper might print it: other brackets, dashes, width, case, blanks.
    static let prints = ["SXZC〔2026〕—12号", "sxzc[2026]-12号", "ＳＸＺＣ（2026）-12号", " SXZC 【2026】 － 12号 "]

    @Test(arguments: Backend.available)
    func `is found by its code however it is printed`(on backend: Backend) async throws {
        try await SmallCounty.on(backend) { county in
            for code in Self.prints {
                let answer = try await county.site().object("/projects/\(Link.encoded(code)).json")
                #expect(answer["id"] as? String == county.id("project"), "\(code)")
            }
        }
    }

    @Test(arguments: Backend.available)
    func `that shares a gathering code stands in a list with the others`(on backend: Backend) async throws {
        try await SmallCounty.on(backend) { county in
            let list = try await county.site().object("/projects/\(Link.encoded("示财采〔2026〕45号")).json")
            #expect(Set(list.ids) == [county.id("project"), county.id("second project")])
        }
    }

    /// Worked by hand from the State Council's calendars: day 1 is the working day after the winner is fixed.
    @Test(arguments: [
        // 13 and 14 February, the Saturday worked; 春节 begins on the 15th.
        ("2026-02-12", "2026-02-14"),
        // 8 and 9 October, after 国庆节 (1 to 7 October).
        ("2026-09-30", "2026-10-09"),
        // Friday: Monday the 16th and Tuesday the 17th.
        ("2026-03-13", "2026-03-17"),
    ])
    func `says until when the award notice is due once the winner is fixed`(fixed: String, due: String)
        async throws
    {
        try await withCounty(.sqlite, tables: LogSchema.migrations) { county in
            let project = try await county.project()
            let day = try #require(Day(fixed))
            try await county.event("procurement.result_fixed", on: day, project: project)
            let site = Self.site(county, on: day)
            let tracks = try await site.object("/projects/\(project).json")["tracks"] as? [[String: Any]]
            let steps = tracks?.first?["steps"] as? [[String: Any]] ?? []
            let notice = steps.first { $0["event"] as? String == "procurement.award_notified" }
            #expect(notice?["bound"] as? String == due)
            #expect(
                try await site.get("/projects/\(project)").text.contains("依法不晚于 <time datetime=\"\(due)\">"))
        }
    }

    @Test func `bounds the award notice by no day that is inferred, and by none once it was sent`()
        async throws
    {
        try await withCounty(.sqlite, tables: LogSchema.migrations) { county in
            let (first, second) = (try await county.project(), try await county.project("SXCG-2026-002"))
            try await county.event(
                "procurement.result_fixed", on: "2026-03-13", project: first, basis: .inferred)
            try await county.event("procurement.result_fixed", on: "2026-03-13", project: second)
            try await county.event("procurement.award_notified", on: "2026-03-16", project: second)
            let site = Self.site(county, on: "2026-03-16")
            for project in [first, second] {
                let value = try await site.object("/projects/\(project).json")
                let steps = (value["tracks"] as? [[String: Any]])?.first?["steps"] as? [[String: Any]] ?? []
                let notice = steps.first { $0["event"] as? String == "procurement.award_notified" }
                #expect(notice != nil && notice?["bound"] as? String == nil, "\(project)")
            }
        }
    }

    @Test(arguments: Backend.available)
    func `shows lots that stand alike once, with their number`(on backend: Backend) async throws {
        try await withCounty(backend, tables: LogSchema.migrations) { county in
            let project = try await county.project(lots: ["1", "2", "3", "4"])
            try await county.event("procurement.documents_issued", on: "2026-02-02", project: project)
            try await county.event("procurement.result_fixed", on: "2026-03-02", project: project, lot: "4")
            let page = try await Self.site(county, on: "2026-03-03").get("/projects/\(project)").text
            #expect(page.contains("<span>3 个标段，进展相同</span>："))
            #expect(page.contains("<summary><span>另有 2 个标段进展相同</span>：<span>标段 2、3</span></summary>"))
            // Folded or not, each of them has its place.
            #expect(page.matches(of: /<summary><span>另有/).count == 1)
            for lot in ["1", "2", "3", "4"] {
                #expect(page.contains("id=\"lot-\(lot)\"") && page.contains("href=\"#lot-\(lot)\""), "\(lot)")
            }
        }
    }

    private static func site(_ county: County, on day: Day) -> Site {
        let portal = Portal(database: county.database, law: county.shelf, today: { day })
        return Site(portal.routes(), look: portal.look, translate: Portal.translate)
    }

    @Test(arguments: Backend.available)
    func `shows missing steps as plainly as done ones`(on backend: Backend) async throws {
        try await SmallCounty.on(backend) { county in
            let site = try county.site()
            let value = try await site.object("/projects/\(county.id("project")).json")
            let tracks = try #require(value["tracks"] as? [[String: Any]])
            #expect(tracks.map { $0["lot"] as? String } == ["1", "2"])
            let first = states(tracks[0])
            #expect(first["procurement.contract_signed"] == "late")
            #expect(first["procurement.accepted"] == "awaited")
            #expect(first["procurement.bid_deadline"] == "recorded")
            let second = states(tracks[1])
            #expect(second["procurement.result_fixed"] == "ended")
            #expect(tracks[0]["resultObserved"] as? Bool == true && tracks[1]["ended"] as? Bool == true)
            let page = try await site.get("/projects/\(county.id("project"))").text
            #expect(page.contains("履约验收") && page.contains("未观察到"))
        }
    }

    @Test(arguments: Backend.available)
    func `shows an announced day as planned while it lies ahead, and as no more than announced after it`(
        on backend: Backend
    ) async throws {
        try await SmallCounty.on(backend) { county in
            let site = try county.site()
            let address = "/projects/\(county.id("second project"))"
            let tracks = try #require(try await site.object(address + ".json")["tracks"] as? [[String: Any]])
            let steps = states(tracks[0])
            #expect(steps["procurement.bid_opening"] == "planned")
            #expect(steps["procurement.bid_deadline"] == "announced")
            let page = try await site.get(address).text
            #expect(page.contains("拟定，日期未到") && page.contains("只见公告"))
            // What a dated paper of that day tells has happened.
            let told = try await site.object("/projects/\(county.id("project")).json")["tracks"]
            #expect(
                states(try #require(told as? [[String: Any]])[0])["procurement.bid_opening"] == "recorded")
        }
    }

    @Test(arguments: Backend.available)
    func `of a body that does not publish here says what is not observed and accuses nobody`(
        on backend: Backend
    )
        async throws
    {
        try await SmallCounty.on(backend) { county in
            let site = try county.site()
            let page = try await site.get("/projects/\(county.id("second project"))").text
            #expect(page.contains("未观察到结果") && page.contains("未采集"))
            #expect(!page.contains("逾期未公开"))
            #expect(page.contains("招标文件发出至投标截止不足二十日") && page.contains("投标截止时间：2026年10月20日。"))
        }
    }

    private func states(_ track: [String: Any]) -> [String: String] {
        var states: [String: String] = [:]
        for step in track["steps"] as? [[String: Any]] ?? [] {
            states[step["event"] as? String ?? ""] = step["state"] as? String
        }
        return states
    }

    /// The plan of annex 3 names this channel (FG3 四（二）), and no telephone.
    @Test(arguments: Backend.available)
    func `says who answers its findings, where to turn and what to quote`(on backend: Backend) async throws {
        try await SmallCounty.on(backend) { county in
            let site = try county.site()
            let place = "/projects/\(county.id("second project"))"
            let value = try await site.object(place + ".json")
            let reply = try #require(value["reply"] as? [String: Any])
            let bodies = try #require(reply["bodies"] as? [[String: String]])
            #expect(bodies == [["id": county.id("stranger"), "name": "示例省体育学校"]])
            let channels = try #require(reply["supervision"] as? [[String: String]]).compactMap {
                $0["channel"]
            }
            #expect(channels == ["县政务公开工作领导小组办公室会同县大数据办（附件3四（二））"])
            let finding = try #require((value["findings"] as? [[String: Any]])?.first)
            let address = try #require(finding["address"] as? String)
            let id = finding["id"] as? String ?? ""
            #expect(address == "\(place)#finding-\(id)")
            let page = try await site.get(place).text
            let answer = "<dt>由谁答复</dt><dd><a href=\"/bodies/\(county.id("stranger"))\">示例省体育学校</a>"
            #expect(page.contains(answer) && page.contains("<li>\(channels[0])<span"))
            #expect(
                page.contains("<li id=\"finding-\(id)\">") && page.contains(">http://localhost\(address)</a>")
            )
            #expect(page.contains("目录和方案没有写，本平台没有收录"))
        }
    }
}

@Suite struct `A publication` {
    @Test(arguments: Backend.available)
    func `keeps every edition readable, each at its own address`(on backend: Backend) async throws {
        try await SmallCounty.on(backend) { county in
            let site = try county.site()
            let base = "/publications/\(county.id("result"))"
            let (now, first) = (try await site.get(base).text, try await site.get(base + "/editions/1").text)
            #expect(now.contains("更正后的全文。") && now.contains("中标金额排印有误"))
            #expect(first.contains("第二段。") && first.contains("不是现行版本"))
            #expect(try await site.get(base + "/editions/3").status == 404)
        }
    }

    @Test(arguments: ["for the county", "narrowed"])
    func `that is not for everybody does not exist`(_ story: String) async throws {
        try await SmallCounty.on(.sqlite) { county in
            let site = try county.site()
            let nobody = try await site.get("/publications/nobody-has-this.json")
            for suffix in ["", ".json", "/editions/1", "/editions/1.json"] {
                #expect(try await site.get("/publications/\(county.id(story))\(suffix)").status == 404)
            }
            let hidden = try await site.get("/publications/\(county.id(story)).json").text
            #expect(hidden == nobody.text.replacing("nobody-has-this", with: county.id(story)))
        }
    }

    @Test func `that was withdrawn keeps its title, reason and hash, and not its words`() async throws {
        try await SmallCounty.on(.sqlite) { county in
            let site = try county.site()
            for suffix in ["", "/editions/1", "/editions/2"] {
                let page = try await site.get("/publications/\(county.id("withdrawn"))\(suffix)")
                #expect(page.status == 200 && page.text.contains("撤回的公告") && page.text.contains("内容有误，撤回"))
            }
        }
    }
}

@Suite struct `A list of items` {
    @Test func `is downloaded as the very bytes that its hash covers`() async throws {
        try await SmallCounty.on(.sqlite) { county in
            let site = try county.site()
            let list = try await site.object("/catalogue/FG.json")
            let version = try #require(list["version"] as? [String: Any])
            let bytes = try await site.get("/catalogue/FG.csv").bytes
            #expect(version["sha256"] as? String == sha256(bytes))
            #expect((list["counts"] as? [String: Any])?["own"] as? Int == 194)
            let printed = try await site.get("/catalogue/FG?print=1").text
            #expect(printed.contains(version["sha256"] as? String ?? "none"))
            let traditional = try await site.get("/catalogue/FG?print=1", fields: ["Cookie": "reading=tn-a"])
                .text
            #expect(traditional.contains("\nI-FG-001　") && traditional.contains("\n　　主體："))
            #expect(traditional.count { $0 == "\n" } == printed.count { $0 == "\n" })
        }
    }

    @Test func `marks what is no matter of disclosure`() async throws {
        try await SmallCounty.on(.sqlite) { county in
            let tags = try await county.site().object("/catalogue/FG.json?kind=tag")
            #expect(tags["total"] as? Int == 8)
            #expect(try await county.site().get("/catalogue/FG?kind=tag").text.contains("不产生公开义务"))
        }
    }
}

private func sha256(_ bytes: [UInt8]) -> String {
    SHA256.hash(data: bytes).map { byte in
        let digits = String(byte, radix: 16)
        return digits.utf8.count == 1 ? "0" + digits : digits
    }.joined()
}
