import Catalogue
import CivilTime
import Obligations
import People
import Web

/// `GET /columns`: the fields of every jurisdiction's list, each with its column. `.json`, `.csv`.
///
/// Open to anyone.
struct ColumnList {
    let room: ReadingRoom

    struct Value: Encodable, Sendable {
        let day: Day
        let items: [PlaceRow]
    }

    /// A jurisdiction that keeps a list.
    struct PlaceRow: Encodable, Sendable {
        let jurisdiction: String
        let name: String
        let sample: Bool
        let columns: [Row]
    }

    struct Row: Encodable, Sendable {
        let field: String
        let names: [ColumnNameRow]
        let items: Int
        let owing: Int
        /// Obligations by state; null where nothing is or was owed.
        let counts: OrNull<[String: Int]>
        let address: String
    }

    func add(to routes: Routes) {
        routes.get("columns") { _ in
            let found = try await room.read(value)
            return Answer(page(found), data: found, table: { table(found) }, meantFor: .everyone)
        }
    }

    @Sendable private func value(_ reading: Reading) throws -> Value {
        let settings = try PlanTables.builtIn().settings
        let owing = Set(try reading.jurisdictionsThatOwe())
        let places = try reading.transaction.jurisdictions.jurisdictions()
        let rows = try
            (places.filter { owing.contains($0.code) } + places.filter { !owing.contains($0.code) })
            .map { place in
                PlaceRow(
                    jurisdiction: place.code, name: place.name, sample: place.sample,
                    columns: try reading.columns(of: place).map { column in
                        Row(
                            field: column.field, names: column.names(settings), items: column.items.count,
                            owing: column.owing,
                            counts: OrNull(
                                owing.contains(place.code)
                                    ? try reading.counts(reading.filter(column)).named : nil),
                            address: column.link.address)
                    })
            }
        return Value(day: reading.day, items: rows.filter { !$0.columns.isEmpty })
    }

    private func page(_ value: Value) -> Page {
        Page(
            title: "公开领域",
            lead: "<p>每个辖区的每个领域一个栏目：欠什么、迟了什么、公开了什么、快到期的、由谁公开。状态截至 \(time(value.day)) 日终。</p>",
            crumbs: [.init("首页", "/")],
            """
            \(when: value.items.count > 1, index(value))
            \(value.items.map(place))
            """)
    }

    /// Where anything is overdue is seen before anything is unfolded.
    private func index(_ value: Value) -> HTML {
        """
        <nav class="states" aria-label="辖区"><ul>\(value.items.map { place in
            "<li><a href=\"#\(place.jurisdiction)\">\(place.name)\(place.count(.overdue).map { " <span class=\"count\">逾期 \($0)</span>" as HTML })</a></li>" as HTML
        })</ul></nav>
        """
    }

    private func place(_ place: PlaceRow) -> HTML {
        """
        <h2 id="\(place.jurisdiction)">\(place.name)\(when: place.sample, " <span class=\"quiet\">示例</span>")</h2>
        <details><summary>\(place.columns.count) 个领域\(place.said)</summary>
        <div class="compact">\(Table(caption: "\(place.name)的领域，按目录的次序", columns: ["领域", .init("应当公开的事项", isNumber: true), .init("逾期未公开", isNumber: true), .init("即将到期", isNumber: true)], rows: place.columns.map { row($0, in: place.jurisdiction) }))</div>
        <p><a href="/catalogue/\(place.jurisdiction)">\(place.name)公开事项目录</a></p>
        </details>

        """
    }

    private func row(_ row: Row, in jurisdiction: String) -> [HTML] {
        let count = { (state: ObligationState) -> HTML in row.count(state).map { "\($0)" } ?? "—" }
        let names = row.names.compactMap(\.names.first)
        return [
            """
            <a href="\(FieldColumn.link(to: row.field, in: jurisdiction))">\(row.field)</a>\
            \(when: !names.isEmpty, "<span class=\"under quiet\">方案所定的栏目：\(names.joined(separator: "、"))</span>")
            """,
            "\(row.owing)", count(.overdue), count(.dueSoon),
        ]
    }

    private func table(_ value: Value) -> CSVTable {
        CSVTable(
            columns: ["辖区", "名称", "领域", "栏目", "事项", "其中应当公开", "逾期未公开", "即将到期", "地址"],
            rows: value.items.flatMap { place in
                place.columns.map { row in
                    let count = { (state: ObligationState) in row.count(state).map(String.init) ?? "" }
                    return [
                        place.jurisdiction, place.name, row.field,
                        row.names.compactMap(\.names.first).joined(separator: "；"), String(row.items),
                        String(row.owing), count(.overdue), count(.dueSoon), row.address,
                    ]
                }
            })
    }
}

extension ColumnList.Row {
    /// Nil where nothing is or was owed.
    fileprivate func count(_ state: ObligationState) -> Int? { counts.value.map { $0[state.rawValue] ?? 0 } }
}

extension ColumnList.PlaceRow {
    fileprivate func count(_ state: ObligationState) -> Int? {
        let counts = columns.compactMap { $0.count(state) }
        return counts.isEmpty ? nil : counts.reduce(0, +)
    }

    fileprivate var said: HTML {
        guard let overdue = count(.overdue), let soon = count(.dueSoon) else { return "，没有记录任何公开义务" }
        return "，逾期未公开 \(overdue) 项，即将到期 \(soon) 项"
    }
}
