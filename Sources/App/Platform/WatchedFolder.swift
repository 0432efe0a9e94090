import Foundation
import Importing

/// A folder into which somebody puts files to import; each is taken once, when it is complete.
///
/// Complete is what has not changed between two looks. Names that start with a dot or end like an unfinished copy are
/// left alone, and so is what is no plain file.
package struct WatchedFolder: Sendable {
    /// A file as a look found it.
    package struct File: Sendable, Hashable {
        package let name: String
        let bytes: Int
        let modified: Int

        /// The same for the same state of a file: name, size, and the second of its last change.
        package var stamp: String { "\(name)|\(bytes)|\(modified)" }
    }

    package let path: String
    private var lastLook: Set<File> = []
    /// Files taken in this run, whatever came of them.
    private var taken: Set<File> = []

    private static let filesMax = 10_000
    private static let unfinished = [".part", ".tmp", ".crdownload", ".filepart", "~"]

    package init(path: String) {
        self.path = path
    }

    /// The files that are complete and not taken yet, in the order of their names. They count as taken afterwards.
    ///
    /// - Throws: `FileImportProblem.unreadable` when the folder is gone or may not be read.
    package mutating func complete() throws -> [File] {
        let look = try files()
        let ready = look.intersection(lastLook).subtracting(taken)
        lastLook = look
        taken = taken.intersection(look).union(ready)
        return ready.sorted { $0.name < $1.name }
    }

    private func files() throws -> Set<File> {
        let manager = FileManager.default
        do {
            let names = try manager.contentsOfDirectory(atPath: path)
            return Set(try names.sorted().filter(Self.isName).prefix(Self.filesMax).compactMap(file))
        } catch {
            throw FileImportProblem.unreadable(path)
        }
    }

    private static func isName(_ name: String) -> Bool {
        !name.hasPrefix(".") && !unfinished.contains { name.lowercased().hasSuffix($0) }
    }

    private func file(_ name: String) throws -> File? {
        let place = path + "/" + name
        // It may have been taken away since the folder was listed.
        guard FileManager.default.fileExists(atPath: place) else { return nil }
        let facts = try FileManager.default.attributesOfItem(atPath: place)
        guard facts[.type] as? FileAttributeType == .typeRegular, let bytes = facts[.size] as? Int,
            let modified = facts[.modificationDate] as? Date
        else { return nil }
        return File(name: name, bytes: bytes, modified: Int(modified.timeIntervalSince1970))
    }
}
