import Foundation
import Storage
import StorageSQLite
import Testing

@Suite struct `Erasing from the command line` {
    /// Whether the file holds the words, once everything stands in it.
    private func holds(_ file: String) async throws -> Bool {
        try await SQLiteDatabase(path: file).close()
        let bytes = try #require(FileManager.default.contents(atPath: file))
        return bytes.range(of: Data("须删去的".utf8)) != nil
    }

    @Test func `takes the words out of the database and of the index at once`() async throws {
        try await withFolder { folder in
            let data = folder + "/data"
            let act = ["--actor", "测试", "--data", data, "--json"]
            let published = try Program.run(
                [
                    "publish", "--body", "县财政局", "--jurisdiction", "FG", "--title", "须删去的标题", "--text",
                    "须删去的正文",
                ] + act)
            #expect(published.code == 0, "\(published.errors)")
            let found = try JSONSerialization.jsonObject(with: Data(published.output.utf8)) as? [String: Any]
            let id = try #require(found?["publication"] as? String)
            // An import brings the index up to date: now the words stand there too.
            let sample = try SampleNotices.write([SampleNotices.row(1)], to: folder, as: "one.jsonl")
            let imported = try Program.run([
                "import", sample, "--jurisdiction", "CN", "--data", data, "--json",
            ])
            #expect(imported.code == 0, "\(imported.errors)")
            #expect(try await holds(data + "/search.sqlite"))
            let erased = try Program.run(["erase", id, "--ground", "personal-information"] + act)
            #expect(erased.code == 0, "\(erased.errors)")
            #expect(try await !holds(data + "/sundial.sqlite"))
            #expect(try await !holds(data + "/search.sqlite"))
        }
    }
}
