extension MarkedText {
    /// - Parameter form: nil where every sign stands for itself.
    package init(_ text: String, form: TextForm?) {
        var blocks: [Block] = []
        var rows: [(line: Substring, cells: [Cell])] = []
        func endTable() {
            let isTable = rows.count > 1 || form == .structured && !rows.isEmpty
            blocks +=
                isTable ? [.table(rows.map(\.cells))] : rows.map { .words(LineReading($0.line, form).runs()) }
            rows = []
        }
        // By scalars: characters are many times as dear, and a text is long.
        for scalars in text.unicodeScalars.split(whereSeparator: \.endsLine)
        where !scalars.allSatisfy(\.properties.isWhitespace) {
            let line = Substring(scalars)
            if let cells = LineReading.cells(of: line, form) {
                rows.append((line, cells))
            } else {
                endTable()
                if form != .structured || line != TextMark.betweenTables {
                    blocks.append(Self.block(line, form))
                }
            }
        }
        endTable()
        self.init(blocks)
    }

    private static func block(_ line: Substring, _ form: TextForm?) -> Block {
        guard form != nil, let level = headingLevel(line) else {
            return .words(LineReading(line, form).runs())
        }
        return .heading(level: level, LineReading(line.dropping(level + 1), form).runs())
    }

    /// 1...6 for a line that is marked as a heading: its number of `#`, which a blank follows.
    package static func headingLevel(_ line: Substring) -> Int? {
        let level = line.utf8.prefix(7).prefix { $0 == UInt8(ascii: "#") }.count
        return (1...6).contains(level) && line.utf8.dropFirst(level).first == UInt8(ascii: " ") ? level : nil
    }
}

extension Substring {
    /// Without its first scalars: a blank may be half of a character.
    fileprivate func dropping(_ count: Int) -> Substring { Substring(unicodeScalars.dropFirst(count)) }
}

extension Unicode.Scalar {
    fileprivate var endsLine: Bool {
        switch value {
        case 0x0A...0x0D, 0x85, 0x2028, 0x2029: true
        default: false
        }
    }
}

/// A line, or a part of one, whose marks are read.
private struct LineReading {
    private var rest: Substring.UnicodeScalarView
    private let form: TextForm?
    private var isStructured: Bool { form == .structured }

    init(_ line: Substring, _ form: TextForm?) {
        rest = line.unicodeScalars
        self.form = form
    }

    // MARK: Rows

    /// What stands between bars that have blanks on both sides, or the end of the line; nil for a line with
    /// any other bar or none.
    static func cells(of line: Substring, _ form: TextForm?) -> [MarkedText.Cell]? {
        let pieces = pieces(of: line, at: "|", form)
        guard pieces.count > 1 else { return nil }
        let last = pieces.count - 1
        for (index, piece) in pieces.enumerated() {
            let opens = index == 0 || piece.utf8.first == 0x20 || index == last && piece.isEmpty
            let closes = index == last || piece.utf8.last == 0x20 || index == 0 && piece.isEmpty
            guard opens, closes else { return nil }
        }
        return pieces.map { cell(bare($0), form) }
    }

    private static func cell(_ words: Substring, _ form: TextForm?) -> MarkedText.Cell {
        guard form == .structured else {
            let runs = LineReading(words, form).runs()
            return .own(runs.isEmpty ? [] : [runs], isHead: false)
        }
        if words == Substring(String(TextMark.left)) { return .left }
        if words == Substring(String(TextMark.above)) { return .above }
        let isHead = words.unicodeScalars.starts(with: "# ".unicodeScalars)
        let lines = pieces(of: isHead ? words.dropping(2) : words, at: TextMark.lineBreak, form)
            .map { LineReading(bare($0), form).runs() }.filter { !$0.isEmpty }
        return .own(lines, isHead: isHead)
    }

    /// Parted at a sign that stands for no word.
    private static func pieces(of line: Substring, at sign: Unicode.Scalar, _ form: TextForm?) -> [Substring]
    {
        let scalars = line.unicodeScalars
        guard scalars.contains(sign) else { return [line] }
        var pieces: [Substring] = []
        var (start, at) = (scalars.startIndex, scalars.startIndex)
        while at < scalars.endIndex {
            let next = scalars.index(after: at)
            if scalars[at] == sign {
                pieces.append(Substring(scalars[start..<at]))
                start = next
            }
            let isEscape = form == .structured && scalars[at] == TextMark.escape && next < scalars.endIndex
            at = isEscape ? scalars.index(after: next) : next
        }
        return pieces + [Substring(scalars[start...])]
    }

    /// Without the blanks that belong to the marks around.
    private static func bare(_ piece: Substring) -> Substring {
        let head = piece.utf8.first == 0x20 ? piece.unicodeScalars.dropFirst() : piece.unicodeScalars
        return Substring(head.last == " " ? head.dropLast() : head)
    }

    // MARK: Runs

    consuming func runs() -> [MarkedText.Run] {
        guard form != nil else { return rest.isEmpty ? [] : [.words(String(rest))] }
        var runs: [MarkedText.Run] = []
        var words = String.UnicodeScalarView()
        while let sign = rest.first {
            if let literal = escaped() {
                words.append(literal)
            } else if sign == "<", let address = address() {
                // The blank before an address is part of the mark.
                if words.last == " " { words.removeLast() }
                runs.add(words: String(words))
                runs.append(.address(address))
                words = String.UnicodeScalarView()
            } else if sign == "〔", let struck = struck() {
                runs.add(words: String(words))
                runs.append(.struck(struck))
                words = String.UnicodeScalarView()
            } else {
                words.append(sign)
                rest.removeFirst()
            }
        }
        runs.add(words: String(words))
        return runs
    }

    /// The sign that stands for itself here, after the one that says so.
    private mutating func escaped() -> Unicode.Scalar? {
        guard isStructured, rest.first == TextMark.escape, let sign = rest.dropFirst().first,
            TextMark.escaped.contains(sign)
        else { return nil }
        rest.removeFirst(2)
        return sign
    }

    private mutating func address() -> String? {
        let inside = rest.dropFirst().prefix(LinkAddress.bytesMax + 1).prefix { $0 != ">" && $0 != "<" }
        guard inside.endIndex < rest.endIndex, rest[inside.endIndex] == ">",
            let address = LinkAddress(String(inside))
        else { return nil }
        rest = rest[rest.index(after: inside.endIndex)...]
        return address.text
    }

    /// Up to the sign that ends it; nil, and nothing is read, where none does.
    private mutating func struck() -> String? {
        guard isStructured, rest.starts(with: TextMark.struckStart.unicodeScalars) else { return nil }
        let start = rest
        rest.removeFirst(TextMark.struckStart.unicodeScalars.count)
        var words = String.UnicodeScalarView()
        while let sign = rest.first, sign != TextMark.struckEnd {
            if let literal = escaped() {
                words.append(literal)
            } else {
                words.append(sign)
                rest.removeFirst()
            }
        }
        guard rest.popFirst() != nil else {
            rest = start
            return nil
        }
        return String(words)
    }
}
