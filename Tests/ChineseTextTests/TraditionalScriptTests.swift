import ChineseText
import Testing

@Suite struct `Text in Traditional characters` {
    /// By dictionary, not by this program.
    @Test(arguments: [
        ("公开义务", "公開義務"), ("采购与征收", "採購與徵收"), ("头发和发展", "頭髮和發展"), ("皇后在后天之后", "皇后在後天之後"),
        ("干部防干旱", "幹部防乾旱"), ("面条和表面", "麪條和表面"), ("2026-01-31", "2026-01-31"), ("", ""),
        ("一行\n\n二行\n", "一行\n\n二行\n"), ("&amp;&lt;", "&amp;&lt;"), ("繁體", "繁體"),
    ])
    func `chooses the character by the word`(simplified: String, traditional: String) {
        #expect(TraditionalScript.of(simplified) == traditional)
    }

    @Test func `is the same from many tasks at once`() async {
        await withTaskGroup(of: String.self) { group in
            for _ in 0..<50 { group.addTask { TraditionalScript.of("政府信息公开条例") } }
            for await text in group { #expect(text == "政府信息公開條例") }
        }
    }
}
