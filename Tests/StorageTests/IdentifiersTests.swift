import Testing

@testable import Storage

@Suite struct `A fresh identifier` {
    @Test func `begins with its time, so that later ones sort after it`() {
        var generator = SystemRandomNumberGenerator()
        let times: [UInt64] = [0, 1, 35, 36, 1_790_000_000_000, 1_790_000_000_001]
        let made = times.map { Identifiers.make(at: $0, using: &generator) }
        #expect(made == made.sorted())
        #expect(made[3].hasPrefix("0000000010"))
        #expect(
            made.allSatisfy { $0.utf8.count == 20 && $0.allSatisfy { "0"..."9" ~= $0 || "a"..."z" ~= $0 } })
    }

    @Test func `is like no other of its time`() {
        var generator = SystemRandomNumberGenerator()
        let made = (0..<10_000).map { _ in Identifiers.make(at: 7, using: &generator) }
        #expect(Set(made).count == made.count)
    }
}
