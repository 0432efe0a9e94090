import Foundation

/// The package on disk, read only. Paths are relative to its root, with `/`.
struct Repository {
    let root: URL

    /// The package that this test was built from.
    static let here = Repository(
        root: URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent())

    func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appending(path: path).path(percentEncoded: false))
    }

    /// Files under that folder, at any depth, in order of path; none when there is no such folder.
    func files(under folder: String) throws -> [String] {
        guard exists(folder) else { return [] }
        return try FileManager.default.subpathsOfDirectory(
            atPath: root.appending(path: folder).path(percentEncoded: false)
        )
        .map { "\(folder)/\($0)" }
        .filter { !isFolder($0) }
        .sorted()
    }

    func sources(under folder: String) throws -> [SourceFile] {
        try files(under: folder).filter { $0.hasSuffix(".swift") }
            .map { SourceFile(path: $0, text: try text($0)) }
    }

    /// The files that git keeps or would keep: tracked ones, and new ones that are not ignored.
    func keptFiles() throws -> [String] {
        let git = Process()
        git.executableURL = URL(filePath: "/usr/bin/env")
        git.arguments = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        git.currentDirectoryURL = root
        let output = Pipe()
        git.standardOutput = output
        git.standardError = FileHandle.nullDevice
        try git.run()
        let listed = try output.fileHandleForReading.readToEnd() ?? Data()
        git.waitUntilExit()
        guard git.terminationStatus == 0 else { throw NotAGitTree(status: git.terminationStatus) }
        return String(decoding: listed, as: UTF8.self).split(separator: "\0").map(String.init)
            .filter { exists($0) && !isFolder($0) }.sorted()
    }

    /// The package was unpacked without its history: what is tracked cannot be known.
    struct NotAGitTree: Error {
        let status: Int32
    }

    private func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        let exists = FileManager.default.fileExists(
            atPath: root.appending(path: path).path(percentEncoded: false), isDirectory: &isFolder)
        return exists && isFolder.boolValue
    }
}
