import CivilTime
import LedgerTesting
import Obligations
import Publishing
import Storage
import StorageTesting
import Testing

/// Drinking water (I-FG-105) is reported by the month, surface water (I-FG-104) by the quarter and township.
@Suite struct `Periodic duties` {
    private func periods(_ item: String, _ county: County) async throws -> [String] {
        var filter = ObligationFilter(day: "2026-01-01", soon: "2026-01-01")
        filter.item = item
        return try await county.listed(filter).map {
            "\($0.body) \($0.period) \($0.due.map(\.description) ?? "-")"
        }.sorted()
    }

    @Test(arguments: Backend.available)
    func `are opened once when their period has ended, catching up on the months nobody looked`(
        _ backend: Backend
    ) async throws {
        try await withCounty(backend) { county in
            try await county.startLedger(from: "2026-01-01", on: "2026-01-05")
            try await county.openPeriods(on: "2026-01-31")
            #expect(try await periods("I-FG-105", county) == [])
            try await county.openPeriods(on: "2026-02-01")
            #expect(try await periods("I-FG-105", county) == ["sx-environment 2026-01 2026-03-05"])
            #expect(try await county.openPeriods(on: "2026-05-01") > 0)
            let caughtUp = [
                "sx-environment 2026-01 2026-03-05", "sx-environment 2026-02 2026-03-27",
                "sx-environment 2026-03 2026-04-29", "sx-environment 2026-04 2026-06-01",
            ]
            #expect(try await periods("I-FG-105", county) == caughtUp)
            #expect(
                try await periods("I-FG-104", county) == [
                    "sx-dongshan 2026-Q1 2026-04-29", "sx-nanping 2026-Q1 2026-04-29",
                    "sx-xihe 2026-Q1 2026-04-29",
                ])
            let before = try await county.contents()
            #expect(try await county.openPeriods(on: "2026-05-01") == 0)
            #expect(try await county.contents() == before)
        }
    }

    @Test(arguments: Backend.available)
    func `are met by the publication of their own period`(_ backend: Backend) async throws {
        try await withCounty(backend) { county in
            try await county.startLedger(from: "2026-01-01", on: "2026-01-05")
            try await county.openPeriods(on: "2026-03-01")
            let published = try await county.publish(
                "I-FG-105", by: "sx-environment", on: "2026-03-05", period: "2026-02")
            #expect(published.discharged.count == 1)
            #expect(try await county.obligation(published.discharged[0]).period == "2026-02")
            let none = try await county.publish(
                "I-FG-104", by: "sx-environment", on: "2026-03-05", period: "2026-Q1")
            #expect(none.discharged.isEmpty)
        }
    }
}

/// 年度建设计划信息 (I-FG-002) must always stand; an edition is good for twelve months.
@Suite struct `A standing duty` {
    private func duty(_ county: County) async throws -> String {
        var filter = ObligationFilter(day: "2026-01-01", soon: "2026-01-01")
        filter.item = "I-FG-002"
        let found = try await county.listed(filter).filter(\.standing)
        #expect(found.map(\.body) == ["sx-housing"])
        return found[0].id
    }

    @Test(arguments: Backend.available)
    func `is current with an edition, lapses after twelve months, and is renewed by a correction`(
        _ backend: Backend
    ) async throws {
        try await withCounty(backend) { county in
            try await county.startLedger(from: "2026-01-05", on: "2026-01-05")
            let id = try await duty(county)
            #expect(try await county.obligation(id).due == "2026-02-02")
            #expect(try await county.state(id, on: "2026-01-06") == .owed)
            #expect(try await county.state(id, on: "2026-02-03") == .lapsed)
            let published = try await county.publish("I-FG-002", on: "2026-02-02")
            #expect(published.discharged == [id])
            #expect(try await county.state(id, on: "2026-02-03") == .current)
            #expect(try await county.obligation(id).due == "2027-02-02")
            #expect(try await county.state(id, on: "2027-02-02") == .current)
            #expect(try await county.state(id, on: "2027-02-03") == .lapsed)
            try await county.correct(published.publication.id, on: "2027-02-10")
            #expect(try await county.state(id, on: "2027-02-10") == .current)
            #expect(try await county.obligation(id).due == "2028-02-10")
            // Each lapsing day is explained like any other due day.
            let reasons = try await county.computations(id).map(\.reason)
            #expect(reasons == ["新版本公开", "新版本公开", "台账启用"])
        }
    }

    @Test(arguments: Backend.available)
    func `falls back to the edition before when one is withdrawn, and to its first due day with none`(
        _ backend: Backend
    ) async throws {
        try await withCounty(backend) { county in
            try await county.startLedger(from: "2026-01-05", on: "2026-01-05")
            let id = try await duty(county)
            let first = try await county.publish("I-FG-002", on: "2026-02-02")
            let second = try await county.publish("I-FG-002", on: "2026-06-01", title: "半年更新")
            #expect(try await county.obligation(id).due == "2027-06-01")
            try await county.withdraw(second.publication.id, on: "2026-06-10")
            #expect(try await county.obligation(id).due == "2027-02-02")
            #expect(try await county.state(id, on: "2026-06-10") == .current)
            try await county.withdraw(first.publication.id, on: "2026-06-11")
            #expect(try await county.obligation(id).due == "2026-02-02")
            #expect(try await county.state(id, on: "2026-06-11") == .lapsed)
        }
    }

    @Test(arguments: Backend.available)
    func `and the formation of the same item are met by the same publication`(_ backend: Backend) async throws
    {
        try await withCounty(backend) { county in
            try await county.startLedger(from: "2026-01-05", on: "2026-01-05")
            let id = try await duty(county)
            let formed = try await county.formed("I-FG-002", on: "2026-01-12")
            let published = try await county.publish("I-FG-002", on: "2026-01-20")
            #expect(Set(published.discharged) == [id, formed])
            #expect(try await county.state(formed, on: "2026-01-20") == .metOnTime)
        }
    }

    @Test(arguments: Backend.available)
    func `keeps its renewal when the calendar is computed again, and its first edition's lateness`(
        _ backend: Backend
    ) async throws {
        try await withCounty(backend) { county in
            try await county.startLedger(from: "2026-12-15", on: "2026-12-15")
            let id = try await duty(county)
            #expect(try await county.obligation(id).due == "2027-01-13")
            let published = try await county.publish("I-FG-002", on: "2027-01-14")
            #expect(try await county.discharges(id).map(\.verdict) == [.late])
            try await county.correct(published.publication.id, on: "2027-03-01")
            #expect(try await county.obligation(id).due == "2028-03-01")
            try await county.load(Calendars.long2027, on: "2027-03-02")
            while try await county.recompute(on: "2027-03-02") != nil {}
            #expect(try await county.obligation(id).due == "2028-03-01")
            #expect(try await county.state(id, on: "2027-03-02") == .current)
        }
    }

    @Test(arguments: Backend.available)
    func `that is withheld keeps its editions back until the decision is revoked`(_ backend: Backend)
        async throws
    {
        try await withCounty(backend) { county in
            try await county.startLedger(from: "2026-01-05", on: "2026-01-05")
            let id = try await duty(county)
            let decision = try await county.withhold(id, on: "2026-01-06")
            await #expect(throws: PublishingProblem.self) {
                try await county.publish("I-FG-002", on: "2026-01-07")
            }
            try await county.revoke(decision.id, on: "2026-01-08")
            try await county.publish("I-FG-002", on: "2026-01-09")
            #expect(try await county.state(id, on: "2026-01-09") == .current)
        }
    }
}
