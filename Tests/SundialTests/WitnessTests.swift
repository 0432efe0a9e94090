import Foundation
import MerkleLog
import Platform
import Synchronization
import Testing

@testable import Transparency

/// A witness for one test log, in a folder of its own, whose clock stands still.
private struct WatchedLog: Sendable {
    let log: TestLog
    let folder: String
    static let seconds = 1_772_416_800

    func witness() async throws -> Witness {
        let folder = WitnessFolder(path: folder + "/witness")
        let logs = try ListedLog.list("# those we know\n\nlog.example/a \(log.key)\n")
        return try await Witness.open(
            folder, logs: logs, name: "witness.example/w",
            secret: .keyFile(Array(repeating: 3, count: 32)), seconds: { WatchedLog.seconds },
            now: "2026-03-02T02:00:00Z"
        ).witness
    }

    var key: NoteKey {
        get throws {
            let keyring = try WitnessFolder(path: folder + "/witness").log.keyring()
            return try NoteKey(parsing: keyring?.publicKeys.first?.publicKey ?? "")
        }
    }

    func tree(_ count: Int, from word: String = "leaf") -> MerkleTree {
        var tree = MerkleTree()
        _ = tree.append(TestLog.entries(count, from: word).map { NodeHash.leaf($0) })
        return tree
    }

    /// Sizes below 256 need no stored tile.
    func request(from old: Int, to tree: MerkleTree) throws -> [UInt8] {
        let proof = try tree.consistencyProof(from: old) { _ in throw LogFlaw(.tileLength) }
        return WitnessRequest(proof: proof, checkpoint: try log.head(size: tree.size, root: tree.root)).bytes
    }

    var evidence: [String] {
        get throws {
            try FileManager.default.contentsOfDirectory(atPath: folder + "/witness").filter {
                $0.hasPrefix("fork-")
            }
        }
    }
}

@Suite struct `A witness` {
    private func withWitness(_ body: (WatchedLog) async throws -> Void) async throws {
        try await withFolder { folder in
            try await body(WatchedLog(log: try TestLog(), folder: folder))
        }
    }

    @Test func `cosigns what grew, and goes on where it was after it was started anew`() async throws {
        try await withWitness { watched in
            let first = try await watched.witness().answer(to: watched.request(from: 0, to: watched.tree(5)))
            guard case .cosigned(let signatures) = first else { throw LogFlaw(.answerForm) }
            let head = try watched.log.head(size: 5, root: watched.tree(5).root)
            let signed = try head.adding(signatures[0]).check(keys: [watched.key])
            #expect(signed.map(\.time?.secondsSince1970) == [WatchedLog.seconds])
            let again = try await watched.witness()
            #expect(
                try await again.answer(to: watched.request(from: 5, to: watched.tree(9))).status == 200)
            #expect(
                try await again.answer(to: watched.request(from: 9, to: watched.tree(9))).status == 200)
        }
    }

    @Test func `answers every refusal of the specification`() async throws {
        try await withWitness { watched in
            let witness = try await watched.witness()
            let five = watched.tree(5)
            _ = try await witness.answer(to: watched.request(from: 0, to: five))
            #expect(try await witness.answer(to: Array("old five\n".utf8)) == .badRequest)
            #expect(try await witness.answer(to: []) == .badRequest)
            #expect(
                try await witness.answer(to: watched.request(from: 3, to: watched.tree(9)))
                    == .conflict(size: 5))
            let strange = try Checkpoint(origin: "log.example/b", size: 5, root: five.root)
                .signed(by: watched.log.signer)
            let none = ConsistencyProof(from: 0, to: 5, hashes: [])
            #expect(
                try await witness.answer(to: WitnessRequest(proof: none, checkpoint: strange).bytes)
                    == .unknownLog)
            let other = try TestLog("log.example/a", seed: 9)
            let foreign = try other.head(size: 5, root: five.root)
            #expect(
                try await witness.answer(to: WitnessRequest(proof: none, checkpoint: foreign).bytes)
                    == .noTrustedKey)
            let forked = try watched.request(from: 5, to: watched.tree(9, from: "another leaf"))
            #expect(try await witness.answer(to: forked) == .proofRefused)
            #expect(try watched.evidence.isEmpty)
        }
    }

    @Test func `keeps two heads of one size, once`() async throws {
        try await withWitness { watched in
            let witness = try await watched.witness()
            _ = try await witness.answer(to: watched.request(from: 0, to: watched.tree(5)))
            let other = watched.tree(5, from: "another leaf")
            for _ in 0..<2 {
                #expect(
                    try await witness.answer(to: watched.request(from: 5, to: other))
                        == .conflict(size: 5))
            }
            let files = try watched.evidence
            #expect(files.count == 1)
            let text = try String(
                contentsOfFile: watched.folder + "/witness/" + (files.first ?? ""), encoding: .utf8)
            for root in [watched.tree(5).root, other.root] {
                let note = try watched.log.head(size: 5, root: root)
                #expect(text.contains(String(decoding: note.bytes, as: UTF8.self)))
            }
        }
    }

    @Test func `cosigns nothing that it could not keep`() async throws {
        try await withWitness { watched in
            let witness = try await watched.witness()
            // A file where the folder of the heads would be.
            #expect(
                FileManager.default.createFile(
                    atPath: watched.folder + "/witness/heads", contents: Data()))
            await #expect(throws: LogProblem.self) {
                _ = try await witness.answer(to: watched.request(from: 0, to: watched.tree(5)))
            }
        }
    }

    @Test(arguments: ["log.example/a", "log.example/a key", "a b c"])
    func `refuses a list with a line that is none`(line: String) {
        #expect(throws: ListProblem.self) { try ListedLog.list(line) }
        #expect(throws: ListProblem.self) { try ListedWitness.list(line) }
    }

    @Test func `answers over a socket, and reads no more than a request can have`() async throws {
        try await withFolder { folder in
            let watched = WatchedLog(log: try TestLog(), folder: folder)
            let witness = try await watched.witness()
            let server = WitnessServer(witness: witness).server(host: "127.0.0.1", port: 0, logger: .quiet)
            try await server.whileRunning { url in
                try await HTTPDoor.open { door in
                    func status(_ path: String, _ body: [UInt8]?) async throws -> Int {
                        try await door.send(.init(url: url + path, body: body, bytesMax: 9999)).status
                    }
                    let good = try watched.request(from: 0, to: watched.tree(5))
                    #expect(try await status("/add-checkpoint", good) == 200)
                    #expect(try await status("/add-checkpoint", good) == 409)
                    #expect(try await status("/add-checkpoint", nil) == 405)
                    #expect(try await status("/", good) == 404)
                    let huge = [UInt8](repeating: 0x61, count: 1_200_000)
                    #expect(try await status("/add-checkpoint", huge) == 413)
                }
            }
        }
    }
}

