import BrowserTesting
import Foundation
import Testing
import WebTesting

extension `The portal in a browser` {
    @Suite(.enabled(if: PageTools.areHere, PageTools.absence)) struct `The markup` {
        @Test func `of every page type is accepted by the Nu HTML checker`() async throws {
            let stage = try Stage.here
            let pages = try SavedPages()
            for manner in ["sn-a", "snea", "tn-g", "en-a"] {
                for address in try await PageTypes.all(on: stage) {
                    let fields = ["Accept": "text/html", "Cookie": "reading=" + manner]
                    let answer = try await stage.site.get(address, fields: fields)
                    try pages.save(answer.bytes, of: "\(address) in \(manner)")
                }
            }
            let findings = try pages.check().filter { finding in
                !Self.allowed.contains { finding.message.contains($0.words) }
            }
            #expect(findings.isEmpty, "\(findings.map(\.description).report)")
            pages.remove()
        }

        /// What the checker, whose rules are of June 2020, does not know yet.
        private static let allowed: [(words: String, reason: String)] = [
            (
                "The “date” input type is not supported in all browsers",
                "it is since 2021; text takes its place"
            ),
            ("Possible misuse of “aria-label”", "a list may have a name (WAI-ARIA 1.2, role list)"),
            ("“print-color-adjust”: Property", "CSS Color Adjustment of 2022"),
        ]
    }
}

/// Pages in a folder, for a program that reads files.
private final class SavedPages {
    struct Finding: CustomStringConvertible {
        let page, message, extract: String

        var description: String { "\(page): \(message) — \(extract)" }
    }

    private struct Report: Decodable {
        struct Message: Decodable {
            let url: String?
            let message: String
            let extract: String?
        }
        let messages: [Message]
    }

    private let folder = FileManager.default.temporaryDirectory.appending(path: "sundial-pages-\(UUID())")
    private var names: [String] = []

    init() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    func save(_ bytes: [UInt8], of name: String) throws {
        try Data(bytes).write(to: folder.appending(path: "\(names.count).html"))
        names.append(name)
    }

    /// All pages in one run, for the checker takes long to start.
    func check() throws -> [Finding] {
        let answer = try PageTools.output(
            of: "java", ["-jar", PageTools.nu.path, "--format", "json", folder.path], on: .errors)
        return try JSONDecoder().decode(Report.self, from: answer).messages.map { message in
            let number = message.url.flatMap { URL(string: $0) }?.deletingPathExtension().lastPathComponent
            let page = number.flatMap(Int.init).map { names[$0] } ?? "the checker"
            return Finding(page: page, message: message.message, extract: message.extract ?? "")
        }
    }

    func remove() {
        do { try FileManager.default.removeItem(at: folder) } catch { print("left behind: \(folder.path)") }
    }
}
