import Crypto
import Foundation
import MerkleLog

/// RFC 9162, 2.1, read aloud: slow, recursive, and sharing nothing with the tree under test but the type of a hash.
struct ReferenceTree {
    let entries: [[UInt8]]

    /// MTH(D[range]).
    func root(_ range: Range<Int>) -> [UInt8] {
        if range.isEmpty { return sha256([]) }
        if range.count == 1 { return sha256([0] + entries[range.lowerBound]) }
        let middle = range.lowerBound + split(range.count)
        return sha256([1] + root(range.lowerBound..<middle) + root(middle..<range.upperBound))
    }

    /// PATH(index, D[range]).
    func path(_ index: Int, _ range: Range<Int>) -> [[UInt8]] {
        if range.count == 1 { return [] }
        let middle = range.lowerBound + split(range.count)
        let (left, right) = (range.lowerBound..<middle, middle..<range.upperBound)
        return index < middle ? path(index, left) + [root(right)] : path(index, right) + [root(left)]
    }

    /// PROOF(old, D[0 ..< size]).
    func proof(_ old: Int, _ size: Int) -> [[UInt8]] { subproof(old, 0..<size, true) }

    private func subproof(_ old: Int, _ range: Range<Int>, _ isWhole: Bool) -> [[UInt8]] {
        if old == range.count { return isWhole ? [] : [root(range)] }
        let half = split(range.count)
        let middle = range.lowerBound + half
        let (left, right) = (range.lowerBound..<middle, middle..<range.upperBound)
        return old <= half
            ? subproof(old, left, isWhole) + [root(right)]
            : subproof(old - half, right, false) + [root(left)]
    }

    /// The largest power of two below a number.
    private func split(_ count: Int) -> Int {
        var half = 1
        while half * 2 < count { half *= 2 }
        return half
    }

    private func sha256(_ bytes: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: bytes)) }
}

/// Tiles as a log would serve them, and what was asked for.
final class TileShelf {
    private(set) var tiles: [TileAddress: Tile] = [:]
    private(set) var asked: [TileAddress] = []

    struct Missing: Error { let address: TileAddress }

    func put(_ placed: [PlacedTile]) {
        for placed in placed { tiles[placed.address] = placed.tile }
    }

    func read(_ address: TileAddress) throws -> Tile {
        asked.append(address)
        guard let tile = tiles[address] else { throw Missing(address: address) }
        return tile
    }

    /// The levels of the tiles that were asked for since the last call.
    func takeLevels() -> [Int] {
        defer { asked = [] }
        return asked.map { if case .hashes(let level) = $0.content { level } else { -1 } }
    }
}

/// Entries that differ, of several lengths.
func entries(_ count: Int) -> [[UInt8]] {
    (0..<count).map { Array("entry \($0)".utf8) + Array(repeating: UInt8($0 & 0xFF), count: $0 % 70) }
}
