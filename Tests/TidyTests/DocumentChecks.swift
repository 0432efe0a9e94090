/// The documents held against the tree and the program.
enum DocumentCheck {
    /// Relative links that lead nowhere.
    ///
    /// - Parameter exists: whether a path, relative to the package, is there.
    static func links(in path: String, text: String, exists: (String) -> Bool) -> [Finding] {
        let folder = path.split(separator: "/").dropLast().map(String.init)
        return lines(of: text).flatMap { number, line in
            line.matches(of: /\]\(([^)\s#]+)(#[^)]*)?\)/).compactMap { match -> Finding? in
                let target = String(match.1)
                if target.contains(":") || exists(resolve(target, from: folder)) { return nil }
                return Finding(path, line: number, "the link \(target) leads nowhere")
            }
        }
    }

    /// Paths in backticks that are not there: `Sources/…`, `Tests/…`, `script/…`, `docs/…`.
    static func paths(in path: String, text: String, exists: (String) -> Bool) -> [Finding] {
        lines(of: text).flatMap { number, line in
            line.matches(of: /`((?:Sources|Tests|script|docs)\/[\w.\/+-]*)`/).compactMap {
                match -> Finding? in
                var target = String(match.1)
                while target.hasSuffix("/") { target.removeLast() }
                if exists(target) { return nil }
                return Finding(path, line: number, "`\(target)` is not there")
            }
        }
    }

    /// Pages of a folder that its index does not link to.
    static func index(_ path: String, text: String, pages: [String]) -> [Finding] {
        pages.filter { !text.contains("](\($0))") }.map { Finding(path, "does not list the page \($0)") }
    }

    /// Commands of the program that a document does not show.
    ///
    /// - Parameter sources: the files of the executable.
    static func commands(in path: String, text: String, sources: [SourceFile]) -> [Finding] {
        commandNames(in: sources).filter { !shows(text, command: $0) }.map {
            Finding(path, "does not show the command `\($0)`")
        }
    }

    /// The names given as `commandName:`, the program's own left out.
    static func commandNames(in sources: [SourceFile]) -> [String] {
        let names = sources.flatMap { file in
            file.literals.filter { literal in
                let before = Array(file.text.utf8)[..<literal.bytes.lowerBound].suffix(40)
                let words = String(decoding: before, as: UTF8.self)
                return words.split { $0.isWhitespace || $0 == "(" || $0 == "," }.last == "commandName:"
            }.map(\.content)
        }
        return Set(names).subtracting(["sundial"]).sorted()
    }

    /// Whether the command stands on a line of its program: `sundial … command`.
    private static func shows(_ text: String, command: String) -> Bool {
        lines(of: text).contains { _, line in
            guard line.contains("sundial") else { return false }
            return line.split { !($0.isLetter || $0.isNumber || $0 == "-") }.contains { $0 == command }
        }
    }

    private static func lines(of text: String) -> [(Int, Substring)] {
        text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map {
            ($0.offset + 1, $0.element)
        }
    }

    private static func resolve(_ target: String, from folder: [String]) -> String {
        var parts = folder
        for part in target.split(separator: "/") {
            switch part {
            case ".": continue
            case "..": if !parts.isEmpty { parts.removeLast() }
            default: parts.append(String(part))
            }
        }
        return parts.joined(separator: "/")
    }
}
