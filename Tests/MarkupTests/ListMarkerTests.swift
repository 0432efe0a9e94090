import Testing

@testable import Markup

@Suite struct `What a web page puts before and around its words` {
    private func text(_ html: String) throws -> String {
        let page = try HTMLDocument(Array(html.utf8))
        return WrittenText(page.words)?.text ?? page.text
    }

    /// As browsers number them.
    @Test(arguments: [
        ("<ol><li>甲<li>乙<li value=9>丙<li>丁</ol>", "1. 甲\n2. 乙\n9. 丙\n10. 丁"),
        ("<ol start=3 type=I><li>甲<li>乙</ol>", "III. 甲\nIV. 乙"),
        ("<ol start=-1><li>甲<li>乙</ol>", "-1. 甲\n0. 乙"),
        ("<ol type=a start=26><li>甲<li>乙</ol>", "z. 甲\naa. 乙"),
        ("<ol type=A start=0><li>甲<li>乙</ol>", "0. 甲\nA. 乙"),
        ("<ol reversed><li>甲<li>乙</ol>", "2. 甲\n1. 乙"), ("<ol start=9999999999><li>甲</ol>", "1. 甲"),
        ("<ol type=i start=3999><li>甲<li>乙</ol>", "mmmcmxcix. 甲\n4000. 乙"),
        // A line alone does not say in which list it stands.
        (
            "<ol><li>甲<li>乙<ol type=a><li>丙<ul><li>丁</ul><li>戊</ol><li>己</ol>",
            "1. 甲\n2. 乙\n2.a. 丙\n• 丁\n2.b. 戊\n3. 己"
        ),
        // The first line of an item has its number, whatever it begins with.
        ("<ol><li><p>甲<p>乙<li><h2>丙</h2></ol>", "1. 甲\n乙\n## 2. 丙"), ("<ol><li></ol>甲", "甲"),
        ("<ol><li><table><tr><td>甲<td>乙<tr><td>丙<td>丁</table></ol>", "1.\n甲 | 乙\n丙 | 丁"),
        ("<table><tr><td>甲<td><ol><li>乙<li>丙</ol><tr><td>丁<td>戊</table>", "甲 | 1. 乙 ↵ 2. 丙\n丁 | 戊"),
        // No list, the site's own, and one without markers.
        (
            "<li>甲<nav><ul><li>乙</ul></nav><ul style='list-style: none'><li>丙</ul><ol><div><li>丁</div></ol>",
            "甲\n乙\n丙\n丁"
        ),
    ])
    func `are the numbers and bullets of lists`(html: String, text: String) throws {
        #expect(try self.text(html) == text)
    }

    @Test func `are no part of what a link is called`() throws {
        let page = try HTMLDocument(Array("<ul><li><a href=/1.pdf>清单</a><li>见<a href=/2.pdf>表</a></ul>".utf8))
        #expect(page.files.map(\.name) == ["清单", "表"] && page.text == "• 清单\n• 见表")
    }

    @Test func `do not grow with the depth of lists`() throws {
        let html = String(repeating: "<ol><li>", count: 100) + String(repeating: "甲<li>", count: 10)
        #expect(try text(html).split(separator: "\n").allSatisfy { $0.utf8.count <= 24 })
    }

    /// Unicode's own signs where it has all of them; otherwise no number runs into the one before.
    @Test(arguments: [
        ("1000m<sup>2</sup>", "1000m²"), ("CO<sub>2</sub>", "CO₂"), ("10 <sup>-3</sup>", "10 ⁻³"),
        ("PM<sub>2.5</sub>", "PM₂.₅"),
        ("x<sup>n+1</sup>", "xⁿ⁺¹"), ("x<sup>2.5</sup>", "x^(2.5)"), ("合格<sup>注1</sup>", "合格^(注1)"),
        ("H<sub>max</sub>", "H_(max)"),
        ("5<sup>[1]</sup>", "5[1]"), ("20<sup>°</sup>C", "20°C"), ("甲<sup>①</sup>", "甲①"),
        ("甲<sup></sup>乙", "甲乙"),
        ("5<sup><a href=https://a.example/>3</a></sup>", "5³ <https://a.example/>"),
        ("<sup><p>2</p></sup>", "2"),
        ("<sup>2</sup>", "²"), ("1<s><sup>2</sup></s>", "1〔划去：²〕"),
    ])
    func `are raised and lowered signs`(html: String, text: String) throws {
        #expect(try self.text(html) == text)
    }

    /// It stands there and does not hold: whoever reads the words is told, and what reads facts does not read it.
    @Test(arguments: [
        ("预算 <s>100 万元</s> 120 万元", "预算 〔划去：100 万元〕 120 万元", "预算 120 万元"),
        ("<del><p>甲</p><p>乙</p></del>丙", "〔划去：甲〕\n〔划去：乙〕\n丙", "丙"), ("<strike>甲</strike>", "〔划去：甲〕", ""),
        ("<span style='text-decoration: line-through'>甲</span>乙", "〔划去：甲〕乙", "乙"),
        ("<s>甲<ins>乙</ins><b>丙</b></s>", "〔划去：甲乙丙〕", ""), ("甲<s> </s>乙<s></s>", "甲 乙", "甲 乙"),
        ("<h2>题<s>甲</s></h2>", "## 题〔划去：甲〕", "题"),
        (
            "<table><tr><td>价<td><s>5</s> 6<tr><td>甲<td>〔划去：7〕</table>",
            "价 | 〔划去：5〕 6\n甲 | \\〔划去：7〕", "价 | 6\n甲 | 〔划去：7〕"
        ),
    ])
    func `are the strokes through what does not hold`(html: String, written: String, plain: String) throws {
        #expect(try text(html) == written)
        let text = try HTMLDocument(Array(html.utf8)).text
        #expect(text.split(separator: " ").joined(separator: " ") == plain)
    }
}
