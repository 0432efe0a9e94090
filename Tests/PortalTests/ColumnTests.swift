import Foundation
import Publishing
import Storage
import StorageTesting
import Testing
import Web
import WebTesting

@Suite struct `The columns of the portal` {
    private static let procurement = "/columns/SX/" + Link.encoded("政府采购")

    // 003 附件2 二(二).
    @Test func `bear the name that the plan gives them, with its section`() async throws {
        try await SmallCounty.on(.sqlite) { county in
            let site = try county.site()
            let address = "/columns/FG/" + Link.encoded("重大建设项目·3招标投标信息")
            let page = try await site.get(address).text
            let name = "重大建设项目批准和实施领域信息公开专栏"
            #expect(
                page.contains("<h1 itemprop=\"name\">重大建设项目·3招标投标信息</h1>") && page.contains(" · \(name)。状态截至")
            )
            #expect(page.contains(" 附件2二(二)</span>"))
            let names = try await site.object(address + ".json")["names"] as? [[String: Any]]
            #expect((names?.first?["names"] as? [String])?.first == name)
        }
    }

    @Test func `are called by the field where the plan gives no name`() async throws {
        try await SmallCounty.on(.sqlite) { county in
            let site = try county.site()
            let page = try await site.get(Self.procurement).text
            #expect(page.contains("<p>示例县。状态截至") && !page.contains("门户网站栏目"))
        }
    }

    @Test func `are folded up in the list, with what is overdue before them`() async throws {
        try await SmallCounty.on(.sqlite) { county in
            let site = try county.site()
            let page = try await site.get("/columns").text
            let items = try #require(try await site.object("/columns.json")["items"] as? [[String: Any]])
            #expect(page.matches(of: /<details><summary>/).count == items.count)
            let columns = try #require(
                items.first { $0["jurisdiction"] as? String == "SX" }?["columns"] as? [[String: Any]])
            let overdue = columns.compactMap { ($0["counts"] as? [String: Int])?["overdue"] }.reduce(0, +)
            #expect(overdue > 0)
            #expect(page.contains("<a href=\"#SX\">示例县 <span class=\"count\">逾期 \(overdue)</span></a>"))
            #expect(page.contains("<summary>\(columns.count) 个领域，逾期未公开 \(overdue) 项，"))
        }
    }

    @Test(arguments: Backend.available)
    func `show what the lists show under the same conditions`(on backend: Backend) async throws {
        try await SmallCounty.on(backend) { county in
            let site = try county.site()
            let conditions = "jurisdiction=SX&field=\(Link.encoded("社会公益·教育"))"
            let column = try await site.object("/columns/SX/\(Link.encoded("社会公益·教育")).json")
            let list = try await site.object("/obligations.json?\(conditions)&limit=100")
            let counts = try #require(column["counts"] as? [String: Int])
            #expect(counts == list["counts"] as? [String: Int] && counts["overdue", default: 0] > 0)
            let overdue = try #require(column["overdue"] as? [[String: Any]])
            #expect(
                overdue.allSatisfy { $0["field"] as? String == "社会公益·教育" && $0["verified"] as? Bool == true })
            let papers = try await site.object("/publications.json?\(conditions)&limit=100").ids
            let shown = (column["publications"] as? [[String: Any]])?.compactMap { $0["id"] as? String }
            #expect(!papers.isEmpty && shown == Array(papers.prefix(10)))
            #expect(papers.contains(county.id("withdrawn")))
        }
    }

    @Test(arguments: Backend.available)
    func `give their papers batch by batch, and none of another field`(on backend: Backend) async throws {
        try await SmallCounty.on(backend) { county in
            let site = try county.site()
            let all = try await site.object("/publications.json?limit=100")["items"] as? [[String: Any]]
            let items = try await site.object("/catalogue/SX.json?field=\(Link.encoded("政府采购"))").ids
            let expected = (all ?? []).filter { items.contains($0["item"] as? String ?? "") }
                .compactMap { $0["id"] as? String }
            var seen: [String] = []
            var next: String? =
                "/publications.json?jurisdiction=SX&field=\(Link.encoded("政府采购"))&limit=2"
            while let address = next, seen.count < 100 {
                let batch = try await site.object(address)
                seen += batch.ids
                next = batch["next"] as? String
            }
            #expect(expected.count > 3 && seen == expected)
            let feed = try await site.get("/feeds" + Self.procurement).text
            #expect(feed.components(separatedBy: "<entry>").count - 1 == expected.count)
            #expect(feed.contains("<title>【示例】日晷：示例县政府采购</title>"))
            #expect(county.canaries.found(in: Array(feed.utf8)).isEmpty)
        }
    }

    @Test func `are all there, from the list, from the first page and for crawlers`() async throws {
        try await SmallCounty.on(.sqlite) { county in
            let site = try county.site()
            let places = try #require(try await site.object("/columns.json")["items"] as? [[String: Any]])
            #expect(places.first?["jurisdiction"] as? String == "SX")
            let addresses = places.flatMap { $0["columns"] as? [[String: Any]] ?? [] }
                .compactMap { $0["address"] as? String }
            #expect(addresses.count > 60)
            let map = try await site.get("/sitemap.xml").text
            for address in addresses {
                #expect(try await site.get(address).status == 200, "\(address)")
                #expect(map.contains(address + "</loc>"), "\(address)")
            }
            #expect(try await site.get("/").text.contains("href=\"\(Self.procurement)\""))
            #expect(
                try await site.get("/catalogue/SX?field=\(Link.encoded("政府采购"))").text.contains(
                    "href=\"\(Self.procurement)\""))
        }
    }

    @Test(arguments: ["/columns/XX/政府采购", "/columns/SX/没有的领域", "/feeds/columns/SX/没有的领域"])
    func `are refused where there is none`(address: String) async throws {
        try await SmallCounty.on(.sqlite) { county in
            let parts = address.split(separator: "/").map { Link.encoded($0) }.joined(separator: "/")
            let answer = try await county.site().get("/" + parts)
            #expect(answer.status == 404 && answer.text.contains("公开领域"))
        }
    }

    @Test(arguments: Backend.available)
    func `find their papers by an index`(on backend: Backend) async throws {
        try await SmallCounty.on(backend) { county in
            let plan = try await county.database.read { transaction in
                try queryPlan(
                    """
                    SELECT id FROM publication WHERE audience = \("everyone") AND jurisdiction = \("SX")
                        AND item = \("I-FG-018")
                    ORDER BY first_seen_at DESC, id DESC LIMIT 10
                    """, in: transaction)
            }
            #expect(plan.contains("publication_item") && !plan.contains("TEMP B-TREE"), "\(plan)")
        }
    }
}
