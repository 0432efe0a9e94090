import GRDBSQLite
import Storage

/// The bytes of the values that are bound to the statement being run, side by side in one place that lasts as long as the
/// transaction: so SQLite need not make a copy of each.
final class BoundBytes {
    private var room = UnsafeMutableRawBufferPointer.allocate(byteCount: 4096, alignment: 8)
    private var used = 0

    deinit { room.deallocate() }

    /// Binds values to the places of a statement, in order. They hold until the next call: its bindings are cleared before.
    ///
    /// - Returns: SQLite's code for the first that it does not take, or SQLITE_OK.
    func bind(_ values: [SQLValue], to statement: OpaquePointer) -> Int32 {
        makeRoom(for: values.reduce(0) { $0 + $1.byteCount })
        var place: Int32 = 0
        for value in values {
            place += 1
            let code = bind(value, at: place, of: statement)
            if code != SQLITE_OK { return code }
        }
        return SQLITE_OK
    }

    private func makeRoom(for bytes: Int) {
        used = 0
        guard bytes > room.count else { return }
        room.deallocate()
        room = .allocate(byteCount: bytes + bytes / 2, alignment: 8)
    }

    private func bind(_ value: SQLValue, at place: Int32, of statement: OpaquePointer) -> Int32 {
        switch value {
        case .null: return sqlite3_bind_null(statement, place)
        case .integer(let integer): return sqlite3_bind_int64(statement, place, integer)
        case .real(let real): return sqlite3_bind_double(statement, place, real)
        case .text(var text):
            let kept = text.withUTF8 { keep(UnsafeRawBufferPointer($0)) }
            return sqlite3_bind_text(
                statement, place, kept.start.assumingMemoryBound(to: CChar.self), kept.count, nil)
        case .bytes(let bytes):
            let kept = bytes.withUnsafeBytes { keep($0) }
            return sqlite3_bind_blob(statement, place, kept.start, kept.count, nil)
        }
    }

    /// Even nothing has an address here: SQLite takes none for null.
    private func keep(_ bytes: UnsafeRawBufferPointer) -> (start: UnsafeRawPointer, count: Int32) {
        guard let base = room.baseAddress else { preconditionFailure("there is always room") }
        let start = base + used
        if let source = bytes.baseAddress { start.copyMemory(from: source, byteCount: bytes.count) }
        used += bytes.count
        return (UnsafeRawPointer(start), Int32(bytes.count))
    }
}

extension SQLValue {
    fileprivate var byteCount: Int {
        switch self {
        case .null, .integer, .real: 0
        case .text(let text): text.utf8.count
        case .bytes(let bytes): bytes.count
        }
    }
}
