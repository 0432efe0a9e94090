import CivilTime
import Law
import Testing

@Suite struct `Due days of whole lists` {
    let calendar: WorkCalendar
    /// Every day from 2004 to 2026.
    let days: [Day]

    init() throws {
        calendar = try HolidayYears.builtIn().workCalendar()
        let first = try #require(Day("2004-01-01"))
        let last = try #require(Day("2026-12-31"))
        days = (first.ordinal...last.ordinal).map(Day.init(ordinal:))
    }

    @Test(arguments: CountingCaseTables.all)
    func `agree with the law cases`(_ table: String) throws {
        for row in try CountingCase.table(table) {
            #expect(calendar.dueDay(row.rule, from: row.from) == row.due, "\(row.testDescription)")
            #expect(calendar.dueDays(row.rule, from: [row.from]) == [row.due], "\(row.testDescription)")
        }
    }

    /// The answer found by walking: what a count is, told once more in the plainest way.
    private func walked(_ day: Day, _ amount: Int) -> Day {
        var (found, left) = (day, abs(amount))
        while left > 0 {
            found = found.adding(days: amount.signum())
            if calendar.isWorkingDay(found) { left -= 1 }
        }
        return found
    }

    @Test func `are what walking finds, for every day and every amount from -120 to 120`() {
        // One walk a day answers all amounts of a direction.
        for day in days {
            for sign in [1, -1] {
                var expected = [day]
                while expected.count <= 120 { expected.append(walked(expected[expected.count - 1], sign)) }
                let anchors = [Day](repeating: day, count: 121)
                let amounts = (0...120).map { $0 * sign }
                let found = calendar.dueDays(workingDays: amounts, from: anchors)
                if found != expected { Issue.record("\(day), counted by \(sign)") }
            }
        }
    }

    @Test(arguments: [0, 1, 2, 7, 20, 60, 120])
    func `are what the explained count finds, for every day`(amount: Int) {
        for direction in [CountDirection.after, .before] {
            for countsFirstDay in [false, true] {
                let rule = CountingRule(
                    amount: amount, unit: .workingDays, direction: direction, countsFirstDay: countsFirstDay)
                let found = calendar.dueDays(rule, from: days)
                let isEvery = amount <= 7
                for (place, day) in days.enumerated() where isEvery || place.isMultiple(of: 11) {
                    if found[place] != calendar.dueDate(rule, from: day).due {
                        Issue.record("\(day) \(rule)")
                    }
                }
            }
        }
    }

    @Test func `in calendar days and months roll as the explained count does`() {
        for (unit, amounts) in [(CountUnit.calendarDays, [0, 1, 3, 15, 30]), (.months, [0, 1, 6])] {
            for amount in amounts {
                for direction in [CountDirection.after, .before] {
                    for roll in [RestDayRoll.none, .later, .earlier] {
                        let rule = CountingRule(
                            amount: amount, unit: unit, direction: direction,
                            countsFirstDay: amount.isMultiple(of: 2), roll: roll)
                        let found = calendar.dueDays(rule, from: days)
                        for place in stride(from: 0, to: days.count, by: 13)
                        where found[place] != calendar.dueDate(rule, from: days[place]).due {
                            Issue.record("\(days[place]) \(rule)")
                        }
                    }
                }
            }
        }
    }

    @Test func `go on beyond the table and in a calendar without a notice`() throws {
        let edges = try ["0001-01-01", "2000-12-29", "2001-01-01", "2029-12-20", "2030-01-01", "9999-12-31"]
            .map {
                try #require(Day($0))
            }
        for calendar in [calendar, .unannounced] {
            for amount in [1, 20, 400] {
                for direction in [CountDirection.after, .before] {
                    let rule = CountingRule.usual(amount, .workingDays, direction)
                    #expect(
                        calendar.dueDays(rule, from: edges)
                            == edges.map { calendar.dueDate(rule, from: $0).due })
                }
            }
        }
        #expect(calendar.dueDays(.usual(1, .workingDays), from: []) == [])
        #expect(calendar.dueDays(workingDays: [], from: []) == [])
    }

    @Test func `respect a local festival`() throws {
        let festival = try #require(Day("2026-04-20"))
        let local = calendar.adding(localRestDays: [
            NamedDay(day: festival, isWorking: false, name: "壮族三月三", notice: "广西")
        ])
        let from = try #require(Day("2026-04-17"))
        #expect(local.dueDays(.usual(1, .workingDays), from: [from]) == [festival.adding(days: 1)])
    }
}

enum CountingCaseTables {
    static let all = `Counting a due day`.tables
}
