import Catalogue
import CivilTime
import Law
import People
import Projects
import Storage

/// What follows from an event: obligations created, clocks started, later steps awaited, an ended project's rest closed.
struct Consequences {
    let transaction: Transaction
    let law: LawBook
    let occasion: Occasion

    /// - Returns: ids of the obligations that the event created or started.
    func follow(_ event: Event, kind: EventKind) throws -> [String] {
        try awaitByLot(event)
        var touched: [String] = []
        touched += try start(duties(of: event), by: event)
        if !event.project.isEmpty, let chain = law.chain(containing: event.kind) {
            if kind.ends {
                try endAwaited(by: event)
            } else {
                try await_(chain, after: event)
            }
            try bound(chain, in: event.project, mayEnd: false)
        }
        return touched
    }

    /// What the standing facts of a project make known, after one of them was amended or taken back.
    func expectAgain(in project: String) throws {
        guard !project.isEmpty else { return }
        for event in try transaction.events.current(project: project) {
            guard let chain = law.chain(containing: event.kind), law.eventKind(event.kind)?.ends != true
            else { continue }
            try await_(chain, after: event)
        }
        for chain in law.chains { try bound(chain, in: project, mayEnd: true) }
    }

    /// The clocks that the catalogue gives an event's kind; of one item when the event names it.
    private func duties(of event: Event) throws -> [Duty] {
        let item = event.item.isEmpty ? nil : event.item
        return try catalogue(of: event).started(by: event.kind, naming: item, in: scopes(of: event.project))
    }

    /// The list in force on the event's day: a later list governs later events only.
    private func catalogue(of event: Event) throws -> Duties {
        let turn = try transaction.catalogue.turn(before: event.day)
        return Duties(transaction: transaction, jurisdiction: event.jurisdiction, day: turn)
    }

    private func scopes(of project: String) throws -> Set<ProjectScope> {
        try transaction.projects.project(project)?.scopes ?? []
    }

    // MARK: Starting a clock

    private func start(_ duties: [Duty], by event: Event) throws -> [String] {
        guard !duties.isEmpty else { return [] }
        let waiting =
            try event.project.isEmpty
            ? [] : transaction.obligations.awaited(project: event.project, eventKind: event.kind)
        return try duties.flatMap { duty in
            try start(duty, by: event, awaiting: waiting.filter { $0.awaits(duty, event) })
        }
    }

    /// - Parameter known: the obligations that were awaiting this event; of every lot when it concerns the whole project.
    private func start(_ duty: Duty, by event: Event, awaiting known: [Obligation]) throws -> [String] {
        guard let body = try owner(of: duty, event) else { return [] }
        let clock = Clock(transaction: transaction, law: law, occasion: occasion)
        guard !known.isEmpty else {
            let new = try obligation(
                duty, body: body, root: event.root, project: event.project, lot: event.lot)
            try clock.begin(new, rules: duty.rules, by: event)
            return [new.id]
        }
        for obligation in known {
            if obligation.body != body { try reassign(obligation, to: body) }
            try clock.start(obligation.id, rules: duty.rules, by: event, reason: "待触发的步骤已发生")
        }
        return known.map(\.id)
    }

    /// Another body acted than the one that was expected to: it owes.
    private func reassign(_ obligation: Obligation, to body: String) throws {
        let owner = try transaction.bodies.body(body, on: occasion.today)
        try transaction.obligations.setBody(
            obligation.id, body, observed: owner?.publishesHere ?? false, today: occasion.today)
        transaction.journal(
            occasion.entry(
                "obligation.reassigned", "obligation", obligation.id, ["from": obligation.body, "to": body]))
    }

    /// Who owes: the body that acted, unless the catalogue says that another class of body publishes. nil when the
    /// registry knows nobody; then a finding says so.
    private func owner(of duty: Duty, _ event: Event) throws -> String? {
        let owner = try transaction.catalogue.owner(of: duty.item, acting: event.body, on: occasion.today)
        if !owner.isEmpty { return owner }
        try Unassigned(transaction: transaction, law: law, occasion: occasion).note(duty)
        return nil
    }

