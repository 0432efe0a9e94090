import CivilTime
import Law
import LedgerTesting
import Obligations
import Testing

@testable import Importing

@Suite struct `The check of a notice` {
    private func rules(_ notice: ParsedNotice) throws -> [String] {
        try builtInChecks().findings(notice).map { "\($0.weight.rawValue) \($0.rule)" }
    }

    private func offer(
        _ documents: String, _ deadline: String, _ method: String = "公开招标", period: String = "5个工作日"
    ) throws -> [String] {
        let text = Invented.offer(documents: documents, deadline: deadline, period: period, method: method)
        return try rules(Invented.notice(text, title: "青石县图书馆书架采购项目\(method)公告"))
    }

    /// 政府采购法 art. 35: 20 days from 2026-03-17, the first not counted, end on 2026-04-06, which is 清明 and rolls to
    /// the 7th.
    @Test(arguments: [
        ("2026年04月08日09时30分", [String]()), ("2026年04月07日09时30分", []), ("2026年04月06日09时30分", []),
        ("2026年04月05日09时30分", ["note procurement-bid-20d.first-day"]),
        ("2026年04月04日09时30分", ["warning procurement-bid-20d.short"]),
        ("2026年03月27日09时30分", ["warning procurement-bid-20d.short"]),
    ])
    func `counts twenty days from the documents to the deadline of an open tender`(
        deadline: String, expected: [String]
    ) throws {
        #expect(try offer("2026年03月17日至2026年03月23日", deadline) == expected)
    }

    @Test(arguments: ["竞争性磋商", "竞争性谈判", "询价"])
    func `does not hold other methods to the twenty days or five working days of a tender`(method: String)
        throws
    {
        #expect(try offer("2026年03月17日至2026年03月19日", "2026年03月20日09时30分", method, period: "3个工作日").isEmpty)
    }

    /// 17, 18, 19, 20, 23 March are five working days only if the first counts, and practice counts it.
    @Test(arguments: [
        ("2026年03月17日至2026年03月24日", [String]()), ("2026年03月17日至2026年03月23日", []),
        ("2026年03月17日至2026年03月20日", ["warning procurement-documents-5wd.short"]),
    ])
    func `counts five working days for the documents`(documents: String, expected: [String]) throws {
        #expect(try offer(documents, "2026年04月10日09时30分") == expected)
    }

    /// Imported on 2026-03-16.
    @Test(arguments: [
        ("2026-03-15 17:36", 0), ("2026-03-16 23:59", 0), ("2026-03-17 00:00", 1), ("2062-03-16", 1),
    ])
    func `quotes the field when it claims to have been published on a day that has not come`(
        published: String, expected: Int
    ) throws {
        let check = ClaimedDayCheck(
            form: try builtInForm(), rules: try builtInChecks().rules, today: try #require(Day("2026-03-16")))
        let findings = check.findings(try Invented.notice("正文", published: published))
        #expect(findings.count == expected)
        for finding in findings {
            #expect(finding.rule == "publish-day-ahead" && finding.weight == .note)
            #expect(finding.quotes.map(\.place) == ["字段 publish_date"])
            #expect(finding.quotes.map(\.text) == [published])
        }
    }

    @Test func `compares the printed period of the notice with the rule for its method`() throws {
        let deadline = "2026年04月10日09时30分"
        let documents = "2026年03月17日至2026年03月24日"
        #expect(try offer(documents, deadline, period: "3个工作日") == ["warning procurement-notice-5wd.short"])
        #expect(try offer(documents, deadline, period: "五个工作日").isEmpty)
        let finding = try #require(
            try builtInChecks().findings(
                Invented.notice(Invented.offer(documents: documents, deadline: deadline, period: "3个工作日"))
            ).first)
        #expect(!finding.verified)
        #expect(finding.places.first?.quote?.contains("3个工作日") == true)
    }

    private func publicity(_ span: String, published: String = "2026-03-16 10:00") throws -> [String] {
        let notice = try Invented.notice(
            Invented.candidates(publicity: span, more: "异议渠道：书面"), title: "青石桥修缮工程中标候选人公示", business: "工程建设",
            info: "交易结果公示", published: published)
        return try rules(notice)
    }

    /// 招标投标法实施条例 art. 54: three days. The publication on the 16th is not counted (民法典 art. 201).
    @Test(arguments: [
        ("2026年3月17日至2026年3月19日", [String]()), ("2026年3月16日至2026年3月19日", []),
        ("2026年3月16日至2026年3月18日", ["note tender-publicity-3d.first-day"]),
        ("2026年3月16日至2026年3月17日", ["warning tender-publicity-3d.short"]),
        ("2026年3月17日至2026年3月18日", ["warning tender-publicity-3d.short"]),
    ])
    func `counts three days of publicity`(span: String, expected: [String]) throws {
        #expect(try publicity(span) == expected)
    }

