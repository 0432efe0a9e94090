import ChineseText
import Web

/// The words of a document (正文): a line is a paragraph, and lines that follow each other with their cells between bars are a table.
struct DocumentText: Piece {
    private let blocks: [Block]

    private enum Block {
        case paragraph(Substring)
        case table([[Substring]])
    }

    init(_ text: String) {
        var blocks: [Block] = []
        var rows: [(line: Substring, cells: [Substring])] = []
        // By scalars: characters are many times as dear, and a text is long.
        for scalars in text.unicodeScalars.split(whereSeparator: \.isLineBreak) {
            guard !scalars.allSatisfy(\.properties.isWhitespace) else { continue }
            let line = Substring(scalars)
            if let cells = Self.cells(of: line) {
                rows.append((line, cells))
                continue
            }
            blocks += Self.table(rows)
            rows = []
            blocks.append(.paragraph(line))
        }
        self.blocks = blocks + Self.table(rows)
    }

    var isEmpty: Bool { blocks.isEmpty }

    var html: HTML { "\(blocks.map(Self.html))" }

    /// One line alone is a sentence with bars in it.
    private static func table(_ rows: [(line: Substring, cells: [Substring])]) -> [Block] {
        rows.count > 1 ? [.table(rows.map(\.cells))] : rows.map { .paragraph($0.line) }
    }

    /// What stands between bars that have blanks on both sides, or the end of the line; nil for a line with any other bar or none.
    private static func cells(of line: Substring) -> [Substring]? {
        let pieces = line.utf8.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false)
        guard pieces.count > 1 else { return nil }
        let last = pieces.count - 1
        for (index, piece) in pieces.enumerated() {
            let opens = index == 0 || piece.first == 0x20 || index == last && piece.isEmpty
            let closes = index == last || piece.last == 0x20 || index == 0 && piece.isEmpty
            guard opens, closes else { return nil }
        }
        return pieces.map { piece in
            let head = piece.first == 0x20 ? piece.dropFirst() : piece
            return Substring(head.last == 0x20 ? head.dropLast() : head)
        }
    }

    private static func html(_ block: Block) -> HTML {
        switch block {
        case .paragraph(let line): "<p>\(line)</p>\n"
        case .table(let rows): table(rows)
        }
    }

    /// A row with fewer cells than the widest, as where cells were joined, lets its last reach to the end.
    private static func table(_ rows: [[Substring]]) -> HTML {
        let width = rows.map(\.count).max() ?? 0
        return """
            <div class="scroll" role="region" aria-label="正文中的表格" tabindex="0"><table>\(rows.map { cells in
                "<tr>\(cells.enumerated().map { cell(String($1), span: $0 == cells.count - 1 ? width - cells.count + 1 : 1) })</tr>\n" as HTML
            })</table></div>

            """
    }

    private static func cell(_ text: String, span: Int) -> HTML {
        span > 1 ? "<td colspan=\"\(span)\">\(text)</td>" : "<td>\(text)</td>"
    }
}
