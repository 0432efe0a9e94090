import CivilTime
import LedgerTesting
import Testing

@testable import Obligations
@testable import Portal

@Suite struct `Whether an event happened` {
    private func occurrence(
        _ basis: DayBasis, day: Day, paper: Day? = nil, recorded: String = "2026-03-01T02:00:00Z",
        mayLieAhead: Bool = true, today: Day = "2026-03-20"
    ) -> Occurrence {
        Occurrence(
            Event(
                id: "e", root: "e", kind: "procurement.bid_opening", item: "", body: "b", jurisdiction: "SX",
                project: "", lot: "", period: "", day: day, time: "", basis: basis, evidence: "",
                evidenceEdition: "", recordedAt: recorded, recordedBy: "clerk", state: .current, reason: ""),
            mayLieAhead: mayLieAhead, paper: paper, today: today)
    }

    @Test func `is planned as long as its day lies ahead, whatever names it`() {
        for basis in DayBasis.allCases {
            #expect(occurrence(basis, day: "2026-03-21", paper: "2026-03-01") == .planned)
        }
    }

    /// Today is 2026-03-20, the event's day 2026-03-10.
    @Test(arguments: [
        (DayBasis.stated, "2026-03-09" as Day?, Occurrence.announced), (.stated, "2026-03-10", .happened),
        (.stated, "2026-03-12", .happened), (.stated, nil, .announced), (.document, "2026-03-09", .announced),
        (.inferred, "2026-03-09", .happened),
    ])
    func `rests on the day of the paper that names it`(basis: DayBasis, paper: Day?, expected: Occurrence) {
        #expect(occurrence(basis, day: "2026-03-10", paper: paper) == expected)
    }

    /// 16:00 UTC is midnight in Asia/Shanghai.
    @Test(arguments: [
        ("2026-03-09T15:59:59Z", Occurrence.announced), ("2026-03-09T16:00:00Z", .happened),
        ("2026-03-11T02:00:00Z", .happened),
    ])
    func `rests on the day of recording where there is no paper`(recorded: String, expected: Occurrence) {
        #expect(occurrence(.document, day: "2026-03-10", recorded: recorded) == expected)
    }

    @Test func `is never in doubt for kinds that cannot be recorded beforehand`() {
        #expect(
            occurrence(.stated, day: "2026-03-10", paper: "2026-03-09", mayLieAhead: false) == .happened)
    }

    @Test func `is what the best record of a step says`() {
        #expect([Occurrence.planned, .announced, .happened].best == .happened)
        #expect([Occurrence.planned, .announced].best == .announced)
        #expect([Occurrence.planned].best == .planned)
        #expect([Occurrence]().best == nil)
    }
}
