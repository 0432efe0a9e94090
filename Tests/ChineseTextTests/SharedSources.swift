import Foundation
import Testing

/// The source documents beside the project: `../shared`, or where SUNDIAL_SHARED points. Absent on most machines.
enum SharedSources {
    static let folder: URL? = {
        let environment = ProcessInfo.processInfo.environment["SUNDIAL_SHARED"]
        let package = URL(filePath: #filePath).appending(path: "../../..").standardized
        let shared =
            environment.map { URL(filePath: $0) } ?? package.appending(path: "../shared").standardized
        let sources = shared.appending(path: "sources")
        return FileManager.default.fileExists(atPath: sources.path) ? sources : nil
    }()

    static var arePresent: Bool { folder != nil }

    /// The text of the source whose name begins with that number.
    static func text(_ number: String) throws -> String {
        let folder = try #require(folder)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        let name = try #require(names.first { $0.hasPrefix(number) })
        return try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    }
}
