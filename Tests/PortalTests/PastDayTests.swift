import Foundation
import StorageTesting
import Testing
import Web
import WebTesting

/// Days by hand: formed on Monday 2026-08-03, 20 working days later is 2026-08-31; published on 2026-09-15.
@Suite struct `A page as of a past day` {
    /// The first page is of today; the ledger of a past day is elsewhere.
    @Test(arguments: Backend.available)
    func `is not the first page, which sends one to the ledger of that day`(_ backend: Backend) async throws {
        try await SmallCounty.on(backend) { county in
            let answer = try await county.site().get("/?on=2026-09-01")
            #expect(answer.status == 303)
            #expect(answer.fields["location"] == "/obligations?on=2026-09-01")
            #expect(try await county.site().get("/").status == 200)
        }
    }

    @Test(arguments: Backend.available)
    func `shows what was known by its end, and says so`(_ backend: Backend) async throws {
        try await SmallCounty.on(backend) { county in
            let site = try county.site()
            let late = "/obligations/\(county.id("late"))"
            let table: [(day: String, state: String, daysLate: Int?)] = [
                ("2026-08-03", "owed", nil), ("2026-08-24", "due-soon", nil), ("2026-08-31", "due-soon", nil),
                ("2026-09-01", "overdue", 1), ("2026-09-14", "overdue", 14), ("2026-09-15", "met-late", nil),
                ("2026-12-15", "met-late", nil),
            ]
            for row in table {
                let value = try await site.object("\(late).json?on=\(row.day)")
                let owed = value["obligation"] as? [String: Any]
                #expect(value["day"] as? String == row.day)
                #expect(owed?["state"] as? String == row.state, "\(row.day)")
                #expect(owed?["daysLate"] as? Int == row.daysLate, "\(row.day)")
                let papers = value["discharges"] as? [Any]
                #expect(papers?.count == (row.state == "met-late" ? 1 : 0), "\(row.day)")
            }
            let page = try await site.get("\(late)?on=2026-09-14").text
            #expect(page.contains("日终的台账") && page.contains("<a href=\"\(late)\">看今天的</a>"))
            #expect(try await !site.get(late).text.contains("日终的台账"))
            // Decided on 2026-10-12: the day before nobody had decided anything.
            let withheld = "/obligations/\(county.id("withheld")).json?on="
            for (day, decisions) in [("2026-10-11", 0), ("2026-10-12", 1)] {
                let value = try await site.object(withheld + day)
                #expect((value["decisions"] as? [Any])?.count == decisions, "\(day)")
            }
        }
    }

    @Test(arguments: Backend.available)
    func `lists the same rows as page, JSON and CSV, batch by batch, with counts that add up`(
        _ backend: Backend
    ) async throws {
        try await SmallCounty.on(backend) { county in
            let site = try county.site()
            var address: String? = "/obligations.json?on=2026-10-20&limit=7"
            var seen: [String] = []
            var states: [String: Int] = [:]
            var first: [String: Any] = [:]
            while let next = address {
                let batch = try await site.object(next)
                if seen.isEmpty { first = batch }
                for item in batch["items"] as? [[String: Any]] ?? [] {
                    seen.append(item["id"] as? String ?? "")
                    let isVerified = item["verified"] as? Bool ?? true
                    let state = item["state"] as? String ?? ""
                    if state != "overdue" || isVerified { states[state, default: 0] += 1 }
                }
                address = batch["next"] as? String
                #expect(address?.contains("on=2026-10-20") ?? true)
            }
            #expect(seen.count == Set(seen).count && seen.count > 20)
            #expect(first["total"] as? Int == seen.count)
            let counts = (first["counts"] as? [String: Int])?.filter { $0.value > 0 }
            #expect(counts == states)
            let csv = try await site.get("/obligations.csv?on=2026-10-20&limit=7").text
            #expect(csv.contains(seen[0]) && csv.contains(seen[6]) && !csv.contains(seen[7]))
            // The data offered on a page are of what it shows, and a table is whole.
            let (state, number) = try #require(states.max { $0.value < $1.value })
            let page = try await site.get("/obligations?on=2026-10-20&state=\(state)").text
            #expect(page.contains("value=\"2026-10-20\"") && page.contains("?on=2026-10-20\">"))
            let table = try #require(page.firstMatch(of: #/"(/obligations\.csv\?[^"]*)"/#)?.output.1)
            let shown = try await site.get(String(table).replacing("&amp;", with: "&")).text
            #expect(shown.split(separator: "\r\n").count == number + 1)
            #expect(shown.matches(of: #/,[a-z]+,[^,]+,\d*\r\n/#).allSatisfy { $0.output.contains(state) })
            let whole = try await site.get("/obligations.csv?on=2026-10-20").text
            #expect(whole.split(separator: "\r\n").count == seen.count + 1)
        }
    }

