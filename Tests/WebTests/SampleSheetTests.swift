import CivilTime
import Foundation
import Law
import Testing
import Web
import WebTesting

/// One page with every piece on it: what a designer looks at. `SHEET=folder` writes it there with its stylesheet.
@Suite struct `The sample sheet` {
    static let stylesheet = DataFiles.builtIn("site.css") ?? []

    static let look = Look(
        siteName: "日晷", tagline: "示例县公共资源配置信息公开",
        navigation: [
            .init("首页", "/"), .init("公开事项", "/catalogue"), .init("公开义务", "/obligations"),
            .init("项目", "/projects"), .init("机构", "/bodies"), .init("搜索", "/search"),
        ],
        footer: "<p>按《中华人民共和国政府信息公开条例》公开。</p>",
        notice: "<p><strong>示例</strong>：本站数据为演示而编，不是真实项目。</p>", stylesheet: stylesheet)

    static let states: [(String, String)] = [
        ("awaited", "未触发"), ("owed", "应公开"), ("due-soon", "即将到期"), ("overdue", "逾期未公开"),
        ("unobserved", "未采集"), ("met-on-time", "按时公开"), ("met-late", "迟公开"),
        ("met-undetermined", "已公开，时间不能认定"), ("encouraged", "鼓励公开，尚未公开"),
        ("encouraged-met", "鼓励公开，已公开"), ("withheld", "不予公开"), ("not-applicable", "不适用"),
        ("void", "已作废"), ("current", "现行"), ("lapsed", "已过期"), ("provisional", "暂定"),
    ]

    static func page() -> Page {
        let day = { (text: String) in Day(text) ?? Day(ordinal: 0) }
        return Page(
            title: "示例县第一中学实验楼建设项目 施工招标",
            lead: "<p>归集编号 <span class=\"code\">SDGP370000000202602000616</span>，由示例县教育局组织实施。</p>",
            crumbs: [.init("首页", "/"), .init("项目", "/projects")],
            """
            <form class="search-box" method="get" action="/search" role="search">
            <input type="search" name="q" aria-label="搜索" placeholder="项目名称、编号、机构"><button type="submit">搜索</button></form>
            <div class="figures">\(Figure(3, "逾期未公开", state: "overdue", link: "/obligations"))\
            \(Figure(12, "五个工作日内到期", state: "due-soon", link: "/obligations"))\
            \(Figure(240, "按时公开", state: "met-on-time", link: "/obligations"))\
            \(Figure(31, "未采集", state: "unobserved", link: "/obligations"))</div>
            <h2>状态</h2>
            <p>\(states.map { Chip($0.0, $0.1).html }.joined(separator: " "))</p>
            <h2>基本情况</h2>
            \(Facts([
                ("公开主体", "<a href=\"/bodies/1\">示例县教育局</a>"), ("到期日", "2026-02-25 \(Chip("provisional", "暂定"))"),
                ("依据", "《中华人民共和国政府信息公开条例》第二十六条：自该政府信息形成或者变更之日起20个工作日内及时公开"),
            ]))
            <h2>各环节</h2>
            \(Timeline(label: "各环节", steps: [
                .init("招标公告", .done, when: "\(day("2026-01-05"))", detail: "<p><a href=\"/publications/1\">施工招标公告</a></p>"),
                .init("资格预审公告", .withheld, detail: "<p>涉及商业秘密，2026-01-08 决定，2027-01-08 复查。</p>"),
                .init("中标候选人公示", .missing, when: "应于 2026-02-03 前公开", detail: "<p>示例县教育局应当公开，逾期 12 个工作日。</p>"),
                .init("中标结果", .late, when: "\(day("2026-02-25"))", detail: "<p>比到期日晚 3 个工作日。</p>"),
                .init("合同订立", .awaited, when: "中标通知书发出之日起 30 日内"), .init("更正说明", .note, when: "\(day("2026-03-01"))"),
            ]))
            <h2>到期日怎么算</h2>
            \(DayStrip(label: "从触发日到到期日", cells: strip()))
            <div class="box box-warn"><p>2027年的节假日安排尚未公布，到期日按周末和法定节日暂定。</p></div>
            <h2>清单</h2>
            \(AskingForm(to: "/obligations", label: "筛选", [
                Control.text("q", "关键词", value: "实验楼", kind: .search),
                Control.choice("state", "状态", options: [("", "全部"), ("overdue", "逾期未公开")], chosen: "overdue"),
                Control.day("from", "到期日不早于"),
            ]))
            \(Table(
                caption: "公开义务，逾期最久的在前", columns: ["事项", "公开主体", "到期日", "状态", .init("逾期工作日", isNumber: true)],
                rows: [
                    ["<a href=\"/obligations/1\">中标候选人公示</a>", "示例县教育局", "2026-02-03", "\(Chip("overdue", "逾期未公开"))", "12"],
                    ["<a href=\"/obligations/2\">国有建设用地使用权出让结果公告</a>", "示例县自然资源和规划局", "2026-02-20", "\(Chip("met-late", "迟公开"))", "3"],
                ]))
            \(Turner(first: "/obligations", next: "/obligations?after=x"))
            <h2>提交</h2>
            \(ActingForm(to: "/forms", button: "提交", [
                Control.text("name", "姓名", wrong: "请填写姓名。", isRequired: true),
                Control.longText("what", "需要的信息", hint: "写明名称、文号或者便于查询的其他特征。"),
            ]))
            """)
    }

