import Foundation
import Obligations
import People
import Portal
import Projects
import Searching
import StorageTesting
import Testing
import Web
import WebTesting

@Suite struct `The progress of a project` {
    private static func ask(_ words: String) -> String { "/progress?q=\(Link.encoded(words))" }

    private static func data(_ words: String) -> String { "/progress.json?q=\(Link.encoded(words))" }

    private func tracks(_ answer: [String: Any]) throws -> [[String: Any]] {
        let progress = try #require(answer["progress"] as? [String: Any])
        return try #require(progress["tracks"] as? [[String: Any]])
    }

    private func step(_ part: String, _ track: [String: Any]) -> [String: Any] {
        track[part] as? [String: Any] ?? [:]
    }

    // Lot 1 was signed for on 2026-11-20 and nobody recorded the letter to the winner; lot 2 was terminated on 2026-11-04.
    @Test(arguments: Backend.available)
    func `is told by any code however it is printed`(on backend: Backend) async throws {
        try await SmallCounty.on(backend) { county in
            let site = try county.site()
            for code in `A project`.prints + [county.id("project")] {
                let answer = try await site.object(Self.data(code))
                #expect(answer["by"] as? String == "code", "\(code)")
                let tracks = try tracks(answer)
                #expect(tracks.map { $0["lot"] as? String } == ["1", "2"])
                #expect(step("last", tracks[0])["event"] as? String == "procurement.contract_signed")
                #expect(step("last", tracks[0])["day"] as? String == "2026-11-20")
                #expect(step("next", tracks[0])["event"] as? String == "procurement.accepted")
                #expect(tracks[0]["unseen"] as? [String] == ["发出中标、成交通知书"])
                #expect(step("last", tracks[1])["day"] as? String == "2026-11-04")
                #expect(tracks[1]["ended"] as? Bool == true && step("next", tracks[1]).isEmpty)
                #expect(tracks[1]["unseen"] as? [String] == [])
            }
        }
    }

    @Test func `is told in plain words, with what is late and who owes it`() async throws {
        try await SmallCounty.on(.sqlite) { county in
            let site = try county.site()
            let page = try await site.get(Self.ask("SXZC〔2026〕—12号")).text
            #expect(page.contains("<strong>签订政府采购合同</strong>，<time datetime=\"2026-11-20\">"))
            #expect(page.contains("<strong>履约验收</strong>，最迟哪一天，本平台没有收录这样的规定"))
            #expect(page.contains("目录没有要求公开这一步"))
            #expect(page.contains("您可以做什么") && page.contains("方案的监督渠道") && page.contains("附件3四（二）"))
            #expect(page.contains("已终止，没有下一步") && page.contains("没有记录不等于没有发生"))
            #expect(page.contains("href=\"/projects/\(county.id("project"))\""))
            let value = try await site.object(Self.data("SXZC〔2026〕—12号"))
            let progress = try #require(value["progress"] as? [String: Any])
            let project = try await site.object("/obligations.json?project=\(county.id("project"))&limit=100")
            let all = try #require(project["items"] as? [[String: Any]])
            for (list, states) in [
                ("late", ["overdue", "lapsed"]), ("comingDue", ["owed", "due-soon"]),
                ("unsettled", ["unobserved"]),
            ] {
                let expected = all.filter {
                    states.contains($0["state"] as? String ?? "") && !($0["due"] is NSNull)
                        && $0["verified"] as? Bool == true
                }.compactMap { $0["id"] as? String }
                let shown = (progress[list] as? [[String: Any]] ?? []).filter {
                    $0["verified"] as? Bool == true
                }
                #expect(Set(shown.compactMap { $0["id"] as? String }) == Set(expected), "\(list)")
            }
        }
    }

    // The notice of 2026-10-12 names the opening of 2026-12-21; today is 2026-12-16.
    @Test func `names the day for which the next step was announced`() async throws {
        try await SmallCounty.on(.sqlite) { county in
            let answer = try await county.site().object(Self.data("SXZC-2026-13"))
            let track = try tracks(answer)[0]
            #expect(step("last", track)["occurrence"] as? String == "announced")
            #expect(step("next", track)["planned"] as? String == "2026-12-21")
            let page = try await county.site().get(Self.ask("SXZC-2026-13")).text
            #expect(page.contains("<strong>开标</strong>，拟定于 <time datetime=\"2026-12-21\">"))
            #expect(page.contains("不等于没有公开，不认定逾期"))
        }
    }

