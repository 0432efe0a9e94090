import Foundation
import MerkleLog
import Portal
import Searching
import Storage
import StorageTesting
import Testing
import Transparency
import Web
import WebTesting

@Suite struct `What is not for everybody` {
    /// Everything that links lead to, and every address of the restricted things themselves, in every format.
    @Test func `leaves by no address, in no format`() async throws {
        try await SignedCounty.on(.sqlite) { signed in
            let county = signed.county
            var canaries = county.canaries
            let leaked = canaries.plant("what the index says")
            let closed = ["for the county", "narrowed", "withdrawn"].map(county.id)
            // An index that holds what it should not.
            let site = try county.site(
                finder: Finder { _ in
                    let hits = closed.map {
                        Finder.Hit(kind: .publication, id: $0, title: leaked, snippet: leaked, day: nil)
                    }
                    return Finder.Found(
                        hits: hits, count: .init(number: 3, isMinimum: false), next: nil, readTo: 0)
                }, log: signed.folder)
            let first = Self.firstAddresses(county) + (try await Self.logAddresses(signed))
            var crawl = Crawl(site: site, canaries: canaries, first: first)
            try await crawl.run()
            #expect(crawl.kinds.count > 20, "\(crawl.kinds)")
        }
    }

    /// The bytes of every leaf, the pages of some, and every way to ask for what was said.
    private static func logAddresses(_ signed: SignedCounty) async throws -> [String] {
        let size = try await signed.county.database.read { try $0.log.lastCheckpoint() }?.size ?? 0
        #expect(size > 256)
        let leaves = stride(from: 0, to: size, by: 12).flatMap {
            ["/log/leaves/\($0)", "/log/leaves/\($0).json"]
        }
        let proofs = signed.county.ids.values.flatMap { id in
            (0...3).flatMap { number in
                ["receipt", "record", "receipt.json", "record.json"].map {
                    "/publications/\(id)/editions/\(number)/\($0)"
                }
            } + ["/obligations/\(id)/receipts", "/obligations/\(id)/receipts.json"]
        }
        return leaves + proofs + TileAddress.all(size: size).map { "/log/\($0)" } + [
            "/log", "/log.json", "/log/checkpoint", "/log/keys", "/log/keys.json", "/log/check",
            "/log/check.html",
        ]
    }

    private static func firstAddresses(_ county: SmallCounty) -> [String] {
        let papers = ["for the county", "narrowed", "withdrawn", "result"].flatMap { story in
            ["", ".json", ".csv", "/editions/1", "/editions/1.json", "/editions/2", "/editions/2/changes"].map
            {
                "/publications/\(county.id(story))\($0)"
            }
        }
        let owed = county.ids.values.flatMap { ["/obligations/\($0)", "/obligations/\($0).json"] }
        let past = owed.map { $0 + "?on=2026-12-01" }
        return papers + owed + past + [
            "/obligations?on=2026-12-01", "/obligations.csv?on=2026-10-12",
            "/bodies/sx-civil-affairs?on=2026-10-20",
            "/projects/\(county.id("project"))?on=2026-11-30",
            "/", "/index.json", "/search?q=%E5%85%AC%E5%91%8A", "/search.json?q=%E5%85%AC%E5%91%8A",
            "/publications.csv", "/projects.csv", "/bodies.csv", "/obligations.csv", "/catalogue.csv",
            "/obligations.ics", "/feeds/publications.atom", "/feeds/bodies/sx-civil-affairs",
            "/feeds/projects/\(county.id("project"))", "/feeds/publications/\(county.id("withdrawn"))",
            "/sitemap.xml", "/robots.txt", "/figures", "/due?month=2026-11", "/due.ics?body=sx-civil-affairs",
            "/publications.json?body=sx-civil-affairs", "/publications.json?item=I-FG-073", "/health",
        ]
    }
}

/// Follows every link from some first addresses on, a few of each kind, and looks for secrets in all that comes back.
struct Crawl {
    let site: Site
    let canaries: Canaries
    let first: [String]
    private(set) var kinds: [String: Int] = [:]
    private var seen: Set<String> = []

    init(site: Site, canaries: Canaries, first: [String]) {
        self.site = site
        self.canaries = canaries
        self.first = first
    }

    mutating func run() async throws {
        var waiting = first
        var next = 0
        while next < waiting.count {
            let address = waiting[next]
            next += 1
            guard isWanted(address) else { continue }
            let answer = try await site.get(address)
            #expect(answer.status < 500, "\(address)")
            let fields = answer.fields.map { "\($0.key): \($0.value)" }.joined(separator: "\n")
            let found = canaries.found(in: answer.bytes) + canaries.found(in: fields)
            #expect(found.isEmpty, "\(address) gives away: \(found)")
            waiting += links(in: answer.text)
        }
    }

