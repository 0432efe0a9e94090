/// Reads the cells of a workbook (xlsx) as text, as they stand in the file.
///
/// A merged cell gives its text to every cell it covers. A formula gives the value that was last computed. Numbers
/// and dates are not interpreted.
package struct XLSXReader: Sendable {
    private let archive: ZipArchive
    private let limits: CSVReader.Limits
    /// The sheets in the order of the workbook: their names and entries.
    private var sheets: [(name: String, entry: String)] = []
    private var texts: [String] = []

    package init(
        _ bytes: [UInt8],
        limits: CSVReader.Limits = .init(cellBytesMax: 100_000, cellsMax: 200, rowsMax: 20_000),
        archiveLimits: ZipArchive.Limits = ZipArchive.Limits()
    ) throws(SheetError) {
        archive = try ZipArchive(bytes, limits: archiveLimits)
        self.limits = limits
        sheets = try readSheets()
        texts = try readTexts()
    }

    /// Whether bytes begin like a zip archive.
    package static func recognises(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) }

    package var sheetNames: [String] { sheets.map(\.name) }

    /// The rows of a sheet that hold anything, with their numbers as the program shows them.
    ///
    /// - Parameter name: nil for the first sheet.
    package func rows(ofSheet name: String? = nil) throws(SheetError) -> [CSVRow] {
        guard let sheet = sheets.first(where: { name == nil || $0.name == name }) else {
            throw SheetError(.noSheet, in: name ?? "")
        }
        guard let bytes = try archive.contents(sheet.entry) else {
            throw SheetError(.noSheet, in: sheet.entry)
        }
        var grid = Grid(texts: texts, limits: limits, place: sheet.entry)
        try XMLWalk.walk(bytes, in: sheet.entry) { step throws(SheetError) in try grid.take(step) }
        return try grid.rows()
    }

    private func readSheets() throws(SheetError) -> [(name: String, entry: String)] {
        guard let book = try archive.contents("xl/workbook.xml"),
            let relations = try archive.contents("xl/_rels/workbook.xml.rels")
        else { throw SheetError(.noWorkbook) }
        var targets: [String: String] = [:]
        try XMLWalk.walk(relations, in: "xl/_rels/workbook.xml.rels") { step in
            guard case .open("Relationship", let attributes) = step, let id = attributes["Id"],
                let target = attributes["Target"]
            else { return }
            targets[id] = target.hasPrefix("/") ? String(target.dropFirst()) : "xl/" + target
        }
        var found: [(name: String, entry: String)] = []
        try XMLWalk.walk(book, in: "xl/workbook.xml") { step in
            guard case .open("sheet", let attributes) = step, let name = attributes["name"],
                let entry = attributes["id"].flatMap({ targets[$0] })
            else { return }
            found.append((name: name, entry: entry))
        }
        guard !found.isEmpty else { throw SheetError(.noWorkbook) }
        return found
    }

    /// The texts that cells share; how a text is pronounced (`rPh`) is no part of it.
    private func readTexts() throws(SheetError) -> [String] {
        guard let bytes = try archive.contents("xl/sharedStrings.xml") else { return [] }
        var texts: [String] = []
        var text = ""
        var isText = false
        var isSound = false
        try XMLWalk.walk(bytes, in: "xl/sharedStrings.xml") { step in
            switch step {
            case .open("si", _): text = ""
            case .open("rPh", _): isSound = true
            case .open("t", _): isText = true
            case .text(let piece): if isText, !isSound { text += piece }
            case .close("t"): isText = false
            case .close("rPh"): isSound = false
            case .close("si"): texts.append(text)
            default: break
            }
        }
        return texts
    }
}

/// A sheet while it is read.
private struct Grid {
    private struct Cell {
        let row: Int
        let column: Int
        let kind: String
        var text = ""
    }

    private struct Range {
        let first: (row: Int, column: Int)
        let last: (row: Int, column: Int)
    }

    let texts: [String]
    let limits: CSVReader.Limits
    let place: String
    private var cells: [Int: [Int: String]] = [:]
    private var merged: [Range] = []
    private var cell: Cell?
    private var isText = false
    private var isSound = false

    init(texts: [String], limits: CSVReader.Limits, place: String) {
        self.texts = texts
        self.limits = limits
        self.place = place
    }

    mutating func take(_ step: XMLStep) throws(SheetError) {
        switch step {
        case .open("c", let attributes):
            let place = try position(attributes["r"] ?? "")
            cell = Cell(row: place.row, column: place.column, kind: attributes["t"] ?? "n")
        case .open("v", _), .open("t", _): isText = cell != nil
        case .open("rPh", _): isSound = true
        case .text(let piece): if isText, !isSound { cell?.text += piece }
        case .close("v"), .close("t"): isText = false
        case .close("rPh"): isSound = false
        case .close("c"): try keep()
        case .open("mergeCell", let attributes): try merge(attributes["ref"] ?? "")
        default: break
        }
    }

    private mutating func keep() throws(SheetError) {
        guard let cell else { return }
        self.cell = nil
        guard !cell.text.isEmpty else { return }
        var text = cell.text
        if cell.kind == "s" {
            guard let index = Int(text), texts.indices.contains(index) else {
                throw SheetError(.badCell, in: place)
            }
            text = texts[index]
        }
        guard text.utf8.count <= limits.cellBytesMax else { throw SheetError(.cellTooLong, in: place) }
        cells[cell.row, default: [:]][cell.column] = text
        guard cells.count <= limits.rowsMax else { throw SheetError(.tooManyRows, in: place) }
    }

    private mutating func merge(_ reference: String) throws(SheetError) {
        let corners = reference.split(separator: ":").map(String.init)
        guard corners.count == 2 else { throw SheetError(.badCell, in: reference) }
        merged.append(Range(first: try position(corners[0]), last: try position(corners[1])))
        guard merged.count <= limits.rowsMax else { throw SheetError(.tooManyRows, in: place) }
    }

    /// `AB12`: row and column, counted from 1 and 0.
    private func position(_ reference: String) throws(SheetError) -> (row: Int, column: Int) {
        let letters = reference.utf8.prefix { (0x41...0x5A).contains($0) }
        guard (1...3).contains(letters.count), let row = Int(reference.dropFirst(letters.count)), row > 0
        else { throw SheetError(.badCell, in: reference) }
        let column = letters.reduce(0) { $0 * 26 + Int($1) - 0x40 } - 1
        guard column < limits.cellsMax else { throw SheetError(.tooManyCells, in: reference) }
        guard row <= 1_048_576 else { throw SheetError(.badCell, in: reference) }
        return (row, column)
    }

    mutating func rows() throws(SheetError) -> [CSVRow] {
        for range in merged { fill(range) }
        var rows: [CSVRow] = []
        for (number, row) in cells.sorted(by: { $0.key < $1.key }) {
            let width = (row.keys.max() ?? 0) + 1
            rows.append(CSVRow(line: number, cells: (0..<width).map { row[$0] ?? "" }))
        }
        return rows
    }

    /// Rows that hold nothing else do not come to be by a merge: it may name a million of them.
    private mutating func fill(_ range: Range) {
        guard range.first.row <= range.last.row, range.first.column <= range.last.column,
            let text = cells[range.first.row]?[range.first.column]
        else { return }
        let known = cells.keys.filter { (range.first.row...range.last.row).contains($0) }
        for row in known {
            for column in range.first.column...range.last.column { cells[row]?[column] = text }
        }
    }
}
