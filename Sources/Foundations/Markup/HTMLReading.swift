import CGumbo

/// A walk through the tree of a page.
struct HTMLReading {
    private(set) var title = TextLines()
    private(set) var metas: [String: String] = [:]
    private(set) var headings: [String] = []
    private(set) var text = TextLines()
    private(set) var dropped: [String: Int] = [:]
    private(set) var files: [LinkedFile] = []
    /// How many of the elements around are for attachments.
    private var attachmentDepth = 0
    private var navigationDepth = 0
    private var linksNamed = 0
    /// The table rows around, the innermost last.
    private var rows: [TableRow] = []

    private typealias Node = UnsafeMutablePointer<GumboNode>

    /// What is done next; a stack of our own, so that the depth of a page is no depth of calls.
    private enum Step {
        case enter(Node)
        case breakLine
        case heading(level: Int, start: Int)
        case endLink(String, TextLines.Mark)
        case leave(WritableKeyPath<HTMLReading, Int>)
        case endRow
    }

    /// Where a row and its cells began, counted in lines.
    private struct TableRow {
        let start: Int
        var cells: [Int] = []
        var holdsTable = false
    }

    /// Above these a row is no row of data: pages are laid out in tables too.
    private static let cellLinesMax = 4
    private static let rowScalarsMax = 800

    private static let metasMax = 100
    private static let headingsMax = 20
    private static let filesMax = 200
    private static let linksMax = 200

    private static let dropping: Set<UInt32> = tags([
        GUMBO_TAG_SCRIPT, GUMBO_TAG_STYLE, GUMBO_TAG_NOSCRIPT, GUMBO_TAG_TEMPLATE, GUMBO_TAG_IFRAME,
        GUMBO_TAG_OBJECT,
        GUMBO_TAG_EMBED, GUMBO_TAG_APPLET, GUMBO_TAG_SVG, GUMBO_TAG_MATH, GUMBO_TAG_CANVAS, GUMBO_TAG_AUDIO,
        GUMBO_TAG_VIDEO, GUMBO_TAG_INPUT, GUMBO_TAG_SELECT, GUMBO_TAG_TEXTAREA, GUMBO_TAG_BUTTON,
        GUMBO_TAG_NOFRAMES,
        GUMBO_TAG_FRAMESET, GUMBO_TAG_XMP, GUMBO_TAG_PLAINTEXT, GUMBO_TAG_LINK, GUMBO_TAG_BASE,
    ])

    private static let lines: Set<UInt32> = tags([
        GUMBO_TAG_P, GUMBO_TAG_DIV, GUMBO_TAG_SECTION, GUMBO_TAG_ARTICLE, GUMBO_TAG_ASIDE, GUMBO_TAG_MAIN,
        GUMBO_TAG_HEADER, GUMBO_TAG_FOOTER, GUMBO_TAG_NAV, GUMBO_TAG_H1, GUMBO_TAG_H2, GUMBO_TAG_H3,
        GUMBO_TAG_H4,
        GUMBO_TAG_H5, GUMBO_TAG_H6, GUMBO_TAG_UL, GUMBO_TAG_OL, GUMBO_TAG_LI, GUMBO_TAG_DL, GUMBO_TAG_DT,
        GUMBO_TAG_DD,
        GUMBO_TAG_TABLE, GUMBO_TAG_CAPTION, GUMBO_TAG_THEAD, GUMBO_TAG_TBODY, GUMBO_TAG_TFOOT, GUMBO_TAG_TR,
        GUMBO_TAG_TD, GUMBO_TAG_TH, GUMBO_TAG_BLOCKQUOTE, GUMBO_TAG_PRE, GUMBO_TAG_FIGURE,
        GUMBO_TAG_FIGCAPTION,
        GUMBO_TAG_ADDRESS, GUMBO_TAG_FORM, GUMBO_TAG_FIELDSET, GUMBO_TAG_LEGEND, GUMBO_TAG_CENTER,
        GUMBO_TAG_BODY,
        GUMBO_TAG_BR, GUMBO_TAG_HR,
    ])

    /// What is linked from these goes with the site, not with the page's words.
    private static let navigation: Set<UInt32> = tags([GUMBO_TAG_NAV, GUMBO_TAG_HEADER, GUMBO_TAG_FOOTER])

    private static let levels: [UInt32: Int] = [
        UInt32(GUMBO_TAG_H1.rawValue): 1, UInt32(GUMBO_TAG_H2.rawValue): 2, UInt32(GUMBO_TAG_H3.rawValue): 3,
        UInt32(GUMBO_TAG_H4.rawValue): 4, UInt32(GUMBO_TAG_H5.rawValue): 5, UInt32(GUMBO_TAG_H6.rawValue): 6,
    ]

    private static func tags(_ tags: [GumboTag]) -> Set<UInt32> { Set(tags.map { UInt32($0.rawValue) }) }

