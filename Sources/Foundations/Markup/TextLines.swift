/// Text that comes in pieces, cut into lines; blanks of any kind and number are one.
struct TextLines {
    private(set) var blocks: [MarkedText.Block] = []
    private var line: [Sign] = []
    private var hasBlank = false

    private enum Sign {
        case scalar(Unicode.Scalar)
        case address(String)

        /// nil of an address.
        var word: Unicode.Scalar? {
            if case .scalar(let scalar) = self { scalar } else { nil }
        }
    }

    mutating func add(_ piece: UnsafePointer<CChar>?) {
        guard let piece else { return }
        for scalar in String(cString: piece).unicodeScalars {
            if scalar.properties.isWhitespace || scalar.value < 0x20 {
                hasBlank = true
            } else if scalar.value != 0xFEFF, scalar.value != 0x200B {
                if hasBlank, !line.isEmpty { line.append(.scalar(" ")) }
                hasBlank = false
                line.append(.scalar(scalar))
            }
        }
    }

    mutating func addBlank() { hasBlank = true }

    mutating func endLine() {
        if !line.isEmpty { blocks.append(.words(runs)) }
        line = []
        hasBlank = false
    }

    private var runs: [MarkedText.Run] {
        var runs: [MarkedText.Run] = []
        var words = String.UnicodeScalarView()
        for sign in line {
            switch sign {
            case .scalar(let scalar): words.append(scalar)
            case .address(let address):
                runs.add(words: String(words))
                runs.append(.address(address))
                words = String.UnicodeScalarView()
            }
        }
        runs.add(words: String(words))
        return runs
    }

    // MARK: Places

    /// A place in the text so far.
    struct Mark {
        fileprivate let blocks: Int
        fileprivate let signs: Int
    }

    var mark: Mark { Mark(blocks: blocks.count, signs: line.count) }

    private static let sinceMax = 300

    /// What came since, on one line, at most 300 characters.
    func text(since mark: Mark) -> String {
        var pieces = blocks.dropFirst(mark.blocks).prefix(3).map { Array($0.shown.unicodeScalars) }
        pieces.append(line.compactMap(\.word))
        pieces[0].removeFirst(min(mark.signs, pieces[0].count))
        var text = String.UnicodeScalarView()
        text.append(contentsOf: pieces.joined(separator: [" "]).prefix(Self.sinceMax))
        return String(text).split(separator: " ").joined(separator: " ")
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
