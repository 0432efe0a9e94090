import Catalogue
import CivilTime
import People
import Web

/// `GET /catalogue`: the jurisdictions and the versions of their lists.
struct CataloguePage {
    let room: ReadingRoom

    struct Value: Encodable, Sendable {
        let day: Day
        let items: [Row]
    }

    struct Row: Encodable, Sendable {
        let jurisdiction: String
        let name: String
        let parent: OrNull<String>
        let sample: Bool
        let version: OrNull<VersionRow>
        /// Every version, the one in force longest ahead first.
        let versions: [VersionRow]
        let itemCount: Int
        let owingCount: Int
    }

    struct VersionRow: Encodable, Sendable {
        let id: String
        let title: String
        let document: String
        let effectiveFrom: Day
        let sha256: String

        init(_ version: CatalogueVersion) {
            id = version.id
            title = version.title
            document = version.document
            effectiveFrom = version.effectiveFrom
            sha256 = version.sha256
        }
    }

    func add(to routes: Routes) {
        routes.get("catalogue") { _ in
            let found = try await room.read { try value($0) }
            return Answer(page(found), data: found, table: { table(found) }, meantFor: .everyone)
        }
    }

    private func value(_ reading: Reading) throws -> Value {
        let catalogue = reading.transaction.catalogue
        let rows = try reading.transaction.jurisdictions.jurisdictions().map { place in
            let version = try catalogue.version(in: place.code, on: reading.day)
            let fields = try version.map { try catalogue.fields(version: $0.id) } ?? []
            return Row(
                jurisdiction: place.code, name: place.name, parent: OrNull(text: place.parent),
                sample: place.sample, version: OrNull(version.map(VersionRow.init)),
                versions: try catalogue.versions(in: place.code).map(VersionRow.init),
                itemCount: fields.map(\.items).reduce(0, +), owingCount: fields.map(\.owing).reduce(0, +))
        }
        return Value(day: reading.day, items: rows)
    }

    private func page(_ value: Value) -> Page {
        Page(
            title: "公开事项目录",
            lead: "<p>各辖区应当主动公开的事项。目录有版本；网上与线下张贴的是否一致，比对版本号和 SHA-256。</p>",
            crumbs: [.init("首页", "/")],
            """
            <p>事项随项目的环节产生义务：各类项目的环节见<a href="/chains">流程图</a>。</p>
            \(Table(caption: "辖区与现行目录", columns: ["辖区", "现行目录", .init("本级事项", isNumber: true), .init("其中应当公开", isNumber: true), "版本与 SHA-256"], rows: value.items.map(row)))
            <p><a href="/catalogue/tasks">方案的任务、备案和目标</a>　<a href="/catalogue/settings">方案不一致之处</a>　\
            <a href="/policies">政策文件</a></p>
            """)
    }

    private func row(_ row: Row) -> [HTML] {
        guard let version = row.version.value else {
            return ["\(row.name)", "<span class=\"quiet\">没有目录</span>", "—", "—", "—"]
        }
        return [
            "<a href=\"/catalogue/\(row.jurisdiction)\">\(row.name)</a>\(when: row.sample, " <span class=\"quiet\">示例</span>")",
            "\(version.title)<span class=\"under quiet\">\(version.document)，自 \(time(version.effectiveFrom)) 起</span>",
            "\(row.itemCount)", "\(row.owingCount)",
            """
            <span class="code">\(version.id)</span><span class="under quiet code">\(version.sha256)</span>\
            \(when: row.versions.count > 1, "<span class=\"under quiet\">共 \(row.versions.count) 个版本</span>")
            """,
        ]
    }

    private func table(_ value: Value) -> CSVTable {
        CSVTable(
            columns: ["辖区", "名称", "版本", "目录", "文件", "施行日", "SHA-256", "本级事项", "其中应当公开"],
            rows: value.items.map { row in
                let version = row.version.value
                return [
                    row.jurisdiction, row.name, version?.id ?? "", version?.title ?? "",
                    version?.document ?? "",
                    version?.effectiveFrom.description ?? "", version?.sha256 ?? "", String(row.itemCount),
                    String(row.owingCount),
                ]
            })
    }
}
