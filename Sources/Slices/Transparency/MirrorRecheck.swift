import MerkleLog

/// Looks at everything again: the copy is derived from its entries, and the source must still serve the same (复核).
struct MirrorRecheck {
    private let source: LogSource
    private let folder: MirrorFolder
    private let head: Checkpoint

    init(_ source: LogSource, _ folder: MirrorFolder, head: Checkpoint) {
        self.source = source
        self.folder = folder
        self.head = head
    }

    struct Found {
        /// Files of the source that were compared.
        var files = 0
        /// Records of editions that were held against their leaves.
        var records = 0
        /// Editions whose record the site does not give: withdrawn, erased or not for everybody.
        var recordsAway = 0
    }

    func run() async throws -> Found {
        try checkCopy()
        let all = TileAddress.all(size: head.size)
        // Entries first: what was altered there is a leaf, which says more than a hash.
        for address in all.filter({ $0.content == .entries }) { try await compare(address) }
        for address in all.filter({ $0.content != .entries }) { try await compare(address) }
        var found = Found(files: all.count)
        for address in all where address.content == .entries { try await checkRecords(address, &found) }
        return found
    }

    /// The words behind the leaves of editions, as readers of the site are given them.
    private func checkRecords(_ address: TileAddress, _ found: inout Found) async throws {
        let entries = try EntryBundle.entries(copy(of: address), count: address.width)
        let leaves = entries.enumerated().map { place, entry in
            LogLeaf(index: address.index * Tile.widthMax + place, seq: 0, entry: entry, salt: nil)
        }
        let editions = leaves.filter { $0.act == "edition.released" && $0.entryCommitment != nil }
        for start in stride(from: 0, to: editions.count, by: source.limits.requestsMax) {
            let some = editions[start..<min(start + source.limits.requestsMax, editions.count)]
            let held = try await withThrowingTaskGroup(of: Bool.self) { group in
                for leaf in some { group.addTask { try await isHeld(leaf) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            found.records += held.filter { $0 }.count
            found.recordsAway += held.filter { !$0 }.count
        }
    }

    /// - Returns: false where the site does not give the record.
    private func isHeld(_ leaf: LogLeaf) async throws -> Bool {
        switch try await source.record(of: leaf) {
        case .away: return false
        case .differs: throw MirrorProblem.altered(.record(leaf: leaf.index, of: leaf.subject))
        case .file(let bytes):
            do {
                if try RecordFile(parsing: bytes).fits(leaf.entry) { return true }
            } catch is RecordFileFlaw {}
            throw MirrorProblem.altered(.record(leaf: leaf.index, of: leaf.subject))
        }
    }

    private func checkCopy() throws {
        var tree = MerkleTree()
        for start in stride(from: 0, to: head.size, by: Tile.widthMax) {
            let address = try TileAddress(
                .entries, index: start / Tile.widthMax, width: min(Tile.widthMax, head.size - start))
            do {
                let leaves = try EntryBundle.leaves(copy(of: address), count: address.width)
                for placed in tree.append(leaves) { try check(placed) }
            } catch is LogFlaw {
                throw MirrorProblem.copyDamaged(address.description)
            }
        }
        for placed in tree.partialTiles { try check(placed) }
        guard tree.root == head.root else { throw MirrorProblem.copyDamaged("tile/entries") }
    }

    private func check(_ placed: PlacedTile) throws {
        guard try copy(of: placed.address) == placed.tile.bytes else {
            throw MirrorProblem.copyDamaged(placed.address.description)
        }
    }

    private func copy(of address: TileAddress) throws -> [UInt8] {
        guard let bytes = try folder.bytes(address) else {
            throw MirrorProblem.copyDamaged(address.description)
        }
        return bytes
    }

    private func compare(_ address: TileAddress) async throws {
        let (ours, theirs) = (try copy(of: address), try await source.bytes(address))
        guard ours != theirs else { return }
        throw MirrorProblem.altered(try difference(ours, theirs, address))
    }

    private func difference(
        _ ours: [UInt8], _ theirs: [UInt8], _ address: TileAddress
    ) throws -> MirrorDifference {
        let name = address.description
        do {
            if address.content == .entries {
                let leaves = try EntryBundle.leaves(theirs, count: address.width)
                let place = firstDifference(leaves, try EntryBundle.leaves(ours, count: address.width)[...])
                return .entry(leaf: address.index * Tile.widthMax + (place ?? 0), in: name)
            }
            let hashes = try Tile(theirs, width: address.width).hashes
            return .tile(
                name, hash: firstDifference(Array(try Tile(ours, width: address.width).hashes), hashes))
        } catch let flaw as LogFlaw {
            return .form(name, flaw: "\(flaw)")
        }
    }
}
