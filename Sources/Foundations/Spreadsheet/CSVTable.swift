/// A small CSV file with a header row, its cells read by column name.
package struct CSVTable: Sendable {
    package let columns: [String]
    package let records: [Record]

    /// One row below the header.
    package struct Record: Sendable {
        package let line: Int
        fileprivate let cells: [String]
        fileprivate let positions: [String: Int]

        /// The cell of that column; nil when the file has no such column.
        package subscript(column: String) -> String? {
            positions[column].map { cells[$0] }
        }
    }

    /// - Throws: `CSVError` for broken input, a missing or repeating header, and rows of another width.
    package init(_ bytes: [UInt8], limits: CSVReader.Limits = CSVReader.Limits()) throws(CSVError) {
        let rows = try CSVReader.rows(bytes, limits: limits)
        guard let header = rows.first else { throw CSVError(.noHeader, line: 1) }
        var positions: [String: Int] = [:]
        for (index, name) in header.cells.enumerated() {
            guard positions.updateValue(index, forKey: name) == nil else {
                throw CSVError(.repeatedColumn, line: header.line)
            }
        }
        columns = header.cells
        var records: [Record] = []
        for row in rows.dropFirst() {
            guard row.cells.count == header.cells.count else { throw CSVError(.raggedRow, line: row.line) }
            records.append(Record(line: row.line, cells: row.cells, positions: positions))
        }
        self.records = records
    }
}
