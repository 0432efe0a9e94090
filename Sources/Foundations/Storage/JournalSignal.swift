import Synchronization

/// Tells followers in this process that the journal has grown. Other processes are noticed by polling.
package final class JournalSignal: Sendable {
    private struct Listeners {
        var next = 0
        var all: [Int: AsyncStream<Void>.Continuation] = [:]
    }

    private let listeners = Mutex(Listeners())

    package init() {}

    /// A stream that yields after every `raise`; several raises while nobody looks become one.
    package func changes() -> AsyncStream<Void> {
        AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
            let key = listeners.withLock { listeners in
                listeners.next += 1
                listeners.all[listeners.next] = continuation
                return listeners.next
            }
            continuation.onTermination = { [weak self] _ in
                self?.forget(key)
            }
        }
    }

    package func raise() {
        let all = listeners.withLock { Array($0.all.values) }
        for continuation in all { continuation.yield() }
    }

    private func forget(_ key: Int) {
        listeners.withLock { _ = $0.all.removeValue(forKey: key) }
    }
}
