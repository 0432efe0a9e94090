/// Moves one follower along the journal, in any number of processes of which one at a time does the work.
///
/// The process that holds the lease follows; the others look again when it may have run out. A runner that
/// crashed is replaced within `leaseSeconds`, one that was told to end is replaced at once.
package actor FollowerRunner {
    package enum Outcome: Sendable, Hashable {
        /// Everything up to this journal row has been followed.
        case caughtUp(at: Int)
        /// Another process moves this follower just now.
        case heldElsewhere
    }

    package struct Pace: Sendable {
        /// Journal rows in one transaction.
        package var batchMax = 500
        package var leaseSeconds = 30
        /// How often the journal's head is looked at, for the writes of other processes.
        package var poll = Duration.milliseconds(800)
        /// The longest pause after failures.
        package var pauseMax = Duration.seconds(30)

        package init() {}
    }

    private let follower: any Follower
    private let source: any Database
    private let target: any Database
    private let pace: Pace
    private let now: @Sendable () -> Int
    private let report: @Sendable (any Error) -> Void
    private let onCaughtUp: @Sendable () async throws -> Bool
    private let holder = Identifiers.fresh()
    /// What stands in the target as far as we know; nil when we do not know that we hold the lease.
    private var mark: FollowerMark?
    /// Whether the lease may be ours: a write that was cancelled may yet have taken it.
    private var mayHoldLease = false

    /// - Parameters:
    ///   - source: where the journal is.
    ///   - target: where derived data, bookmark and lease are; it may be the same database.
    ///   - now: seconds since 1970 UTC. Hosts' clocks may differ by less than a lease.
    ///   - report: told of each failure in `run`, which goes on after a pause.
    ///   - onCaughtUp: runs while the lease is held whenever everything was followed; true when it wrote to the journal
    ///     itself and there may be more to follow.
    package init(
        _ follower: any Follower, source: any Database, target: any Database, pace: Pace = Pace(),
        now: @escaping @Sendable () -> Int, report: @escaping @Sendable (any Error) -> Void,
        onCaughtUp: @escaping @Sendable () async throws -> Bool = { false }
    ) {
        self.onCaughtUp = onCaughtUp
        self.follower = follower
        self.source = source
        self.target = target
        self.pace = pace
        self.now = now
        self.report = report
    }

    /// Follows until the task is cancelled, then gives the lease back.
    package func run() async {
        let wake = JournalSignal()
        let wakes = wake.changes()
        let writes = source.journalSignal.changes()
        let poll = pace.poll
        wake.raise()
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                for await _ in writes { wake.raise() }
            }
            group.addTask {
                while !Task.isCancelled {
                    do { try await Task.sleep(for: poll) } catch { return }
                    wake.raise()
                }
            }
            for await _ in wakes { await catchUpOrPause() }
            group.cancelAll()
        }
        // A cancelled task cannot write any more; its successor should not have to wait for the lease.
        await Task { await self.tryRelease() }.value
    }

    /// Follows all rows there are.
    ///
    /// - Throws: what the follower or a database throws. What was followed before stays.
    @discardableResult
    package func catchUp() async throws -> Outcome {
        while true {
            try Task.checkCancellation()
            switch try await step(follower) {
            case .moved: continue
            case .still(.heldElsewhere): return .heldElsewhere
            case .still(let outcome):
                if try await !onCaughtUp() { return outcome }
            }
        }
    }

    /// Gives the lease back, so that another process may take over at once.
    package func release() async throws {
        guard mayHoldLease else { return }
        mark = nil
        let (name, holder) = (follower.name, holder)
        try await target.write { try FollowerStore($0).release(name, by: holder) }
        mayHoldLease = mark != nil
    }

    private enum Step {
        case moved
        case still(Outcome)
    }

    private enum Found<Batch: Sendable>: Sendable {
        case nothing
        case otherEpoch(String)
        case batch(Batch, last: Int)
    }

    private func step<Followed: Follower>(_ follower: Followed) async throws -> Step {
        guard let mark = try await held() else { return .still(.heldElsewhere) }
        let batchMax = pace.batchMax
        let found: Found<Followed.Batch> = try await source.read { transaction in
            let epoch = try transaction.instance().journalEpoch
            let head = try transaction.journalHead()
            let isCut = head < mark.bookmark
            if epoch != mark.epoch || follower.version != mark.version || isCut { return .otherEpoch(epoch) }
            guard head > mark.bookmark else { return .nothing }
            let rows = try transaction.journal(
                after: mark.bookmark, about: follower.subjectKinds, limit: batchMax)
            let batch = try follower.gather(rows, in: transaction)
            // Beyond the last row that it was shown there is nothing for it, unless that was one of too many.
            let last = rows.count < batchMax ? head : rows.last?.seq ?? head
            return .batch(batch, last: follower.reached(by: batch) ?? last)
        }
        let leaseUntil = now() + pace.leaseSeconds
        switch found {
        case .nothing:
            return .still(.caughtUp(at: mark.bookmark))
        case .otherEpoch(let epoch):
            try await advance { transaction in
                guard
                    let next = try FollowerStore(transaction).advance(
                        mark, epoch: epoch, version: follower.version, bookmark: 0, leaseUntil: leaseUntil)
                else { return nil }
                try follower.reset(in: transaction)
                return next
            }
        case .batch(let batch, let last):
            try await advance { transaction in
                guard
                    let next = try FollowerStore(transaction).advance(
                        mark, epoch: mark.epoch, version: mark.version, bookmark: last, leaseUntil: leaseUntil
                    )
                else { return nil }
                try follower.apply(batch, in: transaction)
                return next
            }
        }
        return .moved
    }

    /// When the write moved nothing, somebody else did: what we know is stale.
    private func advance(_ write: @escaping @Sendable (Transaction) throws -> FollowerMark?) async throws {
        do { mark = try await target.write(write) } catch {
            // Whether or not it happened, the next step has to look.
            mark = nil
            throw error
        }
    }

    /// Seconds by which a lease may run beyond what our clock allows. A clock that was set back by more left a lease that
    /// nobody would wait out: it is taken over. Whoever held it moves nothing any more, since `advance` compares the holder.
    private static let clockStepMax = 300

    /// The mark, if we hold the lease or can have it. It is renewed when half of it has passed.
    private func held() async throws -> FollowerMark? {
        let time = now()
        let (name, holder, until) = (follower.name, holder, time + pace.leaseSeconds)
        // After the clock was set back, our own is renewed too: others should not have to wait for what it was.
        if let mark, mark.leaseUntil - time > pace.leaseSeconds / 2, mark.leaseUntil <= until { return mark }
        let farthest = until + Self.clockStepMax
        if mark == nil {
            // Waiting for another process must not cost a write a second.
            let standing = try await target.read { try FollowerStore($0).mark(of: name) }
            if let standing, standing.leaseHolder != holder, standing.leaseUntil > time,
                standing.leaseUntil <= farthest
            {
                return nil
            }
        }
        mayHoldLease = true
        mark = try await target.write {
            try FollowerStore($0).claim(name, for: holder, now: time, until: until, farthest: farthest)
        }
        return mark
    }

    /// Catches up, again and again with growing pauses when that fails, until it is done or cancelled.
    private func catchUpOrPause() async {
        var pause = Duration.milliseconds(100)
        while !Task.isCancelled {
            do {
                try await catchUp()
                return
            } catch is CancellationError {
                return
            } catch {
                report(error)
            }
            do { try await Task.sleep(for: pause) } catch { return }
            pause = min(pause * 2, pace.pauseMax)
        }
    }

    private func tryRelease() async {
        do { try await release() } catch { report(error) }
    }
}
