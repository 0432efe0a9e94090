import CivilTime
import Logging
import Testing
import Web
import WebTesting

private struct Body: Encodable, Sendable {
    let name: String
    let day: Day?
    let a: Int
}

private struct OurMistake: Error { let secret = "the password is hunter2" }

private enum SliceProblem: Error { case gone }

private enum Colour: String, CaseIterable { case red, green }

private func sample() -> Routes {
    let routes = Routes()
    routes.get("") { _ in .page(Page(title: "首页", "<p>你好</p>"), meantFor: .everyone) }
    routes.get("bodies/:id") { request in
        let id = request.parameter("id")
        return Answer(
            Page(title: id, "<p>\(id)</p>"), data: Body(name: id, day: Day(2026, 1, 2), a: 1),
            table: { CSVTable(columns: ["名称"], rows: [[id]]) }, meantFor: .everyone)
    }
    routes.get("bodies/new") { _ in .page(Page(title: "new", ""), meantFor: .everyone) }
    routes.get("tree/*rest") { request in try .data(request.parameter("rest"), meantFor: .everyone) }
    routes.get("tree/:one/leaf") { _ in try .data("leaf", meantFor: .everyone) }
    routes.get("here") { request in
        try .data(request.wholeAddress(of: "/bodies/甲")?.address ?? "nowhere", meantFor: .everyone)
    }
    routes.get("kept") { _ in .bytes([1], type: "text/plain", keeping: .forGood, meantFor: .everyone) }
    routes.get("sealed") { _ in
        .sealed(
            SealedPage(
                title: "a", style: Array("p{}".utf8), script: Array("alert(1);".utf8), body: "<p>b</p>"),
            meantFor: .everyone)
    }
    routes.get("openapi.json") { _ in try .data(["openapi": "3.1.0"], meantFor: .everyone) }
    routes.get("county") { _ in
        Answer(Page(title: "county secret", ""), data: ["county": "secret"], meantFor: .county)
    }
    routes.get("problems/:kind") { request in
        guard let kind = Problem.Kind(rawValue: request.parameter("kind")) else { throw SliceProblem.gone }
        throw Problem(kind, code: "test-problem", detail: "原因<b>", clause: "条例第十条")
    }
    routes.get("mistake") { _ in throw OurMistake() }
    routes.get("fields", taking: ["q", "day", "n", "colour", "f"]) { request in
        let colour = try request.query.choice("colour", of: Colour.self)
        let parts = [
            try request.query.text("q", scalarsMax: 10), try request.query.day("day")?.description,
            try request.query.integer("n", in: 1...5).map(String.init), colour?.rawValue,
            try request.query.flag("f") ? "on" : nil,
        ]
        return try .data(parts.map { $0 ?? "-" }, meantFor: .everyone)
    }
    routes.get("file", taking: ["name"]) { request in
        .bytes([1, 2], type: "text/plain", downloadAs: try request.query.text("name"), meantFor: .everyone)
    }
    routes.get("stream") { _ in
        .stream(type: "text/plain", meantFor: .everyone) { pieces in
            for number in 1...3 { try await pieces.write(Array("\(number)\n".utf8)) }
        }
    }
    routes.post("forms") { request in
        .redirect(to: "/bodies/\(try request.form.text("name") ?? "none")")
    }
    return routes
}

private func site() -> Site {
    Site(sample()) { $0 is SliceProblem ? Problem(.notFound, code: "slice-gone", detail: "已经没有了。") : nil }
}

@Suite struct `A route` {
    @Test func `answers as a page, as data and as a table`() async throws {
        let site = site()
        let page = try await site.get("/bodies/%E7%94%B2")
        #expect(page.status == 200)
        #expect(page.fields["content-type"] == "text/html; charset=utf-8")
        #expect(page.fields["content-language"] == "zh-Hans")
        #expect(page.text.contains("<html lang=\"zh-Hans\">"))
        #expect(page.text.contains("<title>甲 · 测试</title>"))
        #expect(page.text.contains("href=\"/bodies/%E7%94%B2.json\""))
        let data = try await site.get("/bodies/%E7%94%B2.json")
        #expect(data.text == "{\"a\":1,\"day\":\"2026-01-02\",\"name\":\"甲\"}\n")
        #expect(data.fields["content-type"] == "application/json; charset=utf-8")
        #expect(data.fields["access-control-allow-origin"] == "*")
        let table = try await site.get("/bodies/%E7%94%B2.csv")
        #expect(table.text == "\u{FEFF}名称\r\n甲\r\n")
        #expect(try await site.get("/bodies/x", fields: ["Accept": "application/json"]).text.hasPrefix("{"))
    }

