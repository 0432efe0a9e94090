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
        var touched: [String] = []
        for duty in try duties(of: event) {
            touched.append(try start(duty, by: event))
        }
        if !event.project.isEmpty, let chain = law.chain(containing: event.kind) {
            if kind.ends {
                try endAwaited(by: event)
            } else {
                try await_(chain, after: event)
                try bound(chain, by: event)
            }
        }
        return touched
    }

    /// The clocks that the catalogue gives an event's kind; of one item when the event names it.
    private func duties(of event: Event) throws -> [Duty] {
        let item = event.item.isEmpty ? nil : event.item
        return try catalogue(of: event).started(by: event.kind, naming: item, in: scopes(of: event.project))
    }

    private func catalogue(of event: Event) -> Duties {
        Duties(transaction: transaction, jurisdiction: event.jurisdiction, day: occasion.today)
    }

    private func scopes(of project: String) throws -> Set<ProjectScope> {
        try transaction.projects.project(project)?.scopes ?? []
    }

    // MARK: Starting a clock

    private func start(_ duty: Duty, by event: Event) throws -> String {
        let body = try owner(of: duty, event)
        let known = try existing(duty, body: body, event: event)
        let id = try known?.id ?? create(duty, body: body, root: event.root, project: event.project, lot: event.lot)
        let clock = Clock(transaction: transaction, law: law, occasion: occasion)
        try clock.start(id, rules: duty.rules, by: event, reason: known == nil ? "触发" : "待触发的步骤已发生")
        return id
    }

    /// The obligation that this event started before, or that was awaiting it.
    private func existing(_ duty: Duty, body: String, event: Event) throws -> Obligation? {
        if let same = try transaction.obligations.find(
            item: duty.item.id, channel: duty.channel, body: body, eventKind: duty.eventKind, root: event.root,
            period: "", lot: event.lot)
        {
            return same
        }
        guard !event.project.isEmpty else { return nil }
        return try transaction.obligations.awaited(
            project: event.project, eventKind: duty.eventKind, item: duty.item.id
        ).first { $0.channel == duty.channel && $0.lot == event.lot }
    }

    /// Who owes: the body that acted, unless the catalogue says that another class of body publishes.
    private func owner(of duty: Duty, _ event: Event) throws -> String {
        try transaction.catalogue.owner(of: duty.item, acting: event.body, on: occasion.today)
    }

    private func create(_ duty: Duty, body: String, root: String, project: String, lot: String) throws -> String {
        let owner = try transaction.bodies.body(body, on: occasion.today)
        let obligation = Obligation(
            awaiting: duty, id: transaction.newID(), body: body, jurisdiction: duty.item.jurisdiction,
            root: root, project: project, lot: lot, observed: owner?.publishesHere ?? false)
        try transaction.obligations.insert(obligation, rules: duty.rules)
        transaction.journal(
            occasion.entry(
                "obligation.created", "obligation", obligation.id,
                ["item": obligation.item, "body": body, "channel": obligation.channel, "root": root]))
        return obligation.id
    }

    // MARK: Awaiting later steps

    /// Every later expected step of the chain that the catalogue makes somebody publish is now known to be owed one
    /// day. Earlier steps are not: that we have not seen them says nothing.
    private func await_(_ chain: Chain, after event: Event) throws {
        guard let here = chain.index(of: event.kind) else { return }
        let lots = try event.lot.isEmpty ? awaitedLots(event.project) : [event.lot]
        let seen = Set(try transaction.events.current(project: event.project).map { $0.kind + "|" + $0.lot })
        let duties = catalogue(of: event)
        let scopes = try scopes(of: event.project)
        for step in chain.steps[(here + 1)...] where step.expected {
            for duty in try duties.started(by: step.event, naming: nil, in: scopes) {
                for lot in lots where !seen.contains(step.event + "|" + lot) {
                    try await_(duty, lot: lot, event: event)
                }
            }
        }
    }

    private func awaitedLots(_ project: String) throws -> [String] {
        let lots = try transaction.projects.lots(of: project).map(\.number)
        return lots.isEmpty ? [""] : lots
    }

    private func await_(_ duty: Duty, lot: String, event: Event) throws {
        let known = try transaction.obligations.obligations(project: event.project).contains {
            $0.item == duty.item.id && $0.channel == duty.channel && $0.lot == lot
                && $0.eventKind == duty.eventKind && $0.closed != .void
        }
        guard !known else { return }
        let body = try owner(of: duty, event)
        _ = try create(duty, body: body, root: event.root, project: event.project, lot: lot)
    }

    /// Where the law bounds the day of a step by the event, the awaited obligations show the bound.
    private func bound(_ chain: Chain, by event: Event) throws {
        for step in chain.steps where step.boundFrom == event.kind {
            guard let id = step.bound, let rule = law.rule(id, on: event.day), let counting = rule.counting else {
                continue
            }
            let day = law.calendar(in: event.jurisdiction).dueDate(counting, from: event.day).due
            for obligation in try transaction.obligations.awaited(project: event.project, eventKind: step.event)
            where event.lot.isEmpty || obligation.lot == event.lot {
                try transaction.obligations.setBound(obligation.id, bound: day, rule: rule.id)
            }
        }
    }

    // MARK: The end of a project or lot

    private func endAwaited(by event: Event) throws {
        for obligation in try transaction.obligations.awaited(project: event.project)
        where event.lot.isEmpty || obligation.lot == event.lot {
            let decision = Decision(
                id: transaction.newID(), obligation: obligation.id, kind: .notApplicable,
                ground: "event:" + event.root, clause: "", reason: "项目或者标段已终止，后续步骤不再发生",
                decidedBy: occasion.actor, day: event.day, reviewOn: nil, revokedOn: nil, revokedBy: "")
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
        awaiting duty: Duty, id: String, body: String, jurisdiction: String, root: String, period: String = "",
        project: String = "", lot: String = "", standing: Bool = false, observed: Bool
    ) {
        self.init(
            id: id, item: duty.item.id, catalogueVersion: duty.item.version, jurisdiction: jurisdiction,
            field: duty.item.field, channel: duty.channel, body: body, root: root, period: period,
            project: project, lot: lot, eventKind: duty.eventKind, trigger: "", triggerDay: nil,
            triggerBasis: nil, due: nil, provisional: false, rule: "", verified: true, firm: duty.firm,
            standing: standing, observed: observed, bound: nil, boundRule: "", closed: .open, closedDay: nil)
    }
}
