import Foundation
import Obligations
import StorageTesting
import Testing
import Web
import WebTesting

@Suite struct `The public pages` {
    /// Address by the name of its golden; `{…}` is a story of the small county.
    static let pages: [(name: String, address: String)] = [
        ("home", "/"), ("obligations-overdue", "/obligations?state=overdue"),
        ("obligations-unverified", "/obligations?state=overdue&unverified=1&body=sx-education"),
        ("obligation-overdue", "/obligations/{overdue}"), ("obligation-withheld", "/obligations/{withheld}"),
        ("obligation-provisional", "/obligations/{provisional}"),
        ("obligation-amended", "/obligations/{amended}"),
        ("obligation-for-the-county", "/obligations/{met for the county}"),
        ("project", "/projects/{project}"),
        ("project-of-a-stranger", "/projects/{second project}"),
        ("publication-corrected", "/publications/{result}"),
        ("publication-changes", "/publications/{result}/editions/2/changes"),
        ("publication-withdrawn", "/publications/{withdrawn}"), ("body", "/bodies/sx-education"),
        ("catalogue", "/catalogue"), ("item", "/catalogue/I-FG-021"), ("figures", "/about/figures"),
        ("chains", "/chains"),
        ("chain", "/chains/environment?in=FG"),
    ]

    @Test(arguments: Backend.available)
    func `are as they were looked at, in every format, on either engine`(on backend: Backend) async throws {
        try await SmallCounty.on(backend) { county in
            let site = try county.site()
            for page in Self.pages {
                let address = county.address(page.address)
                let html = try await site.get(address)
                #expect(html.status == 200, "\(address)")
                try Golden.expect(html.text, page.name + ".html")
                let parts = address.split(separator: "?", maxSplits: 1).map(String.init)
                let path = parts[0] == "/" ? "/index" : parts[0]
                let json = try await site.get(path + ".json" + (parts.count == 2 ? "?" + parts[1] : ""))
                #expect(json.status == 200, "\(address)")
                try Golden.expect(json.text, page.name + ".json")
            }
            try Golden.expect(
                try await site.get("/obligations.csv?state=overdue").text, "obligations-overdue.csv")
        }
    }

    @Test(arguments: Backend.available)
    func `show every state that an obligation can have`(on backend: Backend) async throws {
        try await SmallCounty.on(backend) { county in
            let site = try county.site()
            let counts = try await site.object("/obligations.json")["counts"] as? [String: Int] ?? [:]
            for state in ObligationState.allCases {
                #expect(counts[state.rawValue, default: 0] > 0, "\(state.rawValue)")
                let list = try await site.object("/obligations.json?state=\(state.rawValue)&limit=100")
                let items = list["items"] as? [[String: Any]] ?? []
                #expect(items.allSatisfy { $0["state"] as? String == state.rawValue }, "\(state.rawValue)")
                #expect(list["total"] as? Int == counts[state.rawValue])
                for item in items {
                    let id = item["id"] as? String ?? ""
                    #expect(try await site.get("/obligations/\(id)").status == 200)
                }
            }
        }
    }

    @Test func `say on every page that the data are a sample, and only when they are`() async throws {
        try await SmallCounty.on(.sqlite) { county in
            let (sample, real) = (try county.site(isSample: true), try county.site(isSample: false))
            for address in ["/", "/obligations", "/catalogue/SX", "/nowhere", "/bodies/sx-education"] {
                #expect(try await sample.get(address).text.contains("<strong>示例</strong>"), "\(address)")
                #expect(try await !real.get(address).text.contains("<strong>示例</strong>"), "\(address)")
            }
        }
    }

    @Test func `need no script and hold no style of their own`() async throws {
        try await SmallCounty.on(.sqlite) { county in
            let site = try county.site()
            for page in Self.pages {
                let text = try await site.get(county.address(page.address)).text
                for banned in ["<script", "<style", " style=", " onclick", "javascript:"] {
                    #expect(!text.contains(banned), "\(page.name) has \(banned)")
                }
            }
        }
    }
}

@Suite struct `The words of a page` {
    @Test(arguments: Backend.available)
    func `say of a soft item that it is encouraged, and never that it is owed or late`(on backend: Backend)
        async throws
    {
        try await SmallCounty.on(backend) { county in
            let site = try county.site()
            let open = try await site.get("/obligations/\(county.id("encouraged"))").text
            let out = try await site.get("/obligations/\(county.id("encouraged and late"))").text
            #expect(open.contains("鼓励公开，尚未公开") && out.contains("鼓励公开，已公开"))
            #expect(out.contains("不判定（鼓励公开）"))
            for page in [open, out] {
                #expect(page.contains("参照期限"))
                for word in ["未到期", "，最迟 ", "逾期公开</", "逾期未公开", "按时公开</", "才算逾期"] {
                    #expect(!page.contains(word), "\(word)")
                }
            }
        }
    }

    @Test(arguments: Backend.available)
    func `put what is still overdue beside every rate`(on backend: Backend) async throws {
        try await SmallCounty.on(backend) { county in
            let site = try county.site()
            for (page, list) in [
                ("/bodies/sx-education", "/obligations.json?state=overdue&body=sx-education"),
                ("/about/figures", "/obligations.json?state=overdue"),
            ] {
                let total = try #require(try await site.object(list)["total"] as? Int)
                #expect(total > 0)
                #expect(try await site.object(page + ".json")["stillOverdue"] as? Int == total)
                #expect(try await site.get(page).text.contains(">\(total) 项</a></strong>"), "\(page)")
            }
            #expect(try await site.get("/bodies/sx-housing").text.contains("按时率只算已经公开的"))
        }
    }

