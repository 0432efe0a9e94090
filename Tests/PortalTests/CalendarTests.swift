import CivilTime
import Foundation
import Obligations
import StorageTesting
import Testing
import Web
import WebTesting

@Suite struct `The calendar of a year` {
    @Test(arguments: Backend.available)
    func `is as it was looked at, in every format`(on backend: Backend) async throws {
        try await SmallCounty.on(backend) { county in
            let site = try county.site()
            for (name, address) in [
                ("calendar-2026.html", "/calendar/2026"), ("calendar-2026.json", "/calendar/2026.json"),
                ("calendar-2026.csv", "/calendar/2026.csv"), ("calendar-2026.ics", "/calendar/2026.ics"),
                ("calendar-2027.html", "/calendar/2027"),
            ] {
                let answer = try await site.get(address)
                #expect(answer.status == 200, "\(address)")
                try Golden.expect(answer.text, name)
            }
        }
    }

    /// 2026 as the notice 国办发明电〔2025〕7号 has it.
    @Test func `has the days of the notice`() async throws {
        try await SmallCounty.on(.sqlite) { county in
            let site = try county.site()
            let year = try await site.object("/calendar/2026.json")
            #expect(year["workingDays"] as? Int == 248 && year["restDays"] as? Int == 117)
            let days = try #require(year["days"] as? [[String: Any]])
            #expect(days.count == 365)
            let worked = days.filter { $0["kind"] as? String == "makeUpWorkingDay" }.compactMap {
                $0["day"] as? String
            }
            #expect(
                worked == [
                    "2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10",
                ])
            let spring = days.filter { $0["name"] as? String == "春节" && $0["working"] as? Bool == false }
                .compactMap { $0["day"] as? String }
            #expect(spring.first == "2026-02-15" && spring.last == "2026-02-23" && spring.count == 9)
            let holidays = try #require(year["holidays"] as? [[String: Any]])
            #expect(holidays.count == 7)
            for holiday in holidays {
                #expect(holiday["notice"] as? String == "国办发明电〔2025〕7号")
                #expect((holiday["address"] as? String)?.hasPrefix("https://www.gov.cn/") == true)
            }
        }
    }

    @Test func `says in words what each day is, and that an unannounced year is provisional`() async throws {
        try await SmallCounty.on(.sqlite) { county in
            let site = try county.site()
            let page = try await site.get("/calendar/2026").text
            for words in ["title=\"春节放假\">休<", "title=\"调休上班（春节）\">班<", "title=\"周末\">末<"] {
                #expect(page.contains(words), "\(words)")
            }
            #expect(page.components(separatedBy: "<table class=\"month\">").count == 13)
            #expect(page.components(separatedBy: "<td class=\"month-").count == 366)
            #expect(!page.contains("暂定"))
            let guessed = try await site.get("/calendar/2027").text
            #expect(guessed.contains("暂定：2027年的放假安排不在所用日历之内") && guessed.contains("title=\"劳动节放假，暂定\">休?<"))
            let file = try await site.get("/calendar/2027.ics").text
            #expect(file.contains("SUMMARY:劳动节放假（暂定）\r\n") && file.contains("STATUS:TENTATIVE\r\n"))
        }
    }

    @Test func `is refused for what is no year, and for an unknown place`() async throws {
        try await SmallCounty.on(.sqlite) { county in
            let site = try county.site()
            for path in [
                "/calendar/1948", "/calendar/2100", "/calendar/20260", "/calendar/x", "/calendar/+026",
                "/calendar/2026.ics.json", "/calendar/2026.xml", "/calendar/2026?jurisdiction=XX",
                "/calendar/%EF%BC%92026",
            ] {
                #expect(try await site.get(path).status == 404, "\(path)")
            }
            #expect(try await site.get("/calendar/1949").status == 200)
            #expect(try await site.get("/calendar/2099.ics").status == 200)
            #expect(try await site.get("/calendar/2026?jurisdiction=SX").text.contains("示例县"))
            #expect(try await site.get("/calendar").status == 303)
        }
    }

    @Test func `is linked from a due day's explanation`() async throws {
        try await SmallCounty.on(.sqlite) { county in
            let page = try await county.site().get("/obligations/\(county.id("provisional"))").text
            #expect(page.contains("<a href=\"/calendar/2027\">2027年</a>"))
        }
    }
}

@Suite struct `The file of due days` {
    private func events(_ text: String) -> [[String: String]] {
        let unfolded = text.replacing("\r\n ", with: "")
        var events: [[String: String]] = []
        for line in unfolded.split(separator: "\r\n") {
            if line == "BEGIN:VEVENT" { events.append([:]) }
            guard !events.isEmpty, let colon = line.firstIndex(of: ":") else { continue }
            let name = line[..<colon].prefix { $0 != ";" }
            events[events.count - 1][String(name)] = String(line[line.index(after: colon)...])
        }
        return events
    }

    /// A calendar program shows the words far from this site.
    @Test(arguments: Backend.available)
    func `names pages by their whole address`(on backend: Backend) async throws {
        try await SmallCounty.on(backend) { county in
            for name in ["/due.ics", "/obligations.ics"] {
                let text = try await county.site().get(name).text.replacing("\r\n ", with: "")
                #expect(text.contains("页面：http://localhost/obligations/"), "\(name)")
                #expect(!text.contains("页面：/"), "\(name)")
            }
        }
    }

    @Test(arguments: Backend.available)
    func `holds what the list holds as owed and due soon`(on backend: Backend) async throws {
        try await SmallCounty.on(backend) { county in
            let site = try county.site()
            let answer = try await site.get("/obligations.ics")
            #expect(answer.status == 200)
            try Golden.expect(answer.text, "obligations.ics")
            var expected: Set<String> = []
            for state in ["owed", "due-soon"] {
                let list = try await site.object("/obligations.json?state=\(state)&limit=100")
                for item in list["items"] as? [[String: Any]] ?? [] {
                    guard let id = item["id"] as? String, let due = item["due"] as? String else { continue }
                    expected.insert("obligation-\(id)@sundial " + due.filter { $0 != "-" })
                }
            }
            let found = events(answer.text).map { "\($0["UID"] ?? "") \($0["DTSTART"] ?? "")" }
            #expect(!found.isEmpty && Set(found) == expected && found.count == expected.count)
        }
    }

    @Test(arguments: ["body=sx-education", "state=overdue", "item=I-FG-022", "from=2026-12-20&to=2026-12-31"])
    func `keeps the conditions of the list`(query: String) async throws {
        try await SmallCounty.on(.sqlite) { county in
            let site = try county.site()
            let found = events(try await site.get("/obligations.ics?\(query)").text).compactMap { $0["UID"] }
            let states = query.hasPrefix("state") ? [""] : ["&state=owed", "&state=due-soon"]
            var expected: [String] = []
            for state in states {
                let list = try await site.object("/obligations.json?\(query)\(state)&limit=100")
                expected += (list["items"] as? [[String: Any]] ?? []).filter { $0["due"] is String }
                    .compactMap { ($0["id"] as? String).map { "obligation-\($0)@sundial" } }
            }
            #expect(found.sorted() == expected.sorted())
            let page = try await site.get("/obligations?\(query)").text
            #expect(page.contains("/obligations.ics?\(query.replacing("&", with: "&amp;"))"))
        }
    }

    @Test func `refuses a condition that the list refuses`() async throws {
        try await SmallCounty.on(.sqlite) { county in
            let site = try county.site()
            #expect(try await site.get("/obligations.ics?from=yesterday").status == 400)
            #expect(try await site.get("/obligations.ics?state=lost").status == 400)
        }
    }
}
