/// What a day is to those who work by the public calendar, and who says so.
package struct DayReason: Sendable, Hashable, Codable {
    package enum Kind: String, Sendable, Hashable, Codable {
        case weekday, weekend, holiday, localHoliday, makeUpWorkingDay
    }

    package let day: Day
    package let kind: Kind
    /// The holiday's name (春节), or nil on ordinary days.
    package let name: String?
    /// The notice that named the day, its address, or the law that fixes it; nil on ordinary days.
    package let notice: String?
    /// True when no announced calendar covers the day.
    package let provisional: Bool

    package var isWorking: Bool { kind == .weekday || kind == .makeUpWorkingDay }
}
