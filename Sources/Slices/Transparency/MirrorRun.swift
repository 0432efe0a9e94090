import MerkleLog

/// One step of a mirror from an older size to a newer head: fetches, checks, stores.
struct MirrorRun {
    let source: LogSource
    let folder: MirrorFolder
    /// Leaves that the copy holds already.
    let old: Int
    let head: Checkpoint
    /// The partial tiles of the new head; they are stored last.
    private var edge: [TileAddress: Tile] = [:]
    private var partialBundle: (address: TileAddress, bytes: [UInt8])?
    /// A tile that was read last; neighbours have the same one above them.
    private var above: (address: TileAddress, tile: Tile)?
    private(set) var fetched = 0
    private var bytes = 0

    init(source: LogSource, folder: MirrorFolder, old: Int, head: Checkpoint) {
        self.source = source
        self.folder = folder
        self.old = old
        self.head = head
    }

    /// Takes the hash tiles, from the highest down.
    mutating func takeHashes() async throws {
        let all = TileAddress.all(size: head.size).filter { $0.content != .entries }
        for address in all where address.width < Tile.widthMax {
            edge[address] = try tile(try await fetch([address])[0], address)
        }
        guard try MerkleTree(size: head.size, read: edgeTile).root == head.root else {
            throw MirrorProblem.altered(try await edgeFault())
        }
        let new = all.filter { $0.width == Tile.widthMax && !isKnown($0) }
        for level in (0...7).reversed() {
            try await take(new.filter { $0.content == .hashes(level: level) }) { run, address, bytes in
                try run.check(tile: bytes, address)
            }
        }
    }

    /// Takes the entries; each must have the hash that stands in its tile.
    mutating func takeEntries() async throws {
        let new = TileAddress.all(size: head.size).filter { $0.content == .entries && !isKnown($0) }
        try await take(new.filter { $0.width == Tile.widthMax }) { run, address, bytes in
            try run.check(bundle: bytes, address)
        }
        if let last = new.last, last.width < Tile.widthMax {
            let bytes = try await fetch([last])[0]
            if let difference = try check(bundle: bytes, last) { throw MirrorProblem.altered(difference) }
            partialBundle = (last, bytes)
        }
    }

    /// Stores the right edge, once all that it stands on is stored.
    mutating func finish() throws {
        for (address, tile) in edge { try folder.write(tile.bytes, at: address) }
        if let partialBundle { try folder.write(partialBundle.bytes, at: partialBundle.address) }
    }

    /// Takes away what the new checkpoint has wider, once that checkpoint is stored.
    func removeNarrower() throws {
        for address in TileAddress.all(size: head.size) where !isKnown(address) {
            try folder.removeNarrower(than: address)
        }
    }

    /// The tree as it was at an earlier size, by what the new tiles say.
    func tree(at size: Int) throws -> MerkleTree {
        try MerkleTree(size: size, of: head.size) { address in
            if let tile = edge[address] { return tile }
            return try storedTile(address)
        }
    }

    // MARK: Fetching

    /// Takes what is missing, some at a time; what an interrupted run has left is checked like what is fetched.
    private mutating func take(
        _ addresses: [TileAddress],
        _ check: (inout MirrorRun, TileAddress, [UInt8]) throws -> MirrorDifference?
    ) async throws {
        for start in stride(from: 0, to: addresses.count, by: source.limits.requestsMax) {
            let some = addresses[start..<min(start + source.limits.requestsMax, addresses.count)]
            var missing: [TileAddress] = []
            for address in some {
                let left = try folder.bytes(address)
                if let left, try check(&self, address, left) == nil { continue }
                missing.append(address)
            }
            for (address, bytes) in zip(missing, try await fetch(missing)) {
                guard let difference = try check(&self, address, bytes) else {
                    try folder.write(bytes, at: address)
                    continue
                }
                throw MirrorProblem.altered(try await closer(difference, address, bytes))
            }
        }
    }

    private mutating func fetch(_ addresses: [TileAddress]) async throws -> [[UInt8]] {
        let answers = try await withThrowingTaskGroup(of: (Int, [UInt8]).self) { [source] group in
            for (place, address) in addresses.enumerated() {
                group.addTask { (place, try await source.bytes(address)) }
            }
            return try await group.reduce(into: [Int: [UInt8]]()) { $0[$1.0] = $1.1 }
        }
        fetched += addresses.count
        bytes += answers.values.reduce(0) { $0 + $1.count }
        guard bytes <= source.limits.bytesMax else {
            throw MirrorProblem.tooManyBytes(limit: source.limits.bytesMax)
        }
        return addresses.indices.map { answers[$0] ?? [] }
    }

    /// Whether the copy held it before, as full as it is now.
    private func isKnown(_ address: TileAddress) -> Bool {
        let level = if case .hashes(let level) = address.content { level } else { 0 }
        return address.width == Tile.widthMax && (address.index + 1) * Tile.widthMax <= old >> (8 * level)
    }

    // MARK: Checking

