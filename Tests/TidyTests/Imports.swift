/// One `import` line: the module it names, with any `import struct Module.Type` reduced to the module.
struct Import: Hashable {
    let module: String
    let line: Int
}

extension SourceFile {
    /// Every import of the file, those inside `#if` too.
    var imports: [Import] {
        codeLines.compactMap { number, text in
            var words = text.split { $0 == " " || $0 == "\t" }[...]
            while let word = words.first, word.hasPrefix("@") || accessLevels.contains(word) {
                words.removeFirst()
            }
            guard words.popFirst() == "import" else { return nil }
            if let word = words.first, kinds.contains(word) { words.removeFirst() }
            guard let path = words.first, let module = path.split(separator: ".").first else { return nil }
            return Import(module: String(module), line: number)
        }
    }
}

private let accessLevels: Set<Substring> = ["public", "package", "internal", "fileprivate", "private"]
private let kinds: Set<Substring> = [
    "struct", "class", "enum", "protocol", "func", "var", "let", "typealias", "actor",
]

/// What comes with the toolchain: open to every target.
private let toolchain: Set<String> = [
    "Swift", "Foundation", "FoundationEssentials", "FoundationXML", "Glibc", "Musl", "Darwin", "Dispatch",
    "Synchronization", "RegexBuilder",
]

enum ImportCheck {
    /// Imports that the table does not allow: each module must be a direct dependency of the file's target.
    ///
    /// SwiftPM does not enforce this: an undeclared transitive import still builds.
    static func findings(in file: SourceFile, table: PackageTable) -> [Finding] {
        guard let target = table.owner(of: file.path) else {
            return [Finding(file.path, "stands in no target of Package.swift")]
        }
        return file.imports.compactMap { `import` in
            let module = `import`.module
            let isOpen = toolchain.contains(module) || (target.isTest && module == "Testing")
            if !isOpen, !target.dependencies.contains(module) {
                return Finding(
                    file.path, line: `import`.line,
                    "imports \(module), which Package.swift does not list for \(target.name)")
            }
            if let doors = onlyDoors.first(where: { module.hasPrefix($0.modulePrefix) }),
                !target.isTest, !doors.targets.contains(target.name)
            {
                return Finding(
                    file.path, line: `import`.line,
                    "imports \(module): only \(doors.targets.joined(separator: " and ")) may")
            }
            return nil
        }
    }

    /// Modules with one door each: everything else goes through the target that wraps them.
    private static let onlyDoors: [(modulePrefix: String, targets: [String])] = [
        ("GRDB", ["StorageSQLite"]),
        ("CPostgreSQL", ["StoragePostgreSQL"]),
        ("COpenCC", ["ChineseText"]),
        ("CZlib", ["Spreadsheet", "Web"]),
        ("CExpat", ["Spreadsheet"]),
        ("CLibcrypto", ["MerkleLog"]),
        ("CManySHA256", ["MerkleLog"]),
        ("CConfinedGumbo", ["Markup"]),
        ("Hummingbird", ["Web", "Platform"]),
        ("AsyncHTTPClient", ["Platform"]),
        ("ArgumentParser", ["sundial"]),
    ]

    /// The civil calendar and the Chinese text are pure: no Foundation, so no clock, zone or locale.
    static func foundationFindings(in file: SourceFile) -> [Finding] {
        guard file.path.hasPrefix("Sources/Foundations/CivilTime/") else { return [] }
        return file.imports.filter { $0.module.hasPrefix("Foundation") }.map {
            Finding(file.path, line: $0.line, "CivilTime knows days without clocks or zones: no \($0.module)")
        }
    }
}

/// Rings and the declared order of the slices, held against the table itself.
enum RingCheck {
    private static let rings = ["Foundations", "Kernel", "Slices", "App"]

    /// Writer slices: each may import those before it.
    private static let writers = ["Catalogue", "Projects", "Obligations", "Publishing", "Importing"]
    /// Followers of the journal: only the portal and the app may import them.
    private static let followers = ["Searching", "Transparency", "Counting"]
    /// Pages that read several slices: only the app may import them.
    private static let readers = ["Portal"]

    static func findings(in table: PackageTable) -> [Finding] {
        let own = table.targets.filter { !$0.isTest }
        return own.flatMap { target -> [Finding] in
            guard let ring = ring(of: target) else {
                return [Finding("Package.swift", "\(target.name) stands in none of the rings \(rings)")]
            }
            var findings: [Finding] = []
            if rings[ring] == "Slices", !(writers + followers + readers).contains(target.name) {
                findings.append(
                    Finding(
                        "Package.swift", "the slice \(target.name) has no declared place: give it one here"))
            }
            for name in target.dependencies {
                guard let dependency = table[name] else { continue }
                guard let below = self.ring(of: dependency) else {
                    findings.append(
                        Finding("Package.swift", "\(target.name) imports \(name), which is in no ring"))
                    continue
                }
                if below > ring {
                    findings.append(
                        Finding("Package.swift", "\(target.name) imports upward: \(name) is in a ring above"))
                } else if rings[ring] == "Slices", rings[below] == "Slices",
                    !mayImport(slice: target.name, name)
                {
                    findings.append(
                        Finding("Package.swift", "\(target.name) may not import the slice \(name)"))
                }
            }
            return findings
        }
    }

    private static func ring(of target: PackageTable.Target) -> Int? {
        rings.firstIndex { target.folder.hasPrefix("Sources/\($0)/") }
    }

    private static func mayImport(slice: String, _ other: String) -> Bool {
        if readers.contains(slice) { return !readers.contains(other) }
        guard let place = writers.firstIndex(of: other) else { return false }
        guard let own = writers.firstIndex(of: slice) else { return followers.contains(slice) }
        return place < own
    }
}
