import StorageTesting
import Testing
import Web
import WebTesting

@testable import Portal

@Suite struct `A site map of more than one file` {
    private static func places(_ text: String) -> [String] {
        text.matches(of: /<loc>https?:\/\/[^\/<]+([^<]*)<\/loc>/).map { String($0.output.1) }
    }

    private static func site(_ county: SmallCounty, fileMax: Int) throws -> Site {
        let portal = Portal(
            database: county.database, law: county.law, today: { SmallCounty.today }, isSample: true)
        let routes = Routes(door: .everyone, keepsAnswers: true)
        SiteFiles(room: portal.room, fileMax: fileMax).add(to: routes)
        return Site(routes, look: portal.look, translate: Portal.translate)
    }

    @Test(arguments: Backend.available)
    func `is an index, and its files together hold what one would, each thing once`(
        on backend: Backend
    ) async throws {
        try await SmallCounty.on(backend) { county in
            let whole = Self.places(try await county.site().get("/sitemap.xml").text)
            let site = try Self.site(county, fileMax: 3)
            let index = try await site.get("/sitemap.xml")
            #expect(index.text.contains("<sitemapindex") && !index.text.contains("<urlset"))
            let files = Self.places(index.text)
            #expect(files.first == "/sitemap.xml?part=places" && files.count > 3)
            var listed: [String] = []
            for file in files {
                let answer = try await site.get(file)
                #expect(answer.status == 200 && answer.text.contains("<urlset"), "\(file)")
                let places = Self.places(answer.text)
                #expect(file.hasSuffix("places") || places.count <= 3, "\(file)")
                listed += places
            }
            #expect(listed.sorted() == whole.sorted() && Set(listed).count == listed.count)
        }
    }

    @Test func `says where its parts are listed when asked for one that it has not`() async throws {
        try await SmallCounty.on(.sqlite) { county in
            for part in ["publications-9", "publications-0", "publications--1", "bodies", "%3Cb%3E"] {
                let answer = try await county.site().get("/sitemap.xml?part=\(part)")
                #expect(answer.status == 404 && answer.text.contains("各部分列在 /sitemap.xml"), "\(part)")
            }
        }
    }
}
