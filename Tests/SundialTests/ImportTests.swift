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

    @Test func `a declaration enters what is overdue at once, and can be listed and taken back`() async throws
    {
        struct Declared: Decodable {
            struct Coverage: Decodable {
                let id: String
                let endedReason: String
            }
            let coverage: Coverage
            let observed: Int
            let overdue: Int
        }
        struct Listed: Decodable { let coverages: [Declared.Coverage] }
        struct Ended: Decodable { let unobserved: Int }
        try await withFolder { folder in
            let data = folder + "/data"
            _ = try imports(SampleNotices.write([SampleNotices.row(1)], to: folder), into: data)
            // A result that no imported notice tells of.
            let result = try Program.run(
                "event", "record", "--body", "示例市示例局", "--jurisdiction", "CN", "--project", "SLT20261",
                "--kind",
                "procurement.result_fixed", "--day", "2026-04-01", "--evidence", "示例〔2026〕1号", "--actor",
                "测试",
                "--data", data)
            #expect(result.code == 0, "\(result.errors)")
            let declared: Declared = try Program.run(
                "source", "cover", "--source", "ggzy.gov.cn", "--jurisdiction", "CN", "--from", "2026-01-01",
                "--to", "2026-06-30", "--actor", "测试", "--data", data, "--json"
            ).json()
            #expect(declared.observed > 0 && declared.overdue > 0)
            let database = try SQLiteDatabase(path: data + "/sundial.sqlite")
            #expect(try await count("SELECT count(*) AS n FROM overdue_entry", database) == declared.overdue)
            let closed = try Program.run("day", "close", "--data", data, "--json")
            #expect(closed.output.contains("\"overdue\":0"))

            let uncover = [
                "source", "uncover", declared.coverage.id, "--actor", "测试", "--data", data, "--json",
            ]
            #expect(try Program.run(uncover).code == 64)
            let ended: Ended = try Program.run(uncover + ["--reason", "迁移时漏了两周"]).json()
            #expect(ended.unobserved == declared.observed)
            #expect(try await count("SELECT count(*) AS n FROM obligation WHERE observed = 1", database) == 0)
            #expect(try await count("SELECT count(*) AS n FROM overdue_entry", database) == declared.overdue)
            let listed: Listed = try Program.run("source", "list", "--data", data, "--json").json()
            #expect(listed.coverages.map(\.id) == [declared.coverage.id])
            #expect(listed.coverages.map(\.endedReason) == ["迁移时漏了两周"])
            let line = try Program.run("source", "list", "--data", data).output
            #expect(line.contains("ggzy.gov.cn（platform）") && line.contains("撤回：迁移时漏了两周"))
            #expect(try Program.run(uncover + ["--reason", "迁移时漏了两周"]).output.contains("coverage-ended"))
            try await database.close()
        }
    }

    @Test func `a source from which nothing was imported cannot be declared complete`() async throws {
        try await withFolder { folder in
            let data = folder + "/data"
            _ = try imports(SampleNotices.write([SampleNotices.row(1)], to: folder), into: data)
            let answer = try Program.run(
                "source", "cover", "--source", "ggzy.gov.com", "--jurisdiction", "CN", "--from", "2026-01-01",
                "--to", "2026-06-30", "--actor", "测试", "--data", data, "--json")
            #expect(answer.code == 1 && answer.output.contains("\"code\":\"source-unknown\""))
            #expect(
                try Program.run("source", "list", "--data", data, "--json").output == "{\"coverages\":[]}\n")
        }
    }

    @Test func `a folder given as a file is refused, and the other files go in`() async throws {
        try await withFolder { folder in
            let file = try SampleNotices.write([SampleNotices.row(1)], to: folder)
            let answer = try Program.run(
                "import", folder, file, "--jurisdiction", "CN", "--data", folder + "/data", "--json")
            #expect(answer.code == 1)
            let files = try answer.json(ImportAnswer.self).files
            #expect(files.map(\.imported) == [0, 1])
            #expect(files.first?.findings.map(\.code) == ["file-unreadable"])
        }
    }

    /// A heading, a row of another form, a list: the form is the one of the first row that has one.
    @Test(arguments: [
        ("record_id,title,publish_date", "json-invalid"), ("{\"编号\":\"1\",\"标题\":\"别的平台\"}", "field-missing"),
        ("[\"record_id\",\"title\"]", "json-invalid"),
    ])
    func `an odd first row is refused by itself, and the rows after it go in`(first: String, code: String)
        async throws
    {
        try await withFolder { folder in
            let rows = [first, SampleNotices.row(1), SampleNotices.row(2)]
            let report = try imports(SampleNotices.write(rows, to: folder), into: folder + "/data")
            #expect((report.rows, report.imported, report.refused) == (3, 2, 1))
            #expect(report.findings.map(\.row) == [1] && report.findings.map(\.code) == [code])
        }
    }

    @Test func `a day of publication that has not come is a finding, and meets nothing on time`() async throws
    {
        try await withFolder { folder in
            let data = folder + "/data"
            let row = SampleNotices.row(1).replacing("2026-03-01 10:00", with: "2099-03-01 10:00")
            _ = try imports(SampleNotices.write([row], to: folder), into: data)
            let database = try SQLiteDatabase(path: data + "/sundial.sqlite")
            #expect(
                try await count(
                    """
                    SELECT count(*) AS n FROM finding WHERE rule = 'publish-day-ahead'
                        AND quotes LIKE '%字段 publish_date%' AND quotes LIKE '%2099-03-01 10:00%'
                    """, database) == 1)
            #expect(try await count("SELECT count(*) AS n FROM discharge", database) > 0)
            #expect(
                try await count(
                    "SELECT count(*) AS n FROM discharge WHERE verdict <> 'undetermined'", database)
                    == 0)
            #expect(
                try await count("SELECT count(*) AS n FROM event WHERE day > '2098-01-01'", database) == 0)
            try await database.close()
        }
    }

    private func count(_ query: SQL, _ database: SQLiteDatabase) async throws -> Int {
        try await database.read { try $0.row(query)?.int("n") ?? 0 }
    }

    @Test func `a kill in the middle leaves whole rows, and the next run takes the rest`() async throws {
        try await withFolder { folder in
            let data = folder + "/data"
            let count = 1200
            let file = try SampleNotices.write((1...count).map { SampleNotices.row($0) }, to: folder)
            // The folder is made first, so that the import can be stopped in the midst of a transaction: the row
            // that finds this many before it never comes to an end.
            _ = try imports(
                SampleNotices.write([SampleNotices.row(1)], to: folder, as: "one.jsonl"), into: data)
            let database = try SQLiteDatabase(path: data + "/sundial.sqlite")
            try await database.write { transaction in
                try transaction.execute(
                    """
                    CREATE TRIGGER endless AFTER INSERT ON publication
                    WHEN (SELECT count(*) FROM publication) = 800 BEGIN
                        SELECT count(*) FROM journal AS a, journal AS b, journal AS c, journal AS d;
                    END
                    """)
            }
            let program = Program(["import", file, "--jurisdiction", "CN", "--data", data])
            try program.process.run()
            while try await rows(in: database) < 20, program.process.isRunning { await Task.yield() }
            kill(program.process.processIdentifier, SIGKILL)
            program.process.waitUntilExit()
            let left = try await rows(in: database)
            #expect(left >= 20 && left < 800)
            try await database.write { _ = try $0.execute("DROP TRIGGER endless") }
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
