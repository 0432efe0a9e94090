import CPostgreSQL
import Storage

/// Where a PostgreSQL database is: a URL or a libpq connection string. It prints without its password.
package struct PostgreSQLAddress: Sendable, CustomStringConvertible, CustomReflectable {
    let text: String
    /// The parts that may be shown, by libpq's names: `host`, `port`, `dbname`, `user`.
    private let parts: [String: String]
    /// A password on a command line is seen by everybody on the host: the caller refuses it there.
    package let hasPassword: Bool

    /// - Throws: `StorageError.connection` when libpq cannot read `text`, which is not quoted.
    package init(_ text: String) throws {
        self.text = text
        guard !text.utf8.contains(0), let options = PQconninfoParse(text, nil) else {
            throw StorageError.connection(
                "the address is not a PostgreSQL URL, postgresql://user@host:port/database")
        }
        defer { PQconninfoFree(options) }
        var parts: [String: String] = [:]
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { parts[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        hasPassword = parts["password"] != nil
        self.parts = parts.filter { ["host", "port", "dbname", "user"].contains($0.key) }
    }

    package var description: String {
        let place = ["user", "host", "port", "dbname"].compactMap { name in
            parts[name].map { "\(name)=\($0)" }
        }
        return "PostgreSQL \(place.joined(separator: " "))"
    }

    package var customMirror: Mirror { Mirror(self, children: ["address": description]) }
}
