/// What carries the rows of a file (载体).
package enum FileCarrier: String, Sendable, Hashable, Codable, CaseIterable {
    /// JSON: one object a line, or one list of objects.
    case json
    /// A table with a header row: CSV or a workbook (xlsx).
    case table
    /// A saved web page (HTML): one row.
    case page

    /// What the bytes of a file look like; a form then says which fields it expects.
    package enum Shape: Sendable, Hashable {
        /// One JSON object a line: read as it comes, whatever its length.
        case lines
        case list, separated, workbook, page
        /// A known kind of file that holds no rows as it is: its name, and what to do.
        case foreign(name: String, remedy: String)

        package var carrier: FileCarrier {
            switch self {
            case .lines, .list: .json
            case .separated, .workbook, .foreign: .table
            case .page: .page
            }
        }
    }

    /// - Parameter first: the file's first bytes, in UTF-8 but for a workbook.
    package static func shape(of first: [UInt8]) -> Shape {
        for (magic, shape) in magics where first.starts(with: magic) { return shape }
        let signs = first.lazy.filter { $0 > 0x20 }.prefix(2)
        if signs.elementsEqual([UInt8(ascii: "["), UInt8(ascii: "{")]) { return .list }
        if isPage(first) { return .page }
        for line in first.split(separator: 0x0A).prefix(50) {
            if line.first(where: { $0 > 0x20 }) == UInt8(ascii: "{") { return .lines }
        }
        return .separated
    }

    private static let pageWords = ["<!doctype html", "<html", "<head", "<body"]

    private static func isPage(_ first: [UInt8]) -> Bool {
        let start = String(decoding: first.lazy.drop { $0 <= 0x20 }.prefix(16), as: UTF8.self).lowercased()
        return pageWords.contains { start.hasPrefix($0) }
    }

    private static let magics: [([UInt8], Shape)] = [
        ([0x50, 0x4B, 0x03, 0x04], .workbook),
        (
            [0xD0, 0xCF, 0x11, 0xE0],
            .foreign(name: "旧版 Excel 工作簿（xls）", remedy: "请另存为 xlsx 或者 CSV")
        ),
        (Array("%PDF".utf8), .foreign(name: "PDF 文件", remedy: "请向来源索取表格或者 JSON 数据")),
        ([0x1F, 0x8B], .foreign(name: "压缩文件（gzip）", remedy: "请先解压")),
    ]
}

/// A row of a file, whatever carried it; or why it is none.
package enum CarriedRow: Sendable, Hashable {
    case value(JSONValue, row: Int)
    case refused(RowFinding)
}
