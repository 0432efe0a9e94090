import CivilTime
import Law
import People
import Storage

/// How stored facts close or reopen an obligation, in one place.
struct Settlement {
    let transaction: Transaction
    let occasion: Occasion

    /// Derives `closed` from the voids, decisions and discharges that stand, and journals a change.
    func settle(_ id: String) throws {
        guard let obligation = try transaction.obligations.obligation(id) else { return }
        guard obligation.closed != .void else { return }
        let decision = try transaction.ledger.decisions(of: id).last { $0.revokedOn == nil }
        let discharges = try transaction.ledger.discharges(of: id).filter { !$0.revoked }
        if obligation.standing, decision == nil {
            try settleStanding(obligation, discharges)
            return
        }
        let first = discharges.first
        let (closed, day): (Obligation.Closed, Day?) =
            if let decision {
                (decision.kind == .withheld ? .withheld : .notApplicable, decision.day)
            } else if let first {
                (Obligation.Closed(first.verdict), first.day)
            } else {
                (.open, nil)
            }
        try close(obligation, as: closed, on: day)
    }

    /// A standing duty stays open: each edition moves the day on which it lapses.
    private func settleStanding(_ obligation: Obligation, _ discharges: [Discharge]) throws {
        let latest = discharges.compactMap(\.day).max()
        try close(obligation, as: .open, on: latest)
    }

    private func close(_ obligation: Obligation, as closed: Obligation.Closed, on day: Day?) throws {
        guard obligation.closed != closed || obligation.closedDay != day else { return }
        try transaction.obligations.setClosed(obligation.id, closed, on: day, today: occasion.today)
        guard obligation.closed != closed else { return }
        let act = closed == .open ? "obligation.reopened" : "obligation.closed"
        transaction.journal(
            occasion.entry(
                act, "obligation", obligation.id,
                ["from": obligation.closed.rawValue, "to": closed.rawValue, "day": day?.description ?? ""]))
    }
}

extension Obligation.Closed {
    init(_ verdict: Discharge.Verdict) {
        self =
            switch verdict {
            case .onTime: .onTime
            case .late: .late
            case .undetermined: .undetermined
            }
    }
}
