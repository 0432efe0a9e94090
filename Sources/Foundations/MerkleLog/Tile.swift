/// A tile: 1...256 consecutive hashes of one level, and the nodes above them up to the tile's own root.
///
/// The nodes above are kept because whoever builds a tile has hashed them anyway; a proof then needs no hashing.
/// They are never served: the bytes of a tile are its hashes alone. A log may store them behind the hashes of a full tile.
///
/// C2SP tlog-tiles, Merkle Tree.
package struct Tile: Sendable, Hashable {
    /// Hashes of a full tile.
    package static let widthMax = 256
    /// Levels of the tree that one tile spans.
    package static let height = 8
    /// Bytes of a full tile with the nodes above its hashes.
    package static let nodesByteCount = (2 * widthMax - 1) * NodeHash.byteCount

    /// Row after row: 256 hashes, 128 nodes, … the root, 32 bytes each. Places to the right of what is known are zero.
    private var nodes: [UInt8]
    /// How many hashes the tile has.
    package private(set) var width: Int

    /// A tile without hashes: the start of one that grows.
    init() {
        nodes = Array(repeating: 0, count: Tile.nodesByteCount)
        width = 0
    }

    /// Reads a tile.
    ///
    /// - Parameters:
    ///   - bytes: the hashes one after another, 32 bytes each.
    ///   - width: how many there must be, 1...256.
    /// - Throws: `tileLength`.
    package init(_ bytes: [UInt8], width: Int) throws(LogFlaw) {
        guard (1...Tile.widthMax).contains(width), bytes.count == width * NodeHash.byteCount else {
            throw LogFlaw(.tileLength)
        }
        self.init()
        fill(width) { $0.copyBytes(from: bytes) }
    }

    /// Takes a full tile with its nodes as it was stored, without hashing and without a copy.
    ///
    /// Whoever cannot rely on where the bytes were kept reads the hashes alone.
    ///
    /// - Parameter bytes: what `bytesWithNodes` gave.
    /// - Throws: `tileLength`.
    package init(withNodes bytes: [UInt8]) throws(LogFlaw) {
        guard bytes.count == Tile.nodesByteCount else { throw LogFlaw(.tileLength) }
        nodes = bytes
        width = Tile.widthMax
    }

    /// As it is served: 32 bytes a hash, 8,192 when full.
    package var bytes: [UInt8] { Array(nodes[..<(width * NodeHash.byteCount)]) }

    /// As it may be stored: the hashes, and behind them the nodes row after row; nil for a tile that still grows.
    package var bytesWithNodes: [UInt8]? { isFull ? nodes : nil }

    package var hashes: ArraySlice<NodeHash> { (0..<width).map { node(row: 0, index: $0) }[...] }

    /// One of the hashes.
    ///
    /// - Precondition: the tile has it.
    package subscript(place: Int) -> NodeHash { node(row: 0, index: place) }

    package var isFull: Bool { width == Tile.widthMax }

    /// The hash that stands for a full tile one level up; nil for one that still grows.
    package var root: NodeHash? { isFull ? node(row: Tile.height, index: 0) : nil }

    /// Puts hashes at the end and completes the nodes above that they close.
    ///
    /// - Precondition: there is room for them.
    mutating func append(_ hashes: ArraySlice<NodeHash>) {
        precondition(hashes.count <= Tile.widthMax - width, "a tile has 256 hashes at most")
        hashes.withUnsafeBytes { bytes in
            fill(hashes.count) { $0.copyMemory(from: bytes) }
        }
    }

    /// - Parameters:
    ///   - count: how many hashes are written, within the room that is left.
    ///   - write: writes them, 32 bytes each.
    private mutating func fill(_ count: Int, _ write: (UnsafeMutableRawBufferPointer) -> Void) {
        let old = width
        width += count
        let new = width
        nodes.withUnsafeMutableBufferPointer { all in
            let place = UnsafeMutableRawBufferPointer(all)[
                old * NodeHash.byteCount..<new * NodeHash.byteCount]
            write(UnsafeMutableRawBufferPointer(rebasing: place))
            guard let start = all.baseAddress else { return }
            for row in 1...Tile.height where new >> row > old >> row {
                Digest.nodes(
                    over: start + Tile.start(of: row - 1) * NodeHash.byteCount, old >> row..<new >> row,
                    into: start + Tile.start(of: row) * NodeHash.byteCount)
            }
        }
    }

    /// The same tile as it was when it had fewer hashes.
    func prefix(_ width: Int) -> Tile {
        precondition((0...self.width).contains(width), "a tile is cut to at most what it has")
        if width == self.width { return self }
        var shorter = Tile()
        shorter.fill(width) { $0.copyBytes(from: nodes[..<(width * NodeHash.byteCount)]) }
        return shorter
    }

    /// The root of 2^row neighbouring hashes.
    ///
    /// - Parameters:
    ///   - row: 0...8; 0 is the hashes themselves.
    ///   - index: counted within the row.
    func node(row: Int, index: Int) -> NodeHash {
        precondition((index + 1) << row <= width, "a node of a tile stands over hashes that are there")
        let start = (Tile.start(of: row) + index) * NodeHash.byteCount
        return nodes.withUnsafeBytes { bytes in
            NodeHash(copying: UnsafeRawBufferPointer(rebasing: bytes[start..<start + NodeHash.byteCount]))
        }
    }

    private static func start(of row: Int) -> Int { 2 * widthMax - (2 * widthMax) >> row }
}

/// A tile and where it is served.
package struct PlacedTile: Sendable, Hashable {
    package let address: TileAddress
    package let tile: Tile
}
