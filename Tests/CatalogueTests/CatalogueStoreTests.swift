import Catalogue
import CivilTime
import Foundation
import Law
import People
import Storage
import StorageTesting
import Testing

private let today = Day(2026, 8, 3)!
private let occasion = Occasion(actor: "system", now: "2026-08-03T01:00:00Z", today: today)

func withCatalogues<Value: Sendable>(
    _ backend: Backend, _ body: @escaping @Sendable (Transaction) throws -> Value
) async throws -> Value {
    try await withDatabase(backend, migrations: BodySchema.migrations + CatalogueSchema.migrations) {
        database in
        let lists = try allCatalogues.map(builtIn)
        let law = try LawFile.builtIn()
        try await database.write { transaction throws in
            try LoadJurisdictions(try JurisdictionFile.builtIn().jurisdictions).perform(
                in: transaction, occasion)
            for code in ["FG", "SX", "SS", "NT", "CC", "SW"] {
                if let file = try BodyFile.builtIn(code) {
                    try LoadBodies(file).perform(in: transaction, occasion)
                }
            }
            for list in lists { try LoadCatalogue(list).perform(in: transaction, law: law, occasion) }
        }
        return try await database.write { try body($0) }
    }
}

@Suite struct `A loaded catalogue` {
    @Test(arguments: Backend.available)
    func `reads back as it was`(backend: Backend) async throws {
        try await withCatalogues(backend) { transaction throws in
            let national = try builtIn("CN")
            for code in allCatalogues {
                let own = try builtIn(code)
                let built = code == "CN" ? own : own.inheriting(national).placed(in: code)
                let stored = try #require(try transaction.catalogue.list(in: code, on: today))
                #expect(stored.version == built.version)
                #expect(stored.items == built.items)
                #expect(CatalogueExport.csv(stored) == CatalogueExport.csv(built))
            }
        }
    }

    @Test(arguments: Backend.available)
    func `is loaded once, and journalled once`(backend: Backend) async throws {
        try await withCatalogues(backend) { transaction throws in
            let list = try builtIn("FG")
            let law = try LawFile.builtIn()
            let again = try LoadCatalogue(list).perform(in: transaction, law: law, occasion)
            #expect(again == .already(version: list.version.id, from: list.version.effectiveFrom))
            #expect(transaction.journalled.isEmpty)
        }
    }

    @Test(arguments: Backend.available)
    func `is in force from its effective day`(backend: Backend) async throws {
        try await withCatalogues(backend) { transaction throws in
            let store = transaction.catalogue
            #expect(try store.version(in: "FG", on: Day(2018, 7, 23)!) == nil)
            #expect(try store.items(in: "FG", on: Day(2018, 7, 23)!).isEmpty)
            #expect(try store.version(in: "FG", on: Day(2018, 7, 24)!)?.document == "凤府办函〔2018〕52号")
            #expect(try store.version(in: "CN", on: Day(2017, 12, 19)!) != nil)
            #expect(try store.version(in: "XX", on: today) == nil)
        }
    }

    @Test(arguments: Backend.available)
    func `gives way to a later version`(backend: Backend) async throws {
        try await withCatalogues(backend) { transaction throws in
            let text = CatalogueExport.csv(try builtIn("FG")).replacingOccurrences(of: "样板工程", with: "示范工程")
            let next = try CatalogueFile.exported(Array(text.utf8), name: "next.csv")
            let old = next.version
            let later = CatalogueList(
                version: CatalogueVersion(
                    id: old.id, catalogue: old.catalogue, baseline: old.baseline, title: old.title,
                    document: old.document, effectiveFrom: Day(2027, 1, 1)!, sha256: old.sha256,
                    plans: old.plans),
                items: next.items, mappings: next.mappings)
            let loaded = try LoadCatalogue(later).perform(
                in: transaction, law: try LawFile.builtIn(), occasion)
            #expect(loaded == .new(version: old.id))
            #expect(transaction.journalled.map(\.act) == ["catalogue.loaded"])
            let store = transaction.catalogue
            #expect(try store.item("I-FG-189", in: "FG", on: Day(2026, 12, 31)!)?.title == "样板工程")
            #expect(try store.item("I-FG-189", in: "FG", on: Day(2027, 1, 1)!)?.title == "示范工程")
            #expect(try store.versions(in: "SX").map(\.id) == [old.id, try builtIn("FG").version.id])
            let first = try builtIn("FG").version.id
            #expect(try store.item("I-FG-189", version: first)?.title == "样板工程")
            #expect(try store.list(version: first)?.items.count == 194)
        }
    }

