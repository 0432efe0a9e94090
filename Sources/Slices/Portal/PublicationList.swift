import Catalogue
import CivilTime
import Publishing
import Web

/// `GET /publications`: what was published, last seen first. `.json`, `.csv`.
///
/// Open to anyone; at most 100 a page; only what is meant for everybody. `field=` needs `jurisdiction=`, whose column it is.
struct PublicationList {
    let room: ReadingRoom

    struct Value: Encodable, Sendable {
        let day: Day
        let items: [PublicationRow]
        let next: OrNull<String>
    }

    private struct Found: Sendable {
        let day: Day
        let rows: [PublicationRow]
        let next: Cursor?
        let heading: String?
    }

    func add(to routes: Routes) {
        routes.get("publications", taking: ["body", "item", "jurisdiction", "field"] + WebRequest.paging) {
            request in
            let words = try request.query.text("body")
            let item = try request.query.text("item")
            let jurisdiction = try request.query.text("jurisdiction")
            let field = try request.query.text("field")
            let limit = try request.limit()
            let cursor = try request.cursor(of: "publications", .text, .text)
            let found = try await room.read { reading in
                let body = try words.map { try reading.bodyID($0, in: jurisdiction) ?? $0 }
                try reading.demand(
                    jurisdiction.map { .jurisdiction($0) }, body.map { .body($0) }, item.map { .item($0) })
                let before = cursor.map { PublicationCursor(firstSeenAt: $0.text(0), id: $0.text(1)) }
                let fetched =
                    if let field {
                        try reading.publications(
                            in: column(of: field, in: jurisdiction ?? "", reading), body: body, item: item,
                            before: before, limit: limit + 1)
                    } else {
                        try reading.transaction.publications.publications(
                            audience: .everyone, body: body, jurisdiction: jurisdiction, item: item,
                            before: before, limit: limit + 1)
                    }
                let batch = Batch(fetched, limit: limit) {
                    Cursor(list: "publications", [.text($0.firstSeenAt), .text($0.id)])
                }
                var names = reading.names()
                try names.learn(bodies: [body].compactMap(\.self))
                try names.learn(items: [item].compactMap(\.self))
                try names.learnJurisdictions()
                let narrowed = [
                    jurisdiction.map(names.jurisdiction), field, body.map(names.body),
                    item.map { names.itemTitle($0) },
                ].compactMap(\.self)
                return Found(
                    day: reading.day, rows: try reading.rows(batch.items, &names), next: batch.next,
                    heading: narrowed.isEmpty ? nil : narrowed.joined(separator: " · "))
            }
            let turner = Turner(
                first: cursor == nil ? nil : try request.link(changing: "after", to: nil),
                next: try request.link(after: found.next))
            return Answer(
                page(found, turner),
                data: Value(
                    day: found.day, items: found.rows,
                    next: OrNull(try request.link(after: found.next, format: .json)?.address)),
                table: { CSVTable.publications(found.rows) },
                next: try request.link(after: found.next, format: request.format), meantFor: .everyone)
        }
    }

    private func column(of field: String, in jurisdiction: String, _ reading: Reading) throws -> FieldColumn {
        guard let column = try reading.column(of: field, in: jurisdiction) else {
            throw Problem.noColumn(field, in: jurisdiction)
        }
        return column
    }

    private func page(_ found: Found, _ turner: Turner) -> Page {
        Page(
            title: "公开信息",
            lead: "<p>\(found.heading.map { "只看：\($0)。" as HTML })新收到的在前。采集来的信息，公开日是来源自己说的。</p>",
            crumbs: [.init("首页", "/")], feed: found.heading == nil ? FeedFiles.all : nil,
            "\(Table.publications(found.rows, caption: "公开信息，新收到的在前", showsBody: true))\(turner)")
    }
}
