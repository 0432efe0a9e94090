import CPostgreSQL
import Storage

/// What the server said about a refused statement.
struct ServerReport {
    private let code: String
    private let message: String
    private let violation: StorageError.Violation
    private let function: String

    init(_ result: OpaquePointer) {
        func field(_ name: UnicodeScalar) -> String? {
            PQresultErrorField(result, Int32(name.value)).map { String(cString: $0) }
        }
        code = field("C") ?? "no code"
        message = field("M") ?? "no message"
        function = field("R") ?? ""
        violation = StorageError.Violation(
            table: field("t"), columns: field("c").map { [$0] } ?? Self.columns(inDetail: field("D") ?? ""),
            constraint: field("n"))
    }

    /// A prepared statement no longer fits the tables, because their columns have changed.
    var isStalePlan: Bool { code == "0A000" && function == "RevalidateCachedQuery" }

    func error(_ statement: String) -> StorageError {
        if isStalePlan { return .serialization("the tables were changed meanwhile") }
        switch code {
        case "23505": return .unique(violation)
        case "23503": return .foreignKey(violation)
        case "23514": return .check(violation)
        case "23502": return .notNull(violation)
        case "40001", "40P01": return .serialization(message)
        case "55P03": return .busy(message)
        case "53300", "57P01", "57P02", "57P03", "25P03": return .connection(message)
        case _ where code.hasPrefix("08"): return .connection(message)
        // These messages quote the value.
        case _ where code.hasPrefix("22"):
            return .other(code: code, message: "a value does not fit its type", statement: statement)
        default: return .other(code: code, message: message, statement: statement)
        }
    }

    /// From `Key (body, name)=(…) already exists.`, in any language. The values are left behind.
    private static func columns(inDetail detail: String) -> [String] {
        guard let open = detail.firstIndex(of: "("), let end = detail.firstRange(of: ")=(") else { return [] }
        let names = detail[detail.index(after: open)..<end.lowerBound]
        if names.contains("(") || names.contains(":") { return [] }
        return names.split(separator: ", ").map { String($0.filter { $0 != "\"" }) }
    }
}
