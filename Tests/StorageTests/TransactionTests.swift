import Storage
import StorageTesting
import Testing

let toySchema = [
    Migration(
        slice: "toy", number: 1,
        statements: [
            """
            CREATE TABLE shelf (
                id TEXT PRIMARY KEY, label TEXT NOT NULL UNIQUE, places BIGINT NOT NULL,
                CONSTRAINT shelf_places CHECK (places >= 0)
            )
            """,
            """
            CREATE TABLE book (
                id TEXT PRIMARY KEY, shelf TEXT NOT NULL REFERENCES shelf (id), title TEXT,
                weight REAL, cover BYTES, lent BIGINT NOT NULL DEFAULT 0
            )
            """,
            "CREATE UNIQUE INDEX book_title ON book (shelf, title)",
        ])
]

extension Transaction {
    @discardableResult
    func addShelf(_ label: String, places: Int = 1) throws -> String {
        let id = newID()
        try execute("INSERT INTO shelf (id, label, places) VALUES (\(id), \(label), \(places))")
        return id
    }

    func shelves() throws -> Int {
        try row("SELECT COUNT(*) AS total FROM shelf")?.int("total") ?? 0
    }
}

func entry(_ act: String, _ subject: String = "s1", cause: Int? = nil) -> JournalEntry {
    JournalEntry(
        at: "2026-01-05T01:02:03Z", actor: "clerk", act: act, subjectKind: "shelf", subject: subject,
        change: ["due": "2026-02-03", "名": "b/\"1\""], cause: cause)
}

struct Refusal: Error, Equatable {}

