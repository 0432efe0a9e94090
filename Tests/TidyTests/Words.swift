/// Words that may not stand in Sources, each with what to do instead.
enum WordCheck {
    private struct Ban {
        let words: String
        let instead: String
        /// Path prefixes where the word may stand after all.
        var allowed: [String] = []
    }

    /// Looked for in code: comments and string contents do not count.
    private static let bannedCode = [
        Ban(words: "Date()", instead: "the day and the clock are passed in"),
        // An identifier's time orders an index; nothing reads it as a fact.
        Ban(
            words: "Date.now", instead: "the day and the clock are passed in",
            allowed: ["Sources/App/", "Sources/Foundations/Storage/Identifiers.swift"]),
        Ban(words: "try!", instead: "throw, or state the precondition"),
        Ban(words: "try?", instead: "say what happens on failure"),
        Ban(words: "catch {}", instead: "say what happens on failure"),
        Ban(words: "fatalError(", instead: "throw, or `precondition` with a sentence"),
        Ban(words: "Task.detached", instead: "run it as a service of the service group"),
        Ban(
            words: "@unchecked Sendable", instead: "use a value, an actor or a Mutex",
            allowed: ["Sources/Foundations/Storage/PostgreSQL/"]),
    ]

    /// Looked for everywhere, comments too.
    private static let bannedAnywhere = [
        Ban(words: "SELECT *", instead: "name the columns"),
        Ban(words: "TODO", instead: "do it, or leave it to the list of issues"),
        Ban(words: "FIXME", instead: "do it, or leave it to the list of issues"),
    ]

    static func findings(in file: SourceFile) -> [Finding] {
        findings(bannedCode, in: file.code, of: file.path)
            + findings(bannedAnywhere, in: file.text, of: file.path)
    }

    /// `@unchecked Sendable` is allowed once, with its proof, where libpq is wrapped.
    static func uncheckedFindings(in files: [SourceFile]) -> [Finding] {
        let places = files.flatMap { file in
            matches(of: "@unchecked Sendable", in: file.code).map { Finding(file.path, line: $0, "") }
        }
        return places.dropFirst().map {
            Finding($0.file, line: $0.line, "a second @unchecked Sendable: one is allowed, \(places[0])")
        }
    }

    private static func findings(_ bans: [Ban], in text: String, of path: String) -> [Finding] {
        bans.flatMap { ban -> [Finding] in
            if ban.allowed.contains(where: { path.hasPrefix($0) }) { return [] }
            return matches(of: ban.words, in: text).map {
                Finding(path, line: $0, "`\(ban.words)`: \(ban.instead)")
            }
        }
    }

    /// The lines where the words start. A space matches any run of blanks and line ends, or none before `}`;
    /// a word never matches inside a longer one.
    private static func matches(of words: String, in text: String) -> [Int] {
        let wanted = Array(words.utf8)
        let bytes = Array(text.utf8)
        var lines: [Int] = []
        var line = 1
        for start in bytes.indices {
            if bytes[start] == 0x0A { line += 1 }
            guard bytes[start] == wanted[0], start == 0 || !isWord(bytes[start - 1]) || !isWord(wanted[0]),
                let end = end(of: wanted, in: bytes, from: start),
                end == bytes.count || !isWord(bytes[end]) || !isWord(wanted[wanted.count - 1])
            else { continue }
            lines.append(line)
        }
        return lines
    }

    private static func end(of wanted: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
        var index = start
        for (offset, byte) in wanted.enumerated() {
            if byte == 0x20 {
                guard index < bytes.count, bytes[index] <= 0x20 || wanted[offset + 1] == UInt8(ascii: "{")
                else {
                    return nil
                }
                while index < bytes.count, bytes[index] <= 0x20 { index += 1 }
                continue
            }
            if byte == UInt8(ascii: "}") { while index < bytes.count, bytes[index] <= 0x20 { index += 1 } }
            guard index < bytes.count, bytes[index] == byte else { return nil }
            index += 1
        }
        return index
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}

/// SQL stands in stores only: one place for each table's statements.
enum SQLCheck {
    static func findings(in file: SourceFile) -> [Finding] {
        if file.path.hasPrefix("Sources/Foundations/Storage/") { return [] }
        if file.name.hasSuffix("Store.swift") || file.name.hasSuffix("Schema.swift") { return [] }
        return file.literals.filter { isStatement($0.content) }.map {
            Finding(file.path, line: $0.line, "SQL outside a …Store.swift or …Schema.swift file")
        }
    }

    private static func isStatement(_ text: String) -> Bool {
        text.contains(/\b(INSERT INTO|DELETE FROM|CREATE (UNIQUE )?(TABLE|INDEX)|ALTER TABLE|DROP TABLE)\b/)
            || text.contains(/\bSELECT\b[\s\S]*\bFROM\b/)
            || text.contains(/\bUPDATE\s+\w+\s+SET\b/)
    }
}

/// Folders and files that hold whatever did not fit elsewhere.
enum DrawerCheck {
    private static let drawers: Set<String> = [
        "Core", "Common", "Shared", "Util", "Utils", "Utilities", "Helper", "Helpers", "Service", "Services",
        "Manager", "Managers", "Extension", "Extensions", "Misc", "Impl",
    ]

    /// - Parameter path: a file under Sources or Tests.
    static func findings(path: String) -> [Finding] {
        path.split(separator: "/").compactMap { part in
            let stem = String(part.split(separator: ".").first ?? part)
            let name = stem.split(separator: "+").last.map(String.init) ?? stem
            guard drawers.contains(name.lastWord) || drawers.contains(name) else { return nil }
            return Finding(path, "`\(part)` is a drawer: name it after what it holds")
        }
    }

    static func findings(in table: PackageTable) -> [Finding] {
        table.targets.filter { drawers.contains($0.name.lastWord) }.map {
            Finding("Package.swift", "the target \($0.name) is a drawer: name it after what it holds")
        }
    }
}

extension String {
    /// The last word of a name in camel case: `DateHelpers` → `Helpers`.
    fileprivate var lastWord: String {
        guard let start = lastIndex(where: \.isUppercase) else { return self }
        return String(self[start...])
    }
}
