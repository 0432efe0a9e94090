/// Rows of data that follow each other, and how they are shown.
struct TablePart {
    var rows: [Row] = []

    struct Cell {
        let lines: [[MarkedText.Run]]
        let isHead: Bool
        let reachesDown: Bool
        let holdsHeading: Bool

        /// - Parameter content: without tables. A cell is no heading of the text, whatever the page calls it.
        init(_ content: ArraySlice<MarkedText.Block>, isHead: Bool, reachesDown: Bool) {
            lines = content.compactMap(\.runs)
            holdsHeading = content.contains { if case .heading = $0 { true } else { false } }
            // Of nothing a cell is no head.
            self.isHead = isHead && !lines.isEmpty
            self.reachesDown = reachesDown
        }
    }

    struct Row {
        /// As `TableGrid` has them.
        let places: [Int?]
        /// The number of its first cell.
        let firstCell: Int
        let cells: [Cell]
        /// As it was read.
        let content: [MarkedText.Block]
    }

    /// A table, or what its rows hold where there is but one row or one column: pages are laid out in tables too.
    var blocks: [MarkedText.Block] {
        let shown = rows.filter(\.isShown)
        let columns = Self.columns(of: shown)
        guard shown.count > 1, columns.count > 1 else { return shown.flatMap(\.alone) }
        return [
            .table(
                shown.indices.map { at in
                    shown[at].cells(in: columns, below: at > 0 ? shown[at - 1] : nil)
                })
        ]
    }

    /// The columns in which some cell begins, or goes on from above the first row: in any other all do but go on.
    private static func columns(of rows: [Row]) -> [Int] {
        var beginning: Set<Int> = []
        for (number, row) in rows.enumerated() {
            for column in row.places.indices {
                guard let cell = row.cell(at: column), cell != row.cell(at: column - 1),
                    number == 0 || row.isOwn(cell)
                else { continue }
                beginning.insert(column)
            }
        }
        return beginning.sorted()
    }
}

extension TablePart.Row {
    private static let cellLinesMax = 60
    private static let scalarsMax = 8_000
    /// Of a row that stands alone, and of a cell over the whole width.
    private static let shortLinesMax = MarkedText.Block.cellLinesMax
    private static let shortScalarsMax = 800

    /// Whether its cells may be those of a table of data: no article that the page lays out beside others.
    var isData: Bool {
        guard cells.count > 1 || Set(places).count > 1 && !isWide else { return isShort }
        return scalars <= Self.scalarsMax
            && cells.allSatisfy {
                $0.lines.count <= ($0.holdsHeading ? Self.shortLinesMax : Self.cellLinesMax)
            }
    }

    /// One cell, and nothing from above beside it.
    private var isWide: Bool { cells.count == 1 && places.allSatisfy { $0 == nil || $0 == firstCell } }

    private var isShort: Bool {
        cells.allSatisfy { $0.lines.count <= Self.shortLinesMax } && scalars <= Self.shortScalarsMax
    }

    private var scalars: Int {
        cells.reduce(0) { $0 + $1.lines.reduce(0) { $0 + $1.shown.unicodeScalars.count } }
    }

    /// A row of empty cells is left out, but not one from which a cell reaches down.
    var isShown: Bool { cells.contains { !$0.lines.isEmpty || $0.reachesDown } }

    func cell(at column: Int) -> Int? { places.indices.contains(column) ? places[column] : nil }

    func isOwn(_ cell: Int) -> Bool { cells.indices.contains(cell - firstCell) }

    /// Each place of the row: in which its own cell begins, or another goes on.
    func cells(in columns: [Int], below above: TablePart.Row?) -> [MarkedText.Cell] {
        var left: Int?
        return columns.map { column in
            guard let cell = cell(at: column) else {
                left = nil
                return .own([], isHead: false)
            }
            defer { left = cell }
            if above?.cell(at: column) == cell { return .above }
            if left == cell { return .left }
            guard isOwn(cell) else { return .above }
            return .own(cells[cell - firstCell].lines, isHead: cells[cell - firstCell].isHead)
        }
    }

    /// On a line with bars where it is short and has several cells; else as it was read.
    var alone: [MarkedText.Block] {
        let hasBar = cells.contains { $0.lines.contains { $0.shown.unicodeScalars.contains("|") } }
        guard cells.count > 1, isShort, !hasBar, !content.isEmpty else { return content }
        let joined = cells.map { $0.lines.joined(by: " ") }.joined(by: " | ")
        return [.words(joined)]
    }
}

extension [[MarkedText.Run]] {
    fileprivate func joined(by words: String) -> [MarkedText.Run] {
        var joined: [MarkedText.Run] = []
        for (number, runs) in enumerated() {
            if number > 0 { joined.add(words: words) }
            for run in runs {
                if case .words(let words) = run { joined.add(words: words) } else { joined.append(run) }
            }
        }
        return joined
    }
}

extension MarkedText.Block {
    /// nil of a table.
    var runs: [MarkedText.Run]? {
        switch self {
        case .words(let runs), .heading(_, let runs): runs
        case .table: nil
        }
    }

    /// Its words, what was struck out among them.
    var shown: String { runs?.shown ?? plain.joined(separator: " ") }
}
