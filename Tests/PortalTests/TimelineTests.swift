import CivilTime
import LedgerTesting
import Portal
import StorageTesting
import Testing
import Transparency
import Web
import WebTesting

@Suite struct `The timeline of a procedure` {
    private func track(_ project: String, of county: County) async throws -> (
        procedure: String, events: [String], states: [String], track: [String: Any]
    ) {
        let portal = Portal(
            database: county.database, law: county.shelf, today: { "2026-04-22" }, search: nil, isSample: true
        )
        let site = Site(portal.routes(), look: portal.look, translate: Portal.translate)
        let value = try await site.object("/projects/\(project).json")
        let track = try #require((value["tracks"] as? [[String: Any]])?.first)
        let steps = try #require(track["steps"] as? [[String: Any]])
        return (
            value["procedure"] as? String ?? "", steps.compactMap { $0["event"] as? String },
            steps.compactMap { $0["state"] as? String }, track
        )
    }

    @Test(arguments: Backend.available)
    func `keeps the order of the law, whatever was told first`(on backend: Backend) async throws {
        try await withCounty(backend, tables: LogSchema.migrations) { county in
            let project = try await county.project("SX-DK-7")
            try await county.event("land.result_fixed", by: "sx-land", on: "2026-04-20", project: project)
            try await county.event(
                "land.notice_issued", by: "sx-land", on: "2026-03-02", project: project,
                recorded: "2026-04-20")
            try await county.publish("I-FG-012", by: "sx-land", on: "2026-03-03", project: project)
            let shown = try await track(project, of: county)
            #expect(shown.procedure == "招标拍卖挂牌出让流程")
            #expect(
                shown.events == [
                    "land.notice_issued", "land.bidding_opened", "land.result_fixed", "land.contract_signed",
                ])
            // The notice was due on 30 March and never reached the platform; the result is due on 20 May.
            #expect(shown.states == ["missing", "awaited", "owed", "awaited"])
            #expect(shown.track["resultObserved"] as? Bool == true)
        }
    }

    @Test(arguments: Backend.available)
    func `without bidders does not ask for a result`(on backend: Backend) async throws {
        try await withCounty(backend, tables: LogSchema.migrations) { county in
            let building = try await county.project("SX-BJ-1")
            try await county.event("housing.started", by: "sx-housing", on: "2026-03-16", project: building)
            #expect(try await track(building, of: county).track["resultObserved"] as? Bool == true)
            let batch = try await county.project("SX-PZ-1")
            try await county.event(
                "housing.batch_announced", by: "sx-housing", on: "2026-03-16", project: batch)
            #expect(try await track(batch, of: county).track["resultObserved"] as? Bool == false)
        }
    }
}
