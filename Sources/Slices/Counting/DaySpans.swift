import CivilTime

/// Years, months and days of which a span from the beginning to a day is put together (日、月、年累计).
///
/// What a day changed is added to its month and its year as well. So the sum up to a day takes the years before it, the
/// months before it in its year, and the days of its month: some forty numbers, however many years the ledger has.
enum DaySpans {
    /// The spans that a day lies in; an unknown day, from before the history began, in one that comes before all.
    static func holding(_ day: String) -> [String] {
        day.isEmpty ? [day] : [String(day.prefix(4)), String(day.prefix(7)), day]
    }

    /// The spans that together are everything up to the end of a day.
    ///
    /// - Parameter first: the year of the first span that is kept.
    static func through(_ day: Day, firstYear first: Int) -> [String] {
        let years = first < day.year ? (first..<day.year).map { four($0) } : []
        let months = (1..<day.month).map { "\(four(day.year))-\(two($0))" }
        let days = (1...day.dayOfMonth).map { "\(four(day.year))-\(two(day.month))-\(two($0))" }
        return [""] + years + months + days
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    private static func four(_ number: Int) -> String {
        String(repeating: "0", count: max(0, 4 - "\(number)".count)) + "\(number)"
    }
}
