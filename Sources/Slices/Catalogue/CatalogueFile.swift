import CivilTime
import Foundation
import Law
import Spreadsheet
import Storage

/// Reads catalogues from data files: the built-in ones, and lists as `catalogue export --csv` writes them.
package enum CatalogueFile {
    /// What `catalogues.json` says of one catalogue.
    struct Header: Codable {
        let catalogue: String
        let baseline: String
        let title: String
        let document: String
        let effectiveFrom: Day
        let file: String
        let plans: [CataloguePlan]
    }

    private struct Index: Codable {
        let version: String
        let catalogues: [Header]
    }

    /// The codes of the catalogues that are built in.
    package static func builtInCatalogues() throws -> [String] {
        try index().catalogues.map(\.catalogue)
    }

    /// A built-in catalogue with its clocks and mappings, without what it inherits; nil when there is none.
    ///
    /// - Throws: `CatalogueFileError` or `LawFileError` when a built-in file is broken: our own mistake.
    package static func builtIn(_ catalogue: String) throws -> CatalogueList? {
        guard let header = try index().catalogues.first(where: { $0.catalogue == catalogue }) else {
            return nil
        }
        var reading = Reading(file: header.file)
        var items = reading.items(try bytes(header.file))
        let clocks = reading.clocks(try bytes("catalogue-triggers.csv"))
        let known = Set(items.map(\.id))
        let mappings = reading.mappings(try bytes("catalogue-mapping.csv")).filter { known.contains($0.item) }
        items = items.map { item in item.placed(clocks: clocks[item.id] ?? []) }
        try reading.finish()
        return list(header, items, mappings)
    }

    /// A list that was exported before: the header facts are those of the built-in catalogue of the same code.
    ///
    /// - Throws: `CatalogueFileError` with every line that cannot be read.
    package static func exported(_ bytes: [UInt8], name: String) throws -> CatalogueList {
        var reading = Reading(file: name)
        let items = reading.items(bytes)
        let mappings = reading.baselineCells(bytes)
        try reading.finish()
        guard let code = items.first?.catalogue, items.allSatisfy({ $0.catalogue == code }) else {
            throw CatalogueFileError(faults: [
                .init(file: name, line: 1, detail: "no items, or of several catalogues")
            ])
        }
        guard let header = try index().catalogues.first(where: { $0.catalogue == code }) else {
            throw CatalogueFileError(faults: [.init(file: name, line: 1, detail: "unknown catalogue \(code)")]
            )
        }
        return list(header, items, mappings)
    }

    private static func list(
        _ header: Header, _ items: [CatalogueItem], _ mappings: [ItemMapping]
    ) -> CatalogueList {
        list(
            CatalogueVersion(
                id: "", catalogue: header.catalogue, baseline: header.baseline, title: header.title,
                document: header.document, effectiveFrom: header.effectiveFrom, sha256: "",
                plans: header.plans), items, mappings)
    }

    /// A list whose id and hash are those of what it holds.
    static func list(
        _ facts: CatalogueVersion, _ items: [CatalogueItem], _ mappings: [ItemMapping]
    ) -> CatalogueList {
        let sha256 = ContentHash.sha256(Array(CatalogueExport.csv(items: items, mappings: mappings).utf8))
        let id = "\(facts.catalogue)-\(sha256.prefix(12))"
        let version = CatalogueVersion(
            id: id, catalogue: facts.catalogue, baseline: facts.baseline, title: facts.title,
            document: facts.document, effectiveFrom: facts.effectiveFrom, sha256: sha256,
            plans: facts.plans)
        return CatalogueList(
            version: version, items: items.map { $0.placed(version: id) }, mappings: mappings)
    }

    private static func index() throws -> Index {
        do {
            return try JSONDecoder().decode(Index.self, from: Data(try bytes("catalogues.json")))
        } catch let error as DecodingError {
            throw LawFileError(detail: "catalogues.json: \(error)")
        }
    }

    private static func bytes(_ name: String) throws -> [UInt8] {
        guard let bytes = DataFiles.builtIn(name) else {
            throw LawFileError(detail: "\(name) is not built in")
        }
        return bytes
    }
}

