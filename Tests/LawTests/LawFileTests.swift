import CivilTime
import Law
import Testing

@Suite struct `A law file` {
    static let good = """
        {"version": "t", "rules": [
         {"id": "a", "title": "甲", "form": "after", "amount": 30, "unit": "calendarDays", "rank": "law",
          "clause": "某法 第一条", "verified": true, "effectiveFrom": "2019-05-15",
          "page": "docs/law/a.md", "note": ""},
         {"id": "a", "title": "甲", "form": "after", "amount": 15, "unit": "workingDays", "rank": "law",
          "clause": "某法 第一条", "verified": false, "effectiveFrom": "2008-05-01", "effectiveTo": "2019-05-14",
          "page": "docs/law/a.md", "note": ""},
         {"id": "m", "title": "乙", "form": "minimum", "amount": 20, "unit": "calendarDays", "rank": "law",
          "clause": "某法 第二条", "verified": true, "effectiveFrom": "2019-05-15", "between": ["x.one", "x.two"],
          "page": "docs/law/a.md", "note": ""},
         {"id": "p", "title": "丙", "form": "periodic", "amount": 10, "unit": "workingDays", "rank": "document",
          "clause": "某函 一", "verified": true, "effectiveFrom": "2019-05-15", "period": "quarter",
          "page": "docs/law/a.md", "note": ""},
         {"id": "w", "title": "丁", "form": "with", "rank": "document",
          "clause": "某函 二", "verified": true, "effectiveFrom": "2019-05-15",
          "page": "docs/law/a.md", "note": ""}],
         "eventKinds": [
         {"kind": "x.one", "title": "一", "namesItem": false, "ends": false, "mayLieAhead": false},
         {"kind": "x.two", "title": "二", "namesItem": false, "ends": false, "mayLieAhead": false}],
         "chains": [
         {"id": "c", "field": "某领域", "title": "流程", "steps": [
          {"event": "x.one", "expected": true},
          {"event": "x.two", "expected": true, "bound": "a", "boundFrom": "x.one"}]}]}
        """

    @Test func `is read whole`() throws {
        let file = try LawFile.parse(Array(Self.good.utf8))
        #expect(file.rules.count == 5)
        #expect(file.chains.first?.steps.last?.bound == "a")
    }

    @Test(arguments: [
        ("\"version\": \"t\"", "\"version\": \"\"", "version"),
        ("{\"version\"", "{\"versions\"", "version"),
        ("\"id\": \"w\"", "\"id\": \"\"", "id is empty"),
        ("\"clause\": \"某函 二\"", "\"clause\": \"\"", "clause is empty"),
        ("\"page\": \"docs/law/a.md\"", "\"page\": \"\"", "page is empty"),
        ("\"form\": \"periodic\"", "\"form\": \"sometimes\"", "sometimes"),
        ("\"unit\": \"workingDays\"", "\"unit\": \"fortnights\"", "fortnights"),
        ("\"amount\": 30, ", "", "needs amount and unit"),
        ("\"unit\": \"calendarDays\", ", "", "needs amount and unit"),
        ("\"amount\": 30", "\"amount\": 401", "401 units"),
        ("\"amount\": 30", "\"amount\": -1", "-1 units"),
        ("\"form\": \"with\"", "\"form\": \"with\", \"amount\": 3", "no number of its own"),
        ("\"period\": \"quarter\",", "", "needs a period"),
        ("2019-05-14", "2019-05-15", "two versions are in force on 2019-05-15"),
        (", \"effectiveTo\": \"2019-05-14\"", "", "two versions are in force on 2019-05-15"),
        ("2019-05-14", "2008-04-30", "ends before it begins"),
        ("2019-05-14", "2019-05-32", "effectiveTo"),
        ("[\"x.one\", \"x.two\"]", "[\"x.one\", \"x.three\"]", "unknown event kind x.three in between"),
        ("[\"x.one\", \"x.two\"]", "[\"x.one\"]", "two event kinds"),
        (" \"between\": [\"x.one\", \"x.two\"],", "", "needs between"),
        ("\"kind\": \"x.two\"", "\"kind\": \"x.one\"", "stands twice"),
        ("{\"event\": \"x.one\"", "{\"event\": \"x.zero\"", "unknown event kind x.zero"),
        ("{\"event\": \"x.one\"", "{\"event\": \"x.two\"", "x.two stands twice"),
        ("\"boundFrom\": \"x.one\"", "\"boundFrom\": \"x.zero\"", "unknown event kind x.zero"),
        (", \"boundFrom\": \"x.one\"", "", "both bound and boundFrom"),
        ("\"bound\": \"a\"", "\"bound\": \"b\"", "unknown rule b"),
        ("\"bound\": \"a\"", "\"bound\": \"m\"", "no limit after an event"),
    ])
    func `is refused whole when one thing is wrong`(_ old: String, _ new: String, _ says: String) throws {
        try #require(Self.good.contains(old))
        let broken = Self.good.replacing(old, with: new, maxReplacements: 1)
        let problem = #expect(throws: LawFileError.self) { try LawFile.parse(Array(broken.utf8)) }
        #expect(problem?.description.contains(says) == true, "\(old) → \(new): \(problem?.description ?? "")")
    }

