@testable import Storage
import StorageTesting
import Testing

@Suite struct `The journal` {
    @Test(arguments: Backend.available)
    func `keeps entries as they were given, in order`(backend: Backend) async throws {
        try await withDatabase(backend) { database in
            try await database.write { transaction in
                transaction.journal(entry("first.done"))
                transaction.journal(entry("second.done", "s2"))
            }
            let rows = try await database.read { try $0.journal(after: 0, limit: 10) }
            #expect(rows.map(\.entry) == [entry("first.done"), entry("second.done", "s2")])
            let later = try await database.read { try $0.journal(after: rows[0].seq, limit: 10) }
            #expect(later == [rows[1]])
            let head = try await database.read { try $0.journalHead() }
            #expect(head == rows[1].seq)
        }
    }

    @Test(arguments: Backend.available)
    func `keeps a long act in order`(backend: Backend) async throws {
        try await withDatabase(backend) { database in
            let subjects = (1...173).map { "s\($0)" }
            try await database.write { transaction in
                for subject in subjects { transaction.journal(entry("shelf.added", subject)) }
            }
            let rows = try await database.read { try $0.journal(after: 0, limit: 1_000) }
            #expect(rows.map(\.subject) == subjects)
            #expect(rows.map(\.seq) == rows.map(\.seq).sorted())
        }
    }

    @Test(arguments: Backend.available)
    func `finds the acts of a rare kind by its index`(backend: Backend) async throws {
        try await withDatabase(backend) { database in
            try await database.write { transaction in
                for subject in ["s2", "s1", "s2"] { transaction.journal(entry("shelf.added", subject)) }
                transaction.journal(entry("shelf.removed", "s1"))
            }
            let (rows, plan) = try await database.read { transaction in
                (
                    try transaction.journal(of: "shelf.added", about: "shelf", limit: 10),
                    try queryPlan(
                        JournalStore.ofAct("shelf.added", about: "shelf", limit: 10), in: transaction)
                )
            }
            #expect(rows.map(\.subject) == ["s2", "s1", "s2"] && rows.map(\.seq) == rows.map(\.seq).sorted())
            #expect(plan.contains("journal_subject") && !plan.contains("TEMP B-TREE"), "\(plan)")
        }
    }

    @Test(arguments: Backend.available)
    func `tells an act its number early, and links what followed from it`(backend: Backend) async throws {
        try await withDatabase(backend) { database in
            let numbers = try await database.write { transaction in
                transaction.journal(entry("event.recorded"))
                let numbers = try transaction.flushJournal()
                transaction.journal(entry("obligation.created", "o1", cause: numbers[0]))
                return numbers
            }
            let rows = try await database.read { try $0.journal(after: 0, limit: 10) }
            #expect(rows.map(\.seq).first == numbers.first)
            #expect(rows.map(\.cause) == [nil, numbers[0]])
        }
    }

    @Test(arguments: Backend.available)
    func `refuses a change that is not to the byte what is written, and names the row`(backend: Backend)
        async throws
    {
        try await withDatabase(backend) { database in
            let changes = [
                ["day": "2026-03-02", "item": "甲"], ["note": "a\"b\\c/\u{7}"], [:],
            ]
            let numbers = try await database.write { transaction in
                for change in changes {
                    transaction.journal(
                        JournalEntry(
                            at: "2026-03-02T02:00:00Z", actor: "a", act: "shelf.added", subjectKind: "shelf",
                            subject: "s", change: change))
                }
                return try transaction.flushJournal()
            }
            let rows = try await database.read { try $0.journal(ofSequence: numbers) }
            #expect(numbers.map { rows[$0]?.change } == changes)
            for number in numbers {
                let text = try await database.read { transaction in
                    try transaction.row("SELECT change FROM journal WHERE seq = \(number)")?.string("change")
                        ?? ""
                }
                for place in text.indices {
                    for other in ["x", " ", "\"", ""] where other != String(text[place]) {
                        var altered = text
                        altered.replaceSubrange(place...place, with: other)
                        // Another word in the place of a word is another change, and not this one.
                        let read = try await change(altered, of: number, in: database)
                        #expect(read == nil || read != rows[number]?.change, "\(altered)")
                    }
                }
                for altered in [
                    text + " ", " " + text, text + text, "{\"item\":\"甲\",\"day\":\"2026-03-02\"}", "", "{",
                ] {
                    #expect(try await change(altered, of: number, in: database) == nil, "\(altered)")
                }
            }
        }
    }

