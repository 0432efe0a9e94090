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
    private var struckDepth = 0
    /// The lists around, the innermost last.
    private var lists: [ListMarker] = []
    private var linksNamed = 0
    /// The tables around, the innermost last.
    private var tables: [HTMLTable] = []
    private var placesLeft = HTMLDocument.tablePlacesMax
    /// How many tables are too large to be laid out.
    private(set) var tablesTooLarge = 0

    private typealias Node = UnsafeMutablePointer<GumboNode>

    /// What is done next; a stack of our own, so that the depth of a page is no depth of calls.
    private enum Step {
        case enter(Node)
        case breakLine
        case heading(level: Int, start: Int)
        case endLink(String, TextLines.Mark)
        case leave(WritableKeyPath<HTMLReading, Int>)
        case endRow
        case endTable
        case endList
        case endItem
        case endRaised(RaisedSigns, TextLines.Mark)
    }

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

    private static let striking: Set<UInt32> = tags([GUMBO_TAG_S, GUMBO_TAG_DEL, GUMBO_TAG_STRIKE])

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
            case .leave(let depth): leave(depth)
            case .endRow: endRow()
            case .endTable: endTable()
            case .endList: lists.removeLast()
            case .endItem: text.begin(item: nil)
            case .endRaised(let signs, let mark): text.change(since: mark, signs.plain)
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
        if isHidden(node) {
            if keepsPlace(node) { enter(tablePart: node, &steps) }
            return drop("hidden")
        }
        if Self.lines.contains(UInt32(tag.rawValue)) {
            text.endLine()
            steps.append(.breakLine)
        }
        enter(listPart: node, &steps)
        enter(tablePart: node, &steps)
        if let level = Self.levels[UInt32(tag.rawValue)] {
            steps.append(.heading(level: level, start: text.blocks.count))
        }
        if tag == GUMBO_TAG_A, let address = attribute("href", of: node) {
            steps.append(.endLink(address, text.mark))
        }
        if Self.navigation.contains(UInt32(tag.rawValue)) { enter(\.navigationDepth, &steps) }
        if tag != GUMBO_TAG_BODY, isForAttachments(node) { enter(\.attachmentDepth, &steps) }
        if Self.striking.contains(UInt32(tag.rawValue)) || isStruck(node) { enter(\.struckDepth, &steps) }
        if tag == GUMBO_TAG_SUP { steps.append(.endRaised(.raised, text.mark)) }
        if tag == GUMBO_TAG_SUB { steps.append(.endRaised(.lowered, text.mark)) }
        push(node.pointee.v.element.children, &steps)
    }

    // MARK: Lists

    private mutating func enter(listPart node: Node, _ steps: inout [Step]) {
        switch node.pointee.v.element.tag {
        case GUMBO_TAG_OL:
            lists.append(orderedList(node))
            steps.append(.endList)
        case GUMBO_TAG_UL:
            lists.append(ListMarker())
            steps.append(.endList)
        case GUMBO_TAG_LI where isOfList(node) && navigationDepth == 0:
            lists[lists.count - 1].count(value: attribute("value", of: node)?.signedNumber)
            text.begin(item: lists.last?.text)
            steps.append(.endItem)
        default: break
        }
    }

    private func orderedList(_ node: Node) -> ListMarker {
        let isReversed = attribute("reversed", of: node) != nil
        let start = attribute("start", of: node)?.signedNumber ?? (isReversed ? items(of: node) : 1)
        let numbering = attribute("type", of: node).flatMap(ListMarker.Numbering.init) ?? .decimal
        return ListMarker(numbering, from: start, isReversed: isReversed, within: lists.last)
    }

    private func items(of list: Node) -> Int {
        let children = list.pointee.v.element.children
        return (0..<Int(children.length)).count { at in
            guard let child = children.data?[at]?.assumingMemoryBound(to: GumboNode.self) else {
                return false
            }
            return child.pointee.type == GUMBO_NODE_ELEMENT && child.pointee.v.element.tag == GUMBO_TAG_LI
        }
    }

    /// Directly, and of one whose items show that they are: many sites lay out their menus as lists without.
    private func isOfList(_ item: Node) -> Bool {
        guard !lists.isEmpty, let parent = item.pointee.parent, parent.pointee.type == GUMBO_NODE_ELEMENT,
            [GUMBO_TAG_OL, GUMBO_TAG_UL].contains(parent.pointee.v.element.tag)
        else { return false }
        return ![item, parent].contains { node in
            let style = self.style(of: node)
            return style.contains("list-style:none") || style.contains("list-style-type:none")
        }
    }

    // MARK: Headings

    /// A heading is a line or a few, each marked; what is longer, or goes with the site, is none.
    private static let headingLinesMax = 3
    private static let headingScalarsMax = 120

    private mutating func endHeading(_ level: Int, from start: Int) {
        text.endLine()
        let found = text.blocks[min(start, text.blocks.count)...].map(\.runs)
        let heading = found.compactMap { $0?.plain }.joined(separator: " ")
        guard !heading.isEmpty else { return }
        if level <= 2, headings.count < Self.headingsMax { headings.append(heading) }
        guard navigationDepth == 0, found.count <= Self.headingLinesMax, !found.contains(nil),
            heading.unicodeScalars.count <= Self.headingScalarsMax
        else { return }
        text.replace(from: start, with: found.compactMap(\.self).map { .heading(level: level, $0) })
    }

    // MARK: Tables

    private mutating func enter(tablePart node: Node, _ steps: inout [Step]) {
        if node.pointee.v.element.tag == GUMBO_TAG_TABLE {
            text.writeMarker()
            text.endLine()
        }
        let place = text.blocks.count
        switch node.pointee.v.element.tag {
        case GUMBO_TAG_TABLE:
            change { $0.holdTable() }
            tables.append(HTMLTable(start: place))
            steps.append(.endTable)
        case GUMBO_TAG_THEAD: change { $0.openGroup(isHead: true) }
        case GUMBO_TAG_TBODY: change { $0.openGroup() }
        case GUMBO_TAG_TFOOT: change { $0.openGroup(isFoot: true) }
        case GUMBO_TAG_TR:
            change { $0.openRow(at: place) }
            steps.append(.endRow)
        case GUMBO_TAG_TD, GUMBO_TAG_TH:
            let span = span(of: node)
            let isHead = node.pointee.v.element.tag == GUMBO_TAG_TH
            change { $0.openCell(at: place, span, isHead: isHead) }
        default: break
        }
    }

    /// Of the innermost table.
    private mutating func change(_ change: (inout HTMLTable) -> Void) {
        if !tables.isEmpty { change(&tables[tables.count - 1]) }
    }

    private mutating func endRow() {
        text.endLine()
        let place = text.blocks.count
        change { $0.closeRow(at: place) }
    }

    private mutating func endTable() {
        text.endLine()
        guard let table = tables.popLast() else { return }
        if let blocks = table.laidOut(text.blocks, placesLeft: &placesLeft) {
            text.replace(from: table.start, with: blocks)
        } else {
            tablesTooLarge += 1
        }
    }

    /// HTML 4.9.11: what is no number counts as 1, what is too large as the most there is.
    private func span(of node: Node) -> TableGrid.Span {
        let columns = attribute("colspan", of: node)?.leadingNumber ?? 1
        let rows = attribute("rowspan", of: node)?.leadingNumber ?? 1
        return TableGrid.Span(
            columns: columns == 0 ? 1 : min(columns, TableGrid.Span.columnsMax),
            rows: min(rows, TableGrid.Span.rowsMax))
    }

    private mutating func enter(_ depth: WritableKeyPath<HTMLReading, Int>, _ steps: inout [Step]) {
        self[keyPath: depth] += 1
        text.isStruck = struckDepth > 0
        steps.append(.leave(depth))
    }

    private mutating func leave(_ depth: WritableKeyPath<HTMLReading, Int>) {
        self[keyPath: depth] -= 1
        text.isStruck = struckDepth > 0
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

    /// A file is listed, a link within the words is named behind them by its address; the site's own
    /// navigation is neither.
    private mutating func endLink(_ address: String, since mark: TextLines.Mark) {
        guard navigationDepth == 0 else { return }
        let name = text.text(since: mark)
        let file = LinkedFile(name: name, address: address)
        if isAttachment(file) { return list(file) }
        guard !name.isEmpty, linksNamed < Self.linksMax, let found = LinkAddress(address.trimmingBlanks)
        else {
            return
        }
        linksNamed += 1
        text.append(address: found.text)
    }

    /// A link is an attachment where the page's markup calls the place so, or where it leads to a file of a
    /// kind that papers are kept in.
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
        let style = style(of: node)
        return style.contains("display:none") || style.contains("visibility:hidden")
    }

    /// A cell that is laid out and not seen has its place in the table; one that is not laid out has none.
    private func keepsPlace(_ node: Node) -> Bool {
        [GUMBO_TAG_TD, GUMBO_TAG_TH].contains(node.pointee.v.element.tag)
            && attribute("hidden", of: node) == nil && !style(of: node).contains("display:none")
    }

    private func isStruck(_ node: Node) -> Bool {
        let style = style(of: node)
        return style.contains("text-decoration") && style.contains("line-through")
    }

    /// In lower case, without blanks; empty where the element has none of its own.
    private func style(of node: Node) -> String {
        attribute("style", of: node).map { $0.lowercased().filter { !$0.isWhitespace } } ?? ""
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
        guard title.blocks.isEmpty, let data = node.pointee.v.element.children.data else { return }
        for index in 0..<Int(node.pointee.v.element.children.length) {
            guard let child = data[index]?.assumingMemoryBound(to: GumboNode.self),
                child.pointee.type == GUMBO_NODE_TEXT
            else { continue }
            title.add(child.pointee.v.text.text)
        }
        title.endLine()
    }
}

extension Substring {
    /// After a plus, as HTML reads numbers.
    fileprivate var leadingDigits: Substring {
        drop { $0 == "+" }.prefix { $0.isASCII && $0.isNumber }
    }
}

extension String {
    /// HTML 2.3.4.1, signed integers; nil where none begins, or it has more than nine digits.
    fileprivate var signedNumber: Int? {
        let text = drop(while: \.isWhitespace)
        let digits = (text.first == "-" ? text.dropFirst() : text).leadingDigits
        return digits.utf8.count > 9 ? nil : Int((text.first == "-" ? "-" : "") + digits)
    }

    /// HTML 2.3.4.2, non-negative integers; nil where none begins. Above what a span can be it is as good as
    /// any.
    fileprivate var leadingNumber: Int? {
        let digits = drop(while: \.isWhitespace).leadingDigits
        return digits.isEmpty ? nil : Int(digits.prefix(9))
    }

    fileprivate var trimmingBlanks: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }),
            let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }
}
