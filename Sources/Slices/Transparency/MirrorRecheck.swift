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

    /// - Returns: how many files of the source were compared.
    func run() async throws -> Int {
        try checkCopy()
        let all = TileAddress.all(size: head.size)
        // Entries first: what was altered there is a leaf, which says more than a hash.
        for address in all.filter({ $0.content == .entries }) { try await compare(address) }
        for address in all.filter({ $0.content != .entries }) { try await compare(address) }
        return all.count
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
