import Law
import LedgerTesting
import Markup
import People
import Publishing
import StorageTesting
import Testing

@testable import Importing

/// Documents of a county that does not exist.
@Suite struct `The headings and links of an imported document` {
    private static let html = """
        <title>青石县公告</title><meta name="ArticleTitle" content="青石县公告"><h2>一、项目概况</h2>
        <p>索引号：1/2026-3</p><h3>（一）范围</h3><p>全文见<a href="https://a.example/2026-03-01/1.html">原公告</a>。\
        <a href="javascript:alert(1)">打印</a></p>
        """
    private static let markdown = "# 青石县办法\n\n## 第一章　总则\n\n第一条 为了**公开**。\n\n#编号 7"

    private static func raw(_ html: String) throws -> RawNotice {
        let form = try NoticeForm.load(DataFiles.builtIn("form-web-page.json") ?? [])
        let page = try CarriedPage(name: "a.html", Array(html.utf8))
        return try NoticeReader(form: form).read(value: page.row, row: 1).get()
    }

    private static func raw(markdown: String) throws -> RawNotice {
        let form = try NoticeForm.load(DataFiles.builtIn("form-policy-texts.json") ?? [])
        let members = [
            ("title", "青石县办法"), ("category", "办法"), ("date", "2026-03-01"), ("path", "a"), ("text", markdown),
        ]
        let row = JSONValue.object(members.map { JSONMember(name: $0.0, value: .string($0.1)) })
        return try NoticeReader(form: form).read(value: row, row: 1).get()
    }

    private func edition(of raw: RawNotice, _ form: String, in county: County) async throws -> EditionRecord?
    {
        let notice = NoticeExtraction(form: try NoticeForm.load(DataFiles.builtIn(form) ?? [])).extract(raw)
        return try await county.act(on: "2026-03-20") { transaction, law, occasion in
            guard let place = try transaction.jurisdictions.jurisdiction("CN") else { return nil }
            _ = try ImportNotice(
                notice: notice, content: raw.canonicalBytes, jurisdiction: place, source: raw.source,
                findings: []
            ).perform(in: transaction, law: law, occasion)
            let found = try transaction.publications.publication(source: raw.source, key: raw.recordID)
            return try found.flatMap { try transaction.publications.edition($0.id, number: 1)?.record }
        }
    }

    @Test(arguments: Backend.available)
    func `are marked in the record, and what is read out of the words is as without them`(_ backend: Backend)
        async throws
    {
        try await withCounty(backend) { county in
            let page = try await edition(of: Self.raw(Self.html), "form-web-page.json", in: county)
            #expect(page?.textForm == .marked && page?.indexNumber == "1/2026-3")
            #expect(
                page?.text
                    == "## 一、项目概况\n索引号：1/2026-3\n### （一）范围\n全文见原公告 <https://a.example/2026-03-01/1.html>。打印")
            let policy = try await edition(
                of: Self.raw(markdown: Self.markdown), "form-policy-texts.json", in: county)
            #expect(policy?.textForm == .marked)
            #expect(policy?.text == "# 青石县办法\n## 第一章 总则\n第一条 为了公开。\n#编号 7")
        }
    }

    @Test(arguments: Backend.available)
    func `are not looked for where there are none: the record is as ever`(_ backend: Backend) async throws {
        try await withCounty(backend) { county in
            let bare = "<title>青石县公告</title><p>第一段。</p><p>第二段。</p>"
            let record = try await edition(of: Self.raw(bare), "form-web-page.json", in: county)
            #expect(record?.textForm == nil && record?.text == "第一段。\n第二段。")
            #expect(try !String(decoding: record?.bytes() ?? [], as: UTF8.self).contains("textForm"))
        }
    }

    private static let table = """
        <title>评分公告</title><p># 不是标题</p><table><tr><th colspan=2>条款<th>内容
        <tr><td rowspan=2>采购人<td>名称<td>青石县文化馆<tr><td>地址<td>青石路1号<br>二楼</table>
        """

    /// The table of a page: in its record, in what search finds, and in what is read out of it.
    @Test(arguments: Backend.available)
    func `stand beside tables whose cells keep their columns`(_ backend: Backend) async throws {
        try await withCounty(backend) { county in
            let record = try #require(
                try await edition(of: Self.raw(Self.table), "form-web-page.json", in: county))
            #expect(record.textForm == .structured)
            #expect(
                record.text
                    == "\\# 不是标题\n# 条款 | ← | # 内容\n采购人 | 名称 | 青石县文化馆\n〃 | 地址 | 青石路1号 ↵ 二楼")
            #expect(record.plainText == "# 不是标题\n条款 | 内容\n采购人 | 名称 | 青石县文化馆\n地址 | 青石路1号 二楼")
            #expect(try Self.raw(Self.table).text == record.plainText)
        }
    }

    @Test func `are missed where a table is too large to be one`() throws {
        let rows = String(repeating: "<tr><td colspan=1000>甲</td><td>乙</td></tr>", count: 300)
        let page = try CarriedPage(name: "a.html", Array("<table>\(rows)</table>".utf8))
        #expect(page.losses.map(\.code) == ["table-too-large"])
        #expect(page.losses.first?.detail.contains("200000 格：有 1 个没有排成表格") == true)
    }

    @Test func `are read in a field of markup as in a page`() throws {
        let policy = String(decoding: DataFiles.builtIn("form-policy-texts.json") ?? [], as: UTF8.self)
        let form = try NoticeForm.load(Array(policy.replacing("\"markdown\"", with: "\"html\"").utf8))
        let members = [
            ("title", "甲"), ("category", "办法"), ("date", "2026-03-01"), ("path", "a"),
            ("text", "<table><tr><td rowspan=2>甲<td>1<tr><td>2</table>"),
        ]
        let row = JSONValue.object(members.map { JSONMember(name: $0.0, value: .string($0.1)) })
        let raw = try NoticeReader(form: form).read(value: row, row: 1).get()
        #expect(raw.markedText == WrittenText(text: "甲 | 1\n〃 | 2", form: .structured))
        #expect(raw.text == "甲 | 1\n2")
    }

    /// An item's bullet is no part of the label that it stands before.
    @Test(arguments: Backend.available)
    func `stand beside lists, whose lines are read as others`(_ backend: Backend) async throws {
        let html = "<title>青石县公告</title><ul><li>索引号：1/2026-3<li>预算 <s>1 万元</s> 2 万元</ul>"
        try await withCounty(backend) { county in
            let record = try await edition(of: Self.raw(html), "form-web-page.json", in: county)
            #expect(record?.text == "• 索引号：1/2026-3\n• 预算 〔划去：1 万元〕 2 万元")
            #expect(record?.indexNumber == "1/2026-3")
            #expect(try Self.raw(html).text == "• 索引号：1/2026-3\n• 预算  2 万元")
        }
    }

    @Test func `leave the words plain for whoever reads them`() throws {
        #expect(try Self.raw(Self.html).text == "一、项目概况\n索引号：1/2026-3\n（一）范围\n全文见原公告。打印")
        #expect(try Self.raw(markdown: Self.markdown).text.split(separator: "\n").first == "青石县办法")
    }
}
