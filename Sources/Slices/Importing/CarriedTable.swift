import ChineseText
import Spreadsheet

/// The rows below the header of a table, each as one object whose members are its columns.
package struct CarriedTable: Sendable {
    package let columns: [String]
    package let rows: [CarriedRow]
    /// Rows above the header: a heading over the whole table.
    package let rowsAbove: Int

    /// Rows among which the header is looked for.
    private static let headerReach = 20
    private static let limits = CSVReader.Limits(cellBytesMax: 1_000_000, cellsMax: 400, rowsMax: 1_000_000)

    /// Reads comma-, tab- or semicolon-separated values.
    ///
    /// - Parameter isHeader: whether these columns are those of a known form; the first row is the header when no row
    ///   near the start is one.
    /// - Throws: `CSVError` where the file has no single reading.
    package init(
        separated text: DecodedText, isHeader: (Set<String>) -> Bool
    ) throws(CSVError) {
        var reader = CSVReader(text.bytes, separator: Self.separator(text.bytes), limits: Self.limits)
        var rows: [CSVRow] = []
        while let row = try reader.next() { rows.append(row) }
        self.init(rows, broken: text.broken, pads: false, isHeader: isHeader)
    }

    /// Reads the first sheet of a workbook.
    package init(workbook: [UInt8], isHeader: (Set<String>) -> Bool) throws(SheetError) {
        let rows = try XLSXReader(workbook, limits: Self.limits).rows()
        self.init(rows, broken: [], pads: true, isHeader: isHeader)
    }

    /// - Parameter pads: a row may end early: a workbook does not keep blank cells at its right.
    private init(
        _ rows: [CSVRow], broken: [BrokenByte], pads: Bool, isHeader: (Set<String>) -> Bool
    ) {
        let header =
            rows.prefix(Self.headerReach).firstIndex { isHeader(Set($0.cells.map(\.tidied))) }
            ?? rows.startIndex
        guard header < rows.endIndex else {
            (columns, self.rows, rowsAbove) = ([], [], 0)
            return
        }
        let columns = Self.named(rows[header].cells)
        let below = rows[(header + 1)...]
        self.columns = columns
        rowsAbove = header
        self.rows = below.indices.map { index in
            let next = index + 1 < rows.endIndex ? rows[index + 1].line : Int.max
            let place = broken.first { $0.line >= rows[index].line && $0.line < next }
            return Self.carried(rows[index], columns, place, pads: pads)
        }
    }

    private static func carried(
        _ row: CSVRow, _ columns: [String], _ broken: BrokenByte?, pads: Bool
    ) -> CarriedRow {
        if let broken {
            return .refused(RowFinding(row: row.line, broken))
        }
        let more = row.cells.dropFirst(columns.count)
        guard more.allSatisfy({ $0.tidied.isEmpty }), pads || row.cells.count >= columns.count else {
            return .refused(
                RowFinding(
                    row: row.line, code: .rowRagged,
                    detail: "The row has \(row.cells.count) cells, the header \(columns.count)."))
        }
        let members = columns.enumerated().map { index, name in
            JSONMember(name: name, value: .string(index < row.cells.count ? row.cells[index] : ""))
        }
        return .value(.object(members), row: row.line)
    }

    /// The header's names; one that repeats gets its number: 金额, 金额 (2).
    private static func named(_ cells: [String]) -> [String] {
        var seen: [String: Int] = [:]
        return cells.map { cell in
            let name = cell.tidied
            let count = seen[name, default: 0] + 1
            seen[name] = count
            return count == 1 ? name : "\(name) (\(count))"
        }
    }

    /// The separator that stands most often in the first line.
    private static func separator(_ bytes: [UInt8]) -> UInt8 {
        let line = bytes.prefix { $0 != 0x0A && $0 != 0x0D }
        return [0x2C, 0x09, 0x3B].max { left, right in
            line.count { $0 == left } < line.count { $0 == right }
        } ?? 0x2C
    }
}

extension RowFinding {
    package init(row: Int, _ broken: BrokenByte) {
        let hex = String(broken.byte, radix: 16, uppercase: true)
        self.init(
            row: row, code: .bytesBroken,
            detail:
                "Line \(broken.line), byte \(broken.column): 0x\(hex) is no character of the file's encoding."
        )
    }
}

extension String {
    /// Without white space at either end; runs of it within, tabs and line ends among them, are one space.
    var tidied: String {
        let words = unicodeScalars.split { $0.properties.isWhitespace }
        return words.map { String($0) }.joined(separator: " ")
    }
}
