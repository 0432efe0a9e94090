import CivilTime
import Obligations
import Web

/// The ledger's list as a page: states with their counts, conditions, rows.
struct ObligationListPage: Sendable {
    let question: ObligationList.Question
    let found: ObligationList.Found
    let states: [(state: ObligationState?, link: Link)]
    let withUnverified, today: Link
    let first: Link?
    let next: Link?

    init(
        question: ObligationList.Question, found: ObligationList.Found, request: WebRequest, isFurther: Bool,
        next: Link?
    ) throws {
        self.question = question
        self.found = found
        self.next = next
        first = isFurther ? try request.link(changing: "after", to: nil) : nil
        withUnverified = try request.link(changing: "unverified", to: "1")
        today = try request.link(changing: "on", to: nil)
        states = try ([nil] + ObligationState.allCases.map(Optional.some)).map {
            ($0, try request.link(changing: "state", to: $0?.rawValue))
        }
    }

    var page: Page {
        Page(
            title: "公开义务", lead: "<p>应当公开什么、由谁公开、最迟哪一天公开。状态截至 \(time(found.day)) 日终。</p>",
            crumbs: [.init("首页", "/")],
            """
            \(PastNotice(found.past, today: today))
            <nav class="states" aria-label="按状态查看"><ul>\(states.map(stateEntry))</ul></nav>
            \(found.ways)
            \(leftOut)
            \(form)
            <h2>\(question.state?.title ?? "全部义务") <span class="quiet">共 \(found.total) 项</span></h2>
            \(question.state.map { "<p class=\"quiet\">\($0.meaning)</p>" as HTML })
            \(Table.obligations(found.rows, caption: caption, empty: "没有符合条件的公开义务。", on: found.past))
            \(Turner(first: first, next: next))
            \(when: found.past == nil, "<p><a href=\"\(question.file)\">将到期的日历文件（iCalendar）</a>：按以上条件，可在日历程序中订阅。<a href=\"\(calendar)\">到期日历</a></p>")
            """)
    }

    private var calendar: Link { ("/due" as Link).adding(question.place) }

    private var caption: String { "按到期日从早到晚；尚无到期日的在后" }

    private func stateEntry(_ entry: (state: ObligationState?, link: Link)) -> HTML {
        let count = entry.state.map { found.counts[$0] ?? 0 }
        if let count, count == 0, entry.state != question.state { return "" }
        let here = entry.state == question.state
        let label: HTML =
            if let state = entry.state {
                "\(StateChip(state)) <span class=\"count\">\(count ?? 0)</span>"
            } else { "全部" }
        return "<li><a href=\"\(entry.link)\"\(when: here, " aria-current=\"true\"")>\(label)</a></li>"
    }

    /// Says what is not counted, in the list where somebody would look for it.
    private var leftOut: HTML {
        guard found.leftOut > 0, question.state == nil || question.state == .overdue else { return "" }
        return """
            <div class="box"><p>另有 \(found.leftOut) 项已过期限，但所依据的时限规则尚未与官方文本核对，不列为逾期。\
            <a href="\(withUnverified)">一并列出</a></p></div>
            """
    }

    private var form: HTML {
        let jurisdictions =
            [(value: "", title: "全部")] + found.jurisdictions.map { (value: $0.code, title: $0.name) }
        let fields = [(value: "", title: "全部")] + found.fields.map { (value: $0, title: $0) }
        let conditions = AskingForm(
            to: "/obligations", label: "筛选公开义务", button: "筛选",
            [
                Control.choice("jurisdiction", "地区", options: jurisdictions, chosen: question.jurisdiction),
                Control.choice("field", "领域", options: fields, chosen: question.field),
                Control.text("body", "公开主体（名称或编号）", value: question.body, hint: found.bodyName),
                Control.text("item", "事项编号", value: question.item, hint: found.itemTitle),
                Control.day("from", "到期日不早于", value: question.from),
                Control.day("to", "到期日不晚于", value: question.to),
                Control.day("on", "看某一日的台账", value: found.past, hint: "那一日日终前已经记载的"),
                Control.kept("state", question.state?.rawValue),
                Control.kept("project", question.project),
                Control.kept("unverified", question.unverified ? "1" : nil),
            ])
        return folded(conditions, isUsed: question.isNarrowed || found.past != nil) + projectLine
    }

    private var projectLine: HTML {
        guard let project = question.project else { return "" }
        return "<p>只看项目：<a href=\"/projects/\(project)\">\(found.projectTitle)</a></p>"
    }
}
