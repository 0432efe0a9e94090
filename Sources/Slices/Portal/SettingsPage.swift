import Catalogue
import CivilTime
import People
import Web

/// `GET /catalogue/settings`: where the plans contradict each other or leave something open, and how we take it.
///
/// Open to anyone. `.json`, `.csv`. `?plan=FG1` shows one plan's.
struct SettingsPage {
    let room: ReadingRoom

    struct Value: Encodable, Sendable {
        let day: Day
        let plan: OrNull<String>
        let items: [PlanSetting]
        /// What the plans are called, by their codes.
        let planTitles: [String: String]
    }

    func add(to routes: Routes) {
        routes.get("catalogue/settings", taking: ["plan"]) { request in
            let plan = try request.query.text("plan")
            let found = try await room.read { reading in
                let all = try PlanTables.builtIn().settings.all
                guard plan == nil || all.contains(where: { $0.plan == plan }) else {
                    throw Self.unknown(among: all)
                }
                return Value(
                    day: reading.day, plan: OrNull(plan),
                    items: all.filter { plan == nil || $0.plan == plan }, planTitles: try titles(reading))
            }
            return Answer(page(found), data: found, table: { table(found) }, meantFor: .everyone)
        }
    }

    private func titles(_ reading: Reading) throws -> [String: String] {
        let plans = try reading.transaction.jurisdictions.jurisdictions()
            .flatMap { try PlanReading($0, reading)?.plans ?? [] }
        return Dictionary(plans.map { ($0.plan, $0.title) }) { first, _ in first }
    }

    private static func unknown(among settings: [PlanSetting]) -> Problem {
        let plans = Set(settings.map(\.plan)).sorted().joined(separator: "、")
        return Problem(.notFound, code: "plan-unknown", detail: "没有这个方案；参数 plan 应为 \(plans) 之一。")
    }

    private func page(_ value: Value) -> Page {
        Page(
            title: "方案不一致之处",
            lead: "<p>各方案之间、方案与法规之间不一致或者没有写明的地方，以及本平台的取法和出处。都是数据，可以改；有的已经用在计算和页面里，其余只作记载。</p>",
            crumbs: [.init("首页", "/"), .init("公开事项", "/catalogue")],
            """
            \(Table(caption: "按编号的次序", columns: ["编号", "方案", "内容", "取值", "理由"], rows: value.items.map { row($0, value.planTitles) }))
            """)
    }

    private func row(_ setting: PlanSetting, _ titles: [String: String]) -> [HTML] {
        [
            setting.contradiction.isEmpty
                ? "—" : "<span class=\"code whole\">\(setting.contradiction)</span>",
            """
            \(titles[setting.plan] ?? setting.plan)<span class="under quiet" lang="zh-Hans">\(setting.section)</span>\
            <span class="under code">\(setting.plan)</span>
            """,
            "\(setting.key.title)",
            reading(of: setting), "\(setting.reason)",
        ]
    }

    /// An entry a line: its terms in a reader's words, an item as a link, and a slip of the pen beside what was meant.
    private func reading(of setting: PlanSetting) -> HTML {
        "\(setting.entries.map { "<div>\(reading(entry: $0, of: setting))</div>" as HTML })"
    }

    private func reading(entry: String, of setting: PlanSetting) -> HTML {
        guard let pair = setting.pairs.first(where: { entry.hasPrefix($0.name + "=") }) else {
            return word(entry)
        }
        let values = pair.values.map(word).joined(separator: "、")
        return setting.key == .misprint
            ? "<span>原文</span> <q>\(pair.name)</q> <span>当作</span> <q>\(values)</q>"
            : "<span>\(word(pair.name))</span>：\(values)"
    }

    private func word(_ word: String) -> HTML {
        if let term = SettingTerm(rawValue: word) { return "<span>\(term.title)</span>" }
        if let exclusion = Exclusion(rawValue: word) { return "<span>\(exclusion.title)</span>" }
        return word.hasPrefix("I-")
            ? "<a class=\"code\" href=\"/catalogue/\(word)\">\(word)</a>" : "\(word)"
    }

    private func table(_ value: Value) -> CSVTable {
        CSVTable(
            columns: ["编号", "方案", "内容", "取值", "出处", "理由"],
            rows: value.items.map {
                [$0.contradiction, $0.plan, $0.key.rawValue, $0.value, $0.section, $0.reason]
            })
    }
}
