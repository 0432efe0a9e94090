import Catalogue
import CivilTime
import People
import Web

/// `GET /catalogue/tasks`: what the plans lay on bodies beside their items. `.json`, `.csv` (the tasks).
///
/// Open to anyone. `?jurisdiction=` shows one; else all whose own plans are built in. Nothing here says that a task
/// was not done: nobody reports that to this instance.
struct TasksPage {
    let room: ReadingRoom

    struct Value: Encodable, Sendable {
        let day: Day
        let jurisdiction: OrNull<String>
        let tasks: [PlanTaskRow]
        let filings: [PlanFilingRow]
        let targets: [TargetRow]
    }

    struct TargetRow: Encodable, Sendable {
        let jurisdiction: String
        let planTitle: String
        let target: PlanTarget
    }

    func add(to routes: Routes) {
        routes.get("catalogue/tasks", taking: ["jurisdiction"]) { request in
            let asked = try request.query.text("jurisdiction")
            let (found, ways) = try await room.read { (try value(asked, $0), try $0.usualWays(in: asked)) }
            return Answer(page(found, ways), data: found, table: { table(found) }, meantFor: .everyone)
        }
    }

    private func value(_ asked: String?, _ reading: Reading) throws -> Value {
        var tasks: [PlanTaskRow] = []
        var filings: [PlanFilingRow] = []
        var targets: [TargetRow] = []
        for place in try places(asked, reading) {
            guard var plans = try PlanReading(place, reading) else { continue }
            for task in plans.tables.tasks where plans.has(task.plan) {
                tasks.append(try PlanTaskRow(task, &plans))
            }
            for filing in plans.tables.filings where plans.has(filing.plan) {
                filings.append(try PlanFilingRow(filing, &plans))
            }
            for target in plans.tables.targets where plans.has(target.plan) {
                targets.append(
                    TargetRow(
                        jurisdiction: place.code, planTitle: plans.title(target.plan), target: target))
            }
        }
        return Value(
            day: reading.day, jurisdiction: OrNull(asked), tasks: tasks, filings: filings, targets: targets)
    }

    private func places(_ asked: String?, _ reading: Reading) throws -> [Jurisdiction] {
        guard let asked else {
            return try reading.transaction.jurisdictions.jurisdictions().filter { !$0.sample }
        }
        guard let place = try reading.transaction.jurisdictions.jurisdiction(asked) else {
            throw CatalogueProblem.noCatalogue(asked)
        }
        return [place]
    }

    private func page(_ value: Value, _ ways: UsualWays?) -> Page {
        Page(
            title: "方案的任务、备案和目标",
            lead: "<p>各方案在公开事项之外交给各机关的任务。完成情况没有报送到本平台，这里不作判断。</p>",
            crumbs: [.init("首页", "/"), .init("公开事项", "/catalogue")],
            """
            \(ways)
            <h2>任务 <span class="quiet">\(value.tasks.count) 项</span></h2>
            \(Table.tasks(value.tasks, caption: "按方案的次序"))
            <h2>实施方案备案</h2>
            \(Table(caption: "印发之日起的工作日，当日不计；备案情况没有报送到本平台", columns: ["方案", "谁备案", "向谁备案", "期限", "到期日"], rows: value.filings.map(row), empty: "方案没有要求备案。"))
            <h2>年度目标</h2>
            \(Table(caption: "一个方案一年一行", columns: [.init("年", isNumber: true), "方案", "目标", "能否由台账计算"], rows: value.targets.map(row), empty: "方案没有分年目标。"))
            """)
    }

    private func row(_ filing: PlanFilingRow) -> [HTML] {
        [
            "\(filing.planTitle)<span class=\"under quiet\">\(filing.section)</span>",
            "\(filing.filers.map(\.link).joined(separator: "、"))<span class=\"under quiet\">\(filing.reason)</span>",
            filing.receiver.link, "\(time(filing.issued)) 起 \(filing.workingDays) 个工作日",
            "\(time(filing.due))\(when: filing.provisional, "（暂定）")",
        ]
    }

    private func row(_ target: TargetRow) -> [HTML] {
        [
            "\(target.target.year)",
            "\(target.planTitle)<span class=\"under quiet\">\(target.target.section)</span>",
            "\(target.target.target)", target.target.measurable ? "能" : "不能",
        ]
    }

    private func table(_ value: Value) -> CSVTable {
        CSVTable(
            columns: ["辖区", "方案", "出处", "任务", "牵头或责任单位", "会同或配合单位", "完成时限", "到期日"],
            rows: value.tasks.map { task in
                [
                    task.jurisdiction, task.plan, task.section, task.task,
                    task.lead.map(\.name).joined(separator: "、"),
                    task.with.map(\.name).joined(separator: "、"),
                    task.rhythmName, task.due.value?.description ?? "",
                ]
            })
    }
}

extension Table {
    /// Tasks with their bodies.
    static func tasks(_ tasks: [PlanTaskRow], caption: String) -> Table {
        Table(
            caption: caption, columns: ["任务", "方案", "牵头或责任", "会同或配合", "完成时限"],
            rows: tasks.map { task in
                [
                    "\(task.task)",
                    "<span class=\"whole\">\(task.jurisdictionName)</span><span class=\"under quiet\">\(task.plan) \(task.section)</span>",
                    "\(task.lead.map(\.link).joined(separator: "、"))",
                    task.with.isEmpty ? "—" : "\(task.with.map(\.link).joined(separator: "、"))", task.when,
                ]
            }, empty: "没有任务。")
    }
}
