import Foundation
import Storage
import StorageSQLite
import StorageTesting
import Testing

@Suite struct `A SQLite database` {
    @Test func `syncs every commit and keeps foreign keys`() async throws {
        let database = try SQLiteDatabase.temporary()
        let settings = try await database.write { transaction in
            try ["synchronous", "foreign_keys"].map { name in
                try transaction.row("PRAGMA \(SQL(stringLiteral: name))")?.int(name)
            } + [transaction.row("PRAGMA journal_mode")?.string("journal_mode") == "wal" ? 1 : 0]
        }
        // FULL is 2.
        #expect(settings == [2, 1, 1])
        try await database.close()
    }

    @Test func `says that it is busy when another process writes too long`() async throws {
        let scratch = try await ScratchDatabase(.sqlite)
        try await scratch.use { first in
            try await Migrator.run(toySchema, on: first)
            let hasty = try SQLiteDatabase(path: scratch.path, busySeconds: 0)
            let (inside, goOn) = (Gate(), Gate())
            async let holder: Void = first.write { transaction in
                try transaction.addShelf("甲")
                inside.open()
                goOn.wait()
            }
            await inside.opened()
            let error = await #expect(throws: StorageError.self) {
                try await hasty.write { _ = try $0.addShelf("乙") }
            }
            goOn.open()
            try await holder
            try await hasty.close()
            guard case .busy = try #require(error) else {
                Issue.record("\(String(describing: error))"); return
            }
        }
    }

    @Test func `answers any number of different statements`() async throws {
        let database = try SQLiteDatabase.temporary()
        let sum = try await database.read { transaction in
            try (0..<2_000).reduce(0) { sum, number in
                let column = SQL(stringLiteral: "column_\(number)")
                return try sum + (transaction.row("SELECT \(1) AS \(column)")?.int("column_\(number)") ?? 0)
            }
        }
        #expect(sum == 2_000)
        try await database.close()
    }

    @Test func `is copied as it stands, journal and all`() async throws {
        let scratch = try await ScratchDatabase(.sqlite)
        try await scratch.use { _ in
            let database = try SQLiteDatabase(path: scratch.path)
            try await Migrator.run(toySchema, on: database)
            try await database.write { transaction in
                try transaction.addShelf("甲")
                transaction.journal(entry("shelf.added"))
            }
            try await database.copy(to: scratch.path + ".copy")
            try await database.write { _ = try $0.addShelf("乙") }
            try await database.close()
            let copy = try SQLiteDatabase(path: scratch.path + ".copy")
            try await Migrator.run(toySchema, on: copy)
            let (shelves, head) = try await copy.read { (try $0.shelves(), try $0.journalHead()) }
            #expect(shelves == 1)
            #expect(head == 1)
            try await copy.close()
        }
    }

    @Test(arguments: [false, true])
    func `that is opened to be read refuses every write, and is not made where it is missing`(isFrozen: Bool)
        async throws
    {
        let scratch = try await ScratchDatabase(.sqlite)
        try await scratch.use { _ in
            #expect(throws: StorageError.self) { try SQLiteDatabase(reading: scratch.path + ".none") }
            let database = try SQLiteDatabase(path: scratch.path)
            try await Migrator.run(toySchema, on: database)
            try await database.write { _ = try $0.addShelf("甲") }
            // What stands in the log beside the file is not seen in a frozen one.
            #expect(try await database.scrub())
            try await database.close()
            let before = try Data(contentsOf: URL(fileURLWithPath: scratch.path))
            let reading = try SQLiteDatabase(reading: scratch.path, isFrozen: isFrozen)
            #expect(try await reading.read { try $0.shelves() } == 1)
            try await Migrator.check(toySchema, on: reading)
            await #expect(throws: StorageError.self) { try await reading.write { _ = try $0.addShelf("乙") } }
            try await reading.close()
            #expect(try Data(contentsOf: URL(fileURLWithPath: scratch.path)) == before)
        }
    }

    @Test func `keeps nothing in its files of what was deleted, once nobody reads the state before`()
        async throws
    {
        let folder = FileManager.default.temporaryDirectory.path + "/sundial-scrub-" + Identifiers.fresh()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer {
            do { try FileManager.default.removeItem(atPath: folder) } catch { Issue.record(error) }
        }
        let database = try SQLiteDatabase(path: folder + "/a.sqlite")
        let reader = try SQLiteDatabase(path: folder + "/a.sqlite")
        let words = String(repeating: "须删去的话", count: 5_000)
        try await database.write { transaction in
            try transaction.execute("CREATE TABLE paper (id BIGINT PRIMARY KEY, words TEXT)")
            for id in 1...20 {
                try transaction.execute("INSERT INTO paper (id, words) VALUES (\(id), \(words + "号"))")
                try transaction.execute(
                    "INSERT INTO paper (id, words) VALUES (\(id + 100), \("须删去的话 \(id)"))")
            }
        }
        let (inside, goOn) = (Gate(), Gate())
        async let reading = reader.read { transaction in
            let count = try transaction.rows("SELECT id FROM paper").count
            inside.open()
            goOn.wait()
            return count
        }
        await inside.opened()
        try await database.write { transaction in
            try transaction.execute("UPDATE paper SET words = NULL WHERE id < 10")
            try transaction.execute("DELETE FROM paper WHERE id >= 10")
        }
        #expect(try await !database.scrub())
        #expect(try holds("须删去的话", folder))
        goOn.open()
        #expect(try await reading == 40)
        #expect(try await database.scrub())
        #expect(try !holds("须删去的话", folder))
        try await reader.close()
        try await database.close()
        #expect(try !holds("须删去的话", folder))
    }

    private func holds(_ words: String, _ folder: String) throws -> Bool {
        try FileManager.default.contentsOfDirectory(atPath: folder).contains { name in
            try #require(FileManager.default.contents(atPath: folder + "/" + name)).range(
                of: Data(words.utf8)) != nil
        }
    }

    @Test func `that cannot be opened says so`() {
        #expect(throws: StorageError.self) { try SQLiteDatabase(path: "/nowhere/at/all/sundial.sqlite") }
    }
}

@Suite struct `The mark of a commit` {
    @Test func `is another after every commit, of this process or another, and after nothing else`()
        async throws
    {
        let folder = FileManager.default.temporaryDirectory.path + "/sundial-mark-" + Identifiers.fresh()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { remove(folder) }
        let path = folder + "/mark.sqlite"
        let ours = try SQLiteDatabase(path: path)
        // Another connection to the file is all that another process is to it.
        let others = try SQLiteDatabase(path: path)
        try await ours.write { try $0.execute("CREATE TABLE mark (n BIGINT NOT NULL)") }
        var seen = try #require(try ours.commitMark())
        for (number, writer) in [ours, others, ours, others, others].enumerated() {
            #expect(try ours.commitMark() == seen)
            try await writer.write { try $0.execute("INSERT INTO mark (n) VALUES (\(number))") }
            let now = try #require(try ours.commitMark())
            #expect(now != seen)
            seen = now
        }
        _ = try await others.read { try $0.rows("SELECT n FROM mark") }
        await #expect(throws: Undone.self) {
            try await ours.write { transaction in
                try transaction.execute("DELETE FROM mark")
                throw Undone()
            }
        }
        #expect(try ours.commitMark() == seen)
        try await ours.close()
        try await others.close()
    }

    private struct Undone: Error {}

    private func remove(_ folder: String) {
        do { try FileManager.default.removeItem(atPath: folder) } catch { Issue.record(error) }
    }
}
