/// What a period is counted in.
package enum CountUnit: String, Sendable, Hashable, Codable {
    case workingDays, calendarDays, months
}

/// Which way a period runs from its anchor day.
package enum CountDirection: String, Sendable, Hashable, Codable {
    case after, before
}

/// What happens when a counted period ends on a rest day (休息日).
package enum RestDayRoll: String, Sendable, Hashable, Codable {
    /// The day stands as counted.
    case none
    /// Forward to the next working day (民法典 art. 203).
    case later
    /// Back to the working day before: the safe side of a backward limit.
    case earlier

    /// The roll where a rule says nothing else.
    ///
    /// - Law: 民法典 art. 203(1): a period ending on a rest day ends on the first day after it (T2); a period in
    ///   working days cannot end on one. No law rolls a limit counted backward: it moves earlier, to the safe
    ///   side (T12).
    package static func usual(_ unit: CountUnit, _ direction: CountDirection) -> RestDayRoll {
        switch (unit, direction) {
        case (.workingDays, _): .none
        case (_, .after): .later
        case (_, .before): .earlier
        }
    }
}

/// How a period is counted: so many units after or before an anchor day.
package struct CountingRule: Sendable, Hashable, Codable {
    /// Units counted, 0...400.
    package let amount: Int
    package let unit: CountUnit
    package let direction: CountDirection
    /// Whether the anchor day itself is day 1. Law says no (民法典 art. 201); some practice says yes.
    package let countsFirstDay: Bool
    package let roll: RestDayRoll

    /// The amounts that can be counted: every counted day is explained, so there is an end to them.
    package static let amounts = 0...400

    /// - Parameters:
    ///   - amount: whole units, 0...400; more is a mistake in the program, as data is checked when decoded.
    package init(
        amount: Int, unit: CountUnit, direction: CountDirection = .after,
        countsFirstDay: Bool = false, roll: RestDayRoll = .none
    ) {
        precondition(
            CountingRule.amounts.contains(amount), "a counting rule counts 0...400 units, not \(amount)")
        self.amount = amount
        self.unit = unit
        self.direction = direction
        self.countsFirstDay = countsFirstDay
        self.roll = roll
    }

    /// A rule with the usual roll for its unit and direction.
    package static func usual(
        _ amount: Int, _ unit: CountUnit, _ direction: CountDirection = .after
    ) -> CountingRule {
        CountingRule(
            amount: amount, unit: unit, direction: direction, roll: .usual(unit, direction))
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        amount = try container.decode(Int.self, forKey: .amount)
        guard CountingRule.amounts.contains(amount) else {
            throw DecodingError.dataCorruptedError(
                forKey: .amount, in: container,
                debugDescription: "a counting rule counts 0...400 units, not \(amount)")
        }
        unit = try container.decode(CountUnit.self, forKey: .unit)
        direction = try container.decode(CountDirection.self, forKey: .direction)
        countsFirstDay = try container.decode(Bool.self, forKey: .countsFirstDay)
        roll = try container.decode(RestDayRoll.self, forKey: .roll)
    }
}

/// One day on the way to a due day, and what it was.
///
/// A count in calendar days numbers its weekends and holidays too, so a day was skipped exactly when it is
/// of kind `weekend` or `holiday` and has no count. A count in months has one step a month.
package struct DueStep: Sendable, Hashable, Codable {
    package enum Kind: String, Sendable, Hashable, Codable {
        case anchor, counted, weekend, holiday, makeUpWorkingDay, rolled, due
    }
    package let day: Day
    package let kind: Kind
    /// The number this day bears in the count; nil when it was skipped.
    package let count: Int?
    /// The holiday's name (春节), or nil.
    package let name: String?
    /// The notice that made it a holiday or a working day (国办发明电〔…〕…号 or its address), or nil.
    package let notice: String?
    /// True when no announced calendar covers the day.
    package let provisional: Bool

    package init(
        day: Day, kind: Kind, count: Int? = nil, name: String? = nil, notice: String? = nil,
        provisional: Bool = false
    ) {
        self.day = day
        self.kind = kind
        self.count = count
        self.name = name
        self.notice = notice
        self.provisional = provisional
    }
}

/// A due day (到期日) that can explain itself day by day.
///
/// The first step is the anchor and the last the due day; the days between stand in the order of counting,
/// so those of a backward limit run backward.
package struct DueDate: Sendable, Hashable, Codable {
    /// The anchor day (起算日) from which it was counted.
    package let from: Day
    package let due: Day
    /// True when the span reaches past the last announced holiday year.
    package let provisional: Bool
    package let rule: CountingRule
    package let steps: [DueStep]

    package init(from: Day, due: Day, provisional: Bool, rule: CountingRule, steps: [DueStep]) {
        self.from = from
        self.due = due
        self.provisional = provisional
        self.rule = rule
        self.steps = steps
    }
    /// The years on the way that no notice covers, earliest first; empty unless provisional.
    package var unannouncedYears: [Int] {
        Set(steps.filter(\.provisional).map(\.day.year)).sorted()
    }
}
