import Foundation
import Testing

@Suite struct `A log whose server is killed` {
    private static let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("script/log-torture")

    /// A few rounds; the script alone runs fifty kills and ten restores.
    @Test(.timeLimit(.minutes(15)))
    func `loses nothing, forks nothing, and is not signed over by an older database`() async throws {
        let (code, said) = try await aside { try Self.run() }
        #expect(code == 0, "\(said)")
    }

    private static func run() throws -> (code: Int32, said: String) {
        let process = Process()
        process.executableURL = script
        process.arguments = [Program.path, "3", "1"]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, said)
    }
}
