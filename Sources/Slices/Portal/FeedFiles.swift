import Catalogue
import CivilTime
import Obligations
import People
import Projects
import Publishing
import Storage
import Web

/// `GET /feeds/publications.atom`, `/feeds/bodies/:id`, `/feeds/projects/:id`, `/feeds/publications/:id`,
/// `/feeds/columns/:jurisdiction/:field`: what was published, for a feed reader (订阅).
///
/// Open to anyone; the 50 publications seen last, or a publication's 50 last editions; only what is meant for everybody.
/// An entry says what its page says and never a document's words; one that was withdrawn stays, as withdrawn.
struct FeedFiles {
    let room: ReadingRoom
    /// Whether every feed says that its data were made up.
    let siteName: String
    let isSample: Bool

    static let all: Link = "/feeds/publications.atom"
    static func body(_ id: String) -> Link { "/feeds/bodies/\(id)" }
    static func column(of field: String, in jurisdiction: String) -> Link {
        "/feeds/columns/\(jurisdiction)/\(field)"
    }
    static func project(_ id: String) -> Link { "/feeds/projects/\(id)" }
    static func publication(_ id: String) -> Link { "/feeds/publications/\(id)" }

    func add(to routes: Routes) {
        routes.get("feeds/publications.atom") { request in
            try await answer(request) { try all($0) }
        }
        routes.get("feeds/bodies/:id") { request in
            try await answer(request) { try body(request.parameter("id"), $0) }
        }
        routes.get("feeds/projects/:id") { request in
            try await answer(request) { try project(request.parameter("id"), $0) }
        }
        routes.get("feeds/publications/:id") { request in
            try await answer(request) { try publication(request.parameter("id"), $0) }
        }
        routes.get("feeds/columns/:jurisdiction/:field") { request in
            try await answer(request) {
                try column(request.parameter("field"), in: request.parameter("jurisdiction"), $0)
            }
        }
    }

    /// What a feed is of, with its places on this site.
    private struct Found: Sendable {
        let day: Day
        let id: [String]
        let name: String
        let place: Link
        let page: Link
        let news: [News]
    }

    private func answer(
        _ request: WebRequest, _ find: @escaping @Sendable (Reading) throws -> Found
    ) async throws -> Answer {
        let found = try await room.read { try find($0) }
        let whole = { (place: Link) in request.wholeAddress(of: place) ?? place }
        let feed = AtomFeed(
            id: ["feed"] + found.id, title: (isSample ? "【示例】" : "") + siteName + "：" + found.name,
            asOf: found.day,
            address: whole(found.place), page: whole(found.page),
            entries: found.news.map { $0.entry(at: whole($0.page)) })
        return .feed(feed, meantFor: .everyone)
    }

    private func all(_ reading: Reading) throws -> Found {
        let found = try reading.transaction.publications.publications(
            audience: .everyone, limit: AtomFeed.entriesMax)
        return Found(
            day: reading.day, id: ["publications", try reading.transaction.instance().id], name: "公开信息",
            place: Self.all, page: "/publications",
            news: try reading.news(found))
    }

    private func body(_ id: String, _ reading: Reading) throws -> Found {
        guard let body = try reading.transaction.bodies.body(id, on: reading.day) else {
            throw LedgerProblem.unknownBody(id)
        }
        let found = try reading.transaction.publications.publications(
            audience: .everyone, body: id, limit: AtomFeed.entriesMax)
        return Found(
            day: reading.day, id: ["body", id], name: body.name, place: Self.body(id), page: "/bodies/\(id)",
            news: try reading.news(found))
    }

    private func project(_ id: String, _ reading: Reading) throws -> Found {
        guard let project = try reading.transaction.projects.project(id) else {
            throw ProjectProblem.notFound(key: id)
        }
        let found = try reading.transaction.publications.publications(
            audience: .everyone, project: id, limit: AtomFeed.entriesMax)
        return Found(
            day: reading.day, id: ["project", id], name: project.title, place: Self.project(id),
            page: "/projects/\(id)", news: try reading.news(found))
    }

    private func column(_ field: String, in jurisdiction: String, _ reading: Reading) throws -> Found {
        guard let column = try reading.column(of: field, in: jurisdiction) else {
            throw Problem.noColumn(field, in: jurisdiction)
        }
        return Found(
            day: reading.day, id: ["column", try reading.transaction.instance().id, jurisdiction, field],
            name: column.place.name + field,
            place: column.feed, page: column.link,
            news: try reading.news(reading.publications(in: column, limit: AtomFeed.entriesMax)))
    }

    private func publication(_ id: String, _ reading: Reading) throws -> Found {
        guard let publication = try reading.transaction.publications.publication(id),
            publication.audience == .everyone
        else { throw PublishingProblem.notFound(id) }
        return Found(
            day: reading.day, id: ["publication", id], name: publication.title, place: Self.publication(id),
            page: "/publications/\(id)", news: try reading.news(ofEditionsOf: publication))
    }
}

/// What a feed says of a publication or of one of its editions.
private struct News: Sendable {
    let id: [String]
    let row: PublicationRow
    let kind: Edition.Kind
    let number: Int
    /// When this platform released or saw it.
    let at: String
    let time: (basis: TimeBasis, day: Day?)
    let page: Link

    func entry(at address: Link) -> AtomFeed.Entry {
        AtomFeed.Entry(
            id: id, title: row.title, author: row.body.isEmpty ? "没有识别出机关" : row.bodyName, updated: at,
            summary: summary, link: address)
    }

    private var summary: String {
        let edition = number > 1 ? "（第 \(number) 版）" : ""
        let item = row.itemTitle.value.map { "事项：\($0)，" } ?? ""
        let day = time.day.map { "公开日 \($0)（\(time.basis.title)）" } ?? "公开日不明"
        return "\(kind.title)\(edition)，\(item)\(day)。"
    }
}

extension Reading {
    /// Last changed first.
    fileprivate func news(_ publications: [Publication]) throws -> [News] {
        var names = names()
        let rows = try rows(publications, &names)
        return try zip(publications, rows).map { try news($0, $1) }.sorted {
            ($0.at, $0.id[1]) > ($1.at, $1.id[1])
        }
    }

    private func news(_ publication: Publication, _ row: PublicationRow) throws -> News {
        let last =
            publication.editions > 1
            ? try transaction.publications.edition(publication.id, number: publication.editions) : nil
        return News(
            id: ["publication", publication.id], row: row, kind: last?.kind ?? .first,
            number: publication.editions, at: last?.releasedAt ?? publication.firstSeenAt,
            time: try time(of: publication, transaction.ledger.discharges(by: publication.id)),
            page: row.link)
    }

    fileprivate func news(ofEditionsOf publication: Publication) throws -> [News] {
        var names = names()
        let row = try rows([publication], &names)[0]
        let time = try time(of: publication, transaction.ledger.discharges(by: publication.id))
        let editions = try transaction.publications.editions(of: publication.id)
        return editions.suffix(AtomFeed.entriesMax).reversed().map { edition in
            News(
                id: ["publication", publication.id, "edition", String(edition.number)], row: row,
                kind: edition.kind, number: edition.number, at: edition.releasedAt, time: time,
                page: "/publications/\(publication.id)/editions/\(edition.number)")
        }
    }
}
