extension WorkCalendar {
    /// The due day of a period that starts with `day`, and every day on the way to it.
    ///
    /// Never fails: in years that no notice covers the answer is provisional and says so.
    ///
    /// - Law: 民法典 art. 201(1): the day of the event does not count, day 1 is the next (T1); art. 202: a month
    ///   ends on the corresponding day, or on its last (T5); art. 203(1): a period ending on a rest day ends on
    ///   the next working day (T2). Working days leave out the statutory holidays and the weekends not worked:
    ///   行政复议法 art. 88, 行政处罚法 art. 85, 行政许可法 art. 82 (T6–T8). Nothing in law rolls a backward limit;
    ///   its rule says `earlier` (T12).
    package func dueDate(_ rule: CountingRule, from day: Day) -> DueDate {
        var count = Count(rule: rule, from: day, calendar: self)
        switch rule.unit {
        case .workingDays: count.workingDays()
        case .calendarDays: count.calendarDays()
        case .months: count.months()
        }
        count.roll()
        return count.dueDate()
    }
}

/// A count in progress.
private struct Count {
    let rule: CountingRule
    let anchor: Day
    let calendar: WorkCalendar
    let forward: Int
    /// Where the count stands; after the roll, the due day.
    var day: Day
    var counted = 0
    var steps: [DueStep] = []

    init(rule: CountingRule, from anchor: Day, calendar: WorkCalendar) {
        self.rule = rule
        self.anchor = anchor
        self.calendar = calendar
        forward = rule.direction == .after ? 1 : -1
        day = anchor
        if rule.countsFirstDay, rule.amount > 0 {
            switch rule.unit {
            case .workingDays: counted = calendar.isWorkingDay(anchor) ? 1 : 0
            case .calendarDays: counted = 1
            case .months: break
            }
        }
        add(.anchor, count: counted == 0 ? nil : counted)
    }

    mutating func workingDays() {
        while counted < rule.amount {
            day = day.adding(days: forward)
            let working = calendar.isWorkingDay(day)
            if working { counted += 1 }
            add(nil, count: working ? counted : nil)
        }
    }

    mutating func calendarDays() {
        while counted < rule.amount {
            day = day.adding(days: forward)
            counted += 1
            add(nil, count: counted)
        }
    }

    mutating func months() {
        while counted < rule.amount {
            counted += 1
            day = rule.lastDay(ofMonths: counted, from: anchor)
            add(nil, count: counted)
        }
    }

    mutating func roll() {
        guard rule.roll != .none, !calendar.isWorkingDay(day) else { return }
        let towards = rule.roll == .later ? 1 : -1
        day = day.adding(days: towards)
        while !calendar.isWorkingDay(day) {
            add(nil, count: nil)
            day = day.adding(days: towards)
        }
        add(.rolled, count: nil)
    }

    /// Notes the day where the count stands, as what it is unless told otherwise.
    private mutating func add(_ kind: DueStep.Kind?, count: Int?) {
        let reason = calendar.reason(for: day)
        steps.append(
            DueStep(
                day: day, kind: kind ?? DueStep.Kind(reason.kind), count: count, name: reason.name,
                notice: reason.notice, provisional: reason.provisional))
    }

    mutating func dueDate() -> DueDate {
        add(.due, count: nil)
        let judged = steps[0].count == nil ? steps.dropFirst() : steps[...]
        return DueDate(
            from: anchor, due: day, provisional: judged.contains { $0.provisional }, rule: rule,
            steps: steps)
    }
}

extension CountingRule {
    /// The last day of that many months. With the first day counted, the day before the corresponding one.
    func lastDay(ofMonths months: Int, from anchor: Day) -> Day {
        let forward = direction == .after ? 1 : -1
        let corresponding = anchor.adding(months: months * forward)
        guard countsFirstDay, months > 0, corresponding.dayOfMonth == anchor.dayOfMonth else {
            return corresponding
        }
        return corresponding.adding(days: -forward)
    }
}

extension DueStep.Kind {
    fileprivate init(_ kind: DayReason.Kind) {
        switch kind {
        case .weekday: self = .counted
        case .weekend: self = .weekend
        case .holiday, .localHoliday: self = .holiday
        case .makeUpWorkingDay: self = .makeUpWorkingDay
        }
    }
}
