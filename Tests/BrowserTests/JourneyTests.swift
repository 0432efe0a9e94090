import BrowserTesting
import Foundation
import Testing
import WebTesting

extension `The portal in a browser` {
    /// What people come for, from the first page to the last.
    @Suite struct `A reader` {
        private static let project = "示例县城新区08号商服地块出让"
        private static let paper = "示例县SX-2026-08号地块国有建设用地使用权成交公示"

        @Test(arguments: [Screen.desk, .phone, .zoomed], [true, false])
        func `finds a project, its paper, what was corrected in it, and prints it`(
            screen: Screen, withScripts: Bool
        ) async throws {
            try await Stage.here.visit(on: screen) { tab in
                if !withScripts { try await tab.forbidScripts() }
                try await tab.open("/")
                try await tab.follow("搜索", in: "nav")
                try await tab.type("商服地块", into: "搜索")
                try await tab.leadingToPage { try await tab.press(.enter) }
                #expect(try await tab.address == "/search?q=商服地块")
                try await tab.follow(Self.project, in: "main")
                #expect(try await tab.heading == Self.project)
                try await tab.follow(Self.paper, in: "main")
                #expect(try await tab.heading == Self.paper)
                try await tab.follow("与上一版的不同", in: "main")
                #expect(try await tab.heading.contains("第 2 版"))
                try await tab.follow(Self.paper, in: "main")
                try await expectToPrint(tab)
            }
        }

