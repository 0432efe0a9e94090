import CivilTime
import Counting
import Obligations
import People
import Web

/// `GET /bodies`: the organisations of a jurisdiction. `.json`, `.csv`.
///
/// Open to anyone; at most 100 a page, in the order of their ids; with `order=overdue` the 100 of which most is overdue. `on=` gives
/// their names and their counts of a past day.
struct BodyList {
    let room: ReadingRoom

    struct Value: Encodable, Sendable {
        let day: Day
        let jurisdiction: String
        let total: Int
        let items: [Row]
        let next: OrNull<String>
    }

    /// A body with what it owes.
    struct Row: Encodable, Sendable {
        let body: Body
        /// Published or not, all that it owes or owed.
        let obligations: Int
        /// Under verified rules.
        let overdue: Int

        private enum CodingKeys: CodingKey { case obligations, overdue }

        func encode(to encoder: any Encoder) throws {
            try body.encode(to: encoder)
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(obligations, forKey: .obligations)
            try container.encode(overdue, forKey: .overdue)
        }
    }

    enum Order: String, CaseIterable, Sendable { case id, overdue }

    /// Bodies that are compared where those with the most overdue are asked for.
    private static let comparedMax = 1_000

    private struct Found: Sendable {
        let day: Day
        /// The day, when it is a past one.
        let past: Day?
        let place: Jurisdiction?
        let places: [(place: Jurisdiction, count: Int)]
        let batch: Batch<Row>
        let order: Order
        let ways: UsualWays?
    }

