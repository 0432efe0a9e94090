/// A list of a page and the number of its item at hand: HTML 4.4.5 to 4.4.8.
struct ListMarker {
    /// How the items of an ordered list are numbered, as `type` says it.
    enum Numbering: String {
        case decimal = "1"
        case lowerLetters = "a"
        case upperLetters = "A"
        case lowerRoman = "i"
        case upperRoman = "I"
    }

    /// nil where the items have bullets.
    private let numbering: Numbering?
    /// The marker of the ordered item around: a line alone does not say in which list it stands.
    private let around: String
    private let step: Int
    private var next: Int
    /// Of the item at hand: `3.`, within the second item of another list `2.3.`, or a bullet.
    private(set) var text = ""

    static let bullet = "•"
    /// Deeper lists say their own number alone.
    private static let aroundMax = 12

    init(_ numbering: Numbering, from start: Int, isReversed: Bool = false, within list: ListMarker?) {
        self.numbering = numbering
        next = start
        step = isReversed ? -1 : 1
        let around = list.flatMap { $0.numbering == nil ? nil : $0.text } ?? ""
        self.around = around.count <= Self.aroundMax ? around : ""
    }

    /// A list with bullets.
    init() {
        (numbering, around, step, next) = (nil, "", 1, 1)
    }

    /// - Parameter value: the number that the item says it has.
    mutating func count(value: Int?) {
        guard let numbering else { return text = Self.bullet }
        let number = value ?? next
        next = number + step
        text = around + Self.number(number, numbering) + "."
    }

    /// What letters and Roman numerals cannot say is said in digits, as CSS does.
    private static func number(_ number: Int, _ numbering: Numbering) -> String {
        switch numbering {
        case .lowerLetters where number > 0: letters(number)
        case .upperLetters where number > 0: letters(number).uppercased()
        case .lowerRoman where (1...3_999).contains(number): roman(number).lowercased()
        case .upperRoman where (1...3_999).contains(number): roman(number)
        default: String(number)
        }
    }

    /// a … z, aa …
    private static func letters(_ number: Int) -> String {
        var (rest, letters) = (number, "")
        while rest > 0 {
            let letter = UInt8(ascii: "a") + UInt8((rest - 1) % 26)
            letters = String(UnicodeScalar(letter)) + letters
            rest = (rest - 1) / 26
        }
        return letters
    }

    private static let romans = [
        (1_000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
        (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ]

    private static func roman(_ number: Int) -> String {
        var (rest, text) = (number, "")
        for (value, sign) in romans {
            text += String(repeating: sign, count: rest / value)
            rest %= value
        }
        return text
    }
}
