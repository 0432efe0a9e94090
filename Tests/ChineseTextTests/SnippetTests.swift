import ChineseText
import Testing

@Suite struct `A snippet` {
    private func marked(_ snippet: Snippet) -> String {
        snippet.pieces.map { $0.isMatch ? "<\($0.text)>" : $0.text }.joined()
    }

    @Test(arguments: [
        ("公共资源", "推進公共資源配置領域", "推進<公共資源>配置領域"),
        ("张民", "组  长：张  民  委员", "组 长：<张 民> 委员"),
        ("h2026-018", "编号H2026—018。", "编号<H2026—018>。"),
        ("2026 编号", "编号2026号", "<编号2026>号"),
        ("不在", "政府信息", "政府信息"),
        ("公开", "公(gong)(gong)開", "<公(gong)(gong)開>"),
    ])
    func `marks the words of the original`(query: String, text: String, expected: String) {
        #expect(marked(Snippet(of: text, for: query)) == expected)
    }

    @Test func `shows the surroundings of the first match`() {
        let text = String(repeating: "前", count: 300) + "采购" + String(repeating: "后", count: 300)
        let snippet = Snippet(of: text, for: "采购", length: 50)
        #expect(snippet.text.unicodeScalars.count == 50)
        #expect(snippet.pieces.map(\.isMatch) == [false, true, false])
        #expect(snippet.continuesBefore && snippet.continuesAfter)
    }

    @Test func `stands hostile and empty text`() {
        #expect(marked(Snippet(of: "", for: "x")) == "")
        #expect(marked(Snippet(of: "<b>", for: "")) == "<b>")
        #expect(Snippet(of: String(repeating: "a", count: 5000), for: "a", length: 1).text == "a")
    }
}
