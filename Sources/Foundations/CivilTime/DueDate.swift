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

    package init(
        amount: Int, unit: CountUnit, direction: CountDirection = .after,
        countsFirstDay: Bool = false, roll: RestDayRoll = .none
    ) {
        self.amount = amount
        self.unit = unit
        self.direction = direction
        self.countsFirstDay = countsFirstDay
        self.roll = roll
    }
}

/// One day on the way to a due day, and what it was.
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
package struct DueDate: Sendable, Hashable, Codable {
    /// The anchor day from which it was counted.
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
}
