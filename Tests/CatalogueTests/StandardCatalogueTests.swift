import Catalogue
import CivilTime
import Foundation
import Law
import People
import Spreadsheet
import Storage
import StorageTesting
import Testing

private func printed(_ extra: String = "") -> [CSVRow] {
    let text = """
        序号,公开事项,,公开内容（要素）,公开依据,公开时限,公开主体,公开渠道和载体,公开对象,,公开方式,,公开层级
        ,一级事项,二级事项,,,,,,全社会,特定群体,主动,依申请,县级
        1,规划计划,年度计划,1.任务量；2.开工套数,某规定,信息形成或者变更之日起20个工作日内,市住建局,■政府网站 □政府公报,√,,√,,√
        2,,项目清单,●名称●地址〇套数,某规定,每月后10个工作日内,市住建局、某中心,■精准推送,√,,√,,√
        3,配给管理,资格审核,申请、受理,某规定,作出行政决定之日起7个工作日内（行政许可）；其他20个工作日内,市住建局,■政府网站,√,,√,,
        4,,轮候名单,名单,某规定,常年公开,市住建局,■政府网站,,√,√,,√
        5,,个人结果,结果,某规定,及时公开,市住建局,■政府网站,,√,,√,√
        6,,及时事项,内容,某规定,及时公开,市住建局,□公共资源交易平台 ■信用中国网站,√,,√,,
        注：说明,,,,,,,,,,,,
        \(extra)
        """
    do {
        return try CSVReader.rows(Array(text.utf8))
    } catch {
        Issue.record(error)
        return []
    }
}

private func standard(_ rows: [CSVRow], plan: String = "A2") -> StandardCatalogue {
    StandardCatalogue(
        plan: CataloguePlan(
            plan: plan, document: "附件2", title: "住房保障领域标准目录", timeLimit: "按各事项", method: "主动公开",
            bodies: "谁制作、谁公开", supervision: "12345", excluded: [], excludedOpen: false),
        field: "住房保障", effectiveFrom: Day(2026, 7, 1)!, table: StandardTable(rows))
}

@Suite struct `A standard catalogue` {
    private func added(_ extra: String = "") throws -> [CatalogueItem] {
        let list = standard(printed(extra)).joined(to: try builtIn("NT")).list
        return list.items.filter { $0.plan == "A2" }
    }

    @Test func `brings in what is disclosed actively, in its order`() throws {
        let items = try added()
        #expect(items.map(\.title) == ["年度计划", "项目清单", "资格审核", "轮候名单", "及时事项"])
        #expect(items.map(\.sub) == ["规划计划", "规划计划", "配给管理", "配给管理", "配给管理"])
        #expect(items.map(\.id).first == "I-NT-A2-001")
        #expect(items[0].elements == ["任务量", "开工套数"] && items[1].elements == ["名称", "地址", "套数"])
        #expect(items[2].elements == ["申请", "受理"])
        #expect(items[1].bodies.map(\.name) == ["市住建局", "某中心"])
        #expect(items[0].scope == "公开层级：县级" && items[0].field == "住房保障")
    }

    // law.md §a.1: the phrases of time limits; the note that one of the marked channels is enough.
    @Test func `has the clocks that its words mean`() throws {
        let clocks = try added().map { item in item.clocks.map { "\($0.channel) \($0.eventKind) \($0.rule)" }
        }
        #expect(clocks[0] == ["portal item.formed active-20wd"])
        #expect(clocks[1] == ["portal period.ended periodic-month"])
        #expect(
            clocks[2] == [
                "portal decision.licence licence-penalty-7wd", "portal decision.licence active-20wd",
                "portal item.formed active-20wd",
            ])
        #expect(clocks[3] == ["onsite standing.started standing-refresh", "onsite item.formed active-20wd"])
        #expect(clocks[4] == ["credit item.formed promptly-20wd"])
        #expect(try added()[3].audience == .group)
    }

    @Test func `numbers what it could not take as it stands`() throws {
        let findings = standard(printed("7,,无时限,,,,市住建局,■政府网站,√,,√,,\n8,,无主体,,,2个工作日内,,,√,,√,,")).joined(
            to: try builtIn("NT")
        ).findings
        #expect(findings.map(\.number) == Array(1...findings.count))
        let codes = findings.map { "\($0.line) \($0.code)" }
        #expect(
            codes == [
                "9 no-item", "4 time-limit-not-counted", "4 channel-unknown", "7 on-request",
                "10 time-limit-lacking", "11 time-limit-not-counted", "11 body-lacking", "11 channel-unknown",
            ])
    }

    @Test func `without a heading is refused`() throws {
        let rows = try CSVReader.rows(Array("a,b\n1,2\n".utf8))
        #expect(StandardTable(rows).findings.map(\.code) == ["heading-lacking"])
        #expect(StandardTable([]).findings.map(\.severity) == [.error])
    }

    @Test func `from a workbook reads as from CSV`() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let bytes = Array(
            try Data(contentsOf: folder.appending(path: "Workbooks/standard-catalogue.xlsx")))
        let book = standard(try XLSXReader(bytes).rows()).joined(to: try builtIn("NT"))
        let items = book.list.items.filter { $0.plan == "A2" }
        #expect(items.map(\.title) == ["年度计划", "项目清单", "资格审核", "轮候名单"])
        #expect(items.map(\.sub) == ["规划计划", "规划计划", "配给管理", "配给管理"])
        #expect(items.map(\.elements) == (try added().dropLast().map(\.elements)).map { $0 })
        #expect(items.map(\.clocks) == (try added().dropLast().map(\.clocks)).map { $0 })
    }
}

@Suite struct `Loading a standard catalogue` {
    private let today = Day(2026, 8, 3)!
    private let occasion = Occasion(actor: "clerk", now: "2026-08-03T01:00:00Z", today: Day(2026, 8, 3)!)

    @Test(arguments: Backend.available)
    func `makes a new version and replaces the plan's own items`(backend: Backend) async throws {
        try await withCatalogues(backend) { transaction throws in
            let law = try LawFile.builtIn()
            func load(_ rows: [CSVRow]) throws -> LoadCatalogue.Loaded {
                try LoadStandardCatalogue(standard(rows), jurisdiction: "NT").perform(
                    in: transaction, law: law, occasion
                ).loaded
            }
            let first = try load(printed())
            #expect(transaction.journalled.last?.act == "catalogue.loaded")
            #expect(try transaction.catalogue.items(in: "NT", on: today).count == 53 + 5 + 3)
            #expect(try transaction.catalogue.items(in: "NT", on: Day(2026, 6, 30)!).count == 53 + 3)
            #expect(try load(printed()) != first)
            _ = try load(Array(printed().prefix(3)))
            #expect(try transaction.catalogue.items(in: "NT", on: today).count == 53 + 1 + 3)
            #expect(try transaction.catalogue.item("I-NT-001", in: "NT", on: today) != nil)
        }
    }

    @Test(arguments: Backend.available)
    func `with errors leaves nothing`(backend: Backend) async throws {
        try await withCatalogues(backend) { transaction throws in
            let rows = printed("7,,无时限,,,,市住建局,■政府网站,√,,√,,")
            do {
                _ = try LoadStandardCatalogue(standard(rows), jurisdiction: "NT").perform(
                    in: transaction, law: try LawFile.builtIn(), occasion)
                Issue.record("a row without a time limit went live")
            } catch let problem as CatalogueProblem {
                #expect(problem.code == "catalogue-unreadable")
            }
            #expect(transaction.journalled.isEmpty)
            #expect(try transaction.catalogue.items(in: "NT", on: today).count == 53 + 3)
        }
    }
}
