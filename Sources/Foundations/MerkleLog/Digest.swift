import CLibcrypto

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
}
