import CivilTime
import Projects
import Testing

@testable import Importing

@Suite struct `A notice` {
    private let offer = Invented.offer(
        documents: "2026年03月17日 至 2026年03月24日", deadline: "2026年04月08日09时30分")

    @Test func `gives every value with its place`() throws {
        let notice = try Invented.notice(offer)
        #expect(notice.kind == .procurementNotice)
        #expect(notice.items["FG"] == "I-FG-018")
        #expect(notice.buyer?.value == "青石县文化馆")
        #expect(notice.buyer?.place.quote == "名称：青石县文化馆")
        #expect(notice.agency?.value == "青石招标代理有限公司")
        #expect(notice.method?.value == .openTender)
        #expect(notice.projectName?.value == "青石县图书馆书架采购项目")
        #expect(notice.sumLines == ["budget 123456780"])
        #expect(notice.noticePeriod?.value == 5)
        #expect(notice.time(.bidDeadline)?.time == "09:30")
        #expect(notice.time(.bidDeadline)?.instant == "2026-04-08T01:30:00Z")
        #expect(notice.time(.bidDeadline)?.place.confidence == .text)
        #expect(notice.keys.map(\.kind.rawValue).sorted() == ["platformProject", "procurementProject"])
        #expect(notice.addresses == ["https://www.example.gov.cn/a/1.html"])
    }

