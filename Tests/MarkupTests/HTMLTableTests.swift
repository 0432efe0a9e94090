import Testing

@testable import Markup

@Suite struct `A table of a web page` {
    private func page(_ html: String) throws -> HTMLDocument { try HTMLDocument(Array(html.utf8)) }

    private func written(_ html: String) throws -> String {
        let page = try page(html)
        return WrittenText(page.words)?.text ?? page.text
    }

    /// Worked by hand after HTML 4.9.12.
    @Test(arguments: [
        (
            "<tr><td colspan=2>甲<td>乙<tr><td>丙<td>丁<td>戊",
            "甲 | ← | 乙\n丙 | 丁 | 戊"
        ),
        (
            "<tr><td>标段<td>供应商<td>得分<tr><td rowspan=2>一<td>甲公司<td>90<tr><td>乙公司<td>80<tr><td>二<td>丙公司<td>70",
            "标段 | 供应商 | 得分\n一 | 甲公司 | 90\n〃 | 乙公司 | 80\n二 | 丙公司 | 70"
        ),
        (
            "<tr><td rowspan=2 colspan=2>甲<td>乙<tr><td>丙<tr><td>丁<td>戊<td>己",
            "甲 | ← | 乙\n〃 | 〃 | 丙\n丁 | 戊 | 己"
        ),
        // To the end of its group, and never out of it.
        (
            "<tbody><tr><td rowspan=0>甲<td>乙<tr><td>丙<tbody><tr><td>丁<td>戊",
            "甲 | 乙\n〃 | 丙\n丁 | 戊"
        ),
        (
            "<tbody><tr><td rowspan=65534>甲<td>乙<tbody><tr><td>丙<td>丁",
            "甲 | 乙\n丙 | 丁"
        ),
        // Columns in which nothing begins are none; numbers are read as browsers read them.
        ("<tr><td colspan=1000>甲<td colspan=' +7x'>乙<tr><td>丙<td>丁", "甲 | ← | 乙\n丙 | 丁 | "),
        ("<tr><td colspan=3>甲<td>乙<tr><td colspan=3>丙<td>丁", "甲 | 乙\n丙 | 丁"),
        ("<tr><td colspan=0>甲<td rowspan=-1>乙<tr><td colspan=x>丙<td>丁", "甲 | 乙\n丙 | 丁"),
        // Where cells overlap, which is an error, the later one stands in front.
        ("<tr><td>甲<td colspan=2 rowspan=2>乙<tr><td colspan=2>丙", "甲 | 乙\n丙 | ←"),
        // A row with fewer cells ends early; a row of none, and one of empty cells, is none.
        ("<tr><td>甲<td>乙<td>丙<tr><tr><td><td><tr><td>丁", "甲 | 乙 | 丙\n丁 |  | "),
        ("<tr><td rowspan=2>甲<td>乙<tr></tr><tr><td>丙<td>丁", "甲 | 乙\n丙 | 丁"),
        // An empty cell that reaches down keeps what is below under its head.
        ("<tr><td>甲<td>乙<tr><td rowspan=2><td><tr><td>丙", "甲 | 乙\n | \n〃 | 丙"),
        // The foot stands below, the caption before.
        (
            "<caption>名单</caption><tfoot><tr><td>合计<td>3<tbody><tr><td>甲<td>1<tr><td>乙<td>2",
            "名单\n甲 | 1\n乙 | 2\n合计 | 3"
        ),
        // What is not laid out has no place, what is not seen has one.
        ("<tr><td>甲<td hidden>藏<td>乙<tr><td>丙<td>丁", "甲 | 乙\n丙 | 丁"),
        (
            "<tr><td>甲<td style='visibility: hidden'>藏<td>乙<tr><td>丙<td>丁<td>戊",
            "甲 |  | 乙\n丙 | 丁 | 戊"
        ),
    ])
    func `has each cell in its own column`(rows: String, text: String) throws {
        #expect(try written("<table>\(rows)</table>") == text)
    }

    @Test(arguments: [
        // The lines of a cell stay in it.
        (
            "<tr><td>条款<td>内容<tr><td>分值<td><p>一<p>二<p>三<p>四<p>五",
            "条款 | 内容\n分值 | 一 ↵ 二 ↵ 三 ↵ 四 ↵ 五"
        ),
        // A line over the whole width is one of the table, an article is none.
        ("<tr><td>甲<td>乙<tr><td colspan=2>小结", "甲 | 乙\n小结 | ←"),
        (
            "<tr><td>时间<td>今天<tr><td>来源<td>本站<tr><td colspan=2><p>一<p>二<p>三<p>四<p>五",
            "时间 | 今天\n来源 | 本站\n一\n二\n三\n四\n五"
        ),
        (
            "<tr><td>标志<td>日期<tr><td>栏目<td><h2>题</h2><p>一<p>二<p>三<p>四",
            "标志 | 日期\n栏目\n## 题\n一\n二\n三\n四"
        ),
        (
            "<tr><td>甲<td>乙<tr><td>丙<td>\(String(repeating: "丁", count: 8_000))",
            "甲 | 乙\n丙\n\(String(repeating: "丁", count: 8_000))"
        ),
        // What a row with a table in it parts goes on as before.
        (
            "<tr><td rowspan=5>甲<td>乙<tr><td>丙<tr><td><table><tr><td>丁<td>戊</table><tr><td>己<tr><td>庚",
            "甲 | 乙\n〃 | 丙\n丁 \\| 戊\n〃 | 己\n〃 | 庚"
        ),
        ("<tr><td>甲|乙<td>丙<tr><td>〃<td>←", "甲\\|乙 | 丙\n\\〃 | \\←"),
    ])
    func `keeps together what is data and lays out no page`(rows: String, text: String) throws {
        #expect(try written("<table>\(rows)</table>") == text)
    }

