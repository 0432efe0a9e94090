import Catalogue
import CivilTime
import Law
import People
import Storage

/// Starts to keep a jurisdiction's ledger here: from that day its recurring and standing duties are owed.
package struct StartLedger {
    package let jurisdiction: String
    package let from: Day

    package init(jurisdiction: String, from: Day) {
        self.jurisdiction = jurisdiction
        self.from = from
    }

    /// - Throws: `LedgerProblem`; nobody owes by a list from before the list was.
    package func perform(in transaction: Transaction, law: LawBook, _ occasion: Occasion) throws {
        guard try transaction.jurisdictions.jurisdiction(jurisdiction) != nil else {
            throw LedgerProblem.unknownJurisdiction(jurisdiction)
        }
        guard from <= occasion.today else { throw LedgerProblem.dayAhead(from, today: occasion.today) }
        if let first = try transaction.catalogue.versions(in: jurisdiction).map(\.effectiveFrom).min(),
            from < first
        {
            throw LedgerProblem.ledgerTooEarly(from, catalogueFrom: first)
        }
        guard try transaction.ledger.startLedger(jurisdiction, from: from) else {
            throw LedgerProblem.ledgerStarted(jurisdiction)
        }
        transaction.journal(
            occasion.entry("ledger.started", "jurisdiction", jurisdiction, ["from": from.description]))
        let recurring = Recurring(transaction: transaction, law: law, occasion: occasion)
        _ = try recurring.startStanding(jurisdiction, from: from)
    }
}

/// Opens the recurring duties of every period that ended before a day (周期义务).
package struct OpenPeriods {
    package let day: Day

    package init(before day: Day) {
        self.day = day
    }

    /// - Returns: how many obligations were created, standing ones that are new to the catalogue among them. A second
    ///   run creates none.
    package func perform(in transaction: Transaction, law: LawBook, _ occasion: Occasion) throws -> Int {
        var created = 0
        for ledger in try transaction.ledger.ledgers() where ledger.openedTo < day {
            let recurring = Recurring(transaction: transaction, law: law, occasion: occasion)
            created += try recurring.openPeriods(ledger.jurisdiction, from: ledger.openedTo, before: day)
            // What has come into the catalogue since, and who has come into the registry.
            created += try recurring.startStanding(ledger.jurisdiction, from: day)
            try transaction.ledger.setOpened(ledger.jurisdiction, to: day)
        }
        return created
    }
}

/// Periodic and standing duties: nothing triggers them but the calendar and the catalogue.
struct Recurring {
    let transaction: Transaction
    let law: LawBook
    let occasion: Occasion

    /// Each period is owed by the list in force on its last day.
    func openPeriods(_ jurisdiction: String, from: Day, before day: Day) throws -> Int {
        let turns = try transaction.catalogue.turns().filter { from < $0 && $0 < day }
        return try zip([from] + turns, turns + [day]).reduce(0) { created, span in
            try created + openPeriods(jurisdiction, ofOneList: span.0, before: span.1)
        }
    }

    private func openPeriods(_ jurisdiction: String, ofOneList from: Day, before day: Day) throws -> Int {
        var created = 0
        for duty in try duties(in: jurisdiction, on: from, kind: "period.ended") {
            guard
                let rule = duty.rules.compactMap({ law.rule($0, on: day) }).first(where: {
                    $0.form == .periodic
                }),
                let length = rule.period
            else { continue }
            for body in try owners(of: duty) {
                for period in Period.ending(length, from: from, through: day.adding(days: -1)) {
                    created +=
                        try open(
                            duty, body: body, period: period.description, on: period.last, basis: .periodic)
                        ? 1 : 0
                }
            }
        }
        return created
    }

    /// A standing duty is owed now, and so by the list of now, whenever the ledger was started.
    func startStanding(_ jurisdiction: String, from day: Day) throws -> Int {
        var created = 0
        for duty in try duties(in: jurisdiction, on: occasion.today, kind: "standing.started") {
            for body in try owners(of: duty) {
                created += try open(duty, body: body, period: "standing", on: day, basis: .system) ? 1 : 0
            }
        }
        return created
    }

    /// Everybody who owes a recurring item: a collective stands for each of its members.
    ///
    /// Where the registry knows nobody, a finding says so: nobody is owed by a guess.
    private func owners(of duty: Duty) throws -> [Body] {
        let owners = try transaction.catalogue.recurringOwners(
            of: duty.item, in: duty.item.jurisdiction, on: occasion.today)
        if owners.isEmpty {
            try Unassigned(transaction: transaction, law: law, occasion: occasion).note(duty)
        }
        return owners
    }

    private func duties(in jurisdiction: String, on day: Day, kind: String) throws -> [Duty] {
        let turn = try transaction.catalogue.turn(before: day)
        return try Duties(transaction: transaction, jurisdiction: jurisdiction, day: turn)
            .started(by: kind, naming: nil, in: [])
    }

    private func open(_ duty: Duty, body: Body, period: String, on day: Day, basis: DayBasis) throws -> Bool {
        let key = [duty.eventKind, duty.item.id, body.id, period].joined(separator: "|")
        let event =
            try transaction.events.event(naturalKey: key) ?? record(duty, body, period, day, basis, key)
        let standing = duty.eventKind == "standing.started"
        if try transaction.obligations.find(
            item: duty.item.id, channel: duty.channel, body: body.id, eventKind: duty.eventKind,
            root: event.root,
            period: period, lot: "") != nil
        {
            return false
        }
        let obligation = Obligation(
            awaiting: duty, id: transaction.newID(), body: body.id, jurisdiction: duty.item.jurisdiction,
            root: event.root,
            period: period, standing: standing, observed: body.publishesHere)
        try transaction.obligations.insert(obligation, rules: duty.rules, on: occasion.today)
        transaction.journal(
            occasion.entry(
                "obligation.created", "obligation", obligation.id,
                ["item": obligation.item, "body": body.id, "channel": obligation.channel, "period": period]))
        try Clock(transaction: transaction, law: law, occasion: occasion)
            .start(obligation.id, rules: duty.rules, by: event, reason: standing ? "台账启用" : "周期届满")
        return true
    }

    private func record(
        _ duty: Duty, _ body: Body, _ period: String, _ day: Day, _ basis: DayBasis, _ key: String
    ) throws -> Event {
        let id = transaction.newID()
        let event = Event(
            id: id, root: id, kind: duty.eventKind, item: duty.item.id, body: body.id,
            jurisdiction: duty.item.jurisdiction, project: "", lot: "", period: period, day: day, time: "",
            basis: basis,
            evidence: "", evidenceEdition: "", recordedAt: occasion.now, recordedBy: occasion.actor,
            state: .current, reason: "")
        try transaction.events.insert(event, naturalKey: key)
        transaction.journal(
            occasion.entry(
                "event.recorded", "event", id,
                ["kind": event.kind, "body": body.id, "day": day.description, "basis": basis.rawValue]))
        return event
    }
}
