import Catalogue
import CivilTime
import Importing
import Obligations
import People
import Projects
import Publishing
import Transparency
import Web

/// `GET /publications/:id` and `/publications/:id/editions/:n`: a document and its history.
///
/// What is meant for fewer than everybody answers as if it did not exist. A withdrawn document keeps its title,
/// reason and hashes; its words are not shown any more.
struct PublicationPage {
    let room: ReadingRoom

    struct Value: Encodable, Sendable {
        let day: Day
        let publication: PublicationRow
        let itemOwner: OrNull<String>
        /// The field whose column it stands in; null where its jurisdiction's list in force has none for it.
        let field: OrNull<String>
        let projectTitle: OrNull<String>
        /// null where no body was recognised.
        let bodyKind: OrNull<BodyKind>
        let jurisdictionName: String
        let timeBasis: TimeBasis
        /// The day that this basis gives; null where there is none.
        let timeDay: OrNull<Day>
        /// The edition shown.
        let edition: EditionRow
        /// All editions, oldest first, without their words.
        let history: [EditionRow]
        let discharges: [DischargedRow]
        /// What its words were the evidence for.
        let events: [EventRow]
        let findings: [FindingRow]
        /// Imported notices that are probably the same; linked, never merged.
        let twins: [TwinRow]
        /// Of a policy text: all its versions, oldest first, this one among them.
        let versions: [VersionRow]
        /// The documents before and after it in its column, by the day of publication; null at the ends.
        let previous: OrNull<PublicationRow>
        let next: OrNull<PublicationRow>
        /// Of the same project, then of the same body under the same item, newest first; 10 at most.
        let related: [PapersBeside.RelatedRow]
        /// Where this edition stands in the transparency log; null before it does.
        let log: OrNull<LogMark>
    }

    struct VersionRow: Encodable, Sendable {
        let publication: PublicationRow
        /// The day that the source gives the version.
        let versionDay: OrNull<Day>
        /// The day from which the text says that it applies, with its words.
        let effective: OrNull<Day>
        let quote: OrNull<String>
    }

    struct TwinRow: Encodable, Sendable {
        let publication: PublicationRow
        let rule: TwinRule
        let reason: String
    }

    struct EditionRow: Encodable, Sendable {
        let number: Int
        let kind: Edition.Kind
        let kindName: String
        /// null for a withdrawal, in the history, and once the publication is withdrawn.
        let record: OrNull<EditionRecord>
        let sha256: OrNull<String>
        let reason: OrNull<String>
        /// As the source writes it.
        let claimedAt: OrNull<String>
        let releasedAt: String
        let releasedBy: String
        /// Why its content is gone for good; null while it stands.
        let erasure: OrNull<Edition.Erasure>

        init(_ edition: Edition, showsRecord: Bool) {
            number = edition.number
            kind = edition.kind
            kindName = edition.kind.title
            record = OrNull(showsRecord ? edition.record : nil)
            sha256 = OrNull(text: edition.sha256)
            reason = OrNull(text: edition.reason)
            claimedAt = OrNull(text: edition.claimedAt)
            releasedAt = edition.releasedAt
            releasedBy = edition.releasedBy
            erasure = OrNull(edition.erasure)
        }
    }

    struct DischargedRow: Encodable, Sendable {
        let obligation: ObligationRow
        let verdict: Discharge.Verdict
        let basis: TimeBasis
        let revoked: Bool
    }

    func add(to routes: Routes) {
        routes.get("publications/:id") { request in
            try await answer(request, number: nil)
        }
        routes.get("publications/:id/editions/:n") { request in
            guard let number = Int(request.parameter("n")), (1...1_000_000).contains(number) else {
                throw PublishingProblem.notFound(request.parameter("id"))
            }
            return try await answer(request, number: number)
        }
    }

    private func answer(_ request: WebRequest, number: Int?) async throws -> Answer {
        let id = request.parameter("id")
        guard let found = try await room.read({ try value(id, number: number, $0) }) else {
            throw PublishingProblem.notFound(id)
        }
        return Answer(
            PublicationBody(
                value: found, isOlder: number != nil && number != found.publication.editions,
                online: request.wholeAddress(of: found.receiptPlace)
            ).page,
            data: found, meantFor: .everyone)
    }

