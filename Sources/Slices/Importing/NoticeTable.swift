import ChineseText

/// A table whose cells were printed one a line: a run of known column heads, then the rows.
struct NoticeTable {
    struct Head {
        let column: NoticeColumn
        let unit: SumUnit?
    }
    struct Row {
        /// 1 for the first.
        let number: Int
        /// Each cell's line.
        let cells: [Range<Int>]
        /// As many cells as heads. Otherwise a cell has several lines, or one is missing, and only the first
        /// columns can be trusted.
        let isRegular: Bool
    }

    let range: Range<Int>
    let headRange: Range<Int>
    let heads: [Head]
    let rows: [Row]

    func index(of column: NoticeColumn) -> Int? { heads.firstIndex { $0.column == column } }
    func has(_ column: NoticeColumn) -> Bool { index(of: column) != nil }

    var namesSuppliers: Bool { has(.supplier) && (has(.price) || has(.rank)) }
    var namesLots: Bool { (has(.lot) || has(.lotTitle)) && (has(.budget) || has(.ceiling)) }
}

/// Finds the tables of a notice.
struct NoticeTables {
    let scan: NoticeScan
    private var bytes: [UInt8] { scan.bytes }
    private static let rowsMax = 200
    private static let unknownHeadsMax = 8
    private static let rowLinesMax = 40

    init(scan: NoticeScan) {
        self.scan = scan
    }

    /// The tables that name suppliers or lots, in order.
    func tables() -> [NoticeTable] {
        var tables: [NoticeTable] = []
        var at = 0
        for occurrence in scan.occurrences where occurrence.start >= at {
            guard scan.words.columns[occurrence.phrase] != nil, let table = table(at: occurrence.start) else {
                continue
            }
            at = table.headRange.upperBound
            if table.namesSuppliers || table.namesLots {
                tables.append(table)
                at = max(at, table.range.upperBound)
            }
        }
        return tables
    }

    private func line(_ at: Int) -> Range<Int> { at..<scan.lineEnd(at) }

    /// The line after this one; nil at the end.
    private func next(_ line: Range<Int>) -> Range<Int>? {
        line.upperBound + 1 < bytes.count ? self.line(line.upperBound + 1) : nil
    }

    /// The head that is this whole line, and the line after it.
    private func head(_ line: Range<Int>) -> (head: NoticeTable.Head, next: Range<Int>?)? {
        guard line.lowerBound == 0 || bytes[line.lowerBound - 1] == 0x0A,
            let occurrence = scan.occurrence(at: line.lowerBound),
            let column = scan.words.columns[occurrence.phrase], occurrence.end <= line.upperBound
        else { return nil }
        var unit: SumUnit?
        if occurrence.end < line.upperBound {
            guard bytes[occurrence.end] == UInt8(ascii: "("), bytes[line.upperBound - 1] == UInt8(ascii: ")")
            else {
                return nil
            }
            unit = SumUnit.read(bytes, at: occurrence.end + 1)?.unit
        }
        var following = next(line)
        if let unitLine = following, bytes[unitLine.lowerBound] == UInt8(ascii: "("), unitLine.count <= 8,
            let (printed, _) = SumUnit.read(bytes, at: unitLine.lowerBound + 1)
        {
            unit = printed
            following = next(unitLine)
        }
        return (NoticeTable.Head(column: column, unit: unit), following)
    }

    private func table(at start: Int) -> NoticeTable? {
        var heads: [NoticeTable.Head] = []
        var current: Range<Int>? = line(start)
        while let line = current, let (head, following) = head(line) {
            heads.append(head)
            current = following
        }
        guard heads.count >= 2, var first = current else { return nil }
        if isMarkerColumn(heads[0].column) {
            var unknown = 0
            while !isMarker(first, heads[0].column, 1) {
                guard unknown < Self.unknownHeadsMax, !scan.isHeading(first.lowerBound),
                    let after = next(first)
                else {
                    return empty(heads, start, first)
                }
                heads.append(NoticeTable.Head(column: .ignored, unit: nil))
                unknown += 1
                first = after
            }
        }
        let (rows, end) = rows(heads, from: first)
        return NoticeTable(range: start..<end, headRange: start..<first.lowerBound, heads: heads, rows: rows)
    }

