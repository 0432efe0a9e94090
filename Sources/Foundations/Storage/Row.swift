import CivilTime

/// One row of an answer, read by column name.
package struct Row: Sendable {
    /// The places of the columns by name, shared by all rows of one answer.
    package struct Columns: Sendable {
        /// In their order.
        package let names: [String]
        private let places: [String: Int]

        /// Of two columns of one name the last is read.
        package init(_ names: [String]) {
            self.names = names
            places = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { _, last in last })
        }

        package subscript(name: String) -> Int? { places[name] }
    }

    package let columns: Columns
    package let values: [SQLValue]

    package init(columns: Columns, values: [SQLValue]) {
        self.columns = columns
        self.values = values
    }

    /// - Throws: `SchemaMismatch` when the answer has no such column: our own mistake.
    package func value(_ column: String) throws -> SQLValue {
        guard let index = columns[column] else { throw SchemaMismatch(column: column, found: "no column") }
        return values[index]
    }

    package func string(_ column: String) throws -> String {
        try stringOrNil(column) ?? mismatch(column)
    }

    package func stringOrNil(_ column: String) throws -> String? {
        switch try value(column) {
        case .null: nil
        case .text(let text): text
        default: try mismatch(column)
        }
    }

    package func int(_ column: String) throws -> Int {
        try intOrNil(column) ?? mismatch(column)
    }

    package func intOrNil(_ column: String) throws -> Int? {
        switch try value(column) {
        case .null: nil
        case .integer(let integer): Int(integer)
        default: try mismatch(column)
        }
    }

    package func bool(_ column: String) throws -> Bool { try int(column) != 0 }

    package func day(_ column: String) throws -> Day {
        try dayOrNil(column) ?? mismatch(column)
    }

    package func dayOrNil(_ column: String) throws -> Day? {
        guard let text = try stringOrNil(column) else { return nil }
        guard let day = Day(text) else { return try mismatch(column) }
        return day
    }

    package func bytes(_ column: String) throws -> [UInt8] {
        try bytesOrNil(column) ?? mismatch(column)
    }

    package func bytesOrNil(_ column: String) throws -> [UInt8]? {
        switch try value(column) {
        case .null: nil
        case .bytes(let bytes): bytes
        default: try mismatch(column)
        }
    }

    /// A closed set of words stored as text.
    package func word<Word: RawRepresentable<String>>(
        _ column: String, as: Word.Type = Word.self
    ) throws -> Word {
        try Word(rawValue: string(column)) ?? mismatch(column)
    }

    private func mismatch<Value>(_ column: String) throws -> Value {
        throw SchemaMismatch(column: column, found: try value(column).kind)
    }
}

/// The database answered in a shape that the code does not know: a mistake of ours, never the reader's.
package struct SchemaMismatch: Error {
    package let column: String
    /// What kind of value stood there instead. Never the value itself, which may be personal.
    package let found: String

    package init(column: String, found: String) {
        self.column = column
        self.found = found
    }
}
