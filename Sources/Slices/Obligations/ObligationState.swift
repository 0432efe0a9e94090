import CivilTime

/// What an obligation is on a civil day (义务状态).
package enum ObligationState: String, Sendable, Hashable, Codable, CaseIterable {
    case awaited
    case owed
    case dueSoon = "due-soon"
    case overdue
    case unobserved
    case metOnTime = "met-on-time"
    case metLate = "met-late"
    case metUndetermined = "met-undetermined"
    case encouraged
    case encouragedMet = "encouraged-met"
    case withheld
    case notApplicable = "not-applicable"
    case void
    case current
    case lapsed

    package var title: String {
        switch self {
        case .awaited: "待触发"
        case .owed: "应公开，未到期"
        case .dueSoon: "即将到期"
        case .overdue: "逾期未公开"
        case .unobserved: "未采集"
        case .metOnTime: "按时公开"
        case .metLate: "逾期公开"
        case .metUndetermined: "已公开，时效无法判定"
        case .encouraged: "鼓励公开，尚未公开"
        case .encouragedMet: "鼓励公开，已公开"
        case .withheld: "不予公开"
        case .notApplicable: "不适用"
        case .void: "已作废"
        case .current: "现行有效"
        case .lapsed: "已失效（未更新）"
        }
    }

    /// Working days before the due day from which an obligation is due soon.
    package static let soonWorkingDays = 5
}

extension Obligation {
    /// The state at the end of a civil day, as `StateFacts.state`.
    package func state(on day: Day, soon: Day) -> ObligationState {
        StateFacts(self).state(on: day, soon: soon)
    }
}
