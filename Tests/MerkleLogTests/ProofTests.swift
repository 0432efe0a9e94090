import Foundation
import MerkleLog
import Testing

@Suite(.enabled(if: SharedVectors.arePresent, SharedVectors.absence))
struct `The vectors of other logs` {
    private struct Inclusion: Decodable {
        let leafIdx: UInt64
        let treeSize: UInt64?
        let start: UInt64?
        let end: UInt64?
        let root: String
        let leafHash: String
        let proof: [String]?
        let desc: String
        let wantErr: Bool

        func check() throws {
            let index = try number(leafIdx)
            let hashes = try (proof ?? []).map(decoded)
            let proof =
                if let start, let end {
                    try InclusionProof(index: index, part: range(start, end), hashes: hashes)
                } else {
                    InclusionProof(index: index, size: try number(treeSize), hashes: hashes)
                }
            try proof.check(leaf: decoded(leafHash), root: decoded(root))
        }
    }

    private struct Consistency: Decodable {
        let size1: UInt64?
        let size2: UInt64?
        let start: UInt64?
        let end: UInt64?
        let size: UInt64?
        let root1: String
        let root2: String
        let proof: [String]?
        let desc: String
        let wantErr: Bool

        /// A placeholder that no check may care for is no hash; where acceptance is wanted, one stands in its place.
        private func root(_ base64: String) throws -> NodeHash {
            let bytes = Data(base64Encoded: base64) ?? Data()
            let isPlaceholder = !wantErr && bytes.count < NodeHash.byteCount
            return isPlaceholder ? .leaf(Array(bytes)) : try decoded(base64)
        }

        var isOfNothing: Bool { start == 0 && end == 0 }

        func check() throws {
            let hashes = try (proof ?? []).map(decoded)
            let proof =
                if let start, let end {
                    ConsistencyProof(part: try range(start, end), size: try number(size), hashes: hashes)
                } else {
                    ConsistencyProof(from: try number(size1), to: try number(size2), hashes: hashes)
                }
            try proof.check(old: root(root1), new: root(root2))
        }
    }

    @Test(arguments: ["merkle_inclusion.json", "merkle_subtreeinclusion.json"])
    func `are taken and refused as they want, for inclusion`(file: String) throws {
        let vectors = try SharedVectors.decoded(file, as: ProofVectors<Inclusion>.self).vectors
        #expect(vectors.count > 50)
        for vector in vectors {
            #expect(refuses(vector.check) == vector.wantErr, "\(file): \(vector.desc)")
        }
    }

    @Test(arguments: ["merkle_consistency.json", "merkle_subtreeconsistency.json"])
    func `are taken and refused as they want, for consistency`(file: String) throws {
        let vectors = try SharedVectors.decoded(file, as: ProofVectors<Consistency>.self).vectors
        #expect(vectors.count > 50)
        for vector in vectors {
            // An empty tree with the root of another: the two files want opposite answers, and we refuse.
            if vector.size == 0, vector.isOfNothing, !vector.wantErr, vector.root2 != vector.root1 {
                continue
            }
            #expect(refuses(vector.check) == vector.wantErr, "\(file): \(vector.desc)")
        }
    }

    private func refuses(_ check: () throws -> Void) -> Bool {
        do {
            try check()
            return false
        } catch {
            return true
        }
    }
}

/// Refused as the formats that carry hashes refuse them.
private func decoded(_ base64: String) throws -> NodeHash {
    guard let bytes = Data(base64Encoded: base64), let hash = NodeHash(bytes) else {
        throw LogFlaw(.hashLength)
    }
    return hash
}

private func number(_ value: UInt64?) throws -> Int {
    guard let value, let number = Int(exactly: value) else { throw LogFlaw(.treeSize) }
    return number
}

private func range(_ start: UInt64, _ end: UInt64) throws -> Range<Int> {
    let (start, end) = (try number(start), try number(end))
    guard start <= end else { throw LogFlaw(.subtree) }
    return start..<end
}

@Suite struct `A proof` {
    private let proof = InclusionProof(index: 2, size: 5, hashes: [h(3), h(4), h(5)])
    private static func h(_ byte: UInt8) -> NodeHash { NodeHash.leaf([byte]) }

    // By hand from RFC 9162, 2.1.3.2: leaf 2 of 5 has its neighbour right, the pair left, and leaf 4 right.
    @Test func `leads from the leaf to the root`() throws {
        let h = Self.h
        let root = NodeHash.node(.node(h(4), .node(h(2), h(3))), h(5))
        #expect(try proof.root(leaf: h(2)) == root)
        try proof.check(leaf: h(2), root: root)
        #expect(throws: LogFlaw(.proofHash)) { try proof.check(leaf: h(2), root: h(9)) }
        #expect(throws: LogFlaw(.proofHash)) { try proof.check(leaf: h(1), root: root) }
    }

    @Test func `has as many hashes as its size asks for`() {
        let hashes = proof.hashes
        for wrong in [[], Array(hashes.dropLast()), hashes + [Self.h(6)]] {
            let proof = InclusionProof(index: 2, size: 5, hashes: wrong)
            #expect(throws: LogFlaw(.proofLength)) { try proof.root(leaf: Self.h(2)) }
        }
    }

    @Test(arguments: [(5, 5), (-1, 5), (0, 0), (Int.max, 5)])
    func `is of a leaf that the tree has`(index: Int, size: Int) {
        let proof = InclusionProof(index: index, size: size, hashes: [])
        #expect(throws: LogFlaw(.leafIndex)) { try proof.root(leaf: Self.h(0)) }
    }

    @Test func `of a size beyond all trees is refused`() {
        for size in [-1, MerkleTree.sizeMax + 1, .max] {
            #expect(throws: LogFlaw(.treeSize)) {
                try InclusionProof(index: 0, size: size, hashes: []).root(leaf: Self.h(0))
            }
            #expect(throws: LogFlaw(.treeSize)) {
                try ConsistencyProof(from: 1, to: size, hashes: []).check(old: Self.h(0), new: Self.h(0))
            }
        }
    }

    // The empty tree: its root is SHA-256 of nothing and every tree begins with it.
    @Test func `from the empty tree needs that tree's root and no hashes`() throws {
        let nothing = NodeHash.ofNothing
        try ConsistencyProof(from: 0, to: 7, hashes: []).check(old: nothing, new: Self.h(7))
        try ConsistencyProof(from: 0, to: 0, hashes: []).check(old: nothing, new: nothing)
        #expect(throws: LogFlaw(.proofHash)) {
            try ConsistencyProof(from: 0, to: 7, hashes: []).check(old: Self.h(1), new: Self.h(7))
        }
        #expect(throws: LogFlaw(.proofHash)) {
            try ConsistencyProof(from: 0, to: 0, hashes: []).check(old: nothing, new: Self.h(7))
        }
        #expect(throws: LogFlaw(.proofLength)) {
            try ConsistencyProof(from: 0, to: 7, hashes: [nothing]).check(old: nothing, new: Self.h(7))
        }
    }

    @Test(arguments: [(8, 7), (-1, 7), (-3, -1)])
    func `goes forward`(old: Int, size: Int) {
        #expect(throws: LogFlaw(.treeSize)) {
            try ConsistencyProof(from: old, to: size, hashes: []).check(old: Self.h(0), new: Self.h(0))
        }
    }
}