    // The winner was fixed on Tuesday, 2026-12-01: two working days later is 2026-12-03, and today is 2026-12-16.
    @Test func `says that the last day of the next step is over, and accuses nobody`() async throws {
        try await SmallCounty.on(.sqlite) { county in
            let project = try await county.act(on: "2026-12-01") { transaction, law, occasion in
                let project = try OpenProject(
                    jurisdiction: "SX", field: "政府采购", title: "示例县校车采购",
                    keys: [ProjectKey(kind: .procurement, printed: "SXZC-2026-77")]
                ).perform(in: transaction, occasion).project.id
                var record = RecordEvent(
                    kind: "procurement.result_fixed", body: "sx-education", day: occasion.today,
                    basis: .document)
                record.jurisdiction = "SX"
                record.project = project
                record.evidence = "评标报告"
                _ = try record.perform(in: transaction, law: law, occasion)
                return project
            }
            let answer = try await county.site().object(Self.data(project))
            let progress = try #require(answer["progress"] as? [String: Any])
            let awaited = try #require(progress["awaited"] as? [[String: Any]])
            #expect(awaited.map { $0["item"] as? String } == ["I-FG-022", "I-FG-022"])
            let page = try await county.site().get(Self.ask(project)).text
            #expect(page.contains("将来要公开的") && !page.contains("没有等着公开的"))
            #expect(
                page.contains(
                    "<strong>发出中标、成交通知书</strong>，依法不晚于 <time datetime=\"2026-12-03\">2026-12-03</time>，已过 13 日；没有记录不等于没有发生，也可能依法中止或者顺延"
                ))
        }
    }

    @Test(arguments: Backend.available)
    func `is asked once more where a code gathers several`(on backend: Backend) async throws {
        try await SmallCounty.on(backend) { county in
            let site = try county.site()
            let answer = try await site.object(Self.data("示财采〔2026〕45号"))
            let found = (answer["projects"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? String }
            #expect(Set(found) == [county.id("project"), county.id("second project")])
            #expect(answer["progress"] is NSNull)
            let page = try await site.get(Self.ask("示财采〔2026〕45号")).text
            for id in found {
                #expect(page.contains("href=\"/progress?q=\(id)\""))
                #expect(try await site.get("/progress?q=\(id)").text.contains("<h1>进度："))
            }
        }
    }

    @Test(arguments: Backend.available)
    func `is found by a name, through the papers of the project, and by none that is closed`(
        on backend: Backend
    ) async throws {
        try await SmallCounty.on(backend) { county in
            func asked(_ stories: [String]) async throws -> [String: Any] {
                let hits = stories.map {
                    Finder.Hit(kind: .publication, id: county.id($0), title: "", snippet: "", day: nil)
                }
                let finder = Finder { _ in
                    .init(
                        hits: hits, count: .init(number: hits.count, isMinimum: false), next: nil, readTo: 0)
                }
                return try await county.site(finder: finder).object(Self.data("卫生院设备"))
            }
            let found = try await asked(["narrowed", "tender notice", "result"])
            #expect(found["by"] as? String == "name" && found["progress"] is [String: Any])
            let closed = try await asked(["narrowed", "for the county", "withdrawn"])
            #expect(closed["by"] is NSNull && closed["progress"] is NSNull)
        }
    }

    @Test func `says what it knows and what to check where nothing is found`() async throws {
        try await SmallCounty.on(.sqlite) { county in
            let site = try county.site()
            for address in [Self.ask("没有的编号-1"), "/progress"] {
                let answer = try await site.get(address)
                #expect(answer.status == 200)
                for kind in KeyKind.allCases { #expect(answer.text.contains("<li>\(kind.title)"), "\(kind)") }
            }
            let page = try await site.get(Self.ask("没有的编号-1")).text
            #expect(page.contains("没有找到不等于没有这个项目") && page.contains("全文索引没有开启"))
            #expect(page.contains("/search?q=\(Link.encoded("没有的编号-1"))"))
            #expect(try await site.get("/").text.contains("method=\"get\" action=\"/progress\""))
        }
    }
}
