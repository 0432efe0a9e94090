/// Something derived from the journal: an index, a count, a feed.
///
/// A batch goes in two halves, because what is derived may live in a database of its own. `gather` reads the
/// source, `apply` writes the target, and the target keeps the bookmark beside what was derived: so a crash
/// between the two halves costs a repetition and never a gap.
///
/// The source may already be newer than the rows at hand. A follower therefore derives from what it finds
/// there, and does not mind to derive the same thing twice.
package protocol Follower: Sendable {
    associatedtype Batch: Sendable = [JournalRow]

    /// Its name in the `follower` table, never changed.
    var name: String { get }
    /// Raised when everything has to be derived again, as after a change of the rules.
    var version: Int { get }
    /// The kinds of subject whose rows it is shown; nil for all.
    var subjectKinds: [String]? { get }
    /// Reads what the rows speak of. Must not keep anything outside its answer: it may run again.
    func gather(_ rows: [JournalRow], in source: Transaction) throws -> Batch
    /// The last row that a batch covers, when the follower left off before the end of what it was shown.
    func reached(by batch: Batch) -> Int?
    /// Writes what was derived, in the transaction that moves the bookmark. It may run again.
    func apply(_ batch: Batch, in target: Transaction) throws
    /// Forgets everything derived. Called once before the first row, and again for a new journal epoch.
    func reset(in target: Transaction) throws
}

extension Follower {
    package var version: Int { 1 }
    package var subjectKinds: [String]? { nil }
    package func reached(by batch: Batch) -> Int? { nil }
}

extension Follower where Batch == [JournalRow] {
    package func gather(_ rows: [JournalRow], in source: Transaction) throws -> [JournalRow] { rows }
}

/// How far a follower has come, and which process moves it.
package struct FollowerMark: Sendable, Hashable {
    package let name: String
    /// The journal epoch that the derived data tells of; empty before the first run.
    package let epoch: String
    package let version: Int
    /// The last journal row that was followed.
    package let bookmark: Int
    /// A runner's own name; empty when nobody holds the lease.
    package let leaseHolder: String
    /// Seconds since 1970 UTC.
    package let leaseUntil: Int
}
