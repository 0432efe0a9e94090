/// Where opaque identifiers come from.
package enum Identifiers {
    private static let digits = Array("0123456789abcdefghijklmnopqrstuvwxyz".utf8)

    /// 20 characters of `0-9a-z` from the system's randomness: 103 bits.
    package static let random: @Sendable () -> String = {
        var generator = SystemRandomNumberGenerator()
        return make(using: &generator)
    }

    package static func make(using generator: inout some RandomNumberGenerator) -> String {
        String(decoding: (0..<20).map { _ in digits.randomElement(using: &generator) ?? 0 }, as: UTF8.self)
    }
}
