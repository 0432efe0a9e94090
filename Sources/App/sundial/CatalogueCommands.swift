import ArgumentParser
import Catalogue
import Foundation
import Law
import People
import Platform
import Storage

/// `sundial catalogue`: what must be disclosed, as the built-in lists and files say it. Only `load` opens an instance.
struct CatalogueCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "catalogue",
        abstract: "Show, check and compare the lists of what must be disclosed (公开目录).",
        subcommands: [ExportCommand.self, CheckCommand.self, DiffCommand.self, LoadCommand.self])
}

extension CatalogueCommand {
    /// `sundial catalogue export --jurisdiction CODE`: a whole list.
    struct ExportCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "export",
            abstract: "Print a jurisdiction's list with what it inherits.",
            discussion: """
                Without --json or --csv a text for the notice board (公告栏) is printed, with the version and \
                the SHA-256 of the CSV, so that a copy can be compared: `sundial catalogue export \
                --jurisdiction FG --csv | sha256sum`. The CSV holds the jurisdiction's own items. Exit code 0, \
                1 when there is no such list or version, 64 for wrong use.
                """)

        @OptionGroup var source: ListOptions
        @Option(
            help:
                "The data folder of an instance, whose list in force today is printed: what was loaded there."
        )
        var data: String?
        @Option(help: "A PostgreSQL address in place of --data's file; also SUNDIAL_DATABASE with --data.")
        var database: String?
        @Option(help: "Only this version; the list is refused when it is another.")
        var version: String?
        @Flag(help: "Print JSON.")
        var json = false
        @Flag(help: "Print CSV.")
        var csv = false
        @Flag(help: "Print the text for the notice board (the default).")
        var print = false

        func validate() throws {
            guard [json, csv, print].count(where: { $0 }) <= 1 else {
                throw ValidationError("Give one of --json, --csv and --print.")
            }
            guard source.from == nil || (data == nil && database == nil) else {
                throw ValidationError("Give --from or --data, not both.")
            }
        }

        /// The list of the instance, if one is named: a loaded version by its id, or the one in force today.
        private func list() async throws -> (Jurisdiction, CatalogueList) {
            guard data != nil || database != nil else { return try source.read() }
            var place = PlaceOptions()
            place.data = data ?? "./sundial-data"
            place.database = database
            // Whoever only looks makes no new folder.
            guard database != nil || FileManager.default.fileExists(atPath: place.data) else {
                throw refused("There is no data folder \(place.data).")
            }
            let (code, version) = (source.jurisdiction, version)
            return try await place.withHouse(json: json) { house in
                let today = house.clock.today
                return try await house.database.read { transaction in
                    guard let jurisdiction = try transaction.jurisdictions.jurisdiction(code) else {
                        throw refused("No jurisdiction \(code).")
                    }
                    let store = transaction.catalogue
                    let named = try version.flatMap { try store.list(version: $0) }
                    guard let list = try named ?? store.list(in: code, on: today) else {
                        throw refused("No list of \(code) is in force on \(today).")
                    }
                    return (jurisdiction, list)
                }
            }
        }

        func run() async throws {
            let (jurisdiction, list) = try await list()
            if let version, version != list.version.id {
                throw refused(
                    "No version \(version) of \(list.version.catalogue): there is \(list.version.id).")
            }
            if json {
                Swift.print(try CatalogueExport(list, jurisdiction: jurisdiction.code).json)
            } else if csv {
                Swift.print(CatalogueExport.csv(list), terminator: "")
            } else {
                let rules = try LawFile.builtIn().rules
                let titles = Dictionary(
                    rules.map { ($0.id, $0.title) }, uniquingKeysWith: { _, last in last })
                Swift.print(
                    CatalogueExport.printed(list, jurisdiction: jurisdiction.name, law: titles),
                    terminator: "")
            }
        }
    }

    /// `sundial catalogue check --jurisdiction CODE`: what a list lacks.
    struct CheckCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check",
            abstract: "Report what a list lacks: matter, content, time limit, method, body, supervision.",
            discussion: """
                Exit code 0 when the list may go live (warnings do not count), 1 when it has errors or cannot \
                be read, 64 for wrong use.
                """)

        @OptionGroup var source: ListOptions
        @Flag(help: "Print JSON.")
        var json = false

        func run() throws {
            let (jurisdiction, list) = try source.read()
            let bodies = try BodyFile.builtIn(jurisdiction.code)
            let names = Set((bodies?.bodies ?? []).flatMap(\.bodyNames).map(\.folded))
            let known: @Sendable (String) -> Bool = { names.contains(BodyName.fold($0)) }
            let baseline = try CatalogueFile.builtIn(list.version.baseline)
            let findings = CatalogueCheck(
                list, baseline: baseline, law: try LawFile.builtIn(), knows: bodies == nil ? nil : known
            ).findings()
            let errors = findings.count { $0.severity == .error }
            if json {
                print(try sortedJSON(findings))
            } else {
                for finding in findings {
                    let item = finding.item.isEmpty ? "-" : finding.item
                    print("\(finding.severity.rawValue)\t\(finding.code)\t\(item)\t\(finding.detail)")
                }
                let warnings = findings.count { $0.severity == .warning }
                print("\(list.version.id): \(list.items.count) items, \(errors) errors, \(warnings) warnings")
            }
            if errors > 0 { throw ExitCode(1) }
        }
    }

    /// `sundial catalogue diff A B`: two lists side by side.
    struct DiffCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "diff",
            abstract: "Compare two versions of a list, or a list with its baseline.",
            discussion: """
                Each side is a jurisdiction's code or a file written by `catalogue export --csv`. Two versions \
                of one list are compared cell by cell; two lists are compared by what the later one makes of \
                the items of the first. Exit code 0 also when they differ, 1 when one cannot be read.
                """)

        @Argument(help: "The older list, or the baseline: a code or a file.")
        var old: String
        @Argument(help: "The newer list, or the local one: a code or a file.")
        var new: String
        @Flag(help: "Print JSON.")
        var json = false

        func run() throws {
            let (old, new) = (try list(old), try list(new))
            if old.version.catalogue == new.version.catalogue {
                let diff = CatalogueDiff(from: old, to: new)
                print(json ? try sortedJSON(diff) : diff.text)
            } else {
                let coverage = CatalogueCoverage(of: new, over: old)
                print(json ? try sortedJSON(coverage) : coverage.text)
            }
        }

        private func list(_ side: String) throws -> CatalogueList {
            if FileManager.default.fileExists(atPath: side) { return try readList(file: side) }
            guard let list = try CatalogueFile.builtIn(side) else {
                throw refused("\(side) is neither a file nor the code of a built-in list.")
            }
            return list
        }
    }
}

