import Catalogue
import CivilTime
import LedgerTesting
import Obligations
import Publishing
import Storage
import StorageTesting
import Testing

@Suite struct `The procedure of a field` {
    @Test(arguments: FieldChainPlay.all, Backend.available)
    func `awaits its steps, owes what each forms by the day counted by hand, and is met`(
        _ play: FieldChainPlay, _ backend: Backend
    ) async throws {
        try await withCounty(backend) { county in
            let project = try await county.project(scopes: play.scopes, on: play.steps[0].day)
            for (index, step) in play.steps.enumerated() {
                let recorded = try await county.event(
                    step.kind, by: step.body, on: step.day, project: project)
                #expect(try await owed(recorded.obligations, county) == step.owed, "\(step.kind)")
                if index == 0 {
                    #expect(try await awaited(project, on: step.day, county) == play.awaited)
                }
                for id in recorded.obligations { try await meet(id, after: step.day, county) }
            }
        }
    }

    private func owed(_ ids: [String], _ county: County) async throws -> Set<String> {
        var found: Set<String> = []
        for id in ids {
            let obligation = try await county.obligation(id)
            let due = obligation.due.map(\.description) ?? "-"
            found.insert("\(obligation.item) \(obligation.channel) \(due)")
        }
        return found
    }

    private func awaited(_ project: String, on day: Day, _ county: County) async throws -> Set<String> {
        let waiting = try await county.obligations(project: project).filter { $0.trigger.isEmpty }
        for obligation in waiting {
            #expect(try await county.state(obligation.id, on: day) == .awaited, "\(obligation.item)")
        }
        return Set(waiting.map { "\($0.item) \($0.channel)" })
    }

    /// Owed on the day of the step, met by an edition of the due day.
    private func meet(_ id: String, after day: Day, _ county: County) async throws {
        let obligation = try await county.obligation(id)
        #expect([.owed, .dueSoon].contains(try await county.state(id, on: day)), "\(obligation.item)")
        let due = obligation.due ?? day
        try await county.publish(
            obligation.item, by: obligation.body, on: due, project: obligation.project,
            channel: obligation.channel, obligation: id)
        let expected: ObligationState = obligation.due == nil ? .metUndetermined : .metOnTime
        #expect(try await county.state(id, on: due) == expected, "\(obligation.item)")
    }

    @Test(arguments: Backend.available)
    func `of land concerns major projects only, and ends with its termination`(_ backend: Backend)
        async throws
    {
        try await withCounty(backend) { county in
            let plain = try await county.project("SX-E-1")
            let nothing = try await county.event(
                "expropriation.approved", by: "sx-land", on: "2026-03-02", project: plain)
            #expect(nothing.obligations.isEmpty)
            let major = try await county.project("SX-E-2", scopes: [.major])
            try await county.event(
                "expropriation.pre_announced", by: "sx-land", on: "2026-03-02", project: major)
            #expect(try await county.obligation("I-FG-159", project: major).closed == .open)
            try await county.event(
                "expropriation.terminated", by: "sx-land", on: "2026-03-16", project: major)
            #expect(try await county.obligation("I-FG-159", project: major).closed == .notApplicable)
            #expect(try await county.obligation("I-FG-155", project: major).closed == .open)
        }
    }

    @Test(arguments: Backend.available)
    func `leaves an unverified limit out of what is overdue, and keeps a verified one in`(
        _ backend: Backend
    ) async throws {
        try await withCounty(backend) { county in
            let project = try await county.project()
            let expired = try await county.event(
                "procurement.framework_expired", on: "2026-06-01", project: project)
            let summary = try await county.obligation(expired.obligations[0])
            #expect(!summary.verified)
            #expect(summary.rule == "procurement-framework-summary-10wd")
            let decided = try await county.event(
                "environment.decided", by: "sx-environment", on: "2026-04-08", project: project)
            for id in decided.obligations {
                #expect(try await county.obligation(id).rule == "licence-penalty-7wd")
            }
            #expect(try await county.close("2026-07-01", on: "2026-07-02") == 2)
        }
    }

    @Test(arguments: Backend.available)
    func `that the finance department ends is published by it`(_ backend: Backend) async throws {
        try await withCounty(backend) { county in
            for (kind, item) in [
                ("procurement.inspection_decided", "I-FG-023"), ("procurement.agency_assessed", "I-FG-024"),
            ] {
                let recorded = try await county.event(kind, by: "sx-education", on: "2026-03-02")
                #expect(
                    try await owed(recorded.obligations, county) == [
                        "\(item) portal 2026-03-30", "\(item) platform 2026-03-30",
                    ])
                for id in recorded.obligations {
                    #expect(try await county.obligation(id).body == "sx-finance")
                }
            }
        }
    }
}

/// 附1 二(二)5 alone names a rhythm: months for drinking water, quarters for the townships' surface water.
@Suite struct `Periodic welfare duties` {
    @Test(arguments: Backend.available)
    func `open by themselves, fall due, and are met each by its own period`(_ backend: Backend) async throws {
        try await withCounty(backend) { county in
            try await county.startLedger(from: "2026-06-01", on: "2026-06-01")
            try await county.openPeriods(on: "2026-07-01")
            // 1-3 July are 3, 6-10 are 8, 13-17 are 13, 20-24 are 18, 27 and 28 are 20: for the month and the quarter.
            let opened = try await periods(county)
            #expect(
                opened.keys.sorted() == [
                    "I-FG-104 sx-dongshan 2026-Q2 2026-07-28", "I-FG-104 sx-nanping 2026-Q2 2026-07-28",
                    "I-FG-104 sx-xihe 2026-Q2 2026-07-28", "I-FG-105 sx-environment 2026-06 2026-07-28",
                ])
            let water = try #require(opened["I-FG-105 sx-environment 2026-06 2026-07-28"])
            #expect(try await county.state(water, on: "2026-07-01") == .owed)
            #expect(try await county.state(water, on: "2026-07-29") == .overdue)
            let published = try await county.publish(
                "I-FG-105", by: "sx-environment", on: "2026-07-28", period: "2026-06")
            #expect(published.discharged == [water])
            #expect(try await county.state(water, on: "2026-07-29") == .metOnTime)
        }
    }

    private func periods(_ county: County) async throws -> [String: String] {
        var found: [String: String] = [:]
        for item in ["I-FG-104", "I-FG-105"] {
            var filter = ObligationFilter(day: "2026-07-01", soon: "2026-07-08")
            filter.item = item
            for duty in try await county.listed(filter) {
                found["\(duty.item) \(duty.body) \(duty.period) \(duty.due.map(\.description) ?? "-")"] =
                    duty.id
            }
        }
        return found
    }
}
