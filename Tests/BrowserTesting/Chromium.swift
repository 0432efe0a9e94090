import Foundation
import Glibc

/// A running Chromium without a window, spoken to over two pipes: its descriptors 3 and 4.
///
/// It leads a process group of its own, which is killed as a whole. Should the tests be killed, the pipes close and
/// it ends by itself.
final class Chromium: Sendable {
    /// Where Debian and others put it.
    static let path = ["chromium", "chromium-browser", "google-chrome"].map { "/usr/bin/" + $0 }
        .first(where: FileManager.default.isExecutableFile)

    private let process: pid_t
    private let profile: URL
    /// What is written here, it reads.
    let commands: Int32
    /// What it writes comes out here.
    let answers: Int32

    init() throws {
        // A profile of its own, so that nothing of a user's is touched.
        profile = FileManager.default.temporaryDirectory.appending(path: "sundial-browser-\(UUID())")
        let toChromium = try Line()
        let fromChromium = try Line()
        process = try Self.spawn(profile: profile, reading: toChromium.end, writing: fromChromium.start)
        _ = (close(toChromium.end), close(fromChromium.start))
        (commands, answers) = (toChromium.start, fromChromium.end)
    }

    /// Kills it with all its children and removes its profile.
    func end() {
        kill(-process, SIGKILL)
        waitpid(process, nil, 0)
        close(commands)
        // The reader of `answers` sees their end and closes them.
        do { try FileManager.default.removeItem(at: profile) } catch { print("left behind: \(profile.path)") }
    }

    // MARK: The start

    private static func arguments(profile: URL) -> [String] {
        [
            "--headless", "--remote-debugging-pipe", "--user-data-dir=" + profile.path, "--disable-gpu",
            "--disable-dev-shm-usage", "--no-first-run", "--no-default-browser-check",
            "--disable-extensions", "--disable-sync", "--disable-background-networking",
            "--disable-component-update", "--disable-breakpad", "--hide-scrollbars",
            // The same picture on every machine with the same letters.
            "--force-color-profile=srgb", "--font-render-hinting=none", "--lang=zh-CN",
        ] + (geteuid() == 0 ? ["--no-sandbox"] : [])
    }

    private static func spawn(profile: URL, reading: Int32, writing: Int32) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        for descriptor: Int32 in 0...2 {
            posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
        }
        posix_spawn_file_actions_adddup2(&actions, reading, 3)
        posix_spawn_file_actions_adddup2(&actions, writing, 4)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
        let program = path ?? "/usr/bin/chromium"
        var process = pid_t()
        let failure = withCStrings([program] + arguments(profile: profile)) { arguments in
            withCStrings(ProcessInfo.processInfo.environment.map { $0.key + "=" + $0.value }) {
                posix_spawn(&process, program, &actions, &attributes, arguments, $0)
            }
        }
        guard failure == 0 else { throw BrowserProblem.notStarted(String(cString: strerror(failure))) }
        return process
    }

    private static func withCStrings<Value>(
        _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Value
    ) -> Value {
        let pointers = texts.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        return body(pointers)
    }

    /// What is written to `start` is read at `end`.
    private struct Line {
        let start, end: Int32

        init() throws {
            var ends: [Int32] = [0, 0]
            guard pipe(&ends) == 0 else {
                throw BrowserProblem.notStarted(String(cString: strerror(errno)))
            }
            // Far from 3 and 4, which Chromium's ends become.
            let far = ends.map { fcntl($0, F_DUPFD_CLOEXEC, 20) }
            for end in ends { close(end) }
            (end, start) = (far[0], far[1])
        }
    }
}

/// What went wrong with the browser itself, or was not on a page.
package enum BrowserProblem: Error, CustomStringConvertible {
    case notStarted(String)
    case ended
    case refused(method: String, String)
    case late(String)
    case script(String)
    case notThere(String, on: String)

    package var description: String {
        switch self {
        case .notStarted(let why): "Chromium did not start: \(why)"
        case .ended: "Chromium has ended"
        case .refused(let method, let why): "\(method): \(why)"
        case .late(let what): "within a minute there was no \(what)"
        case .script(let why): "the page's answer: \(why)"
        case .notThere(let words, let address): "nothing on \(address) that can be reached bears “\(words)”"
        }
    }
}
