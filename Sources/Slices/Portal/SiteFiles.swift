import Catalogue
import CivilTime
import Law
import People
import Projects
import Publishing
import Web

/// `GET /sitemap.xml` and `/robots.txt`: this site for search engines.
///
/// Open to anyone. The map has the fixed pages, the lists with their items, the procedures, the publications seen last,
/// projects and bodies, each up to a limit; all together far below the protocol's 50,000, since anybody may ask for it. Only
/// what is meant for everybody. Obligations are found from the pages of their bodies, projects and items.
struct SiteFiles {
    let room: ReadingRoom

    static let publicationsMax = 10_000
    static let projectsMax = 5_000
    static let bodiesMax = 5_000
    static let itemsMax = 5_000
    private static let map: Link = "/sitemap.xml"

    func add(to routes: Routes) {
        routes.get("sitemap.xml") { request in
            guard request.wholeAddress(of: Self.map) != nil else { throw Self.siteUnknown }
            let found = try await room.read { try places($0) }
            return .siteMap(SiteMap(found.compactMap(request.wholeAddress)), meantFor: .everyone)
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

    private func places(_ reading: Reading) throws -> [Link] {
        let transaction = reading.transaction
        let publications = try transaction.publications.publications(
            audience: .everyone, limit: Self.publicationsMax)
        let projects = try transaction.projects.projects(after: "", limit: Self.projectsMax)
        let columns = try transaction.jurisdictions.jurisdictions().flatMap { try reading.columns(of: $0) }
        let fixed = SitePlaces.all(on: reading.day).flatMap { $0.places.map(\.link) }
        return fixed + columns.map(\.link) + lists(columns)
            + reading.law.chains.map { "/chains/\($0.id)" }
            + publications.map { "/publications/\($0.id)" }
            + projects.map { "/projects/\($0.id)" } + (try bodies(reading)).map { "/bodies/\($0.id)" }
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
