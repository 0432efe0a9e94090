import Testing

@testable import Markup

@Suite struct `A marked text` {
    @Test(
        arguments: [
            ("## 一、概况", .heading(level: 2, [.words("一、概况")])),
            ("###### 六", .heading(level: 6, [.words("六")])),
            ("####### 七", .words([.words("####### 七")])), ("#号", .words([.words("#号")])),
            ("#", .words([.words("#")])),
            ("甲 <https://a.example/>乙", .words([.words("甲"), .address("https://a.example/"), .words("乙")])),
            ("<mailto:x@a.example>", .words([.address("mailto:x@a.example")])),
            (
                "1<2 且 <javascript:alert(1)> <b> <",
                .words([.words("1<2 且 <javascript:alert(1)> <b> <")])
            ),
            ("<<https://a.example/>", .words([.words("<"), .address("https://a.example/")])),
            ("甲 <https://a.example/x", .words([.words("甲 <https://a.example/x")])),
            // What records of this form say has no newer meaning.
            ("\\# 甲 \\<https://a.example/>", .words([.words("\\# 甲 \\"), .address("https://a.example/")])),
            ("〔划去：甲〕", .words([.words("〔划去：甲〕")])), ("----", .words([.words("----")])),
        ] as [(String, MarkedText.Block)])
    func `has headings and addresses where the marks are whole, and words everywhere else`(
        text: String, block: MarkedText.Block
    ) {
        #expect(MarkedText(text, form: .marked).blocks == [block])
    }

    @Test
    func `has a table where lines that follow each other have cells, and their signs stand for themselves`() {
        let rows = MarkedText("← | # 甲\n〃 | 乙 ↵ 丙", form: .marked)
        #expect(rows.blocks == [.table([[own("←"), own("# 甲")], [own("〃"), own("乙 ↵ 丙")]])])
        #expect(MarkedText("甲 | 乙", form: .marked).blocks == [.words([.words("甲 | 乙")])])
    }

    @Test func `is plain without its marks`() {
        let text = "# 题 <https://a.example/>\n\n甲 <https://a.example/1>，乙\n<https://a.example/2>"
        #expect(MarkedText(text, form: .marked).plain == "题\n甲，乙")
    }

    private func own(_ words: String...) -> MarkedText.Cell {
        .own(words.map { [.words($0)] }, isHead: false)
    }
}

@Suite struct `A structured text` {
    private func own(_ words: String...) -> MarkedText.Cell {
        .own(words.map { [.words($0)] }, isHead: false)
    }
    private func head(_ words: String...) -> MarkedText.Cell {
        .own(words.map { [.words($0)] }, isHead: true)
    }

    /// As a person may write and read it.
    @Test func `says where cells go on, which are heads, where a line ends in one, and what was struck out`()
    {
        let text = """
            # 评分 | # 标准 | ←
            报价 | 〔划去：50 分〕 60 分 ↵ 满分 | 10
            〃 | 见 <https://a.example/> |
            ----
            甲 | 乙
            ## 完
            """
        let words = MarkedText(text, form: .structured)
        #expect(
            words.blocks == [
                .table([
                    [head("评分"), head("标准"), .left],
                    [
                        own("报价"),
                        .own([[.struck("50 分"), .words(" 60 分")], [.words("满分")]], isHead: false),
                        own("10"),
                    ],
                    [
                        .above, .own([[.words("见"), .address("https://a.example/")]], isHead: false),
                        .own([], isHead: false),
                    ],
                ]),
                .table([[own("甲"), own("乙")]]), .heading(level: 2, [.words("完")]),
            ])
        #expect(WrittenText(words)?.form == .structured)
        #expect(
            WrittenText(words)?.text
                == text.replacing("<https://a.example/> |", with: "<https://a.example/> | "))
    }

    @Test func `is read as lines without marks, and what was struck out is not read`() {
        let words = MarkedText(
            "# 名称 | ← | 价\n〃 | 甲 ↵ 公司 | 〔划去：5〕6\n汇总 | ← | ←\n说明 | 1 ↵ 2 ↵ 3 ↵ 4 ↵ 5 | 完", form: .structured)
        #expect(words.plain == "名称 | 价\n甲 公司 | 6\n汇总\n说明\n1\n2\n3\n4\n5\n完")
    }

    /// Words that only look like marks.
    @Test(arguments: [
        "# 甲", "## 乙 <https://a.example/>", "#", "\\# 丙", "<https://a.example/>", "\\<mailto:x@a.example>",
        "甲 | 乙", "|",
        "----", "〔划去：甲〕", "〕", "\\", "a\\b", "\\\\|", "↵", "←", "〃", "<HTTPS://a.example",
    ])
    func `tells what only looks like a mark from a mark`(words: String) {
        let line: [MarkedText.Run] = [.words(words)]
        let cells: [MarkedText.Cell] = [
            own(words), .own([line, line], isHead: true), .own([[.struck(words)]], isHead: false), .left,
        ]
        let text = MarkedText([
            .words(line), .heading(level: 1, line), .words(line + [.address("https://a.example/x")]),
            .words([.struck(words), .words(words)]), .table([cells]), .table([cells, cells]),
        ])
        let written = WrittenText(text)
        #expect(written?.form == .structured)
        #expect(written.map { MarkedText($0.text, form: $0.form) } == text)
    }

    /// Records keep their bytes: a newer form is taken only where an older one would read otherwise.
    @Test(
        arguments: [
            ([.words([.words("# 甲 <https://a.example/> \\")])], nil),
            ([.heading(level: 1, [.words("题")]), .words([.words("a\\b 〃")])], .marked),
            ([.heading(level: 1, [.words("题")]), .words([.words("# 甲")])], .structured),
            ([.words([.words("甲"), .address("https://a.example/")])], .marked),
            (
                [.words([.words("甲"), .address("https://a.example/"), .words("<https://a.example/>")])],
                .structured
            ),
            ([.words([.words("甲 | 乙")])], nil),
            ([.words([.words("甲 | 乙")]), .words([.words("甲 | 乙")])], .structured),
        ] as [([MarkedText.Block], TextForm?)])
    func `is written only where an older form reads otherwise`(blocks: [MarkedText.Block], form: TextForm?) {
        #expect(WrittenText(MarkedText(blocks))?.form == form)
    }
}
