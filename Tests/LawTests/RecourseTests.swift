import Law
import Testing

@Suite struct `What the law lets a person do` {
    /// The clause of each road, read in the statutes: who may be told, asked, complained to, and first.
    static let cases: [(Recourse.Situation, Recourse.Addressee, [String])] = [
        (.overdue, .organ, ["第四十七条", "第三条", "第二十七条、第二十九条", "第三十三条", "第五十一条", "第十二条"]),
        (.lapsed, .organ, ["第四十七条", "第三条", "第二十七条、第二十九条", "第三十三条", "第五十一条", "第十二条"]),
        // Nobody is accused of what was not seen: no complaint.
        (.unobserved, .organ, ["第二十七条、第二十九条", "第三十三条", "第十二条"]),
        (.unverified, .organ, ["第二十七条、第二十九条", "第三十三条", "第十二条"]),
        (.open, .organ, ["第二十七条、第二十九条", "第三十三条", "第十二条"]),
        (.withheld, .organ, ["第五十一条", "第二十三条第一款第四项", "第十二条"]),
        (.overdue, .enterprise, ["第五十五条"]), (.unobserved, .enterprise, ["第五十五条"]),
    ]

    @Test(arguments: cases)
    func `rests on these clauses`(
        situation: Recourse.Situation, addressee: Recourse.Addressee, clauses: [String]
    ) throws {
        let roads = try Recourse.roads(in: [situation], about: [addressee])
        #expect(roads.map { String($0.clause.drop { $0 != " " }.dropFirst()) } == clauses)
    }

    @Test func `is known for every situation and kind of body`() throws {
        for situation in Recourse.Situation.allCases {
            for addressee in Recourse.Addressee.allCases {
                #expect(try !Recourse.roads(in: [situation], about: [addressee]).isEmpty)
            }
        }
        let all = try Recourse.builtIn()
        #expect(Set(all.map(\.id)).count == all.count)
    }
}
