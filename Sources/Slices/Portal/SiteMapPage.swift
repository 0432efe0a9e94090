import CivilTime
import People
import Web

/// `GET /site-map`: every page that stands by itself, and every column, on one page (网站地图). `.json`.
///
/// Open to anyone.
struct SiteMapPage {
    let room: ReadingRoom

    struct Value: Encodable, Sendable {
        let day: Day
        let groups: [Group]
        let jurisdictions: [Place]
    }

    struct Group: Encodable, Sendable {
        let title: String
        let items: [Row]
    }

    struct Row: Encodable, Sendable {
        let title: String
        let content: String
        let address: String
    }

    /// A jurisdiction that keeps a list, and its columns.
    struct Place: Encodable, Sendable {
        let jurisdiction: String
        let name: String
        let columns: [Column]
    }

    struct Column: Encodable, Sendable {
        let field: String
        let address: String
    }

    func add(to routes: Routes) {
        routes.get("site-map") { _ in
            let found = try await room.read(value)
            return Answer(page(found), data: found, meantFor: .everyone)
        }
    }

    @Sendable private func value(_ reading: Reading) throws -> Value {
        let places = try reading.transaction.jurisdictions.jurisdictions().map { place in
            Place(
                jurisdiction: place.code, name: place.name,
                columns: try reading.columns(of: place).map {
                    Column(field: $0.field, address: $0.link.address)
                })
        }
        return Value(
            day: reading.day,
            groups: SitePlaces.all(on: reading.day).map { group in
                Group(
                    title: group.title,
                    items: group.places.map {
                        Row(title: $0.title, content: $0.content, address: $0.link.address)
                    })
            }, jurisdictions: places.filter { !$0.columns.isEmpty })
    }

    private func page(_ value: Value) -> Page {
        Page(
            title: "网站地图", lead: "<p>本站单独成页的全部页面，和每个辖区的全部栏目。</p>",
            crumbs: [.init("首页", "/")],
            """
            \(SitePlaces.all(on: value.day).map(group))
            <h2>栏目</h2>
            \(value.jurisdictions.map(place))
            """)
    }

    private func group(_ group: SitePlaces) -> HTML {
        """
        <h2>\(group.title)</h2>
        <ul class="rows">
        \(group.places.map { "<li><a href=\"\($0.link)\">\($0.title)</a> <span class=\"quiet\">\($0.content)</span></li>\n" as HTML })</ul>

        """
    }

    private func place(_ place: Place) -> HTML {
        """
        <h3>\(place.name)</h3>
        <nav class="states" aria-label="\(place.name)的栏目"><ul>
        \(place.columns.map { "<li><a href=\"\(FieldColumn.link(to: $0.field, in: place.jurisdiction))\">\($0.field)</a></li>\n" as HTML })</ul></nav>

        """
    }
}
