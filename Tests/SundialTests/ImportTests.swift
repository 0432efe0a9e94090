import Foundation
import Storage
import StorageSQLite
import Testing

@Suite struct `Importing from the command line` {
    func imports(_ file: String, into data: String) throws -> ImportAnswer.File {
        let answer = try Program.run("import", file, "--jurisdiction", "CN", "--data", data, "--json")
        #expect(answer.code == 0, "\(answer.errors)")
        return try #require(answer.json(ImportAnswer.self).files.first)
    }

    @Test func `a second import changes nothing, and changed content makes a new edition`() async throws {
        try await withFolder { folder in
            let file = try SampleNotices.write((1...5).map { SampleNotices.row($0) }, to: folder)
            let first = try imports(file, into: folder + "/data")
            #expect((first.rows, first.imported, first.unchanged, first.refused) == (5, 5, 0, 0))
            let second = try imports(file, into: folder + "/data")
            #expect((second.rows, second.imported, second.unchanged, second.refused) == (5, 0, 5, 0))

            let rows = [SampleNotices.row(1), SampleNotices.row(2, words: "办公设备和打印机")]
            let changed = try imports(
                SampleNotices.write(rows, to: folder, as: "later.jsonl"), into: folder + "/data")
            #expect((changed.imported, changed.unchanged) == (1, 1))
            let database = try SQLiteDatabase(path: folder + "/data/sundial.sqlite")
            let editions = try await database.read {
                try $0.rows("SELECT editions FROM publication ORDER BY source_key").map {
                    try $0.int("editions")
                }
            }
            #expect(editions == [1, 2, 1, 1, 1])
            try await database.close()
        }
    }

    @Test func `a bad row is a numbered finding and the others go in`() async throws {
        try await withFolder { folder in
            let rows = [
                "{not json", SampleNotices.row(1), "[]", SampleNotices.row(2),
                SampleNotices.row(3).replacing("\"title\":\"示例项目3公开招标公告\"", with: "\"title\":\"\""),
                SampleNotices.row(1, words: "别的内容"),
            ]
            let report = try imports(SampleNotices.write(rows, to: folder), into: folder + "/data")
            #expect((report.rows, report.imported, report.unchanged, report.refused) == (6, 2, 0, 4))
            #expect(report.findings.map(\.row) == [1, 3, 5, 6])
            #expect(report.findings.last?.code == "record-twice")
        }
    }

    @Test func `an unknown form is refused as a whole`() async throws {
        try await withFolder { folder in
            let file = try SampleNotices.write(["{\"a\":1}"], to: folder)
            let answer = try Program.run(
                "import", file, "--jurisdiction", "CN", "--data", folder + "/data", "--json")
            #expect(answer.code == 1)
            let report = try #require(answer.json(ImportAnswer.self).files.first)
            #expect(report.rows == 0 && report.findings.first?.code == "form-unknown")
        }
    }

    @Test(arguments: ["", "\n\n", "no json at all\nnone\n"]) func `a file without notices is refused`(
        _ content: String
    )
        async throws
    {
        try await withFolder { folder in
            try Data(content.utf8).write(to: URL(fileURLWithPath: folder + "/empty.jsonl"))
            let answer = try Program.run(
                "import", folder + "/empty.jsonl", "--jurisdiction", "CN", "--data", folder + "/data",
                "--json")
            #expect(answer.code == 1)
        }
    }

    @Test func `nothing imported is overdue until its source is declared complete`() async throws {
        try await withFolder { folder in
            let data = folder + "/data"
            _ = try imports(SampleNotices.write([SampleNotices.row(1)], to: folder), into: data)
            _ = try Program.run("day", "close", "--data", data)
            let database = try SQLiteDatabase(path: data + "/sundial.sqlite")
            let before = try await database.read {
                try $0.row("SELECT count(*) AS n FROM overdue_entry")?.int("n")
            }
            #expect(before == 0)
            let covered = try Program.run(
                "source", "cover", "--source", "ggzy.gov.cn", "--jurisdiction", "CN", "--from", "2026-01-01",
                "--to", "2026-06-30", "--actor", "测试", "--data", data, "--json")
            #expect(covered.code == 0, "\(covered.errors)")
            _ = try Program.run("day", "close", "--data", data)
            let after = try await database.read {
                try $0.row("SELECT count(*) AS n FROM obligation WHERE observed = 1")?.int("n")
            }
            #expect(try #require(after) > 0)
            try await database.close()
        }
    }

    @Test func `a kill in the middle leaves whole rows, and the next run takes the rest`() async throws {
        try await withFolder { folder in
            let data = folder + "/data"
            let count = 1500
            let file = try SampleNotices.write((1...count).map { SampleNotices.row($0) }, to: folder)
            // The folder is made first, so that rows can be counted beside the import.
            _ = try imports(
                SampleNotices.write([SampleNotices.row(1)], to: folder, as: "one.jsonl"), into: data)
            let database = try SQLiteDatabase(path: data + "/sundial.sqlite")
            let program = Program(["import", file, "--jurisdiction", "CN", "--data", data])
            try program.process.run()
            // Whoever counts inside a write transaction holds the importer up until it is dead.
            let process = program.process.processIdentifier
            var left = 0
            while left < 20, program.process.isRunning {
                left = try await database.write { transaction in
                    let left = try transaction.row("SELECT count(*) AS n FROM publication")?.int("n") ?? 0
                    if left >= 20 { kill(process, SIGKILL) }
                    return left
                }
            }
            program.process.waitUntilExit()
            #expect(left >= 20 && left < count)
            let orphans = try await database.read {
                try $0.row(
                    """
                    SELECT count(*) AS n FROM publication
                    WHERE NOT EXISTS (SELECT 1 FROM imported_record WHERE publication = publication.id)
                        OR NOT EXISTS (SELECT 1 FROM edition WHERE publication = publication.id)
                    """
                )?.int("n")
            }
            #expect(orphans == 0)
            let rest = try imports(file, into: data)
            #expect(rest.rows == count && rest.imported == count - left && rest.unchanged == left)
            #expect(try await rows(in: database) == count)
            try await database.close()
        }
    }

    private func rows(in database: SQLiteDatabase) async throws -> Int {
        try await database.read { try $0.row("SELECT count(*) AS n FROM publication")?.int("n") ?? 0 }
    }
}
