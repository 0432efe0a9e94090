/// Where opaque identifiers come from.
package enum Identifiers {
    private static let digits = Array("0123456789abcdefghijklmnopqrstuvwxyz".utf8)

    /// 20 characters of `0-9a-z` from the system's randomness: 103 bits.
    package static let random: @Sendable () -> String = {
        var generator = SystemRandomNumberGenerator()
        return make(using: &generator)
    }

    package static func make(using generator: inout some RandomNumberGenerator) -> String {
        // Two draws for ten digits each: the system's randomness costs a call each time.
        let halves = (0..<2).map { _ in UInt64.random(in: 0..<3_656_158_440_062_976, using: &generator) }
        return String(unsafeUninitializedCapacity: 20) { text in
            for (half, value) in halves.enumerated() {
                var rest = value
                for place in 0..<10 {
                    text[half * 10 + place] = digits[Int(rest % 36)]
                    rest /= 36
                }
            }
            return 20
        }
    }
}
