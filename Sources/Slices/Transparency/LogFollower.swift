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
        var salt: [UInt8] = []
        while salt.count < PublicRecord.saltBytes {
            withUnsafeBytes(of: generator.next() as UInt64) { salt += $0 }
        }
        return salt
    }

    package func gather(_ rows: [JournalRow], in source: Transaction) throws -> [LeafDraft] {
        try rows.compactMap { row in
            guard LeafForm.isPublic(row.act) else { return nil }
            guard let record = try PublicRecord.bytes(of: row, in: source) else {
                return LeafForm.draft(row, commitment: nil, salt: nil)
            }
            let salt = salt()
            return LeafForm.draft(
                row, commitment: PublicRecord.commitment(to: record, salt: salt), salt: salt)
        }
    }

    package func apply(_ batch: [LeafDraft], in target: Transaction) throws {
        let store = target.log
        // A mark that was lost, or set back, may bring rows once more. A leaf is never written twice.
        let known = try store.lastSequence()
        let batch = batch.drop { $0.seq <= known }
        guard !batch.isEmpty else { return }
        var tree = try store.tree()
        var last = try previous(of: batch, in: store)
        var finished: [PlacedTile] = []
        var rest = batch
        while !rest.isEmpty {
            var bundle = try store.unfinishedBundle(of: tree.size)
            let part = rest.prefix(Tile.widthMax - bundle.width)
            finished += tree.append(try bundle.append(part, after: &last))
            try store.put(bundle)
            rest = rest.dropFirst(part.count)
        }
        try store.put(finished + tree.partialTiles)
        for draft in batch where draft.act == "edition.erased" {
            guard let number = draft.change.first(where: { $0.name == "n" }).flatMap({ Int($0.value) }) else {
                continue
            }
            try store.destroySalt(of: draft.subject, edition: number)
        }
    }

    /// Another journal epoch is another log: what a restored backup does not hold cannot be appended to.
    package func reset(in target: Transaction) throws {
        try target.log.begin()
    }

    private func previous(of batch: ArraySlice<LeafDraft>, in store: LogStore) throws -> [LeafSubject: Int] {
        var previous: [LeafSubject: Int] = [:]
        for (kind, drafts) in Dictionary(grouping: batch, by: \.subjectKind) {
            for (id, index) in try store.last(of: Array(Set(drafts.map(\.subject))), kind: kind) {
                previous[LeafSubject(kind: kind, id: id)] = index
            }
        }
        return previous
    }
}
