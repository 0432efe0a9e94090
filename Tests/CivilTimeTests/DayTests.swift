import CivilTime
import Foundation
import Testing

@Suite struct `A day` {
    @Test func `agrees with the world's calendar for four thousand years`() throws {
        var gregorian = Calendar(identifier: .gregorian)
        gregorian.timeZone = try #require(TimeZone(secondsFromGMT: 0))
        for ordinal in stride(from: -140_000, through: 800_000, by: 97) {
            let day = Day(ordinal: ordinal)
            let instant = Date(timeIntervalSince1970: Double(ordinal) * 86_400)
            let parts = gregorian.dateComponents([.year, .month, .day, .weekday], from: instant)
            #expect(day.year == parts.year)
            #expect(day.month == parts.month)
            #expect(day.dayOfMonth == parts.day)
            #expect(day.weekday % 7 + 1 == parts.weekday)
            #expect(Day(day.description) == day)
        }
    }

    @Test(arguments: [
        "2026-02-29", "2100-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-1-01", "２026-01-01", "",
        "2026/01/01", "0000-01-01",
    ])
    func `is not read from what is no day`(_ text: String) {
        #expect(Day(text) == nil)
    }

    @Test(arguments: ["2024-02-29", "2000-02-29", "2026-12-31", "0001-01-01", "9999-12-31"])
    func `is read from what is one`(_ text: String) throws {
        #expect(try #require(Day(text)).description == text)
    }

    @Test func `ends its month and quarter`() throws {
        let day = try #require(Day("2024-02-10"))
        #expect(day.endOfMonth == Day("2024-02-29"))
        #expect(day.endOfQuarter == Day("2024-03-31"))
        #expect(day.adding(months: -12) == Day("2023-02-10"))
        #expect(day.adding(months: 25) == Day("2026-03-10"))
    }

    @Test func `a rule keeps its limits when read from data`() throws {
        let rule = CountingRule.usual(20, .workingDays)
        let bytes = try JSONEncoder().encode(rule)
        #expect(try JSONDecoder().decode(CountingRule.self, from: bytes) == rule)
        let text = String(decoding: bytes, as: UTF8.self).replacing(":20", with: ":401")
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(CountingRule.self, from: Data(text.utf8))
        }
    }
}
