/// What search asks of every scalar of a text, answered at once: what it is folded to, and of what kind that is.
struct ScalarFacts {
    private let bits: UInt32

    /// As `FoldedText.fold` gives it.
    var folded: Unicode.Scalar { Unicode.Scalar(bits & Self.scalarBits) ?? "\u{FFFD}" }
    /// A blank or a line break.
    var isGap: Bool { bits & Self.gap != 0 }
    var isInvisible: Bool { bits & Self.invisible != 0 }
    /// Whether the folded scalar is of a script written without spaces.
    var isUnspaced: Bool { bits & Self.unspaced != 0 }
    /// Whether the folded scalar is a letter or digit of a script written with spaces.
    var isWordPart: Bool { bits & Self.wordPart != 0 }

    private static let scalarBits: UInt32 = 0x1F_FFFF
    private static let gap: UInt32 = 1 << 24
    private static let invisible: UInt32 = 1 << 25
    private static let unspaced: UInt32 = 1 << 26
    private static let wordPart: UInt32 = 1 << 27

    fileprivate init(of scalar: Unicode.Scalar) {
        let folded = FoldedText.fold(scalar)
        bits =
            folded.value
            | (scalar.isBlank || scalar.isLineBreak ? Self.gap : 0)
            | (scalar.isInvisible ? Self.invisible : 0)
            | (folded.isUnspaced ? Self.unspaced : 0)
            | (folded.isWordPart ? Self.wordPart : 0)
    }

    /// The facts of the first 65,536 scalars at hand; those of the rare others are found when asked for.
    struct Table {
        private let common: [ScalarFacts]

        fileprivate init() {
            common = (UInt32(0)..<0x1_0000).map { ScalarFacts(of: Unicode.Scalar($0) ?? "\u{FFFD}") }
        }

        subscript(scalar: Unicode.Scalar) -> ScalarFacts {
            scalar.value < 0x1_0000 ? common[Int(scalar.value)] : ScalarFacts(of: scalar)
        }
    }

    /// Made once, at first use, in a few thousandths of a second.
    static let table = Table()
}
