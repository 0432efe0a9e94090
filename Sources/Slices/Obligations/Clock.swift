import CivilTime
import Law
import People
import Storage

/// Computes due days, keeps every computation, and lets what depends on them follow.
struct Clock {
    let transaction: Transaction
    let law: LawBook
    let occasion: Occasion

    /// The limit for the first edition of a standing item: the general one; then each edition is kept fresh.
    private static let firstEdition = ["active-20wd"]

    /// Enters a new obligation whose clock starts at once.
    func begin(_ obligation: Obligation, rules: [String], by event: Event) throws {
        let choice = choose(rules, event)
        var begun = obligation.started(by: event, choice)
        if !begun.observed, try transaction.ledger.isCovered(begun) { begun.observed = true }
        try transaction.obligations.insert(begun, rules: rules, on: occasion.today)
        transaction.ledger.holdNothing(of: begun.id)
        transaction.journal(begun.created(occasion))
        try keep(choice, of: begun.id, number: 1, trigger: event.id, countedFrom: event.day, reason: "触发")
        try Matching(transaction: transaction, law: law, occasion: occasion).match(begun)
    }

    private func choose(_ rules: [String], _ event: Event) -> RuleChoice {
        law.choose(rules, trigger: event.day, in: event.jurisdiction)
    }

    /// Starts or restarts the clock of an obligation from an event.
    func start(_ id: String, rules: [String], by event: Event, reason: String) throws {
        let standing = try transaction.obligations.obligation(id)?.standing ?? false
        let choice = choose(standing ? Self.firstEdition : rules, event)
        try compute(id, choice: choice, trigger: event.id, day: event.day, basis: event.basis, reason: reason)
        try follow(id)
    }

    /// Computes a due day again, after the calendar or the law data changed.
    ///
    /// - Returns: whether anything that the obligation shows has changed.
    func recompute(_ obligation: Obligation, reason: String) throws -> Bool {
        guard let day = obligation.triggerDay else { return false }
        if obligation.standing { return try renew(obligation.id, reason: reason) }
        let rules = try transaction.obligations.rules(of: obligation.id)
        let choice = law.choose(rules, trigger: day, in: obligation.jurisdiction)
        let latest = try transaction.ledger.computations(of: obligation.id).first
        guard latest?.choice != choice else { return false }
        try compute(
            obligation.id, choice: choice, trigger: obligation.trigger, day: day,
            basis: obligation.triggerBasis,
            reason: reason)
        try follow(obligation.id)
        return true
    }

    /// A standing duty lapses so long after its latest edition; without one, its first edition is due.
    ///
    /// - Returns: whether its due day was computed anew.
    @discardableResult
    func renew(_ id: String, reason: String) throws -> Bool {
        guard let obligation = try transaction.obligations.obligation(id), obligation.standing,
            let started = obligation.triggerDay
        else { return false }
        let latest = try transaction.ledger.discharges(of: id).filter { !$0.revoked }.compactMap(\.day).max()
        let refresh = try transaction.obligations.rules(of: id)
            .filter { rule in latest.flatMap { law.rule(rule, on: $0) }?.form == .standing }
        let day = refresh.isEmpty ? started : latest ?? started
        let choice = law.choose(
            refresh.isEmpty ? Self.firstEdition : refresh, trigger: day, in: obligation.jurisdiction)
        guard try transaction.ledger.computations(of: id).first?.choice != choice else { return false }
        try compute(
            id, choice: choice, trigger: obligation.trigger, day: started, countedFrom: day,
            basis: obligation.triggerBasis, reason: reason)
        return true
    }

    /// Takes the clock back: the obligation waits for its trigger again.
    func stop(_ id: String) throws {
        try transaction.obligations.setTrigger(
            id, event: "", day: nil, basis: nil, due: nil, provisional: false, rule: "", verified: true,
            today: occasion.today)
        transaction.journal(occasion.entry("obligation.awaited", "obligation", id))
    }

    private func compute(
        _ id: String, choice: RuleChoice, trigger: String, day: Day, countedFrom: Day? = nil,
        basis: DayBasis?,
        reason: String
    ) throws {
        let due = choice.dueDate
        try transaction.obligations.setTrigger(
            id, event: trigger, day: day, basis: basis, due: due?.due, provisional: due?.provisional ?? false,
            rule: choice.rule?.id ?? "", verified: choice.rule?.verified ?? false, today: occasion.today)
        let number = try transaction.ledger.computationCount(of: id) + 1
        try keep(
            choice, of: id, number: number, trigger: trigger, countedFrom: countedFrom ?? day, reason: reason)
    }

    private func keep(
        _ choice: RuleChoice, of id: String, number: Int, trigger: String, countedFrom day: Day,
        reason: String
    ) throws {
        try transaction.ledger.add(
            DueComputation(
                number: number, lawVersion: law.version, calendarVersion: law.calendarVersion,
                trigger: trigger,
                triggerDay: day, choice: choice, reason: reason, computedAt: occasion.now),
            written: law.written(choice), to: id)
        transaction.journal(
            occasion.entry(
                "obligation.due_computed", "obligation", id,
                [
                    "n": String(number), "due": choice.dueDate?.due.description ?? "",
                    "rule": choice.rule?.id ?? "",
                    "law": law.version, "calendar": law.calendarVersion,
                ]))
    }

    private func follow(_ id: String) throws {
        guard let obligation = try transaction.obligations.obligation(id) else { return }
        if !obligation.observed, try transaction.ledger.isCovered(obligation) {
            try transaction.obligations.setObserved(id, true, today: occasion.today)
        }
        let matching = Matching(transaction: transaction, law: law, occasion: occasion)
        try matching.match(obligation)
        try matching.judgeAgain(try transaction.obligations.obligation(id) ?? obligation)
    }
}
