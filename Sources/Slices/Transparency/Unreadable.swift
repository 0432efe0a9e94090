import MerkleLog
import Storage

/// A row that is not in the form in which this program writes it, and what it belongs to (读不出的记录).
///
/// To an audit it is a finding like any other: somebody changed the row, or the disk did.
struct Unreadable: Error {
    let subject: String
    /// Chinese, one sentence, with what to do.
    let detail: String

    /// Runs `body`, and says of what cannot be read where it stands. The innermost place counts.
    ///
    /// - Throws: `Unreadable`; what the database itself cannot do goes through as it is.
    static func reading<Value>(
        _ place: String, about subject: String = "", _ body: () throws -> Value
    ) throws -> Value {
        do {
            return try body()
        } catch let error where error is Unreadable || error is StorageError || error is CancellationError {
            throw error
        } catch {
            throw Unreadable(
                subject: subject, detail: "\(place)读不出：\(reason(error))。这一行被改动过或者已损坏，请由备份放回。")
        }
    }

    private static func reason(_ error: any Error) -> String {
        switch error {
        case let mismatch as SchemaMismatch:
            let row = mismatch.row.isEmpty ? "" : "（\(mismatch.row)）"
            return "\(mismatch.column) 列\(row)的值不是本程序写的样式"
        case is DecodingError: return "所存的 JSON 不完整，或者不是本程序写的样式"
        default: return "\(error)"
        }
    }
}
