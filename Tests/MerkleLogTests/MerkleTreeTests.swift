import MerkleLog
import Testing

@Suite struct `A tree` {
    // RFC 6962, 2.1, over the eight leaves that Certificate Transparency's own tests use.
    private static let leaves = [
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    ]

    @Test(arguments: [
        (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        (1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
        (2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
        (3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
        (5, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"),
        (8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"),
    ])
    func `has the roots that Certificate Transparency has`(size: Int, root: String) throws {
        var tree = MerkleTree()
        _ = tree.append(try Self.leaves.prefix(size).map { NodeHash.leaf(try octets($0)) })
        #expect(tree.size == size)
        #expect(tree.root.description == root)
    }

    // Around one tile, two tiles and a tile of tiles; in batches that end before, at and after a tile's end.
    @Test(arguments: [1, 2, 7, 255, 256, 257, 511, 512, 513, 700])
    func `is the tree of the RFC at every size, in any batches`(size: Int) throws {
        let entries = entries(size)
        let reference = ReferenceTree(entries: entries)
        for batch in [1, 3, 256, size] {
            var tree = MerkleTree()
            let shelf = TileShelf()
            for start in stride(from: 0, to: size, by: batch) {
                shelf.put(tree.append(entries[start..<min(size, start + batch)].map { NodeHash.leaf($0) }))
            }
            shelf.put(tree.partialTiles)
            #expect(tree.root.bytes == reference.root(0..<size))
            #expect(
                Set(shelf.tiles.keys) == Set(TileAddress.all(size: size).filter { $0.content != .entries }))
        }
    }

    @Test func `has the proofs of the RFC, from at most one tile a level`() throws {
        let size = 600
        let entries = entries(size)
        let reference = ReferenceTree(entries: entries)
        let (tree, shelf) = grown(entries)
        for index in [0, 1, 100, 254, 255, 256, 257, 511, 512, 513, 598, 599] {
            let proof = try tree.inclusionProof(of: index, read: shelf.read)
            #expect(proof.hashes.map(\.bytes) == reference.path(index, 0..<size))
            try expectOneTileALevel(shelf)
            try proof.check(leaf: .leaf(entries[index]), root: tree.root)
        }
        for old in [1, 2, 3, 128, 255, 256, 257, 300, 511, 512, 513, 599, 600] {
            let proof = try tree.consistencyProof(from: old, read: shelf.read)
            #expect(proof.hashes.map(\.bytes) == reference.proof(old, size))
            try expectOneTileALevel(shelf)
            let root = try #require(NodeHash(reference.root(0..<old)))
            try proof.check(old: root, new: tree.root)
        }
    }

    @Test func `is opened at any size from the tiles of a larger one`() throws {
        let entries = entries(600)
        let reference = ReferenceTree(entries: entries)
        let shelf = grown(entries).shelf
        for size in [0, 1, 5, 255, 256, 257, 511, 512, 513, 600] {
            let tree = try MerkleTree(size: size, of: 600, read: shelf.read)
            try expectOneTileALevel(shelf)
            #expect(tree.root.bytes == reference.root(0..<size))
            guard size > 0 else { continue }
            let proof = try tree.inclusionProof(of: size / 2, read: shelf.read)
            try expectOneTileALevel(shelf)
            #expect(proof.hashes.map(\.bytes) == reference.path(size / 2, 0..<size))
        }
    }

    @Test func `opened again, grows as it would have`() throws {
        let entries = entries(70_000)
        let leaves = entries.map { NodeHash.leaf($0) }
        var (whole, shelf) = (MerkleTree(), TileShelf())
        shelf.put(whole.append(leaves))
        var (grown, others) = (MerkleTree(), TileShelf())
        for (start, end) in [(0, 255), (255, 256), (256, 65_535), (65_535, 65_537), (65_537, 70_000)] {
            others.put(grown.append(Array(leaves[start..<end])))
            others.put(grown.partialTiles)
            grown = try MerkleTree(size: end, read: others.read)
        }
        #expect(grown.root == whole.root)
        #expect(shelf.tiles.allSatisfy { others.tiles[$0.key] == $0.value })
        let proof = try grown.consistencyProof(from: 65_536, read: others.read)
        let old = try MerkleTree(size: 65_536, of: 70_000, read: others.read)
        try proof.check(old: old.root, new: whole.root)
    }

    @Test func `refuses what is not there`() throws {
        let (tree, shelf) = grown(entries(10))
        for index in [-1, 10, .max] {
            #expect(throws: LogFlaw(.leafIndex)) { try tree.inclusionProof(of: index, read: shelf.read) }
        }
        for old in [-1, 11, .max] {
            #expect(throws: LogFlaw(.treeSize)) { try tree.consistencyProof(from: old, read: shelf.read) }
        }
        #expect(throws: LogFlaw(.leafIndex)) { try MerkleTree().inclusionProof(of: 0, read: shelf.read) }
        #expect(throws: LogFlaw(.treeSize)) { try MerkleTree(size: 11, of: 10, read: shelf.read) }
        #expect(throws: LogFlaw(.treeSize)) { try MerkleTree(size: -1, read: shelf.read) }
        #expect(throws: LogFlaw(.treeSize)) { try MerkleTree(size: .max, read: shelf.read) }
    }

    @Test func `refuses a tile of another width, and passes on why one could not be read`() throws {
        let shelf = grown(entries(300)).shelf
        let short = try Tile(Array(repeating: 1, count: 32), width: 1)
        #expect(throws: LogFlaw(.tileLength)) { try MerkleTree(size: 300) { _ in short } }
        #expect(throws: TileShelf.Missing.self) { try MerkleTree(size: 299, read: shelf.read) }
    }

    private func grown(_ entries: [[UInt8]]) -> (tree: MerkleTree, shelf: TileShelf) {
        var tree = MerkleTree()
        let shelf = TileShelf()
        shelf.put(tree.append(entries.map { NodeHash.leaf($0) }))
        shelf.put(tree.partialTiles)
        return (tree, shelf)
    }

    private func expectOneTileALevel(_ shelf: TileShelf) throws {
        let levels = shelf.takeLevels()
        #expect(Set(levels).count == levels.count, "read \(levels)")
    }
}

@Suite struct `The hashes of a tree` {
    @Test func `keep leaves and nodes apart`() throws {
        #expect(
            NodeHash.leaf(Array("L123456".utf8)).description
                == "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56")
        let left = try #require(NodeHash(Array(repeating: UInt8(0x00), count: 32)))
        let right = try #require(NodeHash(Array(repeating: UInt8(0xFF), count: 32)))
        // coreutils: (printf '\x01'; head -c 32 /dev/zero; head -c 32 /dev/zero | tr '\0' '\377') | sha256sum
        #expect(
            NodeHash.node(left, right).description
                == "bc6b943b820c449acf880d293c216a24a8066b153f87f2361fae2beda3a72641")
    }

    @Test func `have 32 bytes`() {
        for count in [0, 1, 31, 33, 64] {
            #expect(NodeHash(Array(repeating: UInt8(1), count: count)) == nil)
        }
        #expect(NodeHash(Array(repeating: UInt8(1), count: 32))?.bytes == Array(repeating: 1, count: 32))
    }

    @Test(.enabled(if: SharedVectors.arePresent, SharedVectors.absence))
    func `are those of the vectors, node by node`() throws {
        struct Vectors: Decodable {
            let leaf_inputs_hex: [String]
            let node_hashes_by_level: [[String]]
            let root_hash_by_size: [String]
        }
        let vectors = try SharedVectors.decoded("rfc6962_tree.json", as: Vectors.self)
        let leaves = try vectors.leaf_inputs_hex.map { NodeHash.leaf(try octets($0)) }
        var row = leaves
        for level in vectors.node_hashes_by_level {
            #expect(row.map(\.description) == level)
            row = stride(from: 0, to: row.count - 1, by: 2).map { .node(row[$0], row[$0 + 1]) }
        }
        for (size, root) in vectors.root_hash_by_size.enumerated() {
            var tree = MerkleTree()
            _ = tree.append(Array(leaves.prefix(size)))
            #expect(tree.root.description == root)
        }
    }
}
