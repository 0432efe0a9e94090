import CivilTime
import Law

/// The days of the demonstration, counted in working days from today, so that every state is reached on any day.
struct DemoDays: Sendable {
    let today: Day
    /// The first day of both ledgers: the first working day of the month fourteen months ago.
    let start: Day
    let calendar: WorkCalendar

    init(today: Day, calendar: WorkCalendar) {
        self.today = today
        self.calendar = calendar
        let month = today.adding(months: -14)
        start = calendar.workingDay(onOrAfter: month.adding(days: 1 - month.dayOfMonth))
    }

    /// The working day that many before today; after today when negative. 0 is today itself, worked or not.
    func before(_ workingDays: Int) -> Day {
        moved(from: today, by: -workingDays)
    }

    /// The working day that many after a day; 0 is the day itself.
    func after(_ day: Day, _ workingDays: Int) -> Day {
        moved(from: day, by: workingDays)
    }

    private func moved(from day: Day, by workingDays: Int) -> Day {
        let towards = workingDays < 0 ? -1 : 1
        var day = day
        var left = abs(workingDays)
        while left > 0 {
            day = day.adding(days: towards)
            if calendar.isWorkingDay(day) { left -= 1 }
        }
        return day
    }
}

extension Day {
    /// 2026年10月8日
    var printed: String { "\(year)年\(month)月\(dayOfMonth)日" }
}

extension Period {
    /// 2026年10月, 2026年第三季度
    var printed: String {
        switch length {
        case .month: "\(first.year)年\(first.month)月"
        case .quarter: "\(first.year)年第\(["一", "二", "三", "四"][first.month / 3])季度"
        case .halfYear: "\(first.year)年\(first.month == 1 ? "上" : "下")半年"
        case .year: "\(first.year)年"
        }
    }
}
