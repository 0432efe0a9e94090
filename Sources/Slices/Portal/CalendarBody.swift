import CivilTime
import Law
import Web

/// A year as a page: what is not known, twelve months, the holidays with their notices.
struct CalendarBody: Sendable {
    let value: CalendarYear

    var page: Page {
        Page(
            title: "\(value.year)年工作日历\(value.jurisdictionName.value.map { "（\($0)）" } ?? "")",
            lead: "<p>\(when: !value.announced, "暂定 ")\(value.workingDays) 个工作日，\(value.restDays) 个休息日。</p>",
            crumbs: [.init("首页", "/"), .init("时限规则", "/about/rules")],
            """
            \(when: !value.announced, "<div class=\"box box-warn\"><p>\(CalendarYear.caution(value.year))</p></div>")
            \(turner)
            \(MonthKey(days: value.days))
            <div class="months">
            \(months)
            </div>
            <h2>放假和调休</h2>
            \(Table(caption: "放假的日子和换来上班的周末", columns: ["节日", "放假", "调休上班", "依据"], rows: value.holidays.map(row), empty: "没有载入的放假安排。"))
            <p>到期日按这份日历推算，日历数据版本 \(value.calendarVersion)。\
            <a href="\(file)">放假调休的日历文件（iCalendar）</a></p>
            """)
    }

    private var months: [HTML] {
        (1...12).map { month in
            MonthTable(
                "\(month)月", days: value.days.filter { $0.day.month == month }, today: value.day
            ).html
        }
    }

    private var place: [(name: String, value: String?)] { [("jurisdiction", value.jurisdiction.value)] }
    private var file: Link { ("/calendar/\(value.year).ics" as Link).adding(place) }

    private var turner: HTML {
        let neighbours = [(value.year - 1, "上一年"), (value.year + 1, "下一年")]
            .filter { CalendarYear.years.contains($0.0) }
            .map { year, word -> HTML in
                "<a href=\"\(("/calendar/\(year)" as Link).adding(place))\">\(word)（\(year)）</a>"
            }
        return "<nav class=\"turner\" aria-label=\"换一年\">\(neighbours.joined(separator: " "))</nav>"
    }

    private func row(_ holiday: CalendarYear.HolidayRow) -> [HTML] {
        let off = holiday.off.map { span -> HTML in
            span.first == span.last ? time(span.first) : "\(time(span.first)) 至 \(time(span.last))"
        }
        return [
            "\(holiday.name)\(when: holiday.provisional, " \(Chip("provisional", "暂定"))")",
            off.isEmpty ? "—" : off.joined(separator: "<br>"),
            holiday.work.isEmpty ? "—" : holiday.work.map(time).joined(separator: "、"), source(holiday),
        ]
    }

    private func source(_ holiday: CalendarYear.HolidayRow) -> HTML {
        guard let notice = holiday.notice.value else { return "<span class=\"quiet\">通知文号不详</span>" }
        guard let link = holiday.address.value.flatMap(Link.init(outside:)) else { return "\(notice)" }
        let words = notice == holiday.address.value ? "放假通知" : notice
        return "<a href=\"\(link)\" rel=\"external\">\(words)</a>"
    }
}
