import Catalogue
import CivilTime
import Law
import People
import Web

/// A jurisdiction's list of items, narrowed and in batches.
enum ItemList {
    struct Conditions: Sendable {
        let field: String?
        let kind: ItemKind?
        let trigger: TriggerKind?
        /// The last item of the batch before.
        let after: Cursor?
        let limit: Int

        static let parameters = ["field", "kind", "trigger"] + WebRequest.paging

        init(_ request: WebRequest) throws {
            field = try request.query.text("field")
            kind = try request.query.choice("kind", of: ItemKind.self)
            trigger = try request.query.choice("trigger", of: TriggerKind.self)
            after = try request.cursor(of: "catalogue", .text)
            limit = try request.query.integer("limit", in: 1...WebRequest.limitMax) ?? WebRequest.limitMax
        }
    }

    struct Value: Encodable, Sendable {
        let day: Day
        let jurisdiction: String
        let jurisdictionName: String
        let version: CataloguePage.VersionRow
        let versions: [CataloguePage.VersionRow]
        let isInForce: Bool
        let plans: [CataloguePlan]
        let counts: CatalogueExport.Counts
        let fields: [FieldRow]
        /// How many pass the conditions.
        let total: Int
        let items: [ExportedItem]
        let shown: [CatalogueItem]
        let next: Cursor?
        let ruleNames: [String: String]

        private enum CodingKeys: CodingKey {
            case day, jurisdiction, jurisdictionName, version, versions, isInForce, plans, counts, fields,
                total,
                items, next
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(day, forKey: .day)
            try container.encode(jurisdiction, forKey: .jurisdiction)
            try container.encode(jurisdictionName, forKey: .jurisdictionName)
            try container.encode(version, forKey: .version)
            try container.encode(versions, forKey: .versions)
            try container.encode(isInForce, forKey: .isInForce)
            try container.encode(plans, forKey: .plans)
            try container.encode(counts, forKey: .counts)
            try container.encode(fields, forKey: .fields)
            try container.encode(total, forKey: .total)
            try container.encode(items, forKey: .items)
            try container.encode(OrNull(next?.encoded), forKey: .next)
        }
    }

    struct FieldRow: Encodable, Sendable {
        let name: String
        var items = 0
        var owing = 0
    }

    static func value(
        _ list: CatalogueList, _ place: Jurisdiction, _ conditions: Conditions, _ reading: Reading
    ) throws -> Value {
        let matching = list.items.filter { item in
            (conditions.field.map { $0 == item.field } ?? true)
                && (conditions.kind.map { $0 == item.kind } ?? true)
                && (conditions.trigger.map { $0 == item.triggerKind } ?? true)
        }
        let start = conditions.after.flatMap { cursor in
            matching.firstIndex { $0.id == cursor.text(0) }.map { $0 + 1 }
        }
        let batch = Batch(
            Array(matching[(start ?? 0)...].prefix(conditions.limit + 1)), limit: conditions.limit
        ) {
            Cursor(list: "catalogue", [.text($0.id)])
        }
        let inForce = try reading.transaction.catalogue.version(in: place.code, on: reading.day)
        return Value(
            day: reading.day, jurisdiction: place.code, jurisdictionName: place.name,
            version: CataloguePage.VersionRow(list.version),
            versions: try reading.transaction.catalogue.versions(in: place.code).map(
                CataloguePage.VersionRow.init),
            isInForce: inForce?.id == list.version.id, plans: list.version.plans,
            counts: CatalogueExport(list, jurisdiction: place.code).counts, fields: fields(list.items),
            total: matching.count, items: batch.items.map(ExportedItem.init), shown: batch.items,
            next: batch.next,
            ruleNames: Dictionary(reading.law.rules.map { ($0.id, $0.title) }) { _, latest in latest })
    }

    private static func fields(_ items: [CatalogueItem]) -> [FieldRow] {
        var rows: [FieldRow] = []
        for item in items {
            let index = rows.firstIndex { $0.name == item.field } ?? rows.count
            if index == rows.count { rows.append(FieldRow(name: item.field)) }
            rows[index].items += 1
            if item.owes { rows[index].owing += 1 }
        }
        return rows
    }
}

/// A list of items as a page.
struct ItemListBody: Sendable {
    let value: ItemList.Value
    let conditions: ItemList.Conditions
    let fieldLinks: [(field: ItemList.FieldRow, link: Link)]
    let all, printed: Link
    let first, next: Link?

    init(value: ItemList.Value, conditions: ItemList.Conditions, request: WebRequest) throws {
        self.value = value
        self.conditions = conditions
        fieldLinks = try value.fields.map { ($0, try request.link(changing: "field", to: $0.name)) }
        all = try request.link(changing: "field", to: nil)
        printed = try request.link(changing: "print", to: "1")
        first = conditions.after == nil ? nil : try request.link(changing: "after", to: nil)
        next = try request.link(after: value.next)
    }

