import ArgumentParser
import Foundation
import MerkleLog
import Platform
import Storage
import Synchronization
import Transparency

/// `sundial bench append`: how fast the log takes in a journal, durably, and proves from what it stored.
struct AppendBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "append",
        abstract: "Take the journal of an instance into its log, and time it.",
        discussion: """
            The instance has a journal and no log yet. A batch is what the server does: it reads the journal and the \
            records, and commits leaves, tiles and bookmark in one durable transaction; the head is signed at the end. \
            Prints the times of the batches, and of proofs of inclusion from the tiles in the database.
            """)

    @OptionGroup var place: PlaceOptions
    @Option(help: "Journal rows in a batch, 1...100000; the server's own number unless told otherwise.")
    var batch = LogKeeper.batchMax
    @Option(help: "How many proofs, 0...1000000.")
    var proofs = 20_000

    private struct Figures: Encodable {
        var leaves = 0
        var batches = 0
        var seconds = 0.0
        /// Of the processor.
        var cpuSeconds = 0.0
        /// Of a batch.
        var medianMilliseconds = 0.0
        var p99Milliseconds = 0.0
        var headMilliseconds = 0.0
        var proofMicroseconds = 0.0
    }

    func validate() throws {
        guard (1...100_000).contains(batch), (0...1_000_000).contains(proofs) else {
            throw ValidationError("A number is out of range: see --help.")
        }
    }

    func run() async throws {
        let figures = try await place.withHouse(json: true) { house in
            guard let keeper = try house.logKeeper(report: { _ in }) else { throw LogProblem.notStarted }
            try await keeper.start()
            var figures = try await append(in: house)
            let start = ContinuousClock.now
            try await keeper.catchUp()
            figures.headMilliseconds = milliseconds(since: start)
            if proofs > 0 { figures.proofMicroseconds = try await prove(in: house) }
            return figures
        }
        try Printed.json(figures)
    }

    private func append(in house: House) async throws -> Figures {
        let starts = BatchStarts()
        var pace = FollowerRunner.Pace()
        pace.batchMax = batch
        let runner = FollowerRunner(
            TimedLog(starts: starts), source: house.database, target: house.database, pace: pace,
            now: { Int(Date.now.timeIntervalSince1970) }, report: { _ in })
        let (start, processor) = (ContinuousClock.now, clock())
        try await runner.catchUp()
        starts.note()
        var figures = Figures()
        figures.seconds = milliseconds(since: start) / 1000
        figures.cpuSeconds = Double(clock() - processor) / Double(CLOCKS_PER_SEC)
        try await runner.release()
        let times = starts.milliseconds.sorted()
        guard !times.isEmpty else {
            throw ValidationError("The log is there already, or the journal is empty.")
        }
        figures.leaves = try await house.database.read { try $0.log.size() }
        figures.batches = times.count
        figures.medianMilliseconds = times[times.count / 2]
        figures.p99Milliseconds = times[times.count * 99 / 100]
        return figures
    }

    /// Leaves from all over the tree, none near the one before, in one transaction.
    private func prove(in house: House) async throws -> Double {
        try await house.database.read { [proofs] transaction in
            let tree = try transaction.log.tree()
            let start = clock()
            for number in 0..<proofs {
                _ = try tree.inclusionProof(
                    of: number &* 2_654_435_761 % tree.size, read: transaction.log.tile)
            }
            return Double(clock() - start) / Double(CLOCKS_PER_SEC) * 1e6 / Double(proofs)
        }
    }

    private func milliseconds(since start: ContinuousClock.Instant) -> Double {
        (ContinuousClock.now - start) / .milliseconds(1)
    }
}

/// The log's follower, which notes when each batch begins.
private struct TimedLog: Follower {
    let starts: BatchStarts
    private let log = LogFollower()

    init(starts: BatchStarts) {
        self.starts = starts
    }

    var name: String { log.name }

    func gather(_ rows: [JournalRow], in source: Transaction) throws -> [LeafDraft] {
        starts.note()
        return try log.gather(rows, in: source)
    }

    func apply(_ batch: [LeafDraft], in target: Transaction) throws { try log.apply(batch, in: target) }

    func reset(in target: Transaction) throws { try log.reset(in: target) }
}

private final class BatchStarts: Sendable {
    private let instants = Mutex<[ContinuousClock.Instant]>([])

    func note() { instants.withLock { $0.append(.now) } }

    /// From each to the next.
    var milliseconds: [Double] {
        let instants = instants.withLock { $0 }
        return zip(instants, instants.dropFirst()).map { ($1 - $0) / .milliseconds(1) }
    }
}
