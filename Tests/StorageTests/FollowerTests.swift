import Storage
import StorageTesting
import Synchronization
import Testing

/// Counts acts by name, in a table of its own.
struct ActCount: Follower {
    static let schema = Migration(
        slice: "count", number: 1,
        statements: ["CREATE TABLE act_count (act TEXT PRIMARY KEY, total BIGINT NOT NULL)"])

    var name = "act-count"
    var version = 1
    var subjectKinds: [String]?
    /// Called inside `apply`, before the bookmark is committed.
    var beforeCommit: @Sendable ([JournalRow]) throws -> Void = { _ in }

    func apply(_ batch: [JournalRow], in target: Transaction) throws {
        for row in batch {
            try target.execute(
                """
                INSERT INTO act_count (act, total) VALUES (\(row.act), 1)
                ON CONFLICT (act) DO UPDATE SET total = act_count.total + 1
                """)
        }
        try beforeCommit(batch)
    }

    func reset(in target: Transaction) throws {
        try target.execute("DELETE FROM act_count")
    }
}

/// Reads its source: how many shelves stood when the row was followed.
private struct ShelfCensus: Follower {
    struct Counted: Sendable {
        let seq: Int
        let shelves: Int
    }

    let name = "census"

    func gather(_ rows: [JournalRow], in source: Transaction) throws -> [Counted] {
        let shelves = try source.shelves()
        return rows.map { Counted(seq: $0.seq, shelves: shelves) }
    }

    func apply(_ batch: [Counted], in target: Transaction) throws {
        for counted in batch {
            try target.execute(
                "INSERT INTO census (seq, shelves) VALUES (\(counted.seq), \(counted.shelves))")
        }
    }

    func reset(in target: Transaction) throws {
        try target.execute("DELETE FROM census")
    }
}

/// Stops reading at the first row of an act.
private struct Hesitant: Follower {
    struct Batch: Sendable {
        var acts: [String] = []
        var reached: Int?
    }

    let name = "hesitant"
    let stopsAt: String
    let took: @Sendable ([String]) -> Void

    func gather(_ rows: [JournalRow], in source: Transaction) throws -> Batch {
        var batch = Batch()
        for row in rows {
            batch.acts.append(row.act)
            if row.act == stopsAt {
                batch.reached = row.seq
                break
            }
        }
        return batch
    }

    func reached(by batch: Batch) -> Int? { batch.reached }

    func apply(_ batch: Batch, in target: Transaction) throws { took(batch.acts) }

    func reset(in target: Transaction) throws {}
}

private final class Clock: Sendable {
    private let seconds = Mutex(1_000)

    var now: @Sendable () -> Int {
        { self.seconds.withLock { $0 } }
    }

    func pass(_ more: Int) {
        seconds.withLock { $0 += more }
    }
}

extension FollowerRunner.Pace {
    fileprivate static func test(_ change: (inout Self) -> Void = { _ in }) -> Self {
        var pace = Self()
        pace.batchMax = 3
        change(&pace)
        return pace
    }
}

@Suite struct `A follower` {
    private let clock = Clock()

    private func runner(
        _ follower: any Follower, _ source: any Database, into target: (any Database)? = nil,
        pace: FollowerRunner.Pace = .test(), report: @escaping @Sendable (any Error) -> Void = { _ in }
    ) -> FollowerRunner {
        FollowerRunner(
            follower, source: source, target: target ?? source, pace: pace, now: clock.now, report: report)
    }

    private func act(_ database: any Database, _ acts: String...) async throws {
        try await database.write { transaction in
            for act in acts { transaction.journal(entry(act)) }
        }
    }

    private func counts(_ database: any Database) async throws -> [String: Int] {
        try await database.read { transaction in
            let rows = try transaction.rows("SELECT act, total FROM act_count")
            return try Dictionary(
                uniqueKeysWithValues: rows.map { (try $0.string("act"), try $0.int("total")) })
        }
    }

    @Test(arguments: Backend.available)
    func `follows every row once, batch by batch`(backend: Backend) async throws {
        try await withDatabase(backend, migrations: [ActCount.schema]) { database in
            let runner = runner(ActCount(), database)
            try await act(database, "a", "b", "a", "a", "b", "c", "a")
            let head = try await database.read { try $0.journalHead() }
            let outcome = try await runner.catchUp()
            #expect(outcome == .caughtUp(at: head))
            try await act(database, "c")
            try await runner.catchUp()
            try await runner.catchUp()
            let totals = try await counts(database)
            #expect(totals == ["a": 4, "b": 2, "c": 2])
        }
    }

    @Test(arguments: Backend.available)
    func `that crashed before its commit leaves nothing and begins again there`(backend: Backend) async throws
    {
        try await withDatabase(backend, migrations: [ActCount.schema]) { database in
            try await act(database, "a", "a", "a", "b", "b")
            let faulty = ActCount { rows in if rows.contains(where: { $0.act == "b" }) { throw Refusal() } }
            let crashed = runner(faulty, database)
            await #expect(throws: Refusal()) { try await crashed.catchUp() }
            let before = try await counts(database)
            #expect(before == ["a": 3])
            // Nobody gave the lease back: the successor waits until it has run out.
            let successor = runner(ActCount(), database)
            let held = try await successor.catchUp()
            #expect(held == .heldElsewhere)
            clock.pass(31)
            try await successor.catchUp()
            let after = try await counts(database)
            #expect(after == ["a": 3, "b": 2])
        }
    }

