/// A day that a notice names: a holiday (放假), or a weekend day worked in exchange for one (调休).
package struct NamedDay: Sendable, Hashable {
    package let day: Day
    package let isWorking: Bool
    /// The holiday's name, 春节.
    package let name: String
    /// The notice's number, or its address; nil when not known.
    package let notice: String?

    package init(day: Day, isWorking: Bool, name: String, notice: String?) {
        self.day = day
        self.isWorking = isWorking
        self.name = name
        self.notice = notice
    }
}

/// The days public bodies work, as the State Council (国务院) has announced them year by year.
///
/// Every day can be judged. In a year that no notice covers, weekends and the holidays that the law
/// fixes on a date count as rest days, and the answer is provisional: the lunar holidays and the
/// exchanged weekends of that year are not known yet.
///
/// A notice may name days in December of the year before, so loading a year can change days of its
/// predecessor that were not provisional.
package struct WorkCalendar: Sendable {
    /// Which release of the holiday data this is, `2004-2026`.
    package let version: String
    /// The years that a notice covers.
    package let announcedYears: Set<Int>
    private let named: [Day: NamedDay]
    private let local: [Day: NamedDay]
    let table: DayTable

    /// - Parameters:
    ///   - days: what the notices say, at most once a day. The last one stands for a day named twice.
    ///   - localRestDays: further rest days of one jurisdiction; they win over a make-up working day.
    package init(
        version: String, announcedYears: Set<Int>, days: [NamedDay], localRestDays: [NamedDay] = []
    ) {
        self.version = version
        self.announcedYears = announcedYears
        named = Dictionary(days.map { ($0.day, $0) }, uniquingKeysWith: { _, last in last })
        local = Dictionary(localRestDays.map { ($0.day, $0) }, uniquingKeysWith: { _, last in last })
        table = DayTable(years: announcedYears, named: named, local: local)
    }

    /// No notice at all: weekends and fixed statutory holidays, everything provisional.
    package static let unannounced = WorkCalendar(version: "", announcedYears: [], days: [])

    /// This calendar with further rest days (少数民族习惯节日) of one jurisdiction.
    ///
    /// - Law: 全国年节及纪念日放假办法 art. 4: an autonomous area may set days off for its people's festivals (T14).
    package func adding(localRestDays: [NamedDay]) -> WorkCalendar {
        WorkCalendar(
            version: version, announcedYears: announcedYears, days: Array(named.values),
            localRestDays: Array(local.values) + localRestDays)
    }

    /// Whether a notice covers that year.
    package func isAnnounced(_ year: Int) -> Bool { announcedYears.contains(year) }

    /// Whether the answer for that day rests on weekends and fixed dates alone.
    package func isProvisional(_ day: Day) -> Bool {
        !announcedYears.contains(day.year) && named[day] == nil
    }

    package func isWorkingDay(_ day: Day) -> Bool {
        table.isWorking(day) ?? reason(for: day).isWorking
    }

    /// Why that day is worked or not.
    package func reason(for day: Day) -> DayReason {
        if let rest = local[day] {
            return DayReason(
                day: day, kind: .localHoliday, name: rest.name, notice: rest.notice,
                provisional: isProvisional(day))
        }
        if let word = named[day] {
            return DayReason(
                day: day, kind: word.isWorking ? .makeUpWorkingDay : .holiday, name: word.name,
                notice: word.notice, provisional: false)
        }
        let provisional = !announcedYears.contains(day.year)
        if provisional, let name = StatutoryHoliday.name(of: day) {
            return DayReason(
                day: day, kind: .holiday, name: name, notice: StatutoryHoliday.basis, provisional: true)
        }
        return DayReason(
            day: day, kind: day.isWeekend ? .weekend : .weekday, name: nil, notice: nil,
            provisional: provisional)
    }
}

extension WorkCalendar {
    /// That day, or the first working day after it.
    package func workingDay(onOrAfter day: Day) -> Day {
        if let found = table.workingDay(onOrAfter: day) { return found }
        var candidate = day
        while !isWorkingDay(candidate) { candidate = candidate.adding(days: 1) }
        return candidate
    }

    /// That day, or the last working day before it.
    package func workingDay(onOrBefore day: Day) -> Day {
        if let found = table.workingDay(onOrBefore: day) { return found }
        var candidate = day
        while !isWorkingDay(candidate) { candidate = candidate.adding(days: -1) }
        return candidate
    }

    /// How many working days lie in `first...last`, both included; 0 when `last` is earlier.
    package func workingDays(from first: Day, through last: Day) -> Int {
        guard first <= last else { return 0 }
        if let counted = table.workingDays(from: first, through: last) { return counted }
        return (first.ordinal...last.ordinal).count { isWorkingDay(Day(ordinal: $0)) }
    }

    /// How many working days lie after `day` up to and including `last`; 0 when `last` is not later.
    ///
    /// The days left until a due day: tomorrow is the first.
    package func workingDays(after day: Day, through last: Day) -> Int {
        workingDays(from: day.adding(days: 1), through: last)
    }
}
