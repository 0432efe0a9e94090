@testable import Storage
import StorageTesting
import Testing

@Suite struct `A migration` {
    private func step(_ number: Int, _ statements: SQL..., slice: String = "toy") -> Migration {
        Migration(slice: slice, number: number, statements: statements)
    }

    @Test(arguments: Backend.available)
    func `is applied once`(backend: Backend) async throws {
        try await withDatabase(backend, migrations: toySchema) { database in
            let again = try await Migrator.run(toySchema, on: database)
            #expect(again == [])
            let next = step(2, "ALTER TABLE shelf ADD COLUMN note TEXT", "UPDATE shelf SET note = \("空")")
            let applied = try await Migrator.run(toySchema + [next], on: database)
            #expect(applied == [next])
        }
    }

    @Test(arguments: Backend.available)
    func `whose text has changed is refused, whose layout has changed is not`(backend: Backend) async throws {
        let first = step(1, "CREATE TABLE a (id TEXT PRIMARY KEY, n BIGINT)")
        try await withDatabase(backend, migrations: [first]) { database in
            try await Migrator.run(
                [step(1, "CREATE TABLE a\n  (id TEXT   PRIMARY KEY,\n n BIGINT)\n")], on: database)
            await #expect(throws: MigrationProblem.changed(slice: "toy", number: 1)) {
                try await Migrator.run(
                    [step(1, "CREATE TABLE a (id TEXT PRIMARY KEY, m BIGINT)")], on: database)
            }
        }
    }

    @Test(arguments: Backend.available)
    func `that this program does not know is refused`(backend: Backend) async throws {
        let steps = [
            step(1, "CREATE TABLE a (id TEXT PRIMARY KEY)"), step(2, "CREATE TABLE b (id TEXT PRIMARY KEY)"),
        ]
        try await withDatabase(backend, migrations: steps) { database in
            await #expect(throws: MigrationProblem.newer(slice: "toy", number: 2)) {
                try await Migrator.run([steps[0]], on: database)
            }
        }
    }

    @Test(arguments: Backend.available)
    func `that is missing is told where the database is only looked at, and is not applied`(
        backend: Backend
    ) async throws {
        try await withDatabase(backend) { database in
            let steps = [
                step(1, "CREATE TABLE a (id TEXT PRIMARY KEY)"),
                step(2, "CREATE TABLE b (id TEXT PRIMARY KEY)"),
            ]
            try await Migrator.run([steps[0]], on: database)
            try await Migrator.check([steps[0]], on: database)
            for _ in 0..<2 {
                await #expect(throws: MigrationProblem.behind(slice: "toy", number: 2)) {
                    try await Migrator.check(steps, on: database)
                }
            }
        }
    }

    @Test(arguments: Backend.available)
    func `that fails leaves nothing of its run`(backend: Backend) async throws {
        try await withDatabase(backend) { database in
            let good = step(1, "CREATE TABLE a (id TEXT PRIMARY KEY)")
            await #expect(throws: StorageError.self) {
                try await Migrator.run([good, step(2, "CREATE TABLE a (id TEXT PRIMARY KEY)")], on: database)
            }
            let applied = try await Migrator.run([good], on: database)
            #expect(applied == [good])
        }
    }

    @Test(arguments: Backend.available)
    func `out of order is refused before anything is done`(backend: Backend) async throws {
        try await withDatabase(backend) { database in
            await #expect(throws: MigrationProblem.misnumbered(slice: "toy", number: 2)) {
                try await Migrator.run([step(2, "CREATE TABLE a (id TEXT PRIMARY KEY)")], on: database)
            }
        }
    }

    @Test(arguments: Backend.available)
    func `is applied by one of two processes that start at once`(backend: Backend) async throws {
        let scratch = try await ScratchDatabase(backend)
        try await scratch.use { first in
            let second = try scratch.open()
            async let one = Migrator.run(toySchema, on: first)
            async let two = Migrator.run(toySchema, on: second)
            let counts = try await [one.count, two.count]
            #expect(counts.sorted() == [0, toySchema.count + JournalSchema.migrations.count])
            let instances = try await first.read { try $0.rows("SELECT id FROM instance").count }
            #expect(instances == 1)
            try await second.close()
        }
    }

    @Test(arguments: Backend.available)
    func `gives the installation a name that stays`(backend: Backend) async throws {
        try await withDatabase(backend) { database in
            let before = try await database.read { try $0.instance() }
            try await Migrator.run([], on: database)
            let after = try await database.read { try $0.instance() }
            #expect(before == after)
            #expect(before.id.count == 20)
        }
    }

    @Test(arguments: [
        (
            "CREATE TABLE a (t TEXT, u TEXT NOT NULL)",
            "CREATE TABLE a (t TEXT COLLATE \"C\", u TEXT COLLATE \"C\" NOT NULL)"
        ),
        ("CREATE TABLE a (b BYTES, r REAL)", "CREATE TABLE a (b BYTEA, r DOUBLE PRECISION)"),
        ("CREATE TABLE a (t TEXT COLLATE \"zh\")", "CREATE TABLE a (t TEXT COLLATE \"zh\")"),
        (
            "CREATE TABLE a (x BIGINT CHECK (CAST(x AS TEXT) <> ' TEXT '))",
            "CREATE TABLE a (x BIGINT CHECK (CAST(x AS TEXT) <> ' TEXT '))"
        ),
        (
            "CREATE TABLE a (context TEXT, \"TEXT\" BIGINT);",
            "CREATE TABLE a (context TEXT COLLATE \"C\", \"TEXT\" BIGINT)"
        ),
        ("ALTER TABLE a ADD COLUMN t TEXT", "ALTER TABLE a ADD COLUMN t TEXT COLLATE \"C\""),
        ("UPDATE a SET t = 'BYTES TEXT'", "UPDATE a SET t = 'BYTES TEXT'"),
        (
            "CREATE TABLE a (k AUTOKEY)",
            "CREATE TABLE a (k BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY)"
        ),
    ])
    func `is told to PostgreSQL in its own types`(common: String, expected: String) {
        let rendered = SchemaDialect(.postgresql).render(SQL(stringLiteral: common))
        #expect(rendered.fragments == [expected])
    }

    @Test(arguments: [
        (
            "CREATE TABLE a (t TEXT, b BYTES, n BIGINT, r REAL)",
            "CREATE TABLE a (t TEXT, b BLOB, n INTEGER, r REAL) STRICT"
        ),
        (
            "CREATE TABLE IF NOT EXISTS a (k AUTOKEY);\n",
            "CREATE TABLE IF NOT EXISTS a (k INTEGER PRIMARY KEY AUTOINCREMENT) STRICT"
        ),
        ("ALTER TABLE a ADD COLUMN n BIGINT", "ALTER TABLE a ADD COLUMN n INTEGER"),
        ("CREATE INDEX i ON a (t)", "CREATE INDEX i ON a (t)"),
        (
            "CREATE TABLE a (t TEXT, n BIGINT, PRIMARY KEY (t, n))",
            "CREATE TABLE a (t TEXT, n INTEGER, PRIMARY KEY (t, n)) STRICT, WITHOUT ROWID"
        ),
        (
            "CREATE TABLE a (t TEXT, n BIGINT, b BYTES, PRIMARY KEY (t, n))",
            "CREATE TABLE a (t TEXT, n INTEGER, b BLOB, PRIMARY KEY (t, n)) STRICT"
        ),
        (
            "CREATE TABLE a (k TEXT CHECK (k IN\n ('', 'a (b), c', 'in')), n BIGINT CHECK (n IN (0, 1)))",
            "CREATE TABLE a (k TEXT CHECK (k = '' OR k = 'a (b), c' OR k = 'in'), n INTEGER CHECK (n = 0 OR n = 1)) STRICT"
        ),
        (
            "CREATE TABLE a (x TEXT, n BIGINT, CHECK (x <> 'IN'), CHECK (n BETWEEN 1 AND 2))",
            "CREATE TABLE a (x TEXT, n INTEGER, CHECK (x <> 'IN'), CHECK (n BETWEEN 1 AND 2)) STRICT"
        ),
    ])
    func `is told to SQLite in its own types`(common: String, expected: String) {
        let rendered = SchemaDialect(.sqlite).render(SQL(stringLiteral: common))
        #expect(rendered.fragments == [expected])
    }
}
