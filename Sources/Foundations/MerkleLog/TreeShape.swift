/// Where things stand in a tree of tiles: arithmetic on sizes alone.
enum TreeShape {
    /// The highest level of a tree whose size is a signed 64-bit number.
    static let levelMax = 7

    /// Hashes of a level: roots of so many full subtrees of 256^level leaves.
    static func count(level: Int, size: Int) -> Int { size >> (Tile.height * level) }

    /// The tile of a level that holds the hash above a leaf.
    static func tileIndex(level: Int, leaf: Int) -> Int {
        let shift = Tile.height * (level + 1)
        return shift < Int.bitWidth ? leaf >> shift : 0
    }

    /// How wide that tile is in a tree of that size; 0 when it is not there.
    static func width(level: Int, index: Int, size: Int) -> Int {
        min(Tile.widthMax, max(0, count(level: level, size: size) - index * Tile.widthMax))
    }

    /// The heights of the full subtrees that a tree is made of, lowest and rightmost first.
    static func heights(size: Int) -> [Int] { (0..<Int.bitWidth).filter { size >> $0 & 1 == 1 } }

    /// The place of the full subtree of that height, counted in subtrees of that height.
    ///
    /// - Parameter height: one of `heights(size:)`.
    static func index(height: Int, size: Int) -> Int { (size >> height) - 1 }

    /// The height of the full subtree that holds a leaf.
    ///
    /// - Parameter leaf: less than the size.
    static func heightHolding(_ leaf: Int, size: Int) -> Int {
        Int.bitWidth - 1 - (leaf ^ size).leadingZeroBitCount
    }
}

extension TreeShape {
    /// Whether the leaves are those of a subtree: their first is a multiple of the power of two that holds them.
    static func isSubtree(_ part: Range<Int>) -> Bool {
        guard part.lowerBound >= 0, !part.isEmpty, part.upperBound <= MerkleTree.sizeMax else { return false }
        let heightMax = Int.bitWidth - (part.count - 1).leadingZeroBitCount
        return part.lowerBound & ((1 << heightMax) - 1) == 0
    }
}
