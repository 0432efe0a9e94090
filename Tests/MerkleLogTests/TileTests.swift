import Crypto
import Foundation
import MerkleLog
import Testing

@Suite struct `The address of a tile` {
    // C2SP tlog-tiles, Merkle Tree: the example of the specification and the edges of its grammar.
    @Test(arguments: [
        ("tile/0/x001/x234/067", 0, 1_234_067, 256), ("tile/0/000", 0, 0, 256), ("tile/1/999", 1, 999, 256),
        ("tile/0/x001/000", 0, 1000, 256), ("tile/63/000.p/1", 63, 0, 1), ("tile/0/273.p/112", 0, 273, 112),
        ("tile/2/x012/345.p/255", 2, 12_345, 255),
        ("tile/0/x009/x223/x372/x036/x854/x775/807", 0, .max, 256),
    ])
    func `is read and written in one form`(text: String, level: Int, index: Int, width: Int) throws {
        let address = try TileAddress(.hashes(level: level), index: index, width: width)
        #expect(address.description == text)
        #expect(try TileAddress(parsing: text) == address)
    }

    @Test func `of entries says so`() throws {
        let address = try TileAddress(.entries, index: 1_234, width: 15)
        #expect(address.description == "tile/entries/x001/234.p/15")
        #expect(try TileAddress(parsing: address.description) == address)
    }

    @Test(arguments: [
        "", "tile", "tile/0", "tile/0/", "/tile/0/000", "tile/0/000/", "tile//000", "tile/64/000",
        "tile/00/000",
        "tile/-1/000", "tile/+1/000", "tile/0/00", "tile/0/0000", "tile/0/x000/000", "tile/0/x000",
        "tile/0/001/000", "tile/0/x001/x000", "tile/0/x01/000", "tile/0/X001/000", "tile/0/000.p",
        "tile/0/000.p/", "tile/0/000.p/0", "tile/0/000.p/01", "tile/0/000.p/256", "tile/0/000.p/-1",
        "tile/0/000.p/1/", "tile/0/000.P/1", "tile/0/.p/1", "tile/0/０００", "tile/0/+01", "tile/0/ 01",
        "tile/1e1/000", "tiles/0/000", "tile/entry/000", "tile/0/../000", "tile/0/000?x",
        "tile/0/x009/x223/x372/x036/x854/x775/808", "tile/0/x001/x009/x223/x372/x036/x854/x775/807",
    ])
    func `in any other form is refused`(text: String) {
        #expect(throws: LogFlaw(.tileAddress)) { try TileAddress(parsing: text) }
    }

    @Test func `out of range is refused`() {
        #expect(throws: LogFlaw(.tileAddress)) { try TileAddress(.hashes(level: 64), index: 0) }
        #expect(throws: LogFlaw(.tileAddress)) { try TileAddress(.entries, index: -1) }
        #expect(throws: LogFlaw(.tileAddress)) { try TileAddress(.entries, index: 0, width: 0) }
        #expect(throws: LogFlaw(.tileAddress)) { try TileAddress(.entries, index: 0, width: 257) }
    }

    /// By hand: a tree of 65,795 leaves has 257 hashes of level 1 and one of level 2; 65,795 = 257 · 256 + 3.
    @Test(arguments: [
        ("tile/0/256", true), ("tile/0/257.p/3", true), ("tile/0/257.p/4", false), ("tile/0/257", false),
        ("tile/entries/257.p/3", true), ("tile/entries/257.p/4", false), ("tile/entries/256", true),
        ("tile/1/000", true), ("tile/1/001.p/1", true), ("tile/1/001.p/2", false), ("tile/1/001", false),
        ("tile/2/000.p/1", true), ("tile/2/000.p/2", false), ("tile/2/000", false),
        ("tile/3/000.p/1", false), ("tile/63/000.p/1", false),
        ("tile/0/x009/x223/x372/x036/x854/x775/807", false),
    ])
    func `lies within a tree or reaches beyond it`(text: String, isWithin: Bool) throws {
        #expect(try TileAddress(parsing: text).lies(within: 65_795) == isWithin)
    }

    // The two examples of the specification, Partial Tiles.
    @Test func `is given for everything that a tree serves`() {
        let names = TileAddress.all(size: 70_000).map(\.description)
        #expect(names.filter { $0.hasPrefix("tile/0/") && !$0.contains(".p") }.count == 273)
        #expect(
            names.filter { $0.contains(".p/") } == [
                "tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1", "tile/entries/273.p/112",
            ])
        #expect(names.filter { $0.hasPrefix("tile/1/") } == ["tile/1/000", "tile/1/001.p/17"])
        #expect(
            TileAddress.all(size: 256).map(\.description) == [
                "tile/0/000", "tile/1/000.p/1", "tile/entries/000",
            ])
        #expect(TileAddress.all(size: 0).isEmpty)
    }
}

