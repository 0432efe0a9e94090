import Markup
import Publishing
import Testing

/// The expected ways are worked by hand.
@Suite struct `What an edition changed` {
    /// `-gone-`, `+come+`, one string a paragraph.
    private func said(_ old: String, _ new: String) throws -> [String] {
        try #require(
            EditionChanges(
                from: EditionRecord(title: "甲", text: old), to: EditionRecord(title: "甲", text: new))
        ).text.map(written)
    }

    private func written(_ paragraph: EditionChanges.Paragraph) -> String {
        paragraph.pieces.map { piece in
            switch piece.kind {
            case .kept: piece.text
            case .removed: "-\(piece.text)-"
            case .added: "+\(piece.text)+"
            }
        }.joined()
    }

    /// A heading, a row with a cell that goes on from the left, one with two lines, a struck word, an escaped sign.
    @Test func `is told in the words of the page, not in the marks of its text`() throws {
        var old = EditionRecord(title: "甲", text: "# 公告\n品名 | 价\n# 笔和本各一套 | 2 元")
        var new = EditionRecord(title: "甲", text: "# 公告\n品名 | ←\n# 笔和本各一套 | 2 元↵〔划去：3 元〕\n\\# 注")
        old.textForm = .structured
        new.textForm = .structured
        let changes = try #require(EditionChanges(from: old, to: new))
        #expect(
            changes.text.map(written) == ["公告", "品名 | -价-", "笔和本各一套 | 2 元+ 〔划去：3 元〕+", "+# 注+"])
    }

    @Test(arguments: [
        (old: "甲\n乙\n丙", new: "甲\n乙\n丙", way: ["甲", "乙", "丙"]),
        (old: "甲\n乙\n丙", new: "甲\n丙", way: ["甲", "-乙-", "丙"]),
        (old: "甲\n丙", new: "甲\n乙\n丙", way: ["甲", "+乙+", "丙"]),
        (old: "开标时间：5月6日", new: "开标时间：5月8日", way: ["开标时间：5月-6-+8+日"]),
        // Less than half in common: the whole paragraph went and another came.
        (old: "预算一百万元", new: "附件见官网元", way: ["-预算一百万元-", "+附件见官网元+"]),
        (old: "", new: "甲", way: ["+甲+"]),
        // Blank lines are no paragraphs.
        (old: "甲\n\n  \n乙", new: "甲\n乙", way: ["甲", "乙"]),
        // One that went does not shift those behind it.
        (
            old: "五、电话：1234\n六、地址：甲路一号\n七、监督：县局 5678", new: "五、电话：1234\n六、监督：县局 5679",
            way: ["五、电话：1234", "-六、地址：甲路一号-", "-七-+六+、监督：县局 567-8-+9+"]
        ),
        (old: "甲乙丙丁\n戊", new: "甲乙丙己\n庚辛壬癸", way: ["甲乙丙-丁-+己+", "-戊-", "+庚辛壬癸+"]),
    ])
    func `is told paragraph by paragraph`(old: String, new: String, way: [String]) throws {
        #expect(try said(old, new) == way)
    }

    @Test func `is told of the title and the number too`() throws {
        let changes = try #require(
            EditionChanges(
                from: EditionRecord(title: "招标公告", text: "", documentNumber: "示府〔2026〕1号"),
                to: EditionRecord(title: "招标更正公告", text: "", documentNumber: "示府〔2026〕1号")))
        #expect(written(changes.title) == "招标+更正+公告")
        #expect(changes.documentNumber.isKept)
    }

    @Test func `gives both editions back, whatever they are`() throws {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<200 {
            let texts = (0..<2).map { _ in
                (0..<Int.random(in: 0...8, using: &random)).map { _ in
                    String((0..<6).map { _ in "甲乙丙".randomElement(using: &random) ?? "丁" })
                }
            }
            let changes = try #require(
                EditionChanges(
                    from: EditionRecord(title: "", text: texts[0].joined(separator: "\n")),
                    to: EditionRecord(title: "", text: texts[1].joined(separator: "\n"))))
            for (side, gone) in [(0, EditionChanges.Kind.added), (1, .removed)] {
                let left = changes.text.map { $0.pieces.filter { $0.kind != gone }.map(\.text).joined() }
                #expect(left.filter { !$0.isEmpty } == texts[side])
            }
        }
    }

    @Test func `is refused where it would take too long`() {
        let lines = { (mark: String) in
            (0...EditionChanges.paragraphsMax).map { mark + String($0) }.joined(separator: "\n")
        }
        let (old, new) = (
            EditionRecord(title: "", text: lines("甲")), EditionRecord(title: "", text: lines("乙"))
        )
        #expect(EditionChanges(from: old, to: new) == nil)
        // Long and alike is no trouble.
        #expect(EditionChanges(from: old, to: old)?.text.count == EditionChanges.paragraphsMax + 1)
    }
    /// A long document that was rewritten from end to end: the first paragraphs are compared, the rest are told whole.
    @Test func `costs no more than so much, whatever they are`() throws {
        let letters = Array("甲乙丙")
        let text = { (shift: Int) in
            (0..<400).map { line in
                String((0..<500).map { letters[($0 * $0 / 7 + line * 3 + shift * $0 / 5) % 3] })
            }.joined(separator: "\n")
        }
        let changes = try #require(
            EditionChanges(
                from: EditionRecord(title: "", text: text(1)), to: EditionRecord(title: "", text: text(2))))
        let compared = changes.text.filter { $0.pieces.count > 1 }.count
        #expect((1...20).contains(compared), "\(compared)")
        #expect(changes.text.count == 2 * 400 - compared)
    }
}