@Suite struct `A log and its witness` {
    @Test func `are two processes that need only each other's keys`() async throws {
        try await withFolder { folder in
            let data = folder + "/data"
            let server = Program(["serve", "--data", data, "--port", "0"])
            _ = try server.start()
            server.terminate()
            let status = try Program.run("log", "status", "--data", data, "--json")
                .json(LogStatus.self)
            let list = folder + "/logs"
            try Data("\(status.origin) \(status.keys[0])\n".utf8).write(to: URL(fileURLWithPath: list))
            let witness = Program([
                "log", "witness", "--into", folder + "/witness", "--logs", list, "--name",
                "witness.example/w", "--port", "0",
            ])
            let line = try witness.start()
            defer { witness.terminate() }
            let address = try #require(line.range(of: "http://")).lowerBound
            let known = try WitnessFolder(path: folder + "/witness").log.keyring()
            let keyring = try #require(known)
            try Data("\(line[address...]) \(keyring.publicKeys[0].publicKey)\n".utf8)
                .write(to: URL(fileURLWithPath: data + "/log/witnesses"))
            let signed = try Program.run("log", "sign", "--data", data)
            #expect(signed.code == 0 && signed.errors.isEmpty, "\(signed)")
            let after = try Program.run("log", "status", "--data", data, "--json").json(LogStatus.self)
            #expect(after.signed > 0 && after.witnessed == after.signed)
            #expect(try Program.run("log", "verify", "--data", data).code == 0)

            // The whole data folder is put back to this state, after a later head was cosigned.
            try FileManager.default.copyItem(atPath: data, toPath: folder + "/kept")
            #expect(try Program.run("log", "keys", "--add", "--data", data).code == 0)
            #expect(try Program.run("log", "sign", "--data", data).code == 0)
            try FileManager.default.removeItem(atPath: data)
            try FileManager.default.copyItem(atPath: folder + "/kept", toPath: data)
            let refused = try Program.run("log", "sign", "--data", data)
            #expect(refused.code != 0 && refused.errors.contains("[log-contradicted]"), "\(refused)")
            let stopped = try Program.run("log", "status", "--data", data, "--json").json(LogStatus.self)
            #expect(stopped.signed == after.signed)
            #expect(stopped.signingRefused?.code == "log-contradicted")
            #expect(stopped.contradictions.map(\.status) == [409])
        }
    }
}

struct LogStatus: Decodable {
    let origin: String
    let leaves, signed, witnessed: Int
    let keys: [String]
    let signingRefused: SigningRefusal?
    let contradictions: [Contradiction]
}
