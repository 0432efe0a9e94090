import Testing

@testable import Law

@Suite struct `A typed field` {
    @Test(arguments: ["", "示例县学校建设", "a b\u{A0}c", "😀 é", "第１包", "\u{3000}", "“引号”—"])
    func `of one line passes as it was typed`(_ text: String) throws {
        try EnteredText(text, as: "标题").checkLine(max: 20)
    }

    /// Unicode: the general category Cc, the separators of lines and paragraphs, the directional overrides.
    @Test(arguments: [
        "\u{0}", "\t", "\n", "\r", "\u{1B}", "\u{7F}", "\u{80}", "\u{9F}", "\u{2028}", "\u{2029}", "\u{202A}",
        "\u{202E}",
        "\u{2066}", "\u{2069}",
    ])
    func `of one line is refused with a control character in it`(_ bad: String) {
        #expect(throws: EnteredTextProblem.self) { try EnteredText("标题" + bad, as: "标题").checkLine(max: 20) }
    }

    @Test func `of several lines keeps its tabs and line ends, and nothing else of the kind`() throws {
        try EnteredText("第一段\n第二段\t末\r\n", as: "正文").checkLines()
        for bad in ["\u{0}", "\u{1B}", "\u{7F}", "\u{85}", "\u{C}"] {
            #expect(throws: EnteredTextProblem.self) { try EnteredText("正文" + bad, as: "正文").checkLines() }
        }
    }

    @Test func `says what, where and what to do`() {
        let refused = #expect(throws: EnteredTextProblem.self) {
            try EnteredText("示例\u{1B}公告", as: "标题（--title）").checkLine(max: 20)
        }
        #expect(refused?.detail == "标题（--title）的第 3 个字符是控制字符 U+001B，不能保存；请删去后重试。")
        let long = #expect(throws: EnteredTextProblem.self) {
            try EnteredText("一二三四", as: "标段（--lot）").checkLine(max: 3)
        }
        #expect(long?.detail == "标段（--lot）过长，最多 3 个字符；请缩短后重试。")
    }
}
