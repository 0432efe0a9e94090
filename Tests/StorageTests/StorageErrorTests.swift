import Storage
import StorageTesting
import Testing

@Suite struct `A refused statement` {
    private func refusal(
        _ backend: Backend, _ sql: SQL
    ) async throws -> StorageError? {
        try await withDatabase(backend, migrations: toySchema) { database in
            try await database.write { transaction in
                try transaction.execute("INSERT INTO shelf (id, label, places) VALUES ('s1', '甲', 1)")
                try transaction.execute("INSERT INTO book (id, shelf, title) VALUES ('b1', 's1', '日晷')")
            }
            return await #expect(throws: StorageError.self) {
                try await database.write { _ = try $0.execute(sql) }
            }
        }
    }

    @Test(arguments: Backend.available)
    func `says which key is taken`(backend: Backend) async throws {
        let label = try await refusal(backend, "INSERT INTO shelf (id, label, places) VALUES ('s2', '甲', 1)")
        #expect(label?.isDuplicate(in: "shelf", column: "label") == true)
        #expect(label?.isDuplicate(in: "shelf", column: "id") == false)
        #expect(label?.isDuplicate(in: "book") == false)
        let id = try await refusal(backend, "INSERT INTO shelf (id, label, places) VALUES ('s1', '乙', 1)")
        #expect(id?.isDuplicate(in: "shelf", column: "id") == true)
        let pair = try await refusal(backend, "INSERT INTO book (id, shelf, title) VALUES ('b2', 's1', '日晷')")
        guard case .unique(let violation) = try #require(pair) else { Issue.record("not unique"); return }
        #expect(violation.table == "book")
        #expect(violation.columns == ["shelf", "title"])
    }

    @Test(arguments: Backend.available)
    func `says that a row is missing or in use`(backend: Backend) async throws {
        for sql in ["INSERT INTO book (id, shelf) VALUES ('b2', 'none')", "DELETE FROM shelf"] as [SQL] {
            guard case .foreignKey = try #require(try await refusal(backend, sql)) else {
                Issue.record("not a foreign key")
                return
            }
        }
    }

    @Test(arguments: Backend.available)
    func `may be found out at the commit, and undoes it`(backend: Backend) async throws {
        let schema = Migration(
            slice: "pair", number: 1,
            statements: [
                "CREATE TABLE one (id TEXT PRIMARY KEY)",
                """
                CREATE TABLE two (
                    id TEXT PRIMARY KEY, one TEXT NOT NULL REFERENCES one (id) DEFERRABLE INITIALLY DEFERRED
                )
                """,
            ])
        try await withDatabase(backend, migrations: [schema]) { database in
            try await database.write { transaction in
                try transaction.execute("INSERT INTO two (id, one) VALUES ('2', '1')")
                try transaction.execute("INSERT INTO one (id) VALUES ('1')")
            }
            let error = await #expect(throws: StorageError.self) {
                try await database.write { transaction in
                    transaction.journal(entry("pair.added"))
                    try transaction.execute("INSERT INTO two (id, one) VALUES ('3', 'none')")
                }
            }
            guard case .foreignKey = try #require(error) else { Issue.record("not a foreign key"); return }
            let left = try await database.write { transaction in
                (try transaction.rows("SELECT id FROM two").count, try transaction.journalHead())
            }
            #expect(left == (1, 0))
        }
    }

    @Test(arguments: Backend.available)
    func `names the check that failed`(backend: Backend) async throws {
        let error = try await refusal(backend, "UPDATE shelf SET places = -1")
        guard case .check(let violation) = try #require(error) else { Issue.record("not a check"); return }
        #expect(violation.constraint == "shelf_places")
    }

    @Test(arguments: Backend.available)
    func `names the column that may not be empty`(backend: Backend) async throws {
        let error = try await refusal(backend, "UPDATE shelf SET label = \(nil as String?)")
        guard case .notNull(let violation) = try #require(error) else {
            Issue.record("not a missing value"); return
        }
        #expect(violation.table == "shelf")
        #expect(violation.columns == ["label"])
    }

    @Test(arguments: Backend.available)
    func `never repeats a value`(backend: Backend) async throws {
        let secret = "秘密13800138000"
        let statements: [SQL] = [
            "INSERT INTO shelf (id, label, places) VALUES (\(secret), '甲', 1)",
            "INSERT INTO book (id, shelf) VALUES ('b2', \(secret))",
            "UPDATE shelf SET places = CAST(\(secret) AS BIGINT) - 5",
            "UPDATE shelf SET label = \(secret), places = -1",
            "UPDATE nowhere SET label = \(secret)",
        ]
        for sql in statements {
            let error = try #require(try await refusal(backend, sql))
            #expect(!"\(error)".contains(secret))
            #expect(!String(reflecting: error).contains(secret))
        }
    }

    @Test(arguments: Backend.available)
    func `with a value of another type is refused, not bent`(backend: Backend) async throws {
        guard case .other = try #require(try await refusal(backend, "UPDATE shelf SET places = \("many")"))
        else {
            Issue.record("not refused as a mistake")
            return
        }
    }

    @Test(arguments: Backend.available)
    func `with several statements in one is refused`(backend: Backend) async throws {
        guard case .other = try #require(try await refusal(backend, "DELETE FROM book; DELETE FROM shelf"))
        else {
            Issue.record("not refused as a mistake")
            return
        }
    }
}
