import Foundation
import Portal
import Searching
import StorageTesting
import Testing
import Web
import WebTesting

@Suite struct `The search page` {
    @Test func `puts projects with that code first, and leaves out what the index should not hold`()
        async throws
    {
        try await SmallCounty.on(.sqlite) { county in
            let finder = Finder { query in
                #expect(query.words == "SXZC-2026-13")
                let hits = ["for the county", "withdrawn", "result"].map {
                    Finder.Hit(kind: .publication, id: county.id($0), title: $0, snippet: "词", day: nil)
                }
                return Finder.Found(
                    hits: hits, count: .init(number: 3, isMinimum: false), next: "1.7", readTo: 2)
            }
            let value = try await county.site(finder: finder).object("/search.json?q=SXZC-2026-13")
            #expect(value.ids == [county.id("result")])
            let byCode = value["byCode"] as? [[String: Any]]
            #expect(byCode?.compactMap { $0["id"] as? String } == [county.id("second project")])
            #expect((value["next"] as? String)?.hasPrefix("/search.json?") == true)
            let page = try await county.site(finder: finder).get("/search?q=SXZC-2026-13").text
            #expect(page.contains("可能还没有收入"))
        }
    }

    /// An index in which nothing is found: what was never published is in none.
    private static let empty = Finder { _ in
        Finder.Found(hits: [], count: .init(number: 0, isMinimum: false), next: nil, readTo: 0)
    }

    @Test(arguments: Backend.available)
    func `shows what is owed or overdue under the item that the words name`(on backend: Backend) async throws
    {
        try await SmallCounty.on(backend) { county in
            let site = try county.site(finder: Self.empty)
            // By the title, in either script, by the id, with the place or the body beside it, by the body alone.
            for words in [
                "饮用水", "飲用水", "i-fg-105", "示例县 饮用水", "饮用水 生态环境局", "示例县生态环境局",
            ] {
                let found = try await site.object("/search.json?q=\(Link.encoded(words))")
                let rows = (found["missing"] as? [String: Any])?["items"] as? [[String: Any]] ?? []
                let overdue = rows.filter {
                    $0["item"] as? String == "I-FG-105" && $0["state"] as? String == "overdue"
                }
                #expect(overdue.compactMap { $0["period"] as? String } == ["2026-09", "2026-10"], "\(words)")
            }
            let page = try await site.get("/search?q=\(Link.encoded("饮用水"))").text
            #expect(page.contains("chip-overdue"))
            #expect(page.contains("href=\"/obligations?item=I-FG-105\""))
            let table = try await site.get("/search.csv?q=\(Link.encoded("饮用水"))").text
            #expect(table.contains("公开义务,") && table.contains("逾期未公开,,2026-11-03,/obligations/"))
        }
    }

    @Test(arguments: Backend.available)
    func
        `names nothing owed where the words name no item or body, one kind is asked for, or the rule is unverified`(
            on backend: Backend
        ) async throws
    {
        try await SmallCounty.on(backend) { county in
            let site = try county.site(finder: Self.empty)
            let unnamed = ["水", "饮用水 没有的词", "%", "_饮用", "示例", "学生资助 饮用水"]
            let narrowed = Link.encoded("饮用水") + "&kind=publication"
            for query in unnamed.map(Link.encoded) + [narrowed] {
                let found = try await site.object("/search.json?q=\(query)")
                let rows = (found["missing"] as? [String: Any])?["items"] as? [[String: Any]]
                #expect(rows?.isEmpty == true, "\(query)")
            }
            let unverified = try await site.get("/search.json?q=I-FG-090").text
            #expect(!unverified.contains(county.id("unverified")))
        }
    }

    /// Projects and a paper, as the index gives them: projects first.
    private static func index(_ projects: [String], beside papers: [String] = [], next: String? = nil)
        -> Finder
    {
        let hits =
            projects.map { Finder.Hit(kind: .project, id: $0, title: "", snippet: "", day: nil) }
            + papers.map { Finder.Hit(kind: .publication, id: $0, title: "", snippet: "", day: nil) }
        return Finder { _ in
            Finder.Found(
                hits: hits, count: .init(number: hits.count, isMinimum: false), next: next, readTo: 0)
        }
    }

