import Foundation
import Testing

/// Python with aics-tlog and pymerkle, as `script/python-tools` installs them.
package enum PythonTools {
    private static let project = URL(filePath: #filePath).appending(path: "../../..").standardized
    private static let python = project.appending(path: ".build/python-tools/bin/python")

    /// With SUNDIAL_REQUIRE_PYTHON_TOOLS they are there without being there, and the test fails.
    package static var arePresent: Bool {
        let isRequired = ProcessInfo.processInfo.environment["SUNDIAL_REQUIRE_PYTHON_TOOLS"] != nil
        return isRequired || FileManager.default.isExecutableFile(atPath: python.path)
    }

    package static let absence: Comment = "needs aics-tlog and pymerkle: run script/python-tools"

    /// Runs a script of `Tests/Peers` to its end.
    ///
    /// - Returns: the status and everything that was printed.
    package static func run(_ script: String, _ argument: String) throws -> (status: Int32, printed: String) {
        let process = Process()
        let output = Pipe()
        process.executableURL = python
        process.arguments = [project.appending(path: "Tests/Peers").appending(path: script).path, argument]
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let printed = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: printed, as: UTF8.self))
    }
}
