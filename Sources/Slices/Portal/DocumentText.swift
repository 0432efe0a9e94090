import ChineseText
import Markup
import Web

/// The words of a document (正文): a line is a paragraph, and lines that follow each other with their cells between bars are a table.
///
/// Of a marked text headings are headings, below the page's own, and addresses are links that show where they lead.
struct DocumentText: Piece {
    private let blocks: [Block]

    private typealias Run = MarkedText.Run

    private enum Block {
        case paragraph([Run])
        /// The rank among the document's levels, from 0: no level is passed over.
        case heading(Int, [Run])
        case table([[[Run]]])
    }

    /// - Parameter isMarked: whether headings and links are marked; else every sign stands for itself.
    init(_ text: String, isMarked: Bool = false) {
        var blocks: [Block] = []
        var rows: [(line: [Run], cells: [[Run]])] = []
        var levels: Set<Int> = []
        // By scalars: characters are many times as dear, and a text is long.
        for scalars in text.unicodeScalars.split(whereSeparator: \.isLineBreak) {
            guard !scalars.allSatisfy(\.properties.isWhitespace) else { continue }
            let line = Substring(scalars)
            let runs = { (words: Substring) -> [Run] in
                isMarked ? MarkedText.line(String(words)).runs : [.words(String(words))]
            }
            if let cells = Self.cells(of: line) {
                rows.append((runs(line), cells.map(runs)))
                continue
            }
            blocks += Self.table(rows)
            rows = []
            let level = isMarked ? MarkedText.line(String(line)).level : nil
            blocks.append(level.map { .heading($0, runs(line)) } ?? .paragraph(runs(line)))
            if let level { levels.insert(level) }
        }
        self.blocks = Self.ranked(blocks + Self.table(rows), levels.sorted())
    }

    var isEmpty: Bool { blocks.isEmpty }

    var html: HTML { "\(blocks.map(Self.html))" }

    private static func ranked(_ blocks: [Block], _ levels: [Int]) -> [Block] {
        blocks.map { block in
            guard case .heading(let level, let runs) = block else { return block }
            return .heading(levels.firstIndex(of: level) ?? 0, runs)
        }
    }

    /// One line alone is a sentence with bars in it.
    private static func table(_ rows: [(line: [Run], cells: [[Run]])]) -> [Block] {
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
        case .paragraph(let runs): "<p>\(html(runs))</p>\n"
        case .heading(let rank, let runs): heading(rank, html(runs))
        case .table(let rows): table(rows)
        }
    }

    /// Below the heading of the words on the page.
    private static func heading(_ rank: Int, _ words: HTML) -> HTML {
        switch rank {
        case 0: "<h3>\(words)</h3>\n"
        case 1: "<h4>\(words)</h4>\n"
        case 2: "<h5>\(words)</h5>\n"
        default: "<h6>\(words)</h6>\n"
        }
    }

    private static func html(_ runs: [Run]) -> HTML {
        "\(runs.enumerated().map { html($1, isFirst: $0 == 0) })"
    }

    private static func html(_ run: Run, isFirst: Bool) -> HTML {
        switch run {
        case .words(let words): "\(words)"
        case .address(let address): "\(when: !isFirst, " ")\(link(address))"
        }
    }

    /// The address itself is what is shown: nobody is led elsewhere than the words say.
    private static func link(_ address: String) -> HTML {
        guard let link = Link(outside: address) ?? Link(mail: address) else { return "&lt;\(address)&gt;" }
        return "<a href=\"\(link)\" rel=\"nofollow noopener external\">\(address)</a>"
    }

    /// A row with fewer cells than the widest, as where cells were joined, lets its last reach to the end.
    private static func table(_ rows: [[[Run]]]) -> HTML {
        let width = rows.map(\.count).max() ?? 0
        return """
            <div class="scroll" role="region" aria-label="正文中的表格" tabindex="0"><table>\(rows.map { cells in
                "<tr>\(cells.enumerated().map { cell(html($1), span: $0 == cells.count - 1 ? width - cells.count + 1 : 1) })</tr>\n" as HTML
            })</table></div>

            """
    }

    private static func cell(_ words: HTML, span: Int) -> HTML {
        span > 1 ? "<td colspan=\"\(span)\">\(words)</td>" : "<td>\(words)</td>"
    }
}
