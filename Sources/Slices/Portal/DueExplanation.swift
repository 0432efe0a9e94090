import CivilTime
import Law
import Obligations
import Web

/// A due day explained: which rule won and why, the days one by one, and what is not known yet.
struct DueExplanation: Piece {
    let computation: DueComputation
    let ruleNames: [String: String]
    /// Whether the item must be disclosed; else the day is a reference only.
    let firm: Bool

    /// Days shown one by one before the rest is folded away.
    private static let daysShown = 70

    var html: HTML {
        """
        \(candidates)
        \(computation.choice.dueDate.map(counting) ?? noNumber)
        """
    }

    private var noNumber: HTML {
        "<p>适用的规定要求公开，但没有写明天数，所以没有到期日，也不会被列为逾期。</p>"
    }

    // MARK: Which rule

    private var candidates: HTML {
        let rows = computation.choice.candidates.map { candidate -> [HTML] in
            [
                "\(when: candidate.won, "<strong>适用</strong> ")<a href=\"/about/rules#\(candidate.rule)\">\(title(of: candidate))</a>",
                "\(candidate.clause)",
                candidate.due.map(time) ?? "<span class=\"quiet\">不推算</span>",
                "\(candidate.reason)",
            ]
        }
        return Table(
            caption: "考虑过的时限规则", columns: ["规则", "依据", "据此到期", "取舍"], rows: rows,
            empty: "触发日没有生效的时限规则。"
        ).html
    }

    private func title(of candidate: RuleChoice.Candidate) -> String {
        if let rule = computation.choice.rule, rule.id == candidate.rule { return rule.title }
        return ruleNames[candidate.rule] ?? candidate.rule
    }

    // MARK: The days

    private func counting(_ due: DueDate) -> HTML {
        """
        <ol class="reasons">\(sentences(due).map { "<li>\($0)</li>" as HTML })</ol>
        \(due.caution.map { "<div class=\"box box-warn\"><p>\($0)</p></div>" as HTML })
        \(strip(due))
        \(calendars(due))
        """
    }

    /// The years that were counted over, day by day elsewhere.
    private func calendars(_ due: DueDate) -> HTML {
        let years = Set(due.steps.map(\.day.year)).filter(CalendarYear.years.contains).sorted()
        if years.isEmpty { return "" }
        let links = years.map { year -> HTML in "<a href=\"/calendar/\(year)\">\(year)年</a>" }
        return "<p>所用工作日历：\(links.joined(separator: "、"))</p>"
    }

    private func sentences(_ due: DueDate) -> [HTML] {
        var sentences: [HTML] = []
        let first = due.steps.first
        sentences.append(
            "触发日 \(time(due.from))（\(due.from.weekdayName)），\(first?.count == nil ? "当日不计入" : "当日计为第一日")。")
        let unit =
            switch due.rule.unit {
            case .workingDays: "个工作日"
            case .calendarDays: "日"
            case .months: "个月"
            }
        let towards = due.rule.direction == .after ? "往后" : "往前"
        sentences.append("\(towards)数 \(due.rule.amount) \(unit)。")
        let weekends = due.steps.count { $0.kind == .weekend && $0.count == nil }
        if weekends > 0 { sentences.append("其间周末 \(weekends) 天，不计。") }
        for holiday in Holiday.runs(of: due.steps) { sentences.append(holiday.sentence) }
        let worked = due.steps.filter { $0.kind == .makeUpWorkingDay && $0.count != nil }
        if !worked.isEmpty {
            let days = worked.map { time($0.day) }.joined(separator: "、")
            sentences.append("调休上班的周末照常计入：\(days)\(source(worked[0].notice))。")
        }
        if due.steps.contains(where: { $0.kind == .rolled }) {
            sentences.append(
                "最后一日是休息日，\(due.rule.roll == .earlier ? "提前到前一个" : "顺延到下一个")工作日。")
        }
        sentences.append(
            firm
                ? "到期日 <strong>\(time(due.due))</strong>（\(due.due.weekdayName)），当日二十四时为止；次日起才算逾期。"
                : "参照期限 <strong>\(time(due.due))</strong>（\(due.due.weekdayName)）；鼓励公开的事项没有逾期一说。")
        return sentences
    }

    private func strip(_ due: DueDate) -> HTML {
        let cells = cells(due)
        guard cells.count > DueExplanation.daysShown else {
            return DayStrip(label: "从触发日到到期日，一天一格", cells: cells).html
        }
        return """
            <details><summary>一天一格地看（\(cells.count) 天）</summary>
            \(DayStrip(label: "从触发日到到期日，一天一格", cells: cells))
            </details>
            """
    }

    /// The last counted day and the due day are the same square.
    private func cells(_ due: DueDate) -> [DayStrip.Cell] {
        var cells: [DayStrip.Cell] = []
        for (index, step) in due.steps.enumerated() {
            let isLast = index == due.steps.count - 1
            if !isLast, step.day == due.due, due.steps.last?.day == step.day { continue }
            cells.append(DayStrip.Cell(step.day, kind(step), note: note(step, due)))
        }
        return cells
    }

    private func kind(_ step: DueStep) -> DayStrip.Cell.Kind {
        switch step.kind {
        case .anchor: .start
        case .counted, .rolled: .counted
        case .weekend, .holiday: step.count == nil ? .skipped : .counted
        case .makeUpWorkingDay: step.count == nil ? .skipped : .worked
        case .due: .due
        }
    }

    private func note(_ step: DueStep, _ due: DueDate) -> String {
        let number = step.count.map { due.rule.unit == .months ? "满\($0)月" : "第\($0)日" }
        return switch step.kind {
        case .anchor: number ?? "触发日"
        case .counted: number ?? ""
        case .rolled: "顺延"
        case .weekend: number ?? "周末"
        case .holiday: number ?? step.name ?? "放假"
        case .makeUpWorkingDay: (number ?? "") + " 调休"
        case .due:
            (firm ? "到期" : "参照")
                + (due.steps.last { $0.day == due.due && $0.count != nil }?.count.map { " 第\($0)日" } ?? "")
        }
    }
}

/// A holiday on the way, its days together.
private struct Holiday {
    let name: String
    let notice: String?
    var days: [Day]

    static func runs(of steps: [DueStep]) -> [Holiday] {
        var runs: [Holiday] = []
        for step in steps where step.kind == .holiday && step.count == nil {
            let name = step.name ?? "节假日"
            if let last = runs.last, last.name == name, last.notice == step.notice {
                runs[runs.count - 1].days.append(step.day)
            } else {
                runs.append(Holiday(name: name, notice: step.notice, days: [step.day]))
            }
        }
        return runs
    }

    var sentence: HTML {
        let first = days.min() ?? days[0]
        let last = days.max() ?? days[0]
        let span: HTML = first == last ? time(first) : "\(time(first)) 至 \(time(last))"
        return "\(name)放假 \(span)，其中 \(days.count) 天不计\(source(notice))。"
    }
}

/// The notice behind a holiday, as a link when it is an address.
private func source(_ notice: String?) -> HTML {
    guard let notice, !notice.isEmpty else { return "" }
    if let link = Link(outside: notice) { return "（<a href=\"\(link)\" rel=\"external\">放假通知</a>）" }
    return "（\(notice)）"
}