    @Test(arguments: Backend.available)
    func `with errors is refused and leaves nothing`(backend: Backend) async throws {
        try await withCatalogues(backend) { transaction throws in
            let text = CatalogueExport.csv(try builtIn("FG")).replacingOccurrences(
                of: "active-20wd", with: "some-day")
            let broken = try CatalogueFile.exported(Array(text.utf8), name: "broken.csv")
            do {
                try LoadCatalogue(broken).perform(in: transaction, law: try LawFile.builtIn(), occasion)
                Issue.record("a broken list went live")
            } catch let problem as CatalogueProblem {
                #expect(problem.code == "catalogue-incomplete")
            }
            #expect(transaction.journalled.isEmpty)
            #expect(try transaction.catalogue.version(broken.version.id) == nil)
        }
    }
}

@Suite struct `Items of a jurisdiction` {
    @Test(arguments: Backend.available)
    func `are those of the catalogue it keeps`(backend: Backend) async throws {
        try await withCatalogues(backend) { transaction throws in
            let store = transaction.catalogue
            let sample = try store.items(in: "SX", on: today)
            #expect(sample.count == 194)
            #expect(sample.allSatisfy { $0.jurisdiction == "SX" && $0.catalogue == "FG" })
            #expect(try store.items(in: "SS", on: today).count == 36)
            #expect(try store.item("I-FG-021", in: "SX", on: today)?.version == builtIn("FG").version.id)
            #expect(try store.item("I-CN-021", in: "SX", on: today) == nil)
        }
    }

    @Test(arguments: Backend.available)
    func `come in pages and fields`(backend: Backend) async throws {
        try await withCatalogues(backend) { transaction throws in
            let store = transaction.catalogue
            var ids: [String] = []
            while true {
                let page = try store.page(in: "FG", on: today, after: ids.last ?? "", limit: 50)
                if page.isEmpty { break }
                ids += page.map(\.id)
            }
            #expect(ids == (try builtIn("FG").items.map(\.id)))
            let procurement = try store.page(in: "FG", on: today, field: "政府采购")
            #expect(procurement.map(\.id) == (18...25).map { "I-FG-0\($0)" })
            let fields = try store.fields(in: "CN", on: today)
            #expect(fields.map(\.name) == ["住房保障", "国有土地使用权出让", "矿业权出让", "政府采购", "国有产权交易", "工程建设项目招标投标"])
            #expect(fields.map(\.items) == [10, 4, 3, 8, 5, 6])
            #expect(try store.page(in: "FG", on: today, after: "I-XX-001").isEmpty)
        }
    }

