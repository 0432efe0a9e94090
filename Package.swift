// swift-tools-version:6.2
import PackageDescription

// The house, ring by ring: App -> Slices -> Kernel -> Foundations.
// Tests/TidyTests compares every `import` with this table.

let house: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// A slice and the people say in a README what they are for.
func documents(in folder: String) -> [String] {
    folder.hasPrefix("Slices/") || folder == "Kernel/People" ? ["README.md"] : []
}

func ring(_ name: String, in folder: String, _ dependencies: [Target.Dependency], exclude: [String] = [])
    -> Target
{
    .target(
        name: name, dependencies: dependencies, path: "Sources/\(folder)",
        exclude: exclude + documents(in: folder),
        swiftSettings: house)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(
        name: name + "Tests", dependencies: dependencies + [.target(name: name)], swiftSettings: house)
}

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let asyncHTTPClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let grdbSQLite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let hummingbirdHTTP2 = Target.Dependency.product(name: "HummingbirdHTTP2", package: "hummingbird")
let hummingbirdTesting = Target.Dependency.product(name: "HummingbirdTesting", package: "hummingbird")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let nioTLS = Target.Dependency.product(name: "NIOTLS", package: "swift-nio")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")

let package = Package(
    name: "sundial",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "sundial", targets: ["sundial"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // Foundations: know nothing of disclosure.
        ring("CivilTime", in: "Foundations/CivilTime", []),
        ring("Identifiers", in: "Foundations/Identifiers", ["CivilTime"]),
        .systemLibrary(
            name: "COpenCC", path: "Sources/Foundations/COpenCC", pkgConfig: "opencc",
            providers: [.apt(["libopencc-dev"])]),
        .systemLibrary(
            name: "CZlib", path: "Sources/Foundations/CZlib", pkgConfig: "zlib",
            providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(
            name: "CExpat", path: "Sources/Foundations/CExpat", pkgConfig: "expat",
            providers: [.apt(["libexpat1-dev"])]),
        ring("Spreadsheet", in: "Foundations/Spreadsheet", ["CZlib", "CExpat"]),
        .systemLibrary(
            name: "CGumbo", path: "Sources/Foundations/CGumbo", pkgConfig: "gumbo",
            providers: [.apt(["libgumbo-dev"])]),
        .target(
            name: "CConfinedGumbo", dependencies: ["CGumbo"], path: "Sources/Foundations/CConfinedGumbo"),
        ring("Markup", in: "Foundations/Markup", ["CGumbo", "CConfinedGumbo"]),
        ring("ChineseText", in: "Foundations/ChineseText", ["COpenCC"]),
        ring(
            "Storage", in: "Foundations/Storage", ["CivilTime", crypto], exclude: ["SQLite", "PostgreSQL"]),
        ring("StorageSQLite", in: "Foundations/Storage/SQLite", ["Storage", grdb, grdbSQLite]),
        .systemLibrary(
            name: "CPostgreSQL", path: "Sources/Foundations/CPostgreSQL", pkgConfig: "libpq",
            providers: [.apt(["libpq-dev"])]),
        ring(
            "StoragePostgreSQL", in: "Foundations/Storage/PostgreSQL", ["Storage", "CPostgreSQL", nioPosix]),
        .systemLibrary(
            name: "CLibcrypto", path: "Sources/Foundations/CLibcrypto", pkgConfig: "libcrypto",
            providers: [.apt(["libssl-dev"])]),
        .target(name: "CManySHA256", path: "Sources/Foundations/CManySHA256"),
        ring("MerkleLog", in: "Foundations/MerkleLog", ["CLibcrypto", "CManySHA256", crypto]),
        .systemLibrary(
            name: "CQREncode", path: "Sources/Foundations/CQREncode", pkgConfig: "libqrencode",
            providers: [.apt(["libqrencode-dev"])]),
        ring(
            "Web", in: "Foundations/Web",
            [
                "CivilTime", "CQREncode", "CZlib", crypto, hummingbird, hummingbirdCore, hummingbirdHTTP2,
                httpTypes, logging, nioCore, nioSSL, nioTLS,
            ]),

        // Kernel: the law and the people.
        .target(name: "BuiltIn", path: "Sources/Kernel/BuiltIn", exclude: ["files"]),
        ring("Law", in: "Kernel/Law", ["CivilTime", "Identifiers", "Storage", "BuiltIn"]),
        ring("People", in: "Kernel/People", ["CivilTime", "Identifiers", "Storage", "Law"]),

        // Slices: the mission. Writers in their declared order, then followers and readers.
        ring(
            "Catalogue", in: "Slices/Catalogue",
            ["CivilTime", "Spreadsheet", "Storage", "Law", "People"]),
        ring(
            "Projects", in: "Slices/Projects",
            ["CivilTime", "Identifiers", "Storage", "Law", "People", "Catalogue", "ChineseText"]),
        ring(
            "Obligations", in: "Slices/Obligations",
            ["CivilTime", "Storage", "Law", "People", "Catalogue", "Projects"]),
        ring(
            "Publishing", in: "Slices/Publishing",
            ["CivilTime", "Markup", "Storage", "Law", "People", "Catalogue", "Projects", "Obligations"]),
        ring(
            "Importing", in: "Slices/Importing",
            [
                "CivilTime", "ChineseText", "Markup", "Spreadsheet", "Storage", "Law", "People", "Catalogue",
                "Projects",
                "Obligations", "Publishing",
            ]),
        ring(
            "Searching", in: "Slices/Searching",
            [
                "CivilTime", "ChineseText", "Spreadsheet", "Storage", "Law", "People", "Catalogue",
                "Projects", "Publishing",
            ]),
        ring(
            "Counting", in: "Slices/Counting",
            ["CivilTime", "Storage", "Catalogue", "Obligations", "Publishing", "Importing"]),
        ring(
            "Transparency", in: "Slices/Transparency",
            [
                "CivilTime", "Markup", "MerkleLog", "Storage", "Law", "People", "Catalogue", "Obligations",
                "Publishing",
                crypto, cryptoExtras,
            ]),
        ring(
            "Portal", in: "Slices/Portal",
            [
                "CivilTime", "ChineseText", "Markup", "Identifiers", "Spreadsheet", "Storage", "Web", "Law",
                "People", "Catalogue", "Projects", "Obligations", "Publishing", "Importing", "Searching",
                "Counting", "Transparency", "MerkleLog",
            ]),

        // App: wiring, nothing clever.
        ring(
            "Platform", in: "App/Platform",
            [
                "CivilTime", "ChineseText", "Markup", "Spreadsheet", "Storage", "StorageSQLite",
                "StoragePostgreSQL", "Web", "Law",
                "People", "Catalogue", "Projects", "Obligations", "Publishing", "Importing", "Searching",
                "Transparency", "MerkleLog", "Counting", "Portal", asyncHTTPClient, httpTypes, hummingbird,
                hummingbirdCore, lifecycle, logging, nioCore, nioHTTP1, unixSignals,
            ]),
        ring(
            "Demo", in: "App/Demo",
            [
                "CivilTime", "Storage", "Law", "People", "Catalogue", "Projects", "Obligations", "Publishing",
                "Importing",
            ]),
        .executableTarget(
            name: "sundial",
            dependencies: [
                "CivilTime", "ChineseText", "Identifiers", "Spreadsheet", "Storage", "Law", "People",
                "Catalogue", "Projects", "Obligations", "Publishing", "Importing", "Searching",
                "Transparency",
                "MerkleLog", "Demo", "Platform", "Web", argumentParser, logging,
            ],
            path: "Sources/App/sundial", swiftSettings: house),

        // Tests.
        tests("CivilTime", ["Law"]),
        tests("Identifiers", ["CivilTime", "Law"]),
        tests("Law", ["CivilTime"]),
        .target(
            name: "StorageTesting", dependencies: ["Storage", "StorageSQLite", "StoragePostgreSQL"],
            path: "Tests/StorageTesting", swiftSettings: house),
        tests("Storage", ["CivilTime", "StorageSQLite", "StoragePostgreSQL", "StorageTesting"]),
        tests("ChineseText", []),
        tests("Spreadsheet", []),
        tests("Markup", []),
        tests("MerkleLog", [crypto, "PeerTesting"]),
        tests("People", ["CivilTime", "Law", "Storage", "StorageTesting"]),
        tests(
            "Catalogue", [crypto, "CivilTime", "Law", "People", "Spreadsheet", "Storage", "StorageTesting"]),
        .testTarget(
            name: "SundialTests",
            dependencies: [
                "sundial", "PeerTesting", "StorageSQLite", "Storage", "Law", "MerkleLog", "Transparency",
                "Platform", logging,
            ], swiftSettings: house),
        // Reads the files of the package and imports nothing of it.
        .testTarget(name: "TidyTests", swiftSettings: house),
        .target(name: "PeerTesting", path: "Tests/PeerTesting", swiftSettings: house),
        .target(
            name: "WebTesting",
            dependencies: ["Web", hummingbird, hummingbirdTesting, httpTypes, logging, nioCore],
            path: "Tests/WebTesting", swiftSettings: house),
        tests("Web", ["WebTesting", "CivilTime", "CZlib", "Law", httpTypes, logging]),
        .target(name: "BrowserTesting", path: "Tests/BrowserTesting", swiftSettings: house),
        .testTarget(
            name: "BrowserTests",
            dependencies: [
                "BrowserTesting", "WebTesting", "StorageTesting", "CivilTime", "Storage", "StorageSQLite",
                "Web",
                "Transparency", "Counting", "Portal", "Demo", "Platform",
            ], swiftSettings: house),
        tests(
            "Importing",
            [
                "LedgerTesting", "ChineseText", "CivilTime", "Markup", "Law", "Obligations", "Projects",
                "Publishing",
                "People",
                "Spreadsheet", "Storage", "StorageTesting",
            ]),
        tests(
            "Portal",
            [
                crypto, "WebTesting", "BrowserTesting", "LedgerTesting", "StorageTesting", "ChineseText",
                "CivilTime",
                "Markup", "Web", "Storage", "Law", "People", "Importing",
                "Catalogue", "Projects", "Obligations", "Publishing", "Searching", "Transparency",
                "Counting", "MerkleLog",
            ]),
        tests(
            "Demo",
            [
                "CivilTime", "Storage", "StorageTesting", "Law", "People", "Catalogue", "Projects",
                "Obligations",
                "Publishing", "Importing",
            ]),
        .target(
            name: "LedgerTesting",
            dependencies: [
                "CivilTime", "Storage", "StorageTesting", "Law", "People", "Catalogue", "Projects",
                "Obligations",
                "Publishing", "Counting", "Importing",
            ],
            path: "Tests/LedgerTesting", swiftSettings: house),
        tests(
            "Projects",
            [
                "LedgerTesting", "CivilTime", "Identifiers", "Storage", "StorageTesting", "Law", "People",
                "Catalogue",
            ]),
        tests(
            "Obligations",
            [
                "LedgerTesting", "CivilTime", "Storage", "StorageTesting", "Law", "People", "Catalogue",
                "Projects",
                "Publishing",
                "Spreadsheet",
            ]),
        tests(
            "Transparency",
            [
                "LedgerTesting", "Catalogue", "CivilTime", "MerkleLog", "Storage", "StorageTesting", "Law",
                "People",
                "Obligations", "Publishing",
            ]),
        tests(
            "Counting",
            [
                "LedgerTesting", "CivilTime", "Law", "People", "Storage", "StorageTesting", "Obligations",
                "Publishing", "Importing",
            ]),
        tests(
            "Publishing",
            [
                "LedgerTesting", "CivilTime", "Markup", "Storage", "StorageTesting", "Law", "People",
                "Catalogue",
                "Projects", "Obligations",
            ]),
    ]
)
