import CivilTime
import Obligations

/// What is drawn of a project's track; tracks that look alike are drawn once.
struct TrackDrawing: Sendable, Hashable {
    /// What became of a duty, as far as a drawing tells it.
    enum Fate: Int, Sendable, Hashable {
        // The worst first: of many duties of a step these are drawn.
        case overdue, late, unobserved, running, undetermined, met, decided, awaited
    }

    /// One duty of a step, or several that run alike.
    struct Lane: Sendable, Hashable {
        let fate: Fate
        let from: Day?
        let due: Day?
        let provisional: Bool
        /// When it was published or decided.
        let closed: Day?
    }

    /// A day on which the step happened, or is announced for.
    struct Moment: Sendable, Hashable {
        let day: Day
        let happened: Bool
    }

    struct Step: Sendable, Hashable {
        let title: String
        let state: ProjectStep.State
        let said: String
        let moments: [Moment]
        let lanes: [Lane]
        /// Duties that run otherwise than those drawn.
        let more: Int
    }

    static let lanesMax = 3
    private static let momentsMax = 12

    let steps: [Step]

    init(_ track: ProjectTrack) {
        steps = track.steps.map(TrackDrawing.step)
    }

    /// Every day that has to find its place on the line.
    var days: [Day] {
        steps.flatMap { step in
            step.moments.map(\.day) + step.lanes.flatMap { [$0.from, $0.due, $0.closed].compactMap(\.self) }
        }
    }

    private static func step(_ step: ProjectStep) -> Step {
        let moments = Set(step.events.map { Moment(day: $0.day, happened: $0.occurrence == .happened) })
        let lanes = Set(step.obligations.compactMap(Lane.init)).sorted { $0.order < $1.order }
        return Step(
            title: step.title, state: step.state, said: step.said,
            moments: Array(moments.sorted { $0.day < $1.day }.prefix(momentsMax)),
            lanes: Array(lanes.prefix(lanesMax)), more: max(0, lanes.count - lanesMax))
    }
}

extension TrackDrawing.Lane {
    fileprivate var order: (Int, Int, Int) {
        (fate.rawValue, due?.ordinal ?? .max, closed?.ordinal ?? .max)
    }

    /// - Returns: nil for what has no place in time: neither begun nor bounded.
    fileprivate init?(_ row: ObligationRow) {
        let fate: TrackDrawing.Fate
        switch row.state {
        case .overdue, .lapsed: fate = row.verified ? .overdue : .unobserved
        case .metLate: fate = .late
        case .unobserved: fate = .unobserved
        case .owed, .dueSoon, .current: fate = .running
        case .metUndetermined: fate = .undetermined
        case .metOnTime, .encouragedMet: fate = .met
        case .withheld, .notApplicable: fate = .decided
        case .awaited: fate = .awaited
        case .encouraged, .void: return nil
        }
        let due = fate == .awaited ? row.bound.value : row.due.value
        guard due != nil || row.closedDay.value != nil else { return nil }
        self.init(
            fate: fate, from: row.triggerDay.value, due: due, provisional: row.provisional,
            closed: row.closedDay.value)
    }
}
