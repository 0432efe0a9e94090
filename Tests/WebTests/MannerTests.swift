import Testing
import Web
import WebTesting

private func site() -> Site {
    let routes = Routes()
    routes.get("") { _ in .page(Page(title: "首页", "<p>你好</p>"), meantFor: .everyone) }
    routes.get("key") { request in try .data(request.manner.key, meantFor: .everyone) }
    routes.post("reading") { request in
        let back = try request.form.text("back").flatMap(Link.init(place:)) ?? request.cameFrom ?? "/"
        return .redirect(to: back, remembering: try request.manner.changed(by: request.form))
    }
    let look = Look(
        siteName: "测试", stylesheet: [],
        inTraditional: { $0.replacing("你", with: "妳").replacing("首页", with: "首頁") })
    return Site(routes, look: look)
}

/// A switch pressed in a browser that says where it was. Only a real connection has a host.
private func posted(cameFrom place: String) async throws -> Fetched {
    try await site().fetchOverNetwork(
        "POST", "/reading",
        fields: ["Referer": place, "Content-Type": "application/x-www-form-urlencoded"],
        body: Array("elder=1".utf8))
}

@Suite struct `A manner of reading` {
    @Test(arguments: [
        ("", "sn-a"), ("reading=tled", "tled"), ("a=b; reading=sx-c; c=d", "sx-c"), ("reading=tn-g", "tn-g"),
        // Each letter that is none leaves its own choice at the default.
        ("reading=zn-d", "sn-d"), ("reading=t", "sn-a"), ("reading=tn-aa", "sn-a"), ("reading=", "sn-a"),
        ("xreading=tled", "sn-a"), ("reading=tled; reading=sx-c", "tled"), ("reading=繁大老暗", "sn-a"),
    ])
    func `is read strictly from its cookie`(cookie: String, key: String) async throws {
        #expect(try await site().get("/key", fields: ["Cookie": cookie]).text == "\"\(key)\"\n")
    }

    @Test func `has a key of its own, which leads back to it`() {
        var keys: Set<String> = []
        for language in Manner.Language.allCases {
            for size in Manner.Size.allCases {
                for colour in Manner.Colour.allCases {
                    for isElder in [false, true] {
                        var manner = Manner()
                        (manner.language, manner.size) = (language, size)
                        (manner.colour, manner.isElder) = (colour, isElder)
                        #expect(Manner(key: manner.key) == manner)
                        keys.insert(manner.key)
                    }
                }
            }
        }
        #expect(keys.count == 3 * 3 * 5 * 2)
    }

