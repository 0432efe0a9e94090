import StorageTesting
import Testing
import Web
import WebTesting

@Suite struct `The site in Traditional characters` {
    private static var shown: Regex<(Substring, Substring)> {
        /(title|alt|aria-label|placeholder|data-label)="[^"]*"/
    }

    /// The markup without its words: what the rewriting may not touch. The switches name the other script.
    private static func markup(of page: String) -> [String] {
        let page = page.replacing(/(?s)<form class="manner".*?<\/form>/, with: "")
            .replacing("<html lang=\"zh-Hant\">", with: "<html lang=\"zh-Hans\">")
        return page.matches(of: /<[^>]*>/).map { String($0.0).replacing(shown, with: "") }
    }

    private static func codes(of page: String) -> [String] {
        page.matches(of: /<(?:code|span class="code")>[^<]*</).map { String($0.0) }
    }

    @Test func `has the same markup, addresses and codes on every kind of page`() async throws {
        try await SmallCounty.on(.sqlite) { county in
            let site = try county.site()
            for page in `The public pages`.pages {
                let address = county.address(page.address)
                let simplified = try await site.get(address)
                let traditional = try await site.get(address, fields: ["Cookie": "reading=tn-a"])
                #expect(traditional.status == 200)
                #expect(Self.markup(of: traditional.text) == Self.markup(of: simplified.text), "\(address)")
                #expect(Self.codes(of: traditional.text) == Self.codes(of: simplified.text), "\(address)")
                #expect(traditional.text.contains("公開義務") && !traditional.text.contains("义务"), "\(address)")
            }
        }
    }

    @Test func `leaves data, and what the reader typed, as they are`() async throws {
        try await SmallCounty.on(.sqlite) { county in
            let site = try county.site()
            let cookie = ["Cookie": "reading=tn-a"]
            for address in ["/obligations.json", "/obligations.csv", "/index.json", "/obligations.ics"] {
                #expect(
                    try await site.get(address, fields: cookie).bytes == site.get(address).bytes, "\(address)"
                )
            }
            let found = try await site.get("/search?q=\(Link.encoded("设备"))", fields: cookie).text
            #expect(found.contains("value=\"设备\""))
        }
    }

    @Test func `explains the choices, in every script, and takes them`() async throws {
        try await SmallCounty.on(.sqlite) { county in
            let site = try county.site()
            let page = try await site.fetchOverNetwork(
                "GET", "/reading", fields: ["Referer": "http://localhost/obligations?state=overdue"]
            ).text
            #expect(page.contains("name=\"back\" value=\"/obligations?state=overdue\""))
            for choice in [
                "name=\"language\" value=\"zh-Hans\" checked", "name=\"language\" value=\"zh-Hant\"",
                "name=\"size\" value=\"largest\"", "name=\"colour\" value=\"auto\" checked",
                "name=\"colour\" value=\"calm\"", "name=\"elder\" value=\"0\" checked",
            ] { #expect(page.contains(choice), "\(choice)") }
            let form = [
                ("back", "/obligations?state=overdue"), ("language", "zh-Hant"), ("size", "largest"),
                ("colour", "calm"), ("elder", "1"),
            ]
            let answer = try await site.post("/reading", form: form)
            #expect(answer.status == 303 && answer.fields["location"] == "/obligations?state=overdue")
            let kept = try #require(answer.fields["set-cookie"]?.prefix { $0 != ";" })
            let again = try await site.get("/reading", fields: ["Cookie": String(kept)]).text
            #expect(again.contains("<h1>閱讀設置</h1>") && again.contains("value=\"calm\" checked"))
            #expect(try await site.get("/reading").text.contains("name=\"back\" value=\"/\""))
        }
    }
}
