import CivilTime

/// The obligations that a transaction has read, by id and by project, as its store has written them since.
final class HeldObligations {
    /// Beyond so many they are let go and read again.
    static let most = 20_000

    /// One of them. It is asked for single values: a copy of the whole costs a count of every text in it.
    final class Held {
        fileprivate(set) var obligation: Obligation
        /// The day of the last change that these acts made to its row: what it was before that day is kept.
        fileprivate var changedOn: Day?

        init(_ obligation: Obligation) {
            self.obligation = obligation
        }
    }

    private var byID: [String: Held] = [:]
    /// All of a project, in no order.
    private var byProject: [String: [Held]] = [:]

    subscript(id: String) -> Obligation? { byID[id]?.obligation }

    func holds(project: String) -> Bool { byProject[project] != nil }

    func hold(_ obligation: Obligation) {
        guard byID[obligation.id] == nil else { return }
        makeRoom()
        let held = Held(obligation)
        byID[obligation.id] = held
        byProject[obligation.project]?.append(held)
    }

    /// It was entered on a day: its row has no past before that.
    func hold(new obligation: Obligation, on today: Day) {
        hold(obligation)
        byID[obligation.id]?.changedOn = today
    }

    /// A row is about to change.
    ///
    /// - Returns: whether these acts changed it on that day before.
    func changes(_ id: String, on today: Day) -> Bool {
        guard let held = byID[id] else { return false }
        defer { held.changedOn = today }
        return held.changedOn == today
    }

    /// - Parameter obligations: all that the project has.
    func hold(_ obligations: [Obligation], ofProject project: String) {
        makeRoom()
        byProject[project] = obligations.map { obligation in
            if let known = byID[obligation.id] { return known }
            let held = Held(obligation)
            byID[obligation.id] = held
            return held
        }
    }

    /// By id.
    func obligations(ofProject project: String, where meets: (Held) -> Bool) -> [Obligation] {
        let found = (byProject[project] ?? []).filter(meets)
        return found.count < 2
            ? found.map(\.obligation)
            : found.sorted { $0.obligation.id < $1.obligation.id }.map(\.obligation)
    }

    /// Whether a duty is known of a project; what was void is not.
    func isKnown(_ duty: KnownDuty, ofProject project: String) -> Bool {
        // A project has some tens of them, and differs first in what is compared first.
        byProject[project]?.contains { held in
            held.obligation.item == duty.item && held.obligation.lot == duty.lot
                && held.obligation.eventKind == duty.eventKind && held.obligation.channel == duty.channel
                && held.obligation.closed != .void
        } ?? false
    }

    func change(_ id: String, _ change: (inout Obligation) -> Void) {
        if let held = byID[id] { change(&held.obligation) }
    }

    private func makeRoom() {
        guard byID.count >= Self.most else { return }
        byID.removeAll()
        byProject.removeAll()
    }
}

extension HeldObligations.Held {
    /// Whether an edition can answer it: its clock runs, or a current edition must always exist.
    var isDischargeable: Bool {
        (!obligation.trigger.isEmpty || obligation.standing) && obligation.closed != .void
    }
}

extension Obligation {
    /// Whether an edition can answer it: its clock runs, or a current edition must always exist.
    var isDischargeable: Bool { (!trigger.isEmpty || standing) && closed != .void }

    /// In due-day order; those without a due day come last.
    package var order: (Int, String) { (due?.ordinal ?? .max, id) }
}
