/// A statement whose interpolations bind: there is no way to splice text into it.
///
/// Text is kept as fragments between the bound values; each driver joins them with its own placeholder
/// (`?1` or `$1`). Another `SQL` value may be interpolated and is inlined with its own bindings.
package struct SQL: Sendable, Hashable, ExpressibleByStringInterpolation {
    /// One more fragment than there are values.
    package private(set) var fragments: [String]
    package private(set) var values: [SQLValue]

    package init(stringLiteral value: String) {
        fragments = [value]
        values = []
    }

    package init(stringInterpolation: StringInterpolation) {
        fragments = stringInterpolation.fragments
        values = stringInterpolation.values
    }

    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate(set) var fragments: [String] = [""]
        fileprivate(set) var values: [SQLValue] = []

        package init(literalCapacity: Int, interpolationCount: Int) {
            values.reserveCapacity(interpolationCount)
        }

        package mutating func appendLiteral(_ literal: String) {
            fragments[fragments.count - 1] += literal
        }

        package mutating func appendInterpolation(_ value: (some SQLBindable)?) {
            values.append(value.map { $0.sqlValue } ?? .null)
            fragments.append("")
        }

        package mutating func appendInterpolation(_ sql: SQL) {
            fragments[fragments.count - 1] += sql.fragments[0]
            for (value, fragment) in zip(sql.values, sql.fragments.dropFirst()) {
                values.append(value)
                fragments.append(fragment)
            }
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
            literalCapacity: 0, interpolationCount: reduce(0) { $0 + $1.values.count })
        for (index, next) in enumerated() {
            if index > 0 { joined.appendInterpolation(separator) }
            joined.appendInterpolation(next)
        }
        return SQL(stringInterpolation: joined)
    }
}
