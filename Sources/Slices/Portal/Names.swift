import Catalogue
import CivilTime
import Law
import Obligations
import People
import Projects

/// What ids are called, read for a whole list at once.
struct Names {
    let reading: Reading
    private var bodies: [String: Body] = [:]
    private var projects: [String: Project] = [:]
    private var items: [CatalogueItemKey: CatalogueItemName] = [:]
    private var jurisdictions: [String: Jurisdiction] = [:]

    init(reading: Reading) {
        self.reading = reading
    }

    mutating func learn(bodies ids: some Sequence<String>) throws {
        let unknown = Set(ids).filter { !$0.isEmpty && bodies[$0] == nil }
        guard !unknown.isEmpty else { return }
        reading.notes.add(unknown.map(RecordSubject.body))
        let found = try reading.transaction.bodies.bodies(unknown.sorted(), on: reading.day)
        bodies.merge(found) { old, _ in old }
    }

    mutating func learn(projects ids: some Sequence<String>) throws {
        let unknown = Set(ids).filter { !$0.isEmpty && projects[$0] == nil }
        guard !unknown.isEmpty else { return }
        reading.notes.add(unknown.map(RecordSubject.project))
        projects.merge(try reading.transaction.projects.projects(unknown.sorted())) { old, _ in old }
    }

    mutating func learn(items ids: some Sequence<String>) throws {
        let unknown = Set(ids).filter { id in !id.isEmpty && !items.keys.contains { $0.item == id } }
        guard !unknown.isEmpty else { return }
        items.merge(try reading.transaction.catalogue.names(of: unknown.sorted())) { old, _ in old }
    }

    mutating func learnJurisdictions() throws {
        guard jurisdictions.isEmpty else { return }
        for found in try reading.transaction.jurisdictions.jurisdictions() {
            jurisdictions[found.code] = found
        }
    }

    mutating func learn(_ obligations: [Obligation]) throws {
        reading.notes.add(obligations.map { .obligation($0.id) })
        try learn(bodies: obligations.map(\.body))
        try learn(projects: obligations.map(\.project))
        try learn(items: obligations.map(\.item))
        try learnJurisdictions()
    }

    /// The body's name on the day of reading, or its id.
    func body(_ id: String) -> String { bodies[id]?.name ?? id }
    func bodyKind(_ id: String) -> BodyKind? { bodies[id]?.kind }
    func project(_ id: String) -> String { projects[id]?.title ?? id }
    /// Empty where none is known.
    func field(ofProject id: String) -> String { projects[id]?.field ?? "" }
    func jurisdiction(_ code: String) -> String { jurisdictions[code]?.name ?? code }

    /// An item as the version states it; as any version states it where that one is unknown.
    func item(_ id: String, version: String = "") -> CatalogueItemName? {
        items[CatalogueItemKey(version: version, item: id)]
            ?? items.filter { $0.key.item == id }.max { $0.key.version < $1.key.version }?.value
    }

    func itemTitle(_ id: String, version: String = "") -> String { item(id, version: version)?.title ?? id }

    func rule(_ id: String, on day: Day?) -> TimeRule? {
        reading.law.rule(id, on: day ?? reading.day) ?? reading.law.rules.first { $0.id == id }
    }

    func eventKind(_ kind: String) -> String { reading.law.eventKind(kind)?.title ?? kind }
    func channel(_ code: String) -> String { DisclosureChannel(rawValue: code)?.title ?? code }
}
