/// A civil day: a date on the wall calendar, without clock or zone.
///
/// Stored as days since 1970-01-01 in the proleptic Gregorian calendar.
package struct Day: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
    /// Days since 1970-01-01; negative before it.
    package let ordinal: Int

    package init(ordinal: Int) {
        self.ordinal = ordinal
    }

    /// The day of that year, month and day of month; nil when no such day exists.
    package init?(_ year: Int, _ month: Int, _ day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= Day.length(ofMonth: month, year: year)
        else { return nil }
        ordinal = Day.ordinal(year, month, day)
    }

    /// Reads `YYYY-MM-DD`, exactly ten ASCII characters; nil for anything else.
    package init?(_ iso: some StringProtocol) {
        // Read byte by byte: days come out of every row of every table.
        var (numbers, number, place) = ((0, 0), 0, 0)
        for byte in iso.utf8 {
            if place == 4 || place == 7 {
                guard byte == 0x2D else { return nil }
                numbers = place == 4 ? (number, 0) : (numbers.0, number)
                number = 0
            } else {
                guard byte >= 0x30, byte <= 0x39, place < 10 else { return nil }
                number = number * 10 + Int(byte - 0x30)
            }
            place += 1
        }
        guard place == 10 else { return nil }
        self.init(numbers.0, numbers.1, number)
    }

    package static func < (left: Day, right: Day) -> Bool { left.ordinal < right.ordinal }

    /// ISO 8601, `YYYY-MM-DD`.
    package var description: String {
        let (year, month, day) = components
        return String(unsafeUninitializedCapacity: 10) { text in
            Day.write(year, 4, to: text, at: 0)
            text[4] = 0x2D
            Day.write(month, 2, to: text, at: 5)
            text[7] = 0x2D
            Day.write(day, 2, to: text, at: 8)
            return 10
        }
    }

    /// Digits from the right, with leading zeros.
    private static func write(
        _ value: Int, _ width: Int, to text: UnsafeMutableBufferPointer<UInt8>, at start: Int
    ) {
        var rest = value
        for index in stride(from: start + width - 1, through: start, by: -1) {
            text[index] = 0x30 + UInt8(rest % 10)
            rest /= 10
        }
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let day = Day(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "not a day (YYYY-MM-DD): \(text)")
        }
        self = day
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension Day {
    package var year: Int { components.year }
    package var month: Int { components.month }
    package var dayOfMonth: Int { components.day }

    /// ISO weekday: 1 is Monday, 7 is Sunday.
    package var weekday: Int { ((ordinal + 3) % 7 + 7) % 7 + 1 }
    package var isWeekend: Bool { weekday >= 6 }

    /// The day that many days later; earlier when negative.
    package func adding(days: Int) -> Day { Day(ordinal: ordinal + days) }

    /// Whole days from this day to `other`; negative when `other` is earlier.
    package func days(until other: Day) -> Int { other.ordinal - ordinal }

    /// The corresponding day that many months later; the last day of the month where none corresponds.
    ///
    /// - Law: 民法典 art. 202.
    package func adding(months: Int) -> Day {
        let (year, month, day) = components
        let total = year * 12 + (month - 1) + months
        let toYear = total >= 0 ? total / 12 : (total - 11) / 12
        let toMonth = total - toYear * 12 + 1
        let last = Day.length(ofMonth: toMonth, year: toYear)
        return Day(ordinal: Day.ordinal(toYear, toMonth, min(day, last)))
    }

    /// The last day of this day's month.
    package var endOfMonth: Day {
        Day(ordinal: Day.ordinal(year, month, Day.length(ofMonth: month, year: year)))
    }

    /// The last day of this day's quarter.
    package var endOfQuarter: Day {
        let last = (month - 1) / 3 * 3 + 3
        return Day(ordinal: Day.ordinal(year, last, Day.length(ofMonth: last, year: year)))
    }

    static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        default: 31
        }
    }

    /// Years are counted from March, so that the leap day is the last of its year.
    private static func ordinal(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    private var components: (year: Int, month: Int, day: Int) {
        let shifted = ordinal + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }
}
