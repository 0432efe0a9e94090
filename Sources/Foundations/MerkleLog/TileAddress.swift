/// Where a tile or a bundle of entries is served: `tile/0/x001/x234/067`, `tile/entries/000.p/15`.
///
/// C2SP tlog-tiles, Merkle Tree and Log entries.
package struct TileAddress: Sendable, Hashable, CustomStringConvertible {
    package enum Content: Sendable, Hashable {
        /// Hashes, each the root of 256^level leaves; 0...63.
        case hashes(level: Int)
        /// The entries behind a tile of level 0.
        case entries
    }

    package let content: Content
    /// The place within the level, from 0.
    package let index: Int
    /// 256 for a full tile, 1...255 for a partial one.
    package let width: Int

    /// Longer than any address of a tree that a signed 64-bit size can have.
    package static let charactersMax = 64

    /// - Throws: `tileAddress` for a level, place or width out of range.
    package init(_ content: Content, index: Int, width: Int = Tile.widthMax) throws(LogFlaw) {
        if case .hashes(let level) = content, !(0...63).contains(level) { throw LogFlaw(.tileAddress) }
        guard index >= 0, (1...Tile.widthMax).contains(width) else { throw LogFlaw(.tileAddress) }
        self.init(unchecked: content, index: index, width: width)
    }

    init(unchecked content: Content, index: Int, width: Int) {
        self.content = content
        self.index = index
        self.width = width
    }

    /// Reads an address relative to the log's prefix, without a slash in front.
    ///
    /// Strict: one tile has one address, so leading zeroes, empty parts and `.p/256` are refused.
    ///
    /// - Throws: `tileAddress`.
    package init(parsing text: some StringProtocol) throws(LogFlaw) {
        guard text.utf8.count <= TileAddress.charactersMax else { throw LogFlaw(.tileAddress) }
        var parts = String(text).split(separator: "/", omittingEmptySubsequences: false).map { String($0) }[
            ...]
        guard parts.popFirst() == "tile", let kind = parts.popFirst() else { throw LogFlaw(.tileAddress) }
        var content = Content.entries
        if kind != "entries" {
            guard let level = Decimal.number(kind) else { throw LogFlaw(.tileAddress) }
            content = .hashes(level: level)
        }
        let width = try TileAddress.takeWidth(from: &parts)
        try self.init(content, index: TileAddress.index(of: parts), width: width)
    }

    package var description: String {
        let place =
            switch content {
            case .hashes(let level): "\(level)"
            case .entries: "entries"
            }
        let suffix = width == Tile.widthMax ? "" : ".p/\(width)"
        return "tile/\(place)/\(TileAddress.path(of: index))\(suffix)"
    }

    /// Whether everything in the tile or bundle belongs to a tree of that size.
    package func lies(within size: Int) -> Bool {
        let count =
            switch content {
            case .hashes(let level): TreeShape.count(level: level, size: size)
            case .entries: size
            }
        // The place first: beyond it the product could overflow.
        return index <= count / Tile.widthMax && index * Tile.widthMax + width <= count
    }

    /// What one tree serves: every full tile and bundle, and the partial ones at its right edge.
    ///
    /// - Parameter size: leaves of the tree; more than 0 for anything to be there.
    /// - Returns: level by level from the leaves up, then the bundles; each from the left.
    package static func all(size: Int) -> [TileAddress] {
        var addresses: [TileAddress] = []
        for level in 0...TreeShape.levelMax where TreeShape.count(level: level, size: size) > 0 {
            addresses += row(.hashes(level: level), count: TreeShape.count(level: level, size: size))
        }
        return addresses + row(.entries, count: size)
    }

    private static func row(_ content: Content, count: Int) -> [TileAddress] {
        stride(from: 0, to: count, by: Tile.widthMax).map {
            TileAddress(
                unchecked: content, index: $0 / Tile.widthMax, width: min(Tile.widthMax, count - $0))
        }
    }

    /// Takes `.p/W` off the end; 256 when there is none.
    private static func takeWidth(from parts: inout ArraySlice<String>) throws(LogFlaw) -> Int {
        guard parts.count >= 2, parts[parts.endIndex - 2].hasSuffix(".p") else { return Tile.widthMax }
        guard let width = Decimal.number(parts.removeLast()), (1..<Tile.widthMax).contains(width) else {
            throw LogFlaw(.tileAddress)
        }
        parts[parts.endIndex - 1].removeLast(2)
        return width
    }

    /// Groups of three digits; all but the last begin with `x`, and the first is not all zero unless alone.
    private static func index(of parts: ArraySlice<String>) throws(LogFlaw) -> Int {
        var index = 0
        for (place, part) in zip(parts.indices, parts) {
            let isLast = place == parts.endIndex - 1
            let digits = isLast ? part[...] : part.dropFirst()
            guard isLast || part.hasPrefix("x"), digits.utf8.count == 3,
                let group = Int(digits), digits.utf8.allSatisfy(Decimal.isDigit),
                isLast || place > parts.startIndex || group > 0
            else { throw LogFlaw(.tileAddress) }
            let (shifted, isTooLarge) = index.multipliedReportingOverflow(by: 1000)
            let (next, isLarger) = shifted.addingReportingOverflow(group)
            guard !isTooLarge, !isLarger else { throw LogFlaw(.tileAddress) }
            index = next
        }
        guard !parts.isEmpty else { throw LogFlaw(.tileAddress) }
        return index
    }

    private static func path(of index: Int) -> String {
        var (rest, path) = (index / 1000, group(index % 1000))
        while rest > 0 {
            path = "x\(group(rest % 1000))/\(path)"
            rest /= 1000
        }
        return path
    }

    private static func group(_ number: Int) -> String {
        String(String(number + 1000).dropFirst())
    }
}