    @Test func `tell who took a declaration back, when and why`() async throws {
        try await SmallCounty.on(.sqlite) { county in
            let page = try await county.site().get("/about/figures").text
            #expect(page.contains("已撤回</span>") && page.contains("十月迁移时漏了两周"))
            #expect(try await county.site().object("/index.json")["coverages"] as? Int == 0)
            // What was entered as overdue meanwhile stays entered, and is not overdue.
            let list = try await county.site().object(
                "/obligations.json?state=unobserved&project=\(county.id("second project"))&item=I-FG-020")
            let id = try #require(list.ids.first)
            let entered = try await county.site().get("/obligations/\(id)").text
            #expect(entered.contains("逾期记录") && entered.contains("2026-12-01</time> 零时起列为逾期"))
            #expect(entered.contains("来源完整性声明已经撤回") && !entered.contains("box-bad"))
        }
    }
}

@Suite struct `The list of obligations` {
    @Test(arguments: Backend.available)
    func `answers overdue with the keys that scripts rely on`(on backend: Backend) async throws {
        try await SmallCounty.on(backend) { county in
            let answer = try await county.site().object("/obligations.json?state=overdue")
            let items = try #require(answer["items"] as? [[String: Any]])
            #expect(answer["total"] as? Int == items.count)
            #expect(answer["day"] as? String == "2026-12-16")
            #expect(answer.keys.contains("next"))
            for key in ["id", "item", "body", "project", "due", "provisional", "state", "rule", "trigger"] {
                #expect(items.allSatisfy { $0.keys.contains(key) }, "\(key)")
            }
            let due = items.compactMap { $0["due"] as? String }
            #expect(due == due.sorted() && due.allSatisfy { $0 < "2026-12-16" })
        }
    }

    @Test(arguments: Backend.available)
    func `leaves out what rests on an unverified rule, and says how much`(on backend: Backend) async throws {
        try await SmallCounty.on(backend) { county in
            let site = try county.site()
            let usual = try await site.object("/obligations.json?state=overdue")
            let asked = try await site.object("/obligations.json?state=overdue&unverified=1")
            #expect(!usual.holds(county.id("unverified")) && asked.holds(county.id("unverified")))
            #expect(usual["leftOutUnverified"] as? Int == 1)
            #expect(asked["total"] as? Int == (usual["total"] as? Int ?? 0) + 1)
            let page = try await site.get("/obligations?state=overdue").text
            #expect(page.contains("另有 1 项已过期限"))
        }
    }

    @Test(arguments: Backend.available)
    func `goes on where it stopped, whatever was added before`(on backend: Backend) async throws {
        try await SmallCounty.on(backend) { county in
            let site = try county.site()
            let whole = try await site.object("/obligations.json?limit=100").ids
            var seen: [String] = []
            var next: String? = "/obligations.json?limit=7"
            while let address = next, seen.count < 200 {
                let page = try await site.object(address)
                seen += page.ids
                next = page["next"] as? String
            }
            #expect(seen.count > 20)
            #expect(Array(seen.prefix(whole.count)) == whole)
            #expect(Set(seen).count == seen.count)
        }
    }

    @Test(arguments: [
        ("body=sx-education", "body", "sx-education"), ("body=示例县教育局", "body", "sx-education"),
        ("field=政府采购", "field", "政府采购"), ("jurisdiction=SX", "jurisdiction", "SX"),
        ("item=I-FG-022", "item", "I-FG-022"),
    ])
    func `is narrowed by`(condition: String, key: String, value: String) async throws {
        try await SmallCounty.on(.sqlite) { county in
            let parts = condition.split(separator: "=").map(String.init)
            let list = try await county.site().object(
                "/obligations.json?\(parts[0])=\(Link.encoded(parts[1]))&limit=100")
            let items = try #require(list["items"] as? [[String: Any]])
            #expect(!items.isEmpty && items.allSatisfy { $0[key] as? String == value })
        }
    }

    @Test func `is narrowed by days, both ends included`() async throws {
        try await SmallCounty.on(.sqlite) { county in
            let list = try await county.site().object(
                "/obligations.json?from=2026-11-05&to=2026-11-05&limit=100")
            let items = try #require(list["items"] as? [[String: Any]])
            #expect(!items.isEmpty && items.allSatisfy { $0["due"] as? String == "2026-11-05" })
        }
    }
}

extension SmallCounty {
    /// An address with the ids of stories put in.
    func address(_ pattern: String) -> String {
        guard let open = pattern.firstIndex(of: "{"), let close = pattern.firstIndex(of: "}") else {
            return pattern
        }
        let story = String(pattern[pattern.index(after: open)..<close])
        return pattern[..<open] + id(story) + pattern[pattern.index(after: close)...]
    }
}

extension Site {
    func object(_ path: String) async throws -> [String: Any] {
        let answer = try await get(path)
        return try #require(
            try JSONSerialization.jsonObject(with: Data(answer.bytes)) as? [String: Any],
            "\(path): \(answer.status)")
    }
}

extension [String: Any] {
    var ids: [String] { (self["items"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? String } }
    func holds(_ id: String) -> Bool { ids.contains(id) }
}
