import CivilTime
import Web

/// A month as a small table, Monday first (月历). What a day is stands in it as a word, not only as a colour.
struct MonthTable: Piece {
    let caption: HTML
    let days: [CalendarYear.DayRow]
    let today: Day
    /// What else stands in a day's cell.
    let content: @Sendable (Day) -> HTML

    init(
        _ caption: HTML, days: [CalendarYear.DayRow], today: Day,
        content: @escaping @Sendable (Day) -> HTML = { _ in "" }
    ) {
        self.caption = caption
        self.days = days
        self.today = today
        self.content = content
    }

    var html: HTML {
        """
        <table class="month">
        <caption>\(caption)</caption>
        <thead><tr>\(["一", "二", "三", "四", "五", "六", "日"].map { "<th scope=\"col\" abbr=\"周\($0)\">\($0)</th>" as HTML })</tr></thead>
        <tbody>
        \(weeks.map { "<tr>\($0)</tr>\n" as HTML })
        </tbody>
        </table>
        """
    }

    private var weeks: [HTML] {
        guard let first = days.first else { return [] }
        var cells = [HTML](repeating: "<td></td>", count: first.day.weekday - 1) + days.map(cell)
        while !cells.count.isMultiple(of: 7) { cells.append("<td></td>") }
        return stride(from: 0, to: cells.count, by: 7).map { cells[$0..<$0 + 7].reduce("", +) }
    }

    private func cell(_ row: CalendarYear.DayRow) -> HTML {
        let date: HTML = "<time datetime=\"\(row.day)\">\(row.day.dayOfMonth)</time>"
        return """
            <td class="\(kind(row))"\(when: row.day == today, " aria-current=\"date\"")>\(date)\(mark(row))\(content(row.day))</td>
            """
    }

    private func kind(_ row: CalendarYear.DayRow) -> String {
        switch row.kind {
        case .weekday: "month-day"
        case .weekend: "month-weekend"
        case .holiday, .localHoliday: "month-off"
        case .makeUpWorkingDay: "month-worked"
        }
    }

    private func mark(_ row: CalendarYear.DayRow) -> HTML {
        let (mark, words) =
            switch row.kind {
            case .weekday: ("", "工作日")
            case .weekend: ("末", "周末")
            case .holiday: ("休", (row.name.value ?? "") + "放假")
            case .localHoliday: ("地", (row.name.value ?? "") + "放假")
            case .makeUpWorkingDay: ("班", "调休上班（\(row.name.value ?? "")）")
            }
        let whole = mark + (row.provisional ? "?" : "")
        if whole.isEmpty { return "" }
        return "<abbr class=\"month-mark\" title=\"\(words)\(row.provisional ? "，暂定" : "")\">\(whole)</abbr>"
    }
}

/// What the words in a month's cells mean.
struct MonthKey: Piece {
    let days: [CalendarYear.DayRow]

    var html: HTML {
        """
        <p class="month-key"><span class="month-mark month-mark-off">休</span> 放假 \
        <span class="month-mark month-mark-weekend">末</span> 周末 \
        <span class="month-mark month-mark-worked">班</span> 调休上班\
        \(when: days.contains { $0.kind == .localHoliday }, " <span class=\"month-mark month-mark-off\">地</span> 地方假日")\
        \(when: days.contains(where: \.provisional), " <span class=\"month-mark\">?</span> 暂定")。没有字的是工作日。</p>
        """
    }
}
