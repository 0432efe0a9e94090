import Foundation
import Glibc

/// A file that is there whole or not at all, and still there after the power failed (落盘文件).
struct DurableFile {
    let path: String

    /// nil when there is no such file.
    ///
    /// - Throws: `LogProblem.folderUnusable` when it is there and cannot be read.
    func read() throws -> [UInt8]? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw LogProblem.folderUnusable(path)
        }
        return Array(bytes)
    }

    /// All or nothing, and on the disk when it returns: a new file, its bytes, its name, its folder.
    ///
    /// - Parameter mode: 0600 for what is nobody else's business.
    func write(_ bytes: [UInt8], mode: mode_t = 0o600) throws {
        let folder = (path as NSString).deletingLastPathComponent
        try DurableFile.make(folder: folder)
        let draft = path + ".new"
        let handle = open(draft, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, mode)
        guard handle >= 0 else { throw LogProblem.folderUnusable(path) }
        let isWritten = DurableFile.write(bytes, to: handle) && fsync(handle) == 0
        guard close(handle) == 0, isWritten, rename(draft, path) == 0, DurableFile.sync(folder: folder)
        else { throw LogProblem.folderUnusable(path) }
    }

    /// Makes a folder with those above it where it is missing.
    static func make(folder: String) throws {
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw LogProblem.folderUnusable(folder)
        }
    }

    /// Runs `body` while no other process holds the lock file.
    ///
    /// - Parameter isPatient: waits for the other; otherwise refuses after a second.
    static func locked<Value>(
        _ path: String, isPatient: Bool, _ body: () async throws -> Value
    ) async throws -> Value {
        let handle = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard handle >= 0 else { throw LogProblem.folderUnusable(path) }
        defer { close(handle) }
        var tries = 0
        // Non-blocking, so that no thread of the pool stands still.
        while flock(handle, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR else { throw LogProblem.folderUnusable(path) }
            // A child that is just being started may hold it for a moment too.
            guard isPatient || tries < 50 else { throw LogProblem.folderInUse(path) }
            tries += 1
            try await Task.sleep(for: .milliseconds(20))
        }
        return try await body()
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

    private static func sync(folder: String) -> Bool {
        let handle = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard handle >= 0 else { return false }
        defer { close(handle) }
        return fsync(handle) == 0
    }
}
