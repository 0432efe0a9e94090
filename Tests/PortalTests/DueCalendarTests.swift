import CivilTime
import StorageTesting
import Testing
import Web
import WebTesting

@Suite struct `The calendar of due days` {
    private func day(_ date: String, _ month: [String: Any]) throws -> [String: Any] {
        let days = try #require(month["days"] as? [[String: Any]])
        return try #require(days.first { $0["day"] as? String == date })
    }

    /// Twenty working days after 2026-11-20 and after 2026-10-09, counted by hand: 10 October is worked for the holiday.
    @Test(arguments: Backend.available)
    func `counts what is not settled on the day on which it is due`(_ backend: Backend) async throws {
        try await SmallCounty.on(backend) { county in
            let site = try county.site()
            let december = try await site.object("/due.json?month=2026-12&body=sx-education")
            #expect(try day("2026-12-18", december)["counts"] as? [String: Int] == ["due-soon": 1])
            #expect((december["days"] as? [Any])?.count == 31)
            let november = try await site.object("/due.json?month=2026-11&body=sx-education")
            let fifth = try day("2026-11-05", november)
            #expect((fifth["counts"] as? [String: Int])?["overdue"] == 1 && fifth["working"] as? Bool == true)
            #expect(try day("2026-11-07", november)["working"] as? Bool == false)
        }
    }

    @Test func `leads from each number to the list that has it`() async throws {
        try await SmallCounty.on(.sqlite) { county in
            let site = try county.site()
            for month in ["2026-10", "2026-11", "2026-12", "2027-01"] {
                let days = try await site.object("/due.json?month=\(month)")["days"] as? [[String: Any]] ?? []
                for day in days {
                    let date = day["day"] as? String ?? ""
                    for (state, count) in day["counts"] as? [String: Int] ?? [:] {
                        let list = try await site.object(
                            "/obligations.json?from=\(date)&to=\(date)&state=\(state)")
                        #expect(list["total"] as? Int == count, "\(date) \(state)")
                    }
                }
            }
        }
    }

    @Test func `is the same file of entries as the list gives`() async throws {
        try await SmallCounty.on(.sqlite) { county in
            let site = try county.site()
            for query in [
                "", "?body=sx-education", "?field=%E6%94%BF%E5%BA%9C%E9%87%87%E8%B4%AD", "?jurisdiction=SX",
            ] {
                let (due, list) = (
                    try await site.get("/due.ics" + query), try await site.get("/obligations.ics" + query)
                )
                #expect(due.status == 200 && due.text == list.text)
                #expect(due.fields["content-type"]?.hasPrefix("text/calendar") == true)
            }
            #expect(try await site.get("/due.ics?body=sx-education").text.contains("BEGIN:VEVENT"))
        }
    }

    @Test func `marks the days that are not worked, and those that are provisional`() async throws {
        try await SmallCounty.on(.sqlite) { county in
            let site = try county.site()
            #expect(try await site.get("/due?month=2026-10").text.contains("title=\"国庆节放假\">休<"))
            #expect(try await site.get("/due?month=2027-01").text.contains("暂定"))
        }
    }

    @Test(arguments: ["2026-13", "2026", "x", "1948-12", "2100-01", "2026-1", "2026-12-01"])
    func `refuses a month that is none`(_ month: String) async throws {
        try await SmallCounty.on(.sqlite) { county in
            let answer = try await county.site().get("/due.json?month=\(month)")
            #expect(answer.status == 400 && answer.text.contains("month-unreadable"))
        }
    }

    @Test func `turns to no month beyond its years`() async throws {
        try await SmallCounty.on(.sqlite) { county in
            let site = try county.site()
            let first = try await site.get("/due?month=1949-01").text
            #expect(first.contains("下一月（1949年2月）") && !first.contains("上一月"))
            let last = try await site.get("/due?month=2099-12").text
            #expect(last.contains("上一月（2099年11月）") && !last.contains("下一月"))
        }
    }
}
