import CivilTime
import Law
import LedgerTesting
import Portal
import Publishing
import Storage
import StorageTesting
import Testing
import Transparency
import Web
import WebTesting

@Suite struct `What a page says to programs` {
    private static func site(
        _ county: County, identity: SiteIdentity = SiteIdentity()
    ) -> Site {
        let portal = Portal(
            database: county.database, law: county.shelf, today: { "2026-03-20" }, identity: identity)
        return Site(
            WebServer(
                routes: portal.routes(), look: portal.look, logger: .silent, translate: Portal.translate))
    }

    /// A notice with everything a paper can have.
    private static func paper(
        in county: County, title: String = "青石县“一号”通知 <1>", text: String = "第一段。\n第二段。"
    ) async throws -> String {
        try await county.act(on: "2026-03-02") { transaction, law, occasion in
            var record = EditionRecord(
                title: title, text: text, documentNumber: "青府发〔2026〕7号", sourceName: "青石县府办")
            record.indexNumber = "1/2026-3"
            record.documentKind = "通知"
            record.addressees = "各镇"
            (record.openness, record.dated, record.issuer) = ("此件公开发布", "2026-03-01", "青石县<府>办")
            record.attachments = [
                .init(name: "附表<1>", address: "https://a.example/1.pdf?a=1&b=2", sha256: "ab12"),
                .init(name: "清单"), .init(name: "说明", address: "https://a.example/{2}.pdf"),
            ]
            var publish = Publish(body: "sx-housing", record: record)
            publish.item = "I-FG-001"
            return try publish.perform(in: transaction, law: law, occasion).publication.id
        }
    }

