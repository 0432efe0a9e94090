/// What a database refuses, in the same words on both engines.
///
/// No case carries a stored or bound value: those may be personal, and errors end in logs.
package enum StorageError: Error, Sendable, Hashable {
    /// A row with this key is already there.
    case unique(Violation)
    /// The row referred to is not there, or is still referred to.
    case foreignKey(Violation)
    case check(Violation)
    case notNull(Violation)
    /// Somebody else held a lock for longer than we wait. Remedy: try again.
    case busy(String)
    /// Concurrent writers kept undoing this one until the limit of attempts. Remedy: try again.
    case serialization(String)
    /// The database cannot be reached. Nothing was written.
    case connection(String)
    /// The connection was lost while the commit was under way: it may or may not have happened.
    case outcomeUnknown
    /// Text with U+0000, which PostgreSQL cannot store and SQLite cuts short.
    case nullCharacter
    case other(code: String, message: String, statement: String)

    /// Which constraint refused. Engines differ in what they tell; every part may be missing.
    package struct Violation: Sendable, Hashable {
        package var table: String?
        /// The columns of the key, where the engine names them.
        package var columns: [String]
        /// The constraint's name, or the text of an unnamed check on SQLite.
        package var constraint: String?

        package init(table: String? = nil, columns: [String] = [], constraint: String? = nil) {
            self.table = table
            self.columns = columns
            self.constraint = constraint
        }
    }

    /// Whether this is the refusal of a second row with the same key in `table` (and, if given, `column`).
    package func isDuplicate(in table: String, column: String? = nil) -> Bool {
        guard case .unique(let violation) = self, violation.table == table else { return false }
        guard let column else { return true }
        return violation.columns.contains(column)
    }
}

extension StorageError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unique(let violation): "A row with the same key exists already\(violation.suffix)."
        case .foreignKey(let violation): "A row referred to is missing or still in use\(violation.suffix)."
        case .check(let violation): "A value is not allowed\(violation.suffix)."
        case .notNull(let violation): "A required value is missing\(violation.suffix)."
        case .busy(let reason): "The database is busy: \(reason)"
        case .serialization(let reason): "Too many writers at once: \(reason)"
        case .connection(let reason): "The database cannot be reached: \(reason)"
        case .outcomeUnknown:
            "The connection was lost during the commit. The change may or may not be made: look before trying again."
        case .nullCharacter: "Text may not contain the character U+0000."
        case .other(let code, let message, let statement):
            "The database refused (\(code)): \(message) [\(statement)]"
        }
    }
}

extension StorageError.Violation {
    fileprivate var suffix: String {
        let place = ([table].compactMap { $0 } + columns).joined(separator: ".")
        let parts = [place, constraint ?? ""].filter { !$0.isEmpty }
        return parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))"
    }
}
