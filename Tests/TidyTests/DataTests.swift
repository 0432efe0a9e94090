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
        let json = try Repository.here.text("Sources/Kernel/BuiltIn/files/time-rules.json")
        var pages: [String: String] = [:]
        for path in try Repository.here.files(under: "docs/law") where path.hasSuffix(".md") {
            let name = path.dropFirst("docs/law/".count).dropLast(".md".count)
            if name != "README" { pages[String(name)] = try Repository.here.text(path) }
        }
        let findings = try TimeRuleCheck.findings(json: Data(json.utf8), pages: pages)
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

    @Test(arguments: [
        (#"{"id": "a", "clause": "条例 26", "verified": true}"#, 0),
        (#"{"id": "a", "clause": "条例 26", "verified": false, "page": "publicity"}"#, 0),
        (#"{"id": "a", "clause": "条例 26", "verified": true, "page": "gone"}"#, 1),
        (#"{"id": "a", "clause": "", "verified": true}"#, 1),
        (#"{"id": "a", "clause": "条例 26", "verified": "yes"}"#, 1),
        (#"{"id": "b", "clause": "条例 26", "verified": true}"#, 1),
        (#"{"clause": "条例 26", "verified": true}"#, 1),
    ])
    func `holds a rule against its page`(rule: String, expected: Int) throws {
        let findings = try TimeRuleCheck.findings(
            json: Data(#"{"rules": [\#(rule)]}"#.utf8), pages: ["publicity": "The rule `a` says …"])
        #expect(findings.count == expected)
    }

    @Test func `finds a rule that stands twice, and a file without rules`() throws {
        let rule = #"{"id": "a", "clause": "条例 26", "verified": true}"#
        let pages = ["publicity": "`a`"]
        #expect(try TimeRuleCheck.findings(json: Data("[\(rule), \(rule)]".utf8), pages: pages).count == 1)
        #expect(try TimeRuleCheck.findings(json: Data(#"{"regeln": []}"#.utf8), pages: pages).count == 1)
        #expect(throws: (any Error).self) { try TimeRuleCheck.findings(json: Data("{".utf8), pages: pages) }
    }
}
