import Synchronization

/// What an answer rests on, and whether that still stands (依据): the version of the record as far as the answer shows it,
/// and the civil day.
///
/// Whoever reads a record for an answer adds the basis of what it read; the server keeps the answer as long as all its
/// bases stand. An answer without a basis is never kept.
package struct Basis: Sendable {
    /// Asked before each use of the kept answer; far cheaper than to make it again.
    let stands: @Sendable () async throws -> Bool

    package init(stands: @escaping @Sendable () async throws -> Bool) {
        self.stands = stands
    }

    /// Where the bases of the answer that is being made are put; nil where nobody keeps it.
    ///
    /// It goes with the task, since a view makes the answer and knows nothing of its keeping.
    @TaskLocal package static var collection: Collection?

    package final class Collection: Sendable {
        private let bases = Mutex<[Basis]>([])

        package init() {}

        package func add(_ basis: Basis) {
            bases.withLock { $0.append(basis) }
        }

        package var all: [Basis] { bases.withLock { $0 } }
    }
}

extension [Basis] {
    /// Whether there is one and all stand.
    func stand() async throws -> Bool {
        if isEmpty { return false }
        for basis in self where try await !basis.stands() { return false }
        return true
    }
}