    @Test func `wins by its plain parts and may end like a format`() async throws {
        #expect(try await site().get("/bodies/new").text.contains("<h1>new</h1>"))
        #expect(try await site().get("/openapi.json").text == "{\"openapi\":\"3.1.0\"}\n")
        #expect(try await site().get("/bodies/a.b").text.contains("<h1>a.b</h1>"))
    }

    @Test(arguments: [
        ("/tree/a", "\"a\""), ("/tree/a/x001/002.p/3", "\"a/x001/002.p/3\""), ("/tree/a.json", "\"a.json\""),
        ("/tree/a/leaf", "\"leaf\""), ("/tree/a/b/leaf", "\"a/b/leaf\""),
    ])
    func `takes all that is left of a path where it says so`(path: String, expected: String) async throws {
        #expect(try await site().get(path).text == expected + "\n")
    }

    @Test(arguments: ["/tree", "/tree/", "/tree/a/", "/tree/a//b", "/tree/a%2Fb", "/tree/%2F"])
    func `takes nothing for a rest that is empty or has a hidden slash`(path: String) async throws {
        #expect(try await site().get(path).status == 404)
    }

    /// The client of the tests reaches it as `localhost`.
    @Test func `knows its whole address as the reader reached it`() async throws {
        let plain = try await site().fetchOverNetwork("GET", "/here")
        #expect(plain.text == "\"http://localhost/bodies/%E7%94%B2\"\n")
        let proxied = try await site().fetchOverNetwork(
            "GET", "/here", fields: ["X-Forwarded-Proto": "https"])
        #expect(proxied.text == "\"https://localhost/bodies/%E7%94%B2\"\n")
    }

    @Test func `says how long its answer may be kept`() async throws {
        let kept = try await site().get("/kept").fields["cache-control"]
        #expect(kept == "public, max-age=31536000, immutable")
        #expect(try await site().get("/file").fields["cache-control"] == "no-cache")
    }

    @Test func `shows what was in the address as text`() async throws {
        let page = try await site().get("/bodies/%3Cscript%3Ealert(1)%3C%2Fscript%3E%22")
        #expect(page.status == 200)
        #expect(!page.text.contains("<script"))
        #expect(page.text.contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;"))
        #expect(page.text.contains("href=\"/bodies/%3Cscript%3Ealert%281%29%3C%2Fscript%3E%22.json\""))
    }

    @Test func `answers HEAD without a body and refuses other methods`() async throws {
        let head = try await site().fetch("HEAD", "/bodies/x")
        #expect(head.status == 200 && head.bytes.isEmpty && head.fields["content-length"] != "0")
        for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"] {
            let refused = try await site().fetch(method, "/bodies/x")
            #expect(refused.status == 405)
            #expect(refused.fields["allow"] == "GET, HEAD")
        }
        #expect(try await site().get("/forms").fields["allow"] == "POST")
    }

    @Test func `writes a long answer piece by piece`() async throws {
        #expect(try await site().get("/stream").text == "1\n2\n3\n")
    }

    @Test func `takes a form and sends the reader on`() async throws {
        let answer = try await site().post("/forms", form: [("name", "甲 乙&/")])
        #expect(answer.status == 303)
        #expect(answer.fields["location"] == "/bodies/%E7%94%B2%20%E4%B9%99%26%2F")
    }

    @Test func `takes no form from another site and none that is too large`() async throws {
        for fields in [
            ["Sec-Fetch-Site": "cross-site"], ["Origin": "https://evil.example"], ["Origin": "null"],
        ] {
            #expect(try await site().post("/forms", form: [("name", "x")], fields: fields).status == 403)
        }
        #expect(
            try await site().post("/forms", form: [("name", "x")], fields: ["Origin": "http://localhost"])
                .status == 303)
        let large = String(repeating: "x", count: 70_000)
        #expect(try await site().post("/forms", form: [("name", large)]).status == 413)
    }
}

