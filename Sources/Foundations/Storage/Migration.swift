/// One step of a slice's schema, written once for both engines.
///
/// Types are `TEXT`, `BIGINT`, `REAL`, `BYTES`; `AUTOKEY` is a whole column type, an ascending integer
/// primary key. Steps are append-only: a released one is never changed, not even in its order of columns.
package struct Migration: Sendable, Hashable {
    package let slice: String
    /// 1, 2, 3 … within the slice.
    package let number: Int
    package let statements: [SQL]

    package init(slice: String, number: Int, statements: [SQL]) {
        self.slice = slice
        self.number = number
        self.statements = statements
    }

    /// FNV-1a over the statements, blind to layout. It finds a careless edit, not a forger.
    package var checksum: String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        func add(_ text: some StringProtocol) {
            for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        }
        for statement in statements {
            for word in statement.fragments.joined(separator: " ? ").split(whereSeparator: \.isWhitespace) {
                add(word)
                add(" ")
            }
            for value in statement.values { add("\(value)") }
            add(";")
        }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

/// Why the schema cannot be brought up to date. Nothing was changed.
package enum MigrationProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// The database was made by a newer program.
    case newer(slice: String, number: Int)
    /// The database was made by an earlier program, and is only looked at.
    case behind(slice: String, number: Int)
    /// The text of a step that was applied already has changed.
    case changed(slice: String, number: Int)
    /// A slice's steps are not numbered 1, 2, 3 …
    case misnumbered(slice: String, number: Int)

    package var description: String {
        switch self {
        case .newer(let slice, let number):
            "The database was made by a newer Sundial (step \(number) of \(slice)). Upgrade the program."
        case .behind(let slice, let number):
            """
            The database was made by an earlier Sundial (step \(number) of \(slice) is missing). Start the server once, \
            which brings it up to date, or use the program that wrote it.
            """
        case .changed(let slice, let number):
            "Step \(number) of \(slice) was applied with another text: program and database do not fit."
        case .misnumbered(let slice, let number):
            "Step \(number) of \(slice) is out of order: a slice's steps are numbered 1, 2, 3 …"
        }
    }
}
