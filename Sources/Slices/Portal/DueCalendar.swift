import CivilTime
import Counting
import Law
import Obligations
import Web

/// `GET /due`: a month of due days, with how many obligations fall due on each. `.json`, `.csv`; `GET /due.ics` gives the
/// coming ones to a calendar program.
///
/// Open to anyone. `month=2026-12`, this month unless said, in the years that have a calendar; the conditions of the list
/// of obligations but its states and days. Counted is what is not settled: what was published or decided is not.
struct DueCalendar {
    let room: ReadingRoom

    struct Value: Encodable, Sendable {
        /// Today.
        let day: Day
        let month: String
        /// The whole month, days on which nothing is due among them.
        let days: [DueDay]
        /// Of the whole month, by state.
        let counts: [String: Int]
        let overdueUnverified: Int
    }

    struct DueDay: Encodable, Sendable {
        let calendar: CalendarYear.DayRow
        /// By state; states without any are left out.
        let counts: [String: Int]
        /// Past their day under rules that nobody has verified, and so not among `counts`.
        let overdueUnverified: Int

        private enum CodingKeys: CodingKey {
            case day, weekday, working, kind, name, provisional, counts, overdueUnverified
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(calendar.day, forKey: .day)
            try container.encode(calendar.weekday, forKey: .weekday)
            try container.encode(calendar.working, forKey: .working)
            try container.encode(calendar.kind, forKey: .kind)
            try container.encode(calendar.name, forKey: .name)
            try container.encode(calendar.provisional, forKey: .provisional)
            try container.encode(counts, forKey: .counts)
            try container.encode(overdueUnverified, forKey: .overdueUnverified)
        }

        var total: Int { counts.values.reduce(0, +) + overdueUnverified }
    }

    /// A question with the names of what it asks about, and the choices of the form.
    struct Found: Sendable {
        let value: Value
        let question: ObligationList.Question
        let names: [(label: String, name: String)]
        let jurisdictions: [(code: String, name: String)]
        let fields: [String]
    }

    func add(to routes: Routes) {
        routes.get("due", taking: ObligationList.Question.places + ["month"], refusing: ["on"]) {
            request in
            try request.refusePastDay()
            let asked = try ObligationList.Question(request)
            let month = try CalendarMonth(asked: request.query.text("month")) ?? CalendarMonth(room.today())
            let found = try await room.read { try look(asked, month, $0) }
            return Answer(
                DueCalendarBody(found: found, month: month).page, data: found.value,
                table: { CSVTable.due(found.value) }, meantFor: .everyone)
        }
    }

    private func look(
        _ asked: ObligationList.Question, _ month: CalendarMonth, _ reading: Reading
    ) throws -> Found {
        let question = try asked.resolved(reading)
        var filter = question.filter(reading).with(state: nil)
        (filter.dueFrom, filter.dueTo) = (nil, nil)
        var names = reading.names()
        try names.learnJurisdictions()
        try names.learn(bodies: [question.body].compactMap(\.self))
        try names.learn(items: [question.item].compactMap(\.self))
        try names.learn(projects: [question.project].compactMap(\.self))
        let known: [(String, String?)] = [
            ("公开主体", question.body.map(names.body)), ("事项", question.item.map { names.itemTitle($0) }),
            ("项目", question.project.map(names.project)), ("领域", question.field),
            ("地区", question.jurisdiction.map(names.jurisdiction)),
        ]
        return Found(
            value: try value(filter, month, reading), question: question,
            names: known.compactMap { label, name in name.map { (label, $0) } },
            jurisdictions: try reading.jurisdictionsThatOwe().map { ($0, names.jurisdiction($0)) },
            fields: try reading.fieldsThatOwe())
    }

    private func value(_ filter: ObligationFilter, _ month: CalendarMonth, _ reading: Reading) throws -> Value
    {
        let counted = try reading.countsByDue(filter, days: month.days)
        let calendar = filter.jurisdiction.map { reading.law.calendar(in: $0) } ?? reading.law.calendar
        let days = (month.first.ordinal...month.last.ordinal).map { ordinal -> DueDay in
            let counts = counted[Day(ordinal: ordinal)]
            let states = counts?.byState.filter { $0.value > 0 } ?? [:]
            return DueDay(
                calendar: CalendarYear.DayRow(calendar.reason(for: Day(ordinal: ordinal))),
                counts: Dictionary(uniqueKeysWithValues: states.map { ($0.key.rawValue, $0.value) }),
                overdueUnverified: filter.includesUnverified ? 0 : counts?.overdueUnverified ?? 0)
        }
        var whole: [String: Int] = [:]
        for day in days { whole.merge(day.counts, uniquingKeysWith: +) }
        return Value(
            day: reading.day, month: month.description, days: days, counts: whole,
            overdueUnverified: days.map(\.overdueUnverified).reduce(0, +))
    }
}

/// A month of a year that has a calendar (月份).
struct CalendarMonth: Sendable, Hashable, CustomStringConvertible {
    let first: Day

    init(_ day: Day) {
        first = day.adding(days: 1 - day.dayOfMonth)
    }

    /// `2026-12`.
    ///
    /// - Returns: nil when none is asked for.
    init?(asked: String?) throws {
        guard let asked else { return nil }
        guard asked.utf8.count == 7, let first = Day(asked + "-01"),
            CalendarYear.years.contains(first.year)
        else {
            throw Problem(
                .invalid, code: "month-unreadable",
                detail:
                    "月份（month）应如 2026-12，\(CalendarYear.years.lowerBound) 至 \(CalendarYear.years.upperBound) 年。"
            )
        }
        self.first = first
    }

    var last: Day { first.endOfMonth }
    var days: ClosedRange<Day> { first...last }
    var description: String { String(first.description.prefix(7)) }
    var title: String { "\(first.year)年\(first.month)月" }

    /// - Returns: nil beyond the years that have a calendar.
    func adding(_ months: Int) -> CalendarMonth? {
        let other = CalendarMonth(first.adding(months: months))
        return CalendarYear.years.contains(other.first.year) ? other : nil
    }
}

extension CSVTable {
    fileprivate static func due(_ value: DueCalendar.Value) -> CSVTable {
        let states = DueCalendarBody.states
        return CSVTable(
            columns: ["日期", "星期", "工作日", "类别", "名称"] + states.map(\.title) + ["规则待核实"],
            rows: value.days.map { day in
                [
                    day.calendar.day.description, day.calendar.weekday, day.calendar.working ? "1" : "0",
                    day.calendar.kindName, day.calendar.name.value ?? "",
                ] + states.map { String(day.counts[$0.rawValue] ?? 0) } + [String(day.overdueUnverified)]
            })
    }
}
