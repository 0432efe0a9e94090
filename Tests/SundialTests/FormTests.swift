import Foundation
import Storage
import StorageSQLite
import Testing

/// Tables and lists, imported by the program; the places are invented.
@Suite struct `Importing tables and lists` {
    struct Report: Decodable {
        struct File: Decodable {
            struct Loss: Decodable {
                let code: String
                let rows, firstRow: Int
            }
            let rows, imported, unchanged, refused: Int
            let reading: String
            let findings: [ImportAnswer.File.Finding]
            let losses: [Loss]
        }
        let files: [File]
    }

    static let offers = """
        ,地块编号,宗地位置,地块面积（平方米）,用途,限高,容积率,起始价格（万元）
        0,青政出〔2020〕16号（网）,青石路南,19252.56,商服用地,,＜5.53,27700
        1,青政出[2020]17号（网）,青石路北,100,商服用地,,＜5.53,900
        2,青政出[2020]17号（网）,青石路北,100,商服用地,,＜5.53,900

        """
    static let deals = """
        Column1,地块编号,宗地位置,地块面积（平方米）,用途,成交价格（万元）,受让单位
        7,青政出【2020】16号（网）,青石路南,19252.56,商服用地,27800.0,青石置业有限公司

        """

    func imports(_ files: [String], into data: String, _ more: [String] = []) throws -> [Report.File] {
        let answer = try Program.run(
            ["import"] + files + ["--jurisdiction", "CN", "--data", data, "--json"] + more)
        #expect(answer.code == 0, "\(answer.errors)\(answer.output)")
        return try answer.json(Report.self).files
    }

    private func write(_ bytes: [UInt8], _ path: String) throws -> String {
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        return path
    }

    @Test func `a plot's announcement and result are one project, and no day is invented`() async throws {
        try await withFolder { folder in
            let data = folder + "/data"
            let offers = try write(Array(Self.offers.utf8), folder + "/offers.csv")
            let deals = try write(Array(Self.deals.utf8), folder + "/deals.csv")
            let reports = try imports([offers, deals], into: data)
            #expect(reports.map(\.rows) == [3, 1])
            #expect(reports.map(\.imported) == [2, 1])
            // The running number is no content: the third row is the second again.
            #expect(reports.map(\.unchanged) == [1, 0])
            #expect(reports.map(\.reading) == ["table, UTF-8", "table, UTF-8"])
            #expect(reports[0].losses.map(\.code) == ["day-missing", "body-missing", "fields-ignored"])
            #expect(reports[0].losses[0].rows == 2 && reports[0].losses[0].firstRow == 2)
            let database = try SQLiteDatabase(path: data + "/sundial.sqlite")
            let (projects, days) = try await database.read {
                (
                    try $0.row("SELECT count(DISTINCT project) AS n FROM publication")?.int("n"),
                    try $0.row("SELECT count(day) AS n FROM publication")?.int("n")
                )
            }
            #expect(projects == 2)
            #expect(days == 0)
            // The report can be read again later.
            let kept = try await database.read { transaction in
                try transaction.rows(
                    """
                    SELECT import_loss.code, import_loss.row_count, import_loss.first_row
                    FROM import_loss JOIN import_file ON import_file.id = import_loss.file
                    WHERE import_file.name = \(offers) ORDER BY import_loss.position
                    """
                ).map { "\(try $0.string("code")) \(try $0.int("row_count")) \(try $0.int("first_row"))" }
            }
            #expect(kept == reports[0].losses.map { "\($0.code) \($0.rows) \($0.firstRow)" })
            try await database.close()
        }
    }

