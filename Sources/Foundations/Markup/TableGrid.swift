/// Which cell of a table stands in which place: HTML 4.9.12, forming a table.
struct TableGrid {
    /// How far a cell says that it reaches.
    struct Span: Hashable {
        /// 1...1000
        let columns: Int
        /// 1...65534; 0 for all rows to the end of their group.
        let rows: Int

        static let columnsMax = 1_000
        static let rowsMax = 65_534
    }

    /// By row and column the number of the cell that stands there, counted in the order of the cells; nil for
    /// none. Rows have as many places as are needed.
    private(set) var rows: [[Int?]] = []
    /// How many more places may be filled.
    private(set) var placesLeft: Int
    private var cells = 0

    /// - Parameters:
    ///   - groups: the spans of each row's cells; no cell reaches out of its group.
    ///   - placesLeft: at most so many places.
    /// - Returns: nil where there would be more.
    init?(_ groups: [[[Span]]], placesLeft: Int) {
        self.placesLeft = placesLeft
        for group in groups {
            var growing: [(cell: Int, rows: Int)] = []
            for (number, row) in group.enumerated() {
                guard add(row, rowsLeft: group.count - number, &growing) else { return nil }
            }
        }
    }

    /// Where a cell reaches into the place of one from above, the later one stands there, and below it the one
    /// that lasts longer.
    private mutating func add(
        _ row: [Span], rowsLeft: Int, _ growing: inout [(cell: Int, rows: Int)]
    ) -> Bool {
        var places = growing.map { $0.rows > 0 ? $0.cell : nil }
        var column = 0
        for span in row {
            while column < places.count, places[column] != nil { column += 1 }
            let end = column + span.columns
            guard end <= placesLeft else { return false }
            let missing = max(0, end - places.count)
            places += repeatElement(nil, count: missing)
            growing += repeatElement((cell: 0, rows: 0), count: missing)
            let down = span.rows == 0 ? rowsLeft : min(span.rows, rowsLeft)
            for place in column..<end {
                places[place] = cells
                if growing[place].rows <= down { growing[place] = (cells, down) }
            }
            column = end
            cells += 1
        }
        for place in growing.indices { growing[place].rows -= 1 }
        while let last = growing.last, last.rows <= 0 { growing.removeLast() }
        placesLeft -= places.count
        rows.append(places)
        return placesLeft >= 0
    }
}
