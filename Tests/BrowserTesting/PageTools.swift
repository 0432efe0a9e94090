import Foundation
import Testing

/// Programs that are not ours and check pages, as `script/page-tools` and `script/install-libraries browser` install them.
package enum PageTools {
    private static let package = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// axe-core, one script.
    package static let axe = tool("axe.min.js")
    /// The Nu HTML checker, one archive.
    package static let nu = tool("vnu.jar")
    package static let absence: Comment = "NOT RUN: no axe-core or Nu HTML checker; run script/page-tools"

    /// Whether tests that need them can run. With SUNDIAL_REQUIRE_BROWSER they are there without being there, and those fail.
    package static var areHere: Bool {
        Browser.isRequired || [axe, nu].allSatisfy { FileManager.default.fileExists(atPath: $0.path) }
    }

    private static func tool(_ name: String) -> URL { package.appending(path: ".build/page-tools/" + name) }

    /// Runs a program and gives what it wrote, whatever it thinks of it.
    ///
    /// - Parameter channel: where the program writes its answer.
    package static func output(
        of program: String, _ arguments: [String], on channel: Channel = .output
    ) throws -> Data {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [program] + arguments
        let pipe = Pipe()
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = channel == .output ? pipe : FileHandle.nullDevice
        process.standardError = channel == .errors ? pipe : FileHandle.nullDevice
        try process.run()
        let bytes = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return bytes
    }

    package enum Channel: Sendable { case output, errors }
}

/// What axe-core looks for.
package struct AxeRules: Sendable {
    fileprivate let choice: String

    /// WCAG 2.2 A and AA, and what the makers of axe recommend besides.
    package static let all = AxeRules(
        choice: """
            runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
            rules: { "target-size": { enabled: true } }
            """)
    /// What can differ between two looks of one page.
    package static let colours = AxeRules(
        choice: "runOnly: { type: \"rule\", values: [\"color-contrast\", \"link-in-text-block\"] }")
    /// 7:1, WCAG 2.2 1.4.6 (AAA).
    package static let moreContrast = AxeRules(
        choice: "runOnly: { type: \"rule\", values: [\"color-contrast-enhanced\"] }")
    /// WCAG 2.2 2.5.8.
    package static let targets = AxeRules(
        choice: "runOnly: { type: \"rule\", values: [\"target-size\"] }")
}

extension Tab {
    /// What axe-core holds against the page, with the rule and the place; empty for none.
    package func violations(_ rules: AxeRules) async throws -> [String] {
        if try await value("typeof axe === \"undefined\"") {
            try await run(String(contentsOf: PageTools.axe, encoding: .utf8))
        }
        return try await promised(
            """
            axe.run(document, { \(rules.choice), resultTypes: ["violations"] }).then(found =>
                found.violations.flatMap(v => v.nodes.map(n =>
                    `${v.id} at ${n.target.join(" ")}: ${n.failureSummary.replace(/\\s+/g, " ").slice(0, 300)}`)))
            """)
    }
}
