/// Whether a span lasts as long as a rule demands: a publicity period (公示期), a bidding period.
package struct DurationCheck: Sendable, Hashable, Codable {
    package let start: Day
    package let end: Day
    /// Units that the span holds: days or working days counted as the rule counts, or whole months.
    package let have: Int
    /// Units that the rule demands.
    package let need: Int
    /// The earliest lawful end, explained; for a rule that counts backward from the end, the latest lawful start.
    package let limit: DueDate

    /// Units missing; 0 when there are enough.
    package var shortBy: Int { max(0, need - have) }
    package var isLongEnough: Bool {
        limit.rule.direction == .after ? end >= limit.due : start <= limit.due
    }
    /// Enough units, but the limit was moved off a rest day, beyond the span.
    package var failsOnlyByRestDay: Bool { shortBy == 0 && !isLongEnough }
    package var provisional: Bool { limit.provisional }
}

extension WorkCalendar {
    /// The earliest day on which a period of at least that length may end, explained.
    ///
    /// - Law: 民法典 art. 201(1), 203(1): a minimum is counted as any period is (T1, T2), and 届满 includes the last
    ///   day (art. 1259, T13). Practice often counts the day of publication: set `countsFirstDay` for it.
    package func minimumEnd(_ rule: CountingRule, from start: Day) -> DueDate {
        dueDate(rule, from: start)
    }

    /// Whether the span from `start` to `end` lasts at least as long as the rule demands.
    ///
    /// - Law: 招标投标法 art. 24, 招标投标法实施条例 art. 16, 54: at least so many days from a day; 民法典 art. 201–203
    ///   for the counting.
    package func check(_ rule: CountingRule, from start: Day, through end: Day) -> DurationCheck {
        DurationCheck(
            start: start, end: end, have: units(of: rule, from: start, through: end), need: rule.amount,
            limit: dueDate(rule, from: rule.direction == .after ? start : end))
    }

    /// The units that the rule finds between the two days; its anchor day counts only if the rule says so.
    private func units(of rule: CountingRule, from start: Day, through end: Day) -> Int {
        let outside = rule.countsFirstDay ? 0 : 1
        let first = rule.direction == .after ? start.adding(days: outside) : start
        let last = rule.direction == .after ? end : end.adding(days: -outside)
        switch rule.unit {
        case .workingDays: return workingDays(from: first, through: last)
        case .calendarDays: return max(0, first.days(until: last) + 1)
        case .months: return months(of: rule, from: start, through: end)
        }
    }

    private func months(of rule: CountingRule, from start: Day, through end: Day) -> Int {
        var whole = 0
        while whole < CountingRule.amounts.upperBound {
            let next = CountingRule(
                amount: whole + 1, unit: .months, direction: rule.direction,
                countsFirstDay: rule.countsFirstDay)
            let reached = dueDate(next, from: rule.direction == .after ? start : end).due
            guard rule.direction == .after ? reached <= end : reached >= start else { break }
            whole += 1
        }
        return whole
    }
}
