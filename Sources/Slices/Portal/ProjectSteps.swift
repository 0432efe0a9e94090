import CivilTime
import Law
import Obligations
import Projects

/// One step of a project's procedure as it was observed, or was not (环节).
struct ProjectStep: Encodable, Sendable {
    enum State: String, Encodable, Sendable {
        /// The event is recorded and everything it demands was published in time.
        case done
        /// Published, but late.
        case late
        /// Something it demands is overdue.
        case missing
        /// The event is recorded; what it demands is not due yet.
        case owed
        /// Published, but not seen on every channel or for every item that is demanded.
        case partly
        /// Overdue as far as we can see, but nobody has said that we can see everything.
        case unobserved
        /// Expected one day, and not observed yet.
        case awaited
        case withheld
        /// The project or lot ended before it.
        case ended
        /// Recorded; the catalogue demands nothing of it.
        case recorded
        /// Announced for a day that lies ahead.
        case planned
        /// Its announced day is over; that it happened as announced is not recorded.
        case announced
    }

    let event: String
    let title: String
    let expected: Bool
    let state: State
    /// Whether it happened or was only announced; null where nothing is recorded.
    let occurrence: OrNull<Occurrence>
    let events: [EventRow]
    let obligations: [ObligationRow]
    let discharges: [DischargeRow]
    /// The last lawful day of the step where the law bounds it and it was not observed.
    let bound: OrNull<Day>
}

extension ProjectStep {
    /// The state in words.
    var said: String {
        switch state {
        case .done: "已公开"
        case .late: "逾期公开"
        case .missing: "逾期未公开"
        case .owed: occurrence.value == .announced ? "公告的日期已到，待公开" : "已发生，待公开"
        case .unobserved: "未采集"
        case .partly: "已公开，部分未采集"
        case .awaited: event.hasSuffix(".result_fixed") ? "未观察到结果" : "未观察到"
        case .withheld: "不予公开"
        case .ended: "已终止，不再发生"
        case .recorded: "已记录"
        case .planned: "拟定，日期未到"
        case .announced: "只见公告"
        }
    }
}

/// The steps of one lot, or of the project where it has none.
struct ProjectTrack: Encodable, Sendable {
    /// Empty: the whole project.
    let lot: String
    let title: String
    let steps: [ProjectStep]
    /// Whether a result is known, or the procedure has none: the question that most readers come with.
    let resultObserved: Bool
    let ended: Bool
}

/// Puts what was recorded into the order of a procedure, so that what is missing shows.
struct ProjectTracks {
    let chain: Chain?
    let lots: [Lot]
    let events: [EventRow]
    let obligations: [ObligationRow]
    let discharges: [DischargeRow]
    let law: LawBook
    let jurisdiction: String
    let day: Day

    func tracks() -> [ProjectTrack] {
        let named = lots.filter { !$0.number.isEmpty }
        return named.isEmpty
            ? [track(Lot(number: "", title: ""))] : named.map(track)
    }

    private func track(_ lot: Lot) -> ProjectTrack {
        let events = events.filter { concerns($0.lot.value, lot) }
        let obligations = obligations.filter { concerns($0.lot.value, lot) }
        let ended = events.contains { law.eventKind($0.kind)?.ends ?? false }
        let known = Set(events.map(\.kind))
        let inChain = Set((chain?.steps ?? []).map(\.event))
        var steps: [ProjectStep] = []
        for step in chain?.steps ?? [] {
            guard
                step.expected || known.contains(step.event)
                    || obligations.contains(where: { $0.triggerKind == step.event })
            else { continue }
            steps.append(self.step(step.event, expected: step.expected, events, obligations, ended: ended))
        }
        let others = events.map(\.kind) + obligations.map(\.triggerKind)
        for kind in unique(others) where !inChain.contains(kind) {
            steps.append(step(kind, expected: false, events, obligations, ended: ended))
        }
        return ProjectTrack(
            lot: lot.number, title: lot.title, steps: chronological(steps),
            resultObserved: known.contains(where: isResult) || hasNoResult, ended: ended)
    }