    mutating func read(_ root: UnsafeMutablePointer<GumboNode>) {
        var steps: [Step] = [.enter(root)]
        while let step = steps.popLast() {
            switch step {
            case .breakLine: text.endLine()
            case .heading(let level, let start): endHeading(level, from: start)
            case .endLink(let address, let mark): endLink(address, since: mark)
            case .leave(let depth): self[keyPath: depth] -= 1
            case .endRow: endRow()
            case .enter(let node):
                switch node.pointee.type {
                case GUMBO_NODE_TEXT, GUMBO_NODE_CDATA: text.add(node.pointee.v.text.text)
                case GUMBO_NODE_WHITESPACE: text.addBlank()
                case GUMBO_NODE_ELEMENT: enter(node, &steps)
                case GUMBO_NODE_TEMPLATE: drop("template")
                case GUMBO_NODE_DOCUMENT: push(node.pointee.v.document.children, &steps)
                default: continue
                }
            }
        }
        text.endLine()
    }

    private mutating func enter(_ node: Node, _ steps: inout [Step]) {
        let tag = node.pointee.v.element.tag
        if tag == GUMBO_TAG_META { return take(meta: node) }
        if tag == GUMBO_TAG_TITLE { return take(title: node) }
        if Self.dropping.contains(UInt32(tag.rawValue)) {
            return drop(String(cString: gumbo_normalized_tagname(tag)))
        }
        if isHidden(node) { return drop("hidden") }
        if tag == GUMBO_TAG_TR { steps.append(.endRow) }
        if Self.lines.contains(UInt32(tag.rawValue)) {
            text.endLine()
            steps.append(.breakLine)
        }
        note(tag)
        if let level = Self.levels[UInt32(tag.rawValue)] {
            steps.append(.heading(level: level, start: text.lines.count))
        }
        if tag == GUMBO_TAG_A, let address = attribute("href", of: node) {
            steps.append(.endLink(address, text.mark))
        }
        if Self.navigation.contains(UInt32(tag.rawValue)) { enter(\.navigationDepth, &steps) }
        if tag != GUMBO_TAG_BODY, isForAttachments(node) { enter(\.attachmentDepth, &steps) }
        push(node.pointee.v.element.children, &steps)
    }

    // MARK: Headings

    /// A heading is a line or a few, each marked; what is longer, or goes with the site, is none.
    private static let headingLinesMax = 3
    private static let headingScalarsMax = 120

    private mutating func endHeading(_ level: Int, from start: Int) {
        text.endLine()
        let found = text.lines[min(start, text.lines.count)...]
        let heading = found.map { MarkedText.line($0).plain }.joined(separator: " ")
        guard !heading.isEmpty else { return }
        if level <= 2, headings.count < Self.headingsMax { headings.append(heading) }
        guard navigationDepth == 0, found.count <= Self.headingLinesMax,
            heading.unicodeScalars.count <= Self.headingScalarsMax
        else { return }
        let sign = String(repeating: "#", count: level)
        text.replace(from: start, with: found.map { "\(sign) \($0)" })
    }

    // MARK: Tables

    private mutating func note(_ tag: GumboTag) {
        switch tag {
        case GUMBO_TAG_TR: rows.append(TableRow(start: text.lines.count))
        case GUMBO_TAG_TD where !rows.isEmpty, GUMBO_TAG_TH where !rows.isEmpty:
            rows[rows.count - 1].cells.append(text.lines.count)
        case GUMBO_TAG_TABLE where !rows.isEmpty: rows[rows.count - 1].holdsTable = true
        default: break
        }
    }

    /// Puts the cells of a row of data on one line, ` | ` between them; any other row stays as it is read, a cell after another.
    private mutating func endRow() {
        guard let row = rows.popLast(), !row.holdsTable, row.cells.count > 1 else { return }
        let ends = row.cells.dropFirst() + [text.lines.count]
        let cells = zip(row.cells, ends).map { text.lines[$0..<$1].map(Self.withoutLevel) }
        let isData = cells.allSatisfy { cell in
            cell.count <= Self.cellLinesMax && cell.allSatisfy { !$0.unicodeScalars.contains("|") }
        }
        let line = cells.map { $0.joined(separator: " ") }.joined(separator: " | ")
        guard isData, MarkedText.line(line).plain.unicodeScalars.count <= Self.rowScalarsMax else { return }
        text.replace(from: row.start, with: [line])
    }

    /// A cell is no heading of the text, whatever the page calls it.
    private static func withoutLevel(_ line: String) -> String {
        MarkedText.line(line).level.map { String(line.dropFirst($0 + 1)) } ?? line
    }

    private mutating func enter(_ depth: WritableKeyPath<HTMLReading, Int>, _ steps: inout [Step]) {
        self[keyPath: depth] += 1
        steps.append(.leave(depth))
    }

    private func push(_ children: GumboVector, _ steps: inout [Step]) {
        guard let data = children.data else { return }
        for index in (0..<Int(children.length)).reversed() {
            guard let child = data[index] else { continue }
            steps.append(.enter(child.assumingMemoryBound(to: GumboNode.self)))
        }
    }

    private mutating func drop(_ name: String) { dropped[name, default: 0] += 1 }

    // MARK: Files

