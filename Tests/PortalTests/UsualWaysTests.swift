import LedgerTesting
import Storage
import StorageTesting
import Testing
import Web
import WebTesting

/// The small county stands on 2026-12-16, a Wednesday: its week is that of 14 to 20 December.
@Suite struct `The usual ways` {
    private static let week = "from=2026-12-14&amp;to=2026-12-20"

    @Test(arguments: ["/", "/obligations", "/bodies", "/catalogue/tasks"])
    func `lead from a page to this week, to its calendar file and to last month's most overdue`(
        address: String
    ) async throws {
        try await SmallCounty.on(.sqlite) { county in
            let page = try await county.site().get(address).text
            #expect(page.contains(Self.week + "\">本周到期</a>"))
            #expect(page.contains(Self.week + "\">日历文件</a>"))
            #expect(
                page.contains(
                    "jurisdiction=SX&amp;order=overdue&amp;on=2026-11-30\">示例县</a>"))
        }
    }

    @Test(arguments: Backend.available)
    func `give what is due in these days, and nothing else`(_ backend: Backend) async throws {
        try await SmallCounty.on(backend) { county in
            let site = try county.site()
            let asked = "from=2026-12-14&to=2026-12-20"
            let week =
                try await site.object("/obligations.json?\(asked)&limit=100")["items"] as? [[String: Any]]
            let all = try await site.object("/obligations.json?limit=100")["items"] as? [[String: Any]] ?? []
            let due = all.filter { ("2026-12-14"..."2026-12-20").contains($0["due"] as? String ?? "") }
            #expect(!due.isEmpty && week?.count == due.count)
            let file = try await site.get("/obligations.ics?\(asked)")
            #expect(file.status == 200 && file.fields["content-type"]?.hasPrefix("text/calendar") == true)
            let worst = try await site.object("/bodies.json?jurisdiction=SX&order=overdue&on=2026-11-30")
            let counts = try #require(worst["items"] as? [[String: Any]]).compactMap { $0["overdue"] as? Int }
            #expect(counts == counts.sorted(by: >) && counts.first ?? 0 > 0)
        }
    }

    @Test func `lead from a body to its own week, and from a past day nowhere`() async throws {
        try await SmallCounty.on(.sqlite) { county in
            let site = try county.site()
            let page = try await site.get("/bodies/sx-housing").text
            #expect(page.contains("/obligations?body=sx-housing&amp;\(Self.week)\">本周到期</a>"))
            #expect(page.contains("/obligations.ics?body=sx-housing&amp;\(Self.week)\">日历文件</a>"))
            for past in [
                "/obligations?on=2026-12-10", "/bodies?on=2026-12-10", "/bodies/sx-housing?on=2026-12-10",
            ] {
                #expect(try await !site.get(past).text.contains("本周到期"), "\(past)")
            }
        }
    }
}