    private mutating func isWanted(_ address: String) -> Bool {
        guard seen.insert(address).inserted else { return false }
        kinds[kind(of: address), default: 0] += 1
        return kinds[kind(of: address), default: 0] <= 12 || first.contains(address)
    }

    /// An address with its ids and values left out.
    private func kind(of address: String) -> String {
        let parts = address.split(separator: "?", maxSplits: 1)
        let path = parts[0].split(separator: "/")
        let format = parts[0].hasSuffix(".json") ? "json" : parts[0].hasSuffix(".csv") ? "csv" : "page"
        let names = parts.count == 2 ? parts[1].split(separator: "&").map { $0.prefix { $0 != "=" } } : []
        return "\(path.first ?? "")/\(path.count) \(format) \(names.joined(separator: "+"))"
    }

    /// Places on this site that a page leads to.
    private func links(in text: String) -> [String] {
        text.matches(of: /href="(\/[^"#]*)/).map { match in
            String(match.output.1).replacing("&amp;", with: "&")
        }.filter { !$0.hasPrefix("/assets/") }
    }
}

@Suite struct `Hostile input` {
    static let nasty = [
        "<script>alert(1)</script>", "' OR 1=1 --", "\"><img src=x onerror=alert(1)>", "../../etc/passwd",
        "%00", "%",
        "%FF%FE", String(repeating: "长", count: 300), "-1", "0", "99999999999999999999", "2026-02-30",
        "\u{202E}",
        "=cmd|' /C calc'!A0", "a&limit=5", "overdue;DROP TABLE event", "🀄️🀄️", "SX%0d%0aX-Evil:%201",
    ]

    static let parameters = [
        "/obligations": [
            "state", "body", "field", "jurisdiction", "item", "project", "from", "to", "unverified", "limit",
            "after",
        ],
        "/figures": ["jurisdiction", "through", "basis", "after"],
        "/due": ["month", "body", "field", "jurisdiction", "item", "project", "unverified"],
        "/publications": ["body", "item", "jurisdiction", "limit", "after"],
        "/projects": ["key", "jurisdiction", "field", "limit", "after"],
        "/log": ["limit", "after"],
        "/bodies": ["jurisdiction", "order", "limit", "after"], "/search": ["q", "kind", "limit", "after"],
        "/catalogue/SX": ["field", "kind", "trigger", "version", "after", "limit", "print"],
        "/catalogue/I-FG-021": ["version", "in"],
    ]

    @Test func `in any parameter is refused or read as text`() async throws {
        try await SmallCounty.on(.sqlite) { county in
            let site = try county.site(
                finder: Finder { _ in
                    .init(hits: [], count: .init(number: 0, isMinimum: false), next: nil, readTo: 0)
                })
            for words in Self.nasty { try await Self.attack(site, words) }
        }
    }

    private static func attack(_ site: Site, _ words: String) async throws {
        let value = words.hasPrefix("%") || words.contains("%0d") ? words : Link.encoded(words)
        for (path, names) in Self.parameters {
            for name in names {
                for format in ["", ".json"] {
                    let address = "\(path)\(format)?\(name)=\(value)"
                    let answer = try await site.get(address)
                    #expect(answer.status < 500, "\(address)")
                    #expect(
                        answer.fields["x-evil"] == nil && answer.fields["x-content-type-options"] == "nosniff"
                    )
                    // In JSON it is text; browsers are told not to guess otherwise.
                    guard format.isEmpty else { continue }
                    #expect(!answer.text.contains("<script>") && !answer.text.contains("<img"), "\(address)")
                }
            }
        }
        for path in [
            "obligations", "publications", "projects", "bodies", "catalogue", "log/leaves", "log/tile",
            "feeds/bodies", "feeds/projects", "feeds/publications",
        ] {
            let answer = try await site.get("/\(path)/\(value)")
            #expect(answer.status >= 400 && answer.status < 500, "/\(path)/\(value): \(answer.status)")
            #expect(!answer.text.contains("<script>") && !answer.text.contains("<img"))
        }
    }

    @Test func `is a cursor of another list`() async throws {
        try await SmallCounty.on(.sqlite) { county in
            let site = try county.site()
            let next = try await site.object("/obligations.json?limit=1")["next"] as? String ?? ""
            let cursor = next.split(separator: "after=").last.map(String.init) ?? ""
            for path in ["/publications", "/projects", "/bodies", "/catalogue/SX", "/search", "/log"] {
                #expect(try await site.get("\(path).json?after=\(cursor)").status == 400, "\(path)")
            }
        }
    }
}
