import CivilTime
import Obligations
import Projects
import Publishing
import Storage

/// A sequence that is the same for the same seed (SplitMix64).
package struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    package init(seed: UInt64) {
        state = seed
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}

/// What may happen in a county from one day to the next, in no sensible order; the same for the same seed.
package struct RandomStory {
    private var generator: SeededGenerator
    private var facts: [String] = []
    private var papers: [String] = []
    private var decisions: [String] = []
    private var projects: [String] = []
    private var number = 0

    package init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
    }

    /// One day of it: a few acts, of which some are refused.
    package mutating func live(_ day: Day, in county: County) async throws {
        if projects.isEmpty {
            try await county.startLedger(from: day, on: day)
            for lots in [["1", "2"], []] {
                number += 1
                projects.append(try await county.project("SXCG-\(number)", lots: lots, on: day))
            }
        }
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
            do { try await act(day, in: county) } catch is LedgerProblem {} catch is PublishingProblem {}
        }
        if Int.random(in: 0..<3, using: &generator) == 0 {
            try await county.close(day.adding(days: -1), on: day)
        }
    }

    private mutating func act(_ day: Day, in county: County) async throws {
        number += 1
        switch Int.random(in: 0..<12, using: &generator) {
        case 0, 1: try await form(day, in: county)
        case 2, 3, 4: try await step(day, in: county)
        case 5, 6: try await publish(day, in: county)
        case 7: if let paper = papers.popLast() { try await county.withdraw(paper, on: day) }
        case 8:
            if let fact = facts.randomElement(using: &generator) {
                let new = try await county.amend(
                    fact, to: day.adding(days: -Int.random(in: 0...20, using: &generator)), on: day)
                facts.removeAll { $0 == fact }
                facts.append(new.id)
            }
        case 9: if let fact = facts.popLast() { try await county.void(fact, on: day) }
        case 10: try await decide(day, in: county)
        default: try await declare(day, in: county)
        }
    }

    private mutating func form(_ day: Day, in county: County) async throws {
        let body = Bool.random(using: &generator) ? "sx-housing" : "fg-housing"
        let formed = day.adding(days: -Int.random(in: 0...40, using: &generator))
        let recorded = try await county.event(
            "item.formed", by: body, on: formed,
            item: "I-FG-00\([1, 3].randomElement(using: &generator) ?? 1)",
            basis: .document, evidence: "第\(number)号", recorded: day)
        facts.append(recorded.event.id)
    }

    private mutating func step(_ day: Day, in county: County) async throws {
        let kinds = [
            "procurement.documents_issued", "procurement.bid_opening", "procurement.result_fixed",
            "procurement.contract_signed",
        ]
        let recorded = try await county.event(
            kinds.randomElement(using: &generator) ?? kinds[0],
            on: day.adding(days: -Int.random(in: 0...9, using: &generator)),
            project: projects.randomElement(using: &generator) ?? "",
            lot: ["", "", "1"].randomElement(using: &generator) ?? "", basis: .document,
            evidence: "第\(number)号", recorded: day)
        facts.append(recorded.event.id)
    }

    private mutating func publish(_ day: Day, in county: County) async throws {
        let isAlone = Bool.random(using: &generator)
        let item =
            (isAlone ? ["I-FG-001", "I-FG-002", "I-FG-003"] : ["I-FG-018", "I-FG-021"])
            .randomElement(using: &generator) ?? ""
        let published = try await county.publish(
            item, by: isAlone ? "sx-housing" : "sx-finance", on: day,
            project: isAlone ? "" : projects.randomElement(using: &generator) ?? "", title: "公告\(number)")
        papers.append(published.publication.id)
    }

    private mutating func decide(_ day: Day, in county: County) async throws {
        if Bool.random(using: &generator), let decision = decisions.popLast() {
            return try await county.revoke(decision, on: day)
        }
        let owed = try await county.listed(ObligationFilter(day: day, soon: day)).filter {
            $0.closed == .open
        }
        guard let some = owed.randomElement(using: &generator) else { return }
        decisions.append(
            Bool.random(using: &generator)
                ? try await county.withhold(some.id, on: day).id
                : try await county.dismiss(some.id, on: day).id)
    }

    private mutating func declare(_ day: Day, in county: County) async throws {
        if try await county.coverages().contains(where: { $0.stands }), Bool.random(using: &generator) {
            try await county.uncoverLast(on: day)
        } else {
            try await county.cover(from: "2026-01-01", to: day, on: day)
        }
    }
}
