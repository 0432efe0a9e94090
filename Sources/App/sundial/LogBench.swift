import ArgumentParser
import Foundation
import MerkleLog

/// `sundial bench log`: how long the log's tree takes to build, and proofs from its tiles.
struct LogBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log",
        abstract: "Build the tree of a log and prove leaves, and time it.",
        discussion: """
            Entry i is the number i in eight bytes, highest first, over and over. Prints nanoseconds of \
            the processor, the best of the runs: of a leaf when the tree is built from bundles; of a leaf when the bytes of \
            bundles and tiles are made; of a proof of inclusion from tiles in memory, and from the bytes of \
            tiles as they are stored. And the root, which a peer must have too.
            """)

    @Option(help: "How many leaves, 1...10000000.")
    var leaves = 1_000_000
    @Option(help: ArgumentHelp("The length of an entry, 8...65535, a multiple of 8.", valueName: "bytes"))
    var entryBytes = 128
    @Option(help: "How many proofs, 1...1000000.")
    var proofs = 100_000
    @Option(help: "How often each is measured, 1...100.")
    var runs = 5

    func validate() throws {
        guard (1...10_000_000).contains(leaves), (1...1_000_000).contains(proofs), (1...100).contains(runs),
            (8...EntryBundle.entryBytesMax).contains(entryBytes), entryBytes.isMultiple(of: 8)
        else { throw ValidationError("A number is out of range: see --help.") }
    }

    func run() throws {
        let entries = (0..<leaves).map(entry)
        let bundles = try chunks(entries).map { try EntryBundle.bytes($0) }
        let (treeTime, tree) = try best { try grow(bundles) { _ in } }
        let (fileTime, _) = try best { try files(entries) }
        var tiles: [TileAddress: Tile] = [:]
        _ = try grow(bundles) { tiles[$0.address] = $0.tile }
        let stored = tiles.mapValues { $0.bytesWithNodes ?? $0.bytes }
        let (proofTime, _) = try best { try prove(in: tree) { try found(tiles[$0]) } }
        let (coldTime, _) = try best {
            try prove(in: tree) { try Tile(withNodes: found(stored[$0])) }
        }
        let figures = [
            #""leaves":\#(leaves)"#, #""entryBytes":\#(entryBytes)"#,
            #""treeNanoseconds":\#(tenths(treeTime / Double(leaves)))"#,
            #""filesNanoseconds":\#(tenths(fileTime / Double(leaves)))"#,
            #""proofNanoseconds":\#(tenths(proofTime / Double(proofs)))"#,
            #""coldProofNanoseconds":\#(tenths(coldTime / Double(proofs)))"#,
            #""tilesALevelMax":\#(try tilesALevelMax(tree, tiles))"#, #""root":"\#(tree.root)""#,
        ]
        print("{\(figures.joined(separator: ","))}")
    }

    private func entry(_ number: Int) -> [UInt8] {
        let digits = withUnsafeBytes(of: UInt64(number).bigEndian) { Array($0) }
        return (0..<entryBytes).map { digits[$0 & 7] }
    }

    private func chunks(_ entries: [[UInt8]]) -> [ArraySlice<[UInt8]>] {
        stride(from: 0, to: entries.count, by: Tile.widthMax).map {
            entries[$0..<min(entries.count, $0 + Tile.widthMax)]
        }
    }

    private func grow(_ bundles: [[UInt8]], finished: (PlacedTile) -> Void) throws -> MerkleTree {
        var tree = MerkleTree()
        for bundle in bundles {
            let count = min(Tile.widthMax, leaves - tree.size)
            tree.append(try EntryBundle.leaves(bundle, count: count)).forEach(finished)
        }
        return tree
    }

    /// All that a log serves of these entries, as bytes: what the peer's batch build makes.
    private func files(_ entries: [[UInt8]]) throws -> [TileAddress: [UInt8]] {
        var (tree, files) = (MerkleTree(), [TileAddress: [UInt8]]())
        for (index, entries) in chunks(entries).enumerated() {
            let bundle = try EntryBundle.bytes(entries)
            for placed in tree.append(try EntryBundle.leaves(bundle, count: entries.count)) {
                files[placed.address] = placed.tile.bytes
            }
            files[try TileAddress(.entries, index: index, width: entries.count)] = bundle
        }
        for placed in tree.partialTiles { files[placed.address] = placed.tile.bytes }
        return files
    }

    /// Leaves from all over the tree, none near the one before.
    private func prove(in tree: MerkleTree, read: (TileAddress) throws -> Tile) throws {
        for number in 0..<proofs {
            _ = try tree.inclusionProof(of: number &* 2_654_435_761 % leaves, read: read)
        }
    }

    private func tilesALevelMax(_ tree: MerkleTree, _ tiles: [TileAddress: Tile]) throws -> Int {
        var most = 0
        for number in 0..<min(proofs, 1_000) {
            var reads: [TileAddress.Content: Int] = [:]
            _ = try tree.inclusionProof(of: number &* 2_654_435_761 % leaves) { address in
                reads[address.content, default: 0] += 1
                return try found(tiles[address])
            }
            most = max(most, reads.values.max() ?? 0)
        }
        return most
    }

    private func found<Content>(_ tile: Content?) throws -> Content {
        guard let tile else { throw ValidationError("A tile was asked for that the tree did not finish.") }
        return tile
    }

    private func best<Made>(_ work: () throws -> Made) throws -> (nanoseconds: Double, made: Made) {
        var made = try work()
        var best = Double.infinity
        for _ in 0..<runs {
            let start = clock()
            made = try work()
            best = min(best, Double(clock() - start) / Double(CLOCKS_PER_SEC) * 1e9)
        }
        return (best, made)
    }

    private func tenths(_ number: Double) -> String { String((number * 10).rounded() / 10) }
}
