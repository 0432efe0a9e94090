import Foundation
import Testing

@Suite struct `A form learned from a file` {
    private func write(_ text: String, _ path: String) throws -> String {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        return path
    }

    @Test func `takes its file in, and the report says what was not used`() async throws {
        try await withFolder { folder in
            let table = try write(
                "青石县项目表,,,\n序号,项目名称,项目编号,发布日期\n1,书架采购,QS2026-001,2026-03-01\n2,桌椅采购,,很快\n3,门窗采购,QS2026-003,2026/3/2\n",
                folder + "/table.csv")
            let learned = try Program.run("import", "--learn", table)
            #expect(learned.code == 0, "\(learned.errors)")
            let form = try write(learned.output, folder + "/form.json")
            let answer = try Program.run(
                "import", table, "--form", form, "--jurisdiction", "CN", "--data", folder + "/data", "--json")
            #expect(answer.code == 0, "\(answer.output)\(answer.errors)")
            let file = try #require(answer.json(`Importing tables and lists`.Report.self).files.first)
            #expect((file.rows, file.imported, file.refused) == (3, 3, 0))
            let losses = Dictionary(uniqueKeysWithValues: file.losses.map { ($0.code, $0.rows) })
            #expect(losses["day-unreadable"] == 1 && losses["code-missing"] == 1)
        }
    }

    @Test func `may come from a workbook`() async throws {
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let learned = try Program.run(
            "import", "--learn", tests.appendingPathComponent("Workbooks/standard-catalogue.xlsx").path)
        #expect(learned.code == 0, "\(learned.errors)")
        #expect(learned.output.contains("\"carrier\": \"table\""))
    }

    @Test func `says what is wrong with a form file, and with a file of nothing`() async throws {
        try await withFolder { folder in
            let form = try write("{\"form\": \"x\"}", folder + "/form.json")
            let table = try write("标题\n书架采购\n", folder + "/table.csv")
            let answer = try Program.run(
                "import", table, "--form", form, "--jurisdiction", "CN", "--data", folder + "/data", "--json")
            #expect(answer.code == 1 && answer.output.contains("form-file-invalid"))
            let nothing = try Program.run(
                "import", "--learn", try write("", folder + "/nothing.csv"), "--json")
            #expect(nothing.code == 1 && nothing.output.contains("file-empty"))
            #expect(try Program.run("import", "--learn").code == 64)
            #expect(try Program.run("import", table).code == 64)
        }
    }

    // A file that breaks is not a file of nothing.
    @Test(arguments: [
        (
            name: "cut.json", text: "[{\"id\": \"1\"},\n {\"id\": \"2", code: "list-unreadable",
            says: "第 2 行第 "
        ),
        (name: "object.json", text: "{\n\"a\": 1\n}\n", code: "rows-unreadable", says: "json-invalid"),
        (name: "ragged.csv", text: "a,b\n1\n2,3,4\n", code: "rows-unreadable", says: "row-ragged"),
    ])
    func `says why nothing of a file can be read`(
        name: String, text: String, code: String, says: String
    ) async throws {
        try await withFolder { folder in
            let file = try write(text, folder + "/" + name)
            let learned = try Program.run("import", "--learn", file)
            #expect(learned.code == 1 && learned.errors.contains(code), "\(learned.errors)")
            #expect(learned.errors.contains(says), "\(learned.errors)")
        }
    }

    @Test(arguments: [
        (name: "cut.json", text: "[{\"record_id\": \"1\"}", code: "list-unreadable"),
        (name: "ragged.csv", text: "a,b\n1\n", code: "rows-unreadable"),
    ])
    func `is not needed to hear why nothing is imported`(
        name: String, text: String, code: String
    ) async throws {
        try await withFolder { folder in
            let file = try write(text, folder + "/" + name)
            let answer = try Program.run(
                "import", file, "--jurisdiction", "CN", "--data", folder + "/data", "--json")
            #expect(answer.code == 1 && answer.output.contains(code), "\(answer.output)")
        }
    }

    @Test func `never lets a file command the terminal`() async throws {
        try await withFolder { folder in
            let table = try write("地块\u{1B}[2J\u{9B}2J,b\n1,2\n", folder + "/table.csv")
            let answer = try Program.run(
                "import", table, "--jurisdiction", "CN", "--data", folder + "/data")
            #expect(answer.code == 1 && answer.errors.contains("地块\u{241B}[2J\u{FFFD}2J"))
            let learned = try Program.run("import", "--learn", table)
            #expect(!(answer.errors + learned.output).contains("\u{1B}"))
        }
    }
}

@Suite struct `A watched folder` {
    @Test func `gives each file once when it is complete, and ends on a signal`() async throws {
        try await withFolder { folder in
            let inbox = folder + "/inbox"
            try FileManager.default.createDirectory(atPath: inbox, withIntermediateDirectories: true)
            _ = try SampleNotices.write(
                [SampleNotices.row(1), SampleNotices.row(2)], to: inbox, as: "a.jsonl")
            _ = try SampleNotices.write([SampleNotices.row(3)], to: inbox, as: "b.jsonl.part")
            let command = [
                "import", "--watch", inbox, "--jurisdiction", "CN", "--data", folder + "/data", "--json",
            ]
            let first = Program(command)
            let line = try first.start()
            first.terminate()
            #expect(first.process.terminationStatus == 0)
            #expect(line.contains("\"imported\":2") && line.contains("a.jsonl"))

            // Another run knows the file, and takes only what is new.
            _ = try SampleNotices.write([SampleNotices.row(4)], to: inbox, as: "c.jsonl")
            let second = Program(command)
            let next = try second.start()
            second.terminate()
            #expect(next.contains("\"imported\":1") && next.contains("c.jsonl"))
        }
    }

    @Test func `keeps what one jurisdiction took apart from another's`() async throws {
        try await withFolder { folder in
            _ = try SampleNotices.write([SampleNotices.row(1)], to: folder, as: "a.jsonl")
            for jurisdiction in ["CN", "FG"] {
                let watch = Program([
                    "import", "--watch", folder, "--jurisdiction", jurisdiction, "--data", folder + "/data",
                    "--json",
                ])
                let line = try watch.start()
                watch.terminate()
                #expect(line.contains("a.jsonl") && line.contains("\"rows\":1"), "\(jurisdiction): \(line)")
            }
        }
    }

    @Test func `is not begun for a jurisdiction or with a form that would refuse every file`() async throws {
        try await withFolder { folder in
            let form = folder + "/form"
            try Data("{}".utf8).write(to: URL(fileURLWithPath: form))
            let watch = ["import", "--watch", folder, "--data", folder + "/data", "--json", "--jurisdiction"]
            let nowhere = try Program.run(watch + ["XX"])
            #expect(nowhere.code == 1 && nowhere.output.contains("jurisdiction-unknown"))
            let wrong = try Program.run(watch + ["CN", "--form", form])
            #expect(wrong.code == 1 && wrong.output.contains("form-file-invalid"))
        }
    }

    @Test func `that is not there is refused`() async throws {
        try await withFolder { folder in
            let answer = try Program.run(
                "import", "--watch", folder + "/none", "--jurisdiction", "CN", "--data", folder + "/data",
                "--json")
            #expect(answer.code == 1 && answer.output.contains("file-unreadable"))
        }
    }
}
