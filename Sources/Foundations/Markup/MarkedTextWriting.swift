/// A text with marks, and how they are written.
package struct WrittenText: Sendable, Hashable {
    package let text: String
    package let form: TextForm

    package init(text: String, form: TextForm) {
        self.text = text
        self.form = form
    }

    /// In the oldest form that reads back as the same, so that what needs no newer marks keeps its bytes.
    ///
    /// - Returns: nil where the words need no marks.
    package init?(_ words: MarkedText) {
        let bare = BlockWriting(isStructured: false).text(words.blocks)
        if MarkedText(bare, form: nil) == words { return nil }
        let isMarked = MarkedText(bare, form: .marked) == words
        self.init(
            text: isMarked ? bare : BlockWriting(isStructured: true).text(words.blocks),
            form: isMarked ? .marked : .structured)
    }
}

/// Marks as they are written.
private struct BlockWriting {
    /// Otherwise nothing is escaped, and only the older marks are written.
    let isStructured: Bool

    func text(_ blocks: [MarkedText.Block]) -> String {
        var lines: [String] = []
        var followsTable = false
        for block in blocks {
            switch block {
            case .words(let runs): lines.append(line(runs))
            case .heading(let level, let runs):
                lines.append(String(repeating: "#", count: level) + " " + written(runs))
            case .table(let rows):
                if followsTable { lines.append(TextMark.betweenTables) }
                lines += rows.map { $0.map(cell).joined(separator: " | ") }
            }
            if case .table = block { followsTable = true } else { followsTable = false }
        }
        return lines.joined(separator: "\n")
    }

    private func line(_ runs: [MarkedText.Run]) -> String {
        let line = written(runs)
        guard isStructured, line.hasPrefix("#") || line.hasPrefix(TextMark.betweenTables) else { return line }
        return String(TextMark.escape) + line
    }

    private func cell(_ cell: MarkedText.Cell) -> String {
        switch cell {
        case .left: String(TextMark.left)
        case .above: String(TextMark.above)
        case .own(let lines, let isHead):
            (isHead ? "# " : "")
                + words(lines.map(written).joined(separator: " \(TextMark.lineBreak) "), isHead)
        }
    }

    private func words(_ words: String, _ isHead: Bool) -> String {
        let first = words.unicodeScalars.first
        let looksMarked = first == TextMark.left || first == TextMark.above || first == "#" && !isHead
        return isStructured && looksMarked ? String(TextMark.escape) + words : words
    }

    // MARK: Runs

    private func written(_ runs: [MarkedText.Run]) -> String {
        var text = ""
        for run in runs {
            switch run {
            case .words(let words): text += escaped(words)
            case .struck(let words):
                text += TextMark.struckStart + escaped(words, isStruck: true) + String(TextMark.struckEnd)
            case .address(let address): text += (text.isEmpty ? "<" : " <") + address + ">"
            }
        }
        return text
    }

    private func escaped(_ words: String, isStruck: Bool = false) -> String {
        guard isStructured else { return words }
        var text = String.UnicodeScalarView()
        let scalars = words.unicodeScalars
        for at in scalars.indices {
            if looksMarked(scalars[at...], isStruck) { text.append(TextMark.escape) }
            text.append(scalars[at])
        }
        return String(text)
    }

    private func looksMarked(_ words: Substring.UnicodeScalarView, _ isStruck: Bool) -> Bool {
        switch words.first {
        case TextMark.escape, "|", TextMark.lineBreak: true
        case TextMark.struckEnd: isStruck
        case "〔": words.starts(with: TextMark.struckStart.unicodeScalars)
        case "<": LinkAddress.begins(words.dropFirst())
        default: false
        }
    }
}
