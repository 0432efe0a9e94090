import Catalogue
import CivilTime
import Law
import People
import Testing

@Suite struct `The tasks of the plans` {
    private func tasks(_ plan: String) throws -> [PlanTask] {
        try PlanTables.builtIn().tasks.filter { $0.plan == plan }
    }

    // 000 二(二)…(八), 三(一)…(四): eleven bracketed lists of bodies.
    @Test func `have the bodies that the brackets name`() throws {
        let nantong = try tasks("NT")
        #expect(nantong.count == 11)
        let channels = try #require(nantong.first { $0.section == "二(五)" })
        #expect(channels.lead == ["市政府办公室", "市行政审批局(政务办)", "市大数据管理局"])
        #expect(channels.with == ["市公共资源交易各行政监督部门"])
    }

    // 004 二: 2018年12月底前, or 长期坚持.
    @Test func `have the day or the rhythm that the plan states`() throws {
        let shanwei = try tasks("SW")
        #expect(shanwei.filter { $0.rhythm == .once }.allSatisfy { $0.due == Day(2018, 12, 31)! })
        let standing = Set(shanwei.filter { $0.rhythm == .standing }.map(\.section))
        #expect(standing == ["二(四)1", "二(五)", "二(六)", "三(一)", "三(二)", "三(三)"])
        #expect(shanwei.first { $0.section == "二(六)" }?.lead.count == 10)
    }

    // 003 附1 三(一): eight departments, by the end of 2018.
    @Test func `name the rules that eight departments had to make`() throws {
        let rules = try #require(try tasks("FG1").first { $0.due != nil })
        #expect(rules.due == Day(2018, 12, 31)! && rules.lead.count == 8)
    }

    @Test func `name bodies that the registry knows`() throws {
        let tables = try PlanTables.builtIn()
        let filers = tables.filings.map { (plan: $0.plan, names: $0.filers + [$0.receiver]) }
        let tasks = tables.tasks.map { (plan: $0.plan, names: $0.lead + $0.with) }
        for (plan, names) in filers + tasks {
            let file = try #require(try BodyFile.builtIn(String(plan.prefix(2))))
            let known = Set(file.bodies.flatMap(\.bodyNames).map(\.folded))
            for name in names { #expect(known.contains(BodyName.fold(name)), "\(plan): \(name)") }
        }
    }
}

@Suite struct `The filing of a local plan` {
    // corrections §C: 附1 and 附2 2018-08-07, 附3 2018-08-02; C-02: a limit a plan, not a notice.
    @Test(arguments: [("FG1", "2018-08-07"), ("FG2", "2018-08-07"), ("FG3", "2018-08-02")])
    func `is due so many working days after the plan was issued`(plan: String, expected: String) throws {
        let filing = try #require(try PlanTables.builtIn().filings.first { $0.plan == plan })
        let due = filing.due(by: try LawBook.builtIn().calendar)
        #expect(due.due.description == expected && !due.provisional)
        let days = try PlanTables.builtIn().settings.value(.filing, of: plan)
        #expect(days == String(filing.workingDays))
    }

    // F22: 附1 means all townships and the 27 bodies of 附4; 经开区管委会 is in no filing clause.
    @Test func `is owed by those whom the plan names`() throws {
        let filings = try PlanTables.builtIn().filings
        let welfare = try #require(filings.first { $0.plan == "FG1" })
        #expect(welfare.filers.count == 28 && welfare.filers.contains("县公安局"))
        #expect(filings.allSatisfy { !$0.filers.contains("经开区管委会") })
        #expect(Set(filings.map(\.receiver)) == ["县政务公开领导小组办公室", "县政务公开工作领导小组办公室"])
    }
}

@Suite struct `The aims of the plans` {
    // F25: 附2 and 附3 name 2018, 2019 and 2020; 附1 three years.
    @Test func `are one a plan and year`() throws {
        let targets = try PlanTables.builtIn().targets
        let years = Dictionary(grouping: targets, by: \.plan).mapValues { $0.map(\.year) }
        #expect(years == ["FG1": [2021], "FG2": [2018, 2019, 2020], "FG3": [2018, 2019, 2020]])
    }
}
