/// Writes comma-separated values (RFC 4180) with LF line ends: the same rows give the same bytes.
package enum CSVWriter {
    /// One line with its line end. Cells are quoted only where they must be.
    ///
    /// - Parameter guardingFormulas: puts an apostrophe before a cell that a spreadsheet program would run as a
    ///   formula. For files made of what strangers typed; a guarded file does not read back as it was.
    package static func line(_ cells: [String], guardingFormulas: Bool = false) -> String {
        cells.map { quoted(guardingFormulas ? inert($0) : $0) }.joined(separator: ",") + "\n"
    }

    private static func inert(_ cell: String) -> String {
        guard let first = cell.unicodeScalars.first, "=+-@\t\r".unicodeScalars.contains(first) else {
            return cell
        }
        return "'" + cell
    }

    private static func quoted(_ cell: String) -> String {
        let special = cell.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }
        guard special || cell.hasPrefix(" ") || cell.hasSuffix(" ") else { return cell }
        return "\"" + cell.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
            + "\""
    }
}