@Suite struct `The one exit` {
    @Test(arguments: ["/county", "/county.json", "/county.csv"])
    func `holds back what is not meant for everyone, as if it did not exist`(path: String) async throws {
        let site = site()
        let held = try await site.get(path)
        let absent = try await site.get(path.replacing("county", with: "nowhere"))
        #expect(held.status == 404)
        #expect(held.bytes == absent.bytes)
        #expect(!held.text.contains("secret"))
    }

    @Test func `lets it out of its own door`() async throws {
        let routes = Routes(door: .county)
        routes.get("county") { _ in try .data(["county": "secret"], meantFor: .county) }
        routes.get("town") { _ in try .data(["town": "secret"], meantFor: .town) }
        #expect(try await Site(routes).get("/county").status == 200)
        #expect(try await Site(routes).get("/town").status == 404)
    }
}

@Suite struct `A problem` {
    @Test(arguments: [
        ("notFound", 404), ("invalid", 400), ("conflict", 409), ("forbidden", 403), ("tooMuch", 429),
        ("later", 503),
    ])
    func `has its status, as a document and as a page`(kind: String, status: Int) async throws {
        let document = try await site().get("/problems/\(kind).json")
        #expect(document.status == status)
        #expect(document.fields["content-type"] == "application/problem+json; charset=utf-8")
        #expect(document.text.contains("\"code\":\"test-problem\""))
        #expect(document.text.contains("\"clause\":\"条例第十条\""))
        #expect(document.text.contains("\"status\":\(status)"))
        let page = try await site().get("/problems/\(kind)")
        #expect(page.status == status)
        #expect(page.text.contains("原因&lt;b&gt;"))
    }

    @Test func `of a slice is translated, and one of ours keeps its detail for the log`() async throws {
        #expect(try await site().get("/problems/x.json").text.contains("slice-gone"))
        for path in ["/mistake", "/mistake.json"] {
            let answer = try await site().get(path)
            #expect(answer.status == 500)
            #expect(!answer.text.contains("hunter2") && !answer.text.contains("OurMistake"))
        }
    }

    @Test(arguments: [
        ("/nowhere", 404), ("//", 404), ("/bodies/", 404), ("/bodies//x", 404), ("/../etc/passwd", 404),
        ("/bodies/%zz", 400),
        ("/bodies/%", 400), ("/bodies/%4", 400), ("/bodies/%FF", 400), ("/bodies/%C0%AF", 400),
        ("/bodies/%00", 400),
        ("/fields?q=%zz", 400), ("/fields?q=%ff", 400), ("/fields?q=a&q=b", 400),
        ("/fields?q=12345678901", 400),
        ("/fields?day=2026-02-30", 400), ("/fields?n=6", 400), ("/fields?colour=blue", 400),
        ("/fields?f=maybe", 400),
        ("/county.csv", 404), ("/index.csv", 404), ("/.json", 404),
    ])
    func `answers hostile and broken addresses`(path: String, status: Int) async throws {
        #expect(try await site().get(path).status == status)
    }

    @Test func `answers addresses that are too long`() async throws {
        #expect(try await site().get("/bodies/" + String(repeating: "a", count: 2000)).status == 414)
        #expect(try await site().get("/fields?q=" + String(repeating: "a", count: 5000)).status == 414)
        #expect(try await site().get("/fields?" + String(repeating: "a&", count: 200)).status == 414)
    }
}

@Suite struct `Every response` {
    @Test(arguments: ["/", "/bodies/x.json", "/nowhere", "/mistake", "/assets/site.css", "/county", "/file"])
    func `carries the security fields`(path: String) async throws {
        let fields = try await site().get(path).fields
        #expect(fields["content-security-policy"]?.hasPrefix("default-src 'none'; style-src 'self'") == true)
        #expect(fields["content-security-policy"]?.contains("unsafe") == false)
        #expect(fields["x-content-type-options"] == "nosniff")
        #expect(fields["referrer-policy"] == "same-origin")
    }