    private func empty(_ heads: [NoticeTable.Head], _ start: Int, _ line: Range<Int>) -> NoticeTable {
        let known = start..<min(bytes.count, max(start + 1, line.lowerBound))
        return NoticeTable(
            range: known, headRange: known.lowerBound..<known.lowerBound + 1, heads: heads, rows: [])
    }

    private func isMarkerColumn(_ column: NoticeColumn) -> Bool {
        column == .serial || column == .rank || column == .lot
    }

    private func rows(
        _ heads: [NoticeTable.Head], from first: Range<Int>
    ) -> (rows: [NoticeTable.Row], end: Int) {
        var rows: [NoticeTable.Row] = []
        var start: Range<Int>? = first
        var end = first.lowerBound
        while let line = start, rows.count < Self.rowsMax {
            let leading = heads[0].column
            if isMarkerColumn(leading) {
                guard isMarker(line, leading, rows.count + 1) else { break }
            } else if !rows.isEmpty || scan.isHeading(line.lowerBound) {
                break
            }
            let (cells, following) = cells(line, heads: heads.count, leading: leading, row: rows.count + 1)
            guard let last = cells.last else { break }
            rows.append(
                NoticeTable.Row(number: rows.count + 1, cells: cells, isRegular: cells.count == heads.count))
            end = last.upperBound
            start = following
        }
        return (rows, end)
    }

    /// The lines of one row: as many as heads, unless the next row is seen to start elsewhere.
    private func cells(
        _ first: Range<Int>, heads: Int, leading: NoticeColumn, row: Int
    ) -> (cells: [Range<Int>], next: Range<Int>?) {
        var lines: [Range<Int>] = []
        var current: Range<Int>? = first
        while let line = current, lines.count < Self.rowLinesMax {
            if !lines.isEmpty, scan.isHeading(line.lowerBound) || isTableStart(line) { break }
            lines.append(line)
            current = next(line)
        }
        if lines.count >= heads, leading == .lot || !isMarkerColumn(leading) {
            return (Array(lines.prefix(heads)), lines.count > heads ? lines[heads] : current)
        }
        if lines.count > heads, isMarker(lines[heads], leading, row + 1) {
            return (Array(lines.prefix(heads)), lines[heads])
        }
        if lines.count > 3, let other = lines[3...].firstIndex(where: { isMarker($0, leading, row + 1) }) {
            return (Array(lines.prefix(other)), lines[other])
        }
        return (Array(lines.prefix(heads)), lines.count > heads ? lines[heads] : current)
    }

    private func isTableStart(_ line: Range<Int>) -> Bool {
        guard let (head, following) = head(line), let following else { return false }
        return head.column != .ignored && self.head(following) != nil
    }

    private static let ordinal = Array("第".utf8)
    private static let rankWords = ["名", "中标候选人"].map { Array($0.utf8) }

    /// Whether a line is the mark of that row: its number, 第一名, a lot's letter.
    private func isMarker(_ line: Range<Int>, _ column: NoticeColumn, _ number: Int) -> Bool {
        let text = bytes[line]
        switch column {
        case .serial: return text.elementsEqual("\(number)".utf8)
        case .rank:
            if text.elementsEqual("\(number)".utf8) { return true }
            guard text.starts(with: Self.ordinal) else { return false }
            let rest = text.dropFirst(3)
            var names = ["\(number)"].map { Array($0.utf8) }
            if let numeral = ChineseNumeral.word(number) { names.append(Array(numeral.utf8)) }
            return names.contains { name in Self.rankWords.contains { rest.elementsEqual(name + $0) } }
        case .lot:
            return !text.isEmpty && text.count <= 12
                && text.allSatisfy { $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "-") }
        default: return false
        }
    }
}
