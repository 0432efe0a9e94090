import CivilTime
import Law
import Web

/// `GET /chains`: every procedure that the law data knows, with its steps in order. `.json`, `.csv`.
///
/// Open to anyone.
struct ChainList {
    let room: ReadingRoom

    struct Value: Encodable, Sendable {
        let day: Day
        let lawVersion: String
        let items: [Row]
    }

    struct Row: Encodable, Sendable {
        let id: String
        let title: String
        let field: String
        let steps: [Step]
    }

    struct Step: Encodable, Sendable {
        let event: String
        let title: String
        let expected: Bool
        let ends: Bool
    }

    func add(to routes: Routes) {
        routes.get("chains") { _ in
            let found = try await room.read(value)
            return Answer(page(found), data: found, table: { table(found) }, meantFor: .everyone)
        }
    }

    @Sendable private func value(_ reading: Reading) -> Value {
        Value(
            day: reading.day, lawVersion: reading.law.version,
            items: reading.law.chains.map { row($0, reading.law) })
    }

    private func row(_ chain: Chain, _ law: LawBook) -> Row {
        Row(
            id: chain.id, title: chain.title, field: chain.field,
            steps: chain.steps.map { step in
                let kind = law.eventKind(step.event)
                return Step(
                    event: step.event, title: kind?.title ?? step.event, expected: step.expected,
                    ends: kind?.ends ?? false)
            })
    }

    private func page(_ value: Value) -> Page {
        Page(
            title: "流程图",
            lead: """
                <p>每一类项目依次经过哪些环节，每个环节之后须公开什么、最迟何时、依据哪一条。\
                法规数据版本 \(value.lawVersion)。</p>
                """,
            crumbs: [.init("首页", "/"), .init("时限规则", "/about/rules")],
            "\(Table(caption: "各领域的流程", columns: ["流程", "领域", "必经环节", "其他环节"], rows: value.items.map(row)))")
    }

    private func row(_ row: Row) -> [HTML] {
        let names = { (expected: Bool) in
            row.steps.filter { $0.expected == expected }.map { "<span>\($0.title)</span>" as HTML }.joined(
                separator: expected ? " → " : "、")
        }
        return [
            "<a href=\"/chains/\(row.id)\">\(row.title)</a>", "\(row.field)", "\(names(true))",
            "\(names(false))",
        ]
    }

    private func table(_ value: Value) -> CSVTable {
        CSVTable(
            columns: ["流程", "名称", "领域", "次序", "环节", "环节名称", "必经", "终止"],
            rows: value.items.flatMap { row in
                row.steps.enumerated().map { number, step in
                    [
                        row.id, row.title, row.field, String(number + 1), step.event, step.title,
                        step.expected ? "1" : "0", step.ends ? "1" : "0",
                    ]
                }
            })
    }
}
