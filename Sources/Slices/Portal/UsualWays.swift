import CivilTime
import Obligations
import People
import Web

/// The two lists that are asked for most (常用): what is due this week, and who had most overdue at the end of last month.
///
/// Both lead to a list with its data, that of the week to its calendar file, too.
struct UsualWays: Piece {
    /// From Monday to Sunday (本周).
    let week: ClosedRange<Day>
    /// The last day of the month before; nil where the ledger does not reach back so far, or nobody asked.
    let monthEnd: Day?
    let body: String?
    let jurisdiction: String?
    /// Those that the list of last month is offered for, since it is of one at a time.
    let places: [Jurisdiction]

    /// A body's own week.
    init(weekOf day: Day, body: String) {
        self.init(day, monthEnd: nil, body: body, jurisdiction: nil)
    }

    fileprivate init(
        _ day: Day, monthEnd: Day?, body: String?, jurisdiction: String?, places: [Jurisdiction] = []
    ) {
        self.places = places
        let monday = day.adding(days: 1 - day.weekday)
        week = monday...monday.adding(days: 6)
        (self.monthEnd, self.body, self.jurisdiction) = (monthEnd, body, jurisdiction)
    }

    private var conditions: [(name: String, value: String?)] {
        [
            ("jurisdiction", jurisdiction), ("body", body), ("from", week.lowerBound.description),
            ("to", week.upperBound.description),
        ]
    }

    var html: HTML {
        """
        <p><a href="\(("/obligations" as Link).adding(conditions))">本周到期</a>（\(time(week.lowerBound)) 至 \(time(week.upperBound))，\
        <a href="\(("/obligations.ics" as Link).adding(conditions))">日历文件</a>）\(monthEnd.map(mostOverdue))</p>
        """
    }

    private func mostOverdue(_ end: Day) -> HTML {
        let links = places.map { place -> HTML in
            let link = ("/bodies" as Link).adding([
                ("jurisdiction", place.code), ("order", BodyList.Order.overdue.rawValue),
                ("on", end.description),
            ])
            return " · <a href=\"\(link)\">\(place.name)</a>"
        }
        return " · <span>上月末逾期最多的机关</span>（截至 \(time(end))）\(links)"
    }
}

extension Reading {
    private static let placesMax = 8

    /// - Returns: nil for a past day, which is in no week of the reader's.
    func usualWays(in jurisdiction: String? = nil) throws -> UsualWays? {
        guard past == nil else { return nil }
        let end = day.adding(days: -day.dayOfMonth)
        let isKnown = try transaction.firstLedgerDay().map { $0 <= end } ?? false
        let kept = try transaction.ledger.ledgers().map(\.jurisdiction)
        let places = try transaction.jurisdictions.jurisdictions().filter {
            jurisdiction == nil ? kept.contains($0.code) : $0.code == jurisdiction
        }
        return UsualWays(
            day, monthEnd: isKnown && !places.isEmpty ? end : nil, body: nil, jurisdiction: jurisdiction,
            places: Array(places.prefix(Self.placesMax)))
    }
}
