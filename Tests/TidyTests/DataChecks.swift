import Foundation

/// The folder of built-in files held against the table in `built_in.c`.
enum BuiltInCheck {
    /// - Parameters:
    ///   - table: the text of `built_in.c`.
    ///   - names: the files in the folder beside it, by name.
    static func findings(table: String, names: [String]) -> [Finding] {
        let path = "Sources/Kernel/BuiltIn/built_in.c"
        var embedded: [String: String] = [:]
        for match in table.matches(of: /(\w+)\s*\[\]\s*=\s*\{\s*#embed\s+"files\/([^"]+)"/) {
            embedded[String(match.1)] = String(match.2)
        }
        var listed: [String: Int] = [:]
        var findings: [Finding] = []
        for match in table.matches(of: /\{\s*"([^"]+)"\s*,\s*(\w+)\s*,\s*sizeof\s*\(?\s*(\w+)\s*\)?\s*\}/) {
            let name = String(match.1)
            listed[name, default: 0] += 1
            if embedded[String(match.2)] != name {
                findings.append(Finding(path, "the row `\(name)` does not hold the bytes of files/\(name)"))
            }
            if match.2 != match.3 {
                findings.append(Finding(path, "the row `\(name)` takes its size from another constant"))
            }
        }
        for name in names where listed[name] == nil {
            findings.append(Finding(path, "files/\(name) is in the folder and not in the table"))
        }
        for name in listed.keys.sorted() where !names.contains(name) {
            findings.append(Finding(path, "the table names files/\(name), which is not in the folder"))
        }
        for (name, count) in listed.sorted(by: { $0.key < $1.key }) where count > 1 {
            findings.append(Finding(path, "the table names files/\(name) \(count) times"))
        }
        return findings
    }
}

/// Every time rule has a clause, a mark whether it was verified, and a page in docs/law.
enum TimeRuleCheck {
    private static let path = "Sources/Kernel/BuiltIn/files/law-*.json"

    /// - Parameters:
    ///   - files: the bytes of each file of the release.
    ///   - pages: the text of each page of docs/law by its path.
    /// - Throws: when the file is not JSON.
    static func findings(files: [Data], pages: [String: String]) throws -> [Finding] {
        var rules: [[String: Any]] = []
        for file in files {
            guard let some = try Self.rules(in: JSONSerialization.jsonObject(with: file)) else {
                return [Finding(path, "holds no list of rules")]
            }
            rules += some
        }
        return rules.flatMap { findings(rule: $0, pages: pages) } + overlaps(of: rules)
    }

    private static func findings(rule: [String: Any], pages: [String: String]) -> [Finding] {
        guard let id = rule["id"] as? String, !id.isEmpty else { return [Finding(path, "a rule has no id")] }
        var findings: [Finding] = []
        if (rule["clause"] as? String ?? "").isEmpty {
            findings.append(Finding(path, "the rule \(id) cites no clause"))
        }
        if !(rule["verified"] is Bool) {
            findings.append(Finding(path, "the rule \(id) does not say whether it was verified"))
        }
        if let page = rule["page"] as? String, let text = pages[page] {
            if !text.contains("`\(id)`") { findings.append(Finding(page, "does not name the rule `\(id)`")) }
        } else {
            findings.append(Finding(path, "the rule \(id) names no page of docs/law that is there"))
        }
        return findings
    }

    /// A rule may stand several times, once for each version of the law; only one is in force on a day.
    private static func overlaps(of rules: [[String: Any]]) -> [Finding] {
        let byID = Dictionary(grouping: rules) { $0["id"] as? String ?? "" }
        return byID.sorted { $0.key < $1.key }.flatMap { id, versions -> [Finding] in
            let spans = versions.map {
                (from: $0["effectiveFrom"] as? String ?? "", to: $0["effectiveTo"] as? String ?? "9999")
            }.sorted { $0.from < $1.from }
            return zip(spans, spans.dropFirst()).filter { $0.to >= $1.from }.map { _, later in
                Finding(
                    path,
                    "the rule \(id) stands twice from \(later.from.isEmpty ? "the start" : later.from) on")
            }
        }
    }

    private static func rules(in whole: Any) -> [[String: Any]]? {
        if let list = whole as? [[String: Any]] { return list }
        guard let object = whole as? [String: Any] else { return nil }
        if object.isEmpty { return [] }
        return object["rules"] as? [[String: Any]]
    }
}

/// What may not stand in the repository at all.
enum KeptFileCheck {
    /// - Parameter path: a file that git keeps, relative to the package.
    static func findings(path: String) -> [Finding] {
        let parts = path.split(separator: "/")
        if path == "Package.resolved" || parts.contains(where: { $0.hasPrefix(".build") }) {
            return [Finding(path, "is made by the build: not to be kept")]
        }
        return []
    }

    /// Paths of the machine that somebody worked on. Written in two halves, or this file would be found.
    private static let machinePaths = [
        "/wo" + "rk/", "/tmp/ho" + "use", "/tmp/w" + "t/", "/ro" + "ot/", "/Us" + "ers/",
        ".libr" + "ary/",
    ]

    static func findings(path: String, text: String) -> [Finding] {
        var findings: [Finding] = []
        for (offset, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            for machinePath in machinePaths where line.names(machinePath) {
                findings.append(
                    Finding(path, line: offset + 1, "names a path of one machine: \(machinePath)"))
            }
        }
        return findings
    }
}

extension Substring {
    /// Whether that path stands here by itself, not as the tail of an address or a longer path.
    fileprivate func names(_ path: String) -> Bool {
        ranges(of: path).contains { range in
            guard range.lowerBound > startIndex else { return true }
            let before = self[index(before: range.lowerBound)]
            return !(before.isLetter || before.isNumber || before == "." || before == "-" || before == "_")
        }
    }
}
