import Dispatch
import Synchronization

/// Opens once, and stays open. A closure inside a transaction waits by blocking, a test by suspending.
final class Gate: Sendable {
    private let group = DispatchGroup()
    private let isOpen = Mutex(false)

    init() { group.enter() }

    func open() {
        let wasOpen = isOpen.withLock { isOpen in
            defer { isOpen = true }
            return isOpen
        }
        if !wasOpen { group.leave() }
    }

    func wait() { group.wait() }

    func opened() async {
        await withCheckedContinuation { continuation in
            group.notify(queue: .global()) { continuation.resume() }
        }
    }
}
