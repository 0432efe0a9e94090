import Testing
import Web

@testable import Portal

@Suite struct `The words of a document` {
    private func html(_ text: String) -> String { DocumentText(text).html.description }

    @Test func `are a paragraph a line, escaped, and none for blank lines`() {
        #expect(html("甲 & 乙\n\n \n丙") == "<p>甲 &amp; 乙</p>\n<p>丙</p>\n")
        #expect(DocumentText(" \n").isEmpty)
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

    private func marked(_ text: String) -> String { DocumentText(text, isMarked: true).html.description }

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

    /// A bar in a sentence, an address or a line of links makes no table.
    @Test(arguments: ["首页 | 公告", "甲|乙\n丙|丁", "a |b\nc| d"])
    func `stay as they are with bars that part no cells`(text: String) {
        #expect(!html(text).contains("<table"))
    }
}