    /// Three days after Wednesday 2026-03-11 end on Saturday the 14th.
    @Test func `notes a publicity that ends on a rest day, as a reading that is not settled`() throws {
        #expect(
            try publicity("2026年3月12日至2026年3月14日", published: "2026-03-11 10:00") == [
                "note tender-publicity-3d.rest-day"
            ])
        let notice = try Invented.notice(
            Invented.candidates(publicity: "2026年3月12日至2026年3月14日", more: "异议渠道：书面"), title: "桥中标候选人公示",
            business: "工程建设", info: "交易结果公示", published: "2026-03-11 10:00")
        let finding = try #require(try builtInChecks().findings(notice).first)
        #expect(!finding.verified)
        #expect(finding.values["earliestEnd"] == "2026-03-16")
        #expect(finding.places.count == 2)
        #expect(finding.clause.contains("第五十四条"))
    }

    @Test func `names what a candidates' notice lacks, and what comes near it`() throws {
        let notice = try Invented.notice(
            Invented.candidates(publicity: "2026年3月17日至2026年3月19日", more: "投诉请联系监督部门。"), title: "桥中标候选人公示",
            business: "工程建设", info: "交易结果公示")
        let findings = try builtInChecks().findings(notice)
        #expect(findings.map(\.rule) == ["candidate-elements.unclear"])
        #expect(findings[0].values["element"] == "提出异议的渠道和方式")
        #expect(findings[0].places[0].quote?.contains("投诉请联系监督部门") == true)
        #expect(findings[0].detail.contains("依法必须进行招标的项目"))
        let bare = try Invented.notice(
            String(repeating: "青石桥修缮工程候选单位如下。", count: 10), title: "桥中标候选人公示", business: "工程建设",
            info: "交易结果公示")
        let missing = try builtInChecks().findings(bare)
        #expect(missing.count == 10)
        #expect(missing.allSatisfy { $0.weight == .warning && $0.places.isEmpty && $0.verified })
    }

    @Test func `does not ask for elements where the content stands in a file`() throws {
        let notice = try Invented.notice("详见附件", title: "桥中标候选人公示", business: "工程建设", info: "交易结果公示")
        #expect(try rules(notice) == ["note content-elsewhere"])
    }

    @Test func `finds a phrase that a line end breaks`() throws {
        let text = Invented.candidates(publicity: "2026年3月17日至2026年3月19日", more: "提出异\n议的渠道：书面")
        #expect(try rules(Invented.notice(text, title: "桥中标候选人公示", business: "工程建设", info: "交易结果公示")).isEmpty)
    }

    @Test func `notes two deadlines that differ and two budgets that differ`() throws {
        let text = Invented.offer(documents: "2026年03月17日至2026年03月24日", deadline: "2026年04月10日09时30分")
            .replacing("截止时间：2026年04月10日09时30分", with: "截止时间：2026年04月11日09时30分")
        let notice = try Invented.notice(text, more: ["budget": .string("99元")])
        #expect(try rules(notice) == ["note deadline-conflict", "note budget-conflict"])
    }

    @Test func `says of a field what it says`() throws {
        let contract = try Invented.notice(
            "合同", title: "书架采购合同", info: "采购合同", published: "2026-03-17 00:32",
            more: [
                "structured_fields": .object([
                    JSONMember(name: "合同金额", value: .string("0元 人民币")),
                    JSONMember(name: "合同签署时间", value: .string("2026-03-17 00:32:09")),
                ])
            ])
        let findings = try builtInChecks().findings(contract)
        #expect(
            findings.map(\.rule) == [
                "contract-sum-zero", "contract-text-missing", "signing-equals-publication",
            ])
        #expect(findings[0].confidence == .field)
        #expect(findings[0].quotes.map(\.text) == ["0元 人民币"])
        #expect(findings[0].quotes.map(\.place) == ["字段 structured_fields.合同金额"])
        #expect(contract.eventLines == ["procurement.contract_signed 2026-03-17 00:32 stated"])
    }

    @Test func `rests on rules that the law data holds`() throws {
        let law = try LawBook.builtIn()
        let checks = try builtInChecks()
        let day = try #require(Day("2026-03-16"))
        for id in checks.rules.periods.map(\.rule) + checks.rules.noticePeriods.map(\.rule) {
            let rule = try #require(law.rule(id, on: day))
            #expect(rule.form == .minimum && rule.counting != nil)
        }
    }

    @Test func `makes events of kinds that the law data names`() throws {
        let law = try LawBook.builtIn()
        let kinds = [
            "documents_issued", "documents_closed", "bid_deadline", "bid_opening", "clarification_issued",
            "result_fixed",
            "terminated",
        ]
        for kind in kinds.flatMap({ ["procurement.\($0)", "tender.\($0)"] }) + [
            "procurement.contract_signed", "procurement.prequalification_deadline",
            "tender.evaluation_reported",
            "tender.candidates_published", "tender.publicity_closed",
        ] {
            #expect(law.eventKind(kind) != nil, "\(kind)")
        }
    }
}