    @Test func `tells its heads, but no empty one`() throws {
        #expect(
            try written("<table><tr><td><th>一季度<th>二季度<tr><th>甲<td>1<td>2</table>")
                == " | # 一季度 | # 二季度\n# 甲 | 1 | 2")
        #expect(
            try written("<table><thead><tr><td>名称<td>价<tbody><tr><td>甲<td>1</table>") == "# 名称 | # 价\n甲 | 1")
        #expect(
            try written("<table><tr><th><th>价<tr><td>甲<td>1</table>") == " | # 价\n甲 | 1")
    }

    @Test func `is parted from the next`() throws {
        let table = "<table><tr><td>甲<td>乙<tr><td>丙<td>丁</table>"
        #expect(try written(table + table) == "甲 | 乙\n丙 | 丁\n----\n甲 | 乙\n丙 | 丁")
        #expect(try written(table + "文" + table) == "甲 | 乙\n丙 | 丁\n文\n甲 | 乙\n丙 | 丁")
    }

    /// What reads facts out of the text needs neither where a cell goes on nor what only fills a row.
    @Test func `is read as ever`() throws {
        let html = """
            <table><tr><th colspan=2>采购人<td>青石县文化馆<tr><td rowspan=2>名次<td>名称<td>报价<br>（元）<tr><td>甲公司<td>5
            <tr><td colspan=3>联系人：石某<br>电话：0</table>
            """
        #expect(try page(html).text == "采购人 | 青石县文化馆\n名次 | 名称 | 报价 （元）\n甲公司 | 5\n联系人：石某\n电话：0")
    }

    /// Tables made to grow without end. What is not laid out keeps its words, a cell a line.
    @Test(
        arguments: [
            (first: "", row: "<td>甲</td><td>乙</td>", rows: 50_000, isTooLarge: false),
            ("", "<td colspan=1000>甲</td><td>乙</td>", 190, false),
            ("", "<td colspan=1000>甲</td><td>乙</td>", 210, true),
            (String(repeating: "<td rowspan=65534></td>", count: 400), "<td>甲</td><td>乙</td>", 400, false),
            (String(repeating: "<td rowspan=65534></td>", count: 400), "<td>甲</td><td>乙</td>", 600, true),
        ])
    func `has so many places and no more`(first: String, row: String, rows: Int, isTooLarge: Bool) throws {
        let others = String(repeating: "<tr>\(row)</tr>", count: rows)
        let page = try page("<table><tr>\(first)<td>甲</td></tr>\(others)</table>")
        #expect(page.tablesTooLarge == (isTooLarge ? 1 : 0))
        #expect(page.text.split(separator: "\n").contains("甲 | 乙") == !isTooLarge)
        #expect(page.text.unicodeScalars.count { $0 == "甲" } == 1 + rows)
    }

    @Test func `may be one in another, each reaching as far as it can`() throws {
        let opening = String(repeating: "<table><tr><td colspan=1000 rowspan=65534>", count: 60)
        let page = try page(opening + "甲" + String(repeating: "</td></tr></table>", count: 60))
        #expect(page.text == "甲" && page.tablesTooLarge == 0)
    }
}

/// Pages of random pieces: whatever they hold, what is written of them reads back as the same, and is not much
/// longer than they are.
@Suite struct `Any web page` {
    private static let pieces = [
        "# 甲", "## 乙 ", "&lt;https://a.example/&gt;", "&lt;", "\\", "\\#", "|", " | ", "〃", "←", "↵", "----",
        "〔划去：", "〕",
        "<b>", "</b>", "<p>", "<div>", "</div>", "<br>", "<h2>", "</h2>", "<a href=https://b.example/x>",
        "</a>", "<s>", "</s>",
        "<del>", "</del>", "<sup>", "</sup>", "<sub>", "</sub>", "2", "n", "<ol>", "<ol start=3 type=a>",
        "<ul>", "</ol>",
        "</ul>", "<li>", "<li value=7>", "<nav>", "</nav>", "<table>", "</table>", "<tr>", "<td>", "<th>",
        "<td rowspan=2>",
        "<td colspan=3>", "<tr><td>甲<td>乙", "#", "甲", " ", "乙。", "<caption>", "<thead>", "<tfoot>", "<tbody>",
        "<td rowspan=0 colspan=1000>",
    ]

    @Test(arguments: 0..<8) func `reads back as it was written`(seed: UInt64) throws {
        var random = Sequence64(state: seed)
        for _ in 0..<150 {
            let count = Int.random(in: 1...60, using: &random)
            let html = (0..<count).map { _ in Self.pieces.randomElement(using: &random) ?? "" }.joined()
            let page = try HTMLDocument(Array(html.utf8))
            let written = WrittenText(page.words)
            #expect(MarkedText(written?.text ?? page.text, form: written?.form) == page.words, "\(html)")
            #expect((written?.text ?? page.text).utf8.count <= 6 * html.utf8.count, "\(html)")
        }
    }

    /// The same numbers each time: Knuth's linear congruence.
    private struct Sequence64: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ state >> 33
        }
    }
}
