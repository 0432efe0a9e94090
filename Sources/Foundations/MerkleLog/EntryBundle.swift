/// The entries behind a tile of level 0, each with its length in front.
///
/// C2SP tlog-tiles, Log entries: big-endian 16-bit lengths.
package enum EntryBundle {
    package static let entryBytesMax = 65_535

    /// - Parameter entries: 1...256 of them.
    /// - Throws: `bundleLength` for none or too many, `entryLength`.
    package static func bytes(_ entries: ArraySlice<[UInt8]>) throws(LogFlaw) -> [UInt8] {
        guard (1...Tile.widthMax).contains(entries.count) else { throw LogFlaw(.bundleLength) }
        var count = 0
        for entry in entries {
            guard entry.count <= entryBytesMax else { throw LogFlaw(.entryLength) }
            count += 2 + entry.count
        }
        return Array(unsafeUninitializedCapacity: count) { bytes, written in
            for entry in entries {
                bytes[written] = UInt8(entry.count >> 8)
                bytes[written + 1] = UInt8(entry.count & 0xFF)
                entry.withUnsafeBytes {
                    UnsafeMutableRawBufferPointer(
                        rebasing: UnsafeMutableRawBufferPointer(bytes)[(written + 2)...]
                    ).copyMemory(from: $0)
                }
                written += 2 + entry.count
            }
        }
    }

    /// Writes an entry behind those that the bytes of a bundle hold already.
    ///
    /// - Throws: `entryLength`.
    package static func append(_ entry: [UInt8], to bytes: inout [UInt8]) throws(LogFlaw) {
        guard entry.count <= entryBytesMax else { throw LogFlaw(.entryLength) }
        bytes.append(UInt8(entry.count >> 8))
        bytes.append(UInt8(entry.count & 0xFF))
        bytes += entry
    }

    package static func bytes(_ entries: [[UInt8]]) throws(LogFlaw) -> [UInt8] { try bytes(entries[...]) }

    /// - Parameters:
    ///   - count: how many there must be, 1...256.
    ///   - places: those that are wanted; nil for all.
    /// - Throws: `bundleLength` when there are more or fewer, or the bytes end within one.
    package static func entries(
        _ bytes: [UInt8], count: Int, at places: Range<Int>? = nil
    ) throws(LogFlaw) -> [[UInt8]] {
        var entries: [[UInt8]] = []
        var place = 0
        try forEach(bytes, count: count) {
            if places?.contains(place) ?? true { entries.append(Array($0)) }
            place += 1
        }
        return entries
    }

    /// The hashes of the entries, for the tree.
    ///
    /// - Throws: as `entries(_:count:)`.
    package static func leaves(_ bytes: [UInt8], count: Int) throws(LogFlaw) -> [NodeHash] {
        var spans: [UnsafeRawBufferPointer] = []
        spans.reserveCapacity(count)
        var leaves: [NodeHash] = []
        try forEach(bytes, count: count) {
            spans.append($0)
        } atEnd: {
            leaves = Array(unsafeUninitializedCapacity: spans.count) { place, filled in
                let bytes = UnsafeMutableRawBufferPointer(place).bindMemory(to: UInt8.self)
                guard let start = bytes.baseAddress else { return }
                Digest.leaves(spans, into: start)
                filled = spans.count
            }
        }
        return leaves
    }

    /// The bytes of the first entries of a bundle.
    ///
    /// - Parameters:
    ///   - width: how many are kept, 1...`count`.
    ///   - count: how many the bundle holds.
    /// - Throws: as `entries(_:count:)`.
    package static func prefix(_ width: Int, of bytes: [UInt8], count: Int) throws(LogFlaw) -> [UInt8] {
        guard (1...count).contains(width) else { throw LogFlaw(.bundleLength) }
        var (seen, end) = (0, 0)
        try forEach(bytes, count: count) { entry in
            seen += 1
            if seen <= width { end += 2 + entry.count }
        }
        return Array(bytes[..<end])
    }

    private static func forEach(
        _ bytes: [UInt8], count: Int, _ use: (UnsafeRawBufferPointer) -> Void, atEnd: () -> Void = {}
    ) throws(LogFlaw) {
        guard (1...Tile.widthMax).contains(count) else { throw LogFlaw(.bundleLength) }
        let isWhole = bytes.withUnsafeBytes { bytes in
            var start = 0
            for _ in 0..<count {
                guard start + 2 <= bytes.count else { return false }
                let end = start + 2 + Int(bytes[start]) << 8 + Int(bytes[start + 1])
                guard end <= bytes.count else { return false }
                use(UnsafeRawBufferPointer(rebasing: bytes[start + 2..<end]))
                start = end
            }
            atEnd()
            return start == bytes.count
        }
        guard isWhole else { throw LogFlaw(.bundleLength) }
    }
}