        /// On paper there is the text, where it is kept for good, and nothing that cannot be clicked there.
        private func expectToPrint(_ tab: Tab) async throws {
            try await tab.print()
            let place = try await tab.address
            #expect(try await tab.words.contains(tab.site + place))
            #expect(try await tab.shows(".qr-code"))
            for what in ["nav", "form", "button"] { #expect(try await !tab.shows(what), "\(what)") }
            let pages = try await tab.wordsOnPaper()
            let words = pages.joined()
            for what in [Self.paper, "信息来源", "公开时间", "永久地址", tab.site] {
                #expect(words.contains(what), "\(what)")
            }
            // Ways to other pages, which once stood alone on the last sheet.
            for what in ["网站地图", "进度查询", "长者模式"] { #expect(!words.contains(what), "\(what)") }
            #expect(pages.last?.contains("版本") ?? false)
        }

        @Test(arguments: [Screen.desk, .phone, .zoomed], [true, false])
        func `sees what is late, who owes it, and what may be done about it`(
            screen: Screen, withScripts: Bool
        ) async throws {
            try await Stage.here.visit(on: screen) { tab in
                if !withScripts { try await tab.forbidScripts() }
                try await tab.open("/")
                try await tab.follow("逾期未公开", in: "main")
                #expect(try await tab.address == "/obligations?state=overdue")
                try await tab.follow("示例县生态环境局", in: "main")
                #expect(try await tab.heading == "示例县生态环境局")
                try await tab.follow("县城和集镇集中式饮用水水源地水质监测信息", in: "main")
                let words = try await tab.words
                #expect(words.contains("仍没有公开"))
                // The channel of the plan, and what the law gives everybody.
                #expect(words.contains("县政务中心、县督查局") && words.contains("政府信息公开条例 第四十七条"))
            }
        }

        @Test func `sees on a telephone which place is late, and unfolds its fields`() async throws {
            try await Stage.here.visit(on: .phone) { tab in
                try await tab.forbidScripts()
                try await tab.open("/columns")
                #expect(try await tab.value("document.documentElement.scrollHeight < 3000"))
                #expect(try await !tab.words.contains("矿业权出让"))
                try await tab.click("逾期未公开", in: "main")
                #expect(try await tab.words.contains("矿业权出让"))
                try await tab.print()
                // What is folded on the screen is open on paper: the last field of the last place, too.
                #expect(try await tab.wordsOnPaper().joined().contains("汕尾市的领域"))
            }
        }

        @Test func `asks how far a project is by the code on a paper`() async throws {
            try await Stage.here.visit(on: .phone) { tab in
                try await tab.open("/")
                try await tab.type("sxzc-2026-0012", into: "项目编号")
                try await tab.leadingToPage { try await tab.press(.enter) }
                let words = try await tab.words
                #expect(words.contains("示例县乡镇卫生院医疗设备采购项目") && words.contains("逾期未公开"))
            }
        }

        /// With the tab and enter keys alone; whatever has the keyboard can be seen to have it.
        @Test func `needs no mouse`() async throws {
            try await Stage.here.visit { tab in
                try await tab.open("/")
                try await tab.press(.tab)
                #expect(try await tab.focused().name.contains("跳到正文"))
                try await tab.press(.enter)
                var unseen = try await tab.tab(to: "项目编号")
                try await tab.type("商服地块")
                try await tab.leadingToPage { try await tab.press(.enter) }
                for link in [Self.project, Self.paper, "与上一版的不同"] {
                    unseen += try await tab.tab(to: link)
                    try await tab.leadingToPage { try await tab.press(.enter) }
                }
                #expect(try await tab.heading.contains("第 2 版"))
                #expect(unseen.isEmpty, "\(unseen)")
            }
        }

        @Test func `sees what is late and what may be done about it without a mouse`() async throws {
            try await Stage.here.visit { tab in
                try await tab.open("/")
                var unseen: [String] = []
                for link in ["逾期未公开", "示例县生态环境局", "县城和集镇集中式饮用水水源地水质监测信息"] {
                    unseen += try await tab.tab(to: link)
                    try await tab.leadingToPage { try await tab.press(.enter) }
                }
                #expect(try await tab.words.contains("您可以做什么"))
                #expect(unseen.isEmpty, "\(unseen)")
            }
        }

        @Test func `comes through every page with the keyboard and out of it again`() async throws {
            let stage = try Stage.here
            let findings = try await stage.findings(on: PageTypes.oneOfEach(on: stage)) { tab in
                try await tab.press(.tab)
                let first = try await tab.focused().name
                return try await tab.tab(to: first, atMost: 1500)
            }
            #expect(findings.isEmpty, "\(findings.report)")
        }

        /// What a page says with scripts and without is the same; only the page that checks receipts computes something.
        @Test func `reads every page without scripts`() async throws {
            let stage = try Stage.here
            let pages = try await PageTypes.oneOfEach(on: stage).filter { $0 != "/log/check" }
            for address in pages {
                let words = try await [true, false].asyncMap { withScripts in
                    try await stage.visit { tab in
                        if !withScripts { try await tab.forbidScripts() }
                        try await tab.open(address)
                        return try await tab.words
                    }
                }
                #expect(words[0] == words[1] && words[0].count > 100, "\(address)")
            }
        }

        @Test func `chooses traditional characters once, for every page and every search`() async throws {
            try await Stage.here.visit { tab in
                try await tab.open("/")
                try await tab.follow("繁體")
                #expect(try await tab.words.contains("應當公開的"))
                try await tab.follow("搜索", in: "nav")
                try await tab.type("商服地塊", into: "搜索")
                try await tab.leadingToPage { try await tab.press(.enter) }
                try await tab.follow("示例縣城新區08號商服地塊出讓", in: "main")
                #expect(try await tab.heading == "示例縣城新區08號商服地塊出讓")
                try await tab.follow("简体")
                #expect(try await tab.heading == Self.project)
            }
        }

        @Test func `reads larger in elder mode until it is left`() async throws {
            try await Stage.here.visit { tab in
                try await tab.open("/")
                let usual: Double = try await tab.value(
                    "parseFloat(getComputedStyle(document.body).fontSize)")
                try await tab.follow("长者模式")
                try await tab.follow("公开义务", in: "nav")
                let large: Double = try await tab.value(
                    "parseFloat(getComputedStyle(document.body).fontSize)")
                #expect(large >= 1.2 * usual)
                try await tab.follow("退出长者模式")
                let again: Double = try await tab.value(
                    "parseFloat(getComputedStyle(document.body).fontSize)")
                #expect(again == usual)
            }
        }

        private struct Found: Decodable {
            struct Item: Decodable {}
            let total: Int
            let items: [Item]
        }

        /// The pairs of this word stand apart in other papers, and the index counts by pairs.
        @Test func `is told as many as are listed`() async throws {
            let word = try #require(
                "地表水水质".addingPercentEncoding(withAllowedCharacters: .alphanumerics))
            let answer = try await Stage.here.site.get("/search.json?limit=100&q=\(word)")
            let found = try JSONDecoder().decode(Found.self, from: Data(answer.bytes))
            #expect(!found.items.isEmpty && found.total == found.items.count)
        }

        @Test func `finds a way without Chinese`() async throws {
            try await Stage.here.visit { tab in
                try await tab.open("/")
                try await tab.follow("English")
                #expect(try await tab.value("document.documentElement.lang") == "en")
                try await tab.follow("Overdue", in: "main")
                #expect(try await tab.address == "/obligations?state=overdue")
                #expect(try await tab.value("document.documentElement.lang") == "en")
            }
        }
    }
}

extension Sequence {
    /// One after another.
    fileprivate func asyncMap<Value>(_ transform: (Element) async throws -> Value) async rethrows -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await transform(element)) }
        return values
    }
}
