import CivilTime
import Law
import People
import Storage

/// Brings offered editions and obligations together, whichever came first.
struct Matching {
    let transaction: Transaction
    let law: LawBook
    let occasion: Occasion

    /// An edition was released: which obligations does it discharge?
    func match(_ edition: OfferedEdition) throws {
        for obligation in try transaction.obligations.dischargeable(by: edition) {
            try discharge(obligation, with: edition)
        }
    }

    /// An obligation was created, triggered or reopened: was it discharged already?
    func match(_ obligation: Obligation) throws {
        guard !obligation.trigger.isEmpty || obligation.standing else { return }
        for edition in try transaction.ledger.offers(for: obligation) {
            try discharge(obligation, with: edition)
        }
    }

    /// A new due day may turn on time into late and back.
    func judgeAgain(_ obligation: Obligation) throws {
        for old in try transaction.ledger.discharges(of: obligation.id) where !old.revoked {
            let verdict = Discharge.Verdict(day: old.day, due: obligation.due, triggerBasis: obligation.triggerBasis)
            guard verdict != old.verdict else { continue }
            try transaction.ledger.set(
                Discharge(
                    obligation: old.obligation, publication: old.publication, edition: old.edition, day: old.day,
                    basis: old.basis, verdict: verdict, revoked: false))
        }
        try Settlement(transaction: transaction, occasion: occasion).settle(obligation.id)
    }

    private func discharge(_ obligation: Obligation, with edition: OfferedEdition) throws {
        guard try isFree(edition, for: obligation) else { return }
        let verdict = Discharge.Verdict(
            day: edition.day, due: obligation.due, triggerBasis: obligation.triggerBasis)
        let discharge = Discharge(
            obligation: obligation.id, publication: edition.publication, edition: edition.edition,
            day: edition.day, basis: edition.basis, verdict: obligation.standing ? .onTime : verdict,
            revoked: false)
        let known = try transaction.ledger.discharges(of: obligation.id)
        guard !known.contains(discharge) else { return }
        try transaction.ledger.set(discharge)
        transaction.journal(
            occasion.entry(
                "obligation.discharged", "obligation", obligation.id,
                [
                    "publication": edition.publication, "edition": String(edition.edition),
                    "verdict": discharge.verdict.rawValue, "basis": edition.basis.rawValue,
                ]))
        if obligation.standing { try renew(obligation) }
        try Settlement(transaction: transaction, occasion: occasion).settle(obligation.id)
    }

    /// One publication discharges one obligation an item, channel and lot, unless its publisher named one:
    /// a second contract of the same project is not met by the notice of the first.
    private func isFree(_ edition: OfferedEdition, for obligation: Obligation) throws -> Bool {
        if edition.obligation == obligation.id { return true }
        for taken in try transaction.ledger.discharges(by: edition.publication) where !taken.revoked {
            guard taken.obligation != obligation.id,
                let other = try transaction.obligations.obligation(taken.obligation), other.closed != .void
            else { continue }
            if other.item == obligation.item, other.channel == obligation.channel, other.lot == obligation.lot {
                return false
            }
        }
        return true
    }

    /// A new edition of a standing item moves the day on which it lapses.
    func renew(_ obligation: Obligation) throws {
        let latest = try transaction.ledger.discharges(of: obligation.id).filter { !$0.revoked }.compactMap(\.day).max()
        guard let start = latest ?? obligation.triggerDay else { return }
        let rules = try transaction.obligations.rules(of: obligation.id)
        let refresh = rules.compactMap { law.rule($0, on: start) }.first { $0.form == .standing }
        guard latest != nil, let refresh, let counting = refresh.counting else { return }
        try transaction.obligations.setDue(
            obligation.id, due: law.calendar(in: obligation.jurisdiction).dueDate(counting, from: start).due)
    }
}
