import StorageTesting
import Testing
import Web
import WebTesting

@Suite struct `The site in English` {
    private static let english = ["Cookie": "reading=en-a"]

    /// Elements that hold words of the interface and never of a record, with what is in them. The head of a row or of a fold
    /// may be a name.
    private static func interface(of page: String) -> [Substring] {
        page.matches(of: /(?s)<(th|legend|button)(?: [^>]*)?>(.*?)<\/\1>/).map(\.0)
            .filter { !$0.contains("scope=\"row\"") }
            + page.matches(of: /(?s)<nav class="site-nav".*?<\/nav>/).map(\.0)
            + page.matches(of: /(?s)<footer class="site-footer">.*?<\/footer>/).map(\.0)
    }

    @Test func `has an English interface on every kind of page, and marks what stays Chinese`() async throws {
        try await SmallCounty.on(.sqlite) { county in
            let site = try county.site()
            for page in `The public pages`.pages {
                let address = county.address(page.address)
                let answer = try await site.get(address, fields: Self.english)
                #expect(answer.status == 200 && answer.fields["content-language"] == "en", "\(address)")
                #expect(answer.text.contains("<html lang=\"en\">"))
                let untranslated = Self.interface(of: answer.text).filter {
                    $0.contains("lang=\"zh-Hans\"") && !$0.contains("name=\"language\"")
                }
                #expect(untranslated.isEmpty, "\(address)")
                let unmarked = answer.text.replacing(/(?s)<head>.*?<\/head>/, with: "")
                    .replacing(
                        /(?s)<(code|pre|textarea|option|title|text|script)(?: [^>]*)?>.*?<\/\1>/, with: ""
                    )
                    .replacing(
                        /(?s)<(\w+)[^>]* (?:lang="[^"]*"|class="(?:[^"]* )?(?:code|log-text)(?: [^"]*)?")[^>]*>.*?<\/\1>/,
                        with: ""
                    )
                    .replacing(/<[^>]*>/, with: "\n")
                #expect(!unmarked.contains(/\p{Han}/), "\(address)")
            }
        }
    }

    @Test func `leaves data as they are, and a page that is kept is kept for each language`() async throws {
        try await SmallCounty.on(.sqlite) { county in
            let site = try county.site()
            for address in ["/obligations.json", "/obligations.csv"] {
                #expect(
                    try await site.get(address, fields: Self.english).bytes == site.get(address).bytes)
            }
            let english = try await site.get("/obligations", fields: Self.english).text
            #expect(try await site.get("/obligations").text != english)
            #expect(try await site.get("/obligations", fields: Self.english).text == english)
        }
    }
}