/// Which list a command reads.
struct ListOptions: ParsableArguments {
    @Option(help: "The jurisdiction's code (辖区代码): CN, FG …")
    var jurisdiction: String
    @Option(help: "A file written by `catalogue export --csv`, in place of the built-in list.")
    var from: String?

    func read() throws -> (Jurisdiction, CatalogueList) {
        let known = try JurisdictionFile.builtIn()
        guard let jurisdiction = known.jurisdiction(jurisdiction) else {
            let codes = known.jurisdictions.map(\.code).joined(separator: ", ")
            throw refused("No jurisdiction \(jurisdiction); there are: \(codes).")
        }
        let read = try from.map(readList(file:)) ?? CatalogueFile.builtIn(jurisdiction.catalogue)
        guard let own = read?.placed(in: jurisdiction.code) else {
            throw refused("No list \(jurisdiction.catalogue) is built in.")
        }
        guard let baseline = try CatalogueFile.builtIn(own.version.baseline) else {
            return (jurisdiction, own)
        }
        return (jurisdiction, own.inheriting(baseline))
    }
}

private func readList(file: String) throws -> CatalogueList {
    guard let data = FileManager.default.contents(atPath: file) else { throw refused("Cannot read \(file).") }
    return try CatalogueFile.exported(Array(data), name: file)
}

/// The world refuses: a sentence for the reader, exit code 1.
private struct CatalogueRefusal: LocalizedError {
    let errorDescription: String?
}

private func refused(_ sentence: String) -> CatalogueRefusal {
    CatalogueRefusal(errorDescription: sentence)
}

private func sortedJSON(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
}

extension CatalogueExport {
    fileprivate var json: String { get throws { try sortedJSON(self) } }
}

extension CatalogueDiff {
    fileprivate var text: String {
        guard !changes.isEmpty else { return "The lists are the same." }
        return changes.map { change in
            let cells = change.cells.map { "\n    \($0.column): \($0.before) → \($0.after)" }.joined()
            return "\(change.kind.rawValue)\t\(change.item)\t\(change.title)\(cells)"
        }.joined(separator: "\n")
    }
}

extension CatalogueCoverage {
    fileprivate var text: String {
        let covered = lines.map { line in
            let mapped = line.mappings.map { "\($0.item) (\($0.relation.rawValue))" }.joined(separator: ", ")
            return "\(line.baseline)\t\(line.inherited ? "inherited" : mapped)\t\(line.title)"
        }
        return (covered + ["\(localOnly.count) items have no counterpart in the baseline."]).joined(
            separator: "\n")
    }
}
