/// Rows for a spreadsheet: RFC 4180 with a byte order mark, so that Chinese opens well.
package struct CSVTable: Sendable, Hashable {
    package let columns: [String]
    package private(set) var rows: [[String]]

    package init(columns: [String], rows: [[String]] = []) {
        precondition(rows.allSatisfy { $0.count == columns.count }, "a row has as many cells as columns")
        self.columns = columns
        self.rows = rows
    }

    package mutating func append(_ row: [String]) {
        precondition(row.count == columns.count, "a row has as many cells as columns")
        rows.append(row)
    }

    package static let mediaType = "text/csv; charset=utf-8"
    package static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    package var bytes: [UInt8] {
        var bytes = CSVTable.byteOrderMark + CSVTable.line(columns)
        for row in rows { bytes.append(contentsOf: CSVTable.line(row)) }
        return bytes
    }

    /// One line with its CR LF, for tables written piece by piece.
    package static func line(_ cells: [String]) -> [UInt8] {
        var line: [UInt8] = []
        for (index, cell) in cells.enumerated() {
            if index > 0 { line.append(UInt8(ascii: ",")) }
            append(guarded(cell), to: &line)
        }
        line.append(contentsOf: [0x0D, 0x0A])
        return line
    }

    private static func append(_ cell: String, to line: inout [UInt8]) {
        guard cell.utf8.contains(where: { $0 == 0x22 || $0 == 0x2C || $0 == 0x0D || $0 == 0x0A }) else {
            line.append(contentsOf: cell.utf8)
            return
        }
        line.append(0x22)
        for byte in cell.utf8 {
            if byte == 0x22 { line.append(0x22) }
            line.append(byte)
        }
        line.append(0x22)
    }

    /// A cell that a spreadsheet would run as a formula gets an apostrophe before it; a number stays.
    private static func guarded(_ cell: String) -> String {
        guard let first = cell.utf8.first, "=+-@\t\r".utf8.contains(first), !isNumber(cell) else {
            return cell
        }
        return "'" + cell
    }

    /// `-3`, `+3.5`: an optional sign, digits, at most one point between digits.
    private static func isNumber(_ cell: String) -> Bool {
        var digits = cell.utf8[...]
        if digits.first == UInt8(ascii: "-") || digits.first == UInt8(ascii: "+") { digits.removeFirst() }
        let parts = digits.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return parts.count <= 2
            && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } }
    }
}
