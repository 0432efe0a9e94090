/// A text with one mark for every run of digits, and those runs beside it.
struct PhraseText {
    /// The mark: a control character that no text holds.
    static let number: Character = "\u{1}"
    static let numberByte: UInt8 = 1

    private(set) var key: [UInt8] = []
    private(set) var numbers: [String] = []

    init(_ text: String) {
        var digits: [UInt8] = []
        for byte in text.utf8 {
            if (0x30...0x39).contains(byte) {
                digits.append(byte)
                continue
            }
            end(&digits)
            key.append(byte)
        }
        end(&digits)
    }

    private mutating func end(_ digits: inout [UInt8]) {
        guard !digits.isEmpty else { return }
        key.append(Self.numberByte)
        numbers.append(String(decoding: digits, as: UTF8.self))
        digits = []
    }

    /// A part of the key as it was in the text.
    fileprivate func text(_ range: Range<Int>) -> String {
        var next = numberCount(before: range.lowerBound)
        var text: [UInt8] = []
        for byte in key[range] {
            if byte == Self.numberByte {
                text.append(contentsOf: numbers[next].utf8)
                next += 1
            } else {
                text.append(byte)
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    fileprivate func numberCount(before place: Int) -> Int { key[..<place].count { $0 == Self.numberByte } }
}

/// A phrase with words of a record in it, by what stands round them.
struct PhraseFrame: Sendable {
    private let pieces: [[UInt8]]

    /// - Parameter key: with `*` for the words and the mark for a number.
    init(_ key: String) {
        pieces = key.utf8.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false).map(
            Array.init)
    }

    /// How much of a text it says itself, in bytes.
    var weight: Int { pieces.map(\.count).reduce(0, +) }

    /// - Returns: nil where the text is another, or words are empty.
    func match(_ text: PhraseText) -> (numbers: [String], words: [String])? {
        let key = text.key
        let (first, last) = (pieces[0], pieces[pieces.count - 1])
        guard key.count > weight, key.starts(with: first), key.suffix(last.count).elementsEqual(last) else {
            return nil
        }
        var own = [0..<first.count]
        for piece in pieces.dropFirst().dropLast() {
            let from = own[own.count - 1].upperBound + 1
            guard let found = key.place(of: piece, from: from, to: key.count - last.count - 1) else {
                return nil
            }
            own.append(found)
        }
        own.append(key.count - last.count..<key.count)
        let words = zip(own, own.dropFirst()).map { $0.upperBound..<$1.lowerBound }
        guard words.allSatisfy({ !$0.isEmpty }) else { return nil }
        let numbers = own.flatMap { range in
            text.numbers[
                text.numberCount(before: range.lowerBound)..<text.numberCount(before: range.upperBound)]
        }
        return (numbers, words.map(text.text))
    }
}

extension [UInt8] {
    fileprivate func place(of piece: [UInt8], from: Int, to end: Int) -> Range<Int>? {
        guard from + piece.count <= end else { return nil }
        return (from...end - piece.count).first { self[$0..<$0 + piece.count].elementsEqual(piece) }
            .map { $0..<$0 + piece.count }
    }
}
