import Foundation
import Testing

@Suite struct `Built-in data` {
    @Test func `has a row for each file and a file for each row`() throws {
        let folder = "Sources/Kernel/BuiltIn"
        let names = try Repository.here.files(under: folder + "/files").map { $0.dropFirst(folder.count + 7) }
        let findings = BuiltInCheck.findings(
            table: try Repository.here.text(folder + "/built_in.c"), names: names.map(String.init))
        #expect(!names.isEmpty)
        #expect(findings.isEmpty, "\(findings.report)")
    }

    @Test func `gives every time rule a clause, a mark and a page`() throws {
        let files = try Repository.here.files(under: "Sources/Kernel/BuiltIn/files")
            .filter { $0.contains("/law-") }.map { Data(try Repository.here.text($0).utf8) }
        #expect(!files.isEmpty)
        var pages: [String: String] = [:]
        for path in try Repository.here.files(under: "docs/law") where path.hasSuffix(".md") {
            pages[path] = try Repository.here.text(path)
        }
        let findings = try TimeRuleCheck.findings(files: files, pages: pages)
        #expect(findings.isEmpty, "\(findings.report)")
    }
}

@Suite struct `The check of built-in data` {
    private let table = """
        static const unsigned char time_rules[] = {
        #embed "files/time-rules.json"
        };
        static const unsigned char pages[] = {
        #embed "files/pages.css"
        };
        static const BuiltInFile table[] = {
            {"time-rules.json", time_rules, sizeof time_rules},
            {"pages.css", pages, sizeof pages},
        };
        """

    private func messages(_ table: String, _ names: [String]) -> [String] {
        BuiltInCheck.findings(table: table, names: names).map(\.message)
    }

    @Test func `passes a table that is the folder`() {
        #expect(messages(table, ["pages.css", "time-rules.json"]) == [])
    }

    @Test func `finds what is missing on either side`() {
        #expect(messages(table, ["pages.css", "time-rules.json", "a.csv"]).count == 1)
        #expect(messages(table, ["pages.css"]).count == 1)
    }

    @Test func `finds a row with the bytes or the size of another`() {
        let wrongBytes = table.replacing(", pages, sizeof pages", with: ", time_rules, sizeof time_rules")
        let wrongSize = table.replacing("sizeof pages", with: "sizeof time_rules")
        #expect(messages(wrongBytes, ["pages.css", "time-rules.json"]).count == 1)
        #expect(messages(wrongSize, ["pages.css", "time-rules.json"]).count == 1)
    }

    private static let page = "docs/law/publicity.md"

    private func findings(_ rules: String) throws -> [Finding] {
        try TimeRuleCheck.findings(
            files: [Data(#"{"rules": [\#(rules)]}"#.utf8)], pages: [Self.page: "The rule `a` says …"])
    }

    @Test(arguments: [
        (#"{"id": "a", "clause": "条例 26", "verified": false, "page": "docs/law/publicity.md"}"#, 0),
        (#"{"id": "a", "clause": "条例 26", "verified": true, "page": "docs/law/gone.md"}"#, 1),
        (#"{"id": "a", "clause": "条例 26", "verified": true}"#, 1),
        (#"{"id": "a", "clause": "", "verified": true, "page": "docs/law/publicity.md"}"#, 1),
        (#"{"id": "a", "clause": "条例 26", "verified": "yes", "page": "docs/law/publicity.md"}"#, 1),
        (#"{"id": "b", "clause": "条例 26", "verified": true, "page": "docs/law/publicity.md"}"#, 1),
        (#"{"clause": "条例 26", "verified": true, "page": "docs/law/publicity.md"}"#, 1),
    ])
    func `holds a rule against its page`(rule: String, expected: Int) throws {
        #expect(try findings(rule).count == expected)
    }

    @Test(arguments: [("2019-05-14", 0), ("2019-05-15", 1), (nil, 1)])
    func `finds two versions of a rule in force on one day`(to: String?, expected: Int) throws {
        let rule =
            #"{"id": "a", "clause": "条例", "verified": true, "page": "\#(Self.page)", "effectiveFrom": "#
        let end = to.map { #", "effectiveTo": "\#($0)""# } ?? ""
        #expect(try findings(rule + #""2019-05-15"}, "# + rule + #""2008-05-01"\#(end)}"#).count == expected)
    }

    @Test func `finds a file without rules`() throws {
        #expect(try TimeRuleCheck.findings(files: [Data(#"{"regeln": []}"#.utf8)], pages: [:]).count == 1)
        #expect(throws: (any Error).self) { try TimeRuleCheck.findings(files: [Data("{".utf8)], pages: [:]) }
    }
}
