import ChineseText
import Testing

/// What a search index does with the words: all of the query's among the document's.
private func finds(_ query: String, in document: String) -> Bool {
    let words = Set(SearchTokens.document(document).split(separator: " ").map(String.init))
    let asked = SearchTokens.query(query)
    return !asked.isEmpty && words.isSuperset(of: asked)
}

@Suite struct `Search tokens` {
    @Test func `are pairs of Chinese, the last character of a run and lower-case words of Latin`() {
        #expect(SearchTokens.document("政府采购 PPP项目2026") == "政府 府采 采购 购 ppp 项目 目 2026")
        #expect(SearchTokens.query("政府采购 PPP") == ["政府", "府采", "采购", "ppp"])
        #expect(SearchTokens.query("购") == ["购"])
        #expect(
            SearchTokens.isBeginning("购") && !SearchTokens.isBeginning("采购") && !SearchTokens.isBeginning("p")
        )
        #expect(SearchTokens.query("，。 ()") == [])
    }

    @Test(arguments: [
        ("公开", "公開"), ("公開", "公开"), ("監督檢查", "监督检查"), ("监督检查", "监督检査"), ("国务院", "國務(wu)(wu)院"),
        ("ＰＰＰ", "ppp"), ("张民", "组  长：张  民"), ("招标公告", "招标\n公告"), ("二〇一七", "二○一七年"),
    ])
    func `match across scripts, widths, padding and noise`(query: String, document: String) {
        #expect(finds(query, in: document))
    }

    @Test func `do not match what is not there`() {
        #expect(!finds("采购", in: "政府公开"))
        #expect(!finds("H2026-019", in: "焦公资采购H2026—018"))
    }

    @Test(arguments: [
        ("SDGP370000000202602000616", ["SDGP370000000202602000616", "sdgp370000000202602000616"]),
        (
            "项目[350703]FJZHJS[GK]2025003",
            ["[350703]FJZHJS[GK]2025003", "〔350703〕fjzhjs【GK】2025003", "350703FJZHJSGK2025003"]
        ),
        ("焦公资采购H2026—018号", ["焦公资采购H2026—018", "焦公資采購H2026-018", "H2026018", "h２０２６－０１８"]),
        ("国办发〔2017〕97号", ["国办发〔2017〕97号", "國辦發[2017]97號"]),
    ])
    func `find a code whole and folded`(document: String, queries: [String]) {
        for query in queries { #expect(finds(query, in: document), "\(query)") }
    }

    @Test(.enabled(if: SharedSources.arePresent))
    func `find Simplified words in the State Council's Traditional text`() throws {
        let document = try SharedSources.text("001")
        for query in ["公共资源配置", "保障性安居工程", "政府采购", "国有产权交易", "住房", "国办发〔2017〕97号"] {
            #expect(finds(query, in: document), "\(query)")
        }
    }

    @Test func `stay within their limits`() {
        #expect(SearchTokens.query(String(repeating: "天地玄黄宇宙洪荒日月盈昃辰宿列张", count: 500)).count <= 64)
        #expect(SearchTokens.document(String(repeating: "a", count: 10_000)).utf8.count == 64)
    }
}

@Suite struct `Code folding` {
    @Test(arguments: [
        ("焦公资采购H2026—018", "焦公资采购H2026-018"),
        ("焦公資采購 h2026－018", "焦公资采购H2026-018"),
        ("[350703]FJZHJS[GK]2025003", "[350703]FJZHJS[GK]2025003"),
        ("〔350703〕ＦＪＺＨＪＳ（GK）2025003", "[350703]FJZHJS[GK]2025003"),
        ("国办发〔2017〕 97 号", "国办发[2017]97号"),
        ("\u{FEFF}SDGP370000000202602000616\u{3000}", "SDGP370000000202602000616"),
        ("A——B", "A-B"),
    ])
    func `gives one spelling`(printed: String, folded: String) {
        #expect(CodeFolding.fold(printed) == folded)
        #expect(CodeFolding.fold(folded) == folded)
    }
}

@Suite struct `Script folding` {
    @Test func `makes Traditional and variants Simplified and leaves the rest`() {
        #expect(ScriptFolding.fold("國務院關于推進公共資源配置") == "国务院关于推进公共资源配置")
        #expect(ScriptFolding.fold("监督检査") == "监督检查")
        #expect(ScriptFolding.fold("政府abc 123，") == "政府abc 123，")
    }

    @Test func `folds what is folded to itself`() {
        for value in UInt32(0x3400)...0x9FFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let once = ScriptFolding.fold(scalar)
            #expect(ScriptFolding.fold(once) == once)
        }
    }
}
