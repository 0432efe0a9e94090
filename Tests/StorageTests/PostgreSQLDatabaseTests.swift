import Storage
import StoragePostgreSQL
import StorageTesting
import Synchronization
import Testing

@Suite(.enabled(if: Backend.available.contains(.postgresql), "SUNDIAL_TEST_POSTGRES is not set"))
struct `A PostgreSQL database` {
    private func withOneConnection(
        _ change: (inout PostgreSQLSettings) -> Void = { _ in },
        _ body: @Sendable (any Database, ScratchDatabase) async throws -> Void
    ) async throws {
        var settings = PostgreSQLSettings()
        settings.connectionsMax = 1
        change(&settings)
        let scratch = try await ScratchDatabase(.postgresql)
        let limits = settings
        try await scratch.use { other in
            try await Migrator.run(toySchema, on: other)
            let database = try scratch.open(settings: limits)
            try await body(database, scratch)
            try await database.close()
        }
    }

    private func kill(_ process: Int, from scratch: ScratchDatabase) async throws {
        let other = try scratch.open()
        // Returns when the server process has gone.
        let isGone = try await other.write {
            try $0.row("SELECT pg_terminate_backend(CAST(\(process) AS INTEGER), 10000) AS gone")?.bool(
                "gone")
        }
        #expect(isGone == true)
        try await other.close()
    }

    @Test func `recovers when its idle connection was ended`() async throws {
        try await withOneConnection { database, scratch in
            let before = try await database.read { try $0.serverProcess() }
            try await kill(before, from: scratch)
            let after = try await database.read { try $0.serverProcess() }
            #expect(before != after)
        }
    }

    @Test func `runs a write again whose connection was lost before the commit`() async throws {
        try await withOneConnection { database, scratch in
            let runs = Mutex([Int]())
            let (inside, goOn) = (Gate(), Gate())
            async let written: Void = database.write { transaction in
                try transaction.addShelf("甲")
                transaction.journal(entry("shelf.added"))
                let process = try transaction.serverProcess()
                let isFirst = runs.withLock { runs in
                    runs.append(process)
                    return runs.count == 1
                }
                if isFirst {
                    inside.open()
                    goOn.wait()
                }
            }
            await inside.opened()
            try await kill(runs.withLock { $0[0] }, from: scratch)
            goOn.open()
            try await written
            let (shelves, rows) = try await database.read {
                (try $0.shelves(), try $0.journal(after: 0, limit: 9).count)
            }
            let processes = runs.withLock { $0 }
            #expect(Set(processes).count == 2)
            #expect(shelves == 1)
            #expect(rows == 1)
        }
    }

