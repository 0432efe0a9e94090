import CivilTime
import LedgerTesting
import Testing

@testable import Counting

@Suite struct `A sum up to a day` {
    @Test func `takes the years, months and days before it, each once`() {
        #expect(
            DaySpans.through("2026-03-02", firstYear: 2024) == [
                "", "2024", "2025", "2026-01", "2026-02", "2026-03-01", "2026-03-02",
            ])
        #expect(DaySpans.through("2026-01-01", firstYear: 2026) == ["", "2026-01-01"])
        // Nothing is kept yet, or only what came later.
        #expect(DaySpans.through("2026-01-01", firstYear: 2027) == ["", "2026-01-01"])
    }

    @Test(arguments: ["2023-12-31", "2024-01-01", "2024-02-29", "2024-06-15", "2024-12-31", "2025-01-01"])
    func `holds a day once when it is not after it, and else not at all`(text: String) throws {
        let end = try #require(Day(text))
        let through = Set(DaySpans.through(end, firstYear: 2023))
        for offset in -400...400 {
            let day = end.adding(days: offset)
            guard day.year >= 2023 else { continue }
            let times = DaySpans.holding("\(day)").filter(through.contains).count
            #expect(times == (day <= end ? 1 : 0), "\(day)")
        }
    }

    @Test func `has a place for what nobody knows the day of`() {
        #expect(DaySpans.holding("") == [""])
        #expect(DaySpans.holding("2026-03-02") == ["2026", "2026-03", "2026-03-02"])
    }
}
