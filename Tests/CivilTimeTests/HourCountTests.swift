import CivilTime
import Foundation
import Testing

@Suite struct `Counting hours` {
    @Test func `agrees with the law cases`() throws {
        let rows = LawCases.rows("hours")
        #expect(rows.count >= 15)
        for row in rows {
            let rule = HourRule(
                hours: try #require(Int(row["hours"] ?? "")),
                direction: try #require(CountDirection(rawValue: row["direction"] ?? "")),
                start: try #require(HourRule.Start(rawValue: row["start"] ?? "")))
            let due = rule.due(from: try moment(row["from"] ?? ""))
            #expect(try due.due == moment(row["due"] ?? ""), "\(row)")
            #expect(due.due.wallTimeAsEnd == row["due"] || due.due.wallTime == row["due"], "\(row)")
        }
    }

    private func moment(_ wall: String) throws -> Instant {
        let parts = wall.split(separator: " ")
        let clock = parts[1].split(separator: ":").compactMap { Int($0) }
        let day = try #require(Day(parts[0]))
        return try #require(Instant(day, hour: clock[0], minute: clock[1], second: clock[2]))
    }

    @Test func `gives each day its part`() throws {
        let due = HourRule(hours: 48).due(from: try moment("2026-03-06 22:00:00"))
        #expect(due.steps.map(\.seconds) == [2 * 3600, 24 * 3600, 22 * 3600])
        #expect(due.steps.map(\.day.description) == ["2026-03-06", "2026-03-07", "2026-03-08"])
        let back = HourRule(hours: 30, direction: .before).due(from: try moment("2026-03-06 22:00:00"))
        #expect(back.steps.map(\.seconds) == [22 * 3600, 8 * 3600])
        #expect(back.steps.map(\.day.description) == ["2026-03-06", "2026-03-05"])
        #expect(HourRule(hours: 0).due(from: back.due).steps.isEmpty)
        let whole = HourRule(hours: 2400).due(from: try moment("2026-03-06 00:00:00"))
        #expect(whole.steps.count == 100 && whole.steps.allSatisfy { $0.seconds == 86_400 })
    }

    @Test func `includes the last moment`() throws {
        let due = HourRule(hours: 12).due(from: try moment("2026-03-06 20:00:00"))
        #expect(due.isInTime(try moment("2026-03-07 08:00:00")))
        #expect(!due.isInTime(try moment("2026-03-07 08:00:01")))
    }

    @Test func `refuses a rule of too many hours in data`() throws {
        let text = #"{"hours": 2401, "direction": "after", "start": "moment"}"#
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(HourRule.self, from: Data(text.utf8))
        }
    }
}

@Suite struct `A moment` {
    @Test(arguments: [
        ("2026-03-06T12:00:00Z", "2026-03-06 20:00:00"), ("2026-03-06T15:59:59Z", "2026-03-06 23:59:59"),
        ("2026-03-06T16:00:00Z", "2026-03-07 00:00:00"), ("2024-02-29T16:00:00Z", "2024-03-01 00:00:00"),
        ("2025-12-31T16:00:00Z", "2026-01-01 00:00:00"), ("1969-12-31T23:59:59Z", "1970-01-01 07:59:59"),
    ])
    func `is kept in UTC and shown in Beijing`(stored: String, wall: String) throws {
        let instant = try #require(Instant(stored))
        #expect(instant.description == stored && instant.wallTime == wall)
        #expect(instant.day.description == wall.prefix(10))
        let coded = try JSONDecoder().decode([Instant].self, from: JSONEncoder().encode([instant]))
        #expect(coded == [instant])
    }

    @Test func `at the end of a day is 24:00 and the next day's beginning`() throws {
        let day = try #require(Day("2026-03-06"))
        let end = try #require(day.end)
        #expect(end == Instant(day.adding(days: 1), hour: 0) && end == Instant(day, hour: 24))
        #expect(end.description == "2026-03-06T16:00:00Z")
        #expect(end.wallTimeAsEnd == "2026-03-06 24:00:00" && end.wallTime == "2026-03-07 00:00:00")
        #expect(end.adding(seconds: -1).day == day && end.day == day.adding(days: 1))
    }

    @Test(arguments: [
        "2026-03-06T12:00:00", "2026-03-06 12:00:00Z", "2026-03-06T24:00:00Z", "2026-03-06T12:60:00Z",
        "2026-02-29T12:00:00Z", "2026-03-06T1２:00:00Z", "2026-03-06T+1:00:00Z", "",
    ])
    func `is refused in any other form`(text: String) {
        #expect(Instant(text) == nil)
    }

    @Test func `is made from no clock that shows no such time, or that ran otherwise`() throws {
        let day = try #require(Day("2026-03-06"))
        for (hour, minute, second) in [
            (24, 1, 0), (24, 0, 1), (25, 0, 0), (-1, 0, 0), (1, 60, 0), (1, 0, 60),
        ] {
            #expect(Instant(day, hour: hour, minute: minute, second: second) == nil)
        }
        // In the summers of 1986 to 1991 the clock was an hour ahead.
        #expect(Instant(try #require(Day("1990-07-01")), hour: 12) == nil)
        #expect(try #require(Day("1992-01-01")).end != nil)
    }
}
