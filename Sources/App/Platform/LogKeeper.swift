import Foundation
import Logging
import ServiceLifecycle
import Storage
import Transparency

/// Keeps the transparency log: follows the journal, signs what is new, and writes the hour.
package struct LogKeeper: Sendable {
    private let house: House
    private let signer: LogSigner
    private let runner: FollowerRunner
    private let report: @Sendable (any Error) -> Void

    /// - Parameter report: told of each failure; the log then tries again after a pause.
    fileprivate init(_ house: House, signer: LogSigner, report: @escaping @Sendable (any Error) -> Void) {
        self.house = house
        self.signer = signer
        self.report = report
        var pace = FollowerRunner.Pace()
        pace.batchMax = 4000
        // A publication of another process is to be covered within a second.
        pace.poll = .milliseconds(500)
        runner = FollowerRunner(
            LogFollower(), source: house.database, target: house.database, pace: pace,
            now: { [clock = house.clock] in clock.now }, report: report,
            onCaughtUp: { try await signer.sign() != nil })
    }

    /// Makes the keys at the first start.
    @discardableResult
    package func start(name: String? = nil) async throws -> LogKeyring {
        try await signer.start(name: name)
    }

    package func restart() async throws -> LogKeyring { try await signer.restart() }

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

    /// Follows until the task is cancelled.
    func run() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await runner.run() }
            group.addTask { await tick() }
        }
    }

    private func tick() async {
        while !Task.isCancelled {
            do {
                _ = try await house.act(as: "system") { transaction, _, occasion in
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
    /// or with the folder's own file.
    ///
    /// - Throws: `LogProblem` when the folder or the key file cannot be used.
    package func logKeeper(report: @escaping @Sendable (any Error) -> Void) throws -> LogKeeper? {
        guard let logFolder else { return nil }
        let environment = ProcessInfo.processInfo.environment
        let secret = try logFolder.secret(
            passphrase: environment["SUNDIAL_LOG_PASSPHRASE"], keyFile: environment["SUNDIAL_LOG_KEY_FILE"])
        let signer = LogSigner(
            database: database, folder: logFolder, secret: secret, law: law,
            seconds: { [clock] in clock.now }, occasion: { [clock] in clock.occasion("system") })
        return LogKeeper(self, signer: signer, report: report)
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

/// Keeps the log until the group ends.
struct LogService: Service {
    let keeper: LogKeeper

    func run() async throws {
        await cancelWhenGracefulShutdown { await keeper.run() }
    }
}
