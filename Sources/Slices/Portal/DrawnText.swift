// Text in a drawing, which does not wrap by itself.

extension String {
    /// Cut into lines of so many widths of a Chinese character.
    func wrapped(_ ems: Double) -> [String] {
        var lines: [String] = []
        var line = ""
        for piece in unbroken {
            if !line.isEmpty, line.ems + piece.ems > ems {
                lines.append(line)
                line = ""
            }
            line += piece
        }
        return line.isEmpty ? lines : lines + [line]
    }

    /// The pieces between which a line may end: a character with its brackets and marks, or a whole number or word.
    private var unbroken: [String] {
        var pieces: [String] = []
        for character in self {
            guard let last = pieces.last?.last, holds(last, character) else {
                pieces.append(String(character))
                continue
            }
            pieces[pieces.count - 1].append(character)
        }
        return pieces
    }

    private func holds(_ first: Character, _ second: Character) -> Bool {
        let isWord = { (character: Character) in
            character.isASCII && (character.isLetter || character.isNumber)
        }
        return "（〔“《▸".contains(first) || "，。、；：）〕”》".contains(second)
            || (isWord(first) && isWord(second))
    }

    /// Its width in Chinese characters, about: a drawing cannot measure its letters.
    var ems: Double { reduce(0) { $0 + ($1.isASCII ? 0.56 : 1) } }
}
