import Catalogue
import CivilTime
import Law
import People
import Projects
import Publishing
import Web

/// `GET /sitemap.xml` and `/robots.txt`: this site for search engines.
///
/// Open to anyone. The map has the fixed pages, the lists with their items, the procedures, bodies, publications and
/// projects; only what is meant for everybody. When publications or projects are more than one file takes, it is an index
/// of files, `?part=publications-2`: a file may list only what lies no higher than itself, so each stands at the top.
/// Obligations are found from the pages of their bodies, projects and items.
struct SiteFiles {
    let room: ReadingRoom
    /// Publications, or projects, in one file: far below the protocol's 50,000, since anybody may ask for it.
    var fileMax = 10_000

    static let filesMax = 1_000
    static let bodiesMax = 5_000
    static let itemsMax = 5_000
    private static let map: Link = "/sitemap.xml"

    func add(to routes: Routes) {
        routes.get("sitemap.xml", taking: ["part"]) { request in
            guard request.wholeAddress(of: Self.map) != nil else { throw Self.siteUnknown }
            let asked = try request.query.text("part", scalarsMax: 40)
            return try await room.read { try answer(to: request, for: asked, $0) }
        }
        routes.get("robots.txt") { request in
            let text = Self.rules(map: request.wholeAddress(of: Self.map))
            return .bytes(Array(text.utf8), type: "text/plain; charset=utf-8", meantFor: .everyone)
        }
    }

    /// A map holds whole addresses only, and nobody but the reader can say what they begin with.
    private static var siteUnknown: Problem {
        Problem(.invalid, code: "site-unknown", detail: "请求没有写明本站的域名（Host），无法列出完整地址。")
    }

    /// One file of the map.
    private enum Part: Hashable {
        case places
        /// Both from 1.
        case publications(Int), projects(Int)

        var name: String {
            switch self {
            case .places: "places"
            case .publications(let n): "publications-\(n)"
            case .projects(let n): "projects-\(n)"
            }
        }

        var link: Link { "/sitemap.xml?part=\(name)" }
    }

    private func answer(to request: WebRequest, for asked: String?, _ reading: Reading) throws -> Answer {
        let all = try parts(reading)
        if let asked {
            guard let part = all.first(where: { $0.name == asked }) else { throw Self.partUnknown }
            return map(try links(of: part, reading), request)
        }
        let isOneFile = all.count <= 3
        return isOneFile
            ? map(try all.flatMap { try links(of: $0, reading) }, request)
            : .siteMapIndex(
                SiteMapIndex(all.compactMap { request.wholeAddress(of: $0.link) }), meantFor: .everyone)
    }

    private static var partUnknown: Problem {
        Problem(
            .notFound, code: "site-map-part-unknown", detail: "站点地图没有这一部分；各部分列在 /sitemap.xml。")
    }

    private func map(_ links: [Link], _ request: WebRequest) -> Answer {
        .siteMap(SiteMap(links.compactMap(request.wholeAddress)), meantFor: .everyone)
    }

    private func parts(_ reading: Reading) throws -> [Part] {
        let publications = try reading.transaction.publications.count(audience: .everyone)
        let projects = try reading.transaction.projects.count()
        return [.places] + files(for: publications).map(Part.publications)
            + files(for: projects).map(Part.projects)
    }

    private func files(for count: Int) -> ClosedRange<Int> {
        1...max(1, min(Self.filesMax, (count + fileMax - 1) / fileMax))
    }

    private func links(of part: Part, _ reading: Reading) throws -> [Link] {
        let transaction = reading.transaction
        switch part {
        case .places: return try places(reading)
        case .publications(let n):
            return try transaction.publications.ids(
                audience: .everyone, skipping: (n - 1) * fileMax, limit: fileMax
            ).map { "/publications/\($0)" }
        case .projects(let n):
            return try transaction.projects.ids(skipping: (n - 1) * fileMax, limit: fileMax)
                .map { "/projects/\($0)" }
        }
    }

    private func places(_ reading: Reading) throws -> [Link] {
        let columns = try reading.transaction.jurisdictions.jurisdictions().flatMap {
            try reading.columns(of: $0)
        }
        let fixed = SitePlaces.all(on: reading.day).flatMap { $0.places.map(\.link) }
        return fixed + columns.map(\.link) + lists(columns) + reading.law.chains.map { "/chains/\($0.id)" }
            + (try bodies(reading)).map { "/bodies/\($0.id)" }
    }

    /// The catalogues that the columns are of, and their items, each once.
    private func lists(_ columns: [FieldColumn]) -> [Link] {
        let catalogues = Set(columns.map(\.place.catalogue)).sorted()
        let items = Set(columns.flatMap { $0.items.map(\.id) }).sorted().prefix(Self.itemsMax)
        return (catalogues + items).map { "/catalogue/\($0)" }
    }

    private func bodies(_ reading: Reading) throws -> [Body] {
        var found: [Body] = []
        for place in try reading.transaction.jurisdictions.jurisdictions() where found.count < Self.bodiesMax
        {
            found += try reading.transaction.bodies.bodies(
                in: place.code, on: reading.day, limit: Self.bodiesMax - found.count)
        }
        return found
    }

    /// RFC 9309. Every page has as many pasts as there were days; no crawler needs them.
    private static func rules(map: Link?) -> String {
        """
        User-agent: *
        Allow: /
        Disallow: /*?on=
        Disallow: /*&on=

        """ + (map.map { "\nSitemap: \($0.address)\n" } ?? "")
    }
}
