import Foundation
import Glibc
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
    private var lockPath: String { path + "/lock" }
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
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: path)
        } catch {
            throw LogProblem.folderUnusable(path)
        }
        let kept = names.filter { $0.hasPrefix("keys-") && $0.hasSuffix(".json") }
        return try kept.compactMap { try keyring(at: path + "/" + $0) }.sorted { $0.began > $1.began }
    }

    package func write(_ keyring: LogKeyring) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        try write(Array(encoder.encode(keyring)), to: keysPath)
    }

    /// Keeps the keys of a log that has ended under its epoch's name.
    package func archive(_ keyring: LogKeyring) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        try write(Array(encoder.encode(keyring)), to: path + "/keys-\(keyring.epoch).json")
    }

    /// The head that was signed last, whatever the database says; nil before the first.
    package func signedHead() throws -> SignedNote? {
        try read(signedPath).map { try SignedNote(parsing: $0) }
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

    /// Runs `body` while no other process of this folder signs.
    package func locked<Value>(_ body: () async throws -> Value) async throws -> Value {
        try prepare()
        let handle = open(lockPath, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard handle >= 0 else { throw LogProblem.folderUnusable(path) }
        defer { close(handle) }
        // Non-blocking: another process that signs just now does the work.
        while flock(handle, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR else { throw LogProblem.folderUnusable(path) }
            try await Task.sleep(for: .milliseconds(20))
        }
        return try await body()
    }

    // MARK: Files

    private func prepare() throws {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw LogProblem.folderUnusable(path)
        }
    }

    /// nil when there is no such file.
    private func read(_ place: String) throws -> [UInt8]? {
        guard FileManager.default.fileExists(atPath: place) else { return nil }
        guard let bytes = FileManager.default.contents(atPath: place) else {
            throw LogProblem.folderUnusable(place)
        }
        return Array(bytes)
    }

    /// All or nothing, and on the disk when it returns: a new file, its bytes, its name, its folder.
    private func write(_ bytes: [UInt8], to place: String) throws {
        try prepare()
        let draft = place + ".new"
        let handle = open(draft, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0o600)
        guard handle >= 0 else { throw LogProblem.folderUnusable(place) }
        let isWritten = Self.write(bytes, to: handle) && fsync(handle) == 0
        guard close(handle) == 0, isWritten, rename(draft, place) == 0, syncFolder() else {
            throw LogProblem.folderUnusable(place)
        }
    }

    private static func write(_ bytes: [UInt8], to handle: Int32) -> Bool {
        bytes.withUnsafeBytes { bytes in
            var done = 0
            while done < bytes.count {
                let count = Glibc.write(handle, bytes.baseAddress?.advanced(by: done), bytes.count - done)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return false }
                done += count
            }
            return true
        }
    }

    private func syncFolder() -> Bool {
        let handle = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard handle >= 0 else { return false }
        defer { close(handle) }
        return fsync(handle) == 0
    }
}
