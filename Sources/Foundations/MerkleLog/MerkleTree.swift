/// The tree of a transparency log (透明日志) as it grows: RFC 9162 hashing over tiles of height 8.
///
/// Holds the right edge alone, at most one unfinished tile a level, whatever the size. Finished tiles are handed out
/// once and never change; proofs read them back through a closure.
package struct MerkleTree: Sendable {
    /// Leaves, at most 2^62.
    package private(set) var size: Int
    /// The size of the tree whose tiles can be read; never less than `size`.
    private var published: Int
    /// The unfinished tile of each level, from the leaves up.
    private var edge: [Tile]
    /// The roots of the right ends: the lowest full subtree, with the next, … with all, which is the tree's root.
    private var ends: [NodeHash]

    package static let sizeMax = 1 << 62

    /// The tree without leaves.
    package init() {
        size = 0
        published = 0
        edge = []
        ends = []
    }

    /// Opens a tree from its tiles, or from those of a larger one that grew out of it.
    ///
    /// - Parameters:
    ///   - size: leaves, 0...`published`.
    ///   - published: the size whose tiles can be read; the tree's own when nil.
    ///   - read: a tile of exactly that address; at most one a level is asked for. Any error goes through.
    /// - Throws: `treeSize` for sizes out of range, `tileLength` for a tile of another width than asked for.
    package init(size: Int, of published: Int? = nil, read: (TileAddress) throws -> Tile) throws {
        let published = published ?? size
        guard size >= 0, size <= published, published <= MerkleTree.sizeMax else {
            throw LogFlaw(.treeSize)
        }
        self.init()
        self.size = size
        self.published = published
        for level in 0...TreeShape.levelMax where TreeShape.count(level: level, size: size) > 0 {
            edge.append(try edgeTile(level: level, read))
        }
        foldEnds()
    }

    /// RFC 9162, 2.1.1: the Merkle Tree Hash.
    package var root: NodeHash { ends.last ?? .ofNothing }

    /// The unfinished tiles of this size, from the leaves up: what must be stored beside the finished ones.
    package var partialTiles: [PlacedTile] {
        edge.indices.filter { edge[$0].width > 0 }.map { level in
            place(edge[level], level: level)
        }
    }

    /// Adds leaves.
    ///
    /// - Parameter leaves: their hashes, in order.
    /// - Returns: the tiles that became full, each once, in the order in which they did.
    /// - Precondition: the tiles of this very size are the ones published, and the size stays within `sizeMax`.
    package mutating func append(_ leaves: [NodeHash]) -> [PlacedTile] {
        precondition(published == size, "an older view of a log does not grow")
        precondition(leaves.count <= MerkleTree.sizeMax - size, "a log has at most 2^62 leaves")
        var finished: [PlacedTile] = []
        var rest = leaves[...]
        while !rest.isEmpty {
            let part = rest.prefix(Tile.widthMax - size % Tile.widthMax)
            size += part.count
            add(part, level: 0, &finished)
            rest = rest.dropFirst(part.count)
        }
        published = size
        foldEnds()
        return finished
    }

    /// Adds hashes to a level whose unfinished tile has room for them, and its root above once it is full.
    private mutating func add(_ hashes: ArraySlice<NodeHash>, level: Int, _ finished: inout [PlacedTile]) {
        if level == edge.count { edge.append(Tile()) }
        edge[level].append(hashes)
        guard edge[level].isFull else { return }
        let full = edge[level]
        edge[level] = Tile()
        finished.append(place(full, level: level))
        add([full.node(row: Tile.height, index: 0)], level: level + 1, &finished)
    }

    private func place(_ tile: Tile, level: Int) -> PlacedTile {
        let count = TreeShape.count(level: level, size: size)
        let index = tile.isFull ? count / Tile.widthMax - 1 : count / Tile.widthMax
        let address = TileAddress(unchecked: .hashes(level: level), index: index, width: tile.width)
        return PlacedTile(address: address, tile: tile)
    }

    /// The unfinished tile of a level, cut out of what is published; empty when the level's tiles are all full.
    private func edgeTile(level: Int, _ read: (TileAddress) throws -> Tile) throws -> Tile {
        let count = TreeShape.count(level: level, size: size)
        let width = count % Tile.widthMax
        if width == 0 { return Tile() }
        return try readTile(level: level, index: count / Tile.widthMax, read).prefix(width)
    }

    private mutating func foldEnds() {
        ends = []
        for height in TreeShape.heights(size: size) {
            let subtree = edgeNode(height: height)
            ends.append(ends.last.map { .node(subtree, $0) } ?? subtree)
        }
    }

    /// The root of the full subtree of that height at the right edge; each stands in its level's unfinished tile.
    private func edgeNode(height: Int) -> NodeHash {
        let (level, row) = height.quotientAndRemainder(dividingBy: Tile.height)
        return edge[level].node(row: row, index: edge[level].width >> row - 1)
    }

    private func readTile(level: Int, index: Int, _ read: (TileAddress) throws -> Tile) throws -> Tile {
        let width = TreeShape.width(level: level, index: index, size: published)
        let tile = try read(TileAddress(unchecked: .hashes(level: level), index: index, width: width))
        guard tile.width == width else { throw LogFlaw(.tileLength) }
        return tile
    }
}