    /// The hashes are those of `openssl dgst -sha256 -binary | base64`.
    @Test func `allows a script on a sealed page alone, and only that one`() async throws {
        let page = try await site().get("/sealed")
        let policy = try #require(page.fields["content-security-policy"])
        #expect(
            policy == "default-src 'none'; script-src 'sha256-5jFwrAK0UV47oFbVg/iCCBbxD8X1w+QvoOUepu4C2YA='; "
                + "style-src 'sha256-gG2yISYereRMiG2lMXrbiUgi0Ubw9p7QCeWcroOvy9Y='; img-src data:; form-action 'none'; base-uri 'none'; "
                + "frame-ancestors 'none'")
        #expect(page.text.contains("<script>alert(1);</script>") && page.text.contains("<style>p{}</style>"))
        // The same within the page, for when it was saved.
        #expect(
            page.text.contains(
                "content=\"default-src &#39;none&#39;; script-src &#39;sha256-5jFwrAK0UV47oFbVg/iCCBbxD8X1w+QvoOUepu4C2YA=&#39;"
            ))
        #expect(try await site().get("/file").fields["content-security-policy"]?.contains("script") == false)
    }

    @Test func `has a file name that cannot break out of its field`() async throws {
        let answer = try await site().get("/file?name=a%0D%0ASet-Cookie:%20x%22;/../%E5%85%AC%E5%BC%80.csv")
        let disposition = try #require(answer.fields["content-disposition"])
        #expect(
            disposition == "attachment; filename=\"a__Set-Cookie_ x___..___.csv\"; "
                + "filename*=UTF-8''a__Set-Cookie_%20x_%3B_.._%E5%85%AC%E5%BC%80.csv")
        #expect(answer.fields["set-cookie"] == nil)
    }

    @Test func `reads fields by type`() async throws {
        let answer = try await site().get(
            "/fields?q=+%E5%85%AC%E5%BC%80%20&day=2026-01-31&n=5&colour=red&f=on&utm_source=x")
        #expect(answer.text == "[\"公开\",\"2026-01-31\",\"5\",\"red\",\"on\"]\n")
        #expect(try await site().get("/fields?q=&day=").text == "[\"-\",\"-\",\"-\",\"-\",\"-\"]\n")
    }
}

@Suite struct `The look` {
    @Test func `stands round every page, problems too`() async throws {
        let look = Look(
            siteName: "日晷", tagline: "示例县", navigation: [.init("首页", "/"), .init("机构", "/bodies")],
            footer: "<p>底</p>", notice: "<p>示例数据</p>", stylesheet: Array("a{}".utf8))
        let site = Site(sample(), look: look)
        for path in ["/bodies/x", "/nowhere"] {
            let page = try await site.get(path).text
            for part in [
                "示例数据", "class=\"skip\"", "<main id=\"main\"", "<p>底</p>", "<nav class=\"site-nav\"",
            ] {
                #expect(page.contains(part), "\(part)")
            }
        }
        #expect(
            try await site.get("/bodies/x").text.contains("<a href=\"/bodies\" aria-current=\"page\">机构</a>"))
    }

    @Test func `has a stylesheet that is kept for ever under its fingerprint`() async throws {
        let site = Site(sample(), look: Look(siteName: "x", stylesheet: Array("a{}".utf8)))
        let page = try await site.get("/").text
        let address = try #require(
            page.split(separator: "stylesheet\" href=\"").dropFirst().first?.prefix { $0 != "\"" })
        let kept = try await site.get(String(address))
        #expect(kept.text == "a{}")
        #expect(kept.fields["cache-control"] == "public, max-age=31536000, immutable")
        let plain = try await site.get("/assets/site.css")
        #expect(plain.fields["cache-control"] == "no-cache")
        let tag = try #require(plain.fields["etag"])
        #expect(try await site.get("/assets/site.css", fields: ["If-None-Match": tag]).status == 304)
        #expect(try await site.get("/assets/other.css").status == 404)
    }
}

@Suite struct `The server` {
    @Test func `speaks over a real connection`() async throws {
        let site = site()
        let page = try await site.fetchOverNetwork("GET", "/bodies/x")
        #expect(page.status == 200 && page.fields["date"] != nil)
        let head = try await site.fetchOverNetwork("HEAD", "/bodies/x")
        #expect(head.bytes.isEmpty && head.fields["content-length"] == String(page.bytes.count))
        #expect(try await site.fetchOverNetwork("GET", "/stream").text == "1\n2\n3\n")
    }
}