    @Test(arguments: Backend.available)
    func `is moved by one runner at a time, and handed over at once on release`(backend: Backend) async throws
    {
        let scratch = try await ScratchDatabase(backend)
        try await scratch.use { first in
            try await Migrator.run([ActCount.schema], on: first)
            let second = try scratch.open()
            let (one, other) = (runner(ActCount(), first), runner(ActCount(), second))
            try await act(first, "a")
            try await one.catchUp()
            try await act(second, "a")
            let held = try await other.catchUp()
            #expect(held == .heldElsewhere)
            try await one.release()
            try await other.catchUp()
            let totals = try await counts(first)
            #expect(totals == ["a": 2])
            let back = try await one.catchUp()
            #expect(back == .heldElsewhere)
            try await second.close()
        }
    }

    @Test(arguments: Backend.available)
    func `that lost its lease while it worked commits nothing`(backend: Backend) async throws {
        try await withDatabase(backend, migrations: [ActCount.schema]) { database in
            try await act(database, "a")
            let slow = runner(ActCount(), database)
            try await slow.catchUp()
            // Its clock stands still, another host's has gone on: the lease is taken over behind its back.
            let other = FollowerRunner(
                ActCount(), source: database, target: database, now: { 1_100 }, report: { _ in })
            try await act(database, "a")
            try await other.catchUp()
            try await act(database, "a")
            let outcome = try await slow.catchUp()
            #expect(outcome == .heldElsewhere)
            let totals = try await counts(database)
            #expect(totals == ["a": 2])
        }
    }

    @Test(arguments: Backend.available)
    func `is not left standing by a lease from before the clock was set back`(backend: Backend) async throws {
        try await withDatabase(backend, migrations: [ActCount.schema]) { database in
            let clock = clock
            func runner(setBackBy seconds: Int) -> FollowerRunner {
                FollowerRunner(
                    ActCount(), source: database, target: database, now: { clock.now() - seconds },
                    report: { _ in })
            }
            try await act(database, "a")
            let before = self.runner(ActCount(), database)
            try await before.catchUp()
            // A few minutes may be two hosts that disagree: the lease holds.
            try await act(database, "a")
            #expect(try await runner(setBackBy: 299).catchUp() == .heldElsewhere)
            let after = runner(setBackBy: 10_000)
            #expect(try await after.catchUp() != .heldElsewhere)
            #expect(try await counts(database) == ["a": 2])
            // The one before has lost it, and neither moves behind the other's back.
            try await act(database, "a")
            #expect(try await after.catchUp() != .heldElsewhere)
            try await before.catchUp()
            #expect(try await counts(database) == ["a": 3])
        }
    }

    @Test(arguments: Backend.available)
    func `whose own clock is set back has its lease renewed`(backend: Backend) async throws {
        try await withDatabase(backend, migrations: [ActCount.schema]) { database in
            try await act(database, "a")
            let runner = runner(ActCount(), database)
            try await runner.catchUp()
            clock.pass(-200)
            try await act(database, "a")
            try await runner.catchUp()
            let mark = try #require(try await database.read { try $0.followerMarks() }.first)
            #expect(mark.leaseUntil == clock.now() + 30)
        }
    }

    @Test(arguments: Backend.available)
    func `derives everything again in a new journal epoch or with a new version`(backend: Backend)
        async throws
    {
        try await withDatabase(backend, migrations: [ActCount.schema]) { database in
            let first = runner(ActCount(), database)
            try await act(database, "a", "b")
            try await first.catchUp()
            try await database.write { transaction in
                try transaction.execute("UPDATE act_count SET total = 100")
                try transaction.startJournalEpoch()
            }
            try await first.catchUp()
            let rebuilt = try await counts(database)
            #expect(rebuilt == ["a": 1, "b": 1])
            try await first.release()
            try await database.write { _ = try $0.execute("UPDATE act_count SET total = 100") }
            try await runner(ActCount(version: 2), database).catchUp()
            let again = try await counts(database)
            #expect(again == ["a": 1, "b": 1])
        }
    }

    @Test(arguments: Backend.available)
    func `keeps what it derives in another database, with its bookmark there`(backend: Backend) async throws {
        let census = Migration(
            slice: "census", number: 1,
            statements: ["CREATE TABLE census (seq BIGINT PRIMARY KEY, shelves BIGINT NOT NULL)"])
        try await withDatabase(backend, migrations: toySchema) { source in
            try await withDatabase(.sqlite, migrations: [census]) { target in
                let runner = runner(ShelfCensus(), source, into: target)
                try await source.write { transaction in
                    try transaction.addShelf("甲")
                    transaction.journal(entry("shelf.added"))
                }
                try await runner.catchUp()
                let derived = try await target.read {
                    try $0.rows("SELECT shelves FROM census").map { try $0.int("shelves") }
                }
                #expect(derived == [1])
                let (here, there) = (
                    try await source.read { try $0.followerMarks() },
                    try await target.read { try $0.followerMarks() }
                )
                #expect(here == [])
                #expect(there.map(\.name) == ["census"])
            }
        }
    }

