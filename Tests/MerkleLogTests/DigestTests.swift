import Crypto
import Testing

@testable import MerkleLog

@Suite struct `Hashes by whatever a processor has` {
    /// None, each and all of what is found here; without any, libcrypto computes them one by one.
    private static let means = (0..<4).map { HashMeans(rawValue: $0) }.filter {
        $0.isSubset(of: HashMeans.found)
    }

    /// Around the end of each of the first blocks, where pairs end, and where sixteen at once end.
    private static let lengths = [0...330, 1_000...1_030, 4_000...4_110].flatMap { Array($0) }

    private static func entry(_ length: Int, _ number: Int) -> [UInt8] {
        (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ number &* 7) }
    }

    private func leaves(_ entries: [[UInt8]], by means: HashMeans) -> [UInt8] {
        // One byte more on each side would be noticed: everything stands in one run of bytes.
        let all = entries.flatMap { $0 }
        var hashes = [UInt8](repeating: 0, count: 32 * entries.count)
        all.withUnsafeBytes { bytes in
            var start = 0
            let spans = entries.map { entry in
                defer { start += entry.count }
                return UnsafeRawBufferPointer(rebasing: bytes[start..<start + entry.count])
            }
            hashes.withUnsafeMutableBufferPointer { place in
                guard let start = place.baseAddress else { return }
                Digest.leaves(spans, into: start, by: means)
            }
        }
        return hashes
    }

    @Test(arguments: means)
    func `are those of another SHA-256, for leaves of one length`(_ means: HashMeans) {
        for length in Self.lengths {
            // With 16, 10 and 9 of a length each way of hashing has its turn.
            let entries = (0..<35).map { Self.entry(length, $0) }
            let expected = entries.flatMap { Array(SHA256.hash(data: [0] + $0)) }
            #expect(leaves(entries, by: means) == expected, "\(length) bytes")
        }
    }

    @Test(arguments: means)
    func `are those of another SHA-256, for leaves of many lengths`(_ means: HashMeans) {
        for step in [1, 3, 7, 64, 101] {
            let entries = (0..<256).map { Self.entry(Self.lengths[$0 * step % Self.lengths.count], $0) }
            let expected = entries.flatMap { Array(SHA256.hash(data: [0] + $0)) }
            #expect(leaves(entries, by: means) == expected, "step \(step)")
        }
    }

    @Test(arguments: means)
    func `are those of another SHA-256, for nodes`(_ means: HashMeans) {
        var children = Self.entry(64 * 70, 3)
        let expected = stride(from: 0, to: children.count, by: 64).map {
            Array(SHA256.hash(data: [1] + children[$0..<$0 + 64]))
        }
        for range in [0..<70, 0..<1, 0..<16, 1..<18, 3..<70, 69..<70, 5..<5] {
            var row = [UInt8](repeating: 0, count: 32 * 70)
            children.withUnsafeMutableBufferPointer { children in
                row.withUnsafeMutableBufferPointer { row in
                    guard let below = children.baseAddress, let start = row.baseAddress else { return }
                    Digest.nodes(over: below, range, into: start, by: means)
                }
            }
            let untouched = [UInt8](repeating: 0, count: 32)
            let wanted = expected.indices.flatMap { range.contains($0) ? expected[$0] : untouched }
            #expect(row == wanted, "\(range)")
        }
    }
}