    @Test(arguments: Backend.available)
    func `gives bodies and projects as they stood`(_ backend: Backend) async throws {
        try await SmallCounty.on(backend) { county in
            let site = try county.site()
            let project = "/projects/\(county.id("project")).json?on="
            // The result was fixed on 11-05 and published on 11-06, the contract signed on 11-20.
            let table: [(day: String, papers: Int, result: Bool)] = [
                ("2026-11-04", 1, false), ("2026-11-05", 1, true), ("2026-11-06", 2, true),
            ]
            for row in table {
                let value = try await site.object(project + row.day)
                let tracks = value["tracks"] as? [[String: Any]] ?? []
                #expect(tracks.first?["resultObserved"] as? Bool == row.result, "\(row.day)")
                #expect((value["publications"] as? [Any])?.count == row.papers, "\(row.day)")
            }
            let body = "/bodies/sx-housing.json?on="
            for (day, overdue, papers) in [("2026-09-14", 1, 2), ("2026-09-15", 0, 3)] {
                let value = try await site.object(body + day)
                #expect(value["stillOverdue"] as? Int == overdue, "\(day)")
                #expect(value["publicationCount"] as? Int == papers, "\(day)")
                let late = (value["rates"] as? [[String: Any]])?.compactMap { $0["late"] as? Int }
                #expect(late?.reduce(0, +) == 1 - overdue, "\(day)")
            }
        }
    }

    @Test(arguments: Backend.available)
    func `lists the projects that had been opened, and bodies under their names of the day`(
        _ backend: Backend
    ) async throws {
        try await SmallCounty.on(backend) { county in
            let site = try county.site()
            // The project was opened on 2026-10-09.
            for (day, opened) in [("2026-10-08", false), ("2026-10-09", true), ("2026-12-01", true)] {
                let list = try await site.object("/projects.json?on=\(day)")
                let ids = (list["items"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? String }
                #expect(ids.contains(county.id("project")) == opened, "\(day)")
                #expect(list["total"] as? Int == ids.count && list["day"] as? String == day, "\(day)")
            }
            let page = try await site.get("/projects?on=2026-12-01").text
            #expect(page.contains("日终的台账") && page.contains("看今天的"))
            #expect(page.contains("/projects/\(county.id("project"))?on=2026-12-01"))
            let bodies = try await site.get("/bodies?on=2026-12-01").text
            #expect(bodies.contains("日终的台账") && bodies.contains("看今天的"))
            #expect(bodies.contains("/bodies/sx-housing?on=2026-12-01"))
            #expect(try await site.object("/bodies.json?on=2026-12-01")["day"] as? String == "2026-12-01")
        }
    }

    @Test func `is today's page for today`() async throws {
        try await SmallCounty.on(.sqlite) { county in
            let site = try county.site()
            let addresses = [
                "/bodies/sx-housing.json", "/projects/\(county.id("project")).json", "/bodies.json",
                "/projects.json",
            ]
            for address in addresses {
                let today = try await site.get(address).text
                #expect(try await site.get(address + "?on=2026-12-16").text == today)
            }
        }
    }

    @Test func `is refused for a day ahead, before the ledger, or of no calendar`() async throws {
        try await SmallCounty.on(.sqlite) { county in
            let site = try county.site()
            let late = "/obligations/\(county.id("late")).json"
            let refusals: [(address: String, status: Int, code: String)] = [
                ("\(late)?on=2026-12-17", 400, "day-not-reached"),
                ("/obligations.json?on=2026-12-17", 400, "day-not-reached"),
                ("/obligations.json?on=2026-08-02", 404, "day-before-ledger"),
                ("/bodies/sx-housing.json?on=1999-01-01", 404, "day-before-ledger"),
                ("/obligations/\(county.id("overdue")).json?on=2026-10-08", 404, "not-known-then"),
                ("/projects/\(county.id("project")).json?on=2026-10-08", 404, "not-known-then"),
                ("/obligations.json?on=2026-02-30", 400, "parameter-invalid"),
                ("/obligations.json?on=yesterday", 400, "parameter-invalid"),
                ("/projects.json?on=yesterday", 400, "parameter-invalid"),
                ("/projects.json?on=2026-12-17", 400, "day-not-reached"),
                ("/bodies.json?on=2026-12-17", 400, "day-not-reached"),
                ("/bodies.json?on=2026-08-02", 404, "day-before-ledger"),
            ]
            for refusal in refusals {
                let answer = try await site.get(refusal.address)
                #expect(answer.status == refusal.status, "\(refusal.address)")
                #expect(answer.text.contains(refusal.code), "\(refusal.address)")
            }
        }
    }
}