    @Test func `is set by a form, kept by the reader's browser, and sends the reader back`() async throws {
        let answer = try await site().post(
            "/reading", form: [("language", "zh-Hant"), ("back", "/key?a=%E4%B8%AD&b=1")],
            fields: ["Cookie": "reading=snec"])
        #expect(answer.status == 303 && answer.fields["location"] == "/key?a=%E4%B8%AD&b=1")
        #expect(
            answer.fields["set-cookie"] == "reading=tnec; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax")
        let off = try await site().post(
            "/reading", form: [("elder", "0")], fields: ["Cookie": "reading=snec"])
        #expect(off.fields["set-cookie"]?.hasPrefix("reading=sn-c;") == true)
    }

    @Test(arguments: [
        "https://example.org/", "//example.org", "/\\example.org", "javascript:alert(1)", "key", "",
        "/a\r\nSet-Cookie: x=1", "/a b", "/<b>",
    ])
    func `sends nobody off the site`(back: String) async throws {
        let answer = try await site().post("/reading", form: [("size", "large"), ("back", back)])
        #expect(answer.status == 303 && answer.fields["location"] == "/")
    }

    @Test(arguments: [
        "https://example.org/key", "http://localhost.example.org/key", "http://localhost", "/key",
        "http://localhost//example.org", "",
    ])
    func `does not believe that a reader came from a place elsewhere`(place: String) async throws {
        let answer = try await posted(cameFrom: place)
        #expect(answer.status == 303 && answer.fields["location"] == "/")
    }

    @Test(arguments: [("language", "fr"), ("size", "huge"), ("colour", "pink"), ("elder", "maybe")])
    func `is not changed by a value that is none`(name: String, value: String) async throws {
        let answer = try await site().post("/reading", form: [(name, value)])
        #expect(answer.status == 400 && answer.fields["set-cookie"] == nil)
    }

    @Test func `is not changed from another site`() async throws {
        let answer = try await site().post(
            "/reading", form: [("language", "zh-Hant")], fields: ["Sec-Fetch-Site": "cross-site"])
        #expect(answer.status == 403 && answer.fields["set-cookie"] == nil)
    }

    @Test func `stands on the page, which says that it depends on it`() async throws {
        let plain = try await site().get("/")
        #expect(plain.text.contains("<html lang=\"zh-Hans\">"))
        #expect(plain.fields["vary"] == "Accept, Cookie")
        let page = try await site().get("/", fields: ["Cookie": "reading=txed"])
        #expect(
            page.text.contains(
                "<html lang=\"zh-Hant\" data-size=\"largest\" data-colour=\"dark\" data-elder=\"\">"))
        #expect(page.fields["content-language"] == "zh-Hant")
        #expect(page.text.contains("<h1>首頁</h1>") && page.text.contains("妳好"))
        let missing = try await site().get("/nowhere", fields: ["Cookie": "reading=sn-d"])
        #expect(missing.text.contains("<html lang=\"zh-Hans\" data-colour=\"dark\">"))
        #expect(
            try await site().get("/key", fields: ["Cookie": "reading=txed"]).fields["vary"]
                != "Accept, Cookie")
    }

    @Test func `is one step away on every page, and brings the reader back to it`() async throws {
        for address in ["/", "/nowhere"] {
            let text = try await site().get(address).text
            #expect(text.contains("<form class=\"manner\" method=\"post\" action=\"/reading\""))
            #expect(text.contains("name=\"language\" value=\"zh-Hant\""))
            #expect(text.contains("name=\"elder\" value=\"1\""))
            let answer = try await posted(cameFrom: "http://localhost\(address)?a=1&b=%E4%B8%AD")
            #expect(answer.fields["location"] == "\(address)?a=1&b=%E4%B8%AD")
        }
    }

    @Test func `is simplified where the site has no other script to show`() async throws {
        let routes = Routes()
        routes.get("") { _ in .page(Page(title: "首页", ""), meantFor: .everyone) }
        let page = try await Site(routes).get("/", fields: ["Cookie": "reading=tn-a"])
        #expect(page.text.contains("<html lang=\"zh-Hans\">"))
        #expect(page.fields["content-language"] == "zh-Hans")
        #expect(!page.text.contains("name=\"language\""))
    }

    @Test func `makes the navigation of elder mode shorter and leaves nothing out`() async throws {
        let routes = Routes()
        routes.get("") { _ in .page(Page(title: "首页", ""), meantFor: .everyone) }
        let look = Look(
            siteName: "测试",
            navigation: [.init("甲", "/a"), .init("乙", "/b", isEssential: false), .init("丙", "/c")],
            stylesheet: [])
        let plain = try await Site(routes, look: look).get("/").text
        #expect(!plain.contains("更多栏目"))
        let elder = try await Site(routes, look: look).get("/", fields: ["Cookie": "reading=snea"]).text
        let more = try #require(elder.firstRange(of: "<summary>更多栏目</summary>")).lowerBound
        for (address, isEssential) in [("/a", true), ("/b", false), ("/c", true)] {
            let place = try #require(elder.firstRange(of: "<a href=\"\(address)\">")).lowerBound
            #expect((place < more) == isEssential, "\(address)")
        }
    }

    private static let sheet =
        "@media screen and (prefers-contrast: more) {a{}}"
        + "@media screen and (prefers-color-scheme: dark) and (prefers-contrast: more) {b{}}"
        + "@media screen and (prefers-color-scheme: dark) {c{}}@media screen and (max-width: 44rem) {d{}}"

    /// What a chosen colour means: the conditions of the stylesheet, held for true or false.
    @Test(arguments: [
        ("a", sheet), ("d", "@media not all {a{}}@media not all {b{}}@media screen {c{}}"),
        ("c", "@media screen {a{}}@media screen {b{}}@media screen {c{}}"),
        ("l", "@media not all {a{}}@media not all {b{}}@media not all {c{}}"),
        ("g", "@media not all {a{}}@media not all {b{}}@media not all {c{}}"),
    ])
    func `has the stylesheet of its colour, kept for ever`(letter: String, expected: String) async throws {
        let routes = Routes()
        routes.get("") { _ in .page(Page(title: "首页", ""), meantFor: .everyone) }
        let site = Site(routes, look: Look(siteName: "测试", stylesheet: Array(Self.sheet.utf8)))
        let page = try await site.get("/", fields: ["Cookie": "reading=sn-" + letter]).text
        let address = try #require(page.firstMatch(of: /rel="stylesheet" href="([^"]+)"/)).1
        let answer = try await site.get(String(address))
        let rest = letter == "a" ? "" : "@media screen and (max-width: 44rem) {d{}}"
        #expect(answer.text == expected + rest)
        #expect(answer.fields["cache-control"] == "public, max-age=31536000, immutable")
    }
}
