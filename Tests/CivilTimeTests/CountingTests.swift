import CivilTime
import Law
import Testing

@Suite struct `Counting a due day` {
    static let tables = [
        "civil-code-201", "civil-code-202", "civil-code-203", "working-days", "backward-limits",
        "provisional",
    ]
    let calendar: WorkCalendar

    init() throws { calendar = try HolidayYears.builtIn().workCalendar() }

    @Test(arguments: tables)
    func `agrees with the law cases`(_ table: String) throws {
        let cases = try CountingCase.table(table)
        #expect(cases.count >= 8, "the table \(table) is missing or cut")
        for row in cases {
            let due = calendar.dueDate(row.rule, from: row.from)
            #expect(due.due == row.due, "\(table): \(row.testDescription)")
            #expect(due.provisional == row.provisional, "\(table): \(row.testDescription)")
        }
    }

    @Test(arguments: tables)
    func `explains itself from the anchor to the due day`(_ table: String) throws {
        for row in try CountingCase.table(table) {
            let due = calendar.dueDate(row.rule, from: row.from)
            #expect(due.steps.first?.kind == .anchor)
            #expect(due.steps.first?.day == row.from)
            #expect(due.steps.last?.kind == .due)
            #expect(due.steps.last?.day == due.due)
            #expect(due.steps.filter { $0.kind == .anchor || $0.kind == .due }.count == 2)
            #expect(due.steps.compactMap(\.count) == Array(0..<row.rule.amount).map { $0 + 1 })
            if row.rule.unit != .months {
                // Every day between stands there, in order, once.
                let days = due.steps.dropLast().map(\.day.ordinal)
                for (day, next) in zip(days, days.dropFirst()) where row.rule.roll != .later {
                    #expect(abs(next - day) == 1, "\(row.testDescription)")
                }
            }
        }
    }

    @Test func `names each holiday, each worked weekend and the notice behind it`() throws {
        let from = try #require(Day("2026-02-10"))
        let due = calendar.dueDate(.usual(7, .workingDays), from: from)
        let notice = "国办发明电〔2025〕7号"
        var expected: [DueStep] = []
        func add(_ iso: String, _ kind: DueStep.Kind, _ count: Int? = nil, _ name: String? = nil) throws {
            expected.append(
                DueStep(
                    day: try #require(Day(iso)), kind: kind, count: count, name: name,
                    notice: name == nil ? nil : notice))
        }
        try add("2026-02-10", .anchor)
        try add("2026-02-11", .counted, 1)
        try add("2026-02-12", .counted, 2)
        try add("2026-02-13", .counted, 3)
        try add("2026-02-14", .makeUpWorkingDay, 4, "春节")
        for day in 15...23 { try add("2026-02-\(day)", .holiday, nil, "春节") }
        try add("2026-02-24", .counted, 5)
        try add("2026-02-25", .counted, 6)
        try add("2026-02-26", .counted, 7)
        try add("2026-02-26", .due)
        #expect(due.steps == expected)
    }

    @Test func `shows how the end moved off a holiday`() throws {
        let from = try #require(Day("2026-09-22"))
        let due = calendar.dueDate(.usual(13, .calendarDays), from: from)
        let tail = due.steps.suffix(5).map { "\($0.day) \($0.kind.rawValue) \($0.count ?? 0)" }
        #expect(
            tail == [
                "2026-10-05 holiday 13", "2026-10-06 holiday 0", "2026-10-07 holiday 0",
                "2026-10-08 rolled 0",
                "2026-10-08 due 0",
            ])
    }

    @Test func `keeps four hundred days complete`() throws {
        let from = try #require(Day("2025-01-01"))
        let due = calendar.dueDate(.usual(400, .calendarDays), from: from)
        #expect(due.steps.compactMap(\.count) == Array(1...400))
        #expect(due.due == Day("2026-02-05"))
        let worked = calendar.dueDate(.usual(400, .workingDays), from: from)
        #expect(worked.steps.compactMap(\.count) == Array(1...400))
    }

    @Test func `says which years it had to guess`() throws {
        let from = try #require(Day("2026-12-10"))
        let due = calendar.dueDate(.usual(20, .workingDays), from: from)
        #expect(due.unannouncedYears == [2027])
        #expect(due.caution?.contains("2027") == true)
        #expect(due.caution?.contains("春节") == true)
        let announced = calendar.dueDate(.usual(15, .workingDays), from: from)
        #expect(announced.unannouncedYears == [])
        #expect(announced.caution == nil)
    }

    @Test func `survives the edges of the calendar`() throws {
        let first = try #require(Day("0001-01-01"))
        let last = try #require(Day("9999-12-31"))
        for day in [first, last] {
            for unit in [CountUnit.workingDays, .calendarDays, .months] {
                for direction in [CountDirection.after, .before] {
                    #expect(calendar.dueDate(.usual(400, unit, direction), from: day).provisional)
                }
            }
        }
    }

    @Test func `a local festival is a rest day only where it is one`() throws {
        let festival = try #require(Day("2026-04-20"))
        let rest = NamedDay(day: festival, isWorking: false, name: "壮族三月三", notice: "广西")
        let local = calendar.adding(localRestDays: [rest])
        let from = try #require(Day("2026-04-17"))
        #expect(calendar.dueDate(.usual(1, .workingDays), from: from).due == festival)
        let due = local.dueDate(.usual(1, .workingDays), from: from)
        #expect(due.due == Day("2026-04-21"))
        #expect(due.steps.contains { $0.kind == .holiday && $0.name == "壮族三月三" })
        #expect(!due.provisional)
        #expect(local.reason(for: festival).kind == .localHoliday)
        #expect(local.workingDays(after: from, through: festival) == 0)
    }
}
