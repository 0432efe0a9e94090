import ChineseText
import Testing

@Suite struct `Readable text` {
    @Test(arguments: [
        ("各(ge)省", "各省"),
        ("國務(wu)(wu)院決策(ce)部署", "國務院決策部署"),
        ("公(gong)(gong)(gong)(gong)開", "公開"),
        ("信（xin）息", "信息"),
        ("绿(lǜ)色，战略(lüè)", "绿色，战略"),
        ("阿(a)姨", "阿姨"),
    ])
    func `loses bracketed pinyin`(noisy: String, readable: String) {
        #expect(PinyinNoise.removed(from: noisy) == readable)
    }

    @Test(arguments: [
        "政府和社会资本合作(PPP)项目", "总体要求(一)", "方法(method)", "第三条(a)", "国办发(2017)97号", "名称(Ge)",
        "f(an)", "(ge)", "省(ge", "省()", "合作PPP)项目", "省(ge shi)", "省(zhuangg)", "",
    ])
    func `keeps every other bracket`(text: String) {
        #expect(PinyinNoise.removed(from: text) == text)
    }

    @Test(.enabled(if: SharedSources.arePresent))
    func `of the State Council's opinion has none of its 1,382 brackets left`() throws {
        let noisy = try SharedSources.text("001")
        let readable = ReadableText.cleaned(noisy)
        let latin = readable.unicodeScalars.filter { $0.properties.isAlphabetic && $0.isASCII }
        #expect(String(String.UnicodeScalarView(latin)) == "")
        // 698 + 194 + 84 + 11 places, each bracket repeated one to four times.
        #expect(
            noisy.filter { $0 == "(" }.count - readable.filter { $0 == "(" }.count == 698 + 388 + 252 + 44)
        #expect(readable.contains("各省、自治區、直轄市人民政府,國務院各部委、各直屬機構:"))
        #expect(readable.contains("(一)突出公開重點。"))
        #expect(readable.contains("國務院辦公廳關于推進公共資源配置領域\n政府信息公開的意見\n"))
    }

    @Test(.enabled(if: SharedSources.arePresent))
    func `joins names that were padded with blanks`() throws {
        let readable = ReadableText.cleaned(try SharedSources.text("002"))
        #expect(readable.contains("组长：张民 党工委委员、管委会副主任"))
        #expect(readable.contains("\n李勇 教育卫生健康局局长"))
        #expect(readable.contains("\n肖龙 经济发展部招商五局局长"))
        #expect(readable.contains("(http://www.ccggzy.gov.cn)"))
        #expect(!readable.contains("  "))
    }

    @Test(.enabled(if: SharedSources.arePresent))
    func `joins lines that were broken in mid-sentence`() throws {
        let readable = ReadableText.cleaned(try SharedSources.text("004"))
        #expect(readable.contains("除法律法规另有规定外"))
        #expect(readable.contains("政府信息公开范围"))
        #expect(readable.contains("一、工作目标\n\n坚持以公开为常态"))
    }

    @Test func `folds full-width letters and digits and leaves Chinese punctuation`() {
        #expect(ReadableText.cleaned("编号：ＳＤ２０２６，（一）\u{3000}项目\u{A0}甲") == "编号：SD2026，（一） 项目 甲")
    }
}
