import CivilTime
import Obligations
import Web

/// A month of due days as a page: the month's table, and its days in a list with the states.
struct DueCalendarBody: Sendable {
    let found: DueCalendar.Found
    let month: CalendarMonth

    /// What is not settled and has a due day, the most urgent first.
    static let states: [ObligationState] = [
        .overdue, .lapsed, .dueSoon, .owed, .unobserved, .current, .encouraged, .encouragedMet,
    ]

    private var value: DueCalendar.Value { found.value }
    private var question: ObligationList.Question { found.question }
    private var here: Link { ("/due" as Link).adding(place) }

    private var place: [(name: String, value: String?)] {
        question.place + [("unverified", question.unverified ? "1" : nil)]
    }

    var page: Page {
        Page(
            title: "到期日历：\(month.title)", lead: lead,
            crumbs: [.init("首页", "/"), .init("公开义务", "/obligations")],
            """
            \(conditions)
            \(turner)
            <div class="due-month">\(table)</div>
            \(MonthKey(days: value.days.map(\.calendar)))
            <p class="quiet">格子里是当日到期、还没有了结的义务的项数；! 有逾期未公开的，◔ 有即将到期的，○ 有未到期的，· 其余。\
            已经公开的、决定不予公开的和待触发的不在数内，点开某一日可以看到当日到期的全部义务。</p>
            \(list)
            <p><a href="\(file)">将到期的日历文件（iCalendar）</a>：按以上条件，可在日历程序中订阅；最多 \(DueFile.entriesMax) 项。\
            · <a href="/calendar/\(month.first.year)">工作日历</a></p>
            \(form)
            """)
    }

    private var lead: HTML {
        let total = value.counts.values.reduce(0, +) + value.overdueUnverified
        return "<p>\(month.title)到期、还没有了结的公开义务 \(total) 项。状态截至 \(time(value.day)) 日终。</p>"
    }

    private var file: Link { ("/due.ics" as Link).adding(place) }

    private var conditions: HTML {
        guard !found.names.isEmpty else { return "" }
        return """
            <p>只看\(found.names.map { "\($0.label)：<strong>\($0.name)</strong>" as HTML }.joined(separator: "，"))。\
            <a href="\(("/due" as Link).adding([("month", month.description)]))">看全部</a></p>
            """
    }

    private var turner: HTML {
        let today = CalendarMonth(value.day)
        let ways: [(CalendarMonth?, String)] = [
            (month.adding(-1), "上一月"), (month == today ? nil : today, "本月"), (month.adding(1), "下一月"),
        ]
        let links = ways.compactMap { other, word in
            other.map { other -> HTML in
                "<a href=\"\(here.adding([("month", other.description)]))\">\(word)（\(other.title)）</a>"
            }
        }
        return "<nav class=\"turner\" aria-label=\"换一月\">\(links.joined(separator: " "))</nav>"
    }

    // MARK: The month

    private var table: MonthTable {
        let days = Dictionary(uniqueKeysWithValues: value.days.map { ($0.calendar.day, $0) })
        return MonthTable("\(month.title)", days: value.days.map(\.calendar), today: value.day) { day in
            days[day].map(cell) ?? ""
        }
    }

    private func cell(_ day: DueCalendar.DueDay) -> HTML {
        guard day.total > 0 else { return "" }
        return """
            <a class="due-count due-\(urgency(day))" href="\(link(day, nil))">\
            <span class="due-number">\(day.total)</span><span class="aside">项到期</span></a>
            """
    }

    /// By the most urgent of a day's states.
    private func urgency(_ day: DueCalendar.DueDay) -> String {
        let has = { (state: ObligationState) in (day.counts[state.rawValue] ?? 0) > 0 }
        if has(.overdue) || has(.lapsed) { return "overdue" }
        if has(.dueSoon) { return "soon" }
        return has(.owed) ? "owed" : "other"
    }

    private func link(_ day: DueCalendar.DueDay, _ state: ObligationState?) -> Link {
        let date = day.calendar.day.description
        return ("/obligations" as Link).adding(
            place + [("from", date), ("to", date), ("state", state?.rawValue)])
    }

    // MARK: The list

    private var list: HTML {
        let days = value.days.filter { $0.total > 0 }
        return """
            <h2>逐日</h2>
            \(Table(
                caption: "有义务到期的日子", columns: ["日期", "是什么日子", Table.Column("项数", isNumber: true), "状态"],
                rows: days.map(row), empty: "这个月没有还没了结的义务到期。"))
            """
    }

    private func row(_ day: DueCalendar.DueDay) -> [HTML] {
        let states = Self.states.compactMap { state -> HTML? in
            day.counts[state.rawValue].map {
                "<a href=\"\(link(day, state))\">\(StateChip(state))</a> <span class=\"count\">\($0)</span>"
            }
        }
        let unverified: HTML =
            day.overdueUnverified == 0
            ? ""
            : "\(Chip("unverified", "已过期限，规则待核实")) <span class=\"count\">\(day.overdueUnverified)</span>"
        let calendar = day.calendar
        return [
            "<a href=\"\(link(day, nil))\">\(time(calendar.day))</a> \(calendar.weekday)",
            "\(calendar.kindName)\(calendar.name.value.map { "（\($0)）" })\(when: calendar.provisional, " \(Chip("provisional", "暂定"))")",
            "\(day.total)", (states + [unverified]).joined(separator: " "),
        ]
    }

    // MARK: Conditions

    private var form: HTML {
        let jurisdictions =
            [(value: "", title: "全部")] + found.jurisdictions.map { (value: $0.code, title: $0.name) }
        let fields = [(value: "", title: "全部")] + found.fields.map { (value: $0, title: $0) }
        return folded(
            AskingForm(
                to: "/due", label: "筛选到期日历", button: "查看",
                [
                    Control.text("month", "月份", value: month.description, hint: "如 2026-12"),
                    Control.choice(
                        "jurisdiction", "地区", options: jurisdictions, chosen: question.jurisdiction),
                    Control.choice("field", "领域", options: fields, chosen: question.field),
                    Control.text("body", "公开主体（名称或编号）", value: question.body),
                    Control.kept("item", question.item), Control.kept("project", question.project),
                    Control.kept("unverified", question.unverified ? "1" : nil),
                ]), isUsed: false)
    }
}
