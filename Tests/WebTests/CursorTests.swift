import Testing
import Web
import WebTesting

private struct Row: Encodable, Sendable {
    let due: String
    let id: Int
}

private func rows() -> Routes {
    let all = (1...250).map { Row(due: "2026-01-\($0 % 3 + 1)", id: $0) }
        .sorted { ($0.due, $0.id) < ($1.due, $1.id) }
    let routes = Routes()
    routes.get("rows", taking: ["kind"] + WebRequest.paging) { request in
        let after = try request.cursor(of: "rows", .text, .integer)
        let limit = try request.limit()
        let rest = all.drop { row in after.map { (row.due, row.id) <= ($0.text(0), $0.integer(1)) } ?? false }
        let batch = Batch(Array(rest.prefix(limit + 1)), limit: limit) { row in
            Cursor(list: "rows", [.text(row.due), .integer(row.id)])
        }
        return Answer(
            Page(title: "行", "\(Turner(first: nil, next: try? request.link(after: batch.next)))"),
            data: batch,
            table: { CSVTable(columns: ["id"], rows: batch.items.map { [String($0.id)] }) },
            next: try request.link(after: batch.next, format: .json), meantFor: .everyone)
    }
    return routes
}

@Suite struct `Paging` {
    @Test func `visits every row once and ends`() async throws {
        let site = Site(rows())
        var address = "/rows.json?limit=100"
        var seen: [Int] = []
        var steps = 0
        while steps < 10 {
            let answer = try await site.get(address)
            #expect(answer.status == 200)
            let ids = answer.text.split(separator: "\"id\":").dropFirst().compactMap {
                Int($0.prefix { $0.isNumber })
            }
            seen += ids
            steps += 1
            guard let next = answer.fields["link"] else { break }
            address = String(next.dropFirst().prefix { $0 != ">" })
            #expect(address.hasPrefix("/rows.json?limit=100&after="))
        }
        #expect(steps == 3)
        #expect(seen.sorted() == Array(1...250))
    }

    @Test(arguments: [
        "x", "%00", "AAAA", "cm93cwB0MjAyNi0wMS0xAGkx", "!!!", "cm93c3MA",
        String(repeating: "A", count: 2000),
    ])
    func `refuses a cursor that was tampered with`(cursor: String) async throws {
        let answer = try await Site(rows()).get("/rows.json?after=\(cursor)")
        #expect(answer.status == 400)
        #expect(answer.fields["content-type"]?.hasPrefix("application/problem+json") == true)
    }

    @Test func `refuses another list's cursor and each of its own with one letter changed`() async throws {
        let site = Site(rows())
        let foreign = Cursor(list: "others", [.text("2026-01-1"), .integer(3)]).encoded
        #expect(try await site.get("/rows.json?after=\(foreign)").text.contains("cursor-unreadable"))
        let own = Array(Cursor(list: "rows", [.text("2026-01-1"), .integer(3)]).encoded)
        for index in own.indices {
            var changed = own
            changed[index] = changed[index] == "A" ? "B" : "A"
            let answer = try await site.get("/rows.json?after=\(String(changed))")
            #expect(answer.status == 200 || answer.text.contains("cursor-unreadable"))
        }
    }

    @Test(arguments: ["0", "101", "-1", "x", "1e2", "99999999999999999999"])
    func `refuses a limit outside 1 to 100`(limit: String) async throws {
        #expect(try await Site(rows()).get("/rows?limit=\(limit)").status == 400)
    }

    @Test func `ends a table for a spreadsheet only after a thousand rows, and the page says so`()
        async throws
    {
        let site = Site(rows())
        #expect(try await site.get("/rows.csv").text.split(separator: "\r\n").count == 251)
        #expect(try await site.get("/rows.csv?limit=1001").status == 400)
        let page = try await site.get("/rows?kind=a&limit=20").text
        #expect(page.contains("href=\"/rows.csv?kind=a&amp;limit=20\"") && page.contains("至多 1000 行"))
        #expect(try await !site.get("/rows?limit=100&after=\(lastCursor)").text.contains("至多 1000 行"))
    }

    private let lastCursor = Cursor(list: "rows", [.text("2026-01-3"), .integer(200)]).encoded
}