    @Test func `says nothing that it does not say`() throws {
        let notice = try Invented.notice("本项目有关事项另行通知，联系电话13800000000。", title: "通知")
        #expect(
            notice.buyer == nil && notice.agency == nil && notice.method == nil && notice.noticePeriod == nil)
        #expect(notice.sums.isEmpty && notice.times.isEmpty && notice.lots.isEmpty && notice.awards.isEmpty)
        #expect(notice.eventLines == ["procurement.documents_issued 2026-03-16 inferred"])
    }

    @Test func `of a kind that no form names is kept and joins no item`() throws {
        let notice = try Invented.notice("正文", business: "矿业权", info: "登记公告")
        #expect(notice.kind == .unmapped)
        #expect(notice.items.isEmpty && notice.events.isEmpty)
        #expect(try builtInChecks().findings(notice).map(\.rule) == ["kind-unmapped"])
    }

    /// The word in the title decides; a mention of the earlier step in the text does not.
    @Test(arguments: [
        ("青石桥工程中标候选人公示", "正文", NoticeKind.candidates),
        ("青石桥工程中标结果公告", "中标候选人公示已经结束。", .tenderResult),
        ("青石桥工程施工", "青石桥工程评标结果公示\n正文", .candidates),
        ("青石桥工程施工", "青石县工程中标人公告\n编号\n中标候选人公示已经结束", .tenderResult),
        ("青石桥工程招标失败公告", "正文", .tenderTermination), ("青石桥工程", "正文", .unmapped),
    ])
    func `of a tender's outcome is told apart by its heading`(title: String, text: String, kind: NoticeKind)
        throws
    {
        #expect(try Invented.notice(text, title: title, business: "工程建设", info: "交易结果公示").kind == kind)
    }

    @Test func `reads the cells of a row as it reads them a line each`() throws {
        let rows =
            "采购人 | 青石县文化馆\n名次 | 中标候选人名称 | 投标报价（元）\n1 | 甲石建设有限公司 | 1000000\n工期 | 1年\n2 | 乙石建设有限公司 | 2000000"
        let notice = try Invented.notice(rows, title: "青石桥工程中标候选人公示", business: "工程建设", info: "交易结果公示")
        let lines = try Invented.notice(
            rows.replacing(" | ", with: "\n"), title: "青石桥工程中标候选人公示", business: "工程建设", info: "交易结果公示")
        #expect(notice.awards.map(\.name) == lines.awards.map(\.name) && !notice.awards.isEmpty)
        #expect(notice.cleanText == rows, "no row is joined to another")
    }

    /// Who is recommended has won nothing yet.
    @Test(arguments: [
        ("青石桥工程中标候选人公示", "排序", ["第一中标候选人", "第二中标候选人"]),
        ("青石桥工程中标候选人公示", "排序不分先后\n序号", ["中标候选人（未排序）", "中标候选人（未排序）"]),
    ])
    func `calls a candidate a candidate, ranked or not`(title: String, head: String, labels: [String]) throws
    {
        let table = "\(head)\n中标候选人名称\n投标报价（元）\n1\n甲石建设有限公司\n1000000\n2\n乙石建设有限公司\n2000000"
        let notice = try Invented.notice(table, title: title, business: "工程建设", info: "交易结果公示")
        let parties = NoticeValues(notice: notice).all.filter { $0.value.contains("建设有限公司") }
        #expect(parties.map(\.label) == labels && parties.allSatisfy { $0.part == .party })
    }

    @Test func `with two methods in its title or all of them in tick boxes names none`() throws {
        let boxes = "采购方式：\n竞争性谈判\n竞争性磋商\n询价"
        #expect(try Invented.notice(boxes, title: "采购公告").method == nil)
        #expect(try Invented.notice("采购方式：询价\n正文", title: "采购公告").method?.value == .inquiry)
        #expect(try Invented.notice("", title: "由公开招标转竞争性谈判公告").method == nil)
    }

    @Test func `does not take the deadline of a deposit, of inquiries or of the documents for that of bids`()
        throws
    {
        let text = """
            投标保证金缴纳截止时间：2026年04月01日09时00分
            质疑截止时间：2026年03月20日
            招标文件获取截止时间：2026-03-23 23:59
            在投标截止时间前，上传加密的投标文件。
            递交投标文件截止时间：2026-04-08 09:00
            """
        let notice = try Invented.notice(text, title: "青石桥工程招标公告", business: "工程建设", info: "招标/资审公告")
        #expect(notice.timeLines == ["documentsTo 2026-03-23 23:59", "bidDeadline 2026-04-08 09:00"])
    }

    @Test func `takes one time for deadline and opening where one label names both`() throws {
        let one = try Invented.notice("四、提交投标文件截止时间、开标时间和地点\n时间：\n2026年04月07日 10时00分\n地点：二室")
        #expect(one.timeLines == ["bidDeadline 2026-04-07 10:00", "opening 2026-04-07 10:00"])
        let two = try Invented.notice("四、投标截止时间及地点\n1.时间：2026年04月08日09时30分\n五、开标时间及地点\n1.时间：2026年04月08日10时")
        #expect(two.timeLines == ["bidDeadline 2026-04-08 09:30", "opening 2026-04-08 10:00"])
    }

    @Test func `notes a day that no calendar has`() throws {
        let notice = try Invented.notice("截止时间：2026年02月30日09时00分")
        #expect(notice.times.isEmpty)
        #expect(notice.unreadableTimes.map(\.role) == [.bidDeadline])
        #expect(try builtInChecks().findings(notice).map(\.rule).contains("time-unreadable"))
    }

    @Test func `that corrects another gives no day but its own`() throws {
        let text = "首次公告日期：2026-03-05\n更正内容：\n截止时间：2026年04月08日 更正为 2026年04月18日\n更正日期：2026-03-16"
        let notice = try Invented.notice(text, info: "更正事项")
        #expect(notice.isCorrection)
        #expect(notice.timeLines == ["firstNotice 2026-03-05", "correction 2026-03-16"])
        #expect(notice.eventLines == ["procurement.clarification_issued 2026-03-16 stated"])
        #expect(notice.items == ["CC": "I-CC-021"])
    }

    @Test func `reads several numbers after one label, and stops at a bracket or another label`() throws {
        let text = """
            （项目编号：QS〔2026〕1号）
            2、项目编号：青财采—2026-8；青建招[2026]003号；/
            项目编号：QS-77 标的名称：书架 项目代码：2503-411481-04-01-225421
            预算编号：0026-00031705
            """
        let notice = try Invented.notice(text)
        let printed = notice.keys.map { "\($0.kind.rawValue) \($0.printed)" }
        #expect(
            printed == [
                "procurementProject QS〔2026〕1号", "procurementProject 青财采—2026-8",
                "procurementProject 青建招[2026]003号",
                "procurementProject QS-77", "budget 0026-00031705",
                "fixedInvestment 2503-411481-04-01-225421",
                "platformProject QSZC-2026-0007",
            ])
        #expect(!notice.projectKeys.contains { $0.printed == "0026-00031705" })
    }

    @Test func `reads lots from a table, from marks and from its title`() throws {
        let table = "包号\n预算金额(万元)\n最高限价(万元)\nA\n140.000000\n130.5\nB\n20\n详见文件\n采购需求：\n见附件"
        #expect(try Invented.notice(table).lotLines == ["A 140000000 130500000", "B 20000000 -"])
        let coded =
            "序号\n包号\n包名称\n包预算（元）\n包最高限价（元）\n是否专门面向中小企业\n新的一栏\n1\nQS-2026-8-1\n书架\n686658\n686658\n是\n否\n5、采购需求"
        let lots = try Invented.notice(coded).lots
        #expect(lots.map(\.number) == ["QS-2026-8-1"])
        #expect(lots.first?.title == "书架")
        #expect(lots.first?.ceiling?.fen == 68_665_800)
        let marks = "采购包1(书架采购):\n采购包预算金额：100元\n采购包2:\n采购包最高限价：50元"
        #expect(try Invented.notice(marks).lotLines == ["1 10000 -", "2 - 5000"])
        let among = "预算金额：\n本项目预算金额为 600000.0 元，其中：A 书架 100000.0元B 书 500000.0元。"
        let parts = try Invented.notice(among)
        #expect(parts.lotLines == ["A 10000000 -", "B 50000000 -"])
        #expect(parts.sumLines == ["budget 60000000"])
        for (title, number) in [
            ("青石馆（第二包：桌椅）公告", "2"), ("青石桥第十标段招标", "10"), ("书架3包公告", "3"), ("桥(1标段)", "1"),
            ("书架（采购包12）", "12"),
        ] {
            #expect(try Invented.notice("", title: title).lots.map(\.number) == [number])
        }
        #expect(try Invented.notice("", title: "青石桥工程总承包（EPC）(8)公告").lots.isEmpty)
    }

    @Test func `reads candidates with rank, consortium and price`() throws {
        let text = """
            序号
            中标候选人名称
            投标报价（万元）
            工期
            1
            牵头人：
            青石路桥建设有限公司
            联合体成员1：青石设计院有限公司
            100.5
            90天
            2
            白石路桥建设有限公司;白石设计院有限公司
            101.25
            95天
            六、否决投标情况
            """
        let notice = try Invented.notice(text, title: "青石桥中标候选人公示", business: "工程建设", info: "交易结果公示")
        #expect(notice.awards.map(\.rank) == [1, 2])
        #expect(notice.awards.map(\.name) == ["青石路桥建设有限公司", "白石路桥建设有限公司"])
        #expect(notice.awards.map(\.members) == [["青石设计院有限公司"], ["白石设计院有限公司"]])
        // The first row has more lines than columns: its price is not where the head says, so none is taken.
        #expect(notice.awards.map { $0.price?.fen } == [nil, 101_250_000])
    }

    @Test func `that failed names no winner`() throws {
        let text = "一、项目编号：QS-1\n三、采购结果\n采购包1:\n废标理由：\n有效供应商不足三家，本项目流标。\n四、主要标的信息\n无（废标）"
        let notice = try Invented.notice(text, title: "书架采购结果公告", info: "中标公告")
        #expect(notice.awards.isEmpty)
        #expect(notice.failure?.value == "本项目流标")
        #expect(notice.eventLines == ["procurement.terminated 2026-03-16 inferred"])
    }

    @Test func `takes its result's day from a sentence, never from its own publication`() throws {
        let dated = try Invented.notice(
            "定标时间\n2026-03-13\n中标人：青石路桥建设有限公司", title: "桥中标结果公告", business: "工程建设", info: "交易结果公示")
        #expect(dated.eventLines == ["tender.result_fixed 2026-03-13 stated"])
        let undated = try Invented.notice(
            "中标人：青石路桥建设有限公司", title: "桥中标结果公告", business: "工程建设", info: "交易结果公示")
        #expect(undated.eventLines == ["tender.result_fixed 2026-03-16 inferred"])
        #expect(undated.events[0].place == nil)
    }

    /// A text of the size of an opening record with more than a thousand bidders.
    @Test func `of a great length is read as a short one`() throws {
        let rows = (1...3000).map {
            "\($0)\n91350\($0)\n青石建设有限公司\($0)\n2026-03-13 11:57:26\n1,835.0534\n360日历天"
        }
        let text = "开标时间\nMar 16, 2026\n" + rows.joined(separator: "\n")
        let notice = try Invented.notice(
            text, title: "开标记录", business: "工程建设", info: "开标记录",
            more: ["structured_fields": .object([JSONMember(name: "开标时间", value: .string("Mar 16, 2026"))])])
        #expect(notice.eventLines == ["tender.bid_opening 2026-03-16 stated"])
        #expect(notice.time(.opening)?.place == .field(name: "structured_fields.开标时间"))
    }

    /// Whatever the text, reading neither traps nor runs away.
    @Test func `of nonsense is read without harm`() throws {
        var generator = SplitMix(state: 20_261_122)
        let pieces = [
            "截止时间", "：", "\n", "2026年", "3月", "17日", "至", "(", ")", "（", "）", "1", "序号", "供应商名称", "中标金额",
            "第一名",
            "采购包", "预算金额", "万元", "元", ",", ".", "项目编号", ";", "]", "公告期限", "个工作日", "公示期", "三、", "招标人", "信息",
            "名称",
            "\u{A0}", "😀", "é", "－", "其中：A", "9999999999999999999", "包1-", "开标时间",
        ]
        let kinds = [("政府采购", "采购/资审公告"), ("政府采购", "中标公告"), ("工程建设", "交易结果公示"), ("政府采购", "采购合同")]
        let checks = try builtInChecks()
        for round in 0..<400 {
            let text = (0..<(generator.next() % 120)).map { _ in
                pieces[Int(generator.next() % UInt64(pieces.count))]
            }.joined()
            let (business, info) = kinds[round % kinds.count]
            let title = ["中标候选人公示", "公开招标公告", "第一包中标结果公告"][round % 3]
            let notice = try Invented.notice(text, title: title, business: business, info: info)
            _ = checks.findings(notice)
            let scalars = text.unicodeScalars.count
            for case .text(let range, _) in notice.times.map(\.place) + notice.lots.map(\.place)
                + notice.awards.map(\.place)
            {
                #expect(range.upperBound <= scalars)
            }
        }
    }
}

/// A small generator with a seed, so that a failure can be repeated.
struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
