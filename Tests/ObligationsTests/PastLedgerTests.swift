import CivilTime
import Law
import LedgerTesting
import Obligations
import People
import Publishing
import Storage
import StorageTesting
import Testing

/// What an obligation was at the end of a day.
private struct Stood: Equatable, CustomStringConvertible {
    let day: Day
    /// nil where nothing was known of it.
    let state: ObligationState?
    let due: Day?

    init(_ day: Day, _ state: ObligationState?, due: Day? = nil) {
        (self.day, self.state, self.due) = (day, state, due)
    }

    var description: String { "\(day) \(state?.rawValue ?? "unknown") \(due?.description ?? "")" }
}

extension County {
    fileprivate func stood(_ id: String, on days: [Day]) async throws -> [Stood] {
        var found: [Stood] = []
        for day in days {
            let obligation = try await read { try $0.ledger(on: day).obligation(id) }
            let state = try obligation?.state(on: day, soon: soon(day))
            found.append(Stood(day, state, due: obligation?.due))
        }
        return found
    }

    fileprivate func check(_ id: String, _ table: [Stood]) async throws {
        let found = try await stood(id, on: table.map(\.day))
        #expect(found == table)
    }
}

/// Days by hand: 2026-03-02 is a Monday. March 2026 has no holiday, so 20 working days later is 2026-03-30; from
/// 2026-03-16 it is 2026-04-14, with 清明 from 04-04 to 04-06 between.
@Suite struct `The ledger as it stood at the end of a past day` {
    @Test(arguments: Backend.available)
    func `knows late, withdrawn and met again`(_ backend: Backend) async throws {
        try await withCounty(backend) { county in
            let id = try await county.formed(on: "2026-03-02")
            let first = try await county.publish(on: "2026-04-08").publication.id
            try await county.withdraw(first, on: "2026-04-15")
            let second = try await county.publish(on: "2026-04-20").publication.id
            try await county.check(
                id,
                [
                    Stood("2026-03-01", nil), Stood("2026-03-02", .owed, due: "2026-03-30"),
                    Stood("2026-03-20", .owed, due: "2026-03-30"),
                    Stood("2026-03-23", .dueSoon, due: "2026-03-30"),
                    Stood("2026-03-30", .dueSoon, due: "2026-03-30"),
                    Stood("2026-03-31", .overdue, due: "2026-03-30"),
                    Stood("2026-04-07", .overdue, due: "2026-03-30"),
                    Stood("2026-04-08", .metLate, due: "2026-03-30"),
                    Stood("2026-04-14", .metLate, due: "2026-03-30"),
                    Stood("2026-04-15", .overdue, due: "2026-03-30"),
                    Stood("2026-04-19", .overdue, due: "2026-03-30"),
                    Stood("2026-04-20", .metLate, due: "2026-03-30"),
                ])
            let papers: [(Day, [String])] = [
                ("2026-04-07", []), ("2026-04-08", ["\(first) false"]), ("2026-04-14", ["\(first) false"]),
                ("2026-04-15", ["\(first) true"]), ("2026-04-20", ["\(first) true", "\(second) false"]),
            ]
            for (day, expected) in papers {
                let found = try await county.read { try $0.ledger(on: day).discharges(ofAny: [id]) }
                #expect(found.map { "\($0.publication) \($0.revoked)" } == expected, "\(day)")
            }
            let late = try await county.read { transaction in
                try ["2026-04-07", "2026-04-14", "2026-04-15", "2026-04-20"].map {
                    try transaction.ledger(on: $0).timeliness(body: "sx-housing").map(\.count)
                }
            }
            #expect(late == [[], [1], [], [1]])
        }
    }

    @Test(arguments: Backend.available)
    func `knows a decision until it was revoked`(_ backend: Backend) async throws {
        try await withCounty(backend) { county in
            let id = try await county.formed(on: "2026-03-02")
            let decision = try await county.withhold(id, on: "2026-03-10").id
            try await county.revoke(decision, on: "2026-04-02")
            try await county.check(
                id,
                [
                    Stood("2026-03-09", .owed, due: "2026-03-30"),
                    Stood("2026-03-10", .withheld, due: "2026-03-30"),
                    Stood("2026-04-01", .withheld, due: "2026-03-30"),
                    Stood("2026-04-02", .overdue, due: "2026-03-30"),
                ])
            let revoked = try await county.read { transaction in
                try ["2026-03-09", "2026-04-01", "2026-04-02"].map {
                    try transaction.ledger(on: $0).decisions(of: id).map(\.revokedOn)
                }
            }
            #expect(revoked == [[], [nil], ["2026-04-02"]])
        }
    }

