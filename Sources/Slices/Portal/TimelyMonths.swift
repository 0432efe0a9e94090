import CivilTime
import Counting
import Obligations
import Web

/// What was due in a month: as far as it was met under one basis, and what is still not published (按到期月份).
struct Timely: Encodable, Sendable {
    let onTime: Int
    let late: Int
    /// Under verified rules; it belongs to no basis.
    let overdue: Int

    var judged: Int { onTime + late }
    var isEmpty: Bool { judged + overdue == 0 }

    init(onTime: Int, late: Int, overdue: Int) {
        (self.onTime, self.late, self.overdue) = (onTime, late, overdue)
    }

    init(_ counts: StateCounts?, _ basis: TimeBasis) {
        let number = { (verdict: Discharge.Verdict) in
            (counts?.timeliness ?? []).filter { $0.basis == basis && $0.verdict == verdict }
                .map(\.count).reduce(0, +)
        }
        (onTime, late) = (number(.onTime), number(.late))
        overdue = counts?.byState[.overdue] ?? 0
    }
}

/// How timely a body was in the last twelve months (逐月按时情况), by the basis with the most judged.
struct BodyTimeliness: Encodable, Sendable {
    let basis: TimeBasis
    let basisName: String
    /// `2026-01`; the last one is the month of the day.
    let months: [String]
    /// In the order of the months.
    let counts: [Timely]
}

extension [CalendarMonth] {
    /// The twelve months that end with one.
    static func twelve(through last: CalendarMonth) -> [CalendarMonth] {
        (0..<12).reversed().compactMap { last.adding(-$0) }
    }
}

extension Reading {
    /// By body, in the order of the months. Nil while the tally is being made.
    func timely(
        _ bodies: [String], in place: String, _ months: [CalendarMonth], _ basis: TimeBasis
    ) throws -> [String: [Timely]]? {
        guard let first = months.first?.description, let last = months.last?.description,
            let counted = try transaction.tallies.months(of: bodies, in: place, first...last, filter)
        else { return nil }
        return Dictionary(
            uniqueKeysWithValues: bodies.map { body in
                (body, months.map { Timely(counted[body]?[$0.description], basis) })
            })
    }

    /// Of what the body owes in its own jurisdiction. Nil while the tally is being made, and for a past day, which it does
    /// not know by month.
    func timeliness(of body: String, in place: String, judged rates: [Rate]) throws -> BodyTimeliness? {
        guard past == nil else { return nil }
        let basis = rates.max { $0.onTime + $0.late < $1.onTime + $1.late }?.basis ?? .attested
        let months = [CalendarMonth].twelve(through: CalendarMonth(day))
        guard let counts = try timely([body], in: place, months, basis)?[body] else { return nil }
        return BodyTimeliness(
            basis: basis, basisName: basis.title, months: months.map(\.description), counts: counts)
    }
}

extension Link {
    /// A list of obligations, as far as they were due in a month, such as `2026-03`.
    func due(inMonth month: String) -> Link {
        let first = Day(month + "-01")
        return adding([("from", first?.description), ("to", first?.endOfMonth.description)])
    }
}
