/// The longer words that a text has shown so far, by where they stand in the list of all: nothing is kept twice.
struct LongWordSet {
    /// Open addressing: 32 bits of the word's hash, then its start in the list plus one; 0 is a free slot.
    private var slots: [UInt64] = []
    private var count = 0

    /// - Parameters:
    ///   - bytes: the list, below 4 GiB, in which a blank parts one word from the next.
    ///   - start: where its last word starts.
    /// - Returns: whether that word was not there.
    mutating func insert(_ bytes: [UInt8], from start: Int) -> Bool {
        if 2 * count >= slots.count { grow() }
        var hash = UInt64(bytes.count - start)
        for byte in bytes[start...] { hash = (hash ^ UInt64(byte)) &* 0x9E37_79B9_7F4A_7C15 }
        // The upper half of a product depends on every bit.
        let tag = hash >> 32
        var index = Int(tag) & (slots.count - 1)
        while slots[index] != 0 {
            let known = slots[index]
            if known >> 32 == tag, Self.isSame(bytes, Int(known & 0xFFFF_FFFF) - 1, start) { return false }
            index = (index + 1) & (slots.count - 1)
        }
        slots[index] = tag << 32 | UInt64(start + 1)
        count += 1
        return true
    }

    private static func isSame(_ bytes: [UInt8], _ known: Int, _ start: Int) -> Bool {
        let count = bytes.count - start
        // Earlier words end at a blank, and no word holds one.
        return bytes[known + count] == 0x20 && bytes[known..<known + count].elementsEqual(bytes[start...])
    }

    private mutating func grow() {
        let old = slots
        slots = Array(repeating: 0, count: max(64, 2 * old.count))
        for slot in old where slot != 0 {
            var index = Int(slot >> 32) & (slots.count - 1)
            while slots[index] != 0 { index = (index + 1) & (slots.count - 1) }
            slots[index] = slot
        }
    }
}
