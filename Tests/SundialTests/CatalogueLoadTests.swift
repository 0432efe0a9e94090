import Foundation
import Testing

@Suite struct `Loading a list from the command line` {
    /// A standard catalogue of one item as an office saves it, in GB18030: 规划计划, 年度计划, of a 市无名局.
    private static let saved = """
        0PK6xSy5q7+qysLP7iwsuau/qsTayN2jqNKqy9ijqSy5q7+q0sC+3Sy5q7+qyrHP3iy5q7+q1vfM5Sy5q7+qx/61wLrN1NjM
        5Sy5q7+qttTP8ywsuau/qre9yr0sLLmrv6qy47y2CizSu7y2ysLP7iy2/ry2ysLP7iwsLCwsLMiryee74SzM2LaoyLrM5SzW
        97avLNLAyerH6yzP2Ly2CjEsuea7rrzGu64sxOq2yLzGu64syM7O8cG/LMSzuea2qCzQxc+i0M6zybvy1d+x5Lj81q7I1cbw
        MjC49rmk1/fI1cTaLMrQzt7D+77WLKH21f64rs341b4socwsLKHMLCyhzAo=
        """

    private struct Loaded: Decodable {
        struct Finding: Decodable {
            let number: Int
            let code, detail: String
        }
        let loaded: Bool
        let reason: String?
        let findings: [Finding]
    }

    private func load(_ file: String, into data: String, from day: String) throws -> Program.Answer {
        try Program.run([
            "catalogue", "load", file, "--jurisdiction", "NT", "--plan", "A2", "--document", "附件2", "--title",
            "住房保障", "--field", "住房保障", "--supervision", "12345", "--effective-from", day, "--data", data,
            "--actor", "测试", "--json",
        ])
    }

    @Test func `reads what offices save, and names bodies that nobody registered`() async throws {
        try await withFolder { folder in
            let (file, data) = (folder + "/list.csv", folder + "/data")
            let bytes = try #require(
                Data(base64Encoded: Self.saved, options: .ignoreUnknownCharacters))
            try bytes.write(to: URL(fileURLWithPath: file))
            let first = try load(file, into: data, from: "2026-07-01")
            let loaded: Loaded = try first.json()
            #expect(first.code == 0 && loaded.loaded && loaded.reason == nil, "\(first.output)")
            let unknown = loaded.findings.filter { $0.code == "body-unknown" }
            #expect(unknown.count == 1 && unknown.first?.detail.contains("市无名局") == true)
            #expect(loaded.findings.map(\.number) == Array(1...loaded.findings.count))

            // The same list again, on another day: it says that nothing was changed, and why.
            let again: Loaded = try load(file, into: data, from: "2026-08-01").json()
            #expect(!again.loaded)
            #expect(again.reason?.contains("2026-07-01") == true)
            #expect(again.reason?.contains("2026-08-01") == true)

            let exported = try Program.run(
                "catalogue", "export", "--jurisdiction", "NT", "--data", data, "--csv")
            #expect(exported.code == 0 && exported.output.contains("I-NT-A2-001"), "\(exported.errors)")
            let builtIn = try Program.run("catalogue", "export", "--jurisdiction", "NT", "--csv")
            #expect(!builtIn.output.contains("I-NT-A2-001"))
        }
    }

    @Test func `exports from no folder that is not there, and makes none`() async throws {
        try await withFolder { folder in
            let answer = try Program.run(
                "catalogue", "export", "--jurisdiction", "NT", "--data", folder + "/none")
            #expect(answer.code == 1)
            #expect(!FileManager.default.fileExists(atPath: folder + "/none"))
        }
    }

    @Test func `says of an inherited item why it applies`() throws {
        struct Export: Decodable {
            struct Item: Decodable {
                let relation: String
                let reason: String?
            }
            let items: [Item]
        }
        let export: Export = try Program.run("catalogue", "export", "--jurisdiction", "NT", "--json").json()
        #expect(export.items.contains { $0.relation == "inherited" })
        #expect(export.items.allSatisfy { ($0.relation == "inherited") == ($0.reason != nil) })
    }
}
