import Catalogue
import CivilTime
import LedgerTesting
import Obligations
import Publishing
import Storage
import StorageTesting
import Testing

@Suite struct `The steps of a procedure` {
    @Test(arguments: Backend.available)
    func `are awaited from the first fact on, started by their own, and awaited again when that is voided`(
        _ backend: Backend
    ) async throws {
        try await withCounty(backend) { county in
            let project = try await county.project()
            try await county.event("procurement.documents_issued", on: "2026-02-02", project: project)
            let result = try await county.obligation("I-FG-021", project: project)
            #expect(try await county.state(result.id, on: "2027-01-01") == .awaited)
            let fixed = try await county.event("procurement.result_fixed", on: "2026-03-02", project: project)
            #expect(fixed.obligations.contains(result.id))
            #expect(try await county.state(result.id, on: "2026-03-02") == .owed)
            try await county.publish("I-FG-021", by: "sx-finance", on: "2026-03-03", project: project)
            #expect(try await county.state(result.id, on: "2026-03-03") == .metOnTime)
            try await county.void(fixed.event.id, on: "2026-03-04")
            #expect(try await county.state(result.id, on: "2026-03-04") == .awaited)
            // Fixed after all: the notice is out already and counts.
            try await county.event(
                "procurement.result_fixed", on: "2026-03-02", project: project, recorded: "2026-03-05")
            #expect(try await county.state(result.id, on: "2026-03-05") == .metOnTime)
            #expect(
                try await county.obligations(project: project).filter { $0.item == "I-FG-021" }.count == 2)
        }
    }

    @Test(arguments: Backend.available)
    func `are void when the facts that made them known are all voided, and stay known while one stands`(
        _ backend: Backend
    ) async throws {
        try await withCounty(backend) { county in
            let project = try await county.project()
            let documents = try await county.event(
                "procurement.documents_issued", on: "2026-02-02", project: project)
            let opening = try await county.event(
                "procurement.bid_opening", on: "2026-02-25", project: project)
            try await county.void(documents.event.id, on: "2026-02-26")
            let still = try await county.obligation("I-FG-022", project: project)
            #expect(try await county.state(still.id, on: "2026-02-26") == .awaited)
            #expect(still.root == opening.event.id)
            try await county.void(opening.event.id, on: "2026-02-27")
            #expect(try await county.obligations(project: project).allSatisfy { $0.closed == .void })
        }
    }

    @Test(arguments: Backend.available)
    func `that were withheld beforehand stay withheld when they come`(_ backend: Backend) async throws {
        try await withCounty(backend) { county in
            let project = try await county.project()
            try await county.event("procurement.documents_issued", on: "2026-02-02", project: project)
            let contract = try await county.obligation("I-FG-022", project: project)
            let decision = try await county.withhold(contract.id, on: "2026-02-03")
            try await county.event("procurement.contract_signed", on: "2026-03-02", project: project)
            #expect(try await county.obligation("I-FG-022", project: project).id == contract.id)
            #expect(try await county.state(contract.id, on: "2026-06-01") == .withheld)
            try await county.revoke(decision.id, on: "2026-03-03")
            #expect(try await county.obligation(contract.id).due == "2026-03-30")
            #expect(try await county.state(contract.id, on: "2026-03-03") == .owed)
        }
    }

    @Test(arguments: Backend.available)
    func
        `show the last lawful day that an earlier fact gives, follow its amendment and lose it with the fact`(
            _ backend: Backend
        ) async throws
    {
        try await withCounty(backend) { county in
            let project = try await county.project()
            let notified = try await county.event(
                "procurement.award_notified", on: "2026-03-02", project: project)
            try await county.event(
                "procurement.documents_issued", on: "2026-02-02", project: project, recorded: "2026-03-02")
            #expect(try await county.obligation("I-FG-022", project: project).bound == "2026-04-01")
            let amended = try await county.amend(notified.event.id, to: "2026-03-10", on: "2026-03-11")
            #expect(try await county.obligation("I-FG-022", project: project).bound == "2026-04-09")
            try await county.void(amended.id, on: "2026-03-12")
            let contract = try await county.obligation("I-FG-022", project: project)
            #expect(contract.bound == nil)
            #expect(contract.boundRule == "")
            #expect(contract.closed == .open)
        }
    }

    @Test(arguments: Backend.available)
    func `of one lot end with its termination, and are awaited again when that is voided`(_ backend: Backend)
        async throws
    {
        try await withCounty(backend) { county in
            let project = try await county.project(lots: ["1", "2"])
            try await county.event("procurement.documents_issued", on: "2026-02-02", project: project)
            #expect(try await county.obligation("I-FG-022", project: project, lot: "1").closed == .open)
            let ended = try await county.event(
                "procurement.terminated", on: "2026-03-02", project: project, lot: "1")
            #expect(
                try await county.obligation("I-FG-022", project: project, lot: "1").closed == .notApplicable)
            #expect(try await county.obligation("I-FG-022", project: project, lot: "2").closed == .open)
            // The termination itself is announced, and what was already owed stays owed.
            let notice = try await county.obligation(
                "I-FG-021", project: project, lot: "1", kind: "procurement.terminated")
            #expect(notice.due == "2026-03-30")
            #expect(try await county.obligation("I-FG-018", project: project, lot: "").closed == .open)
            // A fact that is told late does not make its rest awaited again.
            try await county.event(
                "procurement.bid_opening", on: "2026-02-25", project: project, recorded: "2026-03-03")
            #expect(
                try await county.obligation("I-FG-022", project: project, lot: "1").closed == .notApplicable)
            try await county.void(ended.event.id, on: "2026-03-04")
            let contract = try await county.obligation("I-FG-022", project: project, lot: "1")
            #expect(try await county.state(contract.id, on: "2026-03-04") == .awaited)
            #expect(try await county.obligation(notice.id).closed == .void)
        }
    }

    @Test(arguments: Backend.available)
    func `of the whole project end with its termination, and none are awaited from what is told later`(
        _ backend: Backend
    ) async throws {
        try await withCounty(backend) { county in
            let project = try await county.project(lots: ["1", "2"])
            let ended = try await county.event("procurement.terminated", on: "2026-03-02", project: project)
            try await county.event(
                "procurement.documents_issued", on: "2026-02-02", project: project, recorded: "2026-03-03")
            #expect(try await county.obligations(project: project).filter { $0.trigger.isEmpty }.isEmpty)
            try await county.void(ended.event.id, on: "2026-03-04")
            #expect(try await county.obligation("I-FG-022", project: project, lot: "2").closed == .open)
        }
    }

    @Test(arguments: Backend.available)
    func `that were awaited of the whole project are awaited lot by lot once a lot takes one`(
        _ backend: Backend
    ) async throws {
        try await withCounty(backend) { county in
            let project = try await county.project()
            try await county.event("procurement.documents_issued", on: "2026-02-02", project: project)
            _ = try await county.project(lots: ["1", "2"])
            try await county.event("procurement.result_fixed", on: "2026-03-02", project: project, lot: "2")
            let results = try await county.obligations(project: project).filter {
                $0.item == "I-FG-021" && $0.channel == "portal"
            }
            #expect(results.map(\.lot).sorted() == ["1", "2"])
            #expect(results.first { $0.lot == "1" }?.trigger == "")
            #expect(results.first { $0.lot == "2" }?.due == "2026-03-30")
        }
    }

    @Test(arguments: Backend.available)
    func `of every lot start when a fact concerns the whole project`(_ backend: Backend) async throws {
        try await withCounty(backend) { county in
            let project = try await county.project(lots: ["1", "2"])
            try await county.event("procurement.documents_issued", on: "2026-02-02", project: project)
            try await county.event("procurement.result_fixed", on: "2026-03-02", project: project)
            for lot in ["1", "2"] {
                #expect(
                    try await county.obligation("I-FG-021", project: project, lot: lot).due == "2026-03-30")
            }
            let notice = try await county.publish(
                "I-FG-021", by: "sx-finance", on: "2026-03-03", project: project)
            #expect(notice.discharged.count == 2)
        }
    }

    @Test(arguments: Backend.available)
    func `let a special item stand for the general one in a major project`(_ backend: Backend) async throws {
        try await withCounty(backend) { county in
            let plain = try await county.project("SX-T-1")
            let major = try await county.project("SX-T-2", scopes: [.major])
            for project in [plain, major] {
                try await county.event(
                    "tender.result_fixed", by: "sx-housing", on: "2026-03-02", project: project)
            }
            func results(_ project: String) async throws -> Set<String> {
                Set(
                    try await county.obligations(project: project).filter {
                        $0.eventKind == "tender.result_fixed"
                    }
                    .map(\.item))
            }
            #expect(try await results(plain) == ["I-FG-046"])
            #expect(try await results(major) == ["I-FG-152"])
        }
    }
}
