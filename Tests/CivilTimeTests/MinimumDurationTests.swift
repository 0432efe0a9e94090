import CivilTime
import Law
import Testing

@Suite struct `A minimum duration` {
    let calendar: WorkCalendar

    init() throws { calendar = try HolidayYears.builtIn().workCalendar() }

    @Test func `agrees with the law cases`() throws {
        let rows = LawCases.rows("minimum-durations")
        #expect(rows.count >= 12)
        for row in rows {
            let start = try #require(Day(row["start"] ?? ""))
            let end = try #require(Day(row["end"] ?? ""))
            let check = calendar.check(try CountingRule(row), from: start, through: end)
            #expect(check.isLongEnough == (row["lawful"] == "yes"), "\(row)")
            #expect(check.have == Int(row["have"] ?? ""), "\(row)")
            #expect(check.shortBy == Int(row["short by"] ?? ""), "\(row)")
            #expect(check.limit.due.description == row["earliest"], "\(row)")
        }
    }

    @Test func `says when only a rest day stands against it`() throws {
        let start = try #require(Day("2026-03-12"))
        let sunday = try #require(Day("2026-03-15"))
        #expect(calendar.check(.usual(3, .calendarDays), from: start, through: sunday).failsOnlyByRestDay)
        let saturday = try #require(Day("2026-03-14"))
        #expect(!calendar.check(.usual(3, .calendarDays), from: start, through: saturday).failsOnlyByRestDay)
    }

    @Test func `counted backward gives the latest lawful start`() throws {
        let start = try #require(Day("2026-03-14"))
        let deadline = try #require(Day("2026-03-30"))
        let check = calendar.check(.usual(15, .calendarDays, .before), from: start, through: deadline)
        #expect(check.have == 16)
        #expect(check.limit.due == Day("2026-03-13"))
        #expect(check.failsOnlyByRestDay)
    }
}
