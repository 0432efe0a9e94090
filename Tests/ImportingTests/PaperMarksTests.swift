import CivilTime
import Law
import LedgerTesting
import People
import Publishing
import Storage
import StorageTesting
import Testing

@testable import Importing

/// Pages of a county that does not exist.
@Suite struct `The marks of a paper` {
    private static func form() throws -> NoticeForm {
        try NoticeForm.load(DataFiles.builtIn("form-web-page.json") ?? [])
    }

    private static func notice(_ html: String, named name: String = "a.html") throws -> ParsedNotice {
        let page = try CarriedPage(name: name, Array(html.utf8))
        let form = try form()
        return NoticeExtraction(form: form).extract(
            try NoticeReader(form: form).read(value: page.row, row: 1).get())
    }

    @Test(
        arguments: [
            // As the heads of such pages have them: a table's cells, or lines.
            (
                "<table><tr><td>索引号：</td><td>000014349/2026-00017</td></tr><tr><td>发文字号：</td><td>青府发〔2026〕7号</td></tr><tr><td>公文种类：</td><td>通知</td></tr></table>",
                ["000014349/2026-00017", "青府发〔2026〕7号", "通知", nil]
            ),
            (
                "<p>索引号：QS-1/2026-3</p><p>文号：青府办函〔2026〕12号</p><p>主送机关：各镇人民政府，县政府各部门</p>",
                ["QS-1/2026-3", "青府办函〔2026〕12号", nil, "各镇人民政府，县政府各部门"]
            ),
            // A label without a value, and one whose value is another label's.
            ("<p>索引号：</p><p>文号：</p><p>主送机关：</p><p>正文第一段。</p>", [nil, nil, nil, nil]),
            ("<p>索引号：无</p><p>公文种类：公开信息</p>", [nil, nil, nil, nil]),
            // Heads of a table's columns tell nothing about the cell that follows.
            (
                "<table><tr><th>索引号</th><th>文号</th></tr><tr><td>1/2</td><td>青府发〔2026〕7号</td></tr></table>",
                [nil, nil, nil, nil]
            ),
            // In a sentence, and of another paper.
            ("<p>请写明申请公开的政府信息的索引号：12345</p><p>批准文号：青发改〔2026〕9号</p>", [nil, nil, nil, nil]),
            // What looks like addressees without saying so.
            ("<p>各镇人民政府，县政府各部门：</p><p>现将办法印发给你们。</p>", [nil, nil, nil, nil]),
        ] as [(String, [String?])])
    func `are read where a label and a colon say so, and nowhere else`(html: String, marks: [String?]) throws
    {
        let found = try Self.notice("<title>青石县公告</title>" + html).marks
        #expect(
            [found.indexNumber, found.documentNumber, found.documentKind, found.addressees] == marks,
            "\(html)")
    }

    /// How 国办发 papers end, and what only looks like it.
    @Test(
        arguments: [
            (
                "<p>国务院办公厅</p><p>2017年12月19日</p><p>（此件公开发布）</p>",
                ["此件公开发布", "2017-12-19", nil]
            ),
            ("<p>青石县人民政府</p><p>2026年3月1日</p><p>(此件主动公开)</p>", ["此件主动公开", "2026-03-01", nil]),
            ("<p>青石县人民政府办公室　2026年3月2日印发</p>", [nil, nil, "青石县人民政府办公室"]),
            ("<p>青石县人民政府办公室2026年3月2日印发</p>", [nil, nil, "青石县人民政府办公室"]),
            (
                "<p>公开属性：主动公开</p><p>成文日期：2026-03-01</p><p>印发机关：青石县府办</p>",
                ["主动公开", "2026-03-01", "青石县府办"]
            ),
            // A day alone, a day with more on its line, or lines between: nothing says that the paper is of that day.
            ("<p>青石县人民政府</p><p>2026年3月1日</p>", [nil, nil, nil]),
            ("<p>发布于2026年3月1日</p><p>（此件公开发布）</p>", ["此件公开发布", nil, nil]),
            ("<p>2026年3月1日</p><p>附件：1</p><p>（此件公开发布）</p>", ["此件公开发布", nil, nil]),
            ("<p>2026年3月1日 09:00</p><p>（此件公开发布）</p>", ["此件公开发布", nil, nil]),
            // In a sentence.
            ("<p>文末标注（此件公开发布）的文件应当公开。</p>", [nil, nil, nil]),
            ("<p>本办法由县人民政府办公室于2026年3月2日印发</p>", [nil, nil, nil]),
            ("<p>2026年3月2日印发</p><p>公开属性：看情况</p><p>成文日期：不详</p>", [nil, nil, nil]),
        ] as [(String, [String?])])
    func `are read from how official papers end, and from nothing like it`(html: String, marks: [String?])
        throws
    {
        let found = try Self.notice("<title>青石县通知</title>" + html).marks
        #expect([found.openness, found.dated?.description, found.issuer] == marks, "\(html)")
    }

    @Test func `are of the fields that a form names, and their attachments with them`() throws {
        let form = try NoticeForm.load(
            Array(
                #"""
                {"form":"x","version":"1","title":"x","source":"x","carrier":"json","required":["title"],
                 "limits":{"lineBytesMax":1000000,"titleScalarsMax":300,"recordIDBytesMax":400,"depthMax":16},
                 "mayLackDay":true,"fields":{"record":"id","title":"title","text":"text","indexNumber":"idx",
                 "documentNumber":"no","documentKind":"kind","addressees":"to","openness":"open","dated":"on","issuer":"by","attachments":"files","addresses":[]},
                 "kinds":[],"phrases":{},"columns":{}}
                """#.utf8))
        func raw(_ line: String) throws -> RawNotice {
            try NoticeReader(form: form).read(line: Array(line.utf8), number: 1).get()
        }
        let row = try raw(
            #"{"id":"1","title":"甲","text":"文","idx":" 1/2 ","no":"青府发〔2026〕7号","kind":"通知","to":"各镇","open":"主动公开","on":"2026年3月1日","by":"县府办","files":[{"name":"附表","url":"https://a.example/1.pdf"},{"name":"","url":"https://a.example/2.pdf"}]}"#
        )
        #expect(
            row.marks
                == PaperMarks(
                    indexNumber: "1/2", documentNumber: "青府发〔2026〕7号", documentKind: "通知", addressees: "各镇",
                    openness: "主动公开", dated: "2026-03-01", issuer: "县府办"))
        #expect(row.attachments == [NoticeAttachment(name: "附表", address: "https://a.example/1.pdf")])
        let long = try raw(
            #"{"id":"1","title":"甲","text":"文","idx":"\#(String(repeating: "1", count: 101))","no":null}"#)
        #expect(long.marks == PaperMarks() && long.losses.contains(.markTooLong))
        let undated = try raw(#"{"id":"1","title":"甲","text":"文","on":"三月初"}"#)
        #expect(undated.marks == PaperMarks() && undated.losses.contains(.markUnreadable))
    }

    @Test(arguments: Backend.available)
    func `are in the edition with its attachments; what a newer form reads is no change of the source`(
        _ backend: Backend
    ) async throws {
        try await withCounty(backend) { county in
            let html = """
                <title>青石县公告</title><meta name="ArticleTitle" content="青石县公告"><p>索引号：1/2026-3</p>
                <p><a href="https://a.example/1.pdf">附表</a> <a href="/2.xlsx">清单</a></p>
                """
            func take(_ version: String, _ html: String) async throws {
                var bytes = String(decoding: DataFiles.builtIn("form-web-page.json") ?? [], as: UTF8.self)
                bytes.replace(#""version": "2026-11-26.2""#, with: #""version": "\#(version)""#)
                let form = try NoticeForm.load(Array(bytes.utf8))
                let page = try CarriedPage(name: "a.html", Array(html.utf8))
                let raw = try NoticeReader(form: form).read(value: page.row, row: 1).get()
                let notice = NoticeExtraction(form: form).extract(raw)
                try await county.act(on: "2026-03-20") { transaction, law, occasion in
                    guard let place = try transaction.jurisdictions.jurisdiction("CN") else { return }
                    _ = try ImportNotice(
                        notice: notice, content: raw.canonicalBytes, jurisdiction: place, source: "web-page",
                        findings: []
                    ).perform(in: transaction, law: law, occasion)
                }
            }
            try await take("1", html)
            try await take("2", html + "<p>又一段</p>")
            try await take("2", html + "<p>又改一段</p>")
            let editions = try await county.read { transaction in
                guard let found = try transaction.publications.publication(source: "web-page", key: "a.html")
                else {
                    return [Edition]()
                }
                return try transaction.publications.editions(of: found.id)
            }
            #expect(editions.map(\.reason) == ["", "来源内容变更，或者采集格式变更", "来源内容变更"])
            let record = editions.first?.record
            #expect(record?.indexNumber == "1/2026-3" && record?.documentKind == nil)
            #expect(
                record?.attachments == [
                    .init(name: "附表", address: "https://a.example/1.pdf"), .init(name: "清单"),
                ])
        }
    }
}