    private func obligation(
        _ duty: Duty, body: String, root: String, project: String, lot: String
    ) throws -> Obligation {
        let publishesHere = try transaction.remembered("publishes|\(body)") {
            try transaction.bodies.body(body, on: occasion.today)?.publishesHere ?? false
        }
        return Obligation(
            awaiting: duty, id: transaction.newID(), body: body, jurisdiction: duty.item.jurisdiction,
            root: root, project: project, lot: lot, observed: publishesHere)
    }

    // MARK: Awaiting later steps

    /// Every later expected step of the chain that the catalogue makes somebody publish is now known to be owed one
    /// day. Earlier steps are not: that we have not seen them says nothing.
    private func await_(_ chain: Chain, after event: Event) throws {
        guard let here = chain.index(of: event.kind) else { return }
        let facts = try transaction.events.current(project: event.project)
        let over = facts.filter { law.eventKind($0.kind)?.ends == true }
        let lots = try (event.lot.isEmpty ? awaitedLots(event.project) : [event.lot])
            .filter { lot in !over.contains { $0.concerns(lot) } }
        let duties = try catalogue(of: event)
        let scopes = try scopes(of: event.project)
        let obligations = transaction.obligations
        var awaited: [(obligation: Obligation, rules: [String])] = []
        for step in chain.steps[(here + 1)...] where step.expected {
            for duty in try duties.started(by: step.event, naming: nil, in: scopes) {
                for lot in lots where !facts.contains(where: { $0.kind == step.event && $0.concerns(lot) }) {
                    guard try !obligations.isKnown(duty.known(in: lot), in: event.project),
                        try !obligations.isKnown(duty.known(in: ""), in: event.project)
                    else { continue }
                    guard let body = try owner(of: duty, event) else { continue }
                    let new = try obligation(
                        duty, body: body, root: event.root, project: event.project, lot: lot)
                    awaited.append((new, duty.rules))
                }
            }
        }
        try obligations.insert(awaited, on: occasion.today)
        for new in awaited { transaction.journal(new.obligation.created(occasion)) }
    }

    /// What was awaited of the whole project before its lots were known is awaited lot by lot.
    private func awaitByLot(_ event: Event) throws {
        guard !event.lot.isEmpty, !event.project.isEmpty else { return }
        let lots = try awaitedLots(event.project)
        for obligation in try transaction.obligations.awaited(project: event.project)
        where obligation.lot.isEmpty && obligation.closed == .open {
            let rules = try transaction.obligations.rules(of: obligation.id)
            try transaction.obligations.setLot(obligation.id, lots[0], today: occasion.today)
            transaction.journal(
                occasion.entry(
                    "obligation.divided", "obligation", obligation.id,
                    ["lot": LotLabel.logged(lots[0], at: 1)]))
            for lot in lots.dropFirst() {
                let other = obligation.ofLot(lot, id: transaction.newID())
                try transaction.obligations.insert(other, rules: rules, on: occasion.today)
                transaction.journal(other.created(occasion))
            }
        }
    }

    /// The lots that are registered or that a fact names; the project as a whole when there are none.
    private func awaitedLots(_ project: String) throws -> [String] {
        let registered = try transaction.projects.lots(of: project).map(\.number)
        let told = try transaction.events.current(project: project).map(\.lot)
        let lots = Set(registered + told).subtracting([""]).sorted()
        return lots.isEmpty ? [""] : lots
    }

