import CivilTime
import Law

/// A year day by day, as the law counts it (工作日历).
struct CalendarYear: Encodable, Sendable {
    struct DayRow: Encodable, Sendable {
        let day: Day
        let weekday: String
        let kind: DayReason.Kind
        let working: Bool
        let name: OrNull<String>
        let notice: OrNull<String>
        let provisional: Bool

        init(_ reason: DayReason) {
            day = reason.day
            weekday = reason.day.weekdayName
            kind = reason.kind
            working = reason.isWorking
            name = OrNull(reason.name)
            notice = OrNull(reason.notice)
            provisional = reason.provisional
        }
    }

    /// A holiday of the year: its days off, and the weekend days worked for it.
    struct HolidayRow: Encodable, Sendable {
        struct Span: Encodable, Sendable {
            let first: Day
            let last: Day
        }

        let name: String
        let off: [Span]
        let work: [Day]
        let notice: OrNull<String>
        let address: OrNull<String>
        let provisional: Bool
    }

    /// The years that have a page: those since the law on holidays, and as many as anybody asks about.
    static let years = 1949...2099

    /// Today.
    let day: Day
    let year: Int
    /// Whose rest days are counted; null for the whole country.
    let jurisdiction: OrNull<String>
    let jurisdictionName: OrNull<String>
    let calendarVersion: String
    /// False when no notice of that year is loaded.
    let announced: Bool
    let workingDays: Int
    let restDays: Int
    let holidays: [HolidayRow]
    let days: [DayRow]

    init(_ year: Int, in jurisdiction: (code: String, name: String)?, first: Day, _ reading: Reading) {
        let calendar = jurisdiction.map { reading.law.calendar(in: $0.code) } ?? reading.law.calendar
        let last = first.adding(months: 12).adding(days: -1)
        let reasons = (first.ordinal...last.ordinal).map { calendar.reason(for: Day(ordinal: $0)) }
        day = reading.day
        self.year = year
        self.jurisdiction = OrNull(jurisdiction?.code)
        jurisdictionName = OrNull(jurisdiction?.name)
        calendarVersion = reading.law.calendarVersion
        announced = calendar.isAnnounced(year)
        workingDays = calendar.workingDays(from: first, through: last)
        restDays = reasons.count - workingDays
        days = reasons.map(DayRow.init)
        holidays = CalendarYear.holidays(reasons, reading.law)
    }

    /// Days of one name under one notice belong together, in the order in which they begin.
    private static func holidays(_ reasons: [DayReason], _ law: LawBook) -> [HolidayRow] {
        let named = reasons.filter { $0.name != nil }
        var order: [String] = []
        var groups: [String: [DayReason]] = [:]
        for reason in named {
            let key = (reason.name ?? "") + "\n" + (reason.notice ?? "")
            if groups[key] == nil { order.append(key) }
            groups[key, default: []].append(reason)
        }
        return order.compactMap { groups[$0] }.map { days in
            HolidayRow(
                name: days[0].name ?? "", off: spans(days.filter { !$0.isWorking }.map(\.day)),
                work: days.filter(\.isWorking).map(\.day), notice: OrNull(days[0].notice),
                address: OrNull(days[0].notice.flatMap(law.address(ofNotice:))),
                provisional: days.contains(where: \.provisional))
        }
    }

    private static func spans(_ days: [Day]) -> [HolidayRow.Span] {
        var spans: [HolidayRow.Span] = []
        for day in days {
            if let last = spans.last, last.last.adding(days: 1) == day {
                spans[spans.count - 1] = HolidayRow.Span(first: last.first, last: day)
            } else {
                spans.append(HolidayRow.Span(first: day, last: day))
            }
        }
        return spans
    }
}

extension CalendarYear.DayRow {
    /// What the day is, in a word.
    var kindName: String {
        switch kind {
        case .weekday: "工作日"
        case .weekend: "周末"
        case .holiday: "放假"
        case .localHoliday: "地方假日"
        case .makeUpWorkingDay: "调休上班"
        }
    }
}
