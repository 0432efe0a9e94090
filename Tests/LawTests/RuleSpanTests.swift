import CivilTime
import Law
import Testing

@Suite struct `The span between two steps` {
    let law: LawBook

    init() throws { law = try LawBook.builtIn() }

    @Test func `agrees with the law cases`() throws {
        let rows = try CaseTable("rule-spans").rows
        #expect(rows.count >= 40)
        for row in rows {
            let start = try #require(Day(row["start"] ?? ""), "\(row)")
            let end = try #require(Day(row["end"] ?? ""), "\(row)")
            let rule = try #require(law.rule(row["rule"] ?? "", on: start), "\(row)")
            #expect(rule.between?.count == 2, "\(row)")
            let counting = try #require(rule.counting, "\(row)")
            let check = law.calendar(in: "CN").check(counting, from: start, through: end)
            #expect(check.isLongEnough == (row["lawful"] == "yes"), "\(row)")
            #expect(check.shortBy == Int(row["short by"] ?? ""), "\(row)")
            #expect(check.limit.due.description == row["limit"], "\(row)")
        }
    }
}
