import Foundation
import Storage

/// Chromium without a window: opens an address and gives the page as its script has left it.
///
/// `script/install-libraries browser` installs it; tests that need it say so where it is missing.
enum Browser {
    static let path = ["chromium", "chromium-browser", "google-chrome"].map { "/usr/bin/" + $0 }
        .first(where: FileManager.default.isExecutableFile)

    /// - Returns: the document after its scripts ran.
    static func open(_ address: String) throws -> String {
        let files = FileManager.default
        // A profile of its own, so that several can run at once and nothing of a user's is touched.
        let profile = files.temporaryDirectory.appending(path: "sundial-browser-" + Identifiers.fresh())
        defer { if files.fileExists(atPath: profile.path) { remove(profile) } }
        let process = Process()
        process.executableURL = URL(filePath: path ?? "/usr/bin/chromium")
        process.arguments = [
            "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-extensions",
            // A document on the disk may look into its frames.
            "--allow-file-access-from-files", "--user-data-dir=" + profile.path, "--dump-dom", address,
        ]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func remove(_ profile: URL) {
        // Chromium's children may still be writing; what is left lies in the folder for temporary files.
        do { try FileManager.default.removeItem(at: profile) } catch { return }
    }
}
