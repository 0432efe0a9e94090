/// Rows under headings; on a narrow screen each row becomes a card that names its cells.
package struct Table: Piece {
    package struct Column: Sendable, ExpressibleByStringLiteral {
        let title: String
        let isNumber: Bool

        package init(_ title: String, isNumber: Bool = false) {
            self.title = title
            self.isNumber = isNumber
        }

        package init(stringLiteral value: String) { self.init(value) }
    }

    let caption: String
    let columns: [Column]
    let rows: [[HTML]]
    let empty: String

    /// - Parameters:
    ///   - caption: what the rows are; read out before them.
    ///   - rows: as many cells each as there are columns; the first names the row.
    ///   - empty: said instead of a table without rows.
    package init(caption: String, columns: [Column], rows: [[HTML]], empty: String = "没有符合条件的记录。") {
        precondition(rows.allSatisfy { $0.count == columns.count }, "a row has as many cells as columns")
        self.caption = caption
        self.columns = columns
        self.rows = rows
        self.empty = empty
    }

    package var html: HTML {
        if rows.isEmpty { return "<p class=\"empty\">\(empty)</p>" }
        return """
            <table class="cards">
            <caption>\(caption)</caption>
            <thead><tr>\(columns.map(heading))</tr></thead>
            <tbody>
            \(rows.map(row))
            </tbody>
            </table>
            """
    }

    private func heading(_ column: Column) -> HTML {
        "<th scope=\"col\"\(when: column.isNumber, " class=\"number\"")>\(column.title)</th>"
    }

    private func row(_ cells: [HTML]) -> HTML {
        let rest = zip(columns, cells).dropFirst().map { column, cell -> HTML in
            "<td data-label=\"\(column.title)\"\(when: column.isNumber, " class=\"number\"")><div>\(cell)</div></td>"
        }
        return "<tr><th scope=\"row\">\(cells[0])</th>\(rest)</tr>\n"
    }
}

/// The way on through a list that is read in batches: to its beginning and to the next batch.
package struct Turner: Piece {
    let first: Link?
    let next: Link?

    /// - Parameters:
    ///   - first: nil when this is the beginning.
    ///   - next: nil when this is the end.
    package init(first: Link?, next: Link?) {
        self.first = first
        self.next = next
    }

    package var html: HTML {
        if first == nil, next == nil { return "" }
        return """
            <nav class="turner" aria-label="翻页">
            \(first.map { "<a href=\"\($0)\" rel=\"first\">回到第一页</a>" as HTML })
            \(next.map { "<a href=\"\($0)\" rel=\"next\">下一页</a>" as HTML } ?? "<span class=\"quiet\">已经是最后一页</span>")
            </nav>
            """
    }
}
