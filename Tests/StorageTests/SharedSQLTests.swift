import Storage
import StorageTesting
import Testing

/// A statement, and what both engines must answer. The answers come from the SQL standard, not from a run.
struct SharedConstruct: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let sql: SQL
    let expected: [[SQLValue]]

    init(_ name: String, _ sql: SQL, _ expected: [SQLValue]...) {
        testDescription = name
        self.sql = sql
        self.expected = expected
    }

    static let all = [
        SharedConstruct(
            "an upsert returns what stands now",
            """
            INSERT INTO shelf (id, label, places) VALUES ('s1', 'x', 7)
            ON CONFLICT (id) DO UPDATE SET places = shelf.places + excluded.places RETURNING places, label
            """, [.integer(10), .text("A")]),
        SharedConstruct(
            "an insert that does nothing returns nothing",
            """
            INSERT INTO shelf (id, label, places) VALUES ('s1', 'x', 7)
            ON CONFLICT DO NOTHING RETURNING id
            """),
        SharedConstruct(
            "an update reads another table",
            """
            UPDATE book SET title = shelf.label FROM shelf WHERE shelf.id = book.shelf AND book.id = 'b1'
            RETURNING title
            """, [.text("A")]),
        SharedConstruct(
            "a delete returns what it took", "DELETE FROM book WHERE id = 'b3' RETURNING id, title",
            [.text("b3"), .null]),
        SharedConstruct(
            "nothing is not distinct from nothing",
            "SELECT id FROM book WHERE title IS NOT DISTINCT FROM \(nil as String?)", [.text("b3")]),
        SharedConstruct(
            "a missing value may be asked for",
            "SELECT id FROM shelf WHERE \(nil as String?) IS NULL AND (\("s1") IS NULL OR id = \("s1"))",
            [.text("s1")]),
        SharedConstruct(
            "a full join keeps both sides",
            "SELECT b.id, s.id FROM book b FULL JOIN shelf s ON s.id = b.shelf ORDER BY b.id NULLS LAST",
            [.text("b1"), .text("s1")], [.text("b2"), .text("s1")], [.text("b3"), .text("s1")],
            [.null, .text("s2")]),
        SharedConstruct(
            "a recursive query counts",
            """
            WITH RECURSIVE step (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM step WHERE n < \(4))
            SELECT SUM(n), MAX(n) FROM step
            """, [.integer(10), .integer(4)]),
        SharedConstruct(
            "a window numbers rows",
            "SELECT id, ROW_NUMBER() OVER (PARTITION BY shelf ORDER BY id DESC) FROM book ORDER BY id",
            [.text("b1"), .integer(3)], [.text("b2"), .integer(2)], [.text("b3"), .integer(1)]),
        SharedConstruct(
            "an aggregate filters", "SELECT COUNT(*) FILTER (WHERE title IS NULL), COUNT(*) FROM book",
            [.integer(1), .integer(3)]),
        SharedConstruct(
            "rows compare as tuples",
            "SELECT id FROM book WHERE (shelf, id) > (\("s1"), \("b1")) ORDER BY shelf, id LIMIT \(1)",
            [.text("b2")]),
        SharedConstruct(
            "nothing sorts last when asked", "SELECT id FROM book ORDER BY title DESC NULLS LAST, id",
            [.text("b2")], [.text("b1")], [.text("b3")]),
        SharedConstruct(
            "a list binds", "SELECT id FROM book WHERE id IN \(list: ["b3", "b1", "'"]) ORDER BY id",
            [.text("b1")], [.text("b3")]),
        SharedConstruct(
            "an empty list matches nothing", "SELECT id FROM book WHERE id IN \(list: [String]())"),
        SharedConstruct(
            "a sum of integers is an integer",
            "SELECT SUM(places), COALESCE(SUM(places) FILTER (WHERE places < 0), 0) FROM shelf",
            [.integer(8), .integer(0)]),
        SharedConstruct("an average is not", "SELECT AVG(places) FROM shelf", [.real(4)]),
        SharedConstruct(
            "integers divide to an integer", "SELECT 7 / 2, -7 / 2, 7 % 2",
            [.integer(3), .integer(-3), .integer(1)]),
        SharedConstruct(
            "big integers stay exact", "SELECT \(Int64.max - 1) + 1, \(3_000_000_000) * 3",
            [.integer(.max), .integer(9_000_000_000)]),
        SharedConstruct(
            "a double stays exact", "SELECT \(0.1) + \(0.2), \(1e300)", [.real(0.1 + 0.2), .real(1e300)]),
        SharedConstruct(
            "truth is one and zero",
            "SELECT 1 = 1, EXISTS (SELECT 1 FROM book WHERE id = 'none'), NULL IS NULL",
            [.integer(1), .integer(0), .integer(1)]),
        SharedConstruct("a flag is compared", "SELECT id FROM book WHERE lent = \(true)", [.text("b2")]),
        SharedConstruct(
            "Chinese text is counted by character",
            "SELECT LENGTH('日晷𠮷'), SUBSTR('日晷𠮷', 2, 1), 'a' || \("晷")",
            [.integer(3), .text("晷"), .text("a晷")]),
        SharedConstruct(
            "a pattern may be escaped", "SELECT id FROM book WHERE title LIKE \("乙\\%%") ESCAPE '\\'",
            [.text("b2")]),
        SharedConstruct(
            "a case chooses",
            "SELECT CASE WHEN places > \(4) THEN 'many' ELSE 'few' END FROM shelf ORDER BY id",
            [.text("few")], [.text("many")]),
        SharedConstruct(
            "a cast converts", "SELECT CAST(\("12") AS BIGINT), CAST(\(12) AS TEXT)",
            [.integer(12), .text("12")]),
        SharedConstruct(
            "pages are cut", "SELECT id FROM book ORDER BY id LIMIT \(1) OFFSET \(1)", [.text("b2")]),
        SharedConstruct(
            "a bound value may be selected", "SELECT \("日"), \(5), \(2.5), \([UInt8]([0, 255]))",
            [.text("日"), .integer(5), .real(2.5), .bytes([0, 255])]),
        SharedConstruct(
            "values make a table",
            "WITH t (a, b) AS (VALUES (\("x"), \(1)), (\("y"), \(2))) SELECT b FROM t WHERE a = \("y")",
            [.integer(2)]),
        SharedConstruct(
            "many rows go in at once",
            """
            INSERT INTO shelf (id, label, places) SELECT id || '+', label || '+', places FROM shelf
            RETURNING places
            """,
            [.integer(3)], [.integer(5)]),
        SharedConstruct(
            "text sorts by code point, not by the server's language",
            """
            SELECT label FROM (
                SELECT label FROM shelf UNION ALL SELECT title FROM book WHERE title IS NOT NULL
            ) AS t
            ORDER BY label
            """, [.text("A")], [.text("Z 甲")], [.text("a 乙")], [.text("乙%乙")]),
    ]
}

