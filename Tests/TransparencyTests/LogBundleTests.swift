import LedgerTesting
import MerkleLog
import Storage
import StorageTesting
import Testing

@testable import Transparency

@Suite struct `A bundle of leaves` {
    @Test func `finds the leaf of a journal row`() {
        var rows = LoggedRows()
        for seq in [3, 4, 9, 1 << 40] { rows.append(seq) }
        #expect((0..<4).map { rows[$0] } == [3, 4, 9, 1 << 40])
        #expect([3, 4, 9, 1 << 40].map { rows.place(of: $0) } == [0, 1, 2, 3])
        #expect([0, 5, 10, Int.max].compactMap { rows.place(of: $0) }.isEmpty)
        #expect(LoggedRows().place(of: 1) == nil)
    }

    @Test func `destroys one salt and keeps the others`() {
        var salts = LeafSalts()
        for place in [0, 7, 255] { salts.add(Array(repeating: UInt8(place), count: 32), at: place) }
        salts.destroy(at: 7)
        salts.destroy(at: 9)
        #expect(salts.salt(at: 7) == nil && salts.salt(at: 1) == nil)
        #expect(salts.salt(at: 0) == Array(repeating: 0, count: 32))
        #expect(salts.salt(at: 255) == Array(repeating: 255, count: 32))
        #expect(salts.bytes.count == 2 * 33)
    }
}

@Suite struct `A log that an earlier program wrote` {
    /// More leaves than a bundle holds.
    private func fill(_ log: LoggedCounty) async throws {
        for number in 0..<90 {
            _ = try await log.county.formed(on: "2026-03-02", evidence: "第\(number)号")
        }
        try await log.keep()
    }

    /// Brings the leaves into rows of their own, as they were once stored.
    private func unpack(_ log: LoggedCounty) async throws {
        try await log.tamper { transaction in
            for leaf in try transaction.log.leaves(from: 0, limit: 10_000) {
                try transaction.execute(
                    """
                    INSERT INTO log_leaf (idx, journal_seq, act, subject_kind, subject, part, entry, salt)
                    VALUES (\(leaf.index), \(leaf.seq), \(leaf.act), \(leaf.subjectKind), \(leaf.subject),
                        \(leaf.part), \(leaf.entry), \(leaf.salt))
                    """)
            }
            try transaction.execute("DELETE FROM log_bundle")
        }
    }

    @Test(arguments: Backend.available)
    func `is brought into bundles once, byte for byte, and goes on`(_ backend: Backend) async throws {
        try await withLoggedCounty(backend) { log in
            try await fill(log)
            let before = try await log.leaves()
            #expect(before.count > 256 && before.contains { $0.salt != nil })
            try await unpack(log)
            #expect(try await log.leaves().isEmpty)
            for _ in 0..<2 {
                try await log.tamper { try $0.log.packRows() }
                #expect(try await log.leaves() == before)
                #expect(try await log.audit().difference == nil)
            }
            let rest = try await log.county.read { transaction in
                try transaction.rows("SELECT idx FROM log_leaf LIMIT 1").count
            }
            #expect(rest == 0)
            try await log.county.publish(on: "2026-03-03")
            try await log.keep()
            #expect(try await log.leaves().count > before.count)
            #expect(try await log.audit().difference == nil)
        }
    }

    @Test(arguments: Backend.available)
    func `is left as it is when a leaf is missing`(_ backend: Backend) async throws {
        try await withLoggedCounty(backend) { log in
            try await fill(log)
            try await unpack(log)
            try await log.tamper("DELETE FROM log_leaf WHERE idx = 258")
            await #expect(throws: LogProblem.leafMissing(258)) {
                try await log.tamper { try $0.log.packRows() }
            }
            #expect(try await log.leaves().isEmpty)
        }
    }

    @Test(arguments: Backend.available)
    func `tells of one thing from its first leaf on`(_ backend: Backend) async throws {
        try await withLoggedCounty(backend) { log in
            let obligation = try await log.county.formed(on: "2026-03-02")
            try await log.county.publish(on: "2026-03-03")
            try await log.keep()
            let all = try await log.leaves().filter { $0.subject == obligation }
            #expect(all.count > 3)
            for limit in [1, 2, all.count, 200] {
                let some = try await log.county.read {
                    try $0.log.leaves(of: obligation, kind: "obligation", limit: limit)
                }
                #expect(some == Array(all.prefix(limit)))
            }
            let state = try await log.county.read { try $0.log.state() }
            #expect(state.size == (try await log.leaves().count) && state.signed == state.size)
        }
    }
}
