/// The characters of a code while it is read: ASCII only, one byte a place.
struct CodeText {
    /// What the code is called: 公民身份号码.
    let code: String
    let bytes: [UInt8]

    /// - Parameters:
    ///   - lengths: how many characters the code may have.
    /// - Throws: `length`, or `character` for the first one outside ASCII.
    init(_ text: some StringProtocol, of code: String, lengths: ClosedRange<Int>) throws(CodeFlaw) {
        self.code = code
        var bytes: [UInt8] = []
        for scalar in text.unicodeScalars {
            guard bytes.count < lengths.upperBound else { throw CodeFlaw(code, .length) }
            guard scalar.isASCII else {
                throw CodeFlaw(code, .character, at: bytes.count + 1...bytes.count + 1)
            }
            bytes.append(CodeText.upper(UInt8(scalar.value)))
        }
        guard lengths.contains(bytes.count) else { throw CodeFlaw(code, .length) }
        self.bytes = bytes
    }

    /// Case never tells two codes apart.
    private static func upper(_ byte: UInt8) -> UInt8 {
        (0x61...0x7A).contains(byte) ? byte - 0x20 : byte
    }

    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The characters at those places; the first is 1.
    func part(_ places: ClosedRange<Int>) -> String {
        String(decoding: bytes[places.lowerBound - 1...places.upperBound - 1], as: UTF8.self)
    }

    func flaw(_ rule: CodeFlaw.Rule, at places: ClosedRange<Int>) -> CodeFlaw {
        CodeFlaw(code, rule, at: places)
    }

    /// The value of each character at those places in an alphabet.
    ///
    /// - Throws: `character` for the first that is not in it.
    func values(_ places: ClosedRange<Int>, in alphabet: Alphabet) throws(CodeFlaw) -> [Int] {
        var values: [Int] = []
        for place in places {
            guard let value = alphabet.value(of: bytes[place - 1]) else {
                throw flaw(.character, at: place...place)
            }
            values.append(value)
        }
        return values
    }

    /// The number that the digits at those places write.
    func number(_ places: ClosedRange<Int>) throws(CodeFlaw) -> Int {
        try values(places, in: .digits).reduce(0) { $0 * 10 + $1 }
    }

    func separator(at place: Int) throws(CodeFlaw) {
        guard bytes[place - 1] == UInt8(ascii: "-") else { throw flaw(.separator, at: place...place) }
    }
}

/// The characters of a code in the order of their values.
struct Alphabet: Sendable {
    private let values: [Int8]
    private let characters: [UInt8]

    init(_ characters: StaticString) {
        self.characters = characters.withUTF8Buffer(Array.init)
        var values = [Int8](repeating: -1, count: 128)
        for (value, character) in self.characters.enumerated() { values[Int(character)] = Int8(value) }
        self.values = values
    }

    static let digits = Alphabet("0123456789")
    /// A check modulo 11: ten is written X.
    static let elevenths = Alphabet("0123456789X")
    static let alphanumeric = Alphabet("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    /// GB 32100: without I, O, S, V and Z.
    static let creditCode = Alphabet("0123456789ABCDEFGHJKLMNPQRTUWXY")
    /// ISO 7064 MOD 37-2: the check may also be `*`.
    static let modulus37 = Alphabet("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*")

    /// - Parameter character: an ASCII byte.
    func value(of character: UInt8) -> Int? {
        let value = values[Int(character)]
        return value < 0 ? nil : Int(value)
    }

    func character(_ value: Int) -> UInt8 { characters[value] }
}
