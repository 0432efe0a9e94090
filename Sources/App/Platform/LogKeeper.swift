import Foundation
import Logging
import People
import ServiceLifecycle
import Storage
import Transparency

/// Keeps the transparency log: follows the journal, signs what is new, and writes the hour.
package struct LogKeeper: Sendable {
    private let house: House
    private let folder: LogFolder
    private let signer: LogSigner
    private let runner: FollowerRunner
    private let witnesses: [ListedWitness]
    private let report: @Sendable (any Error) -> Void

    /// - Parameter report: told of each failure; the log then tries again after a pause.
    fileprivate init(
        _ house: House, folder: LogFolder, signer: LogSigner, witnesses: [ListedWitness],
        report: @escaping @Sendable (any Error) -> Void
    ) {
        self.house = house
        self.folder = folder
        self.signer = signer
        self.witnesses = witnesses
        self.report = report
        var pace = FollowerRunner.Pace()
        pace.batchMax = LogKeeper.batchMax
        // A publication of another process is to be covered within a second.
        pace.poll = .milliseconds(500)
        // After a crash the log stands still for so long. Whoever is slower than his lease loses a step, never an order.
        pace.leaseSeconds = LogKeeper.leaseSeconds
        let erasures = PendingErasures()
        runner = FollowerRunner(
            Scrubbing(followed: LogFollower(), erasures: erasures), source: house.database,
            target: house.database, pace: pace,
            now: { [clock = house.clock] in clock.now },
            report: { error in
                LogKeeper.tell(error, through: signer, or: report)
                report(error)
            },
            onCaughtUp: {
                let isSigned = try await signer.sign() != nil
                // The salt is gone with the leaf of the erasure.
                try await erasures.scrub(house.database)
                return isSigned
            })
    }

    /// Why the leaves are not written is told where it is told why the head is not signed.
    private static func tell(
        _ error: any Error, through signer: LogSigner, or report: @Sendable (any Error) -> Void
    ) {
        guard let problem = error as? LogProblem else { return }
        do { try signer.tell(problem) } catch { report(error) }
    }

    /// Makes the keys at the first start.
    @discardableResult
    package func start(name: String? = nil) async throws -> LogKeyring {
        try await signer.start(name: name)
    }

    /// - Throws: `LogProblem.locked` when the keys cannot be opened.
    package func checkSecret() throws { try signer.checkSecret() }

    /// What waits for the log is written first, so that it is audited too.
    ///
    /// - Throws: as `LogSigner.restart`; `LogProblem.heldElsewhere` while a server writes the log.
    package func restart(reason: String, despiteFindings: Bool) async throws -> LogKeyring {
        do { try await takeOver() } catch let problem as LogProblem where problem != .heldElsewhere {
            // Why nothing is written or signed any more is why a log is ended; the folder keeps it.
        }
        return try await signer.restart(reason: reason, despiteFindings: despiteFindings)
    }

    package func changeKeys(retireOld: Bool) async throws -> LogKeyring {
        try await signer.changeKeys(retireOld: retireOld)
    }

    /// Writes and signs everything there is.
    ///
    /// - Throws: `LogProblem.heldElsewhere` when another process does, or did a moment ago and ended without a word.
    package func catchUp() async throws {
        let outcome: FollowerRunner.Outcome
        do {
            outcome = try await runner.catchUp()
        } catch {
            // Whoever tries next should not have to wait for our lease.
            try await runner.release()
            throw error
        }
        try await runner.release()
        if outcome == .heldElsewhere { throw LogProblem.heldElsewhere }
    }

    /// The same, after waiting for what a killed process still holds.
    package func takeOver() async throws {
        for _ in 0..<(LogKeeper.leaseSeconds * 5) {
            do { return try await catchUp() } catch LogProblem.heldElsewhere {
                try await Task.sleep(for: .milliseconds(250))
            }
        }
        try await catchUp()
    }

    /// Journal rows that become leaves in one transaction.
    package static let batchMax = 4000
    private static let leaseSeconds = 4
    /// How long a witness that does not answer keeps the first head after a start waiting.
    package static let greetingSecondsMax = 5

    /// Follows until the task is cancelled.
    ///
    /// Nothing is signed before the witnesses were asked whether they have seen a newer head: the data folder may have
    /// been put back as a whole.
    func run() async {
        do {
            for problem in try await askWitnesses(again: true, secondsMax: LogKeeper.greetingSecondsMax) {
                report(problem)
            }
        } catch {
            if Task.isCancelled { return }
            report(error)
        }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await runner.run() }
            group.addTask { await tick() }
            group.addTask { await keepAsking() }
        }
    }

    /// Asks each witness once about the last head.
    ///
    /// - Parameters:
    ///   - again: also those that cosigned it already.
    ///   - secondsMax: for which one that does not answer is waited for.
    /// - Returns: why those that did not cosign it did not.
    package func askWitnesses(again: Bool = false, secondsMax: Int = 30) async throws -> [WitnessProblem] {
        if witnesses.isEmpty { return [] }
        return try await HTTPDoor.open(timeoutSeconds: secondsMax) { door in
            let round = round(through: door)
            return try await withThrowingTaskGroup(of: WitnessProblem?.self) { group in
                for witness in witnesses {
                    group.addTask {
                        do { _ = try await round.ask(witness, again: again) } catch let problem
                            as WitnessProblem
                        {
                            return problem
                        }
                        return nil
                    }
                }
                return try await group.reduce(into: []) { if let problem = $1 { $0.append(problem) } }
            }
        }
    }

    private func round(through door: OutboundDoor) -> WitnessRound {
        WitnessRound(
            database: house.database, folder: folder, law: house.law, door: door,
            occasion: { [clock = house.clock] in clock.occasion(Occasion.itself) })
    }

    private func keepAsking() async {
        if witnesses.isEmpty { return }
        do {
            try await HTTPDoor.open { door in
                let round = round(through: door)
                await withTaskGroup(of: Void.self) { group in
                    for witness in witnesses { group.addTask { await keepAsking(witness, round) } }
                }
            }
        } catch {
            report(error)
        }
    }

    /// Each at its own pace: one that is away keeps nobody waiting, and is asked less and less often.
    private func keepAsking(_ witness: ListedWitness, _ round: WitnessRound) async {
        var pause = LogKeeper.pauseMin
        while !Task.isCancelled {
            do {
                _ = try await round.ask(witness)
                pause = LogKeeper.pauseMin
            } catch {
                if Task.isCancelled { return }
                report(error)
                pause = min(pause * 2, LogKeeper.pauseMax)
            }
            do { try await Task.sleep(for: pause) } catch { return }
        }
    }

    private static let pauseMin = Duration.seconds(1)
    private static let pauseMax = Duration.seconds(300)

    private func tick() async {
        while !Task.isCancelled {
            do {
                _ = try await house.act(as: Occasion.itself) { transaction, _, occasion in
                    try TickClock().perform(in: transaction, occasion)
                }
                try await Task.sleep(for: .seconds(60))
            } catch is CancellationError {
                return
            } catch {
                report(error)
                do { try await Task.sleep(for: .seconds(60)) } catch { return }
            }
        }
    }
}