    /// What is read of a row with such a change; nil where it is refused.
    private func change(_ text: String, of number: Int, in database: any Database) async throws -> [String:
        String]?
    {
        try await database.write { transaction in
            try transaction.execute("UPDATE journal SET change = \(text) WHERE seq = \(number)")
            do {
                return try transaction.journal(ofSequence: [number])[number]?.change
            } catch let mismatch as SchemaMismatch {
                #expect(mismatch.column == "journal.change" && mismatch.row == String(number))
                return nil
            }
        }
    }

    @Test(arguments: Backend.available)
    func `is searched by its subject from an index`(backend: Backend) async throws {
        try await withDatabase(backend) { database in
            try await database.write { transaction in
                for subject in ["a", "b", "a"] { transaction.journal(entry("shelf.moved", subject)) }
            }
            let rows = try await database.read { try $0.journal(about: "shelf", "a", limit: 10) }
            #expect(rows.map(\.subject) == ["a", "a"])
            #expect(rows[0].seq > rows[1].seq)
        }
    }

    /// Whoever has read up to a row will never find a row before it that was not there.
    @Test(arguments: Backend.available)
    func `grows only at its end, whoever writes at once`(backend: Backend) async throws {
        let scratch = try await ScratchDatabase(backend)
        try await scratch.use { first in
            try await Migrator.run(toySchema, on: first)
            let second = try scratch.open()
            let seen = try await withThrowingTaskGroup(of: [(head: Int, count: Int)].self) { group in
                for writer in 0..<8 {
                    group.addTask {
                        for turn in 0..<12 {
                            try await (writer.isMultiple(of: 2) ? first : second).write { transaction in
                                try transaction.addShelf("\(writer)/\(turn)")
                                transaction.journal(entry("shelf.added", "\(writer)/\(turn)"))
                            }
                        }
                        return []
                    }
                }
                group.addTask {
                    var seen: [(head: Int, count: Int)] = []
                    while seen.last?.count != 96 {
                        seen.append(
                            try await first.read { transaction in
                                (
                                    try transaction.journalHead(),
                                    try transaction.journal(after: 0, limit: 1_000).count
                                )
                            })
                    }
                    return seen
                }
                return try await group.reduce([], +)
            }
            let final = try await first.read { try $0.journal(after: 0, limit: 1_000).map(\.seq) }
            #expect(final.count == 96)
            for state in seen {
                let now = final.count { $0 <= state.head }
                #expect(now == state.count)
            }
            try await second.close()
        }
    }

    @Test(arguments: Backend.available)
    func `signals a commit that wrote to it, and no other`(backend: Backend) async throws {
        try await withDatabase(backend, migrations: toySchema) { database in
            let changes = database.journalSignal.changes()
            try await database.write { transaction in _ = try transaction.addShelf("silent") }
            await #expect(throws: Refusal()) {
                try await database.write { transaction in
                    transaction.journal(entry("shelf.lost"))
                    throw Refusal()
                }
            }
            try await database.write { $0.journal(entry("shelf.added")) }
            // Only the third write may have raised the signal, so the first news comes with its row.
            var news = changes.makeAsyncIterator()
            await news.next()
            let head = try await database.read { try $0.journal(after: 0, limit: 10).map(\.act) }
            #expect(head == ["shelf.added"])
        }
    }
}
