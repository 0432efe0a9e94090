import Synchronization
import UnixSignals

/// Ends a loop between two pieces of its work when the process is told to end.
///
/// The work is not cancelled: what has been begun is finished, so that no file stays half imported.
package final class StopSignal: Sendable {
    private let told = Mutex(false)

    package init() {}

    /// Whether SIGTERM or SIGINT has come.
    package var isTold: Bool { told.withLock { $0 } }

    /// Runs the work while listening for the signals.
    package func run(_ work: () async throws -> Void) async throws {
        let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
        let listening = Task {
            for await _ in signals { told.withLock { $0 = true } }
        }
        defer { listening.cancel() }
        try await work()
    }

    /// Waits, but not longer than until a signal comes.
    package func wait(seconds: Int) async throws {
        for _ in 0..<(seconds * 10) where !isTold {
            try await Task.sleep(for: .milliseconds(100))
        }
    }
}