    /// Where the law bounds the day of a step by an earlier fact, the awaited obligations show the bound.
    ///
    /// - Parameter mayEnd: a fact was amended or taken back, so that a bound may have lost its ground.
    private func bound(_ chain: Chain, in project: String, mayEnd: Bool) throws {
        let steps = chain.steps.filter { $0.bound != nil }
        guard !steps.isEmpty else { return }
        let facts = try transaction.events.current(project: project)
        for step in steps {
            guard let rule = step.bound, let kind = step.boundFrom,
                mayEnd || facts.contains(where: { $0.kind == kind })
            else { continue }
            for obligation in try transaction.obligations.awaited(project: project, eventKind: step.event) {
                let fact = facts.last {
                    $0.kind == kind && ($0.concerns(obligation.lot) || obligation.lot.isEmpty)
                }
                let day = fact.flatMap { last(rule, from: $0) }
                guard obligation.bound != day else { continue }
                try transaction.obligations.setBound(
                    obligation.id, bound: day, rule: day == nil ? "" : rule, today: occasion.today)
            }
        }
    }

    private func last(_ rule: String, from event: Event) -> Day? {
        law.rule(rule, on: event.day)?.counting.map {
            law.calendar(in: event.jurisdiction).dueDate($0, from: event.day).due
        }
    }

    // MARK: The end of a project or lot

    private func endAwaited(by event: Event) throws {
        for obligation in try transaction.obligations.awaited(project: event.project)
        where obligation.closed == .open && event.concerns(obligation.lot) {
            let decision = Decision(
                id: transaction.newID(), obligation: obligation.id, kind: .notApplicable,
                ground: "event:" + event.root, clause: "", reason: "项目或者标段已终止，后续步骤不再发生",
                decidedBy: occasion.actor, day: event.day, reviewOn: nil, revokedOn: nil, revokedBy: "",
                revokedReason: "")
            try transaction.ledger.insert(decision)
            transaction.journal(
                occasion.entry(
                    "decision.made", "decision", decision.id,
                    ["obligation": obligation.id, "kind": decision.kind.rawValue, "event": event.root]))
            try Settlement(transaction: transaction, occasion: occasion).settle(obligation.id)
        }
    }
}

extension Obligation {
    /// A duty that is known and waits for its trigger.
    init(
        awaiting duty: Duty, id: String, body: String, jurisdiction: String, root: String,
        period: String = "",
        project: String = "", lot: String = "", standing: Bool = false, observed: Bool
    ) {
        self.init(
            id: id, item: duty.item.id, catalogueVersion: duty.item.version, jurisdiction: jurisdiction,
            field: duty.item.field, channel: duty.channel, body: body, root: root, period: period,
            project: project, lot: lot, eventKind: duty.eventKind, trigger: "", triggerDay: nil,
            triggerBasis: nil, due: nil, provisional: false, rule: "", verified: true, firm: duty.firm,
            standing: standing, observed: observed, bound: nil, boundRule: "", closed: .open, closedDay: nil)
    }

    /// The same duty for one lot of the project.
    func ofLot(_ lot: String, id: String) -> Obligation {
        var copy = self
        copy.id = id
        copy.lot = lot
        return copy
    }

    fileprivate func awaits(_ duty: Duty, _ event: Event) -> Bool {
        item == duty.item.id && channel == duty.channel && (event.lot.isEmpty || lot == event.lot)
    }

    /// The same with its clock running.
    func started(by event: Event, _ choice: RuleChoice) -> Obligation {
        var copy = self
        copy.trigger = event.id
        copy.triggerDay = event.day
        copy.triggerBasis = event.basis
        copy.due = choice.dueDate?.due
        copy.provisional = choice.dueDate?.provisional ?? false
        copy.rule = choice.rule?.id ?? ""
        copy.verified = choice.rule?.verified ?? false
        return copy
    }

    func created(_ occasion: Occasion) -> JournalEntry {
        occasion.entry(
            "obligation.created", "obligation", id,
            ["item": item, "body": body, "channel": channel, "root": root])
    }
}

extension Duty {
    fileprivate func known(in lot: String) -> KnownDuty {
        KnownDuty(item: item.id, channel: channel, eventKind: eventKind, lot: lot)
    }
}

extension Event {
    /// Whether it happened to that lot: to it alone, or to the whole project.
    fileprivate func concerns(_ lot: String) -> Bool {
        self.lot.isEmpty || self.lot == lot
    }
}