    private mutating func check(tile bytes: [UInt8], _ address: TileAddress) throws -> MirrorDifference? {
        let tile = try tile(bytes, address)
        return try tile.root == hash(above: address) ? nil : .tile(address.description, hash: nil)
    }

    private mutating func check(bundle bytes: [UInt8], _ address: TileAddress) throws -> MirrorDifference? {
        let leaves: [NodeHash]
        do {
            leaves = try EntryBundle.leaves(bytes, count: address.width)
        } catch {
            return .form(address.description, flaw: "\(error)")
        }
        let below = try TileAddress(.hashes(level: 0), index: address.index, width: address.width)
        let tile = try edge[below] ?? storedTile(below)
        guard let place = firstDifference(leaves, tile.hashes) else { return nil }
        return .entry(leaf: address.index * Tile.widthMax + place, in: address.description)
    }

    /// The hash of a full tile, in the tile above it, which was checked before.
    private mutating func hash(above address: TileAddress) throws -> NodeHash {
        guard case .hashes(let level) = address.content else { throw LogFlaw(.tileAddress) }
        let count = head.size >> (8 * (level + 1))
        let index = address.index / Tile.widthMax
        let upper = try TileAddress(
            .hashes(level: level + 1), index: index,
            width: min(Tile.widthMax, count - index * Tile.widthMax))
        if above?.address != upper { above = (upper, try edge[upper] ?? storedTile(upper)) }
        guard let tile = above?.tile else { throw LogFlaw(.tileLength) }
        return tile[address.index % Tile.widthMax]
    }

    private func tile(_ bytes: [UInt8], _ address: TileAddress) throws -> Tile {
        do {
            return try Tile(bytes, width: address.width)
        } catch {
            throw MirrorProblem.altered(.form(address.description, flaw: "\(error)"))
        }
    }

    private func edgeTile(_ address: TileAddress) throws -> Tile {
        guard let tile = edge[address] else { throw LogFlaw(.tileLength) }
        return tile
    }

    private func storedTile(_ address: TileAddress) throws -> Tile {
        guard let bytes = try folder.bytes(address) else {
            throw MirrorProblem.copyDamaged(address.description)
        }
        do {
            return try Tile(bytes, width: address.width)
        } catch {
            throw MirrorProblem.copyDamaged(address.description)
        }
    }

    // MARK: Naming what was altered

    /// Which hash of a lowest tile was altered, where its entries tell.
    private mutating func closer(
        _ difference: MirrorDifference, _ address: TileAddress, _ bytes: [UInt8]
    ) async throws -> MirrorDifference {
        guard address.content == .hashes(level: 0), let derived = try await derived(address),
            try derived.root == hash(above: address)
        else { return difference }
        let place = firstDifference(Array(derived.hashes), try tile(bytes, address).hashes)
        return .tile(address.description, hash: place)
    }

    /// What of the right edge was altered: a tile is, when what is below it leads to the root in its place.
    private mutating func edgeFault() async throws -> MirrorDifference {
        var contradiction: MirrorDifference?
        for (address, tile) in edge.sorted(by: { $0.key.description < $1.key.description }) {
            guard let derived = try await derived(address),
                let place = firstDifference(Array(derived.hashes), tile.hashes)
            else { continue }
            var repaired = edge
            repaired[address] = derived
            let root = try MerkleTree(size: head.size) { [repaired] in
                guard let tile = repaired[$0] else { throw LogFlaw(.tileLength) }
                return tile
            }.root
            if root == head.root { return .tile(address.description, hash: place) }
            if address.content == .hashes(level: 0) {
                let bundle = try TileAddress(.entries, index: address.index, width: address.width)
                contradiction = .entryOrTile(
                    leaf: address.index * Tile.widthMax + place, in: bundle.description)
            }
        }
        return contradiction ?? .root(size: head.size)
    }

    /// The tile as it follows from what is below it; nil when that has no form either.
    private mutating func derived(_ address: TileAddress) async throws -> Tile? {
        guard case .hashes(let level) = address.content else { return nil }
        var hashes: [NodeHash] = []
        do {
            if level == 0 {
                let bundle = try TileAddress(.entries, index: address.index, width: address.width)
                hashes = try EntryBundle.leaves(try await fetch([bundle])[0], count: address.width)
            } else {
                for place in 0..<address.width {
                    let lower = try TileAddress(
                        .hashes(level: level - 1), index: address.index * Tile.widthMax + place)
                    let tile = try Tile(try await fetch([lower])[0], width: Tile.widthMax)
                    if let root = tile.root { hashes.append(root) }
                }
            }
            return try Tile(hashes.flatMap(\.bytes), width: address.width)
        } catch is LogFlaw {
            return nil
        }
    }
}

/// The first place at which two rows of hashes differ.
func firstDifference(_ some: [NodeHash], _ others: ArraySlice<NodeHash>) -> Int? {
    zip(some, others).enumerated().first { $0.element.0 != $0.element.1 }?.offset
}
