import Catalogue
import CivilTime
import Importing
import Law
import Obligations
import Publishing
import Web

/// An event as the public sees it.
struct EventRow: Encodable, Sendable {
    let id: String
    let root: String
    let kind: String
    let kindName: String
    let item: OrNull<String>
    let body: String
    let bodyName: String
    let project: OrNull<String>
    let projectTitle: OrNull<String>
    let lot: OrNull<String>
    let period: OrNull<String>
    let day: Day
    let time: OrNull<String>
    let basis: DayBasis
    let basisName: String
    /// Whether it has happened, or was only announced.
    let occurrence: Occurrence
    /// Where the day stands; null where there is nothing, or nothing that everybody may see.
    let evidence: OrNull<String>
    /// The edition that holds the words, `publication/n`, when everybody may see it.
    let evidenceEdition: OrNull<String>
    let recordedAt: String
    let recordedBy: String
    let state: Event.State
    /// Why it was amended or voided; null while it stands.
    let reason: OrNull<String>

    init(_ event: Event, names: Names, open: OpenEvidence, occurrence: Occurrence) {
        id = event.id
        root = event.root
        kind = event.kind
        kindName = names.eventKind(event.kind)
        item = OrNull(text: event.item)
        body = event.body
        bodyName = names.body(event.body)
        project = OrNull(text: event.project)
        projectTitle = OrNull(text: event.project.isEmpty ? "" : names.project(event.project))
        lot = OrNull(text: event.lot)
        period = OrNull(text: event.period)
        day = event.day
        time = OrNull(text: event.time)
        basis = event.basis
        basisName = event.basis.title
        self.occurrence = occurrence
        let isOpen = open.contains(event)
        evidence = OrNull(text: isOpen ? event.evidence : "")
        evidenceEdition = OrNull(text: isOpen ? event.evidenceEdition : "")
        recordedAt = event.recordedAt
        recordedBy = event.recordedBy
        state = event.state
        reason = OrNull(text: isOpen ? event.reason : "")
    }

    /// Where to read the words that the day rests on.
    var evidenceLink: Link? {
        guard let edition = evidenceEdition.value else { return nil }
        let parts = edition.split(separator: "/", maxSplits: 1).map(String.init)
        return parts.count == 2
            ? "/publications/\(parts[0])/editions/\(parts[1])" : "/publications/\(edition)"
    }

    /// A source's words stand as a quotation; where they stand, or that there are none, does not.
    private func said(_ evidence: String) -> HTML {
        if evidence == NoticeEvent.undated { return "：\(evidence)" }
        return StatedPlace(evidence).map { "：\($0)" } ?? "：<q>\(evidence)</q>"
    }

    private var dayHTML: HTML { "<time datetime=\"\(day)\">\(day)</time>" }

    /// The day, its basis and its evidence in a line.
    var daySentence: HTML {
        """
        \(dayHTML)\(time.value.map { " \($0)" as HTML })（\(basisName)）\(occurrence.mark)\
        \(evidence.value.map(said))\
        \(evidenceLink.map { " <a href=\"\($0)\">出处</a>" as HTML })
        """
    }
}

/// Which events may show what their day rests on.
///
/// Not those whose paper is not meant for everybody or was withdrawn, not those of items for fewer than
/// everybody, and not those that started an obligation which is withheld now.
struct OpenEvidence {
    private let papers: [String: Publication]
    private let withheld: Set<String>
    private let closedItems: Set<String>

    init(of events: [Event], _ reading: Reading, _ names: Names) throws {
        let papers = Set(events.map { OpenEvidence.publication($0.evidenceEdition) }).subtracting([""])
        reading.notes.add(papers.map(RecordSubject.publication))
        reading.notes.add(events.flatMap { [.event($0.id), .event($0.root)] })
        self.papers = try reading.transaction.publications.publications(
            papers.sorted(), audience: .everyone)
        withheld = try reading.transaction.obligations.withheldTriggers(among: events.map(\.id))
        closedItems = Set(
            events.map(\.item).filter { item in names.item(item).map { $0.audience != .everyone } ?? false })
    }

    func contains(_ event: Event) -> Bool {
        let paper = OpenEvidence.publication(event.evidenceEdition)
        return (paper.isEmpty || papers[paper]?.state == .released) && !withheld.contains(event.id)
            && !closedItems.contains(event.item)
    }

    /// The day of the paper that an event's day stands in.
    func paperDay(of event: Event) -> Day? { papers[OpenEvidence.publication(event.evidenceEdition)]?.day }

    private static func publication(_ edition: String) -> String {
        edition.split(separator: "/", maxSplits: 1).first.map(String.init) ?? ""
    }
}

extension Reading {
    /// Events with their names, as the public sees them.
    func rows(_ events: [Event], _ names: inout Names) throws -> [EventRow] {
        try names.learn(bodies: events.map(\.body))
        try names.learn(items: events.map(\.item))
        try names.learn(projects: events.map(\.project))
        let open = try OpenEvidence(of: events, self, names)
        return events.map { event in
            let occurrence = Occurrence(
                event, mayLieAhead: law.eventKind(event.kind)?.mayLieAhead ?? false,
                paper: open.paperDay(of: event), today: day)
            return EventRow(event, names: names, open: open, occurrence: occurrence)
        }
    }
}