@Suite struct `SQL of the common subset` {
    @Test(arguments: Backend.available, SharedConstruct.all)
    func `means the same on both engines`(backend: Backend, construct: SharedConstruct) async throws {
        try await withDatabase(backend, migrations: toySchema) { database in
            let rows = try await database.write { transaction in
                try transaction.execute(
                    "INSERT INTO shelf (id, label, places) VALUES ('s1', 'A', 3), ('s2', 'Z 甲', 5)")
                try transaction.execute(
                    """
                    INSERT INTO book (id, shelf, title, lent)
                    VALUES ('b1', 's1', 'a 乙', 0), ('b2', 's1', '乙%乙', 1), ('b3', 's1', NULL, 0)
                    """)
                return try transaction.rows(construct.sql).map(\.values)
            }
            #expect(rows == construct.expected)
        }
    }

    @Test(arguments: Backend.available)
    func `tells how many rows a statement changed`(backend: Backend) async throws {
        try await withDatabase(backend, migrations: toySchema) { database in
            let changed = try await database.write { transaction in
                try transaction.addShelf("甲")
                try transaction.addShelf("乙")
                return [
                    try transaction.execute("UPDATE shelf SET places = 9"),
                    try transaction.execute("UPDATE shelf SET places = 9 WHERE label = 'none'"),
                    try transaction.execute("DELETE FROM shelf"),
                ]
            }
            #expect(changed == [2, 0, 2])
        }
    }

    @Test(arguments: Backend.available)
    func `keeps what a partial unique index and a generated column promise`(backend: Backend) async throws {
        let schema = Migration(
            slice: "lease", number: 1,
            statements: [
                """
                CREATE TABLE lease (
                    id TEXT PRIMARY KEY, thing TEXT NOT NULL, ended BIGINT NOT NULL,
                    code TEXT GENERATED ALWAYS AS (thing || '-' || id) STORED
                )
                """,
                "CREATE UNIQUE INDEX lease_running ON lease (thing) WHERE ended = 0",
            ])
        try await withDatabase(backend, migrations: [schema]) { database in
            let code = try await database.write { transaction in
                try transaction.execute(
                    "INSERT INTO lease (id, thing, ended) VALUES ('1', 't', 1), ('2', 't', 0)")
                return try transaction.row("SELECT code FROM lease WHERE id = '2'")?.string("code")
            }
            #expect(code == "t-2")
            await #expect(throws: StorageError.self) {
                try await database.write {
                    _ = try $0.execute("INSERT INTO lease (id, thing, ended) VALUES ('3', 't', 0)")
                }
            }
        }
    }

    @Test(arguments: Backend.available)
    func `is answered from an index where there is one`(backend: Backend) async throws {
        try await withDatabase(backend, migrations: toySchema) { database in
            let plan = try await database.read { transaction in
                try queryPlan("SELECT id FROM book WHERE shelf = \("s1") AND title = \("x")", in: transaction)
            }
            #expect(plan.contains("book_title"))
        }
    }
}
