import Foundation
import Portal
import StorageTesting
import Testing
import Web
import WebTesting

/// What a list is asked for, where nothing bears that name.
@Suite struct `A condition that names nothing` {
    @Test(arguments: [
        ("/obligations?jurisdiction=ZZ", "jurisdiction-unknown"), ("/obligations?field=x", "field-unknown"),
        ("/obligations?item=I-FG-999", "item-unknown"), ("/obligations?project=x", "project-unknown"),
        ("/obligations?body=x", "body-unknown"), ("/obligations.ics?body=x", "body-unknown"),
        ("/due?jurisdiction=ZZ", "jurisdiction-unknown"),
        ("/figures?jurisdiction=ZZ", "jurisdiction-unknown"),
        ("/bodies?jurisdiction=ZZ", "jurisdiction-unknown"), ("/publications?body=x", "body-unknown"),
        ("/publications?item=x", "item-unknown"), ("/projects?field=x", "field-unknown"),
        ("/projects?jurisdiction=ZZ", "jurisdiction-unknown"),
    ])
    func `is said to be unknown, since an empty list would read as a clean record`(
        _ address: String, code: String
    ) async throws {
        try await SmallCounty.on(.sqlite) { county in
            let answer = try await county.site().get(address, fields: ["Accept": "application/json"])
            #expect(answer.status == 404 && answer.text.contains(code), "\(answer.text)")
        }
    }

    @Test(arguments: Backend.available)
    func `is answered with the names that hold its letters`(_ backend: Backend) async throws {
        try await SmallCounty.on(backend) { county in
            let site = try county.site()
            let answer = try await site.get("/obligations?body=%E5%8D%AB%E5%81%A5%E5%B1%80")
            #expect(answer.status == 404 && answer.text.contains("示例县卫生健康局？"), "\(answer.text)")
            let named = try await site.get(
                "/publications?body=%E7%A4%BA%E4%BE%8B%E5%8E%BF%E6%95%99%E8%82%B2%E5%B1%80")
            #expect(named.status == 200 && named.text.contains("示例县教育局"))
        }
    }

    @Test(arguments: ["/figures", "/due", "/due.ics", "/obligations.ics"])
    func `of a past day is refused where only today is shown`(_ page: String) async throws {
        try await SmallCounty.on(.sqlite) { county in
            let answer = try await county.site().get(page + "?on=2026-10-20")
            #expect(answer.status == 400 && answer.text.contains("只有今天的样子"))
        }
    }
}

@Suite struct `A parameter that a page does not take` {
    @Test func `is named on every page and in the data, with the way to the page without it`() async throws {
        try await SmallCounty.on(.sqlite) { county in
            let site = try county.site()
            let portal = Portal(database: county.database, law: county.law, today: { SmallCounty.today })
            let places = portal.routes().list.filter { $0.hasPrefix("GET /") && !$0.contains(/[:*]/) }
                .map { String($0.dropFirst(4)) }
            #expect(places.count > 25)
            for place in places {
                let answer = try await site.get("\(place)?zz=1&zy=2")
                #expect(answer.status == 400, "\(place)")
                #expect(answer.text.contains("没有参数“zy、zz”"), "\(place): \(answer.text)")
                guard !place.contains(".") else { continue }
                #expect(answer.text.contains("<a href=\"\(place)\">不带它打开这一页</a>"), "\(place)")
                let name = place == "/" ? "/index" : place
                let data = try await site.get("\(name).json?zz=1")
                #expect(
                    data.status == 400 && data.fields["content-type"]?.contains("problem+json") == true)
                #expect(data.text.contains("\"parameter-unknown\""), "\(place)")
            }
        }
    }

    @Test(arguments: [
        ("/figures?body=sx-health", "jurisdiction、through、basis、after。"), ("/columns?in=SX", "请改正或者去掉它"),
        ("/obligations.csv?jurisdictoin=SX", "jurisdiction"),
        ("/obligations.ics?month=2026-11", "body、field"), ("/due?state=overdue", "month"),
        ("/publications/x?on=2026-10-20", "没有参数“on”"),
    ])
    func `is answered with those that the page takes`(_ address: String, _ words: String) async throws {
        try await SmallCounty.on(.sqlite) { county in
            let answer = try await county.site().get(address)
            #expect(answer.status == 400 && answer.text.contains(words), "\(answer.text)")
        }
    }

    @Test func `keeps the conditions that were known`() async throws {
        try await SmallCounty.on(.sqlite) { county in
            let answer = try await county.site().get("/obligations?state=overdue&zz=1")
            #expect(answer.text.contains("<a href=\"/obligations?state=overdue\">不带它打开这一页</a>"))
        }
    }

    @Test(arguments: ["/figures", "/obligations", "/publications", "/columns", "/search"])
    func `is passed over where a messenger or statistics hung it on, and goes no further`(_ place: String)
        async throws
    {
        try await SmallCounty.on(.sqlite) { county in
            let site = try county.site()
            let marks = "utm_source=wechat&from=singlemessage&isappinstalled=0&spm=a1.b2"
            let marked = try await site.get("\(place)?\(marks)")
            #expect(marked.status == 200 && !marked.text.contains("utm_source"))
            #expect(try await site.get(place).text == marked.text)
        }
    }
}

@Suite struct `The list of bodies` {
    @Test(arguments: Backend.available)
    func `counts what each owes as its own list does, today and on a past day`(_ backend: Backend)
        async throws
    {
        try await SmallCounty.on(backend) { county in
            let site = try county.site()
            for day in ["", "&on=2026-10-20"] {
                let bodies =
                    try await site.object("/bodies.json?jurisdiction=SX\(day)")["items"] as? [[String: Any]]
                for body in try #require(bodies) {
                    let id = try #require(body["id"] as? String)
                    let list = try await site.object("/obligations.json?body=\(id)\(day)")
                    #expect(body["obligations"] as? Int == list["total"] as? Int, "\(id)")
                    let counts = list["counts"] as? [String: Int]
                    #expect(body["overdue"] as? Int == counts?["overdue"] ?? 0, "\(id)")
                }
            }
        }
    }

    @Test(arguments: Backend.available)
    func `puts those of which most is overdue first, and leaves out the others`(_ backend: Backend)
        async throws
    {
        try await SmallCounty.on(backend) { county in
            let site = try county.site()
            let items = try await site.object("/bodies.json?jurisdiction=SX&order=overdue")["items"]
            let late = try #require(items as? [[String: Any]]).compactMap { $0["overdue"] as? Int }
            #expect(!late.isEmpty && late == late.sorted(by: >) && !late.contains(0))
            #expect(try await site.get("/bodies?jurisdiction=SX").text.contains("order=overdue"))
            #expect(try await site.get("/bodies?order=x").status == 400)
        }
    }
}
