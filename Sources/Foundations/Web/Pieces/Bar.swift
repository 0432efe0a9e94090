/// A bar of parts in the row of a table (条形图).
///
/// Hidden from who hears the page: the row says the same in numbers, and that in words. Parts differ in ground and in
/// stripes, not in colour alone; the stylesheet knows the states of `Chip`, others look plain.
package struct Bar: Piece {
    package struct Part: Sendable {
        let kind: String
        let size: Int64

        /// - Parameters:
        ///   - kind: as for `Chip`.
        ///   - size: 0 or more.
        package init(_ kind: String, _ size: some BinaryInteger) {
            self.kind = kind
            self.size = Int64(size)
        }
    }

    let parts: [Part]
    let whole: Int64

    /// - Parameters:
    ///   - parts: from left to right.
    ///   - whole: what the full width stands for, so that bars of one table can be compared; the sum when nil.
    package init(_ parts: [Part], of whole: (some BinaryInteger)? = Int64?.none) {
        self.parts = parts.filter { $0.size > 0 }
        self.whole = whole.map { Int64($0) } ?? parts.map(\.size).reduce(0, +)
    }

    private enum Size {
        static let width = 1000.0
        /// What is there is seen, however little it is.
        static let least = 6.0
        static let height = 16
    }

    package var html: HTML {
        var left = 0.0
        let drawn = parts.map { part -> HTML in
            let width = max(Size.least, Size.width * Double(part.size) / Double(max(1, whole)))
            defer { left += width }
            return draw(part.kind, from: Int(left), to: Int(min(Size.width, left + width)))
        }
        return """
            <svg class="bar" viewBox="0 0 1000 16" preserveAspectRatio="none" aria-hidden="true">\(drawn)</svg>
            """
    }

    private func draw(_ kind: String, from: Int, to: Int) -> HTML {
        """
        <rect class="bar-part bar-\(kind)" x="\(from)" width="\(max(0, to - from))" height="\(Size.height)"/>\
        <path class="bar-stripes bar-stripes-\(kind)" d="M\(from) 8H\(to)"/>
        """
    }
}

/// How values are spread, in the row of a table: from the least to the greatest, the middle half as a box, the median
/// as a line in it (箱线图). Hidden from who hears the page, like `Bar`.
package struct Spread: Piece {
    let values: [Int]
    let whole: Int

    /// - Parameters:
    ///   - values: least, first quarter, median, third quarter, greatest.
    ///   - whole: what the full width stands for; what lies beyond ends at its edge.
    package init(_ values: (Int, Int, Int, Int, Int), of whole: Int) {
        self.values = [values.0, values.1, values.2, values.3, values.4]
        self.whole = max(1, whole)
    }

    package var html: HTML {
        let x = values.map { 4 + 992 * min($0, whole) / whole }
        return """
            <svg class="bar" viewBox="0 0 1000 16" preserveAspectRatio="none" aria-hidden="true">\
            <path class="spread-line" d="M\(x[0]) 8H\(x[4])M\(x[0]) 4v8M\(x[4]) 4v8"/>\
            <rect class="spread-box" x="\(x[1])" y="2" width="\(max(6, x[3] - x[1]))" height="12"/>\
            <path class="spread-median" d="M\(x[2]) 1v14"/></svg>
            """
    }
}