/// A catalogue file that cannot be used: every line at fault.
package struct CatalogueFileError: Error, Sendable, CustomStringConvertible {
    package struct Fault: Sendable, Hashable {
        package let file: String
        package let line: Int
        package let detail: String
    }

    package let faults: [Fault]

    package var description: String {
        faults.map { "\($0.file):\($0.line): \($0.detail)" }.joined(separator: "\n")
    }
}

/// Reads the tables and gathers what is wrong with them, so that one run shows every fault.
private struct Reading {
    let file: String
    private var faults: [CatalogueFileError.Fault] = []

    init(file: String) {
        self.file = file
    }

    func finish() throws(CatalogueFileError) {
        if !faults.isEmpty { throw CatalogueFileError(faults: faults) }
    }

    mutating func items(_ bytes: [UInt8]) -> [CatalogueItem] {
        var items: [CatalogueItem] = []
        var ids: Set<String> = []
        for record in records(bytes, file) {
            do throws(CellFault) {
                let item = try CatalogueItem(cells: ItemCells { record[$0] })
                if !ids.insert(item.id).inserted { note(file, record.line, "\(item.id) stands there twice") }
                items.append(item)
            } catch {
                note(file, record.line, "\(error.column): \(error.detail)")
            }
        }
        return items
    }

    mutating func clocks(_ bytes: [UInt8]) -> [String: [ItemClock]] {
        let name = "catalogue-triggers.csv"
        var clocks: [String: [ItemClock]] = [:]
        for record in records(bytes, name) {
            do throws(CellFault) {
                let cells = ItemCells { record[$0] }
                let clock = try ItemCells.clock(
                    channel: try cells.text("channel"), event: try cells.text("event"),
                    element: try cells.text("element"), rule: try cells.text("rule"),
                    basis: try cells.text("basis"))
                clocks[try cells.text("item"), default: []].append(clock)
            } catch {
                note(name, record.line, "\(error.column): \(error.detail)")
            }
        }
        return clocks
    }

    mutating func mappings(_ bytes: [UInt8]) -> [ItemMapping] {
        let name = "catalogue-mapping.csv"
        var mappings: [ItemMapping] = []
        for record in records(bytes, name) {
            do throws(CellFault) {
                let cells = ItemCells { record[$0] }
                mappings.append(
                    ItemMapping(
                        item: try cells.text("item"), baseline: try cells.text("baseline"),
                        relation: try cells.word("relation"), reason: try cells.text("reason")))
            } catch {
                note(name, record.line, "\(error.column): \(error.detail)")
            }
        }
        return mappings
    }

    /// The mappings of an exported list, from its `baseline` cells: `I-CN-001|same|reason`.
    mutating func baselineCells(_ bytes: [UInt8]) -> [ItemMapping] {
        var mappings: [ItemMapping] = []
        for record in records(bytes, file) {
            for entry in (record["baseline"] ?? "").split(separator: ";") {
                let parts = entry.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
                guard parts.count == 3, let relation = MappingRelation(rawValue: parts[1]) else {
                    note(file, record.line, "baseline: not item|relation|reason: \(entry)")
                    continue
                }
                mappings.append(
                    ItemMapping(
                        item: record["item"] ?? "", baseline: parts[0], relation: relation, reason: parts[2]))
            }
        }
        return mappings
    }

    private mutating func records(_ bytes: [UInt8], _ name: String) -> [CSVTable.Record] {
        do {
            let limits = CSVReader.Limits(cellBytesMax: 20_000, cellsMax: 100, rowsMax: 20_000)
            return try CSVTable(bytes, limits: limits).records
        } catch {
            note(name, error.line, error.fault.rawValue)
            return []
        }
    }

    private mutating func note(_ file: String, _ line: Int, _ detail: String) {
        faults.append(CatalogueFileError.Fault(file: file, line: line, detail: detail))
    }
}
