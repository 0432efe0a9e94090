/// A moment (时刻), to the second: UTC at rest, the clock of Beijing where people read it.
///
/// That clock has been eight hours ahead since 1992, the first year with no summer time. Earlier moments are not
/// made from a wall clock: `init(_:hour:minute:second:)` refuses them rather than be an hour wrong.
package struct Instant: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
    /// Seconds since 1970-01-01T00:00:00Z, leap seconds left out as everywhere.
    package let seconds: Int

    package init(seconds: Int) {
        self.seconds = seconds
    }

    private static let offsetSeconds = 8 * 3600
    static let daySeconds = 86_400
    private static let firstDay = Day(1992, 1, 1)

    /// The moment when the clock of Beijing shows that time of the day; nil when no clock shows it.
    ///
    /// - Parameters:
    ///   - hour: 0...24; 24:00 is the end of the day and the same moment as 0:00 of the next.
    package init?(_ day: Day, hour: Int, minute: Int = 0, second: Int = 0) {
        guard let first = Instant.firstDay, day >= first, (0...59).contains(minute), (0...59).contains(second)
        else { return nil }
        guard (0...23).contains(hour) || (hour == 24 && minute == 0 && second == 0) else { return nil }
        let ofDay = hour * 3600 + minute * 60 + second
        seconds = day.ordinal * Instant.daySeconds + ofDay - Instant.offsetSeconds
    }

    /// Reads the stored form `YYYY-MM-DDTHH:MM:SSZ`, exactly twenty ASCII characters; nil for anything else.
    package init?(_ stored: some StringProtocol) {
        let bytes = Array(stored.utf8)
        guard bytes.count == 20, bytes[10] == UInt8(ascii: "T"), bytes[19] == UInt8(ascii: "Z"),
            bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
            let day = Day(String(decoding: bytes[0..<10], as: UTF8.self)),
            let hour = Instant.number(bytes[11...12], under: 24),
            let minute = Instant.number(bytes[14...15], under: 60),
            let second = Instant.number(bytes[17...18], under: 60)
        else { return nil }
        seconds = day.ordinal * Instant.daySeconds + hour * 3600 + minute * 60 + second
    }

    private static func number(_ digits: ArraySlice<UInt8>, under limit: Int) -> Int? {
        guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        let number = digits.reduce(0) { $0 * 10 + Int($1) - 0x30 }
        return number < limit ? number : nil
    }

    package static func < (left: Instant, right: Instant) -> Bool { left.seconds < right.seconds }

    /// The stored form, UTC.
    package var description: String {
        let (ordinal, ofDay) = Instant.split(seconds)
        return "\(Day(ordinal: ordinal))T\(Instant.clock(ofDay))Z"
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let instant = Instant(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "not an instant (YYYY-MM-DDTHH:MM:SSZ): \(text)")
        }
        self = instant
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    private static func split(_ seconds: Int) -> (ordinal: Int, ofDay: Int) {
        let ofDay = (seconds % daySeconds + daySeconds) % daySeconds
        return ((seconds - ofDay) / daySeconds, ofDay)
    }

    fileprivate static func clock(_ ofDay: Int) -> String {
        [ofDay / 3600, ofDay / 60 % 60, ofDay % 60].map { ($0 < 10 ? "0" : "") + String($0) }
            .joined(separator: ":")
    }
}

extension Instant {
    /// The civil day in Beijing.
    package var day: Day { Day(ordinal: Instant.split(seconds + Instant.offsetSeconds).ordinal) }
    /// Seconds since that day began.
    var secondOfDay: Int { Instant.split(seconds + Instant.offsetSeconds).ofDay }

    /// `2026-03-06 20:00:00`, in Beijing.
    package var wallTime: String { "\(day) \(Instant.clock(secondOfDay))" }

    /// As the end of something: the first moment of a day is 24:00:00 of the day before.
    ///
    /// - Law: 民法典 art. 203(2): the last day ends at 24:00 (T3).
    package var wallTimeAsEnd: String {
        secondOfDay == 0 ? "\(day.adding(days: -1)) 24:00:00" : wallTime
    }

    package func adding(seconds: Int) -> Instant { Instant(seconds: self.seconds + seconds) }
}

extension Day {
    /// The moment when the day ends, 24:00 in Beijing; nil before 1992.
    ///
    /// - Law: 民法典 art. 203(2).
    package var end: Instant? { Instant(self, hour: 24) }
}
