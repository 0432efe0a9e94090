import CivilTime
import Law
import People
import Storage

/// Gives an edition the day that a signed log has for it, instead of the one that its publisher says (日志时间).
///
/// What it discharges is judged again by that day. A day with a better basis stays. A witness only says that it has seen
/// the head by then: when it looked on a later day than our own log signed, the day and basis of our log stay, so that
/// nobody is late because a witness was away.
///
/// - Law: R-10; design: "on time" of our own publications is judged by the log, never by a form field.
package struct DateEdition {
    package let publication: String
    package let edition: Int
    package let day: Day
    package let basis: TimeBasis

    package init(publication: String, edition: Int, day: Day, basis: TimeBasis) {
        self.publication = publication
        self.edition = edition
        self.day = day
        self.basis = basis
    }

    package func perform(in transaction: Transaction, law: LawBook, _ occasion: Occasion) throws {
        try transaction.ledger.dateOffer(publication, edition: edition, day: day, basis: basis)
        for old in try transaction.ledger.discharges(by: publication)
        where !old.revoked && old.edition == edition && replaces(old) {
            guard let obligation = try transaction.obligations.obligation(old.obligation) else { continue }
            // Standing duties are not judged: an edition keeps them fresh or it does not.
            let verdict =
                obligation.standing ? old.verdict : Discharge.Verdict(day: day, for: obligation)
            let new = Discharge(
                obligation: old.obligation, publication: publication, edition: edition, day: day,
                basis: basis, verdict: verdict, revoked: false)
            try transaction.ledger.set(new, on: occasion.today)
            transaction.journal(
                occasion.entry(
                    "obligation.discharged", "obligation", old.obligation,
                    [
                        "publication": publication, "edition": String(edition), "day": day.description,
                        "verdict": verdict.rawValue, "basis": basis.rawValue,
                    ]))
            try Settlement(transaction: transaction, occasion: occasion).settle(old.obligation)
        }
    }

    private func replaces(_ old: Discharge) -> Bool {
        basis == .witnessed ? old.basis == .logged && old.day == day : old.basis == .attested
    }
}
