import Foundation

/// How data leaves: keys sorted, so that the same value gives the same bytes.
enum JSON {
    static let mediaType = "application/json; charset=utf-8"

    static func encoded(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try Array(encoder.encode(value)) + [0x0A]
    }
}
