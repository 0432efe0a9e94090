import CivilTime
import Law
import People
import Storage

/// Brings offered editions and obligations together, whichever came first.
struct Matching {
    let transaction: Transaction
    let law: LawBook
    let occasion: Occasion

    /// An edition was released: which obligations does it discharge? Those that nothing discharges yet come first,
    /// so that the notice of a second contract is not taken for another one of the first.
    func match(_ edition: OfferedEdition) throws {
        var discharged: [Obligation] = []
        let owed = try transaction.obligations.dischargeable(by: edition)
        try transaction.ledger.holdDischarges(of: owed.map(\.id))
        for obligation in owed {
            if try transaction.ledger.discharges(of: obligation.id).contains(where: { !$0.revoked }) {
                discharged.append(obligation)
            } else {
                try discharge(obligation.id, with: edition)
            }
        }
        for obligation in discharged { try discharge(obligation.id, with: edition) }
    }

    /// An obligation was created, triggered or reopened: was it discharged already?
    func match(_ obligation: Obligation) throws {
        guard !obligation.trigger.isEmpty || obligation.standing else { return }
        let offers = try transaction.ledger.offers(for: obligation)
        try transaction.ledger.holdDischarges(by: offers.map(\.publication))
        for edition in offers {
            try discharge(obligation.id, with: edition)
        }
    }

    /// A new due day may turn on time into late and back.
    ///
    /// The editions of a standing duty were judged when they came: its due day moves on with each.
    func judgeAgain(_ obligation: Obligation) throws {
        guard !obligation.standing else { return }
        for old in try transaction.ledger.discharges(of: obligation.id) where !old.revoked {
            let verdict = Discharge.Verdict(day: old.day, for: obligation)
            guard verdict != old.verdict else { continue }
            try transaction.ledger.set(
                Discharge(
                    obligation: old.obligation, publication: old.publication, edition: old.edition,
                    day: old.day,
                    basis: old.basis, verdict: verdict, revoked: false), on: occasion.today)
        }
        try Settlement(transaction: transaction, occasion: occasion).settle(obligation.id)
    }

    private func discharge(_ id: String, with edition: OfferedEdition) throws {
        guard let obligation = try transaction.obligations.obligation(id),
            try isMeant(edition, for: obligation), try isFree(edition, for: obligation)
        else { return }
        let number = obligation.standing ? edition.latestEdition : edition.edition
        let day = obligation.standing ? edition.latestDay : edition.day
        let verdict = Discharge.Verdict(day: day, for: obligation)
        try transaction.ledger.set(
            Discharge(
                obligation: id, publication: edition.publication, edition: number, day: day,
                basis: edition.basis,
                verdict: verdict, revoked: false), on: occasion.today)
        transaction.journal(
            occasion.entry(
                "obligation.discharged", "obligation", id,
                [
                    "publication": edition.publication, "edition": String(number),
                    "verdict": verdict.rawValue,
                    "basis": edition.basis.rawValue,
                ]))
        if obligation.standing {
            try Clock(transaction: transaction, law: law, occasion: occasion).renew(id, reason: "新版本公开")
        }
        try Settlement(transaction: transaction, occasion: occasion).settle(id)
    }

    /// Information about one matter cannot be out before it was formed: an earlier publication of the same item was
    /// about another matter, unless its publisher named this obligation.
    private func isMeant(_ edition: OfferedEdition, for obligation: Obligation) throws -> Bool {
        guard edition.body.isEmpty || edition.body == obligation.body else { return false }
        let known = try transaction.ledger.discharges(of: obligation.id)
        if known.contains(where: { $0.publication == edition.publication && !$0.revoked }) { return false }
        guard edition.obligation != obligation.id, obligation.project.isEmpty, obligation.period.isEmpty,
            let day = edition.day, let formed = obligation.triggerDay, obligation.triggerBasis != .inferred
        else { return true }
        return day >= formed
    }

    /// One publication discharges one obligation an item, channel and lot, unless its publisher named one:
    /// a second contract of the same project is not met by the notice of the first.
    ///
    /// Standing duties stand apart: the newest edition keeps them fresh, whatever else it discharges.
    private func isFree(_ edition: OfferedEdition, for obligation: Obligation) throws -> Bool {
        if edition.obligation == obligation.id || obligation.standing { return true }
        for taken in try transaction.ledger.discharges(by: edition.publication) where !taken.revoked {
            guard taken.obligation != obligation.id,
                let other = try transaction.obligations.obligation(taken.obligation), other.closed != .void,
                !other.standing
            else { continue }
            if other.item == obligation.item, other.channel == obligation.channel, other.lot == obligation.lot
            {
                return false
            }
        }
        return true
    }
}
