import CivilTime
import Foundation
import Law
import LedgerTesting
import Obligations
import Publishing
import Spreadsheet
import Storage
import StorageTesting
import Testing

/// One step of a procedure as Tests/LawCases/chain-plays.csv has it.
private struct PlayedStep {
    let chain: String
    let body: String
    let event: String
    let day: Day
    /// `I-FG-012 portal 2026-03-30`: item, channel, due day.
    let owes: [String]

    /// The steps of every chain, chain by chain in the order of the table.
    static func plays() throws -> [[PlayedStep]] {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "LawCases/chain-plays.csv")
        let steps = try CSVTable([UInt8](Data(contentsOf: file))).records.map { record in
            PlayedStep(
                chain: record["chain"] ?? "", body: record["body"] ?? "", event: record["event"] ?? "",
                day: try #require(Day(record["day"] ?? "")),
                owes: (record["owes"] ?? "").split(separator: "; ").map(String.init))
        }
        var plays: [[PlayedStep]] = []
        for step in steps {
            if plays.last?.first?.chain == step.chain {
                plays[plays.count - 1].append(step)
            } else {
                plays.append([step])
            }
        }
        return plays
    }
}

/// Land, mining rights, state property, medicine, emission, sea, franchises, forest, water, carbon and housing, from
/// the first step to the last; the due days were counted by hand.
@Suite struct `The procedures of allocation` {
    let law: LawBook

    init() throws { law = try LawBook.builtIn() }

    @Test(arguments: Backend.available)
    func `is awaited, owed and met step by step`(_ backend: Backend) async throws {
        try await withCounty(backend) { county in
            for play in try PlayedStep.plays() {
                let project = try await county.project("SX-\(play[0].chain)")
                for step in play { try await take(step, first: step.event == play[0].event, project, county) }
                let left = try await county.obligations(project: project).filter { $0.closed != .onTime }
                #expect(left.isEmpty, "\(play[0].chain): \(left.map { "\($0.item) \($0.eventKind)" })")
            }
        }
    }

    private func take(_ step: PlayedStep, first: Bool, _ project: String, _ county: County) async throws {
        let awaited = try await county.obligations(project: project).filter { $0.eventKind == step.event }
        for obligation in awaited {
            #expect(try await county.state(obligation.id, on: step.day) == .awaited, "\(step)")
        }
        let recorded = try await county.event(step.event, by: step.body, on: step.day, project: project)
        let expected = law.chain(containing: step.event)?.steps.first { $0.event == step.event }?.expected
        if !first, expected == true {
            #expect(Set(awaited.map(\.id)) == Set(recorded.obligations), "\(step)")
        }
        var owed: [String] = []
        for id in recorded.obligations {
            let obligation = try await county.obligation(id)
            let due = try #require(obligation.due, "\(step)")
            owed.append("\(obligation.item) \(obligation.channel) \(due)")
            try await meet(obligation, on: due, step, county)
        }
        #expect(owed.sorted() == step.owes.sorted(), "\(step)")
    }

    private func meet(_ obligation: Obligation, on due: Day, _ step: PlayedStep, _ county: County)
        async throws
    {
        #expect(obligation.verified, "\(step)")
        #expect(try await county.state(obligation.id, on: step.day) == .owed, "\(step)")
        #expect(try await county.state(obligation.id, on: due.adding(days: 1)) == .overdue, "\(step)")
        let published = try await county.publish(
            obligation.item, by: step.body, on: due, project: obligation.project, channel: obligation.channel)
        #expect(published.discharged == [obligation.id], "\(step)")
        #expect(try await county.state(obligation.id, on: due.adding(days: 1)) == .metOnTime, "\(step)")
    }

    @Test func `are all played, here or beside the plans' other fields`() throws {
        let played = try PlayedStep.plays().map { $0[0].chain }
        let elsewhere = Set(
            FieldChainPlay.all.flatMap(\.steps).compactMap { law.chain(containing: $0.kind)?.id })
        #expect(Set(law.chains.map(\.id)).subtracting(played).subtracting(elsewhere) == [])
    }

    /// 公共租赁住房管理办法 art. 10: as a rule five years; 18 May 2031 is a Sunday.
    @Test(arguments: Backend.available)
    func `says until when those in the queue may wait for a home`(_ backend: Backend) async throws {
        try await withCounty(backend) { county in
            let project = try await county.project("SX-PZ-1")
            try await county.event("housing.queued", by: "sx-housing", on: "2026-05-18", project: project)
            let result = try await county.obligation("I-FG-010", project: project)
            #expect(result.bound == "2031-05-19")
            #expect(result.boundRule == "housing-queue-60m")
        }
    }

    @Test(arguments: Backend.available)
    func `ends with its termination`(_ backend: Backend) async throws {
        try await withCounty(backend) { county in
            let project = try await county.project("SX-DK-9")
            try await county.event("land.notice_issued", by: "sx-land", on: "2026-03-02", project: project)
            try await county.event("land.terminated", by: "sx-land", on: "2026-03-20", project: project)
            let later = try await county.obligations(project: project).filter { $0.trigger.isEmpty }
            #expect(Set(later.map(\.item)) == ["I-FG-013", "I-FG-014"])
            #expect(later.allSatisfy { $0.closed == .notApplicable })
        }
    }
}