    /// The bytes by Python: `'地块编号,…'.encode('gb18030')`.
    @Test func `the same table in GB18030 changes nothing, and a broken byte refuses its row alone`()
        async throws
    {
        try await withFolder { folder in
            let data = folder + "/data"
            let head: [UInt8] = [
                0x43, 0x6F, 0x6C, 0x75, 0x6D, 0x6E, 0x31, 0x2C, 0xB5, 0xD8, 0xBF, 0xE9,
                0xB1, 0xE0, 0xBA, 0xC5, 0x2C, 0xD7, 0xDA, 0xB5, 0xD8, 0xCE, 0xBB, 0xD6,
                0xC3, 0x2C, 0xB5, 0xD8, 0xBF, 0xE9, 0xC3, 0xE6, 0xBB, 0xFD, 0xA3, 0xA8,
                0xC6, 0xBD, 0xB7, 0xBD, 0xC3, 0xD7, 0xA3, 0xA9, 0x2C, 0xD3, 0xC3, 0xCD,
                0xBE, 0x2C, 0xB3, 0xC9, 0xBD, 0xBB, 0xBC, 0xDB, 0xB8, 0xF1, 0xA3, 0xA8,
                0xCD, 0xF2, 0xD4, 0xAA, 0xA3, 0xA9, 0x2C, 0xCA, 0xDC, 0xC8, 0xC3, 0xB5,
                0xA5, 0xCE, 0xBB, 0x0A,
            ]
            let row: [UInt8] = [
                0x37, 0x2C, 0xC7, 0xE0, 0xD5, 0xFE, 0xB3, 0xF6, 0xA1, 0xBE, 0x32, 0x30,
                0x32, 0x30, 0xA1, 0xBF, 0x31, 0x36, 0xBA, 0xC5, 0xA3, 0xA8, 0xCD, 0xF8,
                0xA3, 0xA9, 0x2C, 0xC7, 0xE0, 0xCA, 0xAF, 0xC2, 0xB7, 0xC4, 0xCF, 0x2C,
                0x31, 0x39, 0x32, 0x35, 0x32, 0x2E, 0x35, 0x36, 0x2C, 0xC9, 0xCC, 0xB7,
                0xFE, 0xD3, 0xC3, 0xB5, 0xD8, 0x2C, 0x32, 0x37, 0x38, 0x30, 0x30, 0x2E,
                0x30, 0x2C, 0xC7, 0xE0, 0xCA, 0xAF, 0xD6, 0xC3, 0xD2, 0xB5, 0xD3, 0xD0,
                0xCF, 0xDE, 0xB9, 0xAB, 0xCB, 0xBE, 0x0A,
            ]
            let plain = try write(
                Array(Self.deals.utf8), folder + "/deals.csv")
            #expect(try imports([plain], into: data)[0].imported == 1)
            let other = try write(
                head + row + [0x38, 0x2C, 0xFF, 0x2C, 0x2C, 0x2C, 0x2C, 0x2C, 0x0A], folder + "/gb.csv")
            let report = try imports([other], into: data)[0]
            #expect((report.rows, report.imported, report.unchanged, report.refused) == (2, 0, 1, 1))
            #expect(report.reading == "table, GB18030")
            #expect(report.findings.map(\.row) == [3])
            #expect(report.findings[0].code == "bytes-broken" && report.findings[0].detail.contains("byte 3"))
        }
    }