    @Test(arguments: Backend.available)
    func `are found by the event that starts them`(backend: Backend) async throws {
        try await withCatalogues(backend) { transaction throws in
            let store = transaction.catalogue
            func ids(_ kind: String, naming: String? = nil, scopes: Set<ProjectScope> = []) throws -> [String]
            {
                try store.items(triggeredBy: kind, in: "SX", on: today, naming: naming, scopes: scopes).map(
                    \.id)
            }
            #expect(try ids("procurement.result_fixed") == ["I-FG-019", "I-FG-021"])
            #expect(try ids("tender.result_fixed", scopes: [.major]) == ["I-FG-152"])
            #expect(try ids("item.formed", naming: "I-FG-107") == ["I-FG-107"])
            #expect(try ids("period.ended") == ["I-FG-104", "I-FG-105"])
            #expect(try ids("no.such") == [])
            let items = try store.items(triggeredBy: "procurement.result_fixed", in: "SX", on: today)
            let built = try builtIn("FG")
            for item in items { #expect(item.clocks == built.item(item.id)?.clocks) }
        }
    }

    @Test(arguments: Backend.available)
    func `are inherited where the county has none`(backend: Backend) async throws {
        try await withCatalogues(backend) { transaction throws in
            let text = CatalogueExport.csv(try builtIn("FG")).split(separator: "\n")
                .filter { !$0.hasPrefix("I-FG-015") }.joined(separator: "\n")
            let less = try CatalogueFile.exported(Array(text.utf8), name: "less.csv")
            try LoadCatalogue(less).perform(in: transaction, law: try LawFile.builtIn(), occasion)
            let store = transaction.catalogue
            let item = try #require(try store.item("I-CN-015", in: "SX", on: today))
            #expect(item.relation == .inherited && item.jurisdiction == "SX")
            #expect(try store.items(in: "FG", on: today).count == 194)
            let formed = try store.items(triggeredBy: "item.formed", in: "FG", on: today, naming: "I-CN-015")
            #expect(formed.map(\.relation) == [.inherited])
        }
    }
}

@Suite struct `Who owes an item` {
    private func names(_ id: String, _ code: String, on day: Day, _ transaction: Transaction) throws
        -> [String]
    {
        let item = try #require(try transaction.catalogue.item(id, in: code, on: day))
        return try transaction.catalogue.resolveLead(item, in: code, on: day).map(\.name)
    }

    @Test(arguments: Backend.available)
    func `is the office that the plan names, under today's name`(backend: Backend) async throws {
        try await withCatalogues(backend) { transaction throws in
            let then = Day(2018, 7, 24)!
            #expect(try names("I-FG-011", "FG", on: then, transaction) == ["县国土局"])
            #expect(try names("I-FG-011", "FG", on: today, transaction) == ["县自然资源局"])
            #expect(try names("I-FG-011", "SX", on: today, transaction) == ["示例县自然资源局"])
            #expect(try names("I-FG-113", "FG", on: then, transaction) == ["县应急办"])
            #expect(try names("I-FG-113", "FG", on: today, transaction) == ["县应急管理局"])
            #expect(try names("I-FG-026", "FG", on: today, transaction) == ["县金融办", "县审计局", "县税务局"])
        }
    }

    @Test(arguments: Backend.available)
    func `is each township for what is owed town by town`(backend: Backend) async throws {
        try await withCatalogues(backend) { transaction throws in
            let store = transaction.catalogue
            let water = try #require(try store.item("I-FG-104", in: "SX", on: today))
            let towns = try store.recurringOwners(of: water, in: "SX", on: today).map(\.id)
            #expect(towns == ["sx-dongshan", "sx-nanping", "sx-xihe"])
            let drinking = try #require(try store.item("I-FG-105", in: "SX", on: today))
            #expect(
                try store.recurringOwners(of: drinking, in: "SX", on: today).map(\.id) == ["sx-environment"])
            #expect(try store.recurringOwners(of: water, in: "FG", on: today).isEmpty)
        }
    }

    @Test(arguments: Backend.available)
    func `is a collective's members only for standing and periodic items`(backend: Backend) async throws {
        try await withCatalogues(backend) { transaction throws in
            let guide = try names("I-FG-128", "SX", on: today, transaction)
            #expect(guide.contains("示例县东山镇人民政府") && guide.contains("示例县经济开发区管委会"))
            #expect(try names("I-FG-134", "SX", on: today, transaction) == ["示例县经济开发区管委会"])
            #expect(try names("I-FG-048", "SX", on: today, transaction) == [])
        }
    }

    @Test(arguments: Backend.available)
    func `is who acted, unless the plan says who publishes`(backend: Backend) async throws {
        try await withCatalogues(backend) { transaction throws in
            let store = transaction.catalogue
            func owner(_ id: String, acting: String) throws -> String {
                let item = try #require(try store.item(id, in: "SX", on: today))
                return try store.owner(of: item, acting: acting, on: today)
            }
            #expect(try owner("I-FG-021", acting: "sx-education") == "sx-education")
            #expect(try owner("I-FG-023", acting: "sx-education") == "sx-finance")
            #expect(try owner("I-FG-170", acting: "sx-water") == "sx-water")
            #expect(try owner("I-FG-011", acting: "") == "sx-land")
        }
    }
}
