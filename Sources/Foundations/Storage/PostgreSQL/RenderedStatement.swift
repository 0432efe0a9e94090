import CPostgreSQL
import Storage

/// A statement in PostgreSQL's words: `$1` for each value, and the type that each is sent as.
///
/// A missing value is written as `NULL` in the text: as a parameter the server could not always tell its type
/// (`$1 IS NULL`).
struct RenderedStatement {
    let text: String
    let types: [Oid]
    private let values: [SQLValue]

    init(_ sql: SQL) {
        var text = sql.fragments[0]
        var values: [SQLValue] = []
        for (value, fragment) in zip(sql.values, sql.fragments.dropFirst()) {
            if value == .null {
                text += "NULL"
            } else {
                values.append(value)
                text += "$\(values.count)"
            }
            text += fragment
        }
        self.text = text
        self.values = values
        types = values.map(\.parameterType)
    }

    /// Two statements share a plan when text and types agree.
    var key: String { text + "\u{0}" + types.map { String($0) }.joined(separator: ",") }

    /// Lends the values in the three arrays that libpq takes.
    func withParameters<Value>(
        _ body: ([UnsafePointer<CChar>?], [Int32], [Int32]) -> Value
    ) -> Value {
        var bytes: [UInt8] = []
        var spans: [(start: Int, length: Int)] = []
        for value in values {
            let start = bytes.count
            switch value {
            case .null: preconditionFailure("written as NULL in the text")
            case .integer(let integer): bytes += "\(integer)".utf8
            case .real(let real): bytes += "\(real)".utf8
            case .text(let text): bytes += text.utf8
            case .bytes(let content): bytes += content
            }
            spans.append((start, bytes.count - start))
            bytes.append(0)
        }
        let formats: [Int32] = values.map { if case .bytes = $0 { 1 } else { 0 } }
        return bytes.withUnsafeBytes { buffer in
            let pointers = spans.map { span in
                buffer.baseAddress.map { ($0 + span.start).assumingMemoryBound(to: CChar.self) }
            }
            return body(pointers, spans.map { Int32($0.length) }, formats)
        }
    }
}

/// Type numbers of the server, from its `pg_type`.
private enum TypeNumber {
    static let bool: Oid = 16, bytes: Oid = 17, text: Oid = 25, numeric: Oid = 1700
    static let integers: Set<Oid> = [20, 21, 23, 26]
    static let reals: Set<Oid> = [700, 701]
}

extension SQLValue {
    fileprivate var parameterType: Oid {
        switch self {
        case .null, .text: TypeNumber.text
        case .integer: 20
        case .real: 701
        case .bytes: TypeNumber.bytes
        }
    }

    /// What the server answered in text, as SQLite would have answered it.
    init(type: Oid, text: UnsafeRawBufferPointer) {
        switch type {
        case TypeNumber.bool: self = .integer(text.first == UInt8(ascii: "t") ? 1 : 0)
        case TypeNumber.bytes: self = .bytes(Self.hexadecimal(text))
        case _ where TypeNumber.integers.contains(type): self = Self.integer(text) ?? Self.string(text)
        case _ where TypeNumber.reals.contains(type): self = Self.real(text) ?? Self.string(text)
        // A sum of BIGINT is a whole NUMERIC; an average has a fraction.
        case TypeNumber.numeric: self = Self.integer(text) ?? Self.real(text) ?? Self.string(text)
        default: self = Self.string(text)
        }
    }

    private static func string(_ text: UnsafeRawBufferPointer) -> SQLValue {
        .text(String(decoding: text, as: UTF8.self))
    }

    private static func integer(_ text: UnsafeRawBufferPointer) -> SQLValue? {
        Int64(String(decoding: text, as: UTF8.self)).map { .integer($0) }
    }

    private static func real(_ text: UnsafeRawBufferPointer) -> SQLValue? {
        Double(String(decoding: text, as: UTF8.self)).map { .real($0) }
    }

    /// `\x` and two digits a byte.
    private static func hexadecimal(_ text: UnsafeRawBufferPointer) -> [UInt8] {
        func digit(_ byte: UInt8) -> UInt8 { byte < 58 ? byte - 48 : byte - 87 }
        return stride(from: 2, to: text.count - 1, by: 2).map { digit(text[$0]) << 4 | digit(text[$0 + 1]) }
    }
}
