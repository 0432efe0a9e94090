import StorageTesting
import Testing
import WebTesting

@Suite struct `What the plans say beside items` {
    @Test(arguments: Backend.available)
    func `stands on a page, as JSON and as CSV`(on backend: Backend) async throws {
        try await SmallCounty.on(backend) { county in
            let site = try county.site()
            let page = try await site.get("/catalogue/tasks?jurisdiction=FG")
            #expect(page.status == 200)
            #expect(page.text.contains("2018-08-07") && page.text.contains("2018-08-02"))
            #expect(page.text.contains("<a href=\"/bodies/fg-labour\">县人社局</a>"))
            let data = try await site.object("/catalogue/tasks.json?jurisdiction=FG")
            #expect((data["filings"] as? [[String: Any]])?.count == 3)
            let tasks = try #require(data["tasks"] as? [[String: Any]])
            #expect(tasks.allSatisfy { $0["jurisdiction"] as? String == "FG" })
            let csv = try await site.get("/catalogue/tasks.csv?jurisdiction=FG")
            #expect(csv.text.split(whereSeparator: \.isNewline).count == tasks.count + 1)
            #expect(try await site.get("/catalogue/tasks?jurisdiction=XX").status == 404)
            let all = try await site.object("/catalogue/tasks.json")
            #expect((all["tasks"] as? [[String: Any]])?.count == tasks.count)
        }
    }

    /// C-23. 003 附1 二(二)6 has no exception of its own; 二(二)2 excepts minors and others.
    @Test(arguments: Backend.available)
    func `excepts on the item's page what a contradiction excepts, with its number`(_ backend: Backend)
        async throws
    {
        try await SmallCounty.on(backend) { county in
            let site = try county.site()
            let page = try await site.get("/catalogue/I-FG-116").text
            #expect(page.contains("未成年人、艾滋病患者等个人信息需保密的对象") && page.contains("C-23"))
            let data = try await site.object("/catalogue/I-FG-116.json")
            #expect((data["exclusions"] as? [String])?.contains("protected_persons") == true)
            let other = try await site.object("/catalogue/I-FG-115.json")
            #expect((other["exclusions"] as? [String])?.contains("protected_persons") == false)
            // 政府信息公开条例 art. 14, 15 stand under every item.
            #expect((other["exclusions"] as? [String])?.contains("state_secret") == true)
        }
    }

    @Test func `is shown with its number, plan and section`() async throws {
        try await SmallCounty.on(.sqlite) { county in
            let site = try county.site()
            let page = try await site.get("/catalogue/settings")
            #expect(page.status == 200 && page.text.contains("C-01") && page.text.contains("C-26"))
            // Words for programs stand in the data; the page has a reader's.
            let cells = page.text.replacing(/(?s)<head>.*<\/head>|<[^>]*>|https?:[^<]*/, with: " ")
            #expect(cells.firstMatch(of: /[a-z]+_[a-z]+|\b(?:explore|approves|territory|signed)\b/) == nil)
            #expect(page.text.contains("由上级部门组织") && page.text.contains("<span>当作</span> <q>监督检查</q>"))
            let data = try await site.object("/catalogue/settings.json?plan=CC")
            let items = try #require(data["items"] as? [[String: Any]])
            #expect(!items.isEmpty && items.allSatisfy { $0["plan"] as? String == "CC" })
            #expect(try await site.get("/catalogue/settings.csv").status == 200)
            let refused = try await site.get("/catalogue/settings?plan=nowhere")
            #expect(refused.status == 404 && refused.text.contains("CC、CN、FG1"))
        }
    }

    // 003 附2 三(一): the office and 县大数据办 supervise and guide together.
    @Test func `makes a body a coordinator on its page`() async throws {
        try await SmallCounty.on(.sqlite) { county in
            let site = try county.site()
            let data = try await site.object("/bodies/fg-big-data.json")
            let plans = (data["coordinates"] as? [[String: Any]])?.compactMap { $0["plan"] as? String }
            #expect(plans == ["FG2", "FG3"])
            #expect((data["tasks"] as? [[String: Any]])?.isEmpty == false)
            #expect(try await site.get("/bodies/fg-big-data").text.contains("<h2>协调</h2>"))
            let land = try await site.object("/bodies/fg-land.json")
            #expect((land["names"] as? [[String: Any]])?.count == 2)
        }
    }
}