@Suite struct `A transaction` {
    @Test(arguments: Backend.available)
    func `puts many rows into a table, each with what it has`(backend: Backend) async throws {
        try await withDatabase(backend, migrations: toySchema) { database in
            let rows = try await database.write { transaction in
                let shelf = try transaction.addShelf("甲")
                try transaction.insert(
                    into: "book (id, shelf, title, weight, cover)",
                    (1...131).map { number in
                        [
                            .text("b\(number)"), .text(shelf), number == 7 ? .null : .text("书\(number)"),
                            .real(0.5), .bytes([UInt8(number)]),
                        ]
                    })
                try transaction.insert(into: "book (id, shelf)", [])
                return try transaction.rows(
                    "SELECT id, title, weight, cover FROM book WHERE id IN ('b7', 'b131') ORDER BY id")
            }
            #expect(
                rows.map(\.values) == [
                    [.text("b131"), .text("书131"), .real(0.5), .bytes([131])],
                    [.text("b7"), .null, .real(0.5), .bytes([7])],
                ])
            let count = try await database.read { try $0.row("SELECT COUNT(*) AS n FROM book")?.int("n") }
            #expect(count == 131)
        }
    }

    @Test(arguments: Backend.available)
    func `passes known rows over when it is told to, and else refuses them with all others`(backend: Backend)
        async throws
    {
        try await withDatabase(backend, migrations: toySchema) { database in
            let new: [[SQLValue]] = [
                [.text("s1"), .text("甲"), .integer(1)], [.text("s2"), .text("乙"), .integer(2)],
            ]
            try await database.write { transaction in
                try transaction.insert(into: "shelf (id, label, places)", [new[0]])
                try transaction.insert(into: "shelf (id, label, places)", new, skippingKnown: true)
            }
            let count = try await database.read { try $0.shelves() }
            #expect(count == 2)
            await #expect(throws: StorageError.self) {
                try await database.write { transaction in
                    try transaction.insert(
                        into: "shelf (id, label, places)",
                        [[.text("s3"), .text("丙"), .integer(3)], [.text("s1"), .text("丁"), .integer(4)]])
                }
            }
            let after = try await database.read { try $0.shelves() }
            #expect(after == 2)
        }
    }

    @Test(arguments: Backend.available)
    func `brings every kind of value back as it went in`(backend: Backend) async throws {
        let bytes = [UInt8](0...255)
        try await withDatabase(backend, migrations: toySchema) { database in
            let row = try await database.write { transaction in
                let shelf = try transaction.addShelf("甲")
                try transaction.execute(
                    """
                    INSERT INTO book (id, shelf, title, weight, cover, lent)
                    VALUES ('b1', \(shelf), \("日晷 ☀️ 'quoted' \\ \u{10FFFF}"), \(0.1), \(bytes), \(Int64.min))
                    """)
                return try transaction.row("SELECT title, weight, cover, lent FROM book WHERE id = \("b1")")
            }
            #expect(
                row?.values == [
                    .text("日晷 ☀️ 'quoted' \\ \u{10FFFF}"), .real(0.1), .bytes(bytes), .integer(.min),
                ])
        }
    }

    @Test(arguments: Backend.available)
    func `keeps nothing as nothing and empty as empty`(backend: Backend) async throws {
        try await withDatabase(backend, migrations: toySchema) { database in
            let row = try await database.write { transaction in
                let shelf = try transaction.addShelf("甲")
                try transaction.execute(
                    """
                    INSERT INTO book (id, shelf, title, weight, cover)
                    VALUES ('b1', \(shelf), \(""), \(nil as Double?), \([UInt8]()))
                    """)
                return try transaction.row("SELECT title, weight, cover, lent FROM book")
            }
            #expect(row?.values == [.text(""), .null, .bytes([]), .integer(0)])
        }
    }

    @Test(arguments: Backend.available)
    func `refuses the null character and leaves nothing behind`(backend: Backend) async throws {
        try await withDatabase(backend, migrations: toySchema) { database in
            await #expect(throws: StorageError.nullCharacter) {
                try await database.write { transaction in
                    try transaction.addShelf("before")
                    try transaction.addShelf("a\u{0}b")
                }
            }
            let kept = try await database.read { try $0.shelves() }
            #expect(kept == 0)
        }
    }

    @Test(arguments: Backend.available)
    func `that throws leaves neither change nor journal`(backend: Backend) async throws {
        try await withDatabase(backend, migrations: toySchema) { database in
            await #expect(throws: Refusal()) {
                try await database.write { transaction in
                    try transaction.addShelf("甲")
                    transaction.journal(entry("shelf.added"))
                    try transaction.flushJournal()
                    throw Refusal()
                }
            }
            let (shelves, head) = try await database.read { (try $0.shelves(), try $0.journalHead()) }
            #expect(shelves == 0)
            #expect(head == 0)
        }
    }

    @Test(arguments: Backend.available)
    func `is doomed by a refused statement, even if the refusal was caught`(backend: Backend) async throws {
        try await withDatabase(backend, migrations: toySchema) { database in
            await #expect(throws: StorageError.self) {
                try await database.write { transaction in
                    try transaction.addShelf("甲")
                    do { try transaction.addShelf("甲") } catch is StorageError {}
                }
            }
            let kept = try await database.read { try $0.shelves() }
            #expect(kept == 0)
        }
    }

    @Test(arguments: Backend.available)
    func `survives an attempt that fails, without its changes and its journal`(backend: Backend) async throws
    {
        try await withDatabase(backend, migrations: toySchema) { database in
            let rows = try await database.write { transaction in
                try transaction.addShelf("甲")
                transaction.journal(entry("shelf.added"))
                #expect(throws: StorageError.self) {
                    try transaction.attempt {
                        try transaction.addShelf("乙")
                        transaction.journal(entry("shelf.lost"))
                        try transaction.flushJournal()
                        try transaction.attempt { try transaction.addShelf("丙") }
                        try transaction.addShelf("甲")
                    }
                }
                try transaction.attempt { try transaction.addShelf("丁") }
                return try transaction.rows("SELECT label FROM shelf ORDER BY label").map {
                    try $0.string("label")
                }
            }
            #expect(rows == ["丁", "甲"])
            let acts = try await database.read { try $0.journal(after: 0, limit: 10).map(\.act) }
            // What was flushed inside the failed attempt is gone; the entry before it is written once.
            #expect(acts == ["shelf.added"])
        }
    }

    @Test(arguments: Backend.available)
    func `forgets what it read inside an attempt that failed`(backend: Backend) async throws {
        try await withDatabase(backend, migrations: toySchema) { database in
            let counts = try await database.write { transaction in
                func remembered() throws -> Int {
                    try transaction.remembered("shelves") { try transaction.shelves() }
                }
                var inside = 0
                #expect(throws: StorageError.self) {
                    try transaction.attempt {
                        try transaction.addShelf("甲")
                        inside = try remembered()
                        try transaction.addShelf("甲")
                    }
                }
                let after = try remembered()
                try transaction.addShelf("乙")
                return [inside, after, try remembered()]
            }
            // The last one is remembered: whoever changes an answer says so himself.
            #expect(counts == [1, 0, 0])
        }
    }

    @Test(arguments: Backend.available)
    func `that only reads cannot write`(backend: Backend) async throws {
        try await withDatabase(backend, migrations: toySchema) { database in
            await #expect(throws: StorageError.self) {
                try await database.read { transaction in _ = try transaction.addShelf("甲") }
            }
        }
    }

    @Test(arguments: Backend.available)
    func `that reads sees one state, whatever is written meanwhile`(backend: Backend) async throws {
        try await withDatabase(backend, migrations: toySchema) { database in
            let (seen, seenAgain) = (Gate(), Gate())
            async let counts = database.read { transaction in
                let before = try transaction.shelves()
                seen.open()
                seenAgain.wait()
                return (before, try transaction.shelves())
            }
            await seen.opened()
            try await database.write { transaction in _ = try transaction.addShelf("甲") }
            seenAgain.open()
            let seenCounts = try await counts
            #expect(seenCounts == (0, 0))
            #expect(try await database.read { try $0.shelves() } == 1)
        }
    }
}
