import CivilTime
import Law
import Testing

/// The tables of cases worked by hand for one family of rules: a limit, or a span between two days.
enum FamilyCases {
    static let families = [
        "environment", "expropriation", "major", "procurement", "tendering", "welfare",
    ]

    static func rows() throws -> [[String: String]] {
        try families.flatMap { try CaseTable($0).rows }
    }
}

@Suite struct `The rules of a family` {
    let law: LawBook

    init() throws { law = try LawBook.builtIn() }

    @Test(arguments: FamilyCases.families)
    func `agree with the cases worked by hand`(_ family: String) throws {
        let rows = try CaseTable(family).rows
        #expect(rows.count >= 9)
        for row in rows {
            let day = try #require(Day(row["day"] ?? ""), "\(row)")
            let rule = law.rule(row["rule"] ?? "", on: day)
            #expect(rule.map { $0.verified ? "yes" : "no" } ?? "" == row["verified"], "\(row)")
            guard row["expected"] != "none" else {
                #expect(rule == nil, "\(row)")
                continue
            }
            try expect(try #require(rule?.counting, "\(row)"), from: day, row)
            // A case under a rule of a family is a rule of its page.
            #expect(rule?.page == "docs/law/\(family).md", "\(row)")
        }
    }

    private func expect(_ counting: CountingRule, from day: Day, _ row: [String: String]) throws {
        let calendar = law.calendar(in: "CN")
        guard row["until"] != "" else {
            #expect(calendar.dueDate(counting, from: day).due.description == row["expected"], "\(row)")
            #expect(row["verdict"] == "", "\(row)")
            return
        }
        let until = try #require(Day(row["until"] ?? ""), "\(row)")
        let check = calendar.check(counting, from: day, through: until)
        #expect(check.limit.due.description == row["expected"], "\(row)")
        #expect((check.isLongEnough ? "lawful" : "too short") == row["verdict"], "\(row)")
    }
}
