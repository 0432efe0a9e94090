import MerkleLog
import Storage

/// Writes the leaves: in journal order, each public fact once, with tiles and bookmark in one transaction.
///
/// Its version is never raised: the log is history and cannot be written again.
package struct LogFollower: Follower {
    package let name = "log"

    /// Makes 32 bytes that nobody can guess.
    private let salt: @Sendable () -> [UInt8]

    package init(salt: @escaping @Sendable () -> [UInt8] = LogFollower.randomSalt) {
        self.salt = salt
    }

    package static let randomSalt: @Sendable () -> [UInt8] = {
        var generator = SystemRandomNumberGenerator()
        return (0..<PublicRecord.saltBytes).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }

    package func gather(_ rows: [JournalRow], in source: Transaction) throws -> [LeafDraft] {
        try rows.compactMap { row in
            guard LeafForm.isPublic(row.act) else { return nil }
            return LeafForm.draft(row, record: try PublicRecord.bytes(of: row, in: source))
        }
    }

    package func apply(_ batch: [LeafDraft], in target: Transaction) throws {
        guard !batch.isEmpty else { return }
        let store = target.log
        var tree = try store.tree()
        let leaves = try place(batch, from: tree.size, after: previous(of: batch, in: store))
        let finished = tree.append(leaves.map(\.hash))
        try store.insert(leaves)
        try store.put(finished + tree.partialTiles)
        for draft in batch where draft.act == "edition.erased" {
            try store.destroySalt(of: draft.subject, edition: draft.part)
        }
    }

    /// Another journal epoch is another log: what a restored backup does not hold cannot be appended to.
    package func reset(in target: Transaction) throws {
        try target.log.begin()
    }

    private struct Subject: Hashable {
        let kind: String
        let id: String
    }

    private func previous(of batch: [LeafDraft], in store: LogStore) throws -> [Subject: Int] {
        var previous: [Subject: Int] = [:]
        for (kind, drafts) in Dictionary(grouping: batch, by: \.subjectKind) {
            for (id, index) in try store.last(of: Array(Set(drafts.map(\.subject))), kind: kind) {
                previous[Subject(kind: kind, id: id)] = index
            }
        }
        return previous
    }

    private func place(
        _ batch: [LeafDraft], from start: Int, after known: [Subject: Int]
    ) throws -> [LogLeaf] {
        var previous = known
        return try batch.enumerated().map { place, draft in
            let subject = Subject(kind: draft.subjectKind, id: draft.subject)
            let salt = draft.record.map { _ in self.salt() }
            let commitment = zip(draft.record, salt).map { PublicRecord.commitment(to: $0, salt: $1) }
            let entry = try LeafForm.entry(draft, previous: previous[subject], commitment: commitment)
            previous[subject] = start + place
            return LogLeaf(
                index: start + place, seq: draft.seq, act: draft.act, subjectKind: draft.subjectKind,
                subject: draft.subject, part: draft.part, entry: entry, salt: salt)
        }
    }
}

/// Both, or nil.
private func zip<First, Second>(_ first: First?, _ second: Second?) -> (First, Second)? {
    guard let first, let second else { return nil }
    return (first, second)
}