@Suite struct `A tile` {
    @Test func `is read and written byte for byte`() throws {
        for width in [1, 2, 255, 256] {
            let bytes = (0..<32 * width).map { UInt8(truncatingIfNeeded: $0 &* 7) }
            #expect(try Tile(bytes, width: width).bytes == bytes)
        }
    }

    @Test(arguments: [(0, 0), (31, 1), (33, 1), (32, 2), (64, 1), (32 * 257, 257), (0, 1), (32, -1)])
    func `has 32 bytes a hash`(count: Int, width: Int) {
        #expect(throws: LogFlaw(.tileLength)) { try Tile(Array(repeating: 0, count: count), width: width) }
    }
}

@Suite struct `A bundle of entries` {
    // C2SP tlog-tiles, Log entries: the length in two bytes, the higher first.
    @Test func `has the length before each`() throws {
        let bytes: [UInt8] = [0, 2, 0x61, 0x62, 0, 0, 1, 0] + Array(repeating: 0x63, count: 256)
        let entries: [[UInt8]] = [[0x61, 0x62], [], Array(repeating: 0x63, count: 256)]
        #expect(try EntryBundle.bytes(entries) == bytes)
        #expect(try EntryBundle.entries(bytes, count: 3) == entries)
        #expect(try EntryBundle.leaves(bytes, count: 3) == entries.map { NodeHash.leaf($0) })
    }

    /// Around each end of a block, and beyond what is hashed two at a time; neighbours of equal and other lengths.
    @Test func `has the leaves that another SHA-256 computes, whatever the lengths`() throws {
        let lengths = (0...260).flatMap { [$0, $0] } + (1_000...1_100).map { $0 } + [65_535, 65_535]
        let entries = lengths.enumerated().map { place, length in
            (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ place) }
        }
        for start in stride(from: 0, to: entries.count, by: 255) {
            let some = entries[start..<min(entries.count, start + 255)]
            let leaves = try EntryBundle.leaves(EntryBundle.bytes(some), count: some.count)
            #expect(leaves.map(\.bytes) == some.map { Array(SHA256.hash(data: [0] + $0)) })
        }
    }

    @Test func `that is cut, or holds another number, is refused`() {
        let bytes: [UInt8] = [0, 2, 0x61, 0x62, 0, 1, 0x63]
        for end in 0..<bytes.count {
            #expect(throws: LogFlaw(.bundleLength)) {
                try EntryBundle.entries(Array(bytes[..<end]), count: 2)
            }
        }
        for count in [-1, 0, 1, 3, 257] {
            #expect(throws: LogFlaw(.bundleLength)) { try EntryBundle.entries(bytes, count: count) }
        }
    }

    @Test func `takes no entry that its length cannot say, and at most 256`() throws {
        let longest = Array(repeating: UInt8(1), count: 65_535)
        #expect(try EntryBundle.entries(EntryBundle.bytes([longest]), count: 1) == [longest])
        #expect(throws: LogFlaw(.entryLength)) { try EntryBundle.bytes([longest + [1]]) }
        #expect(throws: LogFlaw(.bundleLength)) { try EntryBundle.bytes([]) }
        #expect(throws: LogFlaw(.bundleLength)) { try EntryBundle.bytes(Array(repeating: [], count: 257)) }
    }
}

@Suite(.enabled(if: SharedVectors.arePresent, SharedVectors.absence))
struct `A small log of another program` {
    private struct Log: Decodable {
        let leaves: [String]
        let log_vkey: String
        let files_base64: [String: String]

        func file(_ path: String) throws -> [UInt8] {
            let text = try #require(files_base64[path])
            return Array(try #require(Data(base64Encoded: text)))
        }
    }
    private let log: Log

    init() throws { log = try SharedVectors.decoded("tlog_tiles_small_log.json", as: Log.self) }

    @Test func `has the tiles, bundles and checkpoints that we make of its entries`() throws {
        let key = try NoteKey(parsing: log.log_vkey)
        let entries = log.leaves.map { Array($0.utf8) }
        var tree = MerkleTree()
        for size in 0...entries.count {
            if size > 0 {
                #expect(tree.append([.leaf(entries[size - 1])]).isEmpty)
                let tile = try #require(tree.partialTiles.first)
                #expect(try log.file(tile.address.description) == tile.tile.bytes)
                let bundle = try TileAddress(.entries, index: 0, width: size)
                #expect(
                    try log.file(bundle.description) == EntryBundle.bytes(Array(entries.prefix(size))))
            }
            let note = try SignedNote(parsing: log.file("checkpoint.\(size)"))
            #expect(try note.check(keys: [key]).map(\.key) == [key])
            let head = try Checkpoint(origin: key.name, size: size, root: tree.root)
            #expect(try Checkpoint(parsing: note.text) == head)
            #expect(head.text == note.text)
            #expect(note.bytes == (try log.file("checkpoint.\(size)")))
        }
    }
}
