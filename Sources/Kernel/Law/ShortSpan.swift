import CivilTime

/// A period between two days that is shorter than a rule demands (期间不足), and by which reading.
///
/// What is short by every reading is one thing; what practice counts as enough and the strict count does not is another.
package struct ShortSpan: Sendable, Hashable {
    package enum Reading: String, Sendable, Hashable {
        /// Too short by every reading.
        case short
        /// Long enough only when its first day counts.
        case firstDay = "first-day"
        /// Long enough, but its last day is a rest day, beyond which art. 203 moves it.
        case restDay = "rest-day"
    }

    package let rule: TimeRule
    package let reading: Reading
    /// The strict count.
    package let check: DurationCheck
    /// As it is printed or recorded: the first day may be a day later than the one from which is counted.
    let from: Day

    package var isByEveryReading: Bool { reading == .short }
    /// The rest-day reading stands in no special law: a court might read it otherwise.
    package var verified: Bool { rule.verified && reading != .restDay }
    /// `tender-bid-20d.short`.
    package var code: String { "\(rule.id).\(reading.rawValue)" }

    package var values: [String: String] {
        [
            "from": "\(from)", "to": "\(check.end)", "have": "\(check.have)", "need": "\(check.need)",
            "earliestEnd": "\(check.limit.due)",
        ]
    }

    /// One Chinese sentence.
    ///
    /// - Parameter span: what it is about: 公告载明的期间.
    package func sentence(about span: String) -> String {
        let scope = rule.scope.map { "（适用于\($0)）" } ?? ""
        let days = rule.unit == .workingDays ? "个工作日" : "日"
        let whole = "\(span)\(from)至\(check.end)"
        switch (reading, rule.form == .before) {
        case (.short, false):
            return "\(whole)只有\(check.have)\(days)，少于\(check.need)\(days)；最早应至\(check.limit.due)\(scope)。"
        case (.short, true):
            return "\(whole)只有\(check.have)\(days)，少于\(check.need)\(days)；最迟应自\(check.limit.due)起\(scope)。"
        case (.firstDay, false):
            return
                "\(whole)计入开始的当日方满\(check.need)\(days)；依民法典第二百零一条开始的当日不计入，最早应至\(check.limit.due)\(scope)。"
        case (.firstDay, true):
            return "\(whole)计入截止的当日方满\(check.need)\(days)；截止的当日不计入，最迟应自\(check.limit.due)起\(scope)。"
        case (.restDay, false):
            return
                "\(whole)满\(check.need)\(days)，但最后一日是休息日；依民法典第二百零三条顺延，应至\(check.limit.due)\(scope)。"
        case (.restDay, true):
            return "\(whole)满\(check.need)\(days)，但倒数的最后一日是休息日；提前至工作日，最迟应自\(check.limit.due)起\(scope)。"
        }
    }
}

extension TimeRule {
    /// How the period between two days falls short of the rule; nil when it does not.
    ///
    /// - Law: 民法典 art. 201 and 203 for the counting.
    /// - Parameters:
    ///   - first: the first day, as printed or recorded.
    ///   - last: the last day.
    ///   - dayZero: the day from which is counted and which is not counted itself; `first` unless told otherwise.
    package func shortSpan(
        from first: Day, through last: Day, dayZero: Day? = nil, by calendar: WorkCalendar
    ) -> ShortSpan? {
        guard let counting, form == .minimum || form == .before else { return nil }
        let strict = calendar.check(counting, from: dayZero ?? first, through: last)
        if strict.isLongEnough { return nil }
        let inclusive = CountingRule(
            amount: counting.amount, unit: counting.unit, direction: counting.direction, countsFirstDay: true,
            roll: .none)
        let reading: ShortSpan.Reading =
            strict.failsOnlyByRestDay
            ? .restDay
            : calendar.check(inclusive, from: first, through: last).isLongEnough ? .firstDay : .short
        return ShortSpan(rule: self, reading: reading, check: strict, from: first)
    }
}
