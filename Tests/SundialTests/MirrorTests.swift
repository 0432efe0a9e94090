import Foundation
import Law
import MerkleLog
import PeerTesting
import Platform
import Storage
import StorageSQLite
import Testing

@testable import Transparency

/// A mirror of a test log, over sockets.
private struct Copy: Sendable {
    let folder: MirrorFolder
    let key: NoteKey
    var door: OutboundDoor
    var limits = LogSource.Limits()

    init(of log: TestLog, in folder: String, through door: OutboundDoor) throws {
        self.door = door
        self.folder = MirrorFolder(path: folder + "/copy")
        key = try NoteKey(parsing: log.key)
    }

    @discardableResult
    func follow(_ url: String, recheck: Bool = false) async throws -> LogMirror.Report {
        try await LogMirror(
            source: LogSource(url, door: door, limits: limits), into: folder, keys: [key],
            stamp: { "20260302T020000Z" }
        ).follow(recheck: recheck)
    }

    /// What it refuses; nil when it takes everything over.
    func refusal(_ url: String, recheck: Bool = false) async throws -> MirrorProblem? {
        do {
            _ = try await follow(url, recheck: recheck)
            return nil
        } catch let problem as MirrorProblem {
            return problem
        }
    }

    var evidence: String {
        get throws {
            try String(contentsOfFile: folder.path + "/fork-20260302T020000Z.txt", encoding: .utf8)
        }
    }
}

/// Runs `body` beside a log, with a mirror that has copied nothing yet.
private func withMirror(
    of count: Int, _ body: @escaping @Sendable (TestLog, Copy, String) async throws -> Void
) async throws {
    try await withFolder { folder in
        let log = try TestLog()
        try log.serve(TestLog.entries(count))
        try await HTTPDoor.open(timeoutSeconds: 60) { door in
            let copy = try Copy(of: log, in: folder, through: door)
            try await log.run { url in try await body(log, copy, url) }
        }
    }
}

@Suite struct `A mirror of a log` {
    @Test func `copies, goes on, and can be mirrored itself`() async throws {
        try await withMirror(of: 300) { log, copy, url in
            var report = try await copy.follow(url)
            #expect(report == .init(origin: "log.example/a", size: 300, new: 300, fetched: 5))
            try log.serve(TestLog.entries(1000))
            report = try await copy.follow(url)
            #expect(report.size == 1000 && report.new == 700)
            #expect(try await copy.follow(url).fetched == 0)
            #expect(try await copy.follow(url, recheck: true).compared == 9)
            let server = MirrorServer(folder: copy.folder).server(host: "127.0.0.1", port: 0, logger: .quiet)
            try await server.whileRunning { url in
                try await withFolder { folder in
                    let second = try Copy(of: log, in: folder, through: copy.door)
                    #expect(try await second.follow(url + "/log/", recheck: true).size == 1000)
                    let outside = url + "/tile/0/../lock"
                    let answer = try await second.door.send(
                        .init(url: outside, body: nil, bytesMax: 9))
                    #expect(answer.status == 404)
                }
            }
        }
    }

    @Test func `copies a tree of three levels`() async throws {
        try await withMirror(of: 65_536 + 300) { log, copy, url in
            try await copy.follow(url)
            try log.serve(TestLog.entries(65_536 + 600))
            #expect(try await copy.follow(url).new == 300)
        }
    }

    @Test(arguments: [0, 100, 255, 256, 299])
    func `names the leaf whose byte was altered`(leaf: Int) async throws {
        try await withMirror(of: 300) { log, copy, url in
            var entries = TestLog.entries(300)
            entries[leaf][2] ^= 1
            let name = leaf < 256 ? "tile/entries/000" : "tile/entries/001.p/44"
            let some = leaf < 256 ? entries[..<256] : entries[256...]
            let bundle = try EntryBundle.bytes(some)
            log.exchange(name) { _ in bundle }
            #expect(try await copy.refusal(url) == .altered(.entry(leaf: leaf, in: name)))
            #expect(try copy.folder.checkpoint() == nil)
        }
    }

