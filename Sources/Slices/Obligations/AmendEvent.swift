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
    /// The key under which the fact will be told again; what the old event's becomes with the new day when nil.
    package let naturalKey: String?

    package init(
        event: String, day: Day, basis: DayBasis, evidence: String, reason: String, naturalKey: String? = nil
    ) {
        self.event = event
        self.day = day
        self.basis = basis
        self.evidence = evidence
        self.reason = reason
        self.naturalKey = naturalKey
    }

    package func perform(in transaction: Transaction, law: LawBook, _ occasion: Occasion) throws -> Event {
        let old = try transaction.standingEvent(event)
        let reason = try checkedReason(reason)
        guard let kind = law.eventKind(old.kind) else { throw LedgerProblem.unknownEventKind(old.kind) }
        guard !kind.comesByItself else { throw LedgerProblem.periodicEventNeedsPeriod }
        try EventDay(day: day, basis: basis, evidence: evidence).check(kind, occasion)
        let new = amended(old, id: transaction.newID(), occasion)
        let key = try key(of: new, after: old, in: transaction)
        try transaction.events.end(old.id, as: .superseded, reason: reason)
        try transaction.events.insert(new, naturalKey: key)
        transaction.journal(
            occasion.entry(
                "event.amended", "event", new.id,
                ["supersedes": old.id, "root": old.root, "day": day.description, "basis": basis.rawValue]))
        let clock = Clock(transaction: transaction, law: law, occasion: occasion)
        for obligation in try transaction.obligations.obligations(triggeredBy: old.id) {
            let rules = try transaction.obligations.rules(of: obligation.id)
            try clock.start(obligation.id, rules: rules, by: new, reason: "触发日更正")
        }
        try Consequences(transaction: transaction, law: law, occasion: occasion).expectAgain(in: old.project)
        try ProjectQuestions(transaction: transaction, law: law, occasion: occasion)
            .ask(about: old.project, mayEnd: true)
        return new
    }

    private func amended(_ old: Event, id: String, _ occasion: Occasion) -> Event {
        Event(
            id: id, root: old.root, kind: old.kind, item: old.item, body: old.body,
            jurisdiction: old.jurisdiction, project: old.project, lot: old.lot, period: old.period, day: day,
            time: old.time, basis: basis, evidence: evidence, evidenceEdition: old.evidenceEdition,
            recordedAt: occasion.now, recordedBy: occasion.actor, state: .current, reason: "")
    }

    /// The corrected fact takes the old one's place: told again as corrected, it is the same fact.
    private func key(of new: Event, after old: Event, in transaction: Transaction) throws -> String {
        let before = try transaction.events.naturalKey(of: old.id)
        let key = naturalKey ?? (before == old.factKey ? new.factKey : before)
        if let known = try transaction.events.event(naturalKey: key), known.id != old.id {
            throw LedgerProblem.alreadyRecorded(id: known.id)
        }
        return key
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
        try transaction.events.end(old.id, as: .voided, reason: try checkedReason(reason))
        transaction.journal(occasion.entry("event.voided", "event", old.id, ["root": old.root]))
        let clock = Clock(transaction: transaction, law: law, occasion: occasion)
        let triggered = try transaction.obligations.obligations(triggeredBy: old.id)
        let freed = try triggered.flatMap { try release($0, transaction, occasion) }
        for obligation in triggered {
            // What another fact made known waits again, unless that one is gone too.
            if try transaction.events.current(root: obligation.root) == nil {
                try voidObligation(obligation, transaction, occasion)
            } else {
                try clock.stop(obligation.id)
            }
        }
        for obligation in try transaction.obligations.untriggered(root: old.root) {
            try voidObligation(obligation, transaction, occasion)
        }
        for decision in try transaction.ledger.activeDecisions(ground: "event:" + old.root) {
            try RevokeDecision(decision: decision.id, reason: "据以决定的触发事项已作废")
                .perform(in: transaction, occasion)
        }
        try Consequences(transaction: transaction, law: law, occasion: occasion).expectAgain(in: old.project)
        try ProjectQuestions(transaction: transaction, law: law, occasion: occasion)
            .ask(about: old.project, mayEnd: true)
        let matching = Matching(transaction: transaction, law: law, occasion: occasion)
        for publication in Set(freed).sorted() {
            for offered in try transaction.ledger.offered(by: publication) { try matching.match(offered) }
        }
    }

    private func voidObligation(_ obligation: Obligation, _ transaction: Transaction, _ occasion: Occasion)
        throws
    {
        try transaction.obligations.setClosed(
            obligation.id, .void, on: occasion.today, today: occasion.today)
        transaction.journal(occasion.entry("obligation.voided", "obligation", obligation.id))
    }

    /// The editions that had discharged it are free again for another obligation.
    ///
    /// - Returns: their publications.
    private func release(
        _ obligation: Obligation, _ transaction: Transaction, _ occasion: Occasion
    ) throws -> [String] {
        let standing = try transaction.ledger.discharges(of: obligation.id).filter { !$0.revoked }
        for discharge in standing {
            try transaction.ledger.set(discharge.asRevoked, on: occasion.today)
        }
        try Settlement(transaction: transaction, occasion: occasion).settle(obligation.id)
        return standing.map(\.publication)
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