extension House {
    /// The keeper of this house's log; nil for a house without a folder.
    ///
    /// The keys open with the passphrase in `SUNDIAL_LOG_PASSPHRASE`, or with the file that `SUNDIAL_LOG_KEY_FILE` names,
    /// or with the folder's own file. The witnesses are those of `SUNDIAL_LOG_WITNESSES`, or of the folder's file.
    ///
    /// - Throws: `LogProblem` when the folder or the key file cannot be used; `ListProblem`.
    package func logKeeper(report: @escaping @Sendable (any Error) -> Void) throws -> LogKeeper? {
        guard let logFolder else { return nil }
        let environment = ProcessInfo.processInfo.environment
        let secret = try logFolder.secret(
            passphrase: environment["SUNDIAL_LOG_PASSPHRASE"], keyFile: environment["SUNDIAL_LOG_KEY_FILE"])
        let signer = LogSigner(
            database: database, folder: logFolder, secret: secret, law: law,
            seconds: { [clock] in clock.now }, occasion: { [clock] in clock.occasion(Occasion.itself) })
        let witnesses = try logFolder.witnesses(given: environment["SUNDIAL_LOG_WITNESSES"])
        return LogKeeper(self, folder: logFolder, signer: signer, witnesses: witnesses, report: report)
    }
}

extension House {
    /// The public keys of this house's log, read anew each time: another process may change them.
    ///
    /// - Parameter report: told why they cannot be read; readers learn only that.
    func publishedLogKeys(
        report: @escaping @Sendable (any Error) -> Void
    ) -> @Sendable () throws -> [PublishedKey] {
        { [logFolder] in
            do {
                return try logFolder?.publishedKeys() ?? []
            } catch {
                report(error)
                throw LogProblem.keysAway
            }
        }
    }
}

extension House {
    /// The logs of this house that have ended, read anew each time.
    ///
    /// - Parameter report: told why they cannot be read; readers learn only that.
    func endedLogs(
        report: @escaping @Sendable (any Error) -> Void
    ) -> @Sendable () throws -> [EndedLog] {
        { [logFolder] in
            do {
                return try logFolder?.endedLogs() ?? []
            } catch {
                report(error)
                throw LogProblem.keysAway
            }
        }
    }
}

extension House {
    /// Why this house's log is not signed, read anew each time; nil while it is.
    ///
    /// - Parameter report: told why the folder cannot be read; readers learn only that.
    func signingRefusal(
        report: @escaping @Sendable (any Error) -> Void
    ) -> @Sendable () throws -> SigningRefusal? {
        { [logFolder, clock] in
            do {
                return try logFolder?.signingRefusal()
            } catch let problem as LogProblem {
                report(problem)
                return SigningRefusal(problem, since: clock.occasion(Occasion.itself).now)
            }
        }
    }
}

/// Keeps the log until the group ends.
struct LogService: Service {
    let keeper: LogKeeper

    func run() async throws {
        await cancelWhenGracefulShutdown { await keeper.run() }
    }
}
