import CivilTime
import Obligations
import Web

/// Whether something has happened on its day, as far as what we hold says so (是否发生).
///
/// A notice that names the day of an opening or a deadline before that day announces it. Nobody has told us then that it
/// came to pass as announced.
enum Occurrence: String, Encodable, Sendable {
    /// Its day lies ahead.
    case planned
    /// Its day is over, and all that we hold named it beforehand.
    case announced
    case happened

    /// - Parameters:
    ///   - mayLieAhead: whether events of this kind may be recorded before their day.
    ///   - paper: the day of the paper that the event's day stands in; nil when there is none, or none that is known.
    init(_ event: Event, mayLieAhead: Bool, paper: Day?, today: Day) {
        guard event.day <= today else {
            self = .planned
            return
        }
        let told = paper ?? (event.basis == .stated ? nil : Day(instant: event.recordedAt))
        let isForetold = told.map { $0 < event.day } ?? true
        self = mayLieAhead && event.basis != .inferred && isForetold ? .announced : .happened
    }

    /// Said behind the day; nothing where there is nothing to add.
    var mark: HTML {
        switch self {
        case .planned: " \(Chip("awaited", "拟定"))"
        case .announced: " <span class=\"quiet\">公告的日期，是否如期没有记录</span>"
        case .happened: ""
        }
    }
}

extension Sequence<Occurrence> {
    /// Of several records of one step the one that says most; nil when there is none.
    var best: Occurrence? {
        let all = Set(self)
        return [.happened, .announced, .planned].first(where: all.contains)
    }
}

extension Day {
    /// The civil day in Asia/Shanghai of an instant of the stores, `YYYY-MM-DDTHH:MM:SSZ`; nil when it is none.
    fileprivate init?(instant: String) {
        guard instant.utf8.count == 20, let day = Day(instant.prefix(10)),
            let hour = Int(instant.dropFirst(11).prefix(2))
        else { return nil }
        self = day.adding(days: (hour + 8) / 24)
    }
}