extension MerkleTree {
    /// The proof that a leaf is in this tree.
    ///
    /// RFC 9162, 2.1.3.1.
    ///
    /// - Parameters:
    ///   - index: the leaf's, from 0.
    ///   - read: a finished tile; at most one a level is asked for, none of the unfinished ones.
    /// - Throws: `leafIndex` for a leaf that the tree does not have, `tileLength`, and whatever reading throws.
    package func inclusionProof(of index: Int, read: (TileAddress) throws -> Tile) throws -> InclusionProof {
        guard (0..<size).contains(index) else { throw LogFlaw(.leafIndex) }
        let hashes = try path(from: 0, leaf: index, withNode: false, read)
        return InclusionProof(index: index, size: size, hashes: hashes)
    }

    /// The proof that this tree grew out of an older one.
    ///
    /// RFC 9162, 2.1.4.1. Without hashes when the older tree is empty or the same.
    ///
    /// - Parameters:
    ///   - old: leaves of the older tree.
    ///   - read: a finished tile; at most one a level is asked for, none of the unfinished ones.
    /// - Throws: `treeSize` for an older size beyond this one, `tileLength`, and whatever reading throws.
    package func consistencyProof(from old: Int, read: (TileAddress) throws -> Tile) throws
        -> ConsistencyProof
    {
        guard (0...size).contains(old) else { throw LogFlaw(.treeSize) }
        guard old > 0, old < size else { return ConsistencyProof(from: old, to: size, hashes: []) }
        // The older tree's lowest full subtree; a verifier has it already when it is the whole of that tree.
        let height = old.trailingZeroBitCount
        let isWhole = old == 1 << height
        let hashes = try path(from: height, leaf: old - 1, withNode: !isWhole, read)
        return ConsistencyProof(from: old, to: size, hashes: hashes)
    }

    /// The hashes beside the way from a node up to the root, lowest first.
    ///
    /// - Parameters:
    ///   - height: of the node; what it stands over ends within the tree.
    ///   - leaf: any leaf below the node.
    ///   - withNode: whether the node itself is put in front.
    private func path(
        from height: Int, leaf: Int, withNode: Bool, _ read: (TileAddress) throws -> Tile
    ) throws -> [NodeHash] {
        let top = TreeShape.heightHolding(leaf, size: size)
        var hashes: [NodeHash] = []
        hashes.reserveCapacity(Int.bitWidth - size.leadingZeroBitCount + 1)
        var next = height
        repeat {
            let end = min(top, (next / Tile.height + 1) * Tile.height)
            try inTile(height: next, leaf: leaf, read) { tile, row, index in
                if withNode, next == height { hashes.append(tile.node(row: row, index: index)) }
                for step in 0..<(end - next) {
                    hashes.append(tile.node(row: row + step, index: (index >> step) ^ 1))
                }
            }
            next = end
        } while next < top
        appendEdge(above: top, to: &hashes)
        return hashes
    }

    /// Beside the full subtree of that height: all to its right as one hash, then each subtree to its left.
    private func appendEdge(above top: Int, to hashes: inout [NodeHash]) {
        let below = (size & (1 << top - 1)).nonzeroBitCount
        if below > 0 { hashes.append(ends[below - 1]) }
        var rest = size & ~(1 << (top + 1) - 1)
        while rest > 0 {
            hashes.append(edgeNode(height: rest.trailingZeroBitCount))
            rest &= rest - 1
        }
    }

    /// Hands over the tile that holds a node, with the node's row and place in it.
    private func inTile(
        height: Int, leaf: Int, _ read: (TileAddress) throws -> Tile, _ use: (Tile, Int, Int) -> Void
    ) throws {
        let (level, row) = height.quotientAndRemainder(dividingBy: Tile.height)
        let index = TreeShape.tileIndex(level: level, leaf: leaf)
        let place = leaf >> height - index << (Tile.height - row)
        if index == TreeShape.tileIndex(level: level, leaf: size) {
            use(edge[level], row, place)
        } else {
            use(try readTile(level: level, index: index, read), row, place)
        }
    }
}