    @Test(arguments: [
        ("tile/0/000", 7), ("tile/0/001", 255), ("tile/0/002.p/88", 40), ("tile/1/000.p/2", 1),
    ])
    func `names the hash that was altered`(tile: String, hash: Int) async throws {
        try await withMirror(of: 600) { log, copy, url in
            log.alter(tile, byte: hash * 32 + 5)
            let refusal = try await copy.refusal(url)
            #expect(refusal == .altered(.tile(tile, hash: hash)))
        }
    }

    @Test func `finds on a recheck what was altered after it was copied`() async throws {
        try await withMirror(of: 600) { log, copy, url in
            try await copy.follow(url)
            log.alter("tile/entries/001", byte: -1)
            #expect(try await copy.refusal(url) == nil)
            #expect(
                try await copy.refusal(url, recheck: true)
                    == .altered(.entry(leaf: 511, in: "tile/entries/001")))
            try log.serve(TestLog.entries(600))
            log.alter("tile/0/000", byte: 64)
            #expect(
                try await copy.refusal(url, recheck: true) == .altered(.tile("tile/0/000", hash: 2)))
        }
    }

    @Test func `notices that its own copy was damaged`() async throws {
        try await withMirror(of: 600) { _, copy, url in
            try await copy.follow(url)
            let path = copy.folder.path + "/tile/entries/001"
            var bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
            bytes[9] ^= 1
            try Data(bytes).write(to: URL(fileURLWithPath: path))
            #expect(try await copy.refusal(url, recheck: true) == .copyDamaged("tile/0/001"))
        }
    }

    @Test func `keeps both heads of a log that shrank`() async throws {
        try await withMirror(of: 600) { log, copy, url in
            let first = try log.serve(TestLog.entries(600))
            try await copy.follow(url)
            let second = try log.serve(TestLog.entries(500))
            let refusal = try await copy.refusal(url)
            let place = copy.folder.path + "/fork-20260302T020000Z.txt"
            #expect(refusal == .shrunken(first: 600, second: 500, evidence: place))
            let evidence = try copy.evidence
            for note in [first, second] {
                #expect(evidence.contains(String(decoding: note.bytes, as: UTF8.self)))
            }
            #expect(try copy.folder.checkpoint() == first)
        }
    }

    @Test(arguments: [400, 600, 601, 900])
    func `keeps both heads of a log that forked`(size: Int) async throws {
        try await withMirror(of: 600) { log, copy, url in
            let first = try log.serve(TestLog.entries(600))
            try await copy.follow(url)
            var entries = TestLog.entries(size)
            entries[3] = Array("another history".utf8)
            let second = try log.serve(entries)
            let refusal = try await copy.refusal(url)
            let place = copy.folder.path + "/fork-20260302T020000Z.txt"
            #expect(refusal == .forked(first: 600, second: size, evidence: place))
            let evidence = try copy.evidence
            for note in [first, second] {
                #expect(evidence.contains(String(decoding: note.bytes, as: UTF8.self)))
            }
            // The copy stands as it stood, and goes on with the first history.
            try log.serve(TestLog.entries(700))
            #expect(try await copy.follow(url, recheck: true).size == 700)
        }
    }

    @Test func `believes no head of others, and none that is malformed`() async throws {
        try await withMirror(of: 10) { log, copy, url in
            let good = try log.serve(TestLog.entries(10))
            let other = try TestLog("log.example/a", seed: 8).serve(TestLog.entries(10))
            let named = try Checkpoint(
                origin: "log.example/b", size: 10, root: Checkpoint(parsing: good.text).root
            ).signed(by: log.signer)
            let lies = [
                other.bytes, Array("nothing\n".utf8), [], [0xFF, 0x0A], Array(good.bytes.dropLast()),
            ]
            for bytes in lies {
                log.exchange("checkpoint") { _ in bytes }
                let refusal = try await copy.refusal(url)
                #expect(refusal?.code == "mirror-checkpoint", "\(refusal as Any)")
            }
            log.exchange("checkpoint") { _ in named.bytes }
            #expect(
                try await copy.refusal(url) == .otherLog(found: "log.example/b", expected: "log.example/a"))
            log.exchange("checkpoint") { _ in nil }
            #expect(try await copy.refusal(url) == .status(url + "/checkpoint", 404))
        }
    }

    @Test func `refuses what is too large, too short, too slow or not there`() async throws {
        try await withMirror(of: 300) { log, copy, url in
            log.exchange("tile/0/000") { $0 + [0] }
            #expect(
                try await copy.refusal(url)
                    == .noAnswer(url + "/tile/0/000", .tooLarge(bytesMax: 8192)))
            log.exchange("tile/0/000") { Array($0.prefix(32)) }
            var refusal = try await copy.refusal(url)
            #expect(refusal?.detail.hasPrefix("tile/0/000 的格式不对") == true, "\(refusal as Any)")
            try log.serve(TestLog.entries(300))
            log.exchange("tile/entries/000") { $0 + [0] }
            refusal = try await copy.refusal(url)
            #expect(refusal?.detail.hasPrefix("tile/entries/000 的格式不对") == true, "\(refusal as Any)")
            log.exchange("checkpoint") { _ in Array(repeating: 0x61, count: 200_000) }
            #expect(
                try await copy.refusal(url)
                    == .noAnswer(url + "/checkpoint", .tooLarge(bytesMax: 131_072)))
            log.slowDown(to: .seconds(60))
            try await HTTPDoor.open(timeoutSeconds: 1) { door in
                var hasty = copy
                hasty.door = door
                refusal = try await hasty.refusal(url)
            }
            #expect(refusal == .noAnswer(url + "/checkpoint", .tooSlow))
        }
    }

    @Test func `goes on where it was interrupted`() async throws {
        try await withMirror(of: 3000) { log, copy, url in
            log.exchange("tile/entries/010") { _ in nil }
            #expect(try await copy.refusal(url) == .status(url + "/tile/entries/010", 404))
            try log.serve(TestLog.entries(3000))
            // Two tiles of the edge, and the bundles that were not taken before: 8, 9, 10 and the partial one.
            #expect(try await copy.follow(url).fetched == 2 + 3 + 1)
        }
    }

    @Test func `takes no more than its limits`() async throws {
        try await withMirror(of: 300) { log, copy, url in
            var copy = copy
            copy.limits.leavesMax = 299
            var refusal = try await copy.refusal(url)
            #expect(refusal == .tooManyLeaves(300, limit: 299))
            copy.limits.leavesMax = 300
            copy.limits.bytesMax = 9000
            refusal = try await copy.refusal(url)
            #expect(refusal == .tooManyBytes(limit: 9000))
        }
    }

    @Test func `is a command with an exit code`() async throws {
        try await withFolder { folder in
            let log = try TestLog()
            try log.serve(TestLog.entries(300))
            let key = log.key
            try await log.run { url in
                let arguments = ["log", "mirror", url, "--key", key, "--into", folder + "/copy"]
                let good = try await aside { try Program.run(arguments) }
                #expect(good.code == 0 && good.output.contains("300"))
                var entries = TestLog.entries(300)
                entries[9] = [1]
                try log.serve(entries)
                let bad = try await aside { try Program.run(arguments) }
                #expect(bad.code == 1 && bad.errors.contains("[mirror-forked]"), "\(bad)")
                #expect(try Program.run("log", "mirror", url, "--into", folder).code == 64)
                #expect(try Program.run("log", "serve-mirror", folder).code == 64)
            }
        }
    }
}

