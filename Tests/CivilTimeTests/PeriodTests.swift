import CivilTime
import Law
import Testing

@Suite struct `A periodic duty` {
    let calendar: WorkCalendar

    init() throws { calendar = try HolidayYears.builtIn().workCalendar() }

    @Test func `is due so many working days after its period`() throws {
        let rows = LawCases.rows("periods")
        #expect(rows.count >= 7)
        for row in rows {
            let period = try #require(Period(row["period"] ?? ""))
            let amount = try #require(Int(row["working days"] ?? ""))
            let rule = PeriodRule(every: period.length, rule: .usual(amount, .workingDays))
            let due = calendar.dueDate(rule, for: period)
            #expect(due.due.description == row["due"], "\(row)")
            #expect(due.provisional == (row["provisional"] == "yes"), "\(row)")
        }
    }

    @Test func `lists the periods that end between two days`() throws {
        let first = try #require(Day("2025-11-30"))
        let last = try #require(Day("2026-03-30"))
        let months = Period.ending(.month, from: first, through: last).map(\.description)
        #expect(months == ["2025-11", "2025-12", "2026-01", "2026-02"])
        let quarters = Period.ending(.quarter, from: first, through: last).map(\.description)
        #expect(quarters == ["2025-Q4"])
        #expect(Period.ending(.year, from: first, through: last).map(\.description) == ["2025"])
        #expect(Period.ending(.halfYear, from: first, through: last).map(\.description) == ["2025-H2"])
        #expect(Period.ending(.month, from: last, through: first) == [])
        let rule = PeriodRule(every: .quarter, rule: .usual(10, .workingDays))
        let dues = calendar.dueDates(rule, endingFrom: first, through: last)
        #expect(dues.map(\.dueDate.due) == [Day("2026-01-15")])
    }

    @Test(arguments: [
        "2026-10", "2024-02", "2026-Q1", "2026-Q3", "2026-Q4", "2026-H1", "2026-H2", "2026", "0001-01",
    ])
    func `is named as it is read`(_ name: String) throws {
        #expect(try #require(Period(name)).description == name)
    }

    @Test(arguments: [
        "", "2026-13", "2026-00", "2026-Q5", "2026-Q0", "2026-q3", "2026-", "26-10", "2026-10-01", "2026-1",
        "H1",
    ])
    func `is not read from anything else`(_ name: String) {
        #expect(Period(name) == nil)
    }

    @Test func `knows its first and last day`() throws {
        let february = try #require(Period("2024-02"))
        #expect(february.first == Day("2024-02-01"))
        #expect(february.last == Day("2024-02-29"))
        let quarter = try #require(Period("2026-Q4"))
        #expect(quarter.last == Day("2026-12-31"))
        #expect(quarter.next.description == "2027-Q1")
        #expect(quarter.previous.description == "2026-Q3")
        #expect(quarter < quarter.next)
    }
}
