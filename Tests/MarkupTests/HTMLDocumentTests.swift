import Foundation
import Testing

@testable import Markup

@Suite struct `A web page as plain text` {
    private func page(_ html: String) throws -> HTMLDocument { try HTMLDocument(Array(html.utf8)) }

    private func marked(_ page: HTMLDocument) -> String { WrittenText(page.words)?.text ?? page.text }

    @Test func `keeps what it shows, a line for each block and row of a table`() throws {
        let page = try page(
            """
            <!doctype html><html><head><title> 青石县 公告 </title><meta name="PubDate" content="2026-03-01">
            <meta name="pubdate" content="later"></head>
            <body><h1>书架&nbsp;采购<br>公告</h1><p>预算：<b>100</b> 元 &amp; 税</p>
            <table><tr><td>名称</td><td>青石县文化馆</td></tr></table><ucapcontent>正文</ucapcontent></body></html>
            """)
        #expect(page.title == "青石县 公告")
        #expect(page.metas == ["pubdate": "2026-03-01"])
        #expect(page.headings == ["书架 采购 公告"])
        #expect(page.text == "书架 采购\n公告\n预算：100 元 & 税\n名称 | 青石县文化馆\n正文")
        #expect(page.dropped.isEmpty)
    }

    /// What tells a row of data from a page that is laid out in a table.
    @Test(arguments: [
        ("<table><tr><th>名次<th>名称<tr><td>1<td><p>甲公司</p><p>（联合体）</p></table>", "名次 | 名称\n1 | 甲公司 （联合体）"),
        ("<table><tr><td>甲<td><td>丙</table>", "甲 |  | 丙"),
        ("<table><tr><td>甲</table>", "甲"),
        ("<table><tr><td>目录<td><table><tr><td>甲<td>乙</table></table>", "目录\n甲 | 乙"),
        ("<table><tr><td>目录<td><p>一<p>二<p>三<p>四<p>五</table>", "目录\n一\n二\n三\n四\n五"),
        ("<table><tr><td>甲|乙<td>丙</table>", "甲|乙\n丙"),
        (
            "<table><tr><td>甲<td>\(String(repeating: "乙", count: 800))</table>",
            "甲\n\(String(repeating: "乙", count: 800))"
        ),
        ("<tr><td>甲<td>乙", "甲乙"), ("<table><tr><td><td></table>丙", "丙"),
    ])
    func `keeps the cells of a row together, and lays out no page`(html: String, text: String) throws {
        #expect(try page(html).text == text)
    }

    /// Ways in which a page tries to make another page run or show something.
    @Test(arguments: [
        ("<p>甲</p><script>alert(1)</script>", "甲"),
        ("<p>甲<script>alert(1)</p><p>乙</p>", "甲"),
        ("甲<SCRIPT SRC=http://a.example/x.js></SCRIPT>", "甲"),
        // The first tag is named `scr<script`, so what follows is words.
        ("甲<scr<script>ipt>alert(1)</script>", "甲ipt>alert(1)"),
        ("<style>p{background:url(javascript:alert(1))}</style>甲", "甲"),
        ("<img src=x onerror=alert(1)>甲", "甲"),
        ("<svg><script>alert(1)</script><text>乙</text></svg>甲", "甲"),
        ("<svg/onload=alert(1)>甲", ""),
        ("<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>甲", "甲"),
        ("<iframe srcdoc=\"&lt;script&gt;alert(1)&lt;/script&gt;\">乙</iframe>甲", "甲"),
        ("<object data=x><p>乙</p></object>甲", "甲"),
        // Without scripts a page's alternative is parsed, and this attribute holds the rest.
        ("<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>甲", "甲"),
        ("<template><p>乙</p></template>甲", "甲"),
        ("<textarea>乙</textarea><select><option>丙</option></select><button>丁</button>甲", "甲"),
        ("<!-- <p>乙</p> -->甲<!--", "甲"),
        ("<p style=\"DISPLAY : none\">乙</p><p hidden>丙</p>甲", "甲"),
        ("<a href=\"javascript:alert(1)\">甲</a>", "甲"),
        // HTML 13.2.6.4.7: a U+0000 in the body is left out.
        ("<p>甲\u{0}乙</p>", "甲乙"),
    ])
    func `loses what could run, whatever its disguise`(html: String, text: String) throws {
        #expect(try page(html).text == text)
    }

    @Test func `shows markup that is written as text as text`() throws {
        #expect(try page("<p>&lt;script&gt;甲</p>").text == "<script>甲")
    }