@Suite struct `A mirror of an instance` {
    /// The sample has leaves of some twenty kinds.
    @Test(.timeLimit(.minutes(15)))
    func `names the leaf behind which a byte was altered, of whatever kind`() async throws {
        try await withFolder { folder in
            let data = folder + "/data"
            let program = Program(["demo", "--data", data, "--port", "0"])
            let line = try program.start()
            defer { program.terminate() }
            let status = try await signed(data)
            let database = try SQLiteDatabase(path: data + "/sundial.sqlite")
            let epoch = try #require(try await database.read { try $0.log.epoch() })
            let url = String(line[try #require(line.range(of: "http://")).lowerBound...]) + "/log/\(epoch)"
            let leaves = try await database.read { transaction in
                // The first of each kind.
                let all = try transaction.log.leaves(from: 0, limit: 10_000)
                return Dictionary(all.map { ($0.act, $0.index) }, uniquingKeysWith: min).values.sorted()
            }
            #expect(leaves.count > 15)
            try await HTTPDoor.open { door in
                let mirror = LogMirror(
                    source: LogSource(url, door: door), into: MirrorFolder(path: folder + "/copy"),
                    keys: [try NoteKey(parsing: status.keys[0])], stamp: { "20260302T020000Z" })
                #expect(try await mirror.follow(recheck: true).size >= status.signed)
                for leaf in leaves {
                    let entry = try await alter(leaf, in: database)
                    do {
                        _ = try await mirror.follow(recheck: true)
                        Issue.record("leaf \(leaf) was altered unseen")
                    } catch MirrorProblem.altered(.entry(let named, _)) {
                        #expect(named == leaf)
                    }
                    try await put(entry, at: leaf, in: database)
                }
                _ = try await mirror.follow(recheck: true)
            }
            try await database.close()
        }
    }

    @Test(.enabled(if: PythonTools.arePresent, PythonTools.absence))
    func `by a client that is not ours reads every tile and entry that the portal serves`() async throws {
        try await withFolder { folder in
            let data = folder + "/data"
            let program = Program(["demo", "--data", data, "--port", "0"])
            let line = try program.start()
            defer { program.terminate() }
            let status = try await signed(data)
            let url = String(line[try #require(line.range(of: "http://")).lowerBound...])
            let answer = try PythonTools.run("verify_served.py", url)
            #expect(answer.status == 0, "\(answer.printed)")
            let read = try JSONDecoder().decode(
                [String: Int].self, from: Data(answer.printed.utf8))
            #expect(read["addresses"] == 2)
            #expect(try #require(read["leaves"]) >= status.signed)

            // The sample has every kind of duty, standing ones with several editions too: no false alarm.
            let audit = try Program.run("log", "verify", "--data", data)
            #expect(audit.code == 0, "\(audit.output) \(audit.errors)")

            let database = try SQLiteDatabase(path: data + "/sundial.sqlite")
            _ = try await alter(500, in: database)
            try await database.close()
            let refusal = try PythonTools.run("verify_served.py", url)
            #expect(refusal.status == 1)
            #expect(refusal.printed.contains("TileVerificationError"), "\(refusal.printed)")
        }
    }

    /// Once the log has rested for a moment.
    private func signed(_ data: String) async throws -> LogStatus {
        while true {
            let status = try Program.run("log", "status", "--data", data, "--json").json(LogStatus.self)
            if status.signed > 1000, status.signed == status.leaves { return status }
            try await Task.sleep(for: .milliseconds(300))
        }
    }

    private func alter(_ leaf: Int, in database: SQLiteDatabase) async throws -> [UInt8] {
        let entry = try #require(try await database.read { try $0.log.leaf(leaf) }).entry
        var altered = entry
        altered[entry.count / 2] ^= 1
        try await put(altered, at: leaf, in: database)
        return entry
    }

    private func put(_ entry: [UInt8], at leaf: Int, in database: SQLiteDatabase) async throws {
        let (bundle, place) = leaf.quotientAndRemainder(dividingBy: Tile.widthMax)
        try await database.write { [entry] transaction in
            let row = try #require(
                try transaction.row("SELECT width, entries FROM log_bundle WHERE n = \(bundle)"))
            var entries = try EntryBundle.entries(row.bytes("entries"), count: row.int("width"))
            entries[place] = entry
            let bytes = try EntryBundle.bytes(entries)
            try transaction.execute("UPDATE log_bundle SET entries = \(bytes) WHERE n = \(bundle)")
        }
    }
}
