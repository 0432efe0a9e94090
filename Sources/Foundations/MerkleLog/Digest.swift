import CLibcrypto
import CPairedSHA256

/// The one place where the tree's hashes are computed.
enum Digest {
    /// Whether the processor computes two hashes at once; asked once.
    private static let isPaired = paired_sha256_is_there()

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

    /// A row of nodes from the row below it, two at a time where the processor can.
    ///
    /// - Parameters:
    ///   - children: where the row below begins, 32 bytes a hash.
    ///   - range: the nodes to compute, counted in their row; node i stands over children 2i and 2i + 1.
    ///   - row: where the row begins.
    static func nodes(
        over children: UnsafeMutablePointer<UInt8>, _ range: Range<Int>, into row: UnsafeMutablePointer<UInt8>
    ) {
        var next = range.lowerBound
        while isPaired, next + 1 < range.upperBound {
            paired_sha256_nodes(children + 64 * next, row + 32 * next)
            next += 2
        }
        while next < range.upperBound {
            sundial_sha256_node(children + 64 * next, children + 64 * next + 32, row + 32 * next)
            next += 1
        }
    }

    /// The leaf hashes of two entries.
    static func leaves(
        _ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer
    ) -> (NodeHash, NodeHash) {
        guard isPaired, blocks(first) == blocks(second), first.count < Int(PAIRED_SHA256_BYTES_MAX),
            second.count < Int(PAIRED_SHA256_BYTES_MAX)
        else { return (hash(first, prefix: 0), hash(second, prefix: 0)) }
        var two = NodeHash.unset
        let one = NodeHash { one in
            two = NodeHash { two in
                paired_sha256_leaves(
                    first.baseAddress, first.count, second.baseAddress, second.count, one, two)
            }
        }
        return (one, two)
    }

    /// Blocks of 64 bytes that a leaf fills: its first byte, the entry, and nine bytes of padding at least.
    private static func blocks(_ entry: UnsafeRawBufferPointer) -> Int { (entry.count + 10 + 63) / 64 }
}