    @Test(arguments: Backend.available)
    func `counts from the day of a fact that was believed then`(_ backend: Backend) async throws {
        try await withCounty(backend) { county in
            let id = try await county.formed(on: "2026-03-02", recorded: "2026-03-04")
            let root = try await county.obligation(id).root
            try await county.amend(root, to: "2026-03-16", on: "2026-03-31")
            try await county.check(
                id,
                [
                    Stood("2026-03-03", nil), Stood("2026-03-04", .owed, due: "2026-03-30"),
                    Stood("2026-03-30", .dueSoon, due: "2026-03-30"),
                    Stood("2026-03-31", .owed, due: "2026-04-14"),
                    Stood("2026-04-07", .dueSoon, due: "2026-04-14"),
                    Stood("2026-04-15", .overdue, due: "2026-04-14"),
                ])
            let facts: [(Day, [String], Int)] = [
                ("2026-03-03", [], 0), ("2026-03-30", ["2026-03-02 current"], 1),
                ("2026-03-31", ["2026-03-02 superseded", "2026-03-16 current"], 2),
            ]
            for (day, history, computations) in facts {
                let found = try await county.read { transaction in
                    let then = transaction.ledger(on: day)
                    return (try then.history(root: root), try then.computations(of: id).count)
                }
                #expect(found.0.map { "\($0.day) \($0.state.rawValue)" } == history, "\(day)")
                #expect(found.1 == computations, "\(day)")
            }
        }
    }

    @Test(arguments: Backend.available)
    func `knows a fact until it was voided`(_ backend: Backend) async throws {
        try await withCounty(backend) { county in
            let id = try await county.formed(on: "2026-03-02")
            let root = try await county.obligation(id).root
            try await county.void(root, on: "2026-03-12")
            try await county.check(
                id,
                [
                    Stood("2026-03-11", .owed, due: "2026-03-30"),
                    Stood("2026-03-12", .void, due: "2026-03-30"),
                ])
            let states = try await county.read { transaction in
                try ["2026-03-11", "2026-03-12"].map {
                    try transaction.ledger(on: $0).history(root: root).map(\.state)
                }
            }
            #expect(states == [[.current], [.voided]])
        }
    }

    @Test(arguments: Backend.available)
    func `accuses nobody before somebody declared a source complete, nor after that was taken back`(
        _ backend: Backend
    ) async throws {
        try await withCounty(backend) { county in
            let id = try await county.formed(by: "fg-housing", on: "2026-03-02")
            try await county.close("2026-04-08", on: "2026-04-09")
            try await county.cover(from: "2026-03-01", to: "2026-04-09", on: "2026-04-10")
            try await county.uncoverLast(on: "2026-04-20")
            try await county.check(
                id,
                [
                    Stood("2026-03-31", .unobserved, due: "2026-03-30"),
                    Stood("2026-04-09", .unobserved, due: "2026-03-30"),
                    Stood("2026-04-10", .overdue, due: "2026-03-30"),
                    Stood("2026-04-19", .overdue, due: "2026-03-30"),
                    Stood("2026-04-20", .unobserved, due: "2026-03-30"),
                ])
            let entries = try await county.read { transaction in
                try ["2026-04-09", "2026-04-10", "2026-04-20"].map {
                    try transaction.ledger(on: $0).overdueEntries(of: id)
                }
            }
            #expect(entries == [[], ["2026-04-10"], ["2026-04-10"]])
        }
    }

    @Test(arguments: Backend.available)
    func `is on every day what was read on that day`(_ backend: Backend) async throws {
        try await withCounty(backend) { county in
            var seen: [(day: Day, snapshot: Snapshot)] = []
            var story = RandomStory(seed: 3)
            for offset in 0..<40 {
                let day = Day(2026, 3, 2)?.adding(days: offset) ?? Day(ordinal: 0)
                try await story.live(day, in: county)
                seen.append((day, try await county.snapshot(day, past: false)))
            }
            #expect(Set(seen.flatMap { $0.snapshot.obligations.map(\.closed) }).count >= 5)
            for (day, snapshot) in seen {
                #expect(try await county.snapshot(day, past: true) == snapshot, "\(day)")
            }
        }
    }

    @Test(arguments: Backend.available)
    func `begins with the first recorded fact`(_ backend: Backend) async throws {
        try await withCounty(backend) { county in
            #expect(try await county.read { try $0.firstLedgerDay() } == nil)
            try await county.formed(on: "2026-03-02", recorded: "2026-03-04")
            #expect(try await county.read { try $0.firstLedgerDay() } == "2026-03-04")
        }
    }
}

/// All that a list, its counts and a project show.
private struct Snapshot: Equatable {
    let obligations: [Obligation]
    let counts: [ObligationState: Int]
    let discharges: [Discharge]
    let rates: [String]
    let events: [Event]
}

extension County {
    fileprivate func snapshot(_ day: Day, past: Bool) async throws -> Snapshot {
        let filter = ObligationFilter(day: day, soon: try soon(day))
        return try await read { transaction in
            let then = transaction.ledger(on: day)
            let (now, ledger) = (transaction.obligations, transaction.ledger)
            let list =
                try past
                ? then.list(filter, after: nil, limit: 1000) : now.list(filter, after: nil, limit: 1000)
            let ids = list.map(\.id)
            let rates = try past ? then.timeliness(body: "sx-finance") : ledger.timeliness(body: "sx-finance")
            let projects = Set(list.map(\.project)).subtracting([""]).sorted()
            return Snapshot(
                obligations: list,
                counts: try past ? then.countsByState(filter) : now.countsByState(filter),
                discharges: try past ? then.discharges(ofAny: ids) : ledger.discharges(ofAny: ids),
                rates: rates.map { "\($0.basis) \($0.verdict) \($0.count)" }.sorted(),
                events: try projects.flatMap {
                    try past ? then.events(project: $0) : transaction.events.current(project: $0)
                })
        }
    }
}
