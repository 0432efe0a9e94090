import Foundation
import MerkleLog
import PeerTesting
import Testing

/// What the peers are told beside the files: keys and proofs.
private struct Told: Encodable {
    struct Inclusion: Encodable {
        let index: Int
        let size: Int
        let hashes: [String]
    }
    struct Consistency: Encodable {
        let old: Int
        let size: Int
        let hashes: [String]
    }
    let keys: [String: String]
    let sizes: [Int]
    let inclusions: [Inclusion]
    let consistencies: [Consistency]
}

/// A log of 70,000 entries as it was at several sizes, written as files.
private struct WrittenLog {
    static let sizes = [1, 2, 255, 256, 257, 65_536, 70_000]
    let folder: URL
    private let entries = MerkleLogTests.entries(70_000)
    private let log: NoteSigner
    private let witness: NoteSigner
    private let shelf = TileShelf()

    init(in folder: URL) throws {
        self.folder = folder
        log = try NoteSigner(name: "log.example/a", scheme: .note, seed: Array(repeating: 3, count: 32))
        witness = try NoteSigner(
            name: "witness.example/w", scheme: .cosignature, seed: Array(repeating: 4, count: 32))
    }

    func write() throws {
        var tree = MerkleTree()
        var inclusions: [Told.Inclusion] = []
        var consistencies: [Told.Consistency] = []
        for size in Self.sizes {
            shelf.put(tree.append(entries[tree.size..<size].map { NodeHash.leaf($0) }))
            shelf.put(tree.partialTiles)
            try writeFiles(of: tree)
            for index in Set([0, 1, 254, 255, 256, size / 2, size - 1]).filter({ $0 < size }) {
                let proof = try tree.inclusionProof(of: index, read: shelf.read)
                inclusions.append(.init(index: index, size: size, hashes: proof.hashes.map(\.description)))
            }
            for old in Self.sizes where old <= size {
                let proof = try tree.consistencyProof(from: old, read: shelf.read)
                consistencies.append(.init(old: old, size: size, hashes: proof.hashes.map(\.description)))
            }
        }
        let told = Told(
            keys: ["log": log.key.description, "witness": witness.key.description], sizes: Self.sizes,
            inclusions: inclusions, consistencies: consistencies)
        try write(Array(JSONEncoder().encode(told)), to: "proofs.json")
    }

    private func writeFiles(of tree: MerkleTree) throws {
        for address in TileAddress.all(size: tree.size) {
            if address.content == .entries {
                let start = address.index * Tile.widthMax
                let bundle = try EntryBundle.bytes(Array(entries[start..<start + address.width]))
                try write(bundle, to: address.description)
            } else {
                try write(shelf.read(address).bytes, to: address.description)
            }
        }
        let head = try Checkpoint(origin: log.key.name, size: tree.size, root: tree.root)
        let cosignature = try witness.cosign(head, at: SignedTime(secondsSince1970: 1_790_000_000))
        try write(head.signed(by: log).adding(cosignature).bytes, to: "checkpoint.\(tree.size)")
    }

    private func write(_ bytes: [UInt8], to path: String) throws {
        let file = folder.appending(path: path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
    }
}

@Suite(.enabled(if: PythonTools.arePresent, PythonTools.absence))
struct `Programs that are not ours` {
    @Test func `take our tiles, checkpoints and proofs, and no changed ones`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "log-\(UUID().uuidString)")
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: folder) } }
        try WrittenLog(in: folder).write()
        let answer = try PythonTools.run("verify_log.py", folder.path)
        #expect(answer.status == 0, "\(answer.printed)")
        // 7 sizes; at each up to 7 leaves, and every size up to it.
        #expect(answer.printed.contains(#""checkpoints": 7"#))
        #expect(answer.printed.contains(#""consistencies": 28"#))

        let tile = folder.appending(path: "tile/0/100")
        var bytes = try Data(contentsOf: tile)
        bytes[77] ^= 1
        try bytes.write(to: tile)
        let refusal = try PythonTools.run("verify_log.py", folder.path)
        #expect(refusal.status == 1)
        #expect(refusal.printed.contains("tile/0/100 differs"))
    }
}