    /// A file is listed, a link within the words is named behind them by its address; the site's own navigation is neither.
    private mutating func endLink(_ address: String, since mark: TextLines.Mark) {
        guard navigationDepth == 0 else { return }
        let name = MarkedText.line(text.text(since: mark)).plain
        let file = LinkedFile(name: name, address: address)
        if isAttachment(file) { return list(file) }
        guard !name.isEmpty, linksNamed < Self.linksMax, let found = LinkAddress(address.trimmingBlanks)
        else {
            return
        }
        linksNamed += 1
        text.append("<\(found.text)>")
    }

    /// A link is an attachment where the page's markup calls the place so, or where it leads to a file of a kind that
    /// papers are kept in.
    private func isAttachment(_ file: LinkedFile) -> Bool { attachmentDepth > 0 ? file.isLink : file.isPaper }

    private mutating func list(_ file: LinkedFile) {
        if files.count < Self.filesMax, !files.contains(file) { files.append(file) }
    }

    private func isForAttachments(_ node: Node) -> Bool {
        [attribute("class", of: node), attribute("id", of: node)].compactMap(\.self).contains { names in
            names.lowercased().split(whereSeparator: \.isWhitespace).contains {
                $0.hasPrefix("attach") || $0.hasPrefix("fujian") || $0 == "annex"
            }
        }
    }

    // MARK: Attributes

    private func attribute(_ name: String, of node: Node) -> String? {
        withUnsafePointer(to: &node.pointee.v.element.attributes) { attributes in
            guard let found = gumbo_get_attribute(attributes, name), let value = found.pointee.value else {
                return nil
            }
            return String(cString: value)
        }
    }

    private func isHidden(_ node: Node) -> Bool {
        if attribute("hidden", of: node) != nil { return true }
        guard let style = attribute("style", of: node)?.lowercased() else { return false }
        let words = style.filter { !$0.isWhitespace }
        return words.contains("display:none") || words.contains("visibility:hidden")
    }

    private mutating func take(meta node: Node) {
        guard let name = attribute("name", of: node)?.lowercased(),
            let content = attribute("content", of: node),
            !content.isEmpty, content.utf8.count <= 1_000, metas.count < Self.metasMax, metas[name] == nil
        else { return }
        metas[name] = content
    }

    /// The page's title is the first; a page within the page has one of its own.
    private mutating func take(title node: Node) {
        guard title.lines.isEmpty, let data = node.pointee.v.element.children.data else { return }
        for index in 0..<Int(node.pointee.v.element.children.length) {
            guard let child = data[index]?.assumingMemoryBound(to: GumboNode.self),
                child.pointee.type == GUMBO_NODE_TEXT
            else { continue }
            title.add(child.pointee.v.text.text)
        }
        title.endLine()
    }
}

extension String {
    fileprivate var trimmingBlanks: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }),
            let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }
}

/// Text that comes in pieces, cut into lines; blanks of any kind and number are one.
struct TextLines {
    private(set) var lines: [String] = []
    private var line: [Unicode.Scalar] = []
    private var hasBlank = false

    mutating func add(_ piece: UnsafePointer<CChar>?) {
        guard let piece else { return }
        for scalar in String(cString: piece).unicodeScalars {
            if scalar.properties.isWhitespace || scalar.value < 0x20 {
                hasBlank = true
            } else if scalar.value != 0xFEFF, scalar.value != 0x200B {
                if hasBlank, !line.isEmpty { line.append(" ") }
                hasBlank = false
                line.append(scalar)
            }
        }
    }

    mutating func addBlank() { hasBlank = true }

    /// A place in the text so far.
    struct Mark {
        fileprivate let lines: Int
        fileprivate let scalars: Int
    }

    var mark: Mark { Mark(lines: lines.count, scalars: line.count) }

    private static let sinceMax = 300

    /// What came since, on one line, at most 300 characters.
    func text(since mark: Mark) -> String {
        let begun = lines.dropFirst(mark.lines)
        var pieces = begun.prefix(3).map {
            $0.unicodeScalars.prefix(mark.scalars + Self.sinceMax).map(\.self)
        }
        pieces.append(Array(line.prefix(mark.scalars + Self.sinceMax)))
        pieces[0].removeFirst(min(mark.scalars, pieces[0].count))
        var text = String.UnicodeScalarView()
        text.append(contentsOf: pieces.joined(separator: [" "]).prefix(Self.sinceMax))
        return String(text).split(separator: " ").joined(separator: " ")
    }

    /// Puts a word after what came last: on the line at hand, or at the end of the last one where that has just ended.
    mutating func append(_ word: String) {
        if line.isEmpty, !lines.isEmpty {
            lines[lines.count - 1] += " " + word
        } else {
            line.append(contentsOf: " \(word)".unicodeScalars)
        }
    }

    /// Puts others in the place of the lines from a number on.
    mutating func replace(from start: Int, with others: [String]) {
        guard lines.count > start else { return }
        lines.replaceSubrange(start..., with: others)
    }

    mutating func endLine() {
        if !line.isEmpty { lines.append(String(String.UnicodeScalarView(line))) }
        line = []
        hasBlank = false
    }
}
