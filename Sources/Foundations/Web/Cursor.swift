/// Where a list goes on: the sort key of the last row shown, so that new rows shift nothing.
///
/// Opaque to the reader and safe to tamper with: a damaged one is refused, a forged one merely starts elsewhere
/// in the same public list. The list's name is inside, so that one list's cursor is refused by another.
package struct Cursor: Sendable, Hashable {
    package enum Value: Sendable, Hashable {
        case text(String)
        case integer(Int)

        fileprivate var kind: Kind {
            switch self {
            case .text: .text
            case .integer: .integer
            }
        }
    }

    package enum Kind: UInt8, Sendable {
        case text = 0x74
        case integer = 0x69
    }

    package let list: String
    package let values: [Value]

    package init(list: String, _ values: [Value]) {
        self.list = list
        self.values = values
    }

    /// The text of the value at that place; `request.cursor` has checked its kind.
    package func text(_ index: Int) -> String {
        guard case .text(let text) = values[index] else {
            preconditionFailure("the cursor's kinds were checked")
        }
        return text
    }

    package func integer(_ index: Int) -> Int {
        guard case .integer(let number) = values[index] else {
            preconditionFailure("the cursor's kinds were checked")
        }
        return number
    }
}

extension Cursor {
    static let encodedBytesMax = 1024

    /// Letters, digits, `-` and `_`.
    package var encoded: String {
        var bytes = [UInt8](list.utf8) + [0]
        for value in values {
            bytes.append(value.kind.rawValue)
            switch value {
            case .text(let text): bytes.append(contentsOf: text.utf8.filter { $0 != 0 })
            case .integer(let number): bytes.append(contentsOf: String(number).utf8)
            }
            bytes.append(0)
        }
        return Base64URL.encoded(bytes)
    }

    /// - Returns: nil when damaged, of another list, or of other kinds.
    init?(encoded: String, list: String, kinds: [Kind]) {
        guard encoded.utf8.count <= Cursor.encodedBytesMax, let bytes = Base64URL.decoded(encoded),
            bytes.last == 0
        else { return nil }
        let parts = bytes.dropLast().split(separator: 0, omittingEmptySubsequences: false)
        guard parts.count == kinds.count + 1, parts[0].elementsEqual(list.utf8) else { return nil }
        var values: [Value] = []
        for (part, kind) in zip(parts.dropFirst(), kinds) {
            guard part.first == kind.rawValue, let text = String(validating: part.dropFirst(), as: UTF8.self)
            else { return nil }
            switch kind {
            case .text: values.append(.text(text))
            case .integer:
                guard let number = Int(text), String(number) == text else { return nil }
                values.append(.integer(number))
            }
        }
        self.init(list: list, values)
    }
}

/// RFC 4648 §5, without padding; only the canonical form is read.
enum Base64URL {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    static func encoded(_ bytes: [UInt8]) -> String {
        var result: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            bits <<= UInt32(8 * (3 - group.count))
            for place in 0...group.count { result.append(alphabet[Int(bits >> UInt32(18 - 6 * place) & 63)]) }
        }
        return String(decoding: result, as: UTF8.self)
    }

    static func decoded(_ text: String) -> [UInt8]? {
        var result: [UInt8] = []
        var bits = UInt32(0)
        var count = 0
        for byte in text.utf8 {
            guard let value = alphabet.firstIndex(of: byte) else { return nil }
            bits = (bits << 6 | UInt32(value)) & 0xFF_FFFF
            count += 6
            if count >= 8 {
                count -= 8
                result.append(UInt8(bits >> UInt32(count) & 255))
            }
        }
        return encoded(result) == text ? result : nil
    }
}
