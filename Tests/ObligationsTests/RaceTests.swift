import CivilTime
import LedgerTesting
import Obligations
import Publishing
import Storage
import StorageTesting
import Testing

/// Two processes on one database, each with a pool of its own, at the same moment.
@Suite struct `Two at once` {
    /// Runs the same act through two pools; returns what each gave or the code of its refusal.
    private func both<Value: Sendable>(
        _ county: County, _ act: @escaping @Sendable (Int, any Database) async throws -> Value
    ) async throws -> [Result<Value, any Error>] {
        let other = try county.scratch.open()
        let results = await withTaskGroup(of: Result<Value, any Error>.self) { group in
            for (number, pool) in [county.database, other].enumerated() {
                group.addTask {
                    do { return .success(try await act(number, pool)) } catch { return .failure(error) }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        try await other.close()
        return results
    }

    @Test(arguments: Backend.available)
    func `record the same fact: one is refused by name and one obligation is owed`(_ backend: Backend)
        async throws
    {
        try await withCounty(backend) { county in
            for round in 1...5 {
                let results = try await both(county) { _, pool in
                    try await county.act(on: "2026-03-02", through: pool) { transaction, law, occasion in
                        var record = RecordEvent(
                            kind: "item.formed", body: "sx-housing", day: "2026-03-02", basis: .system)
                        record.item = "I-FG-001"
                        record.evidence = "第\(round)份"
                        return try record.perform(in: transaction, law: law, occasion).obligations
                    }
                }
                #expect(results.count { if case .success = $0 { true } else { false } } == 1)
                for case .failure(let error) in results {
                    #expect((error as? LedgerProblem)?.code == "event-already-recorded", "\(error)")
                }
                var filter = ObligationFilter(day: "2026-03-02", soon: "2026-03-09")
                filter.item = "I-FG-001"
                #expect(try await county.listed(filter).count == round)
            }
        }
    }

    @Test(arguments: Backend.available)
    func `publish for one obligation: both stand and it is met once`(_ backend: Backend) async throws {
        try await withCounty(backend) { county in
            for round in 1...3 {
                let id = try await county.formed(on: "2026-03-02", evidence: "第\(round)份")
                let results = try await both(county) { number, pool in
                    try await county.act(on: "2026-03-10", through: pool) { transaction, law, occasion in
                        var publish = Publish(
                            body: "sx-housing",
                            record: EditionRecord(title: "第\(round)份之\(number)", text: "正文")
                        )
                        publish.item = "I-FG-001"
                        publish.obligation = id
                        return try publish.perform(in: transaction, law: law, occasion).discharged
                    }
                }
                #expect(try results.map { try $0.get() } == [[id], [id]])
                #expect(try await county.state(id, on: "2026-03-10") == .metOnTime)
                let closings = try await county.journal().filter {
                    $0.subject == id && $0.act == "obligation.closed"
                }
                #expect(closings.count == 1)
            }
        }
    }

    @Test(arguments: Backend.available)
    func `publish for two contracts: each meets its own`(_ backend: Backend) async throws {
        try await withCounty(backend) { county in
            let project = try await county.project()
            for number in ["甲", "乙"] {
                try await county.event(
                    "procurement.contract_signed", on: "2026-03-02", project: project, basis: .document,
                    evidence: number)
            }
            let results = try await both(county) { number, pool in
                try await county.act(on: "2026-03-03", through: pool) { transaction, law, occasion in
                    var publish = Publish(
                        body: "sx-finance", record: EditionRecord(title: "合同\(number)", text: "正文"))
                    publish.item = "I-FG-022"
                    publish.project = project
                    return try publish.perform(in: transaction, law: law, occasion).discharged
                }
            }
            let met = try results.flatMap { try $0.get() }
            #expect(met.count == 2)
            #expect(Set(met).count == 2)
        }
    }

    @Test(arguments: Backend.available)
    func `close the same day: every overdue obligation is entered once`(_ backend: Backend) async throws {
        try await withCounty(backend) { county in
            for number in 1...20 { _ = try await county.formed(on: "2026-03-02", evidence: "第\(number)份") }
            let results = try await both(county) { _, pool in
                try await county.act(on: "2026-03-31", through: pool) { transaction, _, occasion in
                    try CloseDay(day: "2026-03-30").perform(in: transaction, occasion)
                }
            }
            #expect(try results.map { try $0.get() }.sorted() == [0, 20])
            let acts = try await county.acts()
            #expect(acts.count { $0 == "obligation.overdue" } == 20)
            #expect(acts.count { $0 == "day.closed" } == 1)
        }
    }

    @Test(arguments: Backend.available)
    func `open the same periods: each is owed once`(_ backend: Backend) async throws {
        try await withCounty(backend) { county in
            try await county.startLedger(from: "2026-01-01", on: "2026-01-01")
            let results = try await both(county) { _, pool in
                try await county.act(on: "2026-03-01", through: pool) { transaction, law, occasion in
                    try OpenPeriods(before: "2026-03-01").perform(in: transaction, law: law, occasion)
                }
            }
            #expect(try results.map { try $0.get() }.sorted() == [0, 2])
        }
    }

    @Test(arguments: Backend.available)
    func `correct the same publication: editions stay numbered without a gap`(_ backend: Backend) async throws
    {
        try await withCounty(backend) { county in
            let publication = try await county.publish(on: "2026-03-02").publication.id
            let results = try await both(county) { number, pool in
                try await county.act(on: "2026-03-03", through: pool) { transaction, law, occasion in
                    try CorrectPublication(
                        publication: publication, record: EditionRecord(title: "更正\(number)", text: "正文"),
                        reason: "内容有误"
                    ).perform(in: transaction, law: law, occasion).number
                }
            }
            #expect(try results.map { try $0.get() }.sorted() == [2, 3])
        }
    }
}
