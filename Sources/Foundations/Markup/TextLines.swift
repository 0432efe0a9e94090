/// Text that comes in pieces, cut into lines; blanks of any kind and number are one.
struct TextLines {
    private(set) var blocks: [MarkedText.Block] = []
    private var line: [Sign] = []
    private var hasBlank = false
    /// What stands before the first word of the next line: the number of an item.
    private var marker: String?
    /// Whether what comes is struck out.
    var isStruck = false

    private enum Sign {
        case scalar(Unicode.Scalar, isStruck: Bool)
        case address(String)

        /// nil of an address.
        var word: Unicode.Scalar? {
            if case .scalar(let scalar, _) = self { scalar } else { nil }
        }

        var isStruck: Bool {
            if case .scalar(_, isStruck: true) = self { true } else { false }
        }
    }

    mutating func add(_ piece: UnsafePointer<CChar>?) {
        guard let piece else { return }
        for scalar in String(cString: piece).unicodeScalars {
            if scalar.properties.isWhitespace || scalar.value < 0x20 {
                hasBlank = true
            } else if scalar.value != 0xFEFF, scalar.value != 0x200B {
                writeMarker()
                if hasBlank, let last = line.last {
                    line.append(.scalar(" ", isStruck: isStruck && last.isStruck))
                }
                hasBlank = false
                line.append(.scalar(scalar, isStruck: isStruck))
            }
        }
    }

    mutating func addBlank() { hasBlank = true }

    /// - Parameter marker: stands before what comes next; nil where nothing came that it would stand before.
    mutating func begin(item marker: String?) { self.marker = marker }

    /// Where the item begins with no word, its marker stands alone.
    mutating func writeMarker() {
        guard let marker, line.isEmpty else { return }
        line = marker.unicodeScalars.map { .scalar($0, isStruck: false) }
        hasBlank = true
        self.marker = nil
    }

    /// Puts the words of the line at hand since then as others, before the addresses among them; where another
    /// line has begun they stay.
    mutating func change(since mark: Mark, _ change: ([Unicode.Scalar]) -> [Unicode.Scalar]) {
        guard mark.blocks == blocks.count, mark.signs < line.count else { return }
        let start = line[mark.signs].word == " " ? mark.signs + 1 : mark.signs
        let (words, isStruck) = (
            line[start...].compactMap(\.word), line[start...].contains(where: \.isStruck)
        )
        let addresses = line[start...].filter { $0.word == nil }
        line.replaceSubrange(
            start..., with: change(words).map { .scalar($0, isStruck: isStruck) } + addresses)
    }

    mutating func endLine() {
        if !line.isEmpty { blocks.append(.words(runs)) }
        line = []
        hasBlank = false
    }

    private var runs: [MarkedText.Run] {
        var runs: [MarkedText.Run] = []
        var words = String.UnicodeScalarView()
        func endRun(isStruck: Bool) {
            if isStruck, !words.isEmpty {
                runs.append(.struck(String(words)))
            } else {
                runs.add(words: String(words))
            }
            words = String.UnicodeScalarView()
        }
        var wasStruck = false
        for sign in line {
            switch sign {
            case .scalar(let scalar, let isStruck):
                if isStruck != wasStruck { endRun(isStruck: wasStruck) }
                wasStruck = isStruck
                words.append(scalar)
            case .address(let address):
                endRun(isStruck: wasStruck)
                runs.append(.address(address))
            }
        }
        endRun(isStruck: wasStruck)
        return runs
    }

    // MARK: Places

    /// A place in the text so far.
    struct Mark {
        fileprivate let blocks: Int
        fileprivate let signs: Int
        /// What will stand before the words that come.
        fileprivate let marker: String?
    }

    var mark: Mark { Mark(blocks: blocks.count, signs: line.count, marker: marker) }

    private static let sinceMax = 300

    /// What came since, on one line, at most 300 characters.
    func text(since mark: Mark) -> String {
        var pieces = blocks.dropFirst(mark.blocks).prefix(3).map { Array($0.shown.unicodeScalars) }
        pieces.append(line.compactMap(\.word))
        pieces[0].removeFirst(min(mark.signs, pieces[0].count))
        var text = String.UnicodeScalarView()
        text.append(contentsOf: pieces.joined(separator: [" "]).prefix(Self.sinceMax))
        let words = text.split(separator: " ").map { String($0) }
        return (words.first == mark.marker ? words.dropFirst() : words[...]).joined(separator: " ")
    }

    /// Puts an address after what came last: on the line at hand, or at the end of the last one where that has
    /// just ended.
    mutating func append(address: String) {
        switch blocks.last {
        case .words(let runs)? where line.isEmpty:
            blocks[blocks.count - 1] = .words(runs + [.address(address)])
        case .heading(let level, let runs)? where line.isEmpty:
            blocks[blocks.count - 1] = .heading(level: level, runs + [.address(address)])
        default: line.append(.address(address))
        }
    }

    /// Puts others in the place of the blocks from a number on.
    mutating func replace(from start: Int, with others: [MarkedText.Block]) {
        blocks.replaceSubrange(min(start, blocks.count)..., with: others)
    }
}
