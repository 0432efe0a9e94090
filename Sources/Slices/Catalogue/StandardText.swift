/// How the cells of a standard catalogue are written: marks, lists, line ends.
enum StandardText {
    /// Without blanks and line ends at either end.
    static func trimmed(_ text: String) -> String {
        let body = text.drop(while: \.isWhitespace)
        guard let last = body.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(body[...last])
    }

    /// A heading without blanks, for comparison.
    static func folded(_ text: String) -> String { text.filter { !$0.isWhitespace } }

    /// A name on one line: blanks and line ends inside it are the printer's.
    static func oneLine(_ text: String) -> String { clean(folded(text)) }

    /// √ and its like; an empty cell and a mark of absence are none.
    static func isMarked(_ text: String) -> Bool {
        let folded = folded(text)
        return !folded.isEmpty && !["—", "-", "/", "×", "无", "否", "□"].contains(folded)
    }

    /// The parts of a numbered, dotted or parted list.
    static func elements(_ text: String) -> [String] {
        let parts = text.split { $0.isNewline || "；;●〇○".contains($0) }.map { clean(unnumbered(String($0))) }
            .filter { !$0.isEmpty }
        guard parts.count == 1 else { return parts }
        return parts[0].split(separator: "、").map { clean(unnumbered(String($0))) }.filter { !$0.isEmpty }
    }

    /// Names of bodies.
    static func names(_ text: String) -> [String] {
        text.split { $0.isNewline || "、，,；;".contains($0) }.map { clean(trimmed(String($0))) }
            .filter { !$0.isEmpty }
    }

    /// Of a check list the entries behind ■; all of them when nothing is marked.
    static func chosen(_ text: String) -> [String] {
        let signs: Set<Character> = ["■", "□", "☑", "☐", "√", "£", "R"]
        var entries: [(isChosen: Bool, name: String)] = []
        var isChosen = false
        var isListed = false
        var name = ""
        for character in text + "\n" {
            let isSign = signs.contains(character)
            guard isSign || character.isNewline else {
                name.append(character)
                continue
            }
            let entry = clean(trimmed(name))
            if !entry.isEmpty { entries.append((isChosen: isChosen, name: entry)) }
            name = ""
            isChosen = isSign && ["■", "☑", "√", "R"].contains(character)
            isListed = isListed || isSign
        }
        guard isListed else { return entries.map(\.name) }
        return entries.filter(\.isChosen).map(\.name)
    }

    /// `1.`, `（1）`, `1、` at the beginning of an entry.
    private static func unnumbered(_ text: String) -> String {
        let body = trimmed(text)
        let digits = body.drop { "（(".contains($0) }.drop(while: \.isNumber)
        guard digits.count < body.drop(while: { "（(".contains($0) }).count, let mark = digits.first,
            "．.、）)".contains(mark)
        else { return body }
        return trimmed(String(digits.dropFirst()))
    }

    /// The signs by which our own files part their lists become plain ones.
    static func clean(_ text: String) -> String {
        String(
            text.map { character in
                switch character {
                case ";": "；"
                case "|": "｜"
                case "=": "＝"
                case "@": "＠"
                case _ where character.isNewline: " "
                default: character
                }
            })
    }
}
