extension WorkCalendar {
    /// The due day alone, without its explanation: the day that `dueDate` finds, in constant time.
    ///
    /// As there, the answer is provisional where the count touches a year that no notice covers.
    ///
    /// - Law: as `dueDate(_:from:)`.
    package func dueDay(_ rule: CountingRule, from day: Day) -> Day {
        let counted: Day? =
            switch rule.unit {
            case .workingDays: rule.amount == 0 ? day : table.workingDay(rule.rank, of: day)
            case .calendarDays: rule.lastCalendarDay(from: day)
            case .months: rule.lastDay(ofMonths: rule.amount, from: day)
            }
        guard let counted else { return dueDate(rule, from: day).due }
        return switch rule.roll {
        case .none: counted
        case .later: workingDay(onOrAfter: counted)
        case .earlier: workingDay(onOrBefore: counted)
        }
    }

    /// The due days of many anchor days under one rule, in their order (批量推算).
    ///
    /// - Law: as `dueDate(_:from:)`.
    package func dueDays(_ rule: CountingRule, from days: [Day]) -> [Day] {
        // A last working day needs no roll.
        guard rule.unit == .workingDays, rule.amount > 0 else { return days.map { dueDay(rule, from: $0) } }
        let rank = rule.rank
        return table.workingDays(of: days, rank: { _ in rank }, otherwise: { dueDay(rule, from: days[$0]) })
    }

    /// The due days of many anchor days, each with working days of its own; a negative number counts backward.
    ///
    /// - Law: as `dueDate(_:from:)`; the anchor day does not count (T1).
    /// - Parameters:
    ///   - amounts: one for each day, -400...400.
    package func dueDays(workingDays amounts: [Int], from days: [Day]) -> [Day] {
        precondition(amounts.count == days.count, "each day has an amount of its own")
        return table.workingDays(
            of: days,
            rank: { place in
                let amount = amounts[place]
                precondition(abs(amount) <= CountingRule.amounts.upperBound, "-400...400 working days")
                if amount == 0 { return nil }
                return DayTable.Rank(place: amount > 0 ? 1 : 0, shift: amount > 0 ? amount - 1 : amount)
            },
            otherwise: { place in
                let direction: CountDirection = amounts[place] < 0 ? .before : .after
                let rule = CountingRule(
                    amount: abs(amounts[place]), unit: .workingDays, direction: direction)
                return dueDay(rule, from: days[place])
            })
    }
}

extension CountingRule {
    fileprivate var rank: DayTable.Rank {
        DayTable.Rank(amount: amount, direction: direction, countsFirstDay: countsFirstDay)
    }

    fileprivate func lastCalendarDay(from day: Day) -> Day {
        let days = countsFirstDay && amount > 0 ? amount - 1 : amount
        return day.adding(days: direction == .after ? days : -days)
    }
}
