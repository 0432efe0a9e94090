import Testing

@testable import Importing

@Suite struct `A printed moment` {
    private func read(_ text: String) -> String? {
        PrintedMoment(NoticeText.fold(text), at: 0).map { "\($0.day)" + ($0.time.map { " " + $0 } ?? "") }
    }

    @Test(arguments: [
        ("2026年3月17日", "2026-03-17"), ("2026年03月17日08:30", "2026-03-17 08:30"),
        ("2026年04月07日 10时00分00秒", "2026-04-07 10:00"), ("2026年04月07日09点00分", "2026-04-07 09:00"),
        ("2026\n年\n03\n月\n16\n日至", "2026-03-16"), ("202\n6\n年\n3\n月\n16\n日", "2026-03-16"),
        ("2026年03月\n27\n日\n09时00分 （北京时间）", "2026-03-27 09:00"), ("２０２６年３月１７日", "2026-03-17"),
        ("2026-03-27 09:00:00（北京时间）", "2026-03-27 09:00"), ("2026-3-5 14:31:17", "2026-03-05 14:31"),
        ("2026/3/5", "2026-03-05"), ("20260313 - 09:30:00", "2026-03-13 09:30"), ("20260313", "2026-03-13"),
        ("Mar 16, 2026", "2026-03-16"), ("2026年3月11日09:30分", "2026-03-11 09:30"),
        ("2026年3月11日下午2:30", "2026-03-11 14:30"), ("2026年3月11日上午9时", "2026-03-11 09:00"),
        ("2026年3月11日24:00", "2026-03-11 24:00"), ("2024年2月29日", "2024-02-29"),
    ])
    func `is read in every known writing`(text: String, expected: String) {
        #expect(read(text) == expected)
    }

    @Test(arguments: [
        "2026年2月30日", "2026年13月1日", "3月17日", "2026年3月", "26年3月17日", "2026-03", "202603", "公告发布之日", "",
        "99999999", "2026年3月", "Foo 16, 2026", "20260230",
    ])
    func `is not made up where no day stands`(text: String) {
        #expect(read(text) == nil)
    }

    @Test func `keeps its day when what follows is no time`() {
        #expect(read("2026年3月17日5个工作日") == "2026-03-17")
        #expect(read("2026年3月17日99:99") == "2026-03-17")
    }
}

@Suite struct `A printed sum` {
    private func read(_ text: String, _ unit: SumUnit? = nil) -> String? {
        SumReading(NoticeText.fold(text), at: 0, unit: unit).map {
            $0.sum.fen.map(String.init) ?? $0.sum.doubt?.rawValue ?? ""
        }
    }

    @Test(arguments: [
        ("1,200,000.00元", "120000000"), ("23.5 万元（人民币）", "23500000"), ("27336000 元", "2733600000"),
        ("30.0\n(万元)", "30000000"), ("0元 人民币", "0"), ("人民币20794078元", "2079407800"), ("1.5亿元", "15000000000"),
        ("480.000000（万元）", "480000000"), ("1800万元/三年", "1800000000"), ("9330166.85000000元", "933016685"),
        ("0.01元", "1"), ("￥100元", "10000"),
    ])
    func `is read in 分`(text: String, fen: String) {
        #expect(read(text) == fen)
    }

    @Test(arguments: [
        ("30.0", "sum-without-unit"), ("1499700", "sum-without-unit"), ("0.76%", "not-a-sum"),
        ("24.99元/㎡", "not-a-sum"), ("0.00元/包", "not-a-sum"), ("0.001元", "sum-inexact"),
        ("99999999999999999999元", "sum-inexact"), ("92233720368547758.08万元", "sum-inexact"),
    ])
    func `is left in doubt rather than guessed`(text: String, doubt: String) {
        #expect(read(text) == doubt)
    }

    @Test func `takes the unit of its label or column`() {
        #expect(read("3602.5688", .tenThousandYuan) == "3602568800")
        #expect(read("698757.43", .yuan) == "69875743")
        #expect(read("140.000000元", .tenThousandYuan) == "14000")
        #expect(read("详见文件", .yuan) == nil)
        #expect(read("约67万元") == nil)
    }

    /// 1,2345 is no number with thousands: it is read up to the comma, and then has no unit.
    @Test func `does not join what a comma parts`() {
        #expect(read("1,2345元") == "sum-without-unit")
    }
}

@Suite struct `A folded text` {
    @Test func `loses width, space and empty lines`() {
        let folded = NoticeText("招 标 人：\u{A0}青石　馆\r\n\n  Ａ１ B2 （一）【二】〔三〕—8\n")
        #expect(String(decoding: folded.bytes, as: UTF8.self) == "招标人:青石馆\nA1 B2(一)[二][三]-8")
    }

    @Test func `finds its way back to what was printed`() throws {
        let printed = "一、 项目\n编号：ＱＳ—０１ 完"
        let folded = NoticeText(printed)
        let bytes = Array("QS-01".utf8)
        let start = try #require(folded.bytes.indices.first { folded.bytes[$0...].starts(with: bytes) })
        let scalars = Array(printed.unicodeScalars)
        let range = folded.scalarRange(start..<start + bytes.count)
        #expect(String(String.UnicodeScalarView(scalars[range])) == "ＱＳ—０１")
        #expect(folded.printed(start..<start + bytes.count) == "ＱＳ—０１")
        #expect(folded.printed(0..<folded.bytes.count) == "一、 项目 编号：ＱＳ—０１ 完")
        #expect(folded.printed(0..<folded.bytes.count, scalarsMax: 4) == "一、 项")
    }

    @Test func `of broken bytes and of nothing is nothing`() {
        #expect(NoticeText("").bytes.isEmpty)
        #expect(NoticeText(" \n\u{3000}\n").bytes.isEmpty)
    }
}

@Suite struct `A clean text` {
    @Test func `joins a date that was broken over lines`() {
        #expect(
            CleanText.clean("（公示期：\n2026\n年\n03\n月\n16\n日至\n2026\n年3月18日）")
                == "（公示期：\n2026年03月16日至\n2026年3月18日）")
    }

    @Test func `loses record marks, tags, padding and pinyin`() {
        let printed =
            "名\u{A0}\u{A0}称：  青石馆\nb8eff6d8-6931-4573-a24d-40b9022ea1a3\n<p>无</p>\n各(ge)省(sheng)\n总承包(PPP)\n\n\u{3000}"
        #expect(CleanText.clean(printed) == "名 称： 青石馆\n无\n各省\n总承包(PPP)")
    }

    @Test func `keeps a line that starts with 日 or 时 and follows no number`() {
        #expect(CleanText.clean("发布\n日期：3月\n时间：\n9点") == "发布\n日期：3月\n时间：\n9点")
    }
}

@Suite struct `Known phrases` {
    @Test func `hide the shorter ones within them`() {
        let phrases = ["截止时间", "保证金缴纳截止时间", "时间"].map(NoticeText.fold)
        let found = PhraseIndex(phrases).occurrences(in: NoticeText.fold("保证金缴纳截止时间：明日；截止时间：今日"))
        #expect(found.filter { !$0.isCovered }.map(\.phrase) == [1, 0])
        #expect(found.map(\.phrase) == [1, 0, 2, 0, 2])
    }
}
