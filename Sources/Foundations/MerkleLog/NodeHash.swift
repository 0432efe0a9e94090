/// A hash of the tree: 32 bytes of SHA-256, held in place, so that an array of them is one run of bytes.
///
/// A leaf hash and the hash of two nodes begin with different bytes, so that neither can be taken for the other.
package struct NodeHash: Sendable, Hashable, CustomStringConvertible {
    package static let byteCount = 32

    /// The 32 bytes in their order in memory, whatever order the machine gives numbers.
    private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

    /// - Parameter write: fills exactly 32 bytes.
    init(filledBy write: (UnsafeMutablePointer<UInt8>) -> Void) {
        withUnsafeMutableBytes(of: &words) { place in
            guard let start = place.bindMemory(to: UInt8.self).baseAddress else { return }
            write(start)
        }
    }

    /// - Precondition: 32 bytes.
    init(copying bytes: UnsafeRawBufferPointer) {
        precondition(bytes.count == NodeHash.byteCount, "a hash has 32 bytes")
        withUnsafeMutableBytes(of: &words) { $0.copyMemory(from: bytes) }
    }

    /// Takes 32 bytes as they are; nil for any other number.
    package init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == NodeHash.byteCount else { return nil }
        withUnsafeMutableBytes(of: &words) { $0.copyBytes(from: bytes) }
    }

    /// The root of the tree without leaves: SHA-256 of nothing.
    ///
    /// RFC 9162, 2.1.1.
    package static let ofNothing = Digest.hash([])

    /// The hash of a leaf: SHA-256(0x00 ‖ entry).
    ///
    /// RFC 9162, 2.1.1.
    package static func leaf(_ entry: [UInt8]) -> NodeHash {
        entry.withUnsafeBytes { Digest.hash($0, prefix: 0) }
    }

    package static func leaf(_ entry: UnsafeRawBufferPointer) -> NodeHash { Digest.hash(entry, prefix: 0) }

    /// The hash of two nodes: SHA-256(0x01 ‖ left ‖ right).
    ///
    /// RFC 9162, 2.1.1.
    package static func node(_ left: NodeHash, _ right: NodeHash) -> NodeHash { Digest.node(left, right) }

    package var bytes: [UInt8] { withBytes { Array($0) } }

    /// The form in checkpoints, proofs and witness requests.
    package var base64: String { Base64.text(bytes) }

    /// 64 lower-case hexadecimal digits.
    package var description: String { Hexadecimal.text(bytes) }

    func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        withUnsafeBytes(of: words, body)
    }

    package static func == (some: NodeHash, other: NodeHash) -> Bool { some.words == other.words }

    package func hash(into hasher: inout Hasher) { withBytes { hasher.combine(bytes: $0) } }
}
