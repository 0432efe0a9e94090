/// The words of one or two scalars that a text has shown so far. Most words of a Chinese text are such, and a general set
/// spends more on each than all the rest of the reading.
struct ShortWordSet {
    /// Open addressing; 0 is a free slot, as no word is.
    private var slots: [UInt64]
    private var count = 0

    /// - Parameter expected: about how many different words there will be.
    init(expecting expected: Int) {
        var size = 64
        while size < 2 * expected { size *= 2 }
        slots = Array(repeating: 0, count: size)
    }

    /// - Returns: whether it was not there.
    mutating func insert(_ word: Unicode.Scalar) -> Bool { insert(bits: UInt64(word.value) + 1) }

    /// - Returns: whether the word of two scalars was not there.
    mutating func insert(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Bool {
        insert(bits: (UInt64(first.value) + 1) << 32 | UInt64(second.value) + 1)
    }

    private mutating func insert(bits: UInt64) -> Bool {
        if 2 * count >= slots.count { grow() }
        guard place(bits) else { return false }
        count += 1
        return true
    }

    private mutating func place(_ bits: UInt64) -> Bool {
        let mask = slots.count - 1
        // The upper half of the product depends on every bit.
        var index = Int(truncatingIfNeeded: (bits &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
        while slots[index] != 0 {
            if slots[index] == bits { return false }
            index = (index + 1) & mask
        }
        slots[index] = bits
        return true
    }

    private mutating func grow() {
        let old = slots
        slots = Array(repeating: 0, count: 2 * old.count)
        for bits in old where bits != 0 { _ = place(bits) }
    }
}