    @Test(arguments: Backend.available)
    func `is shown only the kinds of subject that it follows, and passes the others over`(backend: Backend)
        async throws
    {
        try await withDatabase(backend, migrations: [ActCount.schema]) { database in
            let follower = runner(ActCount(subjectKinds: ["shelf", "book"]), database)
            try await database.write { transaction in
                for (act, kind) in [
                    ("a", "shelf"), ("x", "room"), ("a", "book"), ("x", "room"), ("b", "shelf"),
                    ("a", "book"),
                    ("x", "room"), ("x", "room"),
                ] {
                    transaction.journal(
                        JournalEntry(
                            at: "2026-03-01T00:00:00Z", actor: "甲", act: act, subjectKind: kind, subject: "1")
                    )
                }
            }
            let head = try await database.read { try $0.journalHead() }
            let outcome = try await follower.catchUp()
            #expect(outcome == .caughtUp(at: head))
            let totals = try await counts(database)
            #expect(totals == ["a": 3, "b": 1])
        }
    }

    @Test(arguments: Backend.available)
    func `that left off early goes on where it left off`(backend: Backend) async throws {
        try await withDatabase(backend) { database in
            let batches = Mutex<[[String]]>([])
            let hesitant = Hesitant(stopsAt: "b") { acts in batches.withLock { $0.append(acts) } }
            try await act(database, "a", "b", "c", "b", "b", "d")
            try await runner(hesitant, database, pace: .test { $0.batchMax = 10 }).catchUp()
            #expect(batches.withLock { $0 } == [["a", "b"], ["c", "b"], ["b"], ["d"]])
        }
    }

    @Test(arguments: Backend.available)
    func `wakes for a write of its own process`(backend: Backend) async throws {
        let followed = Gate()
        let counting = ActCount { rows in if rows.contains(where: { $0.act == "late" }) { followed.open() } }
        try await withDatabase(backend, migrations: [ActCount.schema]) { database in
            // It would poll in an hour.
            let runner = runner(counting, database, pace: .test { $0.poll = .seconds(3_600) })
            let running = Task { await runner.run() }
            try await act(database, "late")
            await followed.opened()
            running.cancel()
            await running.value
            let marks = try await database.read { try $0.followerMarks() }
            #expect(marks.map(\.leaseHolder) == [""])
        }
    }

    @Test(arguments: Backend.available)
    func `notices a write of another process`(backend: Backend) async throws {
        let followed = Gate()
        let counting = ActCount { _ in followed.open() }
        let scratch = try await ScratchDatabase(backend)
        try await scratch.use { database in
            try await Migrator.run([ActCount.schema], on: database)
            let elsewhere = try scratch.open()
            let runner = runner(counting, database, pace: .test { $0.poll = .milliseconds(5) })
            let running = Task { await runner.run() }
            try await act(elsewhere, "a")
            await followed.opened()
            running.cancel()
            await running.value
            try await elsewhere.close()
        }
    }

    @Test(arguments: Backend.available)
    func `reports a failure and goes on by itself`(backend: Backend) async throws {
        let (failed, followed) = (Gate(), Gate())
        let failures = Mutex(0)
        let counting = ActCount { rows in
            let first = failures.withLock { count in
                count += 1
                return count == 1
            }
            if first { throw Refusal() }
            if rows.contains(where: { $0.act == "b" }) { followed.open() }
        }
        try await withDatabase(backend, migrations: [ActCount.schema]) { database in
            // The second batch is at hand only when the first has been committed.
            try await act(database, "a", "a", "a", "b")
            let runner = runner(counting, database, pace: .test { $0.pauseMax = .milliseconds(1) }) { error in
                #expect(error is Refusal)
                failed.open()
            }
            let running = Task { await runner.run() }
            await failed.opened()
            await followed.opened()
            running.cancel()
            await running.value
            let totals = try await counts(database)
            #expect(totals["a"] == 3)
        }
    }

    @Test(arguments: Backend.available)
    func `counts right whoever runs it, while many write`(backend: Backend) async throws {
        let scratch = try await ScratchDatabase(backend)
        try await scratch.use { first in
            try await Migrator.run([ActCount.schema], on: first)
            let second = try scratch.open()
            let runners = [runner(ActCount(), first), runner(ActCount(), second)]
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<6 {
                    group.addTask {
                        for _ in 0..<10 { try await act(writer.isMultiple(of: 2) ? first : second, "a") }
                    }
                }
                for runner in runners {
                    group.addTask {
                        for _ in 0..<10 {
                            try await runner.catchUp()
                            try await runner.release()
                        }
                    }
                }
                try await group.waitForAll()
            }
            for runner in runners {
                try await runner.catchUp()
                try await runner.release()
            }
            let totals = try await counts(first)
            #expect(totals == ["a": 60])
            try await second.close()
        }
    }
}
