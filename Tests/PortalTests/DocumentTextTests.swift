import Markup
import Testing
import Web

@testable import Portal

@Suite struct `The words of a document` {
    private func html(_ text: String) -> String { DocumentText(MarkedText(text, form: nil)).html.description }

    @Test func `are a paragraph a line, escaped, and none for blank lines`() {
        #expect(html("甲 & 乙\n\n \n丙") == "<p>甲 &amp; 乙</p>\n<p>丙</p>\n")
        #expect(DocumentText(MarkedText(" \n", form: nil)).isEmpty)
    }

    @Test func `are a table where lines that follow each other have cells`() {
        let table = html("名单\n名次 | 名称\n1 | <甲>\n2 |\n| 丙\n备注 | 无 | x\n完")
        #expect(table.hasPrefix("<p>名单</p>\n<div class=\"scroll\"") && table.hasSuffix("</div>\n<p>完</p>\n"))
        let rows = table.split(separator: "\n").filter { $0.contains("<tr>") }
        #expect(rows.count == 5)
        #expect(rows[0].hasSuffix("<tr><td>名次</td><td colspan=\"2\">名称</td></tr>"))
        #expect(rows[1] == "<tr><td>1</td><td colspan=\"2\">&lt;甲&gt;</td></tr>")
        #expect(rows[2] == "<tr><td>2</td><td colspan=\"2\"></td></tr>")
        #expect(rows[3] == "<tr><td></td><td colspan=\"2\">丙</td></tr>")
        #expect(rows[4] == "<tr><td>备注</td><td>无</td><td>x</td></tr>")
    }

    @Test func `have tables that are told apart where they are too wide for paper`() {
        let row = { (count: Int) in (1...count).map(String.init).joined(separator: " | ") + "\n" }
        #expect(html(row(9) + row(9)).contains("<table class=\"wide\"><tr>"))
        #expect(html(row(8) + row(8)).contains("<table><tr>"))
    }

    private func marked(_ text: String) -> String {
        DocumentText(MarkedText(text, form: .marked)).html.description
    }

    @Test func `have the headings of a marked text below the page's own, and no level is passed over`() {
        #expect(
            marked("# 题\n甲\n### 一 & 二\n###### 三\n### 四")
                == "<h3>题</h3>\n<p>甲</p>\n<h4>一 &amp; 二</h4>\n<h5>三</h5>\n<h4>四</h4>\n")
    }

    @Test func `link to the addresses of a marked text and show them, in a table too`() {
        let link =
            "<a href=\"https://a.example/?b=1&amp;c=2\" rel=\"nofollow noopener external\">https://a.example/?b=1&amp;c=2</a>"
        #expect(marked("见公告 <https://a.example/?b=1&c=2>。") == "<p>见公告 \(link)。</p>\n")
        #expect(marked("甲 | 乙\n丙 | 丁 <https://a.example/?b=1&c=2>").contains("<td>丁 \(link)</td>"))
        #expect(marked("<mailto:x@a.example>").contains("href=\"mailto:x@a.example\""))
    }

    /// A record may be written by anybody's program: what is no plain address stays words.
    @Test(arguments: [
        "<javascript:alert(1)>", "<JAVASCRIPT:alert(1)>", "<data:text/html,x>",
        "<https://x\"onclick=alert(1)>",
        "<https://u@a.example/>", "<mailto:a@b?subject=x>", "<mailto:a@b@c>", "<script>alert(1)</script>",
        "<https://a.example/ onclick=alert(1)>",
    ])
    func `hold no link that could do more than lead somewhere`(text: String) {
        let html = marked("# 题 \(text)\n\(text)")
        #expect(!html.contains(/href="(?!https:\/\/x%22onclick=alert%281%29")/) && !html.contains("<script"))
        #expect(!html.contains(/<[^>]*\sonclick/))
    }

    @Test func `stay as they are where nobody says that they are marked`() {
        #expect(html("## 题\n见 <https://a.example/>") == "<p>## 题</p>\n<p>见 &lt;https://a.example/&gt;</p>\n")
    }

    private func structured(_ text: String) -> String {
        DocumentText(MarkedText(text, form: .structured)).html.description
    }

    /// The rows of a table as they are drawn.
    private func rows(_ text: String) -> [String] {
        structured(text).matches(of: /<tr>(.*?)<\/tr>/).map { String($0.output.1) }
    }

    @Test func `have cells of a structured text over their columns and rows, with their lines`() {
        #expect(
            rows("甲 | ← | 乙 & 丙\n〃 | 〃 | 丁 ↵ 戊\n己 | 庚 | \\|\n〃 | 辛 | ←") == [
                "<td colspan=\"2\" rowspan=\"2\">甲</td><td>乙 &amp; 丙</td>", "<td>丁<br>戊</td>",
                "<td rowspan=\"2\">己</td><td>庚</td><td>|</td>", "<td colspan=\"2\">辛</td>",
            ])
    }

    @Test func `say which cells head columns and which head a row`() {
        #expect(
            rows(" | # 一季度 | ←\n〃 | # 一月 | # 二月\n# 甲 | 1 | 2\n# 乙 | 3 | 4\n〃 | 5 | 6\n# 合计 | ← | ←") == [
                "<td rowspan=\"2\"></td><th scope=\"colgroup\" colspan=\"2\">一季度</th>",
                "<th scope=\"col\">一月</th><th scope=\"col\">二月</th>",
                "<th scope=\"row\">甲</th><td>1</td><td>2</td>",
                "<th scope=\"rowgroup\" rowspan=\"2\">乙</th><td>3</td><td>4</td>", "<td>5</td><td>6</td>",
                "<th scope=\"colgroup\" colspan=\"3\">合计</th>",
            ])
    }

    @Test func `name their tables, each by its number where there are several`() {
        let table = "甲 | 乙\n丙 | 丁"
        #expect(html(table).contains("aria-label=\"正文中的表格\""))
        let names = html("\(table)\n文\n\(table)").matches(of: /aria-label="([^"]*)"/).map(\.output.1)
        #expect(names == ["正文中的第 1 个表格", "正文中的第 2 个表格"])
    }

    /// A record may be written by anybody's program: no cell is lost, and none stands over another.
    @Test func `show marks that continue no cell as they are`() {
        #expect(
            rows("〃 | ← | 甲\n← | 〃 | 〃 | 乙") == [
                "<td colspan=\"2\">〃</td><td colspan=\"2\">甲</td>",
                "<td>←</td><td>〃</td><td>〃</td><td>乙</td>",
            ])
    }

    @Test func `say in words what was struck out, and show what only looks like a mark`() {
        #expect(structured("预算 〔划去：1 & 2〕3") == "<p>预算 <s>〔划去：1 &amp; 2〕</s>3</p>\n")
        #expect(structured("\\# 甲 \\<https://a.example/>") == "<p># 甲 &lt;https://a.example/&gt;</p>\n")
        #expect(html("〔划去：1〕\\# 甲") == "<p>〔划去：1〕\\# 甲</p>\n")
    }

    /// A bar in a sentence, an address or a line of links makes no table.
    @Test(arguments: ["首页 | 公告", "甲|乙\n丙|丁", "a |b\nc| d"])
    func `stay as they are with bars that part no cells`(text: String) {
        #expect(!html(text).contains("<table"))
    }
}