    private func value(_ id: String, number: Int?, _ reading: Reading) throws -> Value? {
        let transaction = reading.transaction
        guard let publication = try transaction.publications.publication(id),
            publication.audience == .everyone
        else { return nil }
        let shown = number ?? publication.editions
        let history = try transaction.publications.editions(of: id)
        // One that lies beyond the history's limit is asked for by itself.
        guard
            let edition = try history.first(where: { $0.number == shown })
                ?? transaction.publications.edition(id, number: shown)
        else {
            throw PublishingProblem.noEdition(id, number: shown)
        }
        // Beside it and what it shows, whatever is added here must be told by `Touch` when it changes.
        reading.notes.restsOn([.publication(id)])
        var names = reading.names()
        try names.learnJurisdictions()
        try names.learn(projects: [publication.project])
        let row = try reading.rows([publication], &names)[0]
        let isOpen = publication.state == .released
        let discharges = try transaction.ledger.discharges(by: id)
        let owed = try transaction.obligations.obligations(discharges.map(\.obligation))
        try names.learn(owed)
        let rows = Dictionary(
            uniqueKeysWithValues: owed.map {
                ($0.id, ObligationRow($0, names: names, on: reading.day, soon: reading.soon))
            })
        let known = try reading.time(of: publication, discharges)
        let beside = try reading.beside(publication, &names)
        let evidenced = try transaction.events.current(evidencedBy: "\(id)/\(edition.number)")
        return Value(
            day: reading.day, publication: row, itemOwner: OrNull(row.item.value),
            field: OrNull(
                try transaction.columns.field(
                    of: publication.item, in: publication.jurisdiction, on: reading.day)),
            projectTitle: OrNull(text: publication.project.isEmpty ? "" : names.project(publication.project)),
            bodyKind: OrNull(names.bodyKind(publication.body)),
            jurisdictionName: names.jurisdiction(publication.jurisdiction),
            timeBasis: known.basis, timeDay: OrNull(known.day),
            edition: EditionRow(edition, showsRecord: isOpen),
            history: history.map { EditionRow($0, showsRecord: false) },
            discharges: discharges.compactMap { discharge in
                rows[discharge.obligation].map {
                    DischargedRow(
                        obligation: $0, verdict: discharge.verdict, basis: discharge.basis,
                        revoked: discharge.revoked)
                }
            },
            events: try reading.rows(evidenced, &names),
            findings: isOpen
                ? try reading.rows(findings(id, edition.number, transaction.findings), &names) : [],
            twins: publication.origin == .imported ? try twins(id, reading, &names) : [],
            versions: publication.origin == .imported ? try versions(id, reading, &names) : [],
            previous: OrNull(beside.previous), next: OrNull(beside.next), related: beside.related,
            log: OrNull(try mark(edition, isOpen: isOpen, reading)))
    }

    private func versions(_ id: String, _ reading: Reading, _ names: inout Names) throws -> [VersionRow] {
        let versions = try reading.transaction.policies.versions(of: id)
        let found = try reading.transaction.publications.publications(
            versions.map(\.publication), audience: .everyone)
        let known = versions.compactMap { sibling in found[sibling.publication].map { (sibling.version, $0) }
        }
        let rows = try reading.rows(known.map(\.1), &names)
        return zip(known, rows).map {
            VersionRow(
                publication: $1, versionDay: OrNull($0.0.day), effective: OrNull($0.0.effective),
                quote: OrNull(text: $0.0.quote))
        }
    }

    private func mark(_ edition: Edition, isOpen: Bool, _ reading: Reading) throws -> LogMark? {
        let (id, number) = (edition.publication, edition.number)
        let leaf = try reading.transaction.log.release(of: id, edition: number)
        let hasRecord = isOpen && edition.record != nil && leaf?.salt != nil
        let erasure =
            try edition.erasure == nil ? nil : reading.transaction.log.erasure(of: id, edition: number)
        return try reading.mark(
            leaf, receipt: "/publications/\(id)/editions/\(number)/receipt",
            record: hasRecord ? "/publications/\(id)/editions/\(number)/record" : nil,
            erasure: erasure)
    }

    /// Only those that everybody may see.
    private func twins(_ id: String, _ reading: Reading, _ names: inout Names) throws -> [TwinRow] {
        let twins = try reading.transaction.twins.twins(of: id)
        let found = try reading.transaction.publications.publications(
            twins.map(\.publication), audience: .everyone)
        let known = twins.compactMap { twin in found[twin.publication].map { (twin.rule, $0) } }
        let rows = try reading.rows(known.map(\.1), &names)
        return zip(known, rows).map { TwinRow(publication: $1, rule: $0.0, reason: $0.0.reason) }
    }

    private func findings(_ id: String, _ number: Int, _ store: FindingStore) throws -> [Finding] {
        try store.findings(of: id, kind: "publication")
            + store.findings(of: "\(id)/\(number)", kind: "edition")
    }
}

extension PublicationPage.Value {
    /// The edition's own page: it stays the same when another follows.
    var receiptPlace: Link { "/publications/\(publication.id)/editions/\(edition.number)" }
}

extension Reading {
    /// The log's where it has dated the publication or what it discharges, else the word of whoever published it.
    func time(
        of publication: Publication, _ discharges: [Discharge]
    ) throws -> (basis: TimeBasis, day: Day?) {
        let offers = try transaction.ledger.offered(by: publication.id)
        let known = offers.map { ($0.basis, $0.day) } + discharges.map { ($0.basis, $0.day) }
        for basis in [TimeBasis.witnessed, .logged] {
            if let proved = known.first(where: { $0.0 == basis }) { return proved }
        }
        return (publication.day == nil ? .unknown : .attested, publication.day)
    }
}
