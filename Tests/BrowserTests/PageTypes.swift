import Testing
import WebTesting

/// Every kind of page, with addresses that show it.
enum PageTypes {
    /// By route. A new one has to be entered here, or among the files.
    static func addresses(on stage: Stage) async throws -> [String: [String]] {
        let known = try await Examples(stage)
        return [
            "GET /": ["/"],
            "GET /about/figures": ["/about/figures"],
            "GET /about/rules": ["/about/rules"],
            "GET /accessibility": ["/accessibility"],
            "GET /bodies": ["/bodies", "/bodies?on=2026-10-15", "/bodies?order=overdue"],
            "GET /bodies/:id": ["/bodies/\(known.body)", "/bodies/\(known.body)?on=2026-10-15"],
            "GET /calendar/:year": ["/calendar/2026"],
            "GET /catalogue": ["/catalogue"],
            "GET /catalogue/:key": ["/catalogue/FG", "/catalogue/I-FG-021"],
            "GET /catalogue/settings": ["/catalogue/settings"],
            "GET /catalogue/tasks": ["/catalogue/tasks"],
            "GET /chains": ["/chains"],
            "GET /chains/:id": ["/chains/environment?in=FG"],
            "GET /columns": ["/columns"],
            "GET /columns/:jurisdiction/:field": ["/columns/SX/%E6%94%BF%E5%BA%9C%E9%87%87%E8%B4%AD"],
            "GET /due": ["/due?month=2026-12"],
            "GET /figures": ["/figures"],
            "GET /log": ["/log"],
            "GET /log/check": ["/log/check"],
            "GET /log/leaves/:n": ["/log/leaves/20"],
            "GET /obligations": ["/obligations", "/obligations?state=overdue", "/obligations?state=void"],
            "GET /obligations/:id": known.obligations.map { "/obligations/" + $0 },
            "GET /policies": ["/policies"],
            "GET /progress": ["/progress", "/progress?q=%E9%87%87%E8%B4%AD", "/progress?q=zzzz"],
            "GET /projects": ["/projects"],
            "GET /projects/:key": ["/projects/" + known.project],
            "GET /publications": ["/publications"],
            "GET /publications/:id": [
                "/publications/\(known.corrected)", "/publications/\(known.withdrawn)",
            ],
            "GET /publications/:id/editions/:n": ["/publications/\(known.corrected)/editions/1"],
            "GET /publications/:id/editions/:n/changes": [
                "/publications/\(known.corrected)/editions/2/changes"
            ],
            "GET /reading": ["/reading"],
            "GET /site-map": ["/site-map"],
            "GET /search": [
                "/search?q=%E9%87%87%E8%B4%AD", "/search?q=%E7%8E%AF%E8%AF%84", "/search?q=zzzz",
            ],
            problems: ["/nothing-here", "/obligations?state=nonsense", "/obligations?q=x"],
        ]
    }

    /// What no route leads to: the pages that refuse.
    static let problems = "problems"

    /// Routes that show no page, and what they give.
    static let files: [String: String] = [
        "GET /due.ics": "for calendar programs",
        "GET /calendar": "leads on to the year",
        "GET /feeds/bodies/:id": "for feed readers",
        "GET /feeds/columns/:jurisdiction/:field": "for feed readers",
        "GET /feeds/projects/:id": "for feed readers",
        "GET /feeds/publications.atom": "for feed readers",
        "GET /feeds/publications/:id": "for feed readers",
        "GET /health": "for machines",
        "GET /log/check.html": "/log/check to keep",
        "GET /log/checkpoint": "for machines",
        "GET /log/keys": "for machines",
        "GET /log/leaves/:n/receipt": "a proof file",
        "GET /log/:epoch/checkpoint": "for machines",
        "GET /log/:epoch/last-head": "for machines",
        "GET /log/:epoch/tile/*tile": "for machines",
        "GET /log/tile/*tile": "for machines",
        "GET /obligations.ics": "for calendar programs",
        "GET /obligations/:id/receipts": "proof files",
        "GET /publications/:id/editions/:n/receipt": "a proof file",
        "GET /publications/:id/editions/:n/record": "for machines",
        "GET /robots.txt": "for crawlers",
        "GET /sitemap.xml": "for crawlers",
    ]

    /// The addresses of all of them, in their order.
    static func all(on stage: Stage) async throws -> [String] {
        try await addresses(on: stage).sorted { $0.key < $1.key }.flatMap(\.value)
    }

    /// One address of each, where a second shows nothing new.
    static func oneOfEach(on stage: Stage) async throws -> [String] {
        try await addresses(on: stage).sorted { $0.key < $1.key }.compactMap(\.value.first)
    }
}

/// Things of the sample by what is to be seen on their pages.
struct Examples {
    /// One in each of the states that have pages of their own kind.
    let obligations: [String]
    let body, project, corrected, withdrawn: String

    init(_ stage: Stage) async throws {
        var obligations: [String] = []
        for state in ["overdue", "met-late", "withheld", "awaited"] {
            obligations.append(try await stage.first("/obligations.json?state=" + state))
        }
        self.obligations = obligations
        body = try await stage.first("/obligations.json?state=overdue", "body")
        project = try await stage.first("/projects.json")
        corrected = try await stage.first("/publications.json") {
            $0["state"] as? String == "released" && $0["editions"] as? Int ?? 0 > 1
        }
        withdrawn = try await stage.first("/publications.json") { $0["state"] as? String == "withdrawn" }
    }
}

extension `The portal in a browser` {
    @Suite struct `The list of page types` {
        @Test func `knows every route`() async throws {
            let stage = try Stage.here
            let known = Set(try await PageTypes.addresses(on: stage).keys).union(PageTypes.files.keys)
            let unknown = Set(stage.routes.filter { $0.hasPrefix("GET") }).symmetricDifference(known)
            #expect(unknown == [PageTypes.problems], "enter these in PageTypes, or take them out")
        }

        @Test func `holds pages only, and as the list says`() async throws {
            let stage = try Stage.here
            for (route, addresses) in try await PageTypes.addresses(on: stage) {
                for address in addresses {
                    let answer = try await stage.site.get(address, fields: ["Accept": "text/html"])
                    #expect((answer.status == 200) == (route != PageTypes.problems), "\(address)")
                    #expect(answer.fields["content-type"]?.hasPrefix("text/html") == true, "\(address)")
                }
            }
        }
    }
}
