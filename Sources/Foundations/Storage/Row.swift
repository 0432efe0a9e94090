import CivilTime

/// One row of an answer, read by column name.
package struct Row: Sendable {
    /// The places of the columns by name, shared by all rows of one answer.
    package struct Columns: Sendable {
        /// In their order.
        package let names: [String]
        /// Places in `names` plus one, found by length and letters; 0 is free. A general hash of every name costs more than
        /// reading its value does.
        private let slots: [Int]

        /// Of two columns of one name the last is read.
        package init(_ names: [String]) {
            self.names = names
            var size = 8
            while size < 2 * names.count { size *= 2 }
            var slots = Array(repeating: 0, count: size)
            for (place, name) in names.enumerated().reversed() {
                var slot = Self.digest(name) & (size - 1)
                while slots[slot] != 0, names[slots[slot] - 1] != name { slot = (slot + 1) & (size - 1) }
                if slots[slot] == 0 { slots[slot] = place + 1 }
            }
            self.slots = slots
        }

        package subscript(name: String) -> Int? {
            var slot = Self.digest(name) & (slots.count - 1)
            while slots[slot] != 0 {
                if names[slots[slot] - 1] == name { return slots[slot] - 1 }
                slot = (slot + 1) & (slots.count - 1)
            }
            return nil
        }

        private static func digest(_ name: String) -> Int {
            let bytes = name.utf8
            return bytes.count &* 5 &+ Int(bytes.first ?? 0) &* 3 &+ Int(bytes.last ?? 0)
        }
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
        throw SchemaMismatch(column: column, found: try value(column).kind, row: name)
    }

    /// The key of the row, where the answer begins with one.
    private var name: String {
        guard let first = columns.names.first, Self.keys.contains(first) else { return "" }
        switch values[0] {
        case .text(let id): return id
        case .integer(let number): return String(number)
        default: return ""
        }
    }

    /// Columns of ids and numbers, which are nobody's secret.
    private static let keys: Set = ["id", "seq", "n", "obligation", "publication", "version"]
}

/// The database answered in a shape that the code does not know: a mistake of ours or a row that somebody changed, never the
/// reader's.
package struct SchemaMismatch: Error {
    package let column: String
    /// What kind of value stood there instead. Never the value itself, which may be personal.
    package let found: String
    /// The key of the row, an id or a number; empty where it is not known.
    package let row: String

    package init(column: String, found: String, row: String = "") {
        self.column = column
        self.found = found
        self.row = row
    }
}
