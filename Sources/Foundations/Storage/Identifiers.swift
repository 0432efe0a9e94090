import FoundationEssentials

/// Where opaque identifiers come from.
package enum Identifiers {
    private static let digits = Array("0123456789abcdefghijklmnopqrstuvwxyz".utf8)
    /// 36 to the tenth.
    private static let tenDigits: UInt64 = 3_656_158_440_062_976

    /// 20 characters of `0-9a-z` that nobody can guess: the millisecond, then 51 bits of the system's randomness.
    ///
    /// What is made together stands together in every index, so that a long import writes the ends of a few pages
    /// and not a little of all of them. The time tells nothing that the journal does not.
    package static let fresh: @Sendable () -> String = {
        var generator = SystemRandomNumberGenerator()
        return make(at: UInt64(max(0, Date.now.timeIntervalSince1970 * 1000)), using: &generator)
    }

    /// - Parameter milliseconds: since 1970, below 36 to the tenth: another hundred thousand years.
    static func make(at milliseconds: UInt64, using generator: inout some RandomNumberGenerator) -> String {
        let halves = [milliseconds % tenDigits, UInt64.random(in: 0..<tenDigits, using: &generator)]
        return String(unsafeUninitializedCapacity: 20) { text in
            for (half, value) in halves.enumerated() {
                var rest = value
                for place in (0..<10).reversed() {
                    text[half * 10 + place] = digits[Int(rest % 36)]
                    rest /= 36
                }
            }
            return 20
        }
    }
}
