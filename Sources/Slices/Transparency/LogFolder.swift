import Foundation
import MerkleLog

/// The log's own folder, beside the database and never in it: the sealed keys and the head that was signed last.
///
/// A backup of the database does not hold it. That is its use: whoever puts an older database back is noticed here.
package struct LogFolder: Sendable {
    package let path: String

    package init(path: String) {
        self.path = path
    }

    private var keysPath: String { path + "/keys.json" }
    private var signedPath: String { path + "/signed" }
    /// Made at the first start where neither a passphrase nor a key file is given.
    package var ownKeyFile: String { path + "/unlock.key" }

    /// nil before the first start.
    ///
    /// - Throws: `LogProblem.folderUnusable` when the file is there and cannot be read.
    package func keyring() throws -> LogKeyring? { try keyring(at: keysPath) }

    private func keyring(at place: String) throws -> LogKeyring? {
        guard let bytes = try read(place) else { return nil }
        do {
            return try JSONDecoder().decode(LogKeyring.self, from: Data(bytes))
        } catch {
            throw LogProblem.folderUnusable(place)
        }
    }

    /// The public halves of all keys that ever signed here: those of the log of now first, then of those that have ended.
    ///
    /// - Throws: `LogProblem.folderUnusable` when a file is there and cannot be read.
    package func publishedKeys() throws -> [PublishedKey] {
        guard let now = try keyring() else { return [] }
        var published = now.published()
        var end = now.began
        for ended in try endedKeyrings() {
            published += ended.published(endedAt: end)
            end = ended.began
        }
        return published
    }

    /// Those of logs that have ended, the last first.
    private func endedKeyrings() throws -> [LogKeyring] {
        try files(named: "keys-").compactMap { try keyring(at: $0.path) }.sorted { $0.began > $1.began }
    }

    /// The JSON files whose names begin so, in the order of their names.
    func files(named prefix: String) throws -> [DurableFile] {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: path)
        } catch {
            throw LogProblem.folderUnusable(path)
        }
        return names.filter { $0.hasPrefix(prefix) && $0.hasSuffix(".json") }.sorted()
            .map { DurableFile(path: path + "/" + $0) }
    }

    package func write(_ keyring: LogKeyring) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        try write(Array(encoder.encode(keyring)), to: keysPath)
    }

    /// Takes back keys that never signed anything.
    func discardKeyring() throws {
        do {
            try FileManager.default.removeItem(atPath: keysPath)
        } catch {
            throw LogProblem.folderUnusable(keysPath)
        }
    }

    /// Keeps the keys of a log that has ended under its epoch's name.
    package func archive(_ keyring: LogKeyring) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        try write(Array(encoder.encode(keyring)), to: path + "/keys-\(keyring.epoch).json")
    }

    /// The head that was signed last, whatever the database says; nil before the first.
    ///
    /// - Throws: `LogProblem.folderUnusable` when the file is there and is no signed head.
    package func signedHead() throws -> SignedNote? {
        guard let bytes = try read(signedPath) else { return nil }
        do {
            return try SignedNote(parsing: bytes)
        } catch {
            throw LogProblem.folderUnusable(signedPath)
        }
    }

    /// Durable before it returns: what is signed is never forgotten, not even when the power fails.
    package func write(_ note: SignedNote) throws {
        try write(note.bytes, to: signedPath)
    }

    /// The secret that opens the keys.
    ///
    /// - Parameters:
    ///   - passphrase: wins over a file.
    ///   - keyFile: where a file is; the folder's own when nil, which is made when it is missing.
    package func secret(passphrase: String?, keyFile: String?) throws -> UnlockSecret {
        if let passphrase, !passphrase.isEmpty { return .passphrase(passphrase) }
        let place = keyFile ?? ownKeyFile
        if keyFile == nil, try read(place) == nil { try write(LogFollower.randomSalt(), to: place) }
        guard let bytes = try read(place) else { throw LogProblem.folderUnusable(place) }
        guard bytes.count >= UnlockSecret.keyFileBytesMin else { throw LogProblem.keyFileTooShort(place) }
        return .keyFile(bytes)
    }

    /// The witnesses that are asked: those given, else those of the file `witnesses` in this folder.
    ///
    /// - Throws: `ListProblem`.
    package func witnesses(given: String?) throws -> [ListedWitness] {
        if let given, !given.isEmpty { return try ListedWitness.list(given) }
        guard let bytes = try read(path + "/witnesses") else { return [] }
        return try ListedWitness.list(String(decoding: bytes, as: UTF8.self))
    }

    /// Runs `body` while no other process of this folder signs.
    package func locked<Value>(_ body: () async throws -> Value) async throws -> Value {
        try DurableFile.make(folder: path)
        // Another process that signs just now does the work.
        return try await DurableFile.locked(path + "/lock", isPatient: true, body)
    }

    private func read(_ place: String) throws -> [UInt8]? { try DurableFile(path: place).read() }

    private func write(_ bytes: [UInt8], to place: String) throws {
        try DurableFile(path: place).write(bytes)
    }
}
