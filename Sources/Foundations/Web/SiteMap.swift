/// The addresses of a site for a search engine (站点地图): sitemaps.org 0.9.
package struct SiteMap: Sendable, Hashable {
    package static let mediaType = "application/xml; charset=utf-8"
    package static let addressesMax = 50_000

    let addresses: [Link]

    /// - Parameters:
    ///   - addresses: whole ones, as the protocol demands; the first 50,000 are written.
    package init(_ addresses: [Link]) {
        self.addresses = Array(addresses.prefix(SiteMap.addressesMax))
    }

    package var bytes: [UInt8] {
        let map: HTML = """
            <?xml version="1.0" encoding="utf-8"?>
            <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
            \(addresses.map { "<url><loc>\($0)</loc></url>\n" as HTML })</urlset>

            """
        return map.bytes
    }
}

/// The files of a site map that is more than one (站点地图索引): sitemaps.org 0.9.
package struct SiteMapIndex: Sendable, Hashable {
    let files: [Link]

    /// - Parameters:
    ///   - files: whole addresses, none deeper than what the files list; the first 50,000 are written.
    package init(_ files: [Link]) {
        self.files = Array(files.prefix(SiteMap.addressesMax))
    }

    package var bytes: [UInt8] {
        let index: HTML = """
            <?xml version="1.0" encoding="utf-8"?>
            <sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
            \(files.map { "<sitemap><loc>\($0)</loc></sitemap>\n" as HTML })</sitemapindex>

            """
        return index.bytes
    }
}

extension Answer {
    package static func siteMap(_ map: SiteMap, meantFor audience: Audience) -> Answer {
        .bytes(map.bytes, type: SiteMap.mediaType, meantFor: audience)
    }

    package static func siteMapIndex(_ index: SiteMapIndex, meantFor audience: Audience) -> Answer {
        .bytes(index.bytes, type: SiteMap.mediaType, meantFor: audience)
    }
}
