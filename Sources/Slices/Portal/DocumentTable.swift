import Markup
import Web

/// A table of a document, each cell over the rows and columns that it had at its source.
struct DocumentTable: Piece {
    private let rows: [[MarkedText.Cell]]
    private let width: Int
    private let name: String

    /// More do not fit on paper as they are.
    private static let paperColumns = 8

    /// - Parameter number: among several of the document, from 1; nil where it is the only one.
    init(_ rows: [[MarkedText.Cell]], number: Int?) {
        self.rows = rows
        name = number.map { "正文中的第 \($0) 个表格" } ?? "正文中的表格"
        width = rows.map(\.count).max() ?? 0
    }

    var html: HTML {
        """
        <div class="scroll" role="region" aria-label="\(name)" tabindex="0"><table\(when: width > Self.paperColumns, " class=\"wide\"")>\(cells.map { cells in
            "<tr>\(cells.map(\.html))</tr>\n" as HTML
        })</table></div>

        """
    }

    /// The cells that begin in each row. A mark that continues no cell stands for itself.
    private var cells: [[DocumentCell]] {
        var covered: Set<Place> = []
        return rows.indices.map { row in
            let isHeadRow = rows[row].allSatisfy(\.mayHead)
            return rows[row].indices.compactMap { column in
                guard !covered.contains(Place(row, column)) else { return nil }
                let (columns, below) = (columns(from: row, column), rowsBelow(row, column))
                for other in row...row + below {
                    for place in column..<column + columns { covered.insert(Place(other, place)) }
                }
                return DocumentCell(
                    cell: rows[row][column], columns: columns, rows: 1 + below, headsColumn: isHeadRow)
            }
        }
    }

    private struct Place: Hashable {
        let row: Int
        let column: Int

        init(_ row: Int, _ column: Int) {
            self.row = row
            self.column = column
        }
    }

    /// The last cell of a row that is shorter than others reaches to the edge.
    private func columns(from row: Int, _ column: Int) -> Int {
        let cells = rows[row]
        let next = cells[(column + 1)...].firstIndex { $0 != .left } ?? cells.count
        return (next == cells.count ? width : next) - column
    }

    /// How many rows below continue the cell over all of its columns.
    private func rowsBelow(_ row: Int, _ column: Int) -> Int {
        let columns = column..<column + columns(from: row, column)
        return rows[(row + 1)...].prefix { other in
            columns.allSatisfy { other.indices.contains($0) && other[$0] == .above }
        }.count
    }
}

/// A cell and how far it reaches.
private struct DocumentCell {
    let cell: MarkedText.Cell
    let columns: Int
    let rows: Int
    /// Its row holds heads alone; in any other a head is that of its row.
    let headsColumn: Bool

    var html: HTML {
        guard case .own(_, isHead: true) = cell else { return "<td\(spans)>\(words)</td>" }
        return headsColumn
            ? "<th scope=\"\(columns > 1 ? "colgroup" : "col")\"\(spans)>\(words)</th>"
            : "<th scope=\"\(rows > 1 ? "rowgroup" : "row")\"\(spans)>\(words)</th>"
    }

    private var spans: HTML {
        let across: HTML? = columns > 1 ? " colspan=\"\(columns)\"" : nil
        let down: HTML? = rows > 1 ? " rowspan=\"\(rows)\"" : nil
        return "\(across)\(down)"
    }

    private var words: HTML {
        switch cell {
        case .own(let lines, _): lines.map { RunText($0).html }.joined(separator: "<br>")
        case .left: "←"
        case .above: "〃"
        }
    }
}

extension MarkedText.Cell {
    /// Whether it may stand in a row of heads: as one, or with no words.
    fileprivate var mayHead: Bool {
        switch self {
        case .own(let lines, let isHead): isHead || lines.isEmpty
        case .left, .above: true
        }
    }
}
