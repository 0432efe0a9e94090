import Counting
import LedgerTesting
import Storage
import StorageTesting
import Testing
import Web
import WebTesting

@testable import Portal

extension SmallCounty {
    /// Counts everything, as the running server does.
    fileprivate func count() async throws {
        for follower in [CountFollower(), SumFollower()] as [any Follower] {
            try await FollowerRunner(
                follower, source: database, target: database, now: { 0 }, report: { _ in }
            ).catchUp()
        }
    }
}

@Suite struct `The record in figures` {
    @Test(arguments: Backend.available)
    func `is as it was looked at, in every format`(_ backend: Backend) async throws {
        try await SmallCounty.on(backend) { county in
            try await county.count()
            let site = try county.site()
            for (name, address) in [
                ("record-figures.html", "/figures"), ("record-figures.json", "/figures.json"),
                ("record-figures.csv", "/figures.csv"),
            ] {
                let answer = try await site.get(address)
                #expect(answer.status == 200, "\(address)")
                try Golden.expect(answer.text, name)
            }
        }
    }

    /// By hand: twenty working days after 2026-09-01 is 2026-09-29 (Mid-Autumn is off, 20 September is worked), and it
    /// came on the tenth; after 2026-08-03 it is 2026-08-31, and it came in September.
    @Test func `puts an obligation into the month in which it was due`() async throws {
        try await SmallCounty.on(.sqlite) { county in
            try await county.count()
            let value = try await county.site().object("/figures.json?jurisdiction=SX&basis=attested")
            let months = try #require(value["months"] as? [String])
            #expect(months.first == "2026-01" && months.last == "2026-12" && months.count == 12)
            let bodies = try #require(value["bodies"] as? [[String: Any]])
            let housing = try #require(bodies.first { $0["body"] as? String == "sx-housing" })
            let counted = try #require(housing["months"] as? [[String: Int]])
            #expect(counted[8]["onTime"] == 1 && counted[8]["late"] == 0)
            #expect(counted[7]["onTime"] == 0 && counted[7]["late"] == 1)
        }
    }

    @Test(arguments: Backend.available)
    func `counts what the lists behind its numbers hold`(_ backend: Backend) async throws {
        try await SmallCounty.on(backend) { county in
            try await county.count()
            let site = try county.site()
            let value = try await site.object("/figures.json?jurisdiction=SX")
            let months = try #require(value["months"] as? [String])
            for body in try #require(value["bodies"] as? [[String: Any]]) {
                let id = body["body"] as? String ?? ""
                for (month, counted) in zip(months, body["months"] as? [[String: Int]] ?? []) {
                    let list =
                        "/obligations.json?jurisdiction=SX&body=\(id)&from=\(month)-01&to=\(month)-\(month.hasSuffix("-02") ? "28" : "30")&limit=100"
                    let overdue = try await site.object(list + "&state=overdue")
                    #expect(overdue["total"] as? Int == counted["overdue"], "\(id) \(month)")
                    let met = try await site.object(list + "&state=met-on-time")
                    let judged = (met["items"] as? [[String: Any]] ?? []).filter {
                        $0["verified"] as? Bool == true
                    }
                    #expect(judged.count == counted["onTime"], "\(id) \(month)")
                }
            }
            for field in try #require(value["fields"] as? [[String: Any]]) {
                let name = Link.encoded(field["field"] as? String ?? "")
                for (state, count) in field["counts"] as? [String: Int] ?? [:] {
                    let list = try await site.object(
                        "/obligations.json?jurisdiction=SX&field=\(name)&state=\(state)")
                    #expect(list["total"] as? Int == count, "\(name) \(state)")
                }
            }
        }
    }

    @Test func `says that it is not ready, and nothing else, until it was counted`() async throws {
        try await SmallCounty.on(.sqlite) { county in
            let site = try county.site()
            let before = try await site.object("/figures.json")
            #expect(before["ready"] as? Bool == false && (before["bodies"] as? [Any])?.isEmpty == true)
            #expect(try await site.get("/figures").text.contains("合计正在后台统计"))
            try await county.count()
            // It was not kept, although no act followed.
            #expect(try await site.object("/figures.json")["ready"] as? Bool == true)
        }
    }

    @Test func `never mixes what times rest on`() async throws {
        try await SmallCounty.on(.sqlite) { county in
            try await county.count()
            let witnessed = try await county.site().object("/figures.json?jurisdiction=SX&basis=witnessed")
            for body in try #require(witnessed["bodies"] as? [[String: Any]]) {
                for counted in body["months"] as? [[String: Int]] ?? [] {
                    #expect(counted["onTime"] == 0 && counted["late"] == 0)
                }
            }
        }
    }

    @Test(arguments: Backend.available)
    func `are drawn, a body a row and a month a column, and said to who hears the page`(_ backend: Backend)
        async throws
    {
        try await SmallCounty.on(backend) { county in
            try await county.count()
            let site = try county.site()
            let figures = try await site.get("/figures?jurisdiction=SX&basis=attested").text
            let picture = try #require(
                figures.firstMatch(of: /<svg class="timely-picture".*?<\/svg>/.dotMatchesNewlines())
            ).output
            #expect(picture.contains("role=\"img\" aria-labelledby=\"timely-title timely-desc\""))
            // The months that `puts an obligation into the month` counts by hand.
            #expect(picture.contains("8月：按时 0/1") && picture.contains("9月：按时 1/1"))
            #expect(picture.contains("timely-on-time") && picture.contains("timely-late"))
            let body = try await site.get("/bodies/sx-housing").text
            let own = try #require(
                body.firstMatch(of: /<svg class="timely-picture".*?<\/svg>/.dotMatchesNewlines())
            ).output
            #expect(own.contains("8月：按时 0/1") && !own.contains("timely-name"))
            #expect(body.contains("from=2026-08-01&amp;to=2026-08-31\">2026-08</a>"))
            // The tally does not know by month how a past day stood.
            #expect(try await !site.get("/bodies/sx-housing?on=2026-12-10").text.contains("timely-picture"))
        }
    }

    @Test func `are drawn of the eight bodies with the most overdue, and of the others it is said`()
        async throws
    {
        let punctual = Timely(onTime: 9, late: 0, overdue: 0)
        let more = Timely(onTime: 2, late: 1, overdue: 3)
        let rows = (1...10).map { number in
            TimelinessPicture.Row(name: "机关甲\(number)号", counts: [number < 3 ? punctual : more])
        }
        let page = TimelinessPicture(months: ["2026-03"], rows: rows, language: .simplified).html.description
        #expect(page.matches(of: /class="timely-name"/).count == 8)
        #expect(!page.contains("机关甲2号") && page.contains("机关甲10号"))
        #expect(page.contains("按逾期的多少、再按到期的多少，画出前 8 个机关，另有 2 个见表。"))
        #expect(page.contains(">2026</text>"))
        #expect(page.contains("3月：按时 2/3，仍逾期未公开 3") && page.contains(">!3</text>"))
        let nothing = TimelinessPicture.Row(name: "机关", counts: [Timely(onTime: 0, late: 0, overdue: 0)])
        #expect(
            TimelinessPicture(months: ["2026-03"], rows: [nothing], language: .simplified).html.description
                .isEmpty)
    }
}