    @Test func `a file of another kind or a table without one reading is refused with what to do`()
        async throws
    {
        try await withFolder { folder in
            let old = try write([0xD0, 0xCF, 0x11, 0xE0, 0, 0], folder + "/old.xls")
            let open = try write(Array("地块编号,宗地位置\n\"1,2\n".utf8), folder + "/open.csv")
            let other = try write(Array("甲,乙\n1,2\n".utf8), folder + "/other.csv")
            let answer = try Program.run(
                "import", old, open, other, "--jurisdiction", "CN", "--data", folder + "/data", "--json")
            #expect(answer.code == 1)
            #expect(
                try answer.json(ImportAnswer.self).files.map { $0.findings[0].code } == [
                    "file-kind-unknown", "table-unreadable", "form-unknown",
                ])
        }
    }

    @Test func `a list of JSON objects is read like lines`() async throws {
        try await withFolder { folder in
            let list = "[" + [SampleNotices.row(1), SampleNotices.row(2)].joined(separator: ",\n") + "]"
            let file = try write(Array(list.utf8), folder + "/list.json")
            let report = try imports([file], into: folder + "/data")[0]
            #expect((report.rows, report.imported) == (2, 2))
        }
    }

    @Test func `a saved web page is one notice, and what was dropped is said`() async throws {
        try await withFolder { folder in
            let page = """
                <html><head><title>青石交易网</title><meta name="PubDate" content="2026-03-01 09:00:00"></head><body>
                <script>alert(1)</script><h2>青石县图书馆书架采购公告</h2><p>预算：<s>二百元</s>一百元</p></body></html>
                """
            let file = try write(Array(page.utf8), folder + "/a.html")
            let reports = try imports([file, file], into: folder + "/data")
            #expect(reports.map(\.imported) == [1, 0] && reports.map(\.unchanged) == [0, 1])
            #expect(reports[0].losses.contains { $0.code == "markup-dropped" })
            #expect(!reports[0].losses.contains { $0.code == "fields-unread" })
            let database = try SQLiteDatabase(path: folder + "/data/sundial.sqlite")
            let row = try await database.read { try $0.row("SELECT title, day FROM publication") }
            #expect(try row?.string("title") == "青石县图书馆书架采购公告")
            #expect(try row?.string("day") == "2026-03-01")
            try await database.close()
        }
    }

    // MARK: The shared files

    private static let shared: URL? = {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let folder =
            ProcessInfo.processInfo.environment["SUNDIAL_SHARED"].map { URL(fileURLWithPath: $0) }
            ?? root.deletingLastPathComponent().appendingPathComponent("shared")
        let data = folder.appendingPathComponent("data")
        return FileManager.default.fileExists(atPath: data.path) ? data : nil
    }()

    private static let absent =
        "The folder of shared test data is not there; set SUNDIAL_SHARED or put it beside the checkout."

    /// Figures by Python's `csv`: 373 plots announced, 306 with results, 279 of them the same.
    @Test(.enabled(if: shared != nil, Comment(rawValue: absent)))
    func `four hundred plots of a city join across two tables and two encodings`() async throws {
        try await withFolder { folder in
            let land = try #require(Self.shared).path + "/land/"
            let names = ["郑州公共资源交易中心-挂牌公告.csv", "郑州公共资源交易中心-结果公告.csv", "zhengzhou_announcements_GB18030.csv"]
            let reports = try imports(names.map { land + $0 }, into: folder + "/data")
            for report in reports {
                #expect(report.rows == report.imported + report.unchanged + report.refused)
            }
            #expect(reports.map(\.imported) == [373, 306, 0])
            #expect(reports.map(\.unchanged) == [4, 4, 377])
            let database = try SQLiteDatabase(path: folder + "/data/sundial.sqlite")
            let (projects, joined, days) = try await database.read {
                (
                    try $0.row("SELECT count(DISTINCT project) AS n FROM publication")?.int("n"),
                    try $0.row(
                        """
                        SELECT count(*) AS n FROM (SELECT project FROM publication GROUP BY project
                            HAVING count(DISTINCT source) = 2) AS joined
                        """)?.int("n"), try $0.row("SELECT count(day) AS n FROM publication")?.int("n")
                )
            }
            #expect((projects, joined, days) == (400, 279, 0))
            try await database.close()
        }
    }

    @Test(.enabled(if: shared != nil, Comment(rawValue: absent)))
    func `fifteen hundred tenders of hospitals are all accounted for`() async throws {
        try await withFolder { folder in
            let file = try #require(Self.shared).path + "/notices/hospital_tenders_2025.jsonl"
            let report = try imports([file], into: folder + "/data")[0]
            #expect((report.rows, report.imported, report.unchanged, report.refused) == (1500, 1500, 0, 0))
            let losses = Dictionary(uniqueKeysWithValues: report.losses.map { ($0.code, $0.rows) })
            // 1,432 name a buyer and 919 have an excerpt of the text.
            #expect(losses["body-missing"] == 68)
            #expect(losses["text-missing"] == 581)
        }
    }

    /// 126 texts; seven titles have two versions. Figures by Python's `json` and `re`: 89 name one day in the usual writing,
    /// and two more, read by eye, with a blank within it (2016年9月 1日).
    @Test(.enabled(if: shared != nil, Comment(rawValue: absent)))
    func `laws and regulations go in with their versions and are found`() async throws {
        try await withFolder { folder in
            let file = try #require(Self.shared).path + "/policy/laws_disclosure_allocation.jsonl"
            let report = try imports([file], into: folder + "/data")[0]
            #expect((report.rows, report.imported, report.refused) == (126, 126, 0))
            let database = try SQLiteDatabase(path: folder + "/data/sundial.sqlite")
            let (titles, dated, effective) = try await database.read {
                (
                    try $0.row("SELECT count(DISTINCT title) AS n FROM policy_version")?.int("n"),
                    try $0.row("SELECT count(day) AS n FROM policy_version")?.int("n"),
                    try $0.row("SELECT count(effective) AS n FROM policy_version")?.int("n")
                )
            }
            #expect((titles, dated) == (119, 113))
            #expect(effective == 89 + 2)
            try await database.close()
            let index = try SQLiteDatabase(path: folder + "/data/search.sqlite")
            let found = try await index.read {
                try $0.row("SELECT count(*) AS n FROM search_document")?.int("n")
            }
            #expect(try #require(found) >= 126)
            try await index.close()
        }
    }
}
