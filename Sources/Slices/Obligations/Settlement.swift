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
        let (closed, day) = obligation.settled(
            by: try transaction.ledger.discharges(of: id), try transaction.ledger.decisions(of: id))
        try close(obligation, as: closed, on: day)
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

extension Obligation {
    /// How discharges and decisions close it, and the day; of one that is not void.
    ///
    /// A standing duty stays open: each edition moves the day on which it lapses.
    ///
    /// - Parameters:
    ///   - discharges: its own, in their order; those that are revoked count for nothing.
    ///   - decisions: its own, in their order; the last that stands goes before any discharge.
    package func settled(by discharges: [Discharge], _ decisions: [Decision]) -> (closed: Closed, day: Day?) {
        let standing = discharges.filter { !$0.revoked }
        if let decision = decisions.last(where: { $0.revokedOn == nil }) {
            return (decision.kind == .withheld ? .withheld : .notApplicable, decision.day)
        }
        if self.standing { return (.open, standing.compactMap(\.day).max()) }
        return standing.first.map { (Closed($0.verdict), $0.day) } ?? (.open, nil)
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