    @Test func `does not guess when the connection was lost during the commit`() async throws {
        try await withOneConnection { database, _ in
            try await database.write { transaction in
                try transaction.execute(
                    """
                    CREATE FUNCTION end_me() RETURNS trigger LANGUAGE plpgsql
                    AS 'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END'
                    """)
                try transaction.execute(
                    """
                    CREATE CONSTRAINT TRIGGER late AFTER INSERT ON shelf DEFERRABLE INITIALLY DEFERRED
                    FOR EACH ROW EXECUTE FUNCTION end_me()
                    """)
            }
            await #expect(throws: StorageError.outcomeUnknown) {
                try await database.write { transaction in _ = try transaction.addShelf("甲") }
            }
        }
    }

    @Test func `ends a deadlock by running one of the two again`() async throws {
        try await withOneConnection({ $0.connectionsMax = 2 }) { database, _ in
            try await database.write { transaction in
                for name in ["a", "b"] { try transaction.addShelf(name, places: 0) }
            }
            let gates = [Gate(), Gate()]
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (mine, others, gate, otherGate) in [
                    ("a", "b", gates[0], gates[1]), ("b", "a", gates[1], gates[0]),
                ] {
                    group.addTask {
                        try await database.write { transaction in
                            try transaction.execute(
                                "UPDATE shelf SET places = places + 1 WHERE label = \(mine)")
                            gate.open()
                            otherGate.wait()
                            try transaction.execute(
                                "UPDATE shelf SET places = places + 1 WHERE label = \(others)")
                        }
                    }
                }
                try await group.waitForAll()
            }
            let total = try await database.read {
                try $0.row("SELECT SUM(places) AS total FROM shelf")?.int("total")
            }
            #expect(total == 4)
        }
    }

    @Test func `keeps a bounded number of prepared statements`() async throws {
        try await withOneConnection({ $0.statementsMax = 10 }) { database, _ in
            let kept = try await database.read { transaction in
                for number in 0..<50 {
                    let column = SQL(stringLiteral: "column_\(number)")
                    let row = try transaction.row("SELECT \(number) AS \(column)")
                    #expect(try row?.int("column_\(number)") == number)
                }
                return try transaction.row("SELECT COUNT(*) AS total FROM pg_prepared_statements")?.int(
                    "total")
            }
            #expect(kept == 10)
        }
    }

    @Test func `reads on after another process has changed a column`() async throws {
        try await withOneConnection { database, scratch in
            try await database.write { _ = try $0.addShelf("甲", places: 7) }
            @Sendable func places() async throws -> SQLValue? {
                try await database.read { try $0.row("SELECT places FROM shelf")?.value("places") }
            }
            let before = try await places()
            #expect(before == .integer(7))
            let other = try scratch.open()
            try await other.write { transaction in
                try transaction.execute("ALTER TABLE shelf DROP CONSTRAINT shelf_places")
                try transaction.execute("ALTER TABLE shelf ALTER COLUMN places TYPE TEXT")
            }
            try await other.close()
            let after = try await places()
            #expect(after == .text("7"))
        }
    }

    @Test func `says that it is busy when a lock is held too long`() async throws {
        try await withOneConnection({ $0.lockWaitSeconds = 1 }) { database, scratch in
            let shelf = try await database.write { try $0.addShelf("甲") }
            let other = try scratch.open()
            let (inside, goOn) = (Gate(), Gate())
            async let holder: Void = other.write { transaction in
                try transaction.execute("UPDATE shelf SET places = 2 WHERE id = \(shelf)")
                inside.open()
                goOn.wait()
            }
            await inside.opened()
            let error = await #expect(throws: StorageError.self) {
                try await database.write {
                    _ = try $0.execute("UPDATE shelf SET places = 3 WHERE id = \(shelf)")
                }
            }
            goOn.open()
            try await holder
            try await other.close()
            guard case .busy = try #require(error) else {
                Issue.record("\(String(describing: error))"); return
            }
        }
    }

    @Test func `refuses more work than may wait`() async throws {
        try await withOneConnection({ $0.waitingMax = 0 }) { database, _ in
            let (inside, goOn) = (Gate(), Gate())
            async let holder: Void = database.read { _ in
                inside.open()
                goOn.wait()
            }
            await inside.opened()
            let error = await #expect(throws: StorageError.self) { try await database.read { _ in } }
            goOn.open()
            try await holder
            guard case .busy = try #require(error) else {
                Issue.record("\(String(describing: error))"); return
            }
        }
    }
}

@Suite struct `A PostgreSQL address` {
    @Test func `prints without its password`() throws {
        let address = try PostgreSQLAddress("postgresql://clerk:geheim@db.example:5433/sundial")
        #expect(address.description == "PostgreSQL user=clerk host=db.example port=5433 dbname=sundial")
        #expect(address.hasPassword)
        #expect(!String(reflecting: address).contains("geheim"))
        var dumped = ""
        dump(address, to: &dumped)
        #expect(!dumped.contains("geheim"))
    }

    @Test(arguments: [
        "postgresql://clerk:geheim%zz@db.example/sundial", "geheim", "postgresql://a:geheim@[::1/x", "",
    ])
    func `that cannot be read is not quoted`(text: String) throws {
        if text.isEmpty {
            // libpq's defaults and environment say where.
            #expect(try PostgreSQLAddress(text).description == "PostgreSQL ")
            return
        }
        let error = #expect(throws: StorageError.self) { try PostgreSQLAddress(text) }
        #expect(!"\(try #require(error))".contains("geheim"))
    }

    @Test func `without a server behind it fails with its place and without its password`() async throws {
        var settings = PostgreSQLSettings()
        settings.reconnectsMax = 2
        let database = try PostgreSQLDatabase(
            url: "postgresql://clerk:geheim@/sundial?host=/nowhere/at/all", settings: settings)
        let error = await #expect(throws: StorageError.self) { try await database.read { _ in } }
        guard case .connection(let message) = try #require(error) else {
            Issue.record("not a connection error"); return
        }
        #expect(message.contains("/nowhere/at/all"))
        #expect(!message.contains("geheim"))
        try await database.close()
    }
}

extension Transaction {
    fileprivate func serverProcess() throws -> Int {
        try row("SELECT pg_backend_pid() AS process")?.int("process") ?? 0
    }
}
