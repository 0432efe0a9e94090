/// Reads comma-separated values (RFC 4180) row by row, without guessing at broken input.
///
/// Accepts a byte order mark, CRLF, LF and CR line ends, and line ends inside quotes. Refuses what has no single
/// meaning: a quote that never closes, text after a closing quote, a quote inside an unquoted cell, bytes that
/// are not UTF-8, U+0000, and anything beyond the limits.
package struct CSVReader: Sendable {
    /// What a reader puts up with, so that no file can exhaust the machine.
    package struct Limits: Sendable {
        /// UTF-8 bytes of one cell.
        package let cellBytesMax: Int
        /// Cells of one row.
        package let cellsMax: Int
        /// Rows of the file, the header among them.
        package let rowsMax: Int

        package init(cellBytesMax: Int = 1_000_000, cellsMax: Int = 1_000, rowsMax: Int = 1_000_000) {
            self.cellBytesMax = cellBytesMax
            self.cellsMax = cellsMax
            self.rowsMax = rowsMax
        }
    }

    private let bytes: [UInt8]
    private let separator: UInt8
    private let limits: Limits
    private var position: Int
    private var line = 1
    private var rowsRead = 0

    /// - Parameter separator: one ASCII character: a comma, a tab or a semicolon.
    package init(_ bytes: [UInt8], separator: UInt8 = 0x2C, limits: Limits = Limits()) {
        self.bytes = bytes
        self.separator = separator
        self.limits = limits
        position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    /// The next row, or nil at the end. Empty lines are skipped.
    ///
    /// - Throws: `CSVError` with the line; the reader must not be used afterwards.
    package mutating func next() throws(CSVError) -> CSVRow? {
        while position < bytes.count, isLineEnd(bytes[position]) { endLine() }
        guard position < bytes.count else { return nil }
        rowsRead += 1
        guard rowsRead <= limits.rowsMax else { throw CSVError(.tooManyRows, line: line) }
        let start = line
        var cells: [String] = []
        while true {
            cells.append(try cell())
            guard cells.count <= limits.cellsMax else { throw CSVError(.tooManyCells, line: start) }
            guard position < bytes.count, bytes[position] == separator else { break }
            position += 1
        }
        if position < bytes.count { endLine() }
        return CSVRow(line: start, cells: cells)
    }

    /// All rows at once, for small files.
    package static func rows(_ bytes: [UInt8], limits: Limits = Limits()) throws(CSVError) -> [CSVRow] {
        var reader = CSVReader(bytes, limits: limits)
        var rows: [CSVRow] = []
        while let row = try reader.next() { rows.append(row) }
        return rows
    }

    private mutating func cell() throws(CSVError) -> String {
        guard position < bytes.count, bytes[position] == 0x22 else { return try plainCell() }
        return try quotedCell()
    }

    private mutating func plainCell() throws(CSVError) -> String {
        let start = position
        while position < bytes.count, bytes[position] != separator, !isLineEnd(bytes[position]) {
            guard bytes[position] != 0x22 else { throw CSVError(.strayQuote, line: line) }
            position += 1
        }
        return try text(bytes[start..<position], at: line)
    }

    private mutating func quotedCell() throws(CSVError) -> String {
        let opened = line
        var content: [UInt8] = []
        position += 1
        while true {
            guard position < bytes.count else { throw CSVError(.unclosedQuote, line: opened) }
            let byte = bytes[position]
            if byte == 0x22 {
                guard position + 1 < bytes.count, bytes[position + 1] == 0x22 else { break }
                content.append(0x22)
                position += 2
            } else if isLineEnd(byte) {
                let start = position
                endLine()
                content += bytes[start..<position]
            } else {
                content.append(byte)
                position += 1
            }
            guard content.count <= limits.cellBytesMax else { throw CSVError(.cellTooLong, line: opened) }
        }
        position += 1
        guard position == bytes.count || bytes[position] == separator || isLineEnd(bytes[position]) else {
            throw CSVError(.textAfterQuote, line: line)
        }
        return try text(content[...], at: opened)
    }

    private func text(_ slice: ArraySlice<UInt8>, at line: Int) throws(CSVError) -> String {
        guard slice.count <= limits.cellBytesMax else { throw CSVError(.cellTooLong, line: line) }
        guard !slice.contains(0) else { throw CSVError(.nul, line: line) }
        guard let text = String(validating: slice, as: UTF8.self) else {
            throw CSVError(.notUTF8, line: line)
        }
        return text
    }

    private func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

    private mutating func endLine() {
        if bytes[position] == 0x0D, position + 1 < bytes.count, bytes[position + 1] == 0x0A { position += 1 }
        position += 1
        line += 1
    }
}

/// One row and the line of the file on which it starts, counted from 1.
package struct CSVRow: Sendable, Hashable {
    package let line: Int
    package let cells: [String]

    package init(line: Int, cells: [String]) {
        self.line = line
        self.cells = cells
    }
}

/// Input that is not comma-separated values.
package struct CSVError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Fault: String, Sendable {
        case unclosedQuote = "a quoted cell never closes"
        case textAfterQuote = "text follows a closing quote"
        case strayQuote = "a quote stands inside an unquoted cell"
        case notUTF8 = "a cell is not UTF-8"
        case nul = "a cell holds U+0000"
        case cellTooLong = "a cell is too long"
        case tooManyCells = "a row has too many cells"
        case tooManyRows = "the file has too many rows"
        case noHeader = "the file is empty: a header row is needed"
        case repeatedColumn = "two columns bear one name"
        case raggedRow = "a row has not as many cells as the header"
    }

    package let fault: Fault
    /// Counted from 1.
    package let line: Int

    package init(_ fault: Fault, line: Int) {
        self.fault = fault
        self.line = line
    }

    package var description: String { "line \(line): \(fault.rawValue)" }
}
