import CivilTime

/// All that an obligation's state follows from, on whatever day it is asked for (状态所依据的事实).
///
/// Obligations that agree in these facts are in the same state on every day, so that they can be counted together and the
/// count need not be made anew when a day ends.
package struct StateFacts: Sendable, Hashable {
    package let closed: Obligation.Closed
    package let due: Day?
    package let firm: Bool
    package let standing: Bool
    package let observed: Bool
    package let verified: Bool
    /// Whether its clock runs.
    package let isTriggered: Bool
    /// Of a standing duty: whether an edition is out.
    package let isOut: Bool

    package init(_ obligation: Obligation) {
        closed = obligation.closed
        due = obligation.due
        firm = obligation.firm
        standing = obligation.standing
        observed = obligation.observed
        verified = obligation.verified
        isTriggered = !obligation.trigger.isEmpty
        isOut = obligation.closedDay != nil
    }

    /// The state at the end of a civil day. An obligation due today is not yet overdue; a soft item is disclosed or
    /// not yet, and never late.
    ///
    /// - Law: 民法典 art. 203: the last day ends at 24:00.
    /// - Parameters:
    ///   - day: the civil day in Asia/Shanghai.
    ///   - soon: the day five working days after `day`.
    package func state(on day: Day, soon: Day) -> ObligationState {
        switch closed {
        case .onTime where !firm, .late where !firm, .undetermined where !firm: return .encouragedMet
        case .onTime: return .metOnTime
        case .late: return .metLate
        case .undetermined: return .metUndetermined
        case .withheld: return .withheld
        case .notApplicable: return .notApplicable
        case .void: return .void
        case .open: break
        }
        if standing, isOut, due.map({ day <= $0 }) ?? true { return .current }
        if !standing, !isTriggered { return .awaited }
        guard firm else { return standing && isOut ? .encouragedMet : .encouraged }
        guard let due, due <= soon else { return .owed }
        if day <= due { return .dueSoon }
        if !observed { return .unobserved }
        return standing ? .lapsed : .overdue
    }
}

extension StateFacts {
    private var letters: [(letter: Character, holds: Bool)] {
        [("f", firm), ("s", standing), ("o", observed), ("v", verified), ("t", isTriggered), ("e", isOut)]
    }

    /// The facts without the due day, as a word: `late:fv`. Of a closed obligation only what still matters.
    package var code: String {
        let kept = closed == .open ? "fsovte" : "fsv"
        let flags = letters.filter { $0.holds && kept.contains($0.letter) }.map(\.letter)
        return closed.rawValue + ":" + String(flags)
    }

    /// The due day where the state depends on it.
    package var dueThatMatters: Day? { closed == .open ? due : nil }

    /// - Returns: nil for a word that `code` does not make.
    package init?(code: String, due: Day?) {
        let parts = code.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let closed = Obligation.Closed(rawValue: String(parts[0])) else { return nil }
        self.closed = closed
        self.due = due
        let flags = parts[1]
        firm = flags.contains("f")
        standing = flags.contains("s")
        observed = flags.contains("o")
        verified = flags.contains("v")
        isTriggered = flags.contains("t")
        isOut = flags.contains("e")
    }
}
