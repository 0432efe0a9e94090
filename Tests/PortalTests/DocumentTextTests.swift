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

    /// A bar in a sentence, an address or a line of links makes no table.
    @Test(arguments: ["首页 | 公告", "甲|乙\n丙|丁", "a |b\nc| d"])
    func `stay as they are with bars that part no cells`(text: String) {
        #expect(!html(text).contains("<table"))
    }
}
