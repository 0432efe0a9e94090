/// How a period in hours is counted (按小时计算的期间).
package struct HourRule: Sendable, Hashable, Codable {
    /// From when the hours run.
    package enum Start: String, Sendable, Hashable, Codable {
        /// From the very moment.
        case moment
        /// The hour in which it happened does not count: they run from the next full hour.
        case nextHour
    }

    /// Whole hours, 0...2400.
    package let hours: Int
    package let direction: CountDirection
    package let start: Start

    /// A hundred days; a longer limit is one of days.
    package static let range = 0...2400

    /// - Parameters:
    ///   - hours: more than 2400 is a mistake in the program.
    package init(hours: Int, direction: CountDirection = .after, start: Start = .moment) {
        precondition(HourRule.range.contains(hours), "an hour rule counts 0...2400 hours, not \(hours)")
        self.hours = hours
        self.direction = direction
        self.start = start
    }

    private enum CodingKeys: CodingKey { case hours, direction, start }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        hours = try container.decode(Int.self, forKey: .hours)
        guard HourRule.range.contains(hours) else {
            throw DecodingError.dataCorruptedError(
                forKey: .hours, in: container,
                debugDescription: "an hour rule counts 0...2400 hours, not \(hours)")
        }
        direction = try container.decode(CountDirection.self, forKey: .direction)
        start = try container.decode(Start.self, forKey: .start)
    }
}

/// The last moment of a period in hours, with what each civil day gave to it.
package struct HourDue: Sendable, Hashable {
    /// The part of the period that lies in one day of Beijing.
    package struct Step: Sendable, Hashable {
        package let day: Day
        /// Seconds of the period in that day, 1...86400.
        package let seconds: Int
    }

    /// What happened.
    package let anchor: Instant
    /// Where the count began; the anchor unless its hour does not count.
    package let from: Instant
    /// What is done at this very moment is still in time.
    package let due: Instant
    package let rule: HourRule
    /// In the order of counting.
    package let steps: [Step]

    /// Whether what was done then was done in time; 以内 and 届满 include the last moment (T13).
    package func isInTime(_ moment: Instant) -> Bool { moment <= due }
}

extension HourRule {
    /// The last moment of the period, or counting backward the latest lawful one.
    ///
    /// Hours run through nights, weekends and holidays: the clauses that leave out rest days or move an end off one
    /// speak of days. A day ends at 24:00 and the next begins there, so nothing is lost between them.
    ///
    /// - Law: 民法典 art. 200: periods are counted in years, months, days and hours; art. 201(2): those in hours
    ///   from the time that the law or the parties name. In litigation the hour in which it began does not count:
    ///   法释〔2018〕1号 art. 48(2), 民事诉讼法 art. 85(2), `start: .nextHour`. That hours do not roll is our reading of
    ///   民法典 art. 203(1), which speaks of the last day.
    package func due(from anchor: Instant) -> HourDue {
        let forward = direction == .after
        let from = start == .moment ? anchor : anchor.fullHour(later: forward)
        let due = from.adding(seconds: (forward ? 1 : -1) * hours * 3600)
        let steps = from.days(until: due)
        return HourDue(anchor: anchor, from: from, due: due, rule: self, steps: steps)
    }
}

extension Instant {
    /// This moment when it is a full hour, else the next one or the one before.
    fileprivate func fullHour(later: Bool) -> Instant {
        let past = secondOfDay % 3600
        if past == 0 { return self }
        return adding(seconds: later ? 3600 - past : -past)
    }

    /// What each day gives to the span from here to `other`, the nearest day first.
    fileprivate func days(until other: Instant) -> [HourDue.Step] {
        let (first, last) = (min(self, other), max(self, other))
        var steps: [HourDue.Step] = []
        var moment = first
        while moment < last {
            let endOfDay = moment.adding(seconds: Instant.daySeconds - moment.secondOfDay)
            let end = min(endOfDay, last)
            steps.append(HourDue.Step(day: moment.day, seconds: end.seconds - moment.seconds))
            moment = end
        }
        return self <= other ? steps : steps.reversed()
    }
}