    func add(to routes: Routes) {
        routes.get("bodies", taking: ["jurisdiction", "order", "on"] + WebRequest.paging) { request in
            let asked = try request.query.text("jurisdiction")
            let limit = try request.limit()
            let cursor = try request.cursor(of: "bodies", .text)
            let on = try request.query.day("on")
            let order = try request.query.choice("order", of: Order.self) ?? .id
            let found = try await room.read(on: on) {
                try look(asked, by: order, after: cursor, limit: limit, $0)
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
            let other = try request.link(changing: "order", to: order == .id ? Order.overdue.rawValue : nil)
            return Answer(
                page(value, found, links, turner, today: today, other: other), data: value,
                table: { table(value) },
                next: try request.link(after: found.batch.next, format: request.format), meantFor: .everyone)
        }
    }

    /// The jurisdiction asked for; else the first that has bodies.
    private func look(
        _ asked: String?, by order: Order, after cursor: Cursor?, limit: Int, _ reading: Reading
    ) throws -> Found {
        try reading.demand(asked.map { .jurisdiction($0) })
        let places = try reading.transaction.jurisdictions.jurisdictions()
            .map { (place: $0, count: try reading.transaction.bodies.count(in: $0.code)) }
            .filter { $0.count > 0 || $0.place.code == asked }
        let ledgers = try reading.transaction.ledger.ledgers().map(\.jurisdiction)
        let usual = places.first { ledgers.contains($0.place.code) } ?? places.first
        let place = asked == nil ? usual?.place : places.first { $0.place.code == asked }?.place
        let batch =
            switch order {
            case .id: try batch(in: place, after: cursor?.text(0) ?? "", limit: limit, reading)
            case .overdue: try mostOverdue(in: place, limit: limit, reading)
            }
        return Found(
            day: reading.day, past: reading.past?.day, place: place, places: places, batch: batch,
            order: order, ways: try reading.usualWays(in: place?.code))
    }

    private func batch(
        in place: Jurisdiction?, after id: String, limit: Int, _ reading: Reading
    ) throws -> Batch<Row> {
        let bodies =
            try place.map {
                try reading.transaction.bodies.bodies(
                    in: $0.code, on: reading.day, after: id, limit: limit + 1)
            } ?? []
        return try Batch(bodies.map { try row($0, reading) }, limit: limit) {
            Cursor(list: "bodies", [.text($0.body.id)])
        }
    }

    private func mostOverdue(in place: Jurisdiction?, limit: Int, _ reading: Reading) throws -> Batch<Row> {
        guard let place else { return Batch([], limit: limit) { _ in Cursor(list: "bodies", []) } }
        let (tallies, register) = (reading.transaction.tallies, reading.transaction.bodies)
        // Where the tally is behind, those that the register names first.
        let owing =
            try tallies.bodiesOwing(in: place.code, after: "", limit: Self.comparedMax)
            ?? register.bodies(in: place.code, on: reading.day, limit: Self.comparedMax).map(\.id)
        let bodies = try register.bodies(owing, on: reading.day)
        let rows = try bodies.values.map { try row($0, reading) }.filter { $0.overdue > 0 }
            .sorted { ($1.overdue, $0.body.id) < ($0.overdue, $1.body.id) }
        return Batch(Array(rows.prefix(limit)), limit: limit) { Cursor(list: "bodies", [.text($0.body.id)]) }
    }

    private func row(_ body: Body, _ reading: Reading) throws -> Row {
        var filter = reading.filter
        filter.body = body.id
        let counts = try reading.counts(filter)
        return Row(
            body: body, obligations: counts.byState.values.reduce(0, +) + counts.overdueUnverified,
            overdue: counts.byState[.overdue, default: 0])
    }

    private func page(
        _ value: Value, _ found: Found, _ links: [(place: Jurisdiction, count: Int, link: Link)],
        _ turner: Turner, today: Link, other: Link
    ) -> Page {
        Page(
            title: "公开主体", lead: "<p>负有公开义务的机关和单位，以及公告里提到的单位。</p>", crumbs: [.init("首页", "/")],
            """
            \(PastNotice(found.past, today: today))
            <nav class="states" aria-label="辖区"><ul>\(links.map { entry in
                "<li><a href=\"\(entry.link)\"\(when: entry.place == found.place, " aria-current=\"true\"")>\(entry.place.name) <span class=\"count\">\(entry.count)</span></a></li>" as HTML
            })</ul></nav>
            \(found.ways)
            <p><a href="\(other)">\(found.order == .id ? "逾期未公开最多的在前" : "全部公开主体，按编号")</a></p>
            \(Table(caption: "\(found.place?.name ?? "")的公开主体", columns: ["名称", "公开义务", "逾期未公开", "性质", "统一社会信用代码", "在本平台公开"], rows: value.items.map { row in
                [
                    "<a href=\"\(("/bodies/\(row.body.id)" as Link).on(found.past))\">\(row.body.name)</a>",
                    "\(row.obligations)", overdue(row, on: found.past),
                    "\(row.body.kind.title)",
                    row.body.creditCode.map { "<span class=\"code\">\($0)</span>" } ?? "—",
                    row.body.publishesHere ? "是" : "否",
                ]
            }, empty: found.order == .id ? "还没有登记公开主体。" : "\(found.place?.name ?? "")没有公开主体有逾期未公开的。"))
            \(turner)
            """)
    }

    private func overdue(_ row: Row, on past: Day?) -> HTML {
        guard row.overdue > 0 else { return "0" }
        let list = ("/obligations" as Link).adding([("body", row.body.id), ("state", "overdue")]).on(past)
        return "<a href=\"\(list)\">\(row.overdue)</a>"
    }

    private func table(_ value: Value) -> CSVTable {
        CSVTable(
            columns: ["编号", "名称", "辖区", "性质", "统一社会信用代码", "在本平台公开", "公开义务", "逾期未公开"],
            rows: value.items.map {
                [
                    $0.body.id, $0.body.name, $0.body.jurisdiction, $0.body.kind.rawValue,
                    $0.body.creditCode ?? "", $0.body.publishesHere ? "1" : "0", String($0.obligations),
                    String($0.overdue),
                ]
            })
    }
}
