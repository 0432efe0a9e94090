import Catalogue
import CivilTime
import Importing
import Publishing
import Web

/// `GET /policies`: laws and policy texts in the order of their titles, each with its versions (政策文件). `.json`, `.csv`.
///
/// Open to anyone; at most 100 texts a page. A page goes on after the last title, so that a text that comes in between moves
/// nothing. Only versions that are meant for everybody and not withdrawn.
struct PolicyList {
    let room: ReadingRoom

    struct Version: Encodable, Sendable {
        let publication: String
        let title: String
        /// The day that the source gives the version; null when it gives none.
        let day: OrNull<Day>
        /// The day from which the text says that it applies.
        let effective: OrNull<Day>
        let source: String
        /// Whether that day lies before the version: then it is the first version's, which amended texts keep.
        let keepsFirstDay: Bool
    }

    struct Text: Encodable, Sendable {
        /// As its latest version prints it.
        let title: String
        /// Oldest first; those without a day before the others.
        let versions: [Version]
    }

    struct Value: Encodable, Sendable {
        let day: Day
        let items: [Text]
        let next: OrNull<String>
    }

    func add(to routes: Routes) {
        routes.get("policies", taking: WebRequest.paging) { request in
            let limit = try request.limit()
            let cursor = try request.cursor(of: "policies", .text)
            let (day, batch, texts) = try await room.read { reading in
                let titles = try reading.transaction.policies.titles(
                    after: cursor?.text(0) ?? "", limit: limit + 1)
                let batch = Batch(titles, limit: limit) { Cursor(list: "policies", [.text($0)]) }
                return (reading.day, batch, try reading.policies(titled: batch.items))
            }
            let turner = Turner(
                first: cursor == nil ? nil : try request.link(changing: "after", to: nil),
                next: try request.link(after: batch.next))
            return Answer(
                Self.page(texts, turner),
                data: Value(
                    day: day, items: texts,
                    next: OrNull(try request.link(after: batch.next, format: .json)?.address)),
                table: { CSVTable.policies(texts) },
                next: try request.link(after: batch.next, format: request.format), meantFor: .everyone)
        }
    }

    private static func page(_ texts: [Text], _ turner: Turner) -> Page {
        Page(
            title: "政策文件",
            lead: "<p>采集到的法律法规和政策文件，按标题排列，同一标题的各个版本在一起。版本日是来源给的，施行日是文件自己写的：经修改的文件常保留首版的施行日。</p>",
            crumbs: [.init("首页", "/"), .init("公开事项", "/catalogue")],
            "\(table(texts))\(turner)")
    }

    private static func table(_ texts: [Text]) -> Table {
        Table(
            caption: "政策文件和它们的版本", columns: ["标题", "版本"],
            rows: texts.map { text in ["\(text.title)", "<ul class=\"rows\">\(text.versions.map(line))</ul>"]
            },
            empty: "还没有采集政策文件。")
    }

    private static func line(_ version: Version) -> HTML {
        """
        <li><a href="/publications/\(version.publication)">\(version.day.value.map(time) ?? "版本日不明")</a>\
        \(version.effective.value.map { "，文本写明自 \(time($0)) 起施行" as HTML })\
        \(when: version.keepsFirstDay, "（早于本版本，应是首版的施行日）") <span class="quiet">\(SourceName.of(version.source))</span></li>
        """
    }
}

extension Reading {
    /// The texts of those titles, in their order; one of which nothing may be shown is left out.
    fileprivate func policies(titled titles: [String]) throws -> [PolicyList.Text] {
        let versions = try transaction.policies.versions(titled: titles)
        let open = try transaction.publications.publications(
            versions.values.flatMap { $0.map(\.publication) }, audience: .everyone)
        return titles.compactMap { title in
            let shown = (versions[title] ?? []).compactMap { version in
                open[version.publication].flatMap { PolicyList.Version(version, $0) }
            }
            return shown.last.map { PolicyList.Text(title: $0.title, versions: shown) }
        }
    }
}

extension PolicyList.Version {
    /// nil for one that was withdrawn.
    fileprivate init?(_ sibling: PolicySibling, _ publication: Publication) {
        guard publication.state == .released else { return nil }
        self.init(
            publication: publication.id, title: publication.title, day: OrNull(sibling.version.day),
            effective: OrNull(sibling.version.effective), source: publication.source,
            keepsFirstDay: sibling.version.keepsFirstDay)
    }
}

extension CSVTable {
    /// One row a version.
    fileprivate static func policies(_ texts: [PolicyList.Text]) -> CSVTable {
        CSVTable(
            columns: ["编号", "标题", "版本日", "施行日", "来源"],
            rows: texts.flatMap(\.versions).map { version in
                [
                    version.publication, version.title, version.day.value?.description ?? "",
                    version.effective.value?.description ?? "", version.source,
                ]
            })
    }
}
