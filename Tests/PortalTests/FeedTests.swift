import Foundation
import Portal
import StorageTesting
import Testing
import Web
import WebTesting

@Suite struct `Feeds and the site map` {
    private static func feeds(_ county: SmallCounty) -> [String] {
        [
            "/feeds/publications.atom", "/feeds/bodies/sx-education", "/feeds/bodies/sx-civil-affairs",
            "/feeds/projects/\(county.id("project"))", "/feeds/publications/\(county.id("result"))",
            "/feeds/publications/\(county.id("withdrawn"))",
        ]
    }

    /// The entries of a feed, from their first line on.
    private func entries(_ text: String) -> [String] {
        text.components(separatedBy: "<entry>").dropFirst().map(\.self)
    }

    @Test(arguments: Backend.available)
    func `say what was published, by whom, when and how that is known`(on backend: Backend) async throws {
        try await SmallCounty.on(backend) { county in
            let site = try county.site()
            let answer = try await site.get("/feeds/publications.atom")
            #expect(answer.status == 200)
            #expect(answer.fields["content-type"] == "application/atom+xml; charset=utf-8")
            #expect(answer.text.contains("<title>【示例】日晷：公开信息</title>"))
            let paper = try #require(
                entries(answer.text).first {
                    $0.contains("urn:sundial:publication:\(county.id("on time paper"))<")
                })
            #expect(paper.contains("<title>保障性安居工程规划建设方案</title>"))
            #expect(paper.contains("<updated>2026-09-10T01:30:00Z</updated>"))
            #expect(paper.contains("首次公开，事项：") && paper.contains("公开日 2026-09-10（来源自述）。"))
            let list = try await site.object("/publications.json?limit=100").ids
            #expect(entries(answer.text).count == min(list.count, 50))
        }
    }

    @Test(arguments: Backend.available)
    func `show a withdrawn publication as withdrawn, with neither its words nor its reason`(
        on backend: Backend
    ) async throws {
        try await SmallCounty.on(backend) { county in
            let site = try county.site()
            let all = try await site.get("/feeds/publications.atom").text
            let entry = try #require(entries(all).first { $0.contains("<title>撤回的公告</title>") })
            #expect(entry.contains("<summary>撤回（第 2 版）") && entry.contains("2026-10-13T01:30:00Z"))
            let own = try await site.get("/feeds/publications/\(county.id("withdrawn"))").text
            #expect(entries(own).count == 2 && entries(own)[0].contains("/editions/2\""))
            #expect(entries(own)[1].contains("<summary>首次公开"))
            #expect(!own.contains("全文如下") && !own.contains("内容有误"))
        }
    }

    @Test(arguments: Backend.available)
    func `hold only what is meant for everybody`(on backend: Backend) async throws {
        try await SmallCounty.on(backend) { county in
            let site = try county.site()
            let closed = ["for the county", "narrowed"].map(county.id)
            for address in Self.feeds(county) + ["/sitemap.xml", "/robots.txt"] {
                let answer = try await site.get(address)
                #expect(answer.status == 200, "\(address)")
                #expect(county.canaries.found(in: answer.bytes).isEmpty, "\(address)")
                #expect(
                    !closed.contains { answer.text.contains($0 + "<") || answer.text.contains($0 + "\"") },
                    "\(address)")
            }
            for id in closed { #expect(try await site.get("/feeds/publications/\(id)").status == 404) }
            // An organisation that published nothing for everybody has a feed without entries.
            let empty = try await site.get("/feeds/bodies/sx-civil-affairs").text
            #expect(entries(empty).isEmpty && empty.contains("<updated>2026-12-15T16:00:00Z</updated>"))
        }
    }

    @Test func `answer as their pages do to an unknown id`() async throws {
        try await SmallCounty.on(.sqlite) { county in
            let site = try county.site()
            for kind in ["bodies", "projects", "publications"] {
                #expect(try await site.get("/feeds/\(kind)/nobody").status == 404, "\(kind)")
            }
        }
    }

    @Test func `are named in the head and at the foot of their pages`() async throws {
        try await SmallCounty.on(.sqlite) { county in
            let site = try county.site()
            for (page, feed) in [
                ("/publications", "/feeds/publications.atom"),
                ("/bodies/sx-education", "/feeds/bodies/sx-education"),
                ("/projects/{project}", "/feeds/projects/{project}"),
                ("/publications/{result}", "/feeds/publications/{result}"),
            ] {
                let (text, feed) = (try await site.get(county.address(page)).text, county.address(feed))
                #expect(text.contains("type=\"application/atom+xml\" href=\"\(feed)\""), "\(page)")
                #expect(text.contains("<a href=\"\(feed)\">订阅（Atom）</a>"), "\(page)")
            }
            #expect(try await !site.get("/publications?body=sx-education").text.contains("atom+xml"))
        }
    }

    @Test(arguments: Backend.available)
    func `lead a crawler to pages that are there`(on backend: Backend) async throws {
        try await SmallCounty.on(backend) { county in
            let site = try county.site()
            let map = try await site.get("/sitemap.xml").text
            let places = map.matches(of: /<loc>https?:\/\/[^\/<]+([^<]*)<\/loc>/).map { String($0.output.1) }
            #expect(places.count == map.components(separatedBy: "<url>").count - 1)
            for place in places { #expect(try await site.get(place).status == 200, "\(place)") }
            for story in ["project", "result", "withdrawn"] { #expect(map.contains(county.id(story) + "<")) }
            #expect(places.contains("/") && places.contains("/bodies/sx-education"))
            for page in [
                "/policies", "/figures", "/due", "/catalogue/FG", "/catalogue/I-FG-021",
                "/chains/environment",
            ] {
                #expect(places.contains(page), "\(page)")
            }
            #expect(Set(places).count == places.count && places.count < 50_000)
        }
    }

    @Test func `ask crawlers to leave past days alone`() async throws {
        try await SmallCounty.on(.sqlite) { county in
            let text = try await county.site().get("/robots.txt").text
            #expect(text.hasPrefix("User-agent: *\nAllow: /\nDisallow: /*?on=\nDisallow: /*&on=\n"))
            #expect(text.contains("\nSitemap: http"))
        }
    }
}
