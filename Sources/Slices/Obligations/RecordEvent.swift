import Catalogue
import CivilTime
import Law
import People
import Projects
import Storage

/// Records a dated fact and creates what it makes somebody owe.
///
/// - Law; 政府信息公开条例 art. 26: the clock runs from the day on which the information was formed
///   or changed, never from its publication.
package struct RecordEvent {
    package var kind: String
    package var body: String
    /// Whose catalogue applies; the body's own jurisdiction when nil.
    package var jurisdiction: String?
    package var item = ""
    package var project = ""
    package var lot = ""
    package var day: Day
    package var time = ""
    package var basis: DayBasis
    package var evidence = ""
    package var evidenceEdition = ""
    /// What makes the fact the same fact when it is told again; derived from the other fields when nil.
    package var naturalKey: String?

    package init(kind: String, body: String, day: Day, basis: DayBasis) {
        self.kind = kind
        self.body = body
        self.day = day
        self.basis = basis
    }

    package struct Recorded: Sendable {
        package let event: Event
        /// The obligations that the event created or started.
        package let obligations: [String]
    }

    /// - Throws: `LedgerProblem`; then neither change nor journal entry remains.
    package func perform(
        in transaction: Transaction, law: LawBook, _ occasion: Occasion
    ) throws -> Recorded {
        let (kind, owner) = try check(transaction, law, occasion)
        let id = transaction.newID()
        let event = Event(
            id: id, root: id, kind: kind.kind, item: item, body: body,
            jurisdiction: jurisdiction ?? owner.jurisdiction, project: project, lot: lot, period: "",
            day: day,
            time: time, basis: basis, evidence: evidence, evidenceEdition: evidenceEdition,
            recordedAt: occasion.now, recordedBy: occasion.actor, state: .current, reason: "")
        let key = naturalKey ?? event.factKey
        if let known = try transaction.events.event(naturalKey: key) {
            throw LedgerProblem.alreadyRecorded(id: known.id)
        }
        try transaction.events.insert(event, naturalKey: key)
        transaction.journal(
            occasion.entry(
                "event.recorded", "event", id,
                ["kind": event.kind, "body": body, "day": day.description, "basis": basis.rawValue]))
        let consequences = Consequences(transaction: transaction, law: law, occasion: occasion)
        let obligations = try consequences.follow(event, kind: kind)
        try ProjectQuestions(transaction: transaction, law: law, occasion: occasion)
            .ask(about: project, mayEnd: false)
        return Recorded(event: event, obligations: obligations)
    }

    private func check(_ transaction: Transaction, _ law: LawBook, _ occasion: Occasion) throws -> (
        EventKind, Body
    ) {
        guard let kind = law.eventKind(kind) else { throw LedgerProblem.unknownEventKind(self.kind) }
        guard !kind.comesByItself else { throw LedgerProblem.periodicEventNeedsPeriod }
        guard let owner = try transaction.bodies.body(body, on: occasion.today) else {
            throw LedgerProblem.unknownBody(body)
        }
        if let jurisdiction, try transaction.jurisdictions.jurisdiction(jurisdiction) == nil {
            throw LedgerProblem.unknownJurisdiction(jurisdiction)
        }
        if !project.isEmpty, try transaction.projects.project(project) == nil {
            throw ProjectProblem.notFound(key: project)
        }
        try checkText()
        try checkLot(transaction)
        try EventDay(day: day, basis: basis, evidence: evidence).check(kind, occasion)
        if kind.namesItem {
            guard !item.isEmpty else { throw LedgerProblem.itemMissing(kind: kind.title) }
            let place = jurisdiction ?? owner.jurisdiction
            guard let found = try transaction.catalogue.item(item, in: place, on: day) else {
                throw LedgerProblem.unknownItem(item, jurisdiction: place, on: day)
            }
            guard found.owes else { throw LedgerProblem.itemOwesNothing(item, kind: found.kind.rawValue) }
        }
        return (kind, owner)
    }

    private func checkText() throws {
        if !time.isEmpty, !EventTime.isReal(time) { throw LedgerProblem.timeUnreadable(time) }
        try EnteredText(lot, as: "标段（--lot）").checkLine(max: Lot.numberMax)
    }

    /// A label that is typed is a code, or that of a lot which a source brought in as it is.
    private func checkLot(_ transaction: Transaction) throws {
        guard naturalKey == nil, !lot.isEmpty, !LotLabel.isCode(lot) else { return }
        let known = try project.isEmpty ? [] : transaction.projects.lots(of: project)
        guard known.contains(where: { $0.number == lot }) else { throw ProjectProblem.lotLabel }
    }
}

extension EventKind {
    /// Whether the ledger records it from the calendar and the catalogue, never a person.
    var comesByItself: Bool { ["period.ended", "standing.started"].contains(kind) }
}

extension Event {
    /// What makes it the same fact when it is told again by hand.
    var factKey: String {
        [kind, body, item, project, lot, day.description, evidence].joined(separator: "|")
    }
}

/// What may be said about the day of an event.
struct EventDay {
    let day: Day
    let basis: DayBasis
    let evidence: String

    /// Deadlines may lie ahead; what has happened may not.
    func check(_ kind: EventKind, _ occasion: Occasion) throws {
        let latest = kind.mayLieAhead ? occasion.today.adding(months: 120) : occasion.today
        if day > latest { throw LedgerProblem.dayAhead(day, today: occasion.today) }
        if day < Day(ordinal: -7397) { throw LedgerProblem.dayTooEarly(day) }
        if basis == .periodic { throw LedgerProblem.periodicEventNeedsPeriod }
        if basis == .document || basis == .stated, evidence.isEmpty {
            throw LedgerProblem.evidenceMissing(basis)
        }
        if evidence.unicodeScalars.count > 500 { throw LedgerProblem.tooLong("出处", limit: 500) }
        try EnteredText(evidence, as: "出处（--evidence）").checkLines()
    }
}
