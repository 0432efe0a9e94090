import Catalogue
import CivilTime
import Law
import People
import Storage
import StorageTesting
import Testing

private let housing = (1...10).map { $0 < 10 ? "I-CN-00\($0)" : "I-CN-0\($0)" }

@Suite struct `The list of a city` {
    // requirements §1: CN 36, NT 53, CC 38, SW 26, FG 194.
    @Test(arguments: [("CN", 36), ("NT", 53), ("CC", 38), ("SW", 26), ("FG", 194)])
    func `has the items that its plan names`(code: String, count: Int) throws {
        #expect(try builtIn(code).items.count == count)
        let export = CatalogueExport(try builtIn(code), jurisdiction: code)
        #expect(export.counts.own == count)
    }

    // C-05: 001 二(一)3 names three mining items; 000 and 002 none, 004 no housing (ten items).
    @Test(arguments: [
        ("NT", ["I-CN-015", "I-CN-016", "I-CN-017"]), ("CC", ["I-CN-015", "I-CN-016", "I-CN-017"]),
        ("SW", housing), ("FG", []),
    ])
    func `inherits what it does not cover`(code: String, expected: [String]) throws {
        let list = try builtIn(code).inheriting(try builtIn("CN"))
        #expect(list.items.filter { $0.relation == .inherited }.map(\.id) == expected)
    }

    @Test(arguments: ["NT", "CC", "SW"])
    func `gives a reason for every mapping, and equals where it says so`(code: String) throws {
        let local = try builtIn(code)
        let national = try builtIn("CN")
        for mapping in local.mappings {
            let own = try #require(local.item(mapping.item))
            let above = try #require(national.item(mapping.baseline))
            #expect(!mapping.reason.isEmpty)
            if mapping.relation == .same { #expect(own.elements == above.elements, "\(own.id)") }
        }
    }

    // 001 二(一)6 lists five and ten elements, 002 四(五) none.
    @Test(arguments: [("I-CC-034", 5), ("I-CC-035", 10)])
    func `inherits the elements that a shorter text leaves out`(id: String, count: Int) throws {
        let list = try builtIn("CC").inheriting(try builtIn("CN"))
        #expect(list.item(id)?.inheritedElements?.count == count)
        #expect(list.item(id)?.elements == [])
    }

    // 000 二(一)6 speaks of 集中采购; 002 四(三) of public services only.
    @Test func `keeps the words that limit an item`() throws {
        #expect(try builtIn("NT").item("I-NT-037")?.scope == "集中采购")
        #expect(try builtIn("CC").item("I-CC-023")?.scope == "公共服务项目")
    }

    // 004 二(三): all items by the end of 2018.
    @Test func `has the day of first completion that the plan names`() throws {
        #expect(try builtIn("SW").items.allSatisfy { $0.due == Day(2018, 12, 31)! })
        #expect(try builtIn("NT").items.allSatisfy { $0.due == nil })
    }

    // F28, C-25: 002 四 gathers by code, project-level items only.
    @Test func `asks for a code where the plan gathers by one`() throws {
        let unkeyed = try builtIn("CC").items.filter { !$0.gatherKey.isEmpty && !$0.keyRequired }.map(\.id)
        #expect(unkeyed == ["I-CC-011", "I-CC-025", "I-CC-026", "I-CC-032"])
    }
}

@Suite struct `What an event starts in a city` {
    @Test(arguments: [
        ("CC", "procurement.clarification_issued", ["I-CC-021"]),
        ("CC", "procurement.single_source_proposed", ["I-CC-020"]),
        ("CC", "procurement.result_fixed", ["I-CC-016", "I-CC-018", "I-CC-022"]),
        ("NT", "procurement.documents_issued", ["I-NT-015", "I-NT-016", "I-NT-017"]),
        ("NT", "tender.contract_signed", ["I-NT-035"]),
        ("SW", "tender.evaluation_reported", ["I-SW-004"]),
    ])
    func `is owed once`(code: String, event: String, expected: [String]) throws {
        #expect(try builtIn(code).items.started(by: event, naming: nil).map(\.id) == expected)
    }
}

@Suite struct `State property in Nantong` {
    private func owner(_ acting: String, _ transaction: Transaction) throws -> String {
        let today = Day(2026, 8, 3)!
        let item = try #require(try transaction.catalogue.item("I-NT-024", in: "NT", on: today))
        return try transaction.catalogue.owner(of: item, acting: acting, on: today)
    }

    // 000 二(一)4: 国有企业 → 市国资委; 行政事业单位 → 市财政局.
    @Test(arguments: Backend.available)
    func `is owed by the office in charge of that kind of owner`(backend: Backend) async throws {
        try await withCatalogues(backend) { transaction throws in
            let occasion = Occasion(actor: "system", now: "2026-08-03T01:00:00Z", today: Day(2026, 8, 3)!)
            func enter(_ name: String, as ownerClass: String) throws -> String {
                let body = try RegisterBody(jurisdiction: "NT", kind: .enterprise, name: name).perform(
                    in: transaction, occasion)
                try AddMember(collective: ownerClass, member: body.id).perform(in: transaction, occasion)
                return body.id
            }
            let company = try enter("某国有公司", as: "nt-state-enterprises")
            let school = try enter("某学校", as: "nt-institutions")
            #expect(try owner(company, transaction) == "nt-assets")
            #expect(try owner(school, transaction) == "nt-finance")
            #expect(try owner("nt-assets", transaction) == "nt-assets")
            #expect(try owner("nt-finance", transaction) == "nt-finance")
            // Of whom nothing is known, nothing is said.
            #expect(try owner("nt-housing", transaction) == "")
            #expect(try owner("", transaction) == "")
        }
    }
}

@Suite struct `What a city inherits, once stored` {
    @Test(arguments: Backend.available)
    func `comes with its elements`(backend: Backend) async throws {
        try await withCatalogues(backend) { transaction throws in
            let today = Day(2026, 8, 3)!
            let store = transaction.catalogue
            let rural = try #require(try store.item("I-CC-004", in: "CC", on: today))
            #expect(rural.elements == ["农村危房改造政策等"])
            #expect(rural.inheritedElements == ["对象认定过程", "补助资金分配", "改造结果"])
            let version = try #require(try store.version(in: "CC", on: today))
            #expect(try store.item("I-CC-004", version: version.id) == rural.placed(jurisdiction: "CC"))
            #expect(try store.item("I-CN-015", in: "NT", on: today)?.relation == .inherited)
            #expect(try store.item("I-CN-001", in: "NT", on: today) == nil)
            #expect(try store.item("I-CN-001", in: "SW", on: today)?.relation == .inherited)
        }
    }
}
