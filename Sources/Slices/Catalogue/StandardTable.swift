import Spreadsheet

/// Reads the printed columns of a standard catalogue: finds the heading, which may take two rows, and the rows below.
package struct StandardTable: Sendable {
    package let rows: [StandardRow]
    package let findings: [StandardFinding]

    /// - Parameter sheet: the rows of a file, or of one sheet of a workbook.
    package init(_ sheet: [CSVRow]) {
        var findings = StandardFindings()
        guard let heading = Heading(sheet) else {
            findings.note(
                .error, "heading-lacking", line: 1, "前\(Heading.rowsMax)行里找不到表头：至少要有公开事项、公开时限和公开主体。")
            rows = []
            self.findings = findings.all
            return
        }
        var reader = RowReader(heading: heading)
        rows = sheet.dropFirst(heading.rows).compactMap { reader.row($0, &findings) }
        self.findings = findings.all
    }
}

/// What each column of the table holds.
private struct Heading {
    enum Column: Hashable {
        case number, field, matter(Int), elements, basis, timeLimit, bodies, channels
        case everyone, group, active, onRequest
        case level(String)
    }

    static let rowsMax = 20

    /// How many rows of the sheet end with the heading.
    let rows: Int
    private let columns: [Int: Column]

    init?(_ sheet: [CSVRow]) {
        for (index, row) in sheet.prefix(Heading.rowsMax).enumerated() {
            let below = index + 1 < sheet.count ? sheet[index + 1].cells : []
            let second = Heading.isSecond(below) ? below : []
            let columns = Heading.columns(row.cells, second)
            let kinds = Set(columns.values)
            guard kinds.contains(.timeLimit), kinds.contains(.bodies),
                kinds.contains(where: { if case .matter = $0 { true } else { false } })
            else { continue }
            self.columns = columns
            rows = index + (second.isEmpty ? 1 : 2)
            return
        }
        return nil
    }

    /// The text of a column of that kind; empty when there is none.
    func text(_ column: Column, in row: CSVRow) -> String {
        for (index, kind) in columns where kind == column && index < row.cells.count {
            return StandardText.trimmed(row.cells[index])
        }
        return ""
    }

    func has(_ column: Column) -> Bool { columns.values.contains(column) }

    var levels: [String] {
        columns.sorted { $0.key < $1.key }.compactMap {
            if case .level(let name) = $0.value { name } else { nil }
        }
    }

    private static func isSecond(_ cells: [String]) -> Bool {
        let folded = cells.map(StandardText.folded)
        return ["一级事项", "二级事项", "全社会", "主动"].contains { mark in
            folded.contains { $0.hasPrefix(mark) }
        }
    }

    private static func columns(_ first: [String], _ second: [String]) -> [Int: Column] {
        var columns: [Int: Column] = [:]
        for index in 0..<max(first.count, second.count) {
            let upper = index < first.count ? StandardText.folded(first[index]) : ""
            let lower = index < second.count ? StandardText.folded(second[index]) : ""
            if let column = column(lower) ?? column(upper), !columns.values.contains(column) {
                columns[index] = column
            }
        }
        return columns
    }

    private static func column(_ text: String) -> Column? {
        let levels = ["省级", "市级", "县级", "区级", "乡级", "镇级", "乡镇级", "村级"]
        if let level = levels.first(where: { text.hasPrefix($0) }) { return .level(level) }
        let marks: [(String, Column)] = [
            ("序号", .number), ("一级事项", .matter(1)), ("二级事项", .matter(2)), ("三级事项", .matter(3)),
            ("公开领域", .field), ("公开内容", .elements), ("公开依据", .basis), ("公开时限", .timeLimit), ("公开主体", .bodies),
            ("公开渠道", .channels), ("全社会", .everyone), ("特定群体", .group), ("特定群众", .group),
            ("主动", .active), ("依申请", .onRequest), ("公开事项", .matter(1)),
        ]
        return marks.first { text.hasPrefix($0.0) }?.1
    }
}

/// Reads row after row; an empty matter of the first level is the one above.
private struct RowReader {
    static let cellBytesMax = 20_000

    let heading: Heading
    private var first = ""

    init(heading: Heading) {
        self.heading = heading
    }

    mutating func row(_ row: CSVRow, _ findings: inout StandardFindings) -> StandardRow? {
        let filled = Set(row.cells.map(StandardText.trimmed).filter { !$0.isEmpty })
        guard filled.count > 1 else {
            if let only = filled.first {
                findings.note(.note, "no-item", line: row.line, "“\(only.prefix(40))”不是事项，没有载入。")
            }
            return nil
        }
        guard row.cells.allSatisfy({ $0.utf8.count <= RowReader.cellBytesMax }) else {
            findings.note(.error, "cell-too-long", line: row.line, "有单元格超过\(RowReader.cellBytesMax)字节。")
            return nil
        }
        let matters = matters(of: row)
        guard !matters.isEmpty else {
            findings.note(.error, "matter-lacking", line: row.line, column: "公开事项", "没有事项名称。")
            return nil
        }
        let levels = heading.levels.filter { StandardText.isMarked(heading.text(.level($0), in: row)) }
        return StandardRow(
            line: row.line, field: heading.text(.field, in: row), matters: matters,
            elements: StandardText.elements(heading.text(.elements, in: row)),
            basis: heading.text(.basis, in: row), timeLimit: heading.text(.timeLimit, in: row),
            bodies: StandardText.names(heading.text(.bodies, in: row)),
            channels: StandardText.chosen(heading.text(.channels, in: row)),
            forEveryone: marked(.everyone, row, unless: .group), forGroup: marked(.group, row),
            isActive: marked(.active, row, unless: .onRequest), levels: levels)
    }

    private mutating func matters(of row: CSVRow) -> [String] {
        let own = (1...3).map { StandardText.oneLine(heading.text(.matter($0), in: row)) }
        if !own[0].isEmpty { first = own[0] }
        var matters: [String] = []
        for matter in [own[0].isEmpty ? first : own[0], own[1], own[2]]
        where !matter.isEmpty && matters.last != matter {
            matters.append(matter)
        }
        return matters
    }

    /// A table without the column, or without a mark in either of two, means the usual one.
    private func marked(_ column: Heading.Column, _ row: CSVRow, unless other: Heading.Column? = nil) -> Bool
    {
        if StandardText.isMarked(heading.text(column, in: row)) { return true }
        guard let other else { return false }
        return !StandardText.isMarked(heading.text(other, in: row))
    }
}
