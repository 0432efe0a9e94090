import Testing

@testable import Markup

@Suite struct `A marked text` {
    @Test(
        arguments: [
            ("## 一、概况", 2, [.words("一、概况")]), ("###### 六", 6, [.words("六")]),
            ("####### 七", nil, [.words("####### 七")]), ("#号", nil, [.words("#号")]), ("#", nil, [.words("#")]),
            ("甲 <https://a.example/>乙", nil, [.words("甲"), .address("https://a.example/"), .words("乙")]),
            ("<mailto:x@a.example>", nil, [.address("mailto:x@a.example")]),
            ("1<2 且 <javascript:alert(1)> <b> <", nil, [.words("1<2 且 <javascript:alert(1)> <b> <")]),
            ("<<https://a.example/>", nil, [.words("<"), .address("https://a.example/")]),
            ("甲 <https://a.example/x", nil, [.words("甲 <https://a.example/x")]),
        ] as [(String, Int?, [MarkedText.Run])])
    func `has headings and addresses where the marks are whole, and words everywhere else`(
        text: String, level: Int?, runs: [MarkedText.Run]
    ) {
        #expect(MarkedText.line(text) == MarkedText.Line(level: level, runs: runs))
    }

    @Test func `is plain without its marks`() {
        #expect(
            MarkedText("# 题 <https://a.example/>\n\n甲 <https://a.example/1>，乙\n<https://a.example/2>").plain
                == "题\n甲，乙")
    }
}
