import Web

// Text in a drawing, which does not wrap by itself.

extension Manner.Language {
    /// The interface's words as they are drawn: a drawing is laid out by their length, so it is translated before the page.
    func drawn(_ words: String) -> String {
        // A phrase that follows other words on a page begins with a space.
        self == .english ? String(EnglishInterface.phrases.text(for: words).drop { $0 == " " }) : words
    }
}

extension String {
    /// Cut into lines of so many widths of a Chinese character.
    func wrapped(_ ems: Double, isBold: Bool = false) -> [String] {
        var lines: [String] = []
        var line = ""
        for piece in unbroken {
            if !line.isEmpty, line.ems(isBold: isBold) + piece.ems(isBold: isBold) > ems {
                lines.append(line)
                line = ""
            }
            if !line.isEmpty || piece != " " { line += piece }
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
        let isWord = { (character: Character) in character.isASCII && character != " " }
        return "（〔“《▸".contains(first) || "，。、；：）〕”》".contains(second)
            || (isWord(first) && isWord(second))
    }

    /// Its width in Chinese characters, about: a drawing cannot measure its letters. Bold ones are wider in Latin only.
    func ems(isBold: Bool = false) -> Double {
        let latin = isBold ? 0.66 : 0.56
        return reduce(0) { $0 + ($1.isASCII ? latin : 1) }
    }
}
