import Catalogue
import ChineseText
import CivilTime
import Identifiers
import Importing
import Law
import Obligations
import Projects
import Publishing
import Web

/// `GET /projects/:key`: a project by its id or by any code printed on any paper of it.
///
/// Open to anyone. `on=` gives it as it stood at the end of a past day. A code that gathers several projects answers with the list of them.
struct ProjectPage {
    let room: ReadingRoom

    struct Value: Encodable, Sendable {
        let day: Day
        let id: String
        let title: String
        let field: String
        let jurisdiction: String
        let jurisdictionName: String
        let keys: [KeyRow]
        let lots: [Lot]
        /// The procedure's name; null where the law data knows none for this field.
        let procedure: OrNull<String>
        /// The procedures that its recorded steps belong to; the one of its field when none is recorded.
        let chains: [ChainName]
        let tracks: [ProjectTrack]
        /// Everything of the project that everybody may see, in the order of their days.
        let publications: [PublicationRow]
        /// What its imported notices say of parties, lots and sums; none for a past day, since only the present words
        /// were read.
        let stated: [StatedValue]
        let findings: [FindingRow]
        /// What a reader may do; null when there is nothing to be done, and for a past day.
        let recourse: OrNull<RecourseRow>
        /// Who answers findings, and where to turn; null where there are none.
        let reply: OrNull<FindingReply>
    }

    struct ChainName: Encodable, Sendable {
        let id: String
        let title: String
    }

    struct KeyRow: Encodable, Sendable {
        let kind: KeyKind
        let kindName: String
        let printed: String
        /// The standard whose form the code has; null for a number that only its giver understands.
        let form: OrNull<String>
        /// The rule of that standard which it breaks; null when it breaks none.
        let flaw: OrNull<String>

        init(_ key: ProjectKey) {
            kind = key.kind
            kindName = key.kind.title
            printed = key.printed
            form = OrNull(key.form?.name)
            flaw = if case .flawed(let flaw) = key.form { OrNull(flaw.sentence) } else { OrNull(nil) }
        }
    }

    private enum Found: Sendable {
        /// With the day, when it is a past one.
        case one(Value, past: Day?)
        case several(ProjectList.Value)
        case none
    }

    func add(to routes: Routes) {
        routes.get("projects/:key", taking: ["on"]) { request in
            let key = request.parameter("key")
            let on = try request.query.day("on")
            switch try await room.read(on: on, { try found(key, $0) }) {
            case .none: throw ProjectProblem.notFound(key: key)
            case .one(let value, let past):
                let online = request.wholeAddress(of: "/projects/\(value.id)")
                let language = request.manner.language
                return Answer(
                    ProjectBody(value: value, past: past, online: online, language: language).page,
                    data: value,
                    meantFor: .everyone)
            case .several(let value):
                return Answer(
                    ProjectListPage(value: value, key: key).page, data: value,
                    table: { CSVTable.projects(value.items) }, meantFor: .everyone)
            }
        }
    }

    private func found(_ key: String, _ reading: Reading) throws -> Found {
        let store = reading.transaction.projects
        if let project = try store.project(key) {
            // By its id nothing else can be meant; a code may be given to another project, too.
            reading.notes.restsOn([.project(project.id), .withinProject(project.id)])
            return try one(project, reading)
        }
        let folded = CodeFolding.fold(key)
        guard !folded.isEmpty else { return .none }
        let bearing = try store.projects(bearing: folded, limit: 101)
        if bearing.isEmpty { return .none }
        if bearing.count == 1 { return try one(bearing[0], reading) }
        return .several(try ProjectList.value(Array(bearing.prefix(100)), reading))
    }

    private func one(_ project: Project, _ reading: Reading) throws -> Found {
        guard try reading.knew(project) else {
            throw LedgerProblem.notKnownThen("这个项目", day: reading.day)
        }
        return .one(try value(project, reading), past: reading.past?.day)
    }

    func value(_ project: Project, _ reading: Reading) throws -> Value {
        let transaction = reading.transaction
        var names = reading.names()
        let obligations = try reading.obligations(project: project.id)
        try names.learn(obligations)
        let rows = obligations.map { ObligationRow($0, names: names, on: reading.day, soon: reading.soon) }
        let events = try reading.rows(try reading.events(project: project.id), &names)
        let discharges = try reading.rows(try reading.discharges(ofAny: obligations.map(\.id)))
        let publications = reading.seen(
            try transaction.publications.publications(project: project.id, audience: .everyone))
        let lots = try transaction.projects.lots(of: project.id)
        let chain = chain(of: project, events, reading.law)
        let findings = try reading.rows(
            reading.found(try transaction.findings.findings(project: project.id)), &names)
        return Value(
            day: reading.day, id: project.id, title: project.title, field: project.field,
            jurisdiction: project.jurisdiction, jurisdictionName: names.jurisdiction(project.jurisdiction),
            keys: try transaction.projects.keys(of: project.id).map(KeyRow.init), lots: lots,
            procedure: OrNull(chain?.title), chains: chains(chain, events, reading.law),
            tracks: ProjectTracks(
                chain: chain, lots: lots, events: events, obligations: rows, discharges: discharges,
                law: reading.law, jurisdiction: project.jurisdiction, day: reading.day
            ).tracks(),
            publications: try reading.rows(publications, &names),
            stated: try stated(publications, reading), findings: findings,
            recourse: OrNull(try reading.recourse(about: obligations, names)),
            reply: OrNull(
                findings.isEmpty
                    ? nil
                    : FindingReply(findings, supervision: try reading.supervision(of: obligations, names))))
    }

    private func stated(_ publications: [Publication], _ reading: Reading) throws -> [StatedValue] {
        guard reading.past == nil else { return [] }
        let open = publications.filter { $0.origin == .imported && $0.state == .released }
        guard !open.isEmpty else { return [] }
        return StatedValue.merged(
            try reading.transaction.imports.values(ofAny: open.map(\.id)),
            of: Dictionary(uniqueKeysWithValues: open.map { ($0.id, $0) }))
    }

    private func chains(_ shown: Chain?, _ events: [EventRow], _ law: LawBook) -> [ChainName] {
        let taken = Set(events.compactMap { law.chain(containing: $0.kind)?.id })
        return law.chains.filter { taken.contains($0.id) || $0.id == shown?.id }
            .map { ChainName(id: $0.id, title: $0.title) }
    }

    /// The procedure that the recorded steps belong to; else the one of the project's field.
    private func chain(of project: Project, _ events: [EventRow], _ law: LawBook) -> Chain? {
        events.lazy.compactMap { law.chain(containing: $0.kind) }.first
            ?? law.chains.first { $0.field == project.field }
    }
}
