import Catalogue
import CivilTime
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
    }

    func add(to routes: Routes) {
        routes.get("catalogue/settings") { request in
            let plan = try request.query.text("plan")
            let found = try await room.read { reading in
                let all = try PlanTables.builtIn().settings.all
                return Value(
                    day: reading.day, plan: OrNull(plan), items: all.filter { plan == nil || $0.plan == plan }
                )
            }
            return Answer(page(found), data: found, table: { table(found) }, meantFor: .everyone)
        }
    }

    private func page(_ value: Value) -> Page {
        Page(
            title: "方案不一致之处",
            lead: "<p>各方案之间、方案与法规之间不一致或者没有写明的地方，以及本平台的取法和出处。都是数据，可以改；有的已经用在计算和页面里，其余只作记载。</p>",
            crumbs: [.init("首页", "/"), .init("公开事项", "/catalogue")],
            """
            \(Table(caption: "按编号的次序", columns: ["编号", "方案", "内容", "取值", "理由"], rows: value.items.map(row)))
            """)
    }

    private func row(_ setting: PlanSetting) -> [HTML] {
        [
            setting.contradiction.isEmpty
                ? "—" : "<span class=\"code whole\">\(setting.contradiction)</span>",
            "\(setting.plan)<span class=\"under quiet\">\(setting.section)</span>", "\(setting.key.title)",
            setting.said.map { "\($0)" as HTML }.joined(separator: "<br>"), "\(setting.reason)",
        ]
    }

    private func table(_ value: Value) -> CSVTable {
        CSVTable(
            columns: ["编号", "方案", "内容", "取值", "出处", "理由"],
            rows: value.items.map {
                [$0.contradiction, $0.plan, $0.key.rawValue, $0.value, $0.section, $0.reason]
            })
    }
}
