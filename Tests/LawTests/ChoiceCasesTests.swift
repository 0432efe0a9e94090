import CivilTime
import Law
import Testing

/// The table of each family of rules (land.csv, mining.csv …): a due day, or the verdict on a span.
@Suite struct `The limits that a clock chooses from` {
    let law: LawBook

    init() throws { law = try LawBook.builtIn() }

    @Test func `agree with the count by hand`() throws {
        let rows = try CaseTable.families()
        #expect(rows.count >= 120)
        for row in rows {
            let trigger = try #require(Day(row["trigger"] ?? ""), "\(row)")
            #expect(row["why"]?.isEmpty == false, "\(row)")
            if let until = Day(row["until"] ?? "") {
                try expect(from: trigger, through: until, row)
            } else {
                try expect(from: trigger, row)
            }
        }
    }

    /// Of several rules the one that governs is named first.
    private func expect(from trigger: Day, _ row: [String: String]) throws {
        let choice = law.choose(row.list("rule"), trigger: trigger, in: "CN")
        #expect(choice.dueDate?.due.description ?? "none" == row["expected"], "\(row)")
        #expect(choice.rule.map { $0.verified ? "yes" : "no" } ?? "" == row["verified"], "\(row)")
        #expect(choice.rule.map { $0.id == row.list("rule").first } ?? true, "\(row)")
    }

    private func expect(from start: Day, through end: Day, _ row: [String: String]) throws {
        let rule = try #require(law.rule(row["rule"] ?? "", on: start), "\(row)")
        #expect(rule.between?.count == 2, "\(row)")
        #expect((rule.verified ? "yes" : "no") == row["verified"], "\(row)")
        let counting = try #require(rule.counting, "\(row)")
        let check = law.calendar(in: "CN").check(counting, from: start, through: end)
        let verdict =
            check.isLongEnough
            ? "lawful" : (check.failsOnlyByRestDay ? "rest day" : "short by \(check.shortBy)")
        #expect(verdict == row["expected"], "\(row)")
    }
}