    @Test func `tells the files that it lists or links to, as it writes their addresses`() throws {
        let page = try page(
            """
            <nav><a href="/help.pdf">操作手册</a></nav><header><div class="attach"><a href="/a">首页</a></div></header>
            <p>见<a href="http://a.example/doc/1.PDF?x=1">招标 <b>文件</b></a>和<a href="/doc/2.docx"><img src="x"></a>，\
            不是<a href="/news/3.html">新闻</a>，也不是<a href="/x?f=4.pdf">参数</a></p>
            <div id="attachList"><p><a href="/get?id=5">清单</a><a href="#top">回到顶部</a>\
            <a href="javascript:alert(1)">预览</a></p></div><a href="/get?id=6">登录</a>
            <a href="http://a.example/doc/1.PDF?x=1">招标 文件</a><p hidden><a href="/7.pdf">藏着的</a></p>
            <footer><a href="/8.pdf">年报</a></footer>
            """)
        #expect(
            page.files == [
                LinkedFile(name: "招标 文件", address: "http://a.example/doc/1.PDF?x=1"),
                LinkedFile(name: "", address: "/doc/2.docx"), LinkedFile(name: "清单", address: "/get?id=5"),
            ])
    }

    @Test func `names a file by its own link's words alone`() throws {
        let page = try page("<p>前面<a href=\"/1.pdf\">一</a>中间<a href=\"/2.pdf\">二<br>三</a>后面</p>")
        #expect(page.files.map(\.name) == ["一", "二 三"])
        let long = try self.page("<a href=\"/1.pdf\">" + String(repeating: "长", count: 400) + "</a>")
        #expect(long.files.map(\.name) == [String(repeating: "长", count: 300)])
        let many = try self.page((0..<300).map { "<a href=\"/\($0).pdf\">\($0)</a>" }.joined())
        #expect(many.files.count == 200)
    }

    @Test(
        arguments: [
            ("<h1>题</h1><p>甲</p><h3>一、<b>项目</b><br>概况</h3><p>乙</p>", "# 题\n甲\n### 一、项目\n### 概况\n乙"),
            // Neither the site's own, nor a cell's, nor what is too long to be one.
            ("<nav><h2>栏目</h2></nav>甲", "栏目\n甲"),
            ("<table><tr><td><h3>名称</h3><td>乙</table>", "名称 | 乙"),
            ("<h2>\(String(repeating: "长", count: 121))</h2>", String(repeating: "长", count: 121)),
            ("<h2></h2><h2> </h2>甲", "甲"),
            // A link says where it leads; what stood together stays together.
            (
                "<p>见<a href='https://a.example/b?c=1&amp;d=2'>公告</a>。又 <a href=mailto:x@a.example>来信 </a>丙</p>",
                "见公告 <https://a.example/b?c=1&d=2>。又 来信 <mailto:x@a.example> 丙"
            ),
            (
                "<a href='HTTPS://a.example/公告 '><h3>题</h3></a>甲",
                "### 题 <https://a.example/%E5%85%AC%E5%91%8A>\n甲"
            ),
            (
                "<table><tr><td>甲<td><a href='http://a.example/(1|2)'>乙</a></table>",
                "甲 | 乙 <http://a.example/%281%7C2%29>"
            ),
            // A file stands in its own list, and a picture has no words.
            ("<a href='https://a.example/1.pdf'>附件</a><a href='https://a.example/'><img></a>", "附件"),
        ] as [(String, String)])
    func `marks its headings and where its links lead, and its plain words are as without`(
        html: String, marked: String
    ) throws {
        let page = try page(html)
        #expect(self.marked(page) == marked)
        let bare = try self.page(
            html.replacing(/<\/?(?:a|h[1-6])\b[^>]*>/) { tag in
                tag.output.contains("a") ? "" : tag.output.hasPrefix("</") ? "</div>" : "<div>"
            })
        #expect(page.text == bare.text)
    }

    /// Addresses that carry more than an address, in the disguises that browsers forgive.
    @Test(arguments: [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)",
        "java&#10;script:alert(1)", "&#106;avascript:alert(1)", "data:text/html,<script>alert(1)</script>",
        "vbscript:x", "file:///etc/passwd", "//a.example/x", "/x", "#x", "", "http:", "https://", "mailto:",
        "mailto:x", "https://x@a.example/", "https://a.example@b.example", "http:\\\\a.example",
        "https:/a.example/",
        "https://a.example/ b", "https://a.example/\u{202E}\u{3000}x", "mailto:x@a.example?body=y",
        "https://a.example/" + String(repeating: "x", count: 300), "feed:https://a.example",
        "blob:https://a.example/1",
    ])
    func `names no address that is not plainly one`(address: String) throws {
        let page = try page("<p>见<a href=\"\(address.replacing("\"", with: "&quot;"))\">公告</a>。</p>")
        #expect(marked(page) == "见公告。")
    }

    @Test func `names two hundred links and no more`() throws {
        let many = try page((0..<300).map { "<a href='https://a.example/\($0)'>甲</a><br>" }.joined())
        #expect(marked(many).split(separator: "<").count == 201)
    }

    @Test func `counts what it loses`() throws {
        let page = try page("<script></script><script></script><p hidden>乙</p>甲")
        #expect(page.dropped == ["script": 2, "hidden": 1])
    }

    @Test(arguments: [
        "<div>", "<b>", "<table><tr><td>", "<div><table></div>", "<div><script></div></script>",
        "<a title=\"</div>\"><div>",
    ])
    func `is refused when it is nested without end`(piece: String) {
        let html = String(repeating: piece, count: 100_000)
        #expect(throws: HTMLProblem.tooDeep) { try page(html) }
    }

    @Test func `may be long and never closed where that means nothing`() throws {
        let html = String(repeating: "<p>甲<br><li>乙", count: 5_000)
        #expect(try page(html).text.hasPrefix("甲\n乙\n甲"))
    }

    @Test func `is refused when it is larger than any page`() {
        let html = String(repeating: "甲", count: HTMLDocument.bytesMax / 3 + 1)
        #expect(throws: HTMLProblem.tooLarge) { try page(html) }
    }

    /// Pages made to keep a parser busy. Each is answered within its processor time, whatever becomes of it.
    @Test(arguments: HostilePage.allCases)
    func `is given up when reading it would not end`(hostile: HostilePage) {
        #expect(throws: hostile.problem) { try page(hostile.html) }
    }

    @Test func `may be one comment or one word without end`() throws {
        #expect(try page("甲<!--" + String(repeating: "<p>乙", count: 500_000)).text == "甲")
        let signs = String(repeating: "<", count: 100_000)
        #expect(try page("<p>" + signs).text == signs)
    }

    /// A short page is parsed here and a longer one in a copy of the process: the answer is one.
    @Test func `reads the same whatever its length`() throws {
        let html = """
            <title>青石县</title><meta name=A content=乙><h1>题</h1><p hidden>丙</p><script>x</script>
            <table><tr><td>名称<td>甲 &amp; 乙</table><b>丁<p>戊</b>己
            """
        let filling = String(repeating: " ", count: ParsedPage.shortMax)
        let (short, long) = (try page(html), try page(filling + html))
        #expect(short.title == "青石县" && short.text == "题\n名称 | 甲 & 乙\n丁\n戊己")
        #expect(long.text == short.text && long.title == short.title && long.metas == short.metas)
        #expect(long.headings == short.headings && long.dropped == short.dropped)
    }

    /// Many at once, each in a copy of its own.
    @Test func `is read beside others`() async throws {
        try await withThrowingTaskGroup(of: String.self) { group in
            for number in 0..<40 {
                group.addTask {
                    try page("<p>\(number)" + String(repeating: "<p>甲", count: 4_000)).text
                }
            }
            var first: Set<String> = []
            for try await text in group { first.insert(String(text.prefix { $0 != "\n" })) }
            #expect(first == Set((0..<40).map(String.init)))
        }
    }

    @Test func `of nothing has no text`() throws {
        #expect(try page("").text.isEmpty)
    }

    // MARK: The shared page

    private static let shared: URL? = {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let folder =
            ProcessInfo.processInfo.environment["SUNDIAL_SHARED"].map { URL(fileURLWithPath: $0) }
            ?? root.deletingLastPathComponent().appendingPathComponent("shared")
        let file = folder.appendingPathComponent("data/html/jsggzy_detail_tender.html")
        return FileManager.default.fileExists(atPath: file.path) ? file : nil
    }()

    private static let absent =
        "The folder of shared test data is not there; set SUNDIAL_SHARED or put it beside the checkout."

    @Test(.enabled(if: shared != nil, Comment(rawValue: absent)))
    func `of a provincial platform gives the notice`() throws {
        let page = try HTMLDocument([UInt8](Data(contentsOf: try #require(Self.shared))))
        #expect(page.metas["pubdate"] == "2026-05-29 06:51:04")
        #expect(page.headings.contains { $0.hasSuffix("招标公告308831") })
        #expect(page.text.contains("信息发布时间：2026-05-29 18:51:04"))
        #expect(!page.text.contains("function") && !page.text.contains("font-size"))
        #expect(page.dropped["script", default: 0] > 0 && page.dropped["hidden", default: 0] > 0)
    }
}

/// What somebody may save as a page to stop an import.
enum HostilePage: CaseIterable, Sendable {
    /// HTML 13.2.5.33: each attribute is compared with those before it.
    case attributes
    /// The same where a scanner of tags may take it for a comment, for words, or for a script.
    case attributesAfterComment, attributesWithQuotes, attributesAfterScript
    /// HTML 13.2.4.3: what formats is opened again in every paragraph.
    case formatting
    case nesting, size

    var html: String {
        switch self {
        case .attributes: "<p " + attributes("=1") + ">甲"
        case .attributesAfterComment: "<!--><p " + attributes("") + ">甲"
        case .attributesWithQuotes: "<p title='>' " + attributes("='>'") + ">甲"
        case .attributesAfterScript: "<title><script></title><p " + attributes("") + ">"
        case .formatting:
            (0..<500).map { "<b id=\($0)>" }.joined() + String(repeating: "<p>", count: 2_000_000)
        case .nesting: String(repeating: "<i><div>", count: 100_000)
        case .size: String(repeating: "<", count: 20 << 20)
        }
    }

    var problem: HTMLProblem {
        switch self {
        case .attributes, .attributesAfterComment, .attributesWithQuotes, .attributesAfterScript: .tooSlow
        case .formatting: .tooMuchMemory
        case .nesting: .tooDeep
        case .size: .tooLarge
        }
    }

    private func attributes(_ rest: String) -> String {
        (0..<200_000).map { "a\($0)\(rest) " }.joined()
    }
}
