import Obligations
import Web

/// A body's obligations by state, as a supervisor would read them: what has a limit, what must always stand, what is
/// only encouraged; each with a bar beside its number.
struct BodyRecord: Piece {
    let counts: [String: Int]
    let rates: [Rate]
    let owed: Link

    private static let groups: [(title: String, states: [ObligationState])] = [
        (
            "有期限的",
            [
                .metOnTime, .metLate, .metUndetermined, .overdue, .unobserved, .dueSoon, .owed, .awaited,
                .withheld, .notApplicable,
            ]
        ),
        ("常态公开的（须一直有现行版本）", [.current, .lapsed]),
        ("鼓励公开的（没有逾期一说）", [.encouragedMet, .encouraged]),
    ]

    var html: HTML { "\(Self.groups.map { group($0.title, $0.states) })" }

    private func count(_ state: ObligationState) -> Int { counts[state.rawValue] ?? 0 }

    private func group(_ title: String, _ states: [ObligationState]) -> HTML {
        let whole = states.map(count).reduce(0, +)
        let isFirst = title == Self.groups[0].title
        guard whole > 0 || isFirst else { return "" }
        // That nothing is overdue is worth a row.
        let shown = states.filter { count($0) > 0 || $0 == .overdue }
        return """
            \(when: shown.count > 1, Bar(states.map { Bar.Part($0.rawValue, count($0)) }, of: whole).html)
            \(Table(
                caption: "\(title)：\(whole) 项",
                columns: ["状态", Table.Column("项数", isNumber: true), "图示", "公开时间的依据"],
                rows: shown.map { row($0, of: whole) }))
            """
    }

    private func row(_ state: ObligationState, of whole: Int) -> [HTML] {
        let number = count(state)
        return [
            "<a href=\"\(owed.adding([("state", state.rawValue)]))\">\(StateChip(state))</a>", "\(number)",
            "\(Bar([Bar.Part(state.rawValue, number)], of: whole))", bases(state),
        ]
    }

    /// How well the time is known, for what was met; what no rate counts is said as well.
    private func bases(_ state: ObligationState) -> HTML {
        let known = rates.map { (name: $0.basisName, count: judged(state, $0)) }.filter { $0.count > 0 }
        guard !known.isEmpty else { return "—" }
        let rest = count(state) - known.map(\.count).reduce(0, +)
        let words = known.map { "\($0.name) \($0.count)" } + (rest > 0 ? ["规则待核实 \(rest)"] : [])
        return "\(words.joined(separator: "，"))"
    }

    private func judged(_ state: ObligationState, _ rate: Rate) -> Int {
        switch state {
        case .metOnTime: rate.onTime
        case .metLate: rate.late
        case .metUndetermined: rate.undetermined
        default: 0
        }
    }
}

/// How soon a body's events were recorded, with what the figure leaves out.
struct RecordingDelayTable: Piece {
    let delay: RecordingDelay

    var html: HTML {
        """
        <h2>事项发生后多久登记</h2>
        \(figures)
        <p class="quiet">从事项之日到在本平台登记之日（北京时间），按历日数；只算日期见于文件或者本系统办理的事项，\
        即分母 \(delay.counted) 项，最多取最近登记的 \(BodyPage.recordingsMax) 项。\
        \(left.isEmpty ? "" : "不计入：\(left)。")</p>
        """
    }

    private var figures: HTML {
        guard let shortest = delay.shortest, let quarter = delay.quarter, let median = delay.median,
            let threeQuarters = delay.threeQuarters, let longest = delay.longest
        else { return "<p class=\"empty\">还没有可以计算的事项。</p>" }
        // One that was told years later would press the rest into a corner.
        let whole = min(longest, max(10, 4 * threeQuarters))
        let rows: [(name: String, value: HTML)] = [
            ("最快的", "\(shortest) 日"), ("四分之一", "\(quarter) 日以内"), ("一半（中位数）", "\(median) 日以内"),
            ("四分之三", "\(threeQuarters) 日以内"), ("最慢的", "\(longest) 日"),
        ]
        return """
            \(when: longest > 0, """
            \(Spread((shortest, quarter, median, threeQuarters, longest), of: whole))
            <p class="quiet">横线从最短到最长，方框是居中的一半，粗线是中位数\(when: whole < longest, "；图宽 \(whole) 日，最长的超出图外")。</p>
            """)
            \(Facts(rows))
            """
    }

    private var left: String {
        [
            ("采集的公告载明的", delay.imported), ("日期只是推断的", delay.inferred), ("登记时日期还未到的", delay.ahead),
        ].filter { $0.1 > 0 }.map { "\($0.0) \($0.1) 项" }.joined(separator: "，")
    }
}
