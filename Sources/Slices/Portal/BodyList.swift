import CivilTime
import Obligations
import People
import Web

/// `GET /bodies`: the organisations of a jurisdiction. `.json`, `.csv`.
///
/// Open to anyone; at most 100 a page, in the order of their ids. `on=` gives their names of a past day.
struct BodyList {
    let room: ReadingRoom

    struct Value: Encodable, Sendable {
        let day: Day
        let jurisdiction: String
        let total: Int
        let items: [Body]
        let next: OrNull<String>
    }

    private struct Found: Sendable {
        let day: Day
        /// The day, when it is a past one.
        let past: Day?
        let place: Jurisdiction?
        let places: [(place: Jurisdiction, count: Int)]
        let batch: Batch<Body>
    }

    func add(to routes: Routes) {
        routes.get("bodies") { request in
            let asked = try request.query.text("jurisdiction")
            let limit = try request.limit()
            let cursor = try request.cursor(of: "bodies", .text)
            let on = try request.query.day("on")
            let found = try await room.read(on: on) { try look(asked, after: cursor, limit: limit, $0) }
            if let asked, found.place == nil {
                throw Problem(.notFound, code: "jurisdiction-unknown", detail: "没有辖区“\(asked)”。")
            }
            let links = try found.places.map {
                (
                    place: $0.place, count: $0.count,
                    link: try request.link(changing: "jurisdiction", to: $0.place.code)
                )
            }
            let turner = Turner(
                first: cursor == nil ? nil : try request.link(changing: "after", to: nil),
                next: try request.link(after: found.batch.next))
            let value = Value(
                day: found.day, jurisdiction: found.place?.code ?? "",
                total: found.places.first { $0.place.code == found.place?.code }?.count ?? 0,
                items: found.batch.items,
                next: OrNull(try request.link(after: found.batch.next, format: .json)?.address))
            let today = try request.link(changing: "on", to: nil)
            return Answer(
                page(value, found, links, turner, today: today), data: value, table: { table(value) },
                next: try request.link(after: found.batch.next, format: request.format), meantFor: .everyone)
        }
    }

    /// The jurisdiction asked for; else the first that has bodies.
    private func look(_ asked: String?, after cursor: Cursor?, limit: Int, _ reading: Reading) throws -> Found
    {
        let places = try reading.transaction.jurisdictions.jurisdictions()
            .map { (place: $0, count: try reading.transaction.bodies.count(in: $0.code)) }
            .filter { $0.count > 0 || $0.place.code == asked }
        let ledgers = try reading.transaction.ledger.ledgers().map(\.jurisdiction)
        let usual = places.first { ledgers.contains($0.place.code) } ?? places.first
        let place = asked == nil ? usual?.place : places.first { $0.place.code == asked }?.place
        let bodies =
            try place.map {
                try reading.transaction.bodies.bodies(
                    in: $0.code, on: reading.day, after: cursor?.text(0) ?? "", limit: limit + 1)
            } ?? []
        let batch = Batch(bodies, limit: limit) { Cursor(list: "bodies", [.text($0.id)]) }
        return Found(
            day: reading.day, past: reading.past?.day, place: place, places: places, batch: batch)
    }

    private func page(
        _ value: Value, _ found: Found, _ links: [(place: Jurisdiction, count: Int, link: Link)],
        _ turner: Turner, today: Link
    ) -> Page {
        Page(
            title: "公开主体", lead: "<p>负有公开义务的机关和单位，以及公告里提到的单位。</p>", crumbs: [.init("首页", "/")],
            """
            \(PastNotice(found.past, today: today))
            <nav class="states" aria-label="辖区"><ul>\(links.map { entry in
                "<li><a href=\"\(entry.link)\"\(when: entry.place == found.place, " aria-current=\"true\"")>\(entry.place.name) <span class=\"count\">\(entry.count)</span></a></li>" as HTML
            })</ul></nav>
            \(Table(caption: "\(found.place?.name ?? "")的公开主体", columns: ["名称", "性质", "统一社会信用代码", "在本平台公开"], rows: value.items.map { body in
                [
                    "<a href=\"\(("/bodies/\(body.id)" as Link).on(found.past))\">\(body.name)</a>",
                    "\(body.kind.title)",
                    body.creditCode.map { "<span class=\"code\">\($0)</span>" } ?? "—",
                    body.publishesHere ? "是" : "否",
                ]
            }, empty: "还没有登记公开主体。"))
            \(turner)
            """)
    }

    private func table(_ value: Value) -> CSVTable {
        CSVTable(
            columns: ["编号", "名称", "辖区", "性质", "统一社会信用代码", "在本平台公开"],
            rows: value.items.map {
                [
                    $0.id, $0.name, $0.jurisdiction, $0.kind.rawValue, $0.creditCode ?? "",
                    $0.publishesHere ? "1" : "0",
                ]
            })
    }
}
