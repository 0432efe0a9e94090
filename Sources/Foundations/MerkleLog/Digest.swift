import CLibcrypto
import CManySHA256

/// What a processor has for hashing several messages at once. Without any of it the hashes are the same.
struct HashMeans: OptionSet, Sendable {
    let rawValue: Int

    /// Two at once, by its own instructions for SHA-256.
    static let paired = HashMeans(rawValue: 1)
    /// Sixteen at once, in its widest registers.
    static let sixteenfold = HashMeans(rawValue: 2)

    /// Those of the processor that this runs on.
    static let found: HashMeans = {
        var found: HashMeans = []
        if paired_sha256_is_there() { found.insert(.paired) }
        if sixteen_sha256_is_there() { found.insert(.sixteenfold) }
        return found
    }()
}

/// The one place where the tree's hashes are computed.
enum Digest {
    /// SHA-256 of the bytes.
    static func hash(_ bytes: [UInt8]) -> NodeHash {
        bytes.withUnsafeBytes { bytes in
            NodeHash { sundial_sha256(bytes.baseAddress, bytes.count, $0) }
        }
    }

    /// SHA-256 of one byte and the bytes after it.
    static func hash(_ bytes: UnsafeRawBufferPointer, prefix: UInt8) -> NodeHash {
        NodeHash { sundial_sha256_prefixed(prefix, bytes.baseAddress, bytes.count, $0) }
    }

    static func node(_ left: NodeHash, _ right: NodeHash) -> NodeHash {
        left.withBytes { left in
            right.withBytes { right in
                NodeHash { sundial_sha256_node(left.baseAddress, right.baseAddress, $0) }
            }
        }
    }

    /// A row of nodes from the row below it, as many at a time as the processor can.
    ///
    /// - Parameters:
    ///   - children: where the row below begins, 32 bytes a hash.
    ///   - range: the nodes to compute, counted in their row; node i stands over children 2i and 2i + 1.
    ///   - row: where the row begins.
    ///   - means: must be found.
    static func nodes(
        over children: UnsafeMutablePointer<UInt8>, _ range: Range<Int>,
        into row: UnsafeMutablePointer<UInt8>, by means: HashMeans = .found
    ) {
        var next = range.lowerBound
        while means.contains(.sixteenfold), next + lanes <= range.upperBound {
            sixteen_sha256_nodes(children + 64 * next, row + 32 * next)
            next += lanes
        }
        while means.contains(.paired), next + 1 < range.upperBound {
            paired_sha256_nodes(children + 64 * next, row + 32 * next)
            next += 2
        }
        while next < range.upperBound {
            sundial_sha256_node(children + 64 * next, children + 64 * next + 32, row + 32 * next)
            next += 1
        }
    }

    /// The leaf hashes of entries, as many at a time as the processor can: those that fill the same number of blocks.
    ///
    /// - Parameters:
    ///   - hashes: where they go in the order of the entries, 32 bytes each.
    ///   - means: must be found.
    static func leaves(
        _ entries: [UnsafeRawBufferPointer], into hashes: UnsafeMutablePointer<UInt8>,
        by means: HashMeans = .found
    ) {
        let order = orderedByBlocks(entries)
        var next = 0
        while next < order.count {
            let blocks = blocks(entries[order[next]])
            var end = next + 1
            while end < order.count, end < next + lanes, Self.blocks(entries[order[end]]) == blocks {
                end += 1
            }
            if means.contains(.sixteenfold), blocks <= Int(SIXTEEN_SHA256_BLOCKS_MAX),
                end - next >= lanesWorthwhile
            {
                sixteen(entries, order[next..<end], into: hashes)
                next = end
            } else if means.contains(.paired), end - next > 1, fitsPair(entries[order[next]]),
                fitsPair(entries[order[next + 1]])
            {
                pair(entries, order[next], order[next + 1], into: hashes)
                next += 2
            } else {
                let entry = entries[order[next]]
                sundial_sha256_prefixed(0, entry.baseAddress, entry.count, hashes + 32 * order[next])
                next += 1
            }
        }
    }

    private static let lanes = Int(SIXTEEN_SHA256_LANES)
    /// With fewer, pairs are as fast.
    private static let lanesWorthwhile = 7

    /// Lanes without an entry of their own repeat the last.
    private static func sixteen(
        _ entries: [UnsafeRawBufferPointer], _ places: ArraySlice<Int>,
        into hashes: UnsafeMutablePointer<UInt8>
    ) {
        withUnsafeTemporaryAllocation(of: UnsafePointer<UInt8>?.self, capacity: lanes) { starts in
            withUnsafeTemporaryAllocation(of: Int.self, capacity: lanes) { counts in
                withUnsafeTemporaryAllocation(of: UnsafeMutablePointer<UInt8>?.self, capacity: lanes) {
                    targets in
                    for lane in 0..<lanes {
                        let place = places[min(places.startIndex + lane, places.endIndex - 1)]
                        let start = entries[place].baseAddress?.assumingMemoryBound(to: UInt8.self)
                        starts.initializeElement(at: lane, to: start)
                        counts.initializeElement(at: lane, to: entries[place].count)
                        targets.initializeElement(at: lane, to: hashes + 32 * place)
                    }
                    sixteen_sha256_leaves(starts.baseAddress, counts.baseAddress, targets.baseAddress)
                }
            }
        }
    }

    private static func pair(
        _ entries: [UnsafeRawBufferPointer], _ one: Int, _ two: Int, into hashes: UnsafeMutablePointer<UInt8>
    ) {
        paired_sha256_leaves(
            entries[one].baseAddress, entries[one].count, entries[two].baseAddress, entries[two].count,
            hashes + 32 * one, hashes + 32 * two)
    }

    private static func fitsPair(_ entry: UnsafeRawBufferPointer) -> Bool {
        entry.count < Int(PAIRED_SHA256_BYTES_MAX)
    }

    /// The places of the entries, those with fewer blocks first, otherwise as they are.
    private static func orderedByBlocks(_ entries: [UnsafeRawBufferPointer]) -> [Int] {
        let blocks = entries.map { min(Self.blocks($0), Int(SIXTEEN_SHA256_BLOCKS_MAX) + 1) }
        guard let first = blocks.first, blocks.contains(where: { $0 != first }) else {
            return Array(entries.indices)
        }
        var starts = [Int](repeating: 0, count: Int(SIXTEEN_SHA256_BLOCKS_MAX) + 3)
        for count in blocks { starts[count + 1] += 1 }
        for count in 1..<starts.count { starts[count] += starts[count - 1] }
        var order = [Int](repeating: 0, count: entries.count)
        for (place, count) in blocks.enumerated() {
            order[starts[count]] = place
            starts[count] += 1
        }
        return order
    }

    /// Blocks of 64 bytes that a leaf fills: its first byte, the entry, and nine bytes of padding at least.
    private static func blocks(_ entry: UnsafeRawBufferPointer) -> Int { (entry.count + 10 + 63) / 64 }
}
