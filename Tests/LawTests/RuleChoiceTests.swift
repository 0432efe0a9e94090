import CivilTime
import Law
import Testing

@Suite struct `The choice of a limit` {
    let law: LawBook

    init() throws { law = try LawBook.builtIn() }

    @Test func `agrees with the law cases`() throws {
        let rows = try CaseTable("rule-choices").rows
        #expect(rows.count >= 50)
        for row in rows {
            let trigger = try #require(Day(row["trigger"] ?? ""), "\(row)")
            try expect(law.choose(row.list("rules"), trigger: trigger, in: "CN"), row)
        }
    }

    @Test func `counts what recurs from the end of its period`() throws {
        let rows = try CaseTable("recurring-limits").rows
        #expect(rows.count >= 12)
        for row in rows {
            let period = try #require(Period(row["period"] ?? ""), "\(row)")
            let choice = law.choose(row.list("rules"), trigger: period.last, in: "FG")
            #expect(choice.dueDate?.due.description ?? "" == row["due"], "\(row)")
            #expect(choice.rule.map { $0.verified ? "yes" : "no" } ?? "" == row["verified"], "\(row)")
            #expect(choice.rule.map { $0.period == period.length } ?? true, "\(row)")
        }
    }

    private func expect(_ choice: RuleChoice, _ row: [String: String]) throws {
        #expect(choice.rule?.id ?? "" == row["winner"], "\(row)")
        #expect(choice.dueDate?.due.description ?? "" == row["due"], "\(row)")
        #expect(choice.rule.map { $0.verified ? "yes" : "no" } ?? "" == row["verified"], "\(row)")
        #expect(choice.candidates.filter(\.won).map(\.rule) == [choice.rule?.id].compactMap(\.self), "\(row)")
        #expect(choice.candidates.first?.won ?? true, "\(row)")
    }

    @Test func `says why each rule won or not`() throws {
        let day = try #require(Day("2024-06-03"))
        let special = law.choose(["active-20wd", "procurement-contract-sign-30d"], trigger: day, in: "CN")
        #expect(
            special.candidates.map(\.reason) == ["法律、法规另有规定，从其规定", "一般期限，法律、法规另有规定时不适用"])
        let document = law.choose(["active-20wd", "licence-penalty-7wd"], trigger: day, in: "CN")
        #expect(document.candidates.map(\.reason) == ["期限最短", "期限较长，不适用"])
        // 及时 is the general limit under another name: no law has otherwise provided.
        let promptly = law.choose(["promptly-20wd", "active-20wd"], trigger: day, in: "CN")
        #expect(promptly.candidates.map(\.reason) == ["期限最短", "期限较长，不适用"])
        let with = law.choose(["with-parent", "procurement-result-2wd"], trigger: day, in: "CN")
        #expect(with.candidates.map(\.rule) == ["procurement-result-2wd", "with-parent"])
        #expect(with.candidates.last?.reason == "随主信息同时公开，期限同主信息")
    }

    @Test func `names a shorter limit that nobody has read, and lets the one that was read govern`() throws {
        let day = try #require(Day("2026-03-02"))
        let choice = law.choose(["land-result-10wd", "active-20wd"], trigger: day, in: "CN")
        #expect(choice.candidates.map(\.rule) == ["active-20wd", "land-result-10wd"])
        #expect(choice.candidates.map(\.due) == [Day("2026-03-30"), Day("2026-03-16")])
        #expect(choice.candidates.map(\.reason) == ["期限最短", "未与官方文本核对，仅作提示"])
        let alone = law.choose(["land-result-10wd"], trigger: day, in: "CN")
        #expect(alone.dueDate?.due == Day("2026-03-16") && alone.rule?.verified == false)
    }

    @Test func `names the clause of the version in force`() throws {
        let cases = [
            ("2017-12-18", "政府信息公开条例（国务院令第492号）第十八条"),
            ("2019-05-14", "政府信息公开条例（国务院令第492号）第十八条；国办发〔2017〕97号 二（四）"),
            ("2019-05-15", "政府信息公开条例 第二十六条"),
        ]
        for (text, clause) in cases {
            let day = try #require(Day(text))
            #expect(law.choose(["active-20wd"], trigger: day, in: "CN").rule?.clause == clause)
        }
    }

    @Test func `ignores a rule that the law does not have`() throws {
        let day = try #require(Day("2024-06-03"))
        #expect(
            law.choose(["no-such-rule", "active-20wd"], trigger: day, in: "CN").rule?.id == "active-20wd")
        #expect(law.choose(["no-such-rule"], trigger: day, in: "CN").candidates.isEmpty)
    }
}
