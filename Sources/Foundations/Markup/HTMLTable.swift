/// A table of a page, from its first row to its last: what is a table of data, and what only lays out the page.
struct HTMLTable {
    /// Where its content begins, counted in blocks.
    let start: Int
    private var rows: [Row] = []
    private var groups = 0
    private var isFoot = false
    private var isHead = false

    private struct Row {
        let group: Int
        let isFoot: Bool
        var content: Range<Int>
        var cells: [Cell] = []
        var holdsTable = false
    }

    private struct Cell {
        let start: Int
        let span: TableGrid.Span
        let isHead: Bool
    }

    init(start: Int) {
        self.start = start
    }

    // MARK: As it is read

    mutating func openGroup(isHead: Bool = false, isFoot: Bool = false) {
        groups += 1
        (self.isHead, self.isFoot) = (isHead, isFoot)
    }

    mutating func openRow(at place: Int) {
        rows.append(Row(group: groups, isFoot: isFoot, content: place..<place))
    }

    mutating func openCell(at place: Int, _ span: TableGrid.Span, isHead: Bool) {
        guard !rows.isEmpty else { return }
        rows[rows.count - 1].cells.append(Cell(start: place, span: span, isHead: isHead || self.isHead))
    }

    mutating func holdTable() {
        if !rows.isEmpty { rows[rows.count - 1].holdsTable = true }
    }

    mutating func closeRow(at place: Int) {
        guard let row = rows.last else { return }
        rows[rows.count - 1].content = row.content.lowerBound..<place
    }

    // MARK: As it is shown

    /// The content with rows of data as tables; what stands in other rows stays as it was read, a cell after another.
    ///
    /// - Parameter placesLeft: how many places of cells the page may still have.
    /// - Returns: nil where the table would have more.
    func laidOut(_ blocks: [MarkedText.Block], placesLeft: inout Int) -> [MarkedText.Block]? {
        // A foot stands below, wherever it is written.
        let ordered = rows.filter { !$0.isFoot } + rows.filter(\.isFoot)
        guard let grid = TableGrid(Self.spans(of: ordered), placesLeft: placesLeft) else { return nil }
        placesLeft = grid.placesLeft
        var result = besideRows(blocks)
        var part = TablePart()
        var firstCell = 0
        for (row, places) in zip(ordered, grid.rows) {
            let read = TablePart.Row(
                places: places, firstCell: firstCell, cells: Self.cells(of: row, blocks),
                content: Array(blocks[row.content]))
            firstCell += row.cells.count
            if !row.holdsTable, read.isData {
                part.rows.append(read)
            } else {
                result += part.blocks + read.content
                part = TablePart()
            }
        }
        return result + part.blocks
    }

    private static func spans(of rows: [Row]) -> [[[TableGrid.Span]]] {
        var groups: [[[TableGrid.Span]]] = []
        var last: Int?
        for row in rows {
            if row.group != last { groups.append([]) }
            last = row.group
            groups[groups.count - 1].append(row.cells.map(\.span))
        }
        return groups
    }

    /// What stands in no row: the caption.
    private func besideRows(_ blocks: [MarkedText.Block]) -> [MarkedText.Block] {
        var at = start
        var beside: [MarkedText.Block] = []
        for row in rows {
            beside += blocks[at..<row.content.lowerBound]
            at = row.content.upperBound
        }
        return beside + blocks[at...]
    }

    private static func cells(of row: Row, _ blocks: [MarkedText.Block]) -> [TablePart.Cell] {
        let ends = row.cells.dropFirst().map(\.start) + [row.content.upperBound]
        return zip(row.cells, ends).map { cell, end in
            TablePart.Cell(blocks[cell.start..<end], isHead: cell.isHead, reachesDown: cell.span.rows != 1)
        }
    }
}
