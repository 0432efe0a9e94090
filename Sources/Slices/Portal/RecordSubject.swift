import CivilTime
import Importing
import Obligations
import Projects
import Publishing
import Storage
import Transparency

/// A thing whose record may change (记录对象), as far as kept pages tell things apart.
enum RecordSubject: Sendable, Hashable {
    case publication(String)
    case obligation(String)
    /// By its own id, and by that of the fact that it tells or amends.
    case event(String)
    /// Its own record: title, codes, lots.
    case project(String)
    /// What belongs to it: steps, duties, papers.
    case withinProject(String)
    case body(String)
    /// What stands right before and after a publication in its column.
    case beside(String)
    /// Its papers that everybody may see: which there are.
    case papersOfProject(String)
    /// A body's papers under an item.
    case papersOfItem(String, body: String)

    /// What gains or loses a paper when this one comes or goes, apart from its column.
    static func papers(beside publication: Publication) -> [RecordSubject] {
        var subjects: [RecordSubject] = []
        if !publication.project.isEmpty { subjects.append(.papersOfProject(publication.project)) }
        if !publication.item.isEmpty, !publication.body.isEmpty {
            subjects.append(.papersOfItem(publication.item, body: publication.body))
        }
        return subjects
    }
}

/// What some journal rows changed, for the pages that show it.
///
/// A page rests on its own subject and on every subject that it shows. So what disappears from a page was shown on it; and
/// what appears on it can be told from the record of what was changed, as that is now: an obligation that a publication
/// discharges names it, an event names its project. An act that is not known here touches everything, so that a new act
/// can cost speed and never truth.
struct Touch {
    private(set) var subjects: Set<RecordSubject> = []
    private(set) var isEverything = false
    private let transaction: Transaction
    private let day: Day

    /// - Parameter day: today, whose columns tell what stands beside what.
    init(by rows: [JournalRow], in transaction: Transaction, on day: Day) throws {
        self.transaction = transaction
        self.day = day
        for row in rows where !isEverything { try add(row) }
    }

    private mutating func add(_ row: JournalRow) throws {
        switch row.act.prefix(while: { $0 != "." }) {
        case "edition": try add(publication: row.subject)
        case "obligation": try add(obligation: row.subject, row.change)
        case "decision": try add(obligation: row.change["obligation"] ?? "", row.change)
        case "event": try add(event: row.subject)
        case "project": subjects.insert(.project(row.subject))
        case "body":
            subjects.insert(.body(row.subject))
            if let collective = row.change["collective"] { subjects.insert(.body(collective)) }
        case "clock", "import":
            // No kept page shows the hour of the log's clock, or that a file was read to its end.
            break
        default: isEverything = true
        }
    }

    private mutating func add(publication id: String) throws {
        subjects.insert(.publication(id))
        guard let publication = try transaction.publications.publication(id) else { return }
        subjects.insert(.withinProject(publication.project))
        try addPages(beside: publication)
        // Standing duties follow the editions of what keeps them, without a journal row of their own.
        for discharge in try transaction.ledger.discharges(by: id) {
            subjects.insert(.obligation(discharge.obligation))
        }
        guard publication.origin == .imported else { return }
        for twin in try transaction.twins.twins(of: id) { subjects.insert(.publication(twin.publication)) }
        for version in try transaction.policies.versions(of: id) {
            subjects.insert(.publication(version.publication))
        }
    }

    /// Those that show it now; those that showed it before have it noted.
    private mutating func addPages(beside publication: Publication) throws {
        subjects.formUnion(RecordSubject.papers(beside: publication))
        let around = try transaction.columnNeighbours(of: publication, on: day)
        subjects.formUnion([around.previous, around.next].compactMap { $0.map { .beside($0.id) } })
    }

    private mutating func add(obligation id: String, _ change: [String: String]) throws {
        subjects.insert(.obligation(id))
        if let publication = change["publication"] { subjects.insert(.publication(publication)) }
        for discharge in try transaction.ledger.discharges(of: id) {
            subjects.insert(.publication(discharge.publication))
        }
        guard let obligation = try transaction.obligations.obligation(id) else { return }
        subjects.insert(.withinProject(obligation.project))
        // What is withheld closes the papers of the event that made it due.
        subjects.formUnion([.event(obligation.root), .event(obligation.trigger)])
    }

    private mutating func add(event id: String) throws {
        subjects.insert(.event(id))
        guard let event = try transaction.events.event(id) else { return }
        subjects.formUnion([.event(event.root), .withinProject(event.project)])
        if let paper = event.evidenceEdition.split(separator: "/").first {
            subjects.insert(.publication(String(paper)))
        }
    }
}

extension RecordSubject {
    /// What a leaf of the log is about, where a page says that it is in the log.
    init?(_ leaf: LogLeaf) {
        switch leaf.subjectKind {
        case "publication": self = .publication(leaf.subject)
        case "obligation": self = .obligation(leaf.subject)
        default: return nil
        }
    }
}
