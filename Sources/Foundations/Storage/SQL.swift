/// A statement whose interpolations bind: there is no way to splice text into it.
///
/// The text holds a `?` for each bound value, as SQLite reads it; `fragments` gives the text between them to a driver
/// with another placeholder. Another `SQL` value may be interpolated and is inlined with its own bindings.
package struct SQL: Sendable, Hashable, ExpressibleByStringInterpolation {
    package private(set) var text: String
    package private(set) var values: [SQLValue]
    /// Where in the text, counted in UTF-8 bytes, the placeholder of each value stands.
    private var places: [Int]

    package init(stringLiteral value: String) {
        text = value
        values = []
        places = []
    }

    /// A placeholder with its value.
    init(binding value: SQLValue) {
        text = "?"
        values = [value]
        places = [0]
    }

    package init(stringInterpolation: StringInterpolation) {
        self = stringInterpolation.sql
    }

    /// The text between the bound values: one more fragment than there are values.
    package var fragments: [String] {
        var fragments: [String] = []
        var start = text.utf8.startIndex
        for place in places {
            let end = text.utf8.index(text.utf8.startIndex, offsetBy: place)
            fragments.append(String(text[start..<end]))
            start = text.utf8.index(after: end)
        }
        return fragments + [String(text[start...])]
    }

    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate(set) var sql: SQL = ""

        package init(literalCapacity: Int, interpolationCount: Int) {
            sql.text.reserveCapacity(literalCapacity + interpolationCount)
            sql.values.reserveCapacity(interpolationCount)
            sql.places.reserveCapacity(interpolationCount)
        }

        package mutating func appendLiteral(_ literal: String) {
            sql.text += literal
        }

        package mutating func appendInterpolation(_ value: (some SQLBindable)?) {
            bind(value.map { $0.sqlValue } ?? .null)
        }

        // Most values are texts and numbers: they need not go the general way.
        package mutating func appendInterpolation(_ text: String) { bind(.text(text)) }
        package mutating func appendInterpolation(_ number: Int) { bind(.integer(Int64(number))) }

        private mutating func bind(_ value: SQLValue) {
            sql.places.append(sql.text.utf8.count)
            sql.text += "?"
            sql.values.append(value)
        }

        package mutating func appendInterpolation(_ other: SQL) {
            let start = sql.text.utf8.count
            sql.text += other.text
            sql.values += other.values
            for place in other.places { sql.places.append(start + place) }
        }

        /// A parenthesised list of bound values, `(?, ?, ?)`; an empty list becomes `(NULL)`.
        package mutating func appendInterpolation(list: [some SQLBindable]) {
            let items = list.map { SQL("\($0)") }
            appendInterpolation(items.isEmpty ? "(NULL)" : SQL("(\(items.joined(separator: ", ")))"))
        }
    }

    package static func + (left: SQL, right: SQL) -> SQL { "\(left)\(right)" }
}

extension [SQL] {
    package func joined(separator: SQL) -> SQL {
        var joined = SQL.StringInterpolation(
            literalCapacity: reduce(0) { $0 + $1.text.utf8.count + separator.text.utf8.count },
            interpolationCount: reduce(0) { $0 + $1.values.count })
        for (index, next) in enumerated() {
            if index > 0 { joined.appendInterpolation(separator) }
            joined.appendInterpolation(next)
        }
        return SQL(stringInterpolation: joined)
    }
}
