import Markup
import Web

/// The words of a document (正文): headings stand below the page's own, tables are tables, and addresses are
/// links that show where they lead.
struct DocumentText: Piece {
    private let blocks: [MarkedText.Block]
    /// The levels of its headings: by its rank among them each is drawn, so that no level is passed over.
    private let levels: [Int]

    init(_ words: MarkedText) {
        blocks = words.blocks
        levels = Set(blocks.compactMap { if case .heading(let level, _) = $0 { level } else { nil } })
            .sorted()
    }

    var isEmpty: Bool { blocks.isEmpty }

    var html: HTML {
        let hasSeveral = blocks.count(where: \.isTable) > 1
        var tables = 0
        let drawn = blocks.map { block in
            if block.isTable { tables += 1 }
            return html(block, table: hasSeveral ? tables : nil)
        }
        return "\(drawn)"
    }

    /// - Parameter table: the number of a table among several.
    private func html(_ block: MarkedText.Block, table number: Int?) -> HTML {
        switch block {
        case .words(let runs): "<p>\(RunText(runs))</p>\n"
        case .heading(let level, let runs): heading(levels.firstIndex(of: level) ?? 0, RunText(runs))
        case .table(let rows): DocumentTable(rows, number: number).html
        }
    }

    /// Below the heading of the words on the page.
    private func heading(_ rank: Int, _ words: RunText) -> HTML {
        switch rank {
        case 0: "<h3>\(words)</h3>\n"
        case 1: "<h4>\(words)</h4>\n"
        case 2: "<h5>\(words)</h5>\n"
        default: "<h6>\(words)</h6>\n"
        }
    }
}

extension MarkedText.Block {
    fileprivate var isTable: Bool {
        if case .table = self { true } else { false }
    }
}

/// Words within a line.
struct RunText: Piece {
    private let runs: [MarkedText.Run]

    init(_ runs: [MarkedText.Run]) {
        self.runs = runs
    }

    var html: HTML { "\(runs.enumerated().map { Self.html($1, isFirst: $0 == 0) })" }

    private static func html(_ run: MarkedText.Run, isFirst: Bool) -> HTML {
        switch run {
        case .words(let words): "\(words)"
        // In words too: not every screen reader tells that something is struck out, and no plain copy does.
        case .struck(let words): "<s>〔划去：\(words)〕</s>"
        case .address(let address): "\(when: !isFirst, " ")\(link(address))"
        }
    }

    /// The address itself is what is shown: nobody is led elsewhere than the words say.
    private static func link(_ address: String) -> HTML {
        guard let link = Link(outside: address) ?? Link(mail: address) else { return "&lt;\(address)&gt;" }
        return "<a href=\"\(link)\" rel=\"nofollow noopener external\">\(address)</a>"
    }
}