    private static func metas(_ page: String) -> [String: String] {
        Dictionary(
            page.matches(of: /<meta name="(\w+)" content="([^"]*)">/).map { ("\($0.1)", "\($0.2)") }
        ) { first, _ in first }
    }

    @Test(arguments: Backend.available)
    func `names the site, the column and the article as the guide for government sites asks`(
        _ backend: Backend
    ) async throws {
        try await withCounty(backend, tables: LogSchema.migrations) { county in
            let id = try await Self.paper(in: county)
            let site = Self.site(county, identity: try SiteIdentity(name: "青石县政府网", code: "5203270001"))
            let page = try await site.get("/publications/\(id)").text
            let metas = Self.metas(page)
            #expect(metas["SiteName"] == "青石县政府网" && metas["SiteIDCode"] == "5203270001")
            #expect(metas["SiteDomain"] == "localhost")
            #expect(metas["ColumnName"] == "住房保障" && metas["ColumnType"] == "信息公开")
            #expect(metas["ArticleTitle"] == "青石县“一号”通知 &lt;1&gt;")
            #expect(metas["PubDate"] == "2026-03-02 10:00", "\(metas)")
            #expect(metas["ContentSource"] == "青石县府办" && metas["Description"] == "第一段。 第二段。")
            #expect(metas["Url"] == "http://localhost/publications/\(id)")
            #expect(page.contains("<link rel=\"canonical\" href=\"http://localhost/publications/\(id)\">"))
            // What nobody told is not said.
            #expect(metas["Author"] == nil && metas["Image"] == nil)
            let home = Self.metas(try await Self.site(county).get("/").text)
            #expect(home["SiteName"] == "日晷" && home["SiteIDCode"] == nil && home["Url"] == nil)
        }
    }

    @Test(arguments: Backend.available)
    func `bears the site's own address, whatever name it was reached by`(_ backend: Backend) async throws {
        try await withCounty(backend, tables: LogSchema.migrations) { county in
            let id = try await Self.paper(in: county)
            let identity = try SiteIdentity(name: "甲", code: nil, baseURL: "https://Open.Example.gov:8443/")
            let (site, plain) = (Self.site(county, identity: identity), Self.site(county))
            let base = "https://open.example.gov:8443"
            for place in [
                "/publications/\(id)", "/bodies/sx-housing", "/feeds/publications.atom", "/sitemap.xml",
                "/robots.txt",
            ] {
                let text = try await site.get(place).text
                #expect(text.contains(base + "/") && !text.contains("localhost"), "\(place)")
                let reached = try await plain.get(place).text
                #expect(!reached.contains(base) && reached.contains("http://localhost/"), "\(place)")
            }
            let page = try await site.get("/publications/\(id)").text
            for said in [
                "<link rel=\"canonical\" href=\"\(base)/publications/\(id)\">",
                "<link itemprop=\"url\" href=\"\(base)/publications/\(id)\">",
                "<a class=\"code\" href=\"\(base)/publications/\(id)/editions/1\">",
                "<link itemprop=\"contentUrl\" href=\"https://a.example/1.pdf?a=1&amp;b=2\">",
            ] { #expect(page.contains(said), "\(said)") }
            #expect(Self.metas(page)["SiteDomain"] == "open.example.gov")
        }
    }

    @Test(
        arguments: [
            "", "open.example.gov", "ftp://open.example.gov", "https://", "https:///", "https://a.example/x",
            "https://a.example//", "https://a.example?x", "https://a.example#x", "https://u@a.example",
            "https://a.example:", "https://a.example:0", "https://a.example:080", "https://a.example:65536",
            "https://a..example", "https://-a.example", "https://a b.example", "https://a.example\n",
            "https://甲.example", "https://a.example\"",
        ])
    func `takes no base address that is none`(text: String) {
        #expect(throws: SiteIdentityProblem.baseURLUnreadable(text)) {
            try SiteIdentity(name: "甲", code: nil, baseURL: text)
        }
    }

    @Test(arguments: Backend.available)
    func `shows the paper's marks and attachments, each as it was given`(_ backend: Backend) async throws {
        try await withCounty(backend, tables: LogSchema.migrations) { county in
            let id = try await Self.paper(in: county)
            let page = try await Self.site(county).get("/publications/\(id)").text
            for (name, value) in [
                ("索引号", "1/2026-3"), ("公文种类", "通知"), ("主送机关", "各镇"), ("发文字号", "青府发〔2026〕7号"),
                ("成文日期", "<time datetime=\"2026-03-01\">2026-03-01</time>"), ("印发机关", "青石县&lt;府&gt;办"),
                ("公开属性", "此件公开发布"),
            ] {
                #expect(page.contains("<dt>\(name)</dt><dd>\(value)</dd>"), "\(name)")
            }
            let link = "<a href=\"https://a.example/1.pdf?a=1&amp;b=2\" rel=\"external\">附表&lt;1&gt;</a>"
            #expect(page.contains(link) && page.contains("SHA-256 ab12"))
            #expect(page.contains("清单 <span class=\"quiet\">没有可用的地址</span>"))
            // An address that can be no link is words.
            #expect(page.contains("说明 <span class=\"quiet\">https://a.example/{2}.pdf</span>"))
            let bare = try await county.publish("I-FG-003", on: "2026-03-02").publication.id
            let other = try await Self.site(county).get("/publications/\(bare)").text
            for name in ["索引号", "公文种类", "主送机关", "成文日期", "印发机关", "公开属性", "<h2>附件"] {
                #expect(!other.contains(name), "\(name)")
            }
        }
    }

    @Test func `says of a corrected document what the correction changed in its marks`() async throws {
        try await withCounty(.sqlite, tables: LogSchema.migrations) { county in
            let id = try await Self.paper(in: county)
            try await county.correct(id, on: "2026-03-03")
            let page = try await Self.site(county).get("/publications/\(id)/editions/2/changes").text
            for gone in ["<del>1/2026-3</del>", "<del>通知</del>", "<del>各镇</del>", "<del>清单</del>"] {
                #expect(page.contains(gone), "\(gone)")
            }
            let old = try await Self.site(county).get("/publications/\(id)/editions/1").text
            #expect(old.contains("rel=\"canonical\" href=\"http://localhost/publications/\(id)/editions/1\""))
            // An edition that never was is not taken for a document that never was.
            for (asked, said) in [
                ("editions/1/changes", "没有更早的版本可以比较"), ("editions/3/changes", "没有第 3 版"),
                ("editions/3", "没有第 3 版"),
            ] {
                let answer = try await Self.site(county).get("/publications/\(id)/\(asked)")
                #expect(answer.status == 404 && answer.text.contains(said), "\(asked)")
            }
        }
    }

    @Test(arguments: Backend.available)
    func `tells in the words of schema.org what it is, who published it and where it stands`(
        _ backend: Backend
    ) async throws {
        try await withCounty(backend, tables: LogSchema.migrations) { county in
            let id = try await Self.paper(in: county)
            let site = Self.site(county)
            let page = try await site.get("/publications/\(id)").text
            for said in [
                "<main id=\"main\" tabindex=\"-1\" itemscope itemtype=\"https://schema.org/DigitalDocument\">",
                "<h1 itemprop=\"name\">", "<meta itemprop=\"datePublished\" content=\"2026-03-02\">",
                "<meta itemprop=\"identifier\" content=\"青府发〔2026〕7号\">",
                "<span itemprop=\"publisher\" itemscope itemtype=\"https://schema.org/GovernmentOrganization\">",
                "<span itemprop=\"isPartOf\" itemscope itemtype=\"https://schema.org/CollectionPage\">",
                "<link itemprop=\"contentUrl\" href=\"https://a.example/1.pdf?a=1&amp;b=2\">",
                "<ol itemscope itemtype=\"https://schema.org/BreadcrumbList\">",
                "<meta itemprop=\"position\" content=\"5\">",
            ] { #expect(page.contains(said), "\(said)") }
            let body = try await site.get("/bodies/sx-housing").text
            #expect(body.contains("itemtype=\"https://schema.org/GovernmentOrganization\""))
            let column = try await site.get("/columns/SX/%E4%BD%8F%E6%88%BF%E4%BF%9D%E9%9A%9C").text
            #expect(column.contains("itemtype=\"https://schema.org/CollectionPage\""))
        }
    }

    @Test(arguments: Backend.available)
    func `keeps the words of a withdrawn or erased document to itself`(_ backend: Backend) async throws {
        try await withCounty(backend, tables: LogSchema.migrations) { county in
            let site = Self.site(county)
            let gone = try await Self.paper(in: county, text: "须收回的")
            try await county.withdraw(gone, on: "2026-03-03")
            let erased = try await Self.paper(in: county, title: "须删去的", text: "须删去的")
            try await county.erase(erased, on: "2026-03-03")
            for id in [gone, erased] {
                let page = try await site.get("/publications/\(id)").text
                for word in ["须收回的", "须删去的", "a.example", "1/2026-3", "青石县府办"] {
                    #expect(!page.contains(word), "\(word)")
                }
            }
        }
    }

    @Test(
        arguments: [
            ("", nil, "site-name-missing"), (" ", nil, "site-name-missing"),
            ("甲\n乙", nil, "control-character"),
            (String(repeating: "长", count: 61), nil, "text-too-long"), ("甲", "123", "site-code-unreadable"),
            ("甲", "12345678901", "site-code-unreadable"), ("甲", "12345６7890", "site-code-unreadable"),
        ] as [(String, String?, String)])
    func `takes no name or code of a site that is none`(name: String, code: String?, refusal: String) {
        do {
            _ = try SiteIdentity(name: name, code: code)
            Issue.record("\(name) \(code ?? "") was taken")
        } catch {
            #expect((error as? any Refusal)?.code == refusal)
        }
    }
}