    @Test(arguments: Backend.available)
    func `shows what is owed or overdue in the project that the words name`(on backend: Backend) async throws
    {
        try await SmallCounty.on(backend) { county in
            let project = county.id("project")
            let states = try await county.site().object("/obligations.json?project=\(project)&limit=100")
            let all = try #require(states["items"] as? [[String: Any]])
            let missing = all.filter {
                ["overdue", "lapsed", "due-soon", "owed"].contains($0["state"] as? String)
                    && $0["verified"] as? Bool == true
            }.compactMap { $0["id"] as? String }
            #expect(!missing.isEmpty && missing.count <= 10)
            let byName = Self.index([project], beside: [county.id("result")])
            // By a code however it is printed, without an index; by the name, through the index.
            for (words, finder) in [
                ("SXZC〔2026〕—12号", Self.empty), ("sxzc[2026]-12号", Self.empty), ("卫生院设备采购", byName),
            ] {
                let site = try county.site(finder: finder)
                let found = try await site.object("/search.json?q=\(Link.encoded(words))")["missing"]
                let value = try #require(found as? [String: Any])
                let rows = value["items"] as? [[String: Any]] ?? []
                #expect(rows.compactMap { $0["id"] as? String } == missing, "\(words)")
                let lists = value["lists"] as? [[String: Any]]
                #expect(lists?.compactMap { $0["address"] as? String } == ["/obligations?project=\(project)"])
                let page = try await site.get("/search?q=\(Link.encoded(words))").text
                #expect(page.contains("<a href=\"/projects/\(project)\">示例县乡镇卫生院设备采购</a></span>"))
                let table = try await site.get("/search.csv?q=\(Link.encoded(words))").text
                for id in missing { #expect(table.contains("公开义务,\(id),")) }
            }
        }
    }

    @Test(arguments: Backend.available)
    func `shows what is missing in none of many projects, nor in those that only one kind asks for`(
        on backend: Backend
    ) async throws {
        try await SmallCounty.on(backend) { county in
            let project = county.id("project")
            let many = Self.index([project] + (1...10).map { "p\($0)" })
            let more = Self.index([project], next: "3.7")
            let narrowed = Self.index([project])
            for (finder, kind) in [(many, ""), (more, ""), (narrowed, "&kind=project")] {
                let found = try await county.site(finder: finder).object(
                    "/search.json?q=\(Link.encoded("设备采购"))\(kind)")
                let rows = (found["missing"] as? [String: Any])?["items"] as? [[String: Any]]
                #expect(rows?.isEmpty == true)
            }
        }
    }

    @Test
    func `says at least where counting stopped, and that the search may go on where nothing was found yet`()
        async throws
    {
        try await SmallCounty.on(.sqlite) { county in
            let paper = Finder.Hit(
                kind: .publication, id: county.id("result"), title: "公告", snippet: "", day: nil)
            for (count, isMinimum, said) in [
                (300, true, "至少 300 条"), (2, false, "<span class=\"quiet\">2 条"),
            ] {
                let finder = Finder { _ in
                    .init(
                        hits: [paper], count: .init(number: count, isMinimum: isMinimum), next: "1.7",
                        readTo: 0)
                }
                let site = try county.site(finder: finder)
                let found = try await site.object("/search.json?q=zz")
                #expect(found["total"] as? Int == count && found["totalIsMinimum"] as? Bool == isMinimum)
                #expect(try await site.get("/search?q=zz").text.contains(said))
            }
            let none = Finder { _ in
                .init(hits: [], count: .init(number: 0, isMinimum: true), next: "1.7", readTo: 0)
            }
            let page = try await county.site(finder: none).get("/search?q=zz").text
            #expect(page.contains("查到这里还没有找到“zz”") && page.contains("after="))
        }
    }

    @Test(arguments: Backend.available)
    func `searches for the long name of a short one as well, says so, and leaves it out where asked`(
        on backend: Backend
    ) async throws {
        try await SmallCounty.on(backend) { county in
            let finder = Finder { query in
                let hits = query.writtenOut.map {
                    Finder.Hit(kind: .body, id: "sx-housing", title: $0, snippet: "", day: nil)
                }
                return .init(
                    hits: hits, count: .init(number: hits.count, isMinimum: false), next: nil, readTo: 0)
            }
            let site = try county.site(finder: finder)
            let begun = try await site.object("/search.json?q=\(Link.encoded("卫健局"))")
            let items = begun["items"] as? [[String: Any]]
            #expect(items?.compactMap { $0["title"] as? String } == ["卫生健康局"])
            // The ledger knows the body by its whole name alone.
            let missing = (begun["missing"] as? [String: Any])?["items"] as? [[String: Any]]
            #expect(missing?.isEmpty == false)
            let page = try await site.get("/search?q=\(Link.encoded("环評"))").text
            #expect(page.contains("“环评”是简称，也按全称“环境影响评价”搜索了"))
            #expect(page.contains("&amp;exact=1\">只搜“环評”</a>"))
            let alone = try await site.object("/search.json?q=\(Link.encoded("卫健局"))&exact=1")
            #expect(alone["writtenOut"] is NSNull && alone.ids.isEmpty)
            #expect(try await !site.get("/search?q=\(Link.encoded("环評"))&exact=1").text.contains("简称"))
        }
    }

    @Test func `says the field of an item once`() async throws {
        try await SmallCounty.on(.sqlite) { county in
            for snippet in ["I-FG-105 社会公益·环境保护 水质", "…监测点位"] {
                let finder = Finder { _ in
                    let hit = Finder.Hit(
                        kind: .item, id: "I-FG-105", title: "饮用水", snippet: snippet, day: nil)
                    return .init(
                        hits: [hit], count: .init(number: 1, isMinimum: false), next: nil, readTo: 0)
                }
                let page = try await county.site(finder: finder).get("/search?q=zz").text
                #expect(page.split(separator: "社会公益·环境保护").count == 2, "\(snippet)")
            }
        }
    }

    @Test(arguments: Backend.available)
    func `says of each hit who published it, in which field, and how timely`(on backend: Backend) async throws
    {
        try await SmallCounty.on(backend) { county in
            let project = county.id("project")
            let finder = Finder { _ in
                let papers = ["result", "on time paper", "for the county"].map {
                    Finder.Hit(kind: .publication, id: county.id($0), title: $0, snippet: "", day: nil)
                }
                let others = [
                    Finder.Hit(kind: .item, id: "I-FG-105", title: "饮用水", snippet: "", day: nil),
                    Finder.Hit(kind: .project, id: project, title: "设备", snippet: "", day: nil),
                    Finder.Hit(kind: .body, id: "sx-housing", title: "卫健局", snippet: "", day: nil),
                ]
                return Finder.Found(
                    hits: papers + others, count: .init(number: 6, isMinimum: false), next: nil, readTo: 0)
            }
            let site = try county.site(finder: finder)
            let items = try await site.object("/search.json?q=zz")["items"] as? [[String: Any]] ?? []
            #expect(items.map { $0["bodyName"] as? String } == ["示例县卫生健康局", "示例县住房和城乡建设局", nil, nil, nil])
            #expect(
                items.map { $0["field"] as? String } == ["政府采购", "住房保障", "社会公益·环境保护", "政府采购", nil])
            #expect(
                items.map { $0["timeliness"] as? [String] } == [["met-on-time"], ["met-on-time"], [], [], []])
            let page = try await site.get("/search?q=zz").text
            #expect(page.contains("示例县卫生健康局") && page.contains("chip-met-on-time"))
        }
    }
}
