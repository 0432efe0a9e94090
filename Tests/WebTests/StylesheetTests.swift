import Law
import Testing
import Web
import WebTesting

/// What the one stylesheet owes to paper and to the keyboard.
@Suite struct `The stylesheet` {
    private let text = String(decoding: DataFiles.builtIn("site.css") ?? [], as: UTF8.self)

    /// The rules for paper, which stand last: nothing that follows may undo them.
    private func onPaper() throws -> Substring {
        let start = try #require(text.firstRange(of: "@media print {")).lowerBound
        let rules = text[start...]
        #expect(text.ranges(of: "@media print").count == 1)
        var depth = 0
        for (offset, character) in rules.enumerated() {
            if character == "{" { depth += 1 }
            if character == "}" { depth -= 1 }
            guard character == "}", depth == 0 else { continue }
            let isLast = rules.dropFirst(offset + 1).allSatisfy { $0.isWhitespace }
            #expect(isLast, "rules after those for paper")
        }
        return rules
    }

    @Test func `leaves navigation and forms off the paper`() throws {
        let hidden = try #require(try onPaper().firstMatch(of: /\n  (\.site-nav[^{]*)\{ display: none; \}/)).1
        for part in [
            ".site-nav", ".skip", ".crumbs", ".asking", ".acting", ".search-box", ".states", ".turner",
        ] {
            #expect(hidden.contains(part), "\(part)")
        }
    }

    @Test func `writes out addresses, unfolds what is folded and keeps rows whole on paper`() throws {
        let rules = try onPaper()
        #expect(rules.contains(#"main a[href^="http"]::after { content: " (" attr(href) ")""#))
        #expect(rules.contains("details::details-content { display: block"))
        let whole = try #require(rules.firstMatch(of: /\n  (tr, [^{]*)\{ break-inside: avoid; \}/)).1
        for part in ["tr", ".step", ".facts > div", ".rows > li", ".box"] { #expect(whole.contains(part)) }
        #expect(rules.contains("thead { display: table-header-group; }"))
    }

    @Test func `makes cards of rows on narrow screens, not on narrow paper`() {
        for query in text.matches(of: /@media ([^{]*)max-width/) {
            #expect(query.1.contains("screen and"))
        }
    }

    @Test func `shows what the keyboard is on, everywhere but on the main part that it skips to`() throws {
        #expect(text.contains(":focus-visible { outline: 3px solid"))
        let hidden = text.matches(of: /\n([^\n{]*)\{[^}]*outline: (none|0)/).map { $0.1 }
        #expect(hidden == ["main:focus "])
        #expect(text.contains(".skip:focus { left: 0.5rem; top: 0.5rem; }"))
    }
}

@Suite struct `The keyboard's way through a page` {
    @Test func `begins with the way past the navigation, and goes on in the order of the page`() async throws
    {
        let routes = Routes(door: .everyone)
        routes.get("") { _ in
            .page(Page(title: "页", "<p><a href=\"/in\">正文里的</a></p>"), meantFor: .everyone)
        }
        let look = Look(
            siteName: "日晷", navigation: [.init("首页", "/"), .init("项目", "/projects")], stylesheet: [])
        let page = try await Site(routes, look: look).get("/").text
        let links = page.matches(of: /<(a|input|button|select|textarea|summary)[^>]*>/).map { String($0.0) }
        #expect(links.first == ##"<a class="skip" href="#main">"##)
        #expect(page.contains(#"<main id="main" tabindex="-1">"#))
        #expect(page.firstMatch(of: /tabindex="[1-9]/) == nil)
        let navigation = try #require(page.firstRange(of: "<nav")).lowerBound
        let main = try #require(page.firstRange(of: "<main")).lowerBound
        let past = try #require(page.firstRange(of: "class=\"skip\"")).lowerBound
        #expect(past < navigation && navigation < main)
    }
}
