import Foundation
import Testing

/// What a page or its data was when somebody last looked at it. `RECORD=1 swift test` writes it anew.
enum Golden {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent()
        .appending(path: "Goldens/Portal")

    static var isRecording: Bool { ProcessInfo.processInfo.environment["RECORD"] == "1" }

    static func expect(
        _ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let file = folder.appending(path: name)
        // The stylesheet's address changes with its content, which is no page's concern.
        let actual = text.replacing(/\/assets\/site-[0-9a-z]+\.css/, with: "/assets/site.css")
        if isRecording {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(actual.utf8).write(to: file)
            return
        }
        guard FileManager.default.fileExists(atPath: file.path) else {
            Issue.record("no golden \(name); RECORD=1 writes it", sourceLocation: sourceLocation)
            return
        }
        let expected = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        guard actual != expected else { return }
        let (new, old) = (
            actual.split(whereSeparator: \.isNewline), expected.split(whereSeparator: \.isNewline)
        )
        let line = zip(new, old).firstIndex { $0 != $1 } ?? min(new.count, old.count)
        Issue.record(
            "\(name) differs from line \(line + 1): \(line < new.count ? new[line] : "it ends")",
            sourceLocation: sourceLocation)
    }
}

extension Sequence {
    fileprivate func firstIndex(where matches: (Element) -> Bool) -> Int? {
        for (index, element) in enumerated() where matches(element) { return index }
        return nil
    }
}
