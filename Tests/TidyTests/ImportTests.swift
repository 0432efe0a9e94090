import Testing

@Suite struct `Imports` {
    @Test func `are those that Package swift lists for the target`() throws {
        let table = try PackageTable(manifest: Repository.here.text("Package.swift"))
        let files = try Repository.here.sources(under: "Sources") + Repository.here.sources(under: "Tests")
        #expect(files.count > 10)
        let findings = files.flatMap {
            ImportCheck.findings(in: $0, table: table) + ImportCheck.foundationFindings(in: $0)
        }
        #expect(findings.isEmpty, "\(findings.report)")
    }

    @Test func `go down the rings and along the declared order of the slices`() throws {
        let findings = RingCheck.findings(
            in: try PackageTable(manifest: Repository.here.text("Package.swift")))
        #expect(findings.isEmpty, "\(findings.report)")
    }
}

@Suite struct `The import check` {
    private let table: PackageTable

    init() throws {
        table = try PackageTable(
            manifest: """
                let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
                func ring(_ name: String) -> Target { .target(name: name) }  // ignored: ring("X", in: "Y", [])
                let package = Package(
                    name: "sample", platforms: [.macOS(.v15)],
                    targets: [
                        // Prose with "quotes" and (brackets.
                        ring("CivilTime", in: "Foundations/CivilTime", []),
                        ring("Storage", in: "Foundations/Storage", ["CivilTime"], exclude: ["SQLite"]),
                        ring("StorageSQLite", in: "Foundations/Storage/SQLite", ["Storage", grdb]),
                        ring("Catalogue", in: "Slices/Catalogue", [.target(name: "Storage"), grdb]),
                        .testTarget(name: "TidyTests", swiftSettings: house),
                        tests("Storage", ["CivilTime"]),
                    ]
                )
                """)
    }

    private func messages(_ path: String, _ text: String) -> [String] {
        ImportCheck.findings(in: SourceFile(path: path, text: text), table: table).map(\.message)
    }

    @Test func `reads every form of target`() {
        #expect(table["StorageSQLite"]?.dependencies == ["Storage", "GRDB"])
        #expect(table["Catalogue"]?.folder == "Sources/Slices/Catalogue")
        #expect(table["StorageTests"]?.dependencies == ["CivilTime", "Storage"])
        #expect(table["TidyTests"]?.folder == "Tests/TidyTests")
        #expect(table.targets.count == 6)
        #expect(table.owner(of: "Sources/Foundations/Storage/SQLite/A.swift")?.name == "StorageSQLite")
        #expect(table.owner(of: "Sources/Foundations/Storage/A.swift")?.name == "Storage")
    }

    @Test func `refuses a manifest that is no table`() {
        #expect(throws: PackageTable.Unreadable.self) {
            try PackageTable(manifest: "let package = Package(name: \"x\", targets: makeTargets())")
        }
        #expect(throws: PackageTable.Unreadable.self) {
            try PackageTable(manifest: "let package = Package(targets: [other(\"X\")])")
        }
    }

    @Test(arguments: [
        "import Storage", "@testable import Storage", "package import struct Storage.Row", "  import Storage",
        "@_spi(Inside) @testable import Storage  // why",
    ])
    func `finds an import in any dress`(line: String) {
        let path = "Sources/Foundations/CivilTime/Day.swift"
        #expect(messages(path, "// head\n\(line)\n").count == 1)
        #expect(messages("Sources/Slices/Catalogue/A.swift", line).isEmpty)
    }

    @Test func `is not misled by comments and strings`() {
        let text = "/* import GRDB\nimport GRDB */\n// import GRDB\nlet text = \"\"\"\nimport GRDB\n\"\"\"\n"
        #expect(messages("Sources/Foundations/CivilTime/Day.swift", text).isEmpty)
    }

    @Test func `keeps the drivers behind their one door`() {
        let messages = messages("Sources/Slices/Catalogue/A.swift", "import GRDB")
        #expect(messages == ["imports GRDB: only StorageSQLite may"])
    }

    @Test func `wants every file in a target`() {
        #expect(messages("Sources/Stray.swift", "").count == 1)
    }

    @Test func `keeps Foundation out of the civil calendar`() {
        let file = SourceFile(
            path: "Sources/Foundations/CivilTime/Day.swift", text: "import FoundationEssentials")
        #expect(ImportCheck.foundationFindings(in: file).count == 1)
    }

    @Test(arguments: [
        (#"ring("Law", in: "Kernel/Law", ["Portal"]), ring("Portal", in: "Slices/Portal", [])"#, 1),
        (
            #"ring("Catalogue", in: "Slices/Catalogue", ["Projects"]), ring("Projects", in: "Slices/Projects", [])"#,
            1
        ),
        (
            #"ring("Catalogue", in: "Slices/Catalogue", []), ring("Projects", in: "Slices/Projects", ["Catalogue"])"#,
            0
        ),
        (
            #"ring("Projects", in: "Slices/Projects", ["Searching"]), ring("Searching", in: "Slices/Searching", [])"#,
            1
        ),
        (
            #"ring("Searching", in: "Slices/Searching", ["Projects"]), ring("Projects", in: "Slices/Projects", [])"#,
            0
        ),
        (
            #"ring("Portal", in: "Slices/Portal", ["Searching"]), ring("Searching", in: "Slices/Searching", [])"#,
            0
        ),
        (#"ring("Gossip", in: "Slices/Gossip", [])"#, 1),
        (#"ring("Attic", in: "Attic", [])"#, 1),
        (#"ring("Law", in: "Kernel/Law", ["Props"]), .target(name: "Props", path: "Tests/Props")"#, 1),
        (
            #".target(name: "Props", dependencies: ["Law"], path: "Tests/Props"), ring("Law", in: "Kernel/Law", [])"#,
            0
        ),
    ])
    func `sees the rings and the order of the slices`(targets: String, expected: Int) throws {
        let table = try PackageTable(manifest: "let package = Package(targets: [\(targets)])")
        #expect(RingCheck.findings(in: table).count == expected)
    }
}
