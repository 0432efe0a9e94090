import Foundation
import Storage
import StorageSQLite
import Testing

@Suite struct `Erasing from the command line` {
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
            let erased = try Program.run(["erase", id, "--ground", "personal-information"] + act)
            #expect(erased.code == 0, "\(erased.errors)")
            for file in ["sundial.sqlite", "search.sqlite"] {
                let database = try SQLiteDatabase(path: data + "/" + file)
                try await database.close()
                let bytes = try #require(FileManager.default.contents(atPath: data + "/" + file))
                #expect(bytes.range(of: Data("须删去的".utf8)) == nil, "\(file)")
            }
        }
    }
}
