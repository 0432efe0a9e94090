import CivilTime
import Law
import People
import Storage

/// Computes due days, keeps every computation, and lets what depends on them follow.
struct Clock {
    let transaction: Transaction
    let law: LawBook
    let occasion: Occasion

    /// Starts or restarts the clock of an obligation from an event.
    func start(_ id: String, rules: [String], by event: Event, reason: String) throws {
        let choice = law.choose(rules, trigger: event.day, in: event.jurisdiction)
        try compute(id, choice: choice, trigger: event.id, day: event.day, basis: event.basis, reason: reason)
    }

    /// Computes a due day again, after the calendar or the law data changed.
    ///
    /// - Returns: whether anything that the obligation shows has changed.
    func recompute(_ obligation: Obligation, reason: String) throws -> Bool {
        guard let day = obligation.triggerDay else { return false }
        let rules = try transaction.obligations.rules(of: obligation.id)
        let choice = law.choose(rules, trigger: day, in: obligation.jurisdiction)
        let latest = try transaction.ledger.computations(of: obligation.id).first
        guard latest?.choice != choice else { return false }
        try compute(
            obligation.id, choice: choice, trigger: obligation.trigger, day: day, basis: obligation.triggerBasis,
            reason: reason)
        return true
    }

    /// Takes the clock back: the obligation waits for its trigger again.
    func stop(_ id: String) throws {
        try transaction.obligations.setTrigger(
            id, event: "", day: nil, basis: nil, due: nil, provisional: false, rule: "", verified: true)
    }

    private func compute(
        _ id: String, choice: RuleChoice, trigger: String, day: Day, basis: DayBasis?, reason: String
    ) throws {
        let due = choice.dueDate
        try transaction.obligations.setTrigger(
            id, event: trigger, day: day, basis: basis, due: due?.due, provisional: due?.provisional ?? false,
            rule: choice.rule?.id ?? "", verified: choice.rule?.verified ?? false)
        let number = try transaction.ledger.computationCount(of: id) + 1
        try transaction.ledger.add(
            DueComputation(
                number: number, lawVersion: law.version, calendarVersion: law.calendarVersion, trigger: trigger,
                triggerDay: day, choice: choice, reason: reason, computedAt: occasion.now),
            to: id)
        transaction.journal(
            occasion.entry(
                "obligation.due_computed", "obligation", id,
                [
                    "n": String(number), "due": due?.due.description ?? "", "rule": choice.rule?.id ?? "",
                    "law": law.version, "calendar": law.calendarVersion,
                ]))
        try follow(id)
    }

    private func follow(_ id: String) throws {
        guard let obligation = try transaction.obligations.obligation(id) else { return }
        if !obligation.observed, try transaction.ledger.isCovered(obligation) {
            try transaction.obligations.setObserved(id, true)
        }
        let matching = Matching(transaction: transaction, law: law, occasion: occasion)
        if obligation.standing { try matching.renew(obligation) }
        try matching.match(obligation)
        try matching.judgeAgain(try transaction.obligations.obligation(id) ?? obligation)
    }
}
