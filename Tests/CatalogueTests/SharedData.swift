import Foundation
import Spreadsheet

/// The reference material beside the repository, where a test can compare with it; a stranger has none.
enum SharedData {
    static func file(_ path: String) -> [UInt8]? {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let folder =
            ProcessInfo.processInfo.environment["SUNDIAL_SHARED"].map { URL(fileURLWithPath: $0) }
            ?? root.deletingLastPathComponent().appendingPathComponent("shared")
        return FileManager.default.contents(atPath: folder.appendingPathComponent(path).path).map {
            Array($0)
        }
    }
}
