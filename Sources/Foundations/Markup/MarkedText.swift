/// The words of a document, with what has to be told apart in them (带标记的正文): headings, tables, where links
/// lead, and what was struck out. `TextForm` says how each is written.
package struct MarkedText: Sendable, Hashable {
    package enum Block: Sendable, Hashable {
        /// A paragraph.
        case words([Run])
        /// - Parameter level: 1...6.
        case heading(level: Int, [Run])
        /// Rows of cells. A row with fewer than the widest lets its last reach to the edge.
        case table([[Cell]])
    }

    package enum Run: Sendable, Hashable {
        case words(String)
        /// Struck out at the source: it stands there and does not hold (划去).
        case struck(String)
        case address(String)
    }

    package enum Cell: Sendable, Hashable {
        /// With its lines.
        case own([[Run]], isHead: Bool)
        /// The cell to the left goes on here.
        case left
        /// The cell above goes on here.
        case above
    }

    package let blocks: [Block]

    package init(_ blocks: [Block]) {
        self.blocks = blocks
    }

    /// Without the marks and without what was struck out: what a reader of the words alone needs.
    package var plain: String {
        blocks.flatMap(\.plain).filter { !$0.isEmpty }.joined(separator: "\n")
    }
}

extension MarkedText {
    /// As it reads on a page, a paragraph or a row a line: ` | ` between cells, nothing where another cell goes on, what was
    /// struck out in 〔划去：…〕, and addresses behind their words.
    package var shownLines: [String] {
        blocks.flatMap(\.shownLines)
    }
}

extension MarkedText.Block {
    fileprivate var shownLines: [String] {
        switch self {
        case .words(let runs), .heading(_, let runs): [runs.told]
        case .table(let rows):
            rows.map { row in
                row.map { ($0.lines ?? []).map(\.told).joined(separator: " ") }.joined(separator: " | ")
            }
        }
    }

    /// With more lines in a cell, each is read by itself.
    static let cellLinesMax = 4

    /// Its lines without the marks.
    var plain: [String] {
        switch self {
        case .words(let runs), .heading(_, let runs): [runs.plain]
        case .table(let rows): rows.flatMap(Self.plain)
        }
    }

    /// A row's own cells on a line, ` | ` between them. What has several lines is read line by line where it
    /// stands alone in its row, where it has more than a few, and where a bar would part it.
    private static func plain(_ row: [MarkedText.Cell]) -> [String] {
        let cells = row.compactMap(\.lines).map { $0.map(\.plain) }
        let areShort =
            cells.allSatisfy { $0.count <= cellLinesMax && !$0.contains { $0.contains("|") } }
            && cells.count { !$0.isEmpty } > 1
        guard cells.count > 1, areShort || cells.allSatisfy({ $0.count <= 1 }) else {
            return cells.flatMap(\.self)
        }
        return [cells.map { $0.joined(separator: " ") }.joined(separator: " | ")]
    }
}

extension MarkedText.Cell {
    /// nil where another cell goes on.
    package var lines: [[MarkedText.Run]]? {
        switch self {
        case .own(let lines, _): lines
        case .left, .above: nil
        }
    }
}

extension [MarkedText.Run] {
    package var plain: String {
        map { run in
            switch run {
            case .words(let words): words
            case .struck, .address: ""
            }
        }.joined()
    }

    /// All of it, in words.
    fileprivate var told: String {
        enumerated().map { index, run in
            switch run {
            case .words(let words): words
            case .struck(let words): TextMark.struckStart + words + String(TextMark.struckEnd)
            case .address(let address): (index == 0 ? "" : " ") + address
            }
        }.joined()
    }

    /// With what was struck out.
    var shown: String {
        map { run in
            switch run {
            case .words(let words), .struck(let words): words
            case .address: ""
            }
        }.joined()
    }

    /// Words that follow each other are one run.
    mutating func add(words: String) {
        if case .words(let before)? = last {
            self[count - 1] = .words(before + words)
        } else if !words.isEmpty {
            append(.words(words))
        }
    }
}
