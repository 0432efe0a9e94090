import Foundation
import StorageTesting
import Testing
import Web
import WebTesting

@Suite struct `What a reader may do` {
    // 附件1三（三） names the channel of the plan under which I-FG-083 stands.
    @Test(arguments: Backend.available)
    func `about what is overdue is to tell, apply and complain, with the plan's channel and its section`(
        on backend: Backend
    ) async throws {
        try await SmallCounty.on(backend) { county in
            let site = try county.site()
            let page = try await site.get("/obligations/\(county.id("overdue"))").text
            for words in [
                "您可以做什么", "逾期未公开的（", "县政务中心、县督查局（附件1三（三））", "第四十七条", "第五十一条", "第二十七条、第二十九条",
                "政府信息公开指南",
            ] { #expect(page.contains(words), "\(words)") }
            let data = try await site.object("/obligations/\(county.id("overdue")).json")
            let recourse = try #require(data["recourse"] as? [String: Any])
            #expect(recourse["situations"] as? [String] == ["overdue"])
            let plans = (recourse["supervision"] as? [[String: Any]])?.compactMap { $0["plan"] as? String }
            #expect(plans == ["FG1"])
        }
    }

    @Test func `about what was not observed is to look elsewhere, and not to complain`() async throws {
        try await SmallCounty.on(.sqlite) { county in
            let site = try county.site()
            let id = try #require(try await site.object("/obligations.json?state=unobserved").ids.first)
            let page = try await site.get("/obligations/\(id)").text
            #expect(page.contains("未采集的（") && page.contains("不要据此投诉"))
            for clause in ["第四十七条", "第五十一条"] { #expect(!page.contains(clause), "\(clause)") }
            // The stranger is known by its name alone.
            #expect(page.contains("不知道它是行政机关还是企事业单位") && page.contains("第五十五条"))
        }
    }

    @Test func `about what is withheld, lapsed or under an unverified rule has words of its own`()
        async throws
    {
        try await SmallCounty.on(.sqlite) { county in
            let site = try county.site()
            let withheld = try await site.get("/obligations/\(county.id("withheld"))").text
            #expect(withheld.contains("不予公开的：") && withheld.contains("行政复议法 第二十三条第一款第四项"))
            let unverified = try await site.get("/obligations/\(county.id("unverified"))").text
            #expect(unverified.contains("规则待核实的（") && !unverified.contains("第四十七条"))
            let lapsed = try #require(try await site.object("/obligations.json?state=lapsed").ids.first)
            #expect(try await site.get("/obligations/\(lapsed)").text.contains("已失效的（"))
        }
    }

    @Test func `is nothing where it was published, and then the page is only cited`() async throws {
        try await SmallCounty.on(.sqlite) { county in
            let site = try county.site()
            let address = "/obligations/\(county.id("on time"))"
            let page = try await site.fetchOverNetwork("GET", address).text
            #expect(!page.contains("您可以做什么") && page.contains("http://localhost\(address)</a>"))
            #expect(try await site.object(address + ".json")["recourse"] is NSNull)
        }
    }

    @Test(arguments: ["/projects/{second project}", "/bodies/sx-education"])
    func `stands on the page of a project and of a body, and not on their past`(pattern: String) async throws
    {
        try await SmallCounty.on(.sqlite) { county in
            let (site, address) = (try county.site(), county.address(pattern))
            let page = try await site.fetchOverNetwork("GET", address).text
            #expect(page.contains("<h2 id=\"recourse\">您可以做什么</h2>") && page.contains("方案的监督渠道"))
            #expect(page.contains("永久地址") && page.contains("http://localhost\(address)</a>"))
            #expect(page.contains("class=\"qr-code\""))
            let past = try await site.get(address + "?on=2026-12-01").text
            #expect(!past.contains("您可以做什么") && !past.contains("永久地址"))
        }
    }
}
