import Storage
import Synchronization

/// A follower that notes when content was erased by law, so that its target's files are scrubbed once it has followed (依法删除).
///
/// - Law: 个人信息保护法 art. 47.
struct Scrubbing<Followed: Follower>: Follower {
    let followed: Followed
    let erasures: PendingErasures

    var name: String { followed.name }
    var version: Int { followed.version }
    var subjectKinds: [String]? { followed.subjectKinds }

    func gather(_ rows: [JournalRow], in source: Transaction) throws -> Followed.Batch {
        if rows.contains(where: { $0.act == "edition.erased" }) { erasures.note() }
        return try followed.gather(rows, in: source)
    }

    func reached(by batch: Followed.Batch) -> Int? { followed.reached(by: batch) }

    func apply(_ batch: Followed.Batch, in target: Transaction) throws {
        try followed.apply(batch, in: target)
    }

    func reset(in target: Transaction) throws { try followed.reset(in: target) }
}

/// Whether erased content may still stand in a database's files.
final class PendingErasures: Sendable {
    private let isPending = Mutex(false)

    func note() { isPending.withLock { $0 = true } }

    /// Scrubs the files where something is pending; what a reader prevents stays pending.
    func scrub(_ database: any Database) async throws {
        guard isPending.withLock({ $0 }) else { return }
        let isDone = try await database.scrub()
        if isDone { isPending.withLock { $0 = false } }
    }
}

extension House {
    /// Takes what was erased out of the databases' files too.
    ///
    /// - Returns: false where somebody who is still reading keeps it from being done; the server does it at its next start, and
    ///   each day.
    @discardableResult
    package func scrub() async throws -> Bool {
        let isDone = try await database.scrub()
        return try await search.scrub() && isDone
    }
}
