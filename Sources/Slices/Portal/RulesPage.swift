import CivilTime
import Law
import Web

/// `GET /about/rules`: every time rule with its clause and whether anybody has verified it. `.json`, `.csv`.
struct RulesPage {
    let room: ReadingRoom

    struct Value: Encodable, Sendable {
        let day: Day
        let lawVersion: String
        let items: [TimeRule]
    }

    func add(to routes: Routes) {
        routes.get("about/rules") { _ in
            let found = try await room.read {
                Value(day: $0.day, lawVersion: $0.law.version, items: $0.law.rules)
            }
            return Answer(page(found), data: found, table: { table(found) }, meantFor: .everyone)
        }
    }

    private func page(_ value: Value) -> Page {
        Page(
            title: "时限规则", lead: "<p>到期日依据的全部规则，法规数据版本 \(value.lawVersion)。</p>",
            crumbs: [.init("首页", "/"), .init("数字怎么来的", "/about/figures")],
            """
            <p>法律、行政法规另有规定的，从其规定；部门规章和文件只能更短。没有核实的规则照样推算，但不据此认定逾期。\
            工作日按<a href="/calendar/\(value.day.year)">工作日历</a>计；\
            每一类项目依次经过哪些环节，见<a href="/chains">流程图</a>。</p>
            \(Table(caption: "时限规则", columns: ["规则", "怎么算", "条款", "效力", "施行", "核实"], rows: rows(value.items)))
            """)
    }

    /// A rule has several versions; the first bears the anchor.
    private func rows(_ rules: [TimeRule]) -> [[HTML]] {
        var seen: Set<String> = []
        return rules.map { row($0, isFirst: seen.insert($0.id).inserted) }
    }

    private func row(_ rule: TimeRule, isFirst: Bool) -> [HTML] {
        [
            "<span\(when: isFirst, " id=\"\(rule.id)\"")>\(rule.title)</span><span class=\"under quiet code\">\(rule.id)</span>",
            "\(rule.counted)", "\(rule.clause)", "\(rule.rank.title)",
            "自 \(time(rule.effectiveFrom))\(rule.effectiveTo.map { " 至 \(time($0))" as HTML })",
            rule.verified ? "已与官方文本核对" : "<strong>未核对</strong>",
        ]
    }

    private func table(_ value: Value) -> CSVTable {
        CSVTable(
            columns: ["编号", "规则", "形式", "数量", "单位", "条款", "效力", "已核实", "施行", "失效"],
            rows: value.items.map { rule in
                [
                    rule.id, rule.title, rule.form.rawValue, rule.amount.map(String.init) ?? "",
                    rule.unit?.rawValue ?? "", rule.clause, rule.rank.rawValue, rule.verified ? "1" : "0",
                    rule.effectiveFrom.description, rule.effectiveTo?.description ?? "",
                ]
            })
    }
}

extension TimeRule {
    /// The form and number in words.
    var counted: String {
        let number = amount.map(String.init) ?? ""
        let unit =
            switch unit {
            case .workingDays: "个工作日"
            case .calendarDays: "日"
            case .months: "个月"
            case nil: ""
            }
        return switch form {
        case .after: "触发后 \(number) \(unit)之内"
        case .before: "至少提前 \(number) \(unit)"
        case .minimum: "不得少于 \(number) \(unit)"
        case .periodic: "周期届满后 \(number) \(unit)之内"
        case .standing: "每 \(number) \(unit)更新"
        case .with: "随主信息"
        case .promptly: "及时，最迟 \(number) \(unit)"
        case .open: "没有写明天数"
        }
    }
}

extension TimeRule.Rank {
    fileprivate var title: String {
        switch self {
        case .law: "法律"
        case .regulation: "行政法规"
        case .ministryRule: "部门规章"
        case .document: "文件"
        }
    }
}
