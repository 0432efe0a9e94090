import Foundation
import Logging
import MerkleLog
import Platform
import Synchronization

/// A log that the tests run: its files over a socket, and any of them may be exchanged for a lie.
final class TestLog: Sendable {
    let signer: NoteSigner
    private let files = Mutex<[String: [UInt8]]>([:])
    private let delay = Mutex<Duration>(.zero)

    init(_ name: String = "log.example/a", seed: UInt8 = 7) throws {
        signer = try NoteSigner(name: name, scheme: .note, seed: Array(repeating: seed, count: 32))
    }

    var key: String { signer.key.description }

    static func entries(_ count: Int, from word: String = "leaf") -> [[UInt8]] {
        (0..<count).map { Array("\(word) \($0)".utf8) }
    }

    /// Serves these entries from now on, under a head signed honestly.
    @discardableResult
    func serve(_ entries: [[UInt8]]) throws -> SignedNote {
        var tree = MerkleTree()
        var made: [String: [UInt8]] = [:]
        for start in stride(from: 0, to: entries.count, by: 256) {
            let some = entries[start..<min(start + 256, entries.count)]
            let bundle = try EntryBundle.bytes(some)
            made["\(try TileAddress(.entries, index: start / 256, width: some.count))"] = bundle
            for placed in tree.append(try EntryBundle.leaves(bundle, count: some.count)) {
                made["\(placed.address)"] = placed.tile.bytes
            }
        }
        for placed in tree.partialTiles { made["\(placed.address)"] = placed.tile.bytes }
        let note = try head(size: tree.size, root: tree.root)
        made["checkpoint"] = note.bytes
        files.withLock { $0 = made }
        return note
    }

    func head(size: Int, root: NodeHash) throws -> SignedNote {
        try Checkpoint(origin: signer.key.name, size: size, root: root).signed(by: signer)
    }

    func exchange(_ path: String, _ change: ([UInt8]) -> [UInt8]?) {
        files.withLock { $0[path] = change($0[path] ?? []) }
    }

    /// Alters one byte, counted from the end when negative.
    func alter(_ path: String, byte: Int) {
        exchange(path) { bytes in
            var bytes = bytes
            bytes[byte < 0 ? bytes.count + byte : byte] ^= 1
            return bytes
        }
    }

    func slowDown(to delay: Duration) { self.delay.withLock { $0 = delay } }

    /// Runs `body` while the log answers; its address is handed over.
    func run(_ body: @escaping @Sendable (String) async throws -> Void) async throws {
        let server = ByteServer(host: "127.0.0.1", port: 0, logger: .quiet) { [self] asked in
            let delay = delay.withLock { $0 }
            if delay > .zero { try await Task.sleep(for: delay) }
            guard let bytes = files.withLock({ $0[String(asked.path.dropFirst())] }) else {
                return .init(status: 404)
            }
            return .init(status: 200, body: bytes)
        }
        try await server.whileRunning(body)
    }
}

extension ByteServer {
    /// Runs `body` while the server answers; its address is handed over.
    func whileRunning(_ body: @escaping @Sendable (String) async throws -> Void) async throws {
        let (ports, told) = AsyncStream<Int>.makeStream()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                do { try await run { told.yield($0) } } catch is CancellationError {}
            }
            var first = ports.makeAsyncIterator()
            let port = await first.next() ?? 0
            try await body("http://127.0.0.1:\(port)")
            group.cancelAll()
        }
    }
}

extension Logger {
    static var quiet: Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }
}
