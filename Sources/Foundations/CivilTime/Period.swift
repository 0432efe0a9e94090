/// How long the periods of a periodic duty are.
package enum PeriodLength: String, Sendable, Hashable, Codable, CaseIterable {
    case month, quarter, halfYear, year

    var months: Int {
        switch self {
        case .month: 1
        case .quarter: 3
        case .halfYear: 6
        case .year: 12
        }
    }
}

/// A month, quarter, half-year or year of the civil calendar: `2026-10`, `2026-Q3`, `2026-H1`, `2026`.
package struct Period: Sendable, Hashable, Comparable, CustomStringConvertible {
    package let length: PeriodLength
    package let first: Day

    /// The period of that length in which the day lies.
    package init(_ length: PeriodLength, containing day: Day) {
        self.length = length
        let monthsIn = (day.month - 1) % length.months
        first = day.adding(days: 1 - day.dayOfMonth).adding(months: -monthsIn)
    }

    /// Reads a period's name, `2026-10`, `2026-Q3`, `2026-H1` or `2026`; nil for anything else.
    package init?(_ name: some StringProtocol) {
        let parts = name.split(separator: "-", omittingEmptySubsequences: false)
        guard let year = parts.first, parts.count <= 2 else { return nil }
        let part = parts.count == 2 ? String(parts[1]) : nil
        let start: (length: PeriodLength, month: String)? =
            switch part {
            case nil: (.year, "01")
            case "Q1": (.quarter, "01")
            case "Q2": (.quarter, "04")
            case "Q3": (.quarter, "07")
            case "Q4": (.quarter, "10")
            case "H1": (.halfYear, "01")
            case "H2": (.halfYear, "07")
            case .some(let month): (.month, month)
            }
        guard let start, let day = Day("\(year)-\(start.month)-01") else { return nil }
        self.init(start.length, containing: day)
    }

    package var last: Day { first.adding(months: length.months).adding(days: -1) }
    package var next: Period { Period(length, containing: last.adding(days: 1)) }
    package var previous: Period { Period(length, containing: first.adding(days: -1)) }

    package var description: String {
        let month = String(first.description.prefix(7))
        let year = String(first.description.prefix(4))
        return switch length {
        case .month: month
        case .quarter: "\(year)-Q\(first.month / 3 + 1)"
        case .halfYear: "\(year)-H\(first.month / 6 + 1)"
        case .year: year
        }
    }

    package static func < (left: Period, right: Period) -> Bool {
        (left.first, left.length.months) < (right.first, right.length.months)
    }

    /// The periods that end on `first...last`, earliest first; empty when `last` is earlier.
    package static func ending(_ length: PeriodLength, from first: Day, through last: Day) -> [Period] {
        var periods: [Period] = []
        var period = Period(length, containing: first)
        while period.last <= last {
            if period.last >= first { periods.append(period) }
            period = period.next
        }
        return periods
    }
}

/// A duty that returns with every period, due so long after the period's end (季度终了后…个工作日内).
package struct PeriodRule: Sendable, Hashable, Codable {
    package let every: PeriodLength
    /// Counted from the period's last day, so day 1 is the first day after the period.
    package let rule: CountingRule

    package init(every: PeriodLength, rule: CountingRule) {
        self.every = every
        self.rule = rule
    }
}

extension WorkCalendar {
    /// The due day of the duty for that period.
    ///
    /// - Law: 民法典 art. 201(1): the period's last day is the day of the event and does not count (T1).
    package func dueDate(_ rule: PeriodRule, for period: Period) -> DueDate {
        dueDate(rule.rule, from: period.last)
    }

    /// The duty's periods that end on `first...last`, each with its due day, earliest first.
    package func dueDates(
        _ rule: PeriodRule, endingFrom first: Day, through last: Day
    ) -> [(period: Period, dueDate: DueDate)] {
        Period.ending(rule.every, from: first, through: last).map { ($0, dueDate(rule, for: $0)) }
    }
}
