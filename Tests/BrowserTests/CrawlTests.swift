import Foundation
import Testing
import Web
import WebTesting

extension `The portal in a browser` {
    @Suite struct `The first page` {
        /// With all that it needs, as it goes over the line.
        @Test func `is under 60 kB`() async throws {
            let stage = try Stage.here
            let packed = ["Accept-Encoding": "gzip"]
            let home = try await stage.site.get("/", fields: packed)
            #expect(home.fields["content-encoding"] == "gzip")
            let sheet = try #require(
                try await stage.site.get("/").text.firstMatch(of: /href="(\/assets\/[^"]+\.css)"/)?.1)
            let look = try await stage.site.get(String(sheet), fields: packed)
            #expect(look.status == 200 && look.fields["content-encoding"] == "gzip")
            #expect(home.bytes.count + look.bytes.count < 60_000)
            #expect(home.bytes.count + look.bytes.count > 5_000)
        }
    }

    @Suite struct `A link` {
        @Test func `leads to something that is there, wherever it stands`() async throws {
            var crawl = Crawl()
            while let address = crawl.next() {
                crawl.took(try await Stage.here.site.get(address), at: address)
            }
            #expect(crawl.broken.isEmpty, "\(crawl.broken.report)")
            // Every kind of thing of the sample, and more than one of each.
            #expect(crawl.seen > 1000, "only \(crawl.seen) addresses were found")
        }

        @Test(arguments: [
            ("/a", "b", "/b"), ("/a/b?c=d", "?e=f", "/a/b?e=f"), ("/a/b", "c?d=1&amp;e=2", "/a/c?d=1&e=2"),
            ("/a", "#b", nil), ("/a", "https://example.org/", nil), ("/a", "data:,", nil),
            ("/a", "http://localhost/b#c", "/b"),
        ])
        func `is read as a browser reads it`(page: String, link: String, address: String?) {
            #expect(Crawl.address(link, on: page) == address)
        }
    }
}

/// The addresses of the site that can be reached by links: of each kind many, since thousands are alike.
private struct Crawl {
    private static let ofKindMax = 100
    /// Lists can be narrowed by any mix of what they show.
    private static let ofMixMax = 3

    private var waiting = ["/"]
    private var places = ["/": "the first"]
    private var kinds: [String: Int] = [:]
    /// Addresses that lead nowhere, with the page on which each stands.
    private(set) var broken: [String] = []
    var seen: Int { places.count }

    mutating func next() -> String? { waiting.popLast() }

    mutating func took(_ answer: Fetched, at address: String) {
        switch answer.status {
        case 200 where answer.fields["content-type"]?.hasPrefix("text/html") == true:
            for link in Self.links(answer.text) { add(link, on: address) }
        case 200: break
        case 301...308: add(answer.fields["location"] ?? "", on: address)
        default: broken.append("\(answer.status) \(address), linked on \(places[address] ?? "")")
        }
    }

    private mutating func add(_ link: String, on page: String) {
        guard let address = Self.address(link, on: page), places[address] == nil else { return }
        let kind = Self.kind(address)
        guard kinds[kind, default: 0] < (kind.contains("?") ? Self.ofMixMax : Self.ofKindMax) else { return }
        kinds[kind, default: 0] += 1
        places[address] = page
        waiting.append(address)
    }

    /// A list with the names of what it is asked with; else how the path begins, how long it is, and its ending.
    private static func kind(_ address: String) -> String {
        let parts = address.split(separator: "?", maxSplits: 1)
        let path = parts.first.map { $0.split(separator: "/") } ?? []
        guard parts.count == 1 else {
            let names = parts[1].split(separator: "&").map { $0.prefix { $0 != "=" } }
            return "\(parts[0])?\(names.joined(separator: "&"))"
        }
        let ending = path.last?.split(separator: ".").dropFirst().last ?? ""
        return "\(path.first ?? "")/\(path.count).\(ending)"
    }

    /// Where a page leads, as its attributes say it: pages, files, and forms that ask.
    private static func links(_ page: String) -> [String] {
        page.matches(of: /<([a-z]+)\s([^>]*)>/).flatMap { tag -> [String] in
            let attributes = tag.2
            if tag.1 == "form", attributes.contains(/method="?post/.ignoresCase()) { return [] }
            return attributes.matches(of: /(?:href|src|action)="([^"]*)"/).map { String($0.1) }
        }
    }

    /// The path and query of a link within the site; nil for another site and for a place on the same page.
    static func address(_ link: String, on page: String) -> String? {
        let plain = link.replacing("&amp;", with: "&")
        guard !plain.hasPrefix("#"), let base = URL(string: "http://localhost" + page),
            let url = URL(string: plain, relativeTo: base)?.absoluteURL, url.host() == "localhost",
            url.scheme == "http"
        else { return nil }
        let path = url.path(percentEncoded: true)
        return (path.isEmpty ? "/" : path) + (url.query(percentEncoded: true).map { "?" + $0 } ?? "")
    }
}
