import CivilTime
import Obligations
import People
import Projects
import Web

/// `GET /projects`: projects in the order of their titles, with their codes.
///
/// Open to anyone; at most 100 a page. `key=` goes to the project that bears a code. `on=` gives those that had been
/// opened here by the end of a past day.
struct ProjectList {
    let room: ReadingRoom

    struct Row: Encodable, Sendable {
        let id: String
        let title: String
        let field: String
        let jurisdiction: String
        let jurisdictionName: String
        let keys: [ProjectPage.KeyRow]
    }

    struct Value: Encodable, Sendable {
        let day: Day
        let total: Int
        let items: [Row]
        var next = OrNull<String>(nil)
        /// For the choices of the page.
        var jurisdictions: [Jurisdiction] = []
        var fields: [String] = []
        /// The day, when it is a past one.
        var past: Day?

        private enum CodingKeys: CodingKey { case day, total, items, next }
    }

    func add(to routes: Routes) {
        routes.get("projects", taking: ["key", "jurisdiction", "field", "on"] + WebRequest.paging) {
            request in
            let on = try request.query.day("on")
            if let key = try request.query.text("key") {
                return .redirect(to: ("/projects/\(key)" as Link).on(on))
            }
            let jurisdiction = try request.query.text("jurisdiction")
            let field = try request.query.text("field")
            let limit = try request.limit()
            let cursor = try request.cursor(of: "projects", .text, .text)
            let (found, batch) = try await room.read(on: on) { reading in
                try reading.demand(jurisdiction.map { .jurisdiction($0) }, field.map { .field($0) })
                let fetched = try reading.transaction.projects.projects(
                    jurisdiction: jurisdiction, field: field, openedBefore: reading.past?.end,
                    after: cursor.map { (title: $0.text(0), id: $0.text(1)) }, limit: limit + 1)
                let batch = Batch(fetched, limit: limit) {
                    Cursor(list: "projects", [.text($0.title), .text($0.id)])
                }
                var value = try ProjectList.value(batch.items, reading)
                value.jurisdictions = try reading.transaction.jurisdictions.jurisdictions()
                value.fields = try reading.transaction.projects.fields()
                return (value, batch.next)
            }
            var value = found
            value.next = OrNull(try request.link(after: batch, format: .json)?.address)
            let shown = value
            let turner = Turner(
                first: cursor == nil ? nil : try request.link(changing: "after", to: nil),
                next: try request.link(after: batch))
            let notice = PastNotice(shown.past, today: try request.link(changing: "on", to: nil))
            return Answer(
                ProjectListPage(
                    value: shown, jurisdiction: jurisdiction, field: field, turner: turner, notice: notice
                ).page,
                data: shown, table: { CSVTable.projects(shown.items) },
                next: try request.link(after: batch, format: request.format), meantFor: .everyone)
        }
    }

    static func value(_ projects: [Project], _ reading: Reading) throws -> Value {
        var names = reading.names()
        try names.learnJurisdictions()
        let keys = try reading.transaction.projects.keys(ofAny: projects.map(\.id))
        return Value(
            day: reading.day,
            total: try reading.transaction.projects.count(openedBefore: reading.past?.end),
            items: projects.map { project in
                Row(
                    id: project.id, title: project.title, field: project.field,
                    jurisdiction: project.jurisdiction,
                    jurisdictionName: names.jurisdiction(project.jurisdiction),
                    keys: (keys[project.id] ?? []).map(ProjectPage.KeyRow.init))
            }, past: reading.past?.day)
    }
}

/// Projects as a page; also what a code leads to that gathers several.
struct ProjectListPage: Sendable {
    let value: ProjectList.Value
    var key: String?
    var jurisdiction: String?
    var field: String?
    var turner: Turner?
    var notice: PastNotice?

    var page: Page {
        if let key {
            return Page(
                title: "编号 \(key)", lead: "<p>这个编号归集了 \(value.items.count) 个项目。</p>",
                crumbs: [.init("首页", "/"), .init("项目", "/projects")], table.html)
        }
        return Page(
            title: "项目", lead: "<p>每个项目按编号归集：公告、结果、合同、更正都在一处。共 \(value.total) 个项目。</p>",
            crumbs: [.init("首页", "/")],
            "\(notice)\(find)\(folded(form, isUsed: jurisdiction != nil || field != nil))\(table)\(turner)")
    }

    private var find: HTML {
        """
        <form class="search-box" method="get" action="/projects" role="search">
        <input type="search" name="key" aria-label="项目编号" placeholder="任何一个编号：采购项目编号、地块编号、批文编号……" maxlength="200">\
        <button type="submit">打开</button></form>
        """
    }

    private var form: AskingForm {
        AskingForm(
            to: "/projects", label: "筛选项目", button: "筛选",
            [
                Control.choice(
                    "jurisdiction", "地区",
                    options: [(value: "", title: "全部")]
                        + value.jurisdictions.map { (value: $0.code, title: $0.name) },
                    chosen: jurisdiction),
                Control.choice(
                    "field", "领域",
                    options: [(value: "", title: "全部")]
                        + value.fields.filter { !$0.isEmpty }.map { (value: $0, title: $0) },
                    chosen: field),
            ])
    }

    private var table: Table {
        Table(
            caption: "按项目名称", columns: ["项目", "地区", "领域", "编号"],
            rows: value.items.map { row in
                [
                    "<a href=\"\(("/projects/\(row.id)" as Link).on(value.past))\">\(row.title)</a>",
                    "\(row.jurisdictionName)",
                    "\(row.field)",
                    row.keys.prefix(3).map { "<span class=\"code\">\($0.printed)</span>" as HTML }
                        .joined(separator: "、"),
                ]
            }, empty: "还没有项目。")
    }
}

extension CSVTable {
    static func projects(_ rows: [ProjectList.Row]) -> CSVTable {
        CSVTable(
            columns: ["编号", "项目", "地区", "领域", "归集编号"],
            rows: rows.map { row in
                [
                    row.id, row.title, row.jurisdiction, row.field,
                    row.keys.map { "\($0.kindName)：\($0.printed)" }.joined(separator: "；"),
                ]
            })
    }
}
