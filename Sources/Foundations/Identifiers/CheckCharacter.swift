/// The sums that check characters (校验码) are made of. Values in, one value out.
enum CheckCharacter {
    /// - Law: GB 32100: the weight of place i is 3^(i−1) modulo 31; the sum with the check is a multiple of 31.
    static func modulus31(_ values: [Int]) -> Int {
        var (sum, weight) = (0, 1)
        for value in values {
            sum += value * weight
            weight = weight * 3 % 31
        }
        return (31 - sum % 31) % 31
    }

    /// The check of an organization code: 0...9, and 10 written as X.
    ///
    /// - Law: GB 11714: weights 3, 7, 9, 10, 5, 8, 4, 2 modulo 11.
    static func organization(_ values: [Int]) -> Int {
        let weights = [3, 7, 9, 10, 5, 8, 4, 2]
        return (11 - zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 } % 11) % 11
    }

    /// The check of a citizen's number: 0...9, and 10 written as X.
    ///
    /// - Law: GB 11643, ISO 7064 MOD 11-2: weights 2^(18−i) modulo 11; the weighted sum with the check is 1.
    static func citizen(_ values: [Int]) -> Int {
        let rest = values.reduce(0) { ($0 + $1) * 2 % 11 }
        return (12 - rest) % 11
    }

    /// The check of a deal code, 0...36.
    ///
    /// - Law: ISO 7064 MOD 37-2: from the right the k-th character weighs 2^k; the sum with the check is 1.
    static func modulus37(_ values: [Int]) -> Int {
        let rest = values.reduce(0) { ($0 + $1) * 2 % 37 }
        return (38 - rest) % 37
    }

    /// Whether the digits of a card pass the check of Luhn: from the right every second one is doubled.
    static func luhn(_ digits: [Int]) -> Bool {
        let sum = digits.reversed().enumerated().reduce(0) { sum, digit in
            guard !digit.offset.isMultiple(of: 2) else { return sum + digit.element }
            return sum + digit.element * 2 - (digit.element > 4 ? 9 : 0)
        }
        return sum.isMultiple(of: 10)
    }
}
