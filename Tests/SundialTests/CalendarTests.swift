import Foundation
import Testing

@Suite struct `The calendar from the command line` {
    /// 2027 as a notice might set it; the days are invented.
    private static let file = """
        {"format": 1, "version": "2027-test", "years": [{"year": 2027,
          "notices": [{"number": "国办发明电〔2026〕9号", "address": "https://example.invalid/2027"}], "holidays": [
          {"name": "元旦", "off": ["2027-01-01/2027-01-03"], "work": ["2026-12-27"]},
          {"name": "春节", "off": ["2027-02-05/2027-02-11"]},
          {"name": "清明节", "off": ["2027-04-05"]},
          {"name": "劳动节", "off": ["2027-05-01/2027-05-02"]},
          {"name": "端午节", "off": ["2027-06-09"]},
          {"name": "中秋节", "off": ["2027-09-15"]},
          {"name": "国庆节", "off": ["2027-10-01/2027-10-03"]}]}]}
        """

    private struct Due: Decodable {
        let due: String
        let provisional: Bool
        let calendar: String
        let calendarFrom: String
    }

    private struct Shown: Decodable {
        let announced: Bool
        let calendar: String
        let calendarFrom: String
    }

    private struct Refused: Decodable {
        struct Reason: Decodable {
            let code: String
            let detail: String
        }
        let refused: Reason
    }

    private func due(_ folder: String) throws -> Due {
        try Program.run(
            "calendar", "due", "--from", "2027-02-01", "--working-days", "5", "--data", folder, "--json"
        ).json()
    }

    /// 2027-02-01 is a Monday. Weekends alone: 2 to 8 February. With 5 to 11 February off: 2, 3, 4, 12 and 15.
    @Test
    func
        `knows the years loaded into the data folder, and without one says that the built-in ones were used`()
        async throws
    {
        try await withFolder { folder in
            let data = folder + "/data"
            let builtIn = try due(data)
            #expect(builtIn.due == "2027-02-08" && builtIn.provisional)
            #expect(builtIn.calendarFrom == "built-in" && builtIn.calendar == "2004-2026")
            #expect(!FileManager.default.fileExists(atPath: data))

            let file = folder + "/2027.json"
            try Data(Self.file.utf8).write(to: URL(fileURLWithPath: file))
            let loaded = try Program.run("calendar", "load", file, "--actor", "测试", "--data", data)
            #expect(loaded.code == 0, "\(loaded.errors)")
            let known = try due(data)
            #expect(known.due == "2027-02-15" && !known.provisional)
            #expect(known.calendarFrom == "data" && known.calendar == "2004-2026+2027-test")
            let shown: Shown = try Program.run("calendar", "show", "2027", "--data", data, "--json").json()
            #expect(shown.announced && shown.calendarFrom == "data")
            let printed = try Program.run("calendar", "show", "2027", "--data", data).output
            #expect(printed.contains("国办发明电〔2026〕9号") && printed.contains("取自数据文件夹 \(data)"))
            let without = try Program.run("calendar", "show", "2027", "--data", folder + "/none").output
            #expect(without.contains("（暂定）") && without.contains("为程序内置"))
        }
    }

    @Test(arguments: [
        ("{", "holidays-not-json"),
        ("{\"format\": 2, \"version\": \"x\", \"years\": []}", "holidays-unknown-format"),
        (nil, "file-unreadable"),
    ])
    func `answers a bad file in JSON when asked, and leaves nothing behind`(content: String?, code: String)
        async throws
    {
        try await withFolder { folder in
            let file = folder + "/year.json"
            if let content { try Data(content.utf8).write(to: URL(fileURLWithPath: file)) }
            let data = folder + "/data"
            let answer = try Program.run(
                "calendar", "load", file, "--actor", "测试", "--data", data, "--json")
            #expect(answer.code == 1)
            let refused: Refused = try answer.json()
            #expect(refused.refused.code == code && !refused.refused.detail.isEmpty)
            #expect(!FileManager.default.fileExists(atPath: data))
            let text = try Program.run("calendar", "load", file, "--actor", "测试", "--data", data)
            #expect(text.code == 1 && text.output.isEmpty && text.errors.contains("[\(code)]"))
        }
    }

    @Test func `answers in JSON too when the file contradicts the years known already`() async throws {
        try await withFolder { folder in
            let file = folder + "/year.json"
            let load = ["calendar", "load", file, "--actor", "测试", "--data", folder + "/data", "--json"]
            try Data(Self.file.utf8).write(to: URL(fileURLWithPath: file))
            #expect(try Program.run(load).code == 0)
            let again = try Program.run(load)
            #expect(again.code == 1)
            #expect(try again.json(Refused.self).refused.code == "calendar-version-known")
            // 27 December 2026 once more, as a day of the year 2026 itself.
            let clash = """
                {"format": 1, "version": "2026-again", "years": [{"year": 2026,
                  "notices": [{"number": "示例〔2026〕1号", "address": "https://example.invalid/2026"}], "holidays": [
                  {"name": "元旦", "off": ["2026-01-01"]}, {"name": "春节", "off": ["2026-02-16/2026-02-19"]},
                  {"name": "清明节", "off": ["2026-04-05"]}, {"name": "劳动节", "off": ["2026-05-01/2026-05-02"]},
                  {"name": "端午节", "off": ["2026-06-19"]}, {"name": "中秋节", "off": ["2026-09-25"]},
                  {"name": "国庆节", "off": ["2026-10-01/2026-10-03"]}, {"name": "补休", "off": ["2026-12-27"]}]}]}
                """
            try Data(clash.utf8).write(to: URL(fileURLWithPath: file))
            let refused = try Program.run(load)
            #expect(refused.code == 1)
            #expect(try refused.json(Refused.self).refused.code == "holidays-day-named-twice")
        }
    }
}
