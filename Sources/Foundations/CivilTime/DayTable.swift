/// Working days laid out flat: how many lie before each day, and which is the n-th.
///
/// It reaches three years beyond the announced ones, judged as the calendar judges them, so that a count that
/// starts in an announced year ends in the table: 400 working days are less than two years. What lies further
/// is counted day by day.
struct DayTable: Sendable {
    private static let yearsBeyond = 3
    private(set) var first = 0
    /// Working days before each day of the table, and one more entry for the total.
    private(set) var before: [Int32] = []
    /// The ordinal of each working day of the table, in order.
    private(set) var worked: [Int32] = []

    init(years: Set<Int>, named: [Day: NamedDay], local: [Day: NamedDay]) {
        guard let from = years.min().flatMap({ Day(max(1, $0 - DayTable.yearsBeyond), 1, 1) }),
            let to = years.max().flatMap({ Day(min(9999, $0 + DayTable.yearsBeyond), 12, 31) })
        else { return }
        first = from.ordinal
        before.reserveCapacity(to.ordinal - first + 2)
        worked.reserveCapacity((to.ordinal - first) * 3 / 4)
        for ordinal in first...to.ordinal {
            let day = Day(ordinal: ordinal)
            before.append(Int32(worked.count))
            let fixed = years.contains(day.year) ? nil : StatutoryHoliday.name(of: day)
            if local[day] == nil, named[day]?.isWorking ?? (!day.isWeekend && fixed == nil) {
                worked.append(Int32(ordinal))
            }
        }
        before.append(Int32(worked.count))
    }

    private func index(_ day: Day) -> Int? {
        let index = day.ordinal - first
        return index >= 0 && index + 1 < before.count ? index : nil
    }

    func isWorking(_ day: Day) -> Bool? {
        index(day).map { before[$0 + 1] > before[$0] }
    }

    func workingDays(from: Day, through: Day) -> Int? {
        guard let from = index(from), let through = index(through) else { return nil }
        return Int(before[through + 1] - before[from])
    }

    /// The first working day from that day on; nil beyond the table.
    func workingDay(onOrAfter day: Day) -> Day? { workingDay(Rank(place: 0, shift: 0), of: day) }

    /// The last working day up to that day; nil beyond the table.
    func workingDay(onOrBefore day: Day) -> Day? { workingDay(Rank(place: 1, shift: -1), of: day) }

    /// A working day by how far it stands from another day.
    struct Rank {
        /// 0 counts from the day's beginning, 1 from its end.
        let place: Int
        /// 0 is the first working day from there on, -1 the last before it.
        let shift: Int

        /// The last of so many working days, 1 or more.
        init(amount: Int, direction: CountDirection, countsFirstDay: Bool) {
            let isAfter = direction == .after
            self.init(place: isAfter == countsFirstDay ? 0 : 1, shift: isAfter ? amount - 1 : -amount)
        }

        init(place: Int, shift: Int) {
            self.place = place
            self.shift = shift
        }
    }

    /// nil beyond the table.
    func workingDay(_ rank: Rank, of day: Day) -> Day? {
        guard let index = index(day) else { return nil }
        let found = Int(before[index + rank.place]) + rank.shift
        return worked.indices.contains(found) ? Day(ordinal: Int(worked[found])) : nil
    }

    /// A working day for each day of a list.
    ///
    /// - Parameters:
    ///   - rank: by the place in the list; nil for what the table is not to answer.
    ///   - otherwise: answers that, and what lies beyond the table.
    @inline(__always)
    func workingDays(of days: [Day], rank: (Int) -> Rank?, otherwise: (Int) -> Day) -> [Day] {
        before.withUnsafeBufferPointer { before in
            worked.withUnsafeBufferPointer { worked in
                days.indices.map { place in
                    let index = days[place].ordinal - first
                    guard index >= 0, index + 1 < before.count, let rank = rank(place) else {
                        return otherwise(place)
                    }
                    let found = Int(before[index + rank.place]) + rank.shift
                    guard found >= 0, found < worked.count else { return otherwise(place) }
                    return Day(ordinal: Int(worked[found]))
                }
            }
        }
    }
}
