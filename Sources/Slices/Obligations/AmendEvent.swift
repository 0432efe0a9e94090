import CivilTime
import Law
import People
import Storage

/// Corrects the day of a recorded fact: a new event supersedes the old one, and every clock that it started restarts.
package struct AmendEvent {
    package let event: String
    package let day: Day
    package let basis: DayBasis
    package let evidence: String
    package let reason: String

    package init(event: String, day: Day, basis: DayBasis, evidence: String, reason: String) {
        self.event = event
        self.day = day
        self.basis = basis
        self.evidence = evidence
        self.reason = reason
    }

    package func perform(in transaction: Transaction, law: LawBook, _ occasion: Occasion) throws -> Event {
        let old = try transaction.standingEvent(event)
        guard reason.unicodeScalars.count >= 4 else { throw LedgerProblem.reasonMissing }
        guard let kind = law.eventKind(old.kind) else { throw LedgerProblem.unknownEventKind(old.kind) }
        try EventDay(day: day, basis: basis, evidence: evidence).check(kind, occasion)
        let id = transaction.newID()
        let new = Event(
            id: id, root: old.root, kind: old.kind, item: old.item, body: old.body,
            jurisdiction: old.jurisdiction, project: old.project, lot: old.lot, period: old.period, day: day,
            time: old.time, basis: basis, evidence: evidence, evidenceEdition: old.evidenceEdition,
            recordedAt: occasion.now, recordedBy: occasion.actor, state: .current, reason: "")
        try transaction.events.end(old.id, as: .superseded, reason: reason)
        try transaction.events.insert(new, naturalKey: old.root + "#" + id)
        transaction.journal(
            occasion.entry(
                "event.amended", "event", id,
                ["supersedes": old.id, "root": old.root, "day": day.description, "basis": basis.rawValue]))
        let clock = Clock(transaction: transaction, law: law, occasion: occasion)
        for obligation in try transaction.obligations.obligations(triggeredBy: old.id) {
            let rules = try transaction.obligations.rules(of: obligation.id)
            try clock.start(obligation.id, rules: rules, by: new, reason: "触发日更正")
        }
        return new
    }
}

/// Takes back a recorded fact with a reason: what it alone created is void, what awaited it waits again.
package struct VoidEvent {
    package let event: String
    package let reason: String

    package init(event: String, reason: String) {
        self.event = event
        self.reason = reason
    }

    package func perform(in transaction: Transaction, law: LawBook, _ occasion: Occasion) throws {
        let old = try transaction.standingEvent(event)
        guard reason.unicodeScalars.count >= 4 else { throw LedgerProblem.reasonMissing }
        try transaction.events.end(old.id, as: .voided, reason: reason)
        transaction.journal(occasion.entry("event.voided", "event", old.id, ["root": old.root]))
        let clock = Clock(transaction: transaction, law: law, occasion: occasion)
        for obligation in try transaction.obligations.obligations(triggeredBy: old.id) {
            if obligation.root == old.root {
                try voidObligation(obligation, transaction, occasion)
            } else {
                try release(obligation, transaction, occasion)
                try clock.stop(obligation.id)
            }
        }
        for obligation in try transaction.obligations.awaited(project: old.project)
        where !old.project.isEmpty && obligation.root == old.root {
            try voidObligation(obligation, transaction, occasion)
        }
        for decision in try transaction.ledger.activeDecisions(ground: "event:" + old.root) {
            try RevokeDecision(decision: decision.id).perform(in: transaction, occasion)
        }
    }

    private func voidObligation(_ obligation: Obligation, _ transaction: Transaction, _ occasion: Occasion) throws {
        try release(obligation, transaction, occasion)
        try transaction.obligations.setClosed(obligation.id, .void, on: occasion.today)
        transaction.journal(occasion.entry("obligation.voided", "obligation", obligation.id))
    }

    /// The editions that had discharged it are free again for another obligation.
    private func release(_ obligation: Obligation, _ transaction: Transaction, _ occasion: Occasion) throws {
        for discharge in try transaction.ledger.discharges(of: obligation.id) where !discharge.revoked {
            try transaction.ledger.set(discharge.asRevoked)
        }
        try Settlement(transaction: transaction, occasion: occasion).settle(obligation.id)
    }
}

extension Discharge {
    var asRevoked: Discharge {
        Discharge(
            obligation: obligation, publication: publication, edition: edition, day: day, basis: basis,
            verdict: verdict, revoked: true)
    }
}

extension Transaction {
    /// The event of that id, when it still stands.
    func standingEvent(_ id: String) throws -> Event {
        guard let event = try events.event(id) else { throw LedgerProblem.eventNotFound(id) }
        guard event.state == .current else { throw LedgerProblem.eventEnded(id) }
        return event
    }
}