    var page: Page {
        Page(
            title: "\(value.jurisdictionName)公开事项目录", lead: "<p>\(value.version.title)</p>",
            crumbs: [.init("首页", "/"), .init("公开事项", "/catalogue")],
            """
            \(when: !value.isInForce, "<div class=\"box box-warn\"><p>这不是现行版本。<a href=\"/catalogue/\(value.jurisdiction)\">看现行版本</a></p></div>")
            \(ItemListBody.facts(value))
            <nav class="states" aria-label="领域"><ul><li><a href="\(all)"\(when: conditions.field == nil, " aria-current=\"true\"")>全部</a></li>\
            \(fieldLinks.map(fieldEntry))</ul></nav>
            \(form)
            <h2>\(conditions.field ?? "事项") <span class="quiet">\(value.total) 项</span></h2>
            \(Table(caption: "按方案的次序", columns: ["编号", "事项", "时限", "主体", "对象"], rows: value.shown.map(row), empty: "没有符合条件的事项。"))
            \(Turner(first: first, next: next))
            \(versions)
            """)
    }

    static func facts(_ value: ItemList.Value) -> HTML {
        let kinds = ItemKind.allCases.compactMap { kind in
            value.counts.kinds[kind.rawValue].map { "<span>\(kind.title) \($0)</span>" as HTML }
        }.joined(separator: "，")
        return Facts([
            (
                "版本",
                "<span class=\"code\">\(value.version.id)</span>，自 \(time(value.version.effectiveFrom)) 起"
            ),
            ("依据", "\(value.version.document)"),
            ("SHA-256", "<span class=\"code\">\(value.version.sha256)</span>"),
            (
                "事项",
                """
                共 \(value.counts.items) 项（本级 \(value.counts.own)，承接上级 \(value.counts.inherited)），\
                其中产生公开义务的 \(value.counts.owing) 项。\(kinds)
                """
            ),
        ]).html
    }

    private func fieldEntry(_ entry: (field: ItemList.FieldRow, link: Link)) -> HTML {
        let isHere = entry.field.name == conditions.field
        return """
            <li><a href="\(entry.link)"\(when: isHere, " aria-current=\"true\"")>\(entry.field.name) \
            <span class="count">\(entry.field.items)</span></a></li>
            """
    }

    private var form: HTML {
        let kinds =
            [(value: "", title: "全部")] + ItemKind.allCases.map { (value: $0.rawValue, title: $0.title) }
        let triggers =
            [(value: "", title: "全部")] + TriggerKind.allCases.map { (value: $0.rawValue, title: $0.title) }
        let form = AskingForm(
            to: "/catalogue/\(value.jurisdiction)", label: "筛选事项", button: "筛选",
            [
                Control.choice("kind", "性质", options: kinds, chosen: conditions.kind?.rawValue),
                Control.choice("trigger", "触发方式", options: triggers, chosen: conditions.trigger?.rawValue),
                Control.kept("field", conditions.field),
            ])
        return """
            \(folded(form, isUsed: conditions.kind != nil || conditions.trigger != nil))
            <p>\(column)　<a href="\(printed)">可打印的目录</a>　<a href="/catalogue/\(value.jurisdiction).csv?version=\(value.version.id)">下载 CSV</a>\
            <span class="quiet">（其 SHA-256 就是上面的哈希）</span></p>
            """
    }

    /// The way to what was published and is owed; a version before the list in force has no columns.
    private var column: HTML {
        guard value.isInForce, let field = conditions.field,
            value.fields.contains(where: { $0.name == field })
        else { return "<a href=\"/columns#\(value.jurisdiction)\">公开领域</a>" }
        return "<a href=\"\(FieldColumn.link(to: field, in: value.jurisdiction))\">\(field)的公开情况</a>"
    }

    private func row(_ item: CatalogueItem) -> [HTML] {
        let limits = Array(Set(item.clocks.map { value.ruleNames[$0.rule] ?? $0.rule })).sorted()
        return [
            "<a class=\"code whole\" href=\"\(Link.item(item.id, in: value.jurisdiction, version: item.version))\">\(item.id)</a>",
            """
            \(when: !item.sub.isEmpty, "<span class=\"quiet\">\(item.sub) · </span>")\(item.title)\
            \(when: !item.owes, " \(Chip("not-applicable", item.kind.title))")\
            \(when: item.owes && item.isSoft, " \(Chip("awaited", item.modality.title))")\
            \(when: item.relation == .inherited, " <span class=\"quiet\">承接上级</span>")
            """,
            item.owes
                ? limits.map { "<span class=\"line\">\($0)</span>" as HTML }.joined()
                : "<span class=\"quiet\">不产生公开义务</span>",
            "\(item.bodies.map(\.name).joined(separator: "、"))", "\(item.audience.title)",
        ]
    }

    private var versions: HTML {
        guard value.versions.count > 1 else { return "" }
        return """
            <h2>版本</h2>
            <ul>\(value.versions.map { version in
                "<li><a class=\"code\" href=\"/catalogue/\(value.jurisdiction)?version=\(version.id)\">\(version.id)</a> 自 \(time(version.effectiveFrom)) 起，\(version.document)</li>" as HTML
            })</ul>
            """
    }

    /// The whole list for a notice board: the same words, the version and its hash.
    static func printed(_ value: ItemList.Value, _ text: String) -> Page {
        Page(
            title: "\(value.jurisdictionName)公开事项目录（张贴用）",
            crumbs: [
                .init("首页", "/"), .init("公开事项", "/catalogue"),
                .init(value.jurisdictionName, "/catalogue/\(value.jurisdiction)"),
            ],
            "\(facts(value))<div class=\"printed\">\(text)</div>")
    }
}
