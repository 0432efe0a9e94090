import Importing
import Law
import LedgerTesting
import People
import Portal
import Publishing
import Storage
import StorageTesting
import Testing
import Transparency
import Web
import WebTesting

@Suite struct `The picture of a project` {
    @Test(arguments: Backend.available)
    func `tells of each lot what its list tells, and says it to who hears it`(_ backend: Backend) async throws
    {
        try await SmallCounty.on(backend) { county in
            let page = try await county.site().get("/projects/\(county.id("project"))").text
            let pictures = page.matches(
                of: /<svg class="track-picture"[^>]*role="img"[^>]*aria-labelledby="([^"]+)"/)
            #expect(pictures.count == 2)
            for picture in pictures {
                for id in picture.output.1.split(separator: " ") { #expect(page.contains("id=\"\(id)\">")) }
            }
            #expect(page.contains("<title id=\"track-1-title\">进程图：标段 1 影像设备</title>"))
            // The contract of the first lot was signed on 20 November and published on 1 December, after 25 November.
            #expect(page.contains("签订政府采购合同：逾期公开，2026-11-20 发生，最迟 2026-11-24 公开于 2026-12-01"))
            #expect(page.contains("今天 2026-12-16。</desc>"))
            #expect(page.contains("class=\"track-late\"") && page.contains("class=\"track-today\""))
        }
    }

    @Test func `draws nothing as missing where nobody can see`() async throws {
        try await SmallCounty.on(.sqlite) { county in
            let page = try await county.site().get("/projects/\(county.id("second project"))").text
            let picture = try #require(
                page.firstMatch(of: /<svg class="track-picture".*?<\/svg>/.dotMatchesNewlines()))
            #expect(picture.output.contains("track-unseen") && picture.output.contains("track-announced"))
            #expect(!picture.output.contains("track-missing") && !picture.output.contains("逾期"))
        }
    }
}

@Suite struct `What notices state of a project` {
    private static let result = """
        一、项目编号：QSZC-2026-0007
        二、项目名称：青石县图书馆书架采购项目
        三、中标信息
        供应商名称：青石书架有限公司
        中标金额：1,234,567.80元
        八、凡对本次公告内容提出询问，请按以下方式联系。
        1.采购人信息
        名称：青石县文化馆
        2.采购代理机构信息
        名称：青石招标代理有限公司
        """

    private func imports(_ record: String, into county: County) async throws -> String {
        let text = Self.result.replacing("\n", with: "\\n")
        let line = Array(
            """
            {"business_type":"政府采购","content_text":"\(text)","detail_url":"https://www.example.gov.cn/a/\(record).html",\
            "info_type":"中标公告","project_code":"QSZC-2026-0007","publish_date":"2026-03-16 17:36","record_id":"\(record)",\
            "region":"青石省","structured_fields":{},"title":"青石县图书馆书架采购项目中标公告"}
            """.utf8)
        let form = try NoticeForm.load(DataFiles.builtIn("form-national-platform.json") ?? [])
        let notice = NoticeExtraction(form: form).extract(
            try NoticeReader(form: form).read(line: line, number: 1).get())
        return try await county.act(on: "2026-03-20") { transaction, law, occasion in
            guard let place = try transaction.jurisdictions.jurisdiction("CN") else { return "" }
            _ = try ImportNotice(
                notice: notice, content: line, jurisdiction: place, source: "example", findings: []
            ).perform(in: transaction, law: law, occasion)
            return try transaction.publications.publication(source: "example", key: record)?.id ?? ""
        }
    }

    @Test(arguments: Backend.available)
    func `stands on its page with the words and their place, once, and goes with the paper`(
        _ backend: Backend
    ) async throws {
        try await withCounty(backend, tables: LogSchema.migrations) { county in
            let first = try await imports("r1", into: county)
            let second = try await imports("r2", into: county)
            let portal = Portal(database: county.database, law: county.shelf, today: { "2026-03-20" })
            let site = Site(portal.routes(), look: portal.look, translate: Portal.translate)
            let value = try await site.object("/projects/QSZC-2026-0007.json")
            let stated = try #require(value["stated"] as? [[String: Any]])
            let sum = try #require(stated.first { $0["label"] as? String == "中标、成交金额" })
            #expect(sum["value"] as? String == "1234567.80 元" && sum["part"] as? String == "sum")
            let places = try #require(sum["places"] as? [[String: Any]])
            #expect(places.compactMap { $0["publication"] as? String }.sorted() == [first, second].sorted())
            #expect((places[0]["quote"] as? String)?.contains("1,234,567.80元") == true)
            #expect(
                stated.contains { $0["value"] as? String == "青石县文化馆" && $0["part"] as? String == "party" })
            #expect(try await site.get("/projects/QSZC-2026-0007").text.contains("1,234,567.80 元"))
            for paper in [first, second] {
                try await county.act(on: "2026-03-20") { transaction, _, occasion in
                    _ = try ErasePublication(
                        EraseEdition(
                            publication: paper, edition: nil, ground: "personal-information", clause: "")
                    ).perform(in: transaction, occasion)
                }
            }
            let after = try await site.object("/projects/QSZC-2026-0007.json")
            #expect((after["stated"] as? [Any])?.isEmpty == true)
        }
    }
}