    private static func strip() -> [DayStrip.Cell] {
        let start = Day(2026, 2, 5) ?? Day(ordinal: 0)
        var number = 0
        return (0...22).map { offset in
            let day = start.adding(days: offset)
            if offset == 0 { return .init(day, .start, note: "触发日") }
            if (15...23).contains(day.dayOfMonth) { return .init(day, .skipped, note: "春节") }
            if day.isWeekend, day.dayOfMonth != 14, day.dayOfMonth != 28 {
                return .init(day, .skipped, note: "休息日")
            }
            number += 1
            if offset == 22 { return .init(day, .due, note: "第\(number)日 到期") }
            return .init(
                day, day.isWeekend ? .worked : .counted, note: "第\(number)日\(day.isWeekend ? " 调休" : "")")
        }
    }

    @Test func `shows every piece, and is written out when asked for`() async throws {
        let routes = Routes()
        routes.get("sheet") { _ in .page(Self.page(), meantFor: .everyone) }
        let site = Site(routes, look: Self.look)
        let page = try await site.get("/sheet")
        #expect(page.status == 200)
        for (state, label) in Self.states {
            #expect(page.text.contains("<span class=\"chip chip-\(state)\">\(label)</span>"))
            #expect(
                String(decoding: Self.stylesheet, as: UTF8.self).contains(".chip-\(state)::before"),
                "\(state)")
        }
        guard let folder = ProcessInfo.processInfo.environment["SHEET"] else { return }
        let problem = try await site.get("/nowhere")
        for (name, answer) in [("sheet", page), ("problem", problem)] {
            let text = answer.text.replacing(/\/assets\/site-[0-9a-z]+\.css/, with: "site.css")
            try text.write(toFile: folder + "/\(name).html", atomically: true, encoding: .utf8)
        }
        try Data(Self.stylesheet).write(to: URL(filePath: folder + "/site.css"))
    }

    @Test func `has no piece that depends on a script or a style of its own`() async throws {
        let page = Self.look
        let routes = Routes()
        routes.get("sheet") { _ in .page(Self.page(), meantFor: .everyone) }
        let text = try await Site(routes, look: page).get("/sheet").text
        for banned in ["<script", "<style", " style=", " onclick", "javascript:"] {
            #expect(!text.contains(banned))
        }
    }
}