    /// A building goes up and has no bidders.
    private var hasNoResult: Bool {
        chain.map { !$0.steps.map(\.event).contains(where: isResult) } ?? false
    }

    private func isResult(_ kind: String) -> Bool { kind.hasSuffix(".result_fixed") }

    /// What bears no lot concerns every lot.
    private func concerns(_ number: String?, _ lot: Lot) -> Bool {
        lot.number.isEmpty || number == nil || number == lot.number
    }

    private func step(
        _ kind: String, expected: Bool, _ events: [EventRow], _ obligations: [ObligationRow], ended: Bool
    ) -> ProjectStep {
        let here = events.filter { $0.kind == kind }
        let owed = obligations.filter { $0.triggerKind == kind && $0.state != .void }
        let ids = Set(owed.map(\.id))
        let occurrence = here.map(\.occurrence).best
        return ProjectStep(
            event: kind, title: law.eventKind(kind)?.title ?? kind, expected: expected,
            state: state(occurrence, owed, ended: ended), occurrence: OrNull(occurrence), events: here,
            obligations: owed,
            discharges: discharges.filter { ids.contains($0.obligation) && !$0.revoked },
            bound: OrNull(here.isEmpty ? owed.compactMap(\.bound.value).min() ?? bound(kind, events) : nil))
    }

    /// The last lawful day of a step that starts no obligation, from the fact that the law counts it from. What is inferred
    /// or still ahead bounds nothing, and neither does a rule that nobody has verified.
    private func bound(_ kind: String, _ events: [EventRow]) -> Day? {
        guard let step = chain?.steps.first(where: { $0.event == kind }),
            let fact = events.last(where: {
                $0.kind == step.boundFrom && $0.basis != .inferred && $0.occurrence != .planned
            }), let rule = step.bound.flatMap({ law.rule($0, on: fact.day) }), rule.verified
        else { return nil }
        return rule.counting.map { law.calendar(in: jurisdiction).dueDate($0, from: fact.day).due }
    }

    private func state(_ occurrence: Occurrence?, _ owed: [ObligationRow], ended: Bool) -> ProjectStep.State {
        let states = Set(owed.map { $0.state == .overdue && !$0.verified ? .unobserved : $0.state })
        if states.contains(.overdue) || states.contains(.lapsed) { return .missing }
        if states.contains(.unobserved) {
            return states.isDisjoint(with: Self.met) ? .unobserved : .partly
        }
        if states.contains(.owed) || states.contains(.dueSoon) {
            return occurrence == .planned ? .planned : .owed
        }
        guard let occurrence else {
            if !states.isDisjoint(with: Self.met.subtracting([.metLate])) { return .done }
            return ended ? .ended : .awaited
        }
        if states.contains(.metLate) { return .late }
        if states.contains(.withheld) { return .withheld }
        // What is only encouraged and not there says nothing about the step.
        if !states.isSubset(of: [.encouraged]) { return .done }
        switch occurrence {
        case .planned: return .planned
        case .announced: return .announced
        case .happened: return .recorded
        }
    }

    private static let met: Set<ObligationState> = [
        .metOnTime, .metLate, .metUndetermined, .encouragedMet,
    ]

    /// Steps outside the chain stand where their first day puts them.
    private func chronological(_ steps: [ProjectStep]) -> [ProjectStep] {
        let inChain = Set((chain?.steps ?? []).map(\.event))
        var ordered = steps.filter { inChain.contains($0.event) }
        for step in steps where !inChain.contains(step.event) {
            guard let day = step.events.first?.day else {
                ordered.append(step)
                continue
            }
            let place = ordered.firstIndex { ($0.events.first?.day).map { $0 > day } ?? !$0.events.isEmpty }
            ordered.insert(step, at: place ?? lastKnown(ordered))
        }
        return ordered
    }

    /// Behind the last step that happened, before those that have not.
    private func lastKnown(_ steps: [ProjectStep]) -> Int {
        (steps.lastIndex { !$0.events.isEmpty }).map { $0 + 1 } ?? 0
    }

    private func unique(_ kinds: [String]) -> [String] {
        var seen: Set<String> = []
        return kinds.filter { seen.insert($0).inserted }
    }
}
