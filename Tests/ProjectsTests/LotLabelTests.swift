import LedgerTesting
import Projects
import Storage
import StorageTesting
import Testing

@Suite struct `The label of a lot` {
    @Test(arguments: [
        "1", "01", "02", "A", "B1", "第1包", "第一包", "A包", "包1", "标段一", "一标段", "第二标段", "二", "十二", "采购包1", "合同包3",
        "分包2",
        "1-2", "JL-01", "SG01", "施工一标段", "监理标段", "2026-JL01-B3/001", "CZB202600123", "01标段（施工）", "第3批次",
    ])
    func `is a code as notices print it`(label: String) {
        #expect(LotLabel.isCode(label))
        #expect(LotLabel.logged(label, at: 7) == label)
    }

    @Test(arguments: [
        "", "张三", "李四包", "丁一", "王小明标段", "Zhangsan", "zhang san", "13800138000", "110101199003078888",
        "11010119900307888X", "第1包张三", "食堂食材配送服务包", "1\n", "1234567890-1234567890-1", "包\u{7}",
    ])
    func `is nothing that may name a person or runs on`(label: String) {
        #expect(!LotLabel.isCode(label))
        #expect(LotLabel.logged(label, at: 7) == "#7")
    }

    @Test(arguments: Backend.available)
    func `is refused as other than a code where it is typed, and taken as a source prints it`(
        _ backend: Backend
    ) async throws {
        try await withCounty(backend) { county in
            let before = try await county.contents()
            for label in ["张三", "食堂食材配送服务包"] {
                await #expect(throws: ProjectProblem.lotLabel) { try await county.project(lots: [label]) }
            }
            #expect(try await county.contents() == before)
            let project = try await county.project(lots: ["2"])
            let refused = try await county.contents()
            await #expect(throws: ProjectProblem.lotLabel) {
                try await county.event(
                    "procurement.result_fixed", on: "2026-03-02", project: project, lot: "张三")
            }
            #expect(try await county.contents() == refused)
            // A lot that a source brought under a name of its own can have its events recorded.
            try await county.act(on: "2026-03-02") { transaction, _, occasion in
                _ = try OpenProject(
                    jurisdiction: "SX", field: "政府采购", title: "示例项目",
                    keys: [ProjectKey(kind: .procurement, printed: "SXCG-2026-001")],
                    lots: [Lot(number: "食堂食材配送服务包", title: "")], source: "national"
                ).perform(in: transaction, occasion)
            }
            try await county.event(
                "procurement.result_fixed", on: "2026-03-02", project: project, lot: "食堂食材配送服务包")
        }
    }

    @Test(arguments: Backend.available)
    func `that is no code stands in no leaf of the log, which tells its place`(_ backend: Backend)
        async throws
    {
        try await withCounty(backend) { county in
            let project = try await county.project()
            try await county.event(
                "procurement.documents_issued", by: "sx-health", on: "2026-02-02", project: project,
                recorded: "2026-04-06")
            try await county.act(on: "2026-04-06") { transaction, _, occasion in
                _ = try OpenProject(
                    jurisdiction: "SX", field: "政府采购", title: "示例项目",
                    keys: [ProjectKey(kind: .procurement, printed: "SXCG-2026-001")],
                    lots: [Lot(number: "食堂食材配送服务包", title: "")], source: "national"
                ).perform(in: transaction, occasion)
            }
            try await county.event(
                "procurement.result_fixed", on: "2026-03-02", project: project, lot: "食堂食材配送服务包",
                recorded: "2026-04-06")
            let rows = try await county.read { try $0.journal(after: 0, limit: 10_000) }
            let told = rows.filter { $0.act == "obligation.divided" }.map { $0.change["lot"] }
            #expect(!told.isEmpty && told.allSatisfy { $0 == "#1" }, "\(told)")
        }
    }
}