    @Test func `that repeats a rule word for word is refused`() throws {
        let rule = try #require(Self.good.firstRange(of: #"{"id": "w""#))
        let end = try #require(Self.good[rule.lowerBound...].firstIndex(of: "}"))
        let twice = Self.good.replacing(
            Self.good[rule.lowerBound...end],
            with: Self.good[rule.lowerBound...end] + ", "
                + Self.good[rule.lowerBound...end])
        let problem = #expect(throws: LawFileError.self) { try LawFile.parse(Array(twice.utf8)) }
        #expect(problem?.description.contains("rule w: two versions") == true)
    }
}

@Suite struct `The built-in law` {
    @Test func `has a case for every rule`() throws {
        let choices = try CaseTable("rule-choices").rows + CaseTable("recurring-limits").rows
        let spans = try CaseTable("rule-spans").rows + FamilyCases.rows()
        let families = try CaseTable.families()
        let tried = Set(
            choices.flatMap { $0.list("rules") } + spans.compactMap { $0["rule"] }
                + families.flatMap { $0.list("rule") })
        let rules = Set(try LawFile.builtIn().rules.map(\.id))
        #expect(rules.subtracting(tried) == [])
        #expect(tried.subtracting(rules) == [])
    }

    /// 政府采购法实施条例 art. 43(2) sends the notice and announces the result within the same two working days.
    @Test func `bounds the award notice of procurement from the day on which the winner is fixed`() throws {
        let law = try LawBook.builtIn()
        let chain = try #require(law.chain(containing: "procurement.award_notified"))
        let step = try #require(chain.steps.first { $0.event == "procurement.award_notified" })
        #expect(step.bound == "procurement-result-2wd" && step.boundFrom == "procurement.result_fixed")
        let friday = try #require(Day(2026, 3, 13))
        let rule = try #require(law.rule("procurement-result-2wd", on: friday))
        #expect(rule.verified && rule.clause == "政府采购法实施条例 第四十三条")
    }

    @Test func `bounds the contract from the award notice`() throws {
        let law = try LawBook.builtIn()
        for (field, kind) in [("procurement", "procurement"), ("tendering", "tender")] {
            let chain = try #require(law.chain(containing: kind + ".contract_signed"))
            #expect(chain.id == field)
            let step = try #require(chain.steps.first { $0.event == kind + ".contract_signed" })
            #expect(step.bound == kind + "-contract-sign-30d")
            #expect(step.boundFrom == kind + ".award_notified")
            #expect(chain.steps.last?.event == kind + ".terminated")
            #expect(law.eventKind(kind + ".terminated")?.ends == true)
        }
    }
}
