import CivilTime

/// Days laid along a line of a drawing (时间轴).
struct TimeScale: Sendable {
    let days: ClosedRange<Day>
    /// In the units of the drawing.
    let line: ClosedRange<Int>

    /// - Parameters:
    ///   - days: what is drawn, in any order; a little room is left on both sides.
    /// - Returns: nil when there is no day.
    init?(of days: [Day], along line: ClosedRange<Int>) {
        guard let first = days.min(), let last = days.max() else { return nil }
        let room = max(2, first.days(until: last) / 25)
        self.days = first.adding(days: -room)...last.adding(days: room)
        self.line = line
    }

    func x(_ day: Day) -> Int {
        let whole = days.lowerBound.days(until: days.upperBound)
        let part = days.lowerBound.days(until: day)
        return line.lowerBound + (part * (line.upperBound - line.lowerBound) + whole / 2) / whole
    }

    struct Tick: Sendable, Hashable {
        let day: Day
        let label: String
    }

    /// At most six firsts of months, as far apart as the span demands; the first and each January say their year.
    var ticks: [Tick] {
        let months = firsts
        let step = TimeScale.steps.first { months.count / $0 <= 5 } ?? months.count
        let shown = months.filter { (($0.year * 12) + $0.month - 1).isMultiple(of: step) }
        return shown.map { Tick(day: $0, label: label($0, isFirst: $0 == shown.first, isYear: step > 6)) }
    }

    private func label(_ day: Day, isFirst: Bool, isYear: Bool) -> String {
        if day.month == 1 || isYear { return "\(day.year)年" }
        return isFirst ? "\(day.year)年\(day.month)月" : "\(day.month)月"
    }

    /// Months between two ticks.
    private static let steps = [1, 2, 3, 6, 12, 24, 60, 120, 240]

    private var firsts: [Day] {
        var day = days.lowerBound.adding(days: 1 - days.lowerBound.dayOfMonth)
        var firsts: [Day] = []
        while day <= days.upperBound, firsts.count < 6_000 {
            if day >= days.lowerBound { firsts.append(day) }
            day = day.adding(months: 1)
        }
        return firsts
    }
}
