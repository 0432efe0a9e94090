import Storage
import StorageTesting
import Synchronization
import Testing

@Suite struct `Writers at once` {
    /// Two pools on one database, as two processes have them.
    private func withTwo(
        _ backend: Backend, _ body: @escaping @Sendable (any Database, any Database) async throws -> Void
    ) async throws {
        let scratch = try await ScratchDatabase(backend)
        try await scratch.use { first in
            try await Migrator.run(toySchema, on: first)
            let second = try scratch.open()
            try await body(first, second)
            try await second.close()
        }
    }

    @Test(arguments: Backend.available)
    func `lose no increment that was read, added to and written`(backend: Backend) async throws {
        try await withTwo(backend) { first, second in
            let shelf = try await first.write { try $0.addShelf("甲", places: 0) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<6 {
                    group.addTask {
                        for _ in 0..<10 {
                            try await (writer.isMultiple(of: 2) ? first : second).write { transaction in
                                let places = try transaction.row(
                                    "SELECT places FROM shelf WHERE id = \(shelf)")
                                let more = try (places?.int("places") ?? 0) + 1
                                try transaction.execute(
                                    "UPDATE shelf SET places = \(more) WHERE id = \(shelf)")
                                transaction.journal(entry("shelf.grown", shelf))
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            let places = try await second.read { try $0.row("SELECT places FROM shelf")?.int("places") }
            let rows = try await second.read { try $0.journal(after: 0, limit: 1_000).count }
            #expect(places == 60)
            #expect(rows == 60)
        }
    }

    /// Each reads both rows and empties the other one only if something remains: write skew, which a
    /// snapshot alone lets through.
    @Test(arguments: Backend.available)
    func `never both act on what only one may change`(backend: Backend) async throws {
        try await withTwo(backend) { first, second in
            for round in 0..<10 {
                let names = ["\(round)a", "\(round)b"]
                try await first.write { transaction in
                    for name in names { try transaction.addShelf(name, places: 1) }
                }
                @Sendable func empty(_ name: String, in database: any Database) async throws -> Bool {
                    try await database.write { transaction in
                        let total = try transaction.row(
                            "SELECT SUM(places) AS total FROM shelf WHERE label IN \(list: names)")
                        guard try total?.int("total") == 2 else { return false }
                        try transaction.execute("UPDATE shelf SET places = 0 WHERE label = \(name)")
                        return true
                    }
                }
                async let one = empty(names[0], in: first)
                async let two = empty(names[1], in: second)
                let acted = try await [one, two].count { $0 }
                #expect(acted == 1)
            }
        }
    }

    @Test(arguments: Backend.available)
    func `agree on who was first`(backend: Backend) async throws {
        try await withTwo(backend) { first, second in
            let winners = try await withThrowingTaskGroup(of: Bool.self) { group in
                for writer in 0..<8 {
                    group.addTask {
                        try await (writer.isMultiple(of: 2) ? first : second).write { transaction in
                            if try transaction.row("SELECT id FROM shelf WHERE label = '唯一'") != nil {
                                return false
                            }
                            try transaction.addShelf("唯一")
                            return true
                        }
                    }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(winners == 1)
        }
    }

    @Test(arguments: Backend.available)
    func `in two processes wait for each other`(backend: Backend) async throws {
        try await withTwo(backend) { first, second in
            let (inside, goOn) = (Gate(), Gate())
            async let slow = first.write { transaction in
                try transaction.addShelf("slow", places: try transaction.shelves())
                inside.open()
                goOn.wait()
            }
            await inside.opened()
            // A reader of the other process is not held up.
            let seen = try await second.read { try $0.shelves() }
            #expect(seen == 0)
            async let quick = second.write { transaction in
                try transaction.addShelf("quick", places: try transaction.shelves())
            }
            goOn.open()
            _ = try await (slow, quick)
            let places = try await first.read {
                try $0.rows("SELECT places FROM shelf ORDER BY places").map { try $0.int("places") }
            }
            #expect(places == [0, 1])
        }
    }
}
