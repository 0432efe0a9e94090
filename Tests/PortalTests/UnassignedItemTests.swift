import Catalogue
import CivilTime
import Law
import LedgerTesting
import Obligations
import People
import Portal
import StorageTesting
import Testing
import Transparency
import Web
import WebTesting

@Suite struct `An item that nobody is known to owe` {
    @Test(arguments: Backend.available)
    func `says so on its page`(on backend: Backend) async throws {
        try await withCounty(backend, tables: LogSchema.migrations) { county in
            try await county.act(on: "2026-03-03") { transaction, law, occasion in
                try LoadBodies(try #require(try BodyFile.builtIn("NT"))).perform(in: transaction, occasion)
                let list = try #require(try CatalogueFile.builtIn("NT"))
                _ = try LoadCatalogue(list).perform(in: transaction, law: try LawFile.builtIn(), occasion)
                var event = RecordEvent(
                    kind: "item.formed", body: "nt-housing", day: "2026-03-02", basis: .system)
                (event.jurisdiction, event.item) = ("NT", "I-NT-026")
                _ = try event.perform(in: transaction, law: law, occasion)
            }
            let portal = Portal(
                database: county.database, law: county.shelf, today: { "2026-03-04" }, search: nil,
                isSample: true)
            let site = Site(portal.routes(), look: portal.look, translate: Portal.translate)
            #expect(try await site.get("/catalogue/I-NT-026").text.contains("没有已登记的公开主体"))
        }
    }
}
