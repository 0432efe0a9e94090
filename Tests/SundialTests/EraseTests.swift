import Foundation
import Storage
import StorageSQLite
import Testing

/// A data folder with a log and a paper whose words, and a mark among them, have to go.
private struct DoomedPaper {
    static let words = "须删去的"
    /// As the index keeps it: no other word begins like it.
    static let mark = "zzqxjv7731"

    let data: String
    let id: String
    /// That of its record, from the receipt.
    let salt: Data

    init(in folder: String) throws {
        let data = folder + "/data"
        self.data = data
        let server = Program(["serve", "--data", data, "--port", "0"])
        _ = try server.start()
        server.terminate()
        let published = try Program.run(
            "publish", "--body", "县财政局", "--jurisdiction", "FG", "--title", "须删去的标题", "--text",
            "须删去的正文 \(Self.mark)", "--actor", "测试", "--data", data, "--json")
        let answer = try JSONSerialization.jsonObject(with: Data(published.output.utf8)) as? [String: Any]
        id = try #require(answer?["publication"] as? String, "\(published)")
        #expect(try Program.run("log", "sign", "--data", data).code == 0)
        let receipts = folder + "/receipts"
        let written = try Program.run("log", "receipt", "publication", id, "--into", receipts, "--data", data)
        let record = try #require(written.output.split(separator: "\n").first { $0.hasSuffix(".json") })
        let file = try JSONSerialization.jsonObject(
            with: Data(contentsOf: URL(fileURLWithPath: String(record))))
        let digits = Array(try #require((file as? [String: Any])?["salt"] as? String))
        salt = Data(
            stride(from: 0, to: digits.count, by: 2).compactMap {
                UInt8(String(digits[$0...($0 + 1)]), radix: 16)
            })
        #expect(salt.count == 32)
    }

    /// The files below the data folder that hold any of it.
    func traces(of wanted: Data) throws -> [String] {
        let below = try FileManager.default.subpathsOfDirectory(atPath: data)
        return below.filter { name in
            FileManager.default.contents(atPath: data + "/" + name)?.range(of: wanted) != nil
        }
    }

    var traces: [String] {
        get throws {
            try traces(of: Data(Self.words.utf8)) + traces(of: Data(Self.mark.utf8.dropFirst(2)))
                + traces(of: salt)
        }
    }

    func erase() throws -> Program.Answer {
        try Program.run(
            "erase", id, "--ground", "personal-information", "--actor", "测试", "--data", data, "--json")
    }
}

@Suite struct `Erasing from the command line` {
    /// An import brings the index up to date: then the words stand there too.
    private func index(_ folder: String, _ paper: DoomedPaper) throws {
        let sample = try SampleNotices.write([SampleNotices.row(1)], to: folder, as: "one.jsonl")
        let imported = try Program.run(
            "import", sample, "--jurisdiction", "CN", "--data", paper.data, "--json")
        #expect(imported.code == 0, "\(imported.errors)")
        let found = try Set(paper.traces.map { $0.prefix { $0 != "." } })
        #expect(found == ["sundial", "search"])
    }

    @Test func `leaves no byte of the words, nor of their salt, in any file of the data folder`() async throws
    {
        try await withFolder { folder in
            let paper = try DoomedPaper(in: folder)
            try index(folder, paper)
            let erased = try paper.erase()
            #expect(erased.code == 0 && erased.errors.isEmpty, "\(erased)")
            #expect(try paper.traces(of: Data(DoomedPaper.words.utf8)).isEmpty)
            #expect(try paper.traces(of: Data(DoomedPaper.mark.utf8.dropFirst(2))).isEmpty)
            // The salt goes when the log tells of it.
            #expect(try Program.run("log", "sign", "--data", paper.data).code == 0)
            #expect(try paper.traces == [])
            #expect(try Program.run("log", "verify", "--data", paper.data).code == 0)
        }
    }

    @Test func `says when somebody who reads keeps the bytes, and the next start takes them out`()
        async throws
    {
        try await withFolder { folder in
            let paper = try DoomedPaper(in: folder)
            try index(folder, paper)
            let database = try SQLiteDatabase(path: paper.data + "/sundial.sqlite")
            let erased = try await database.read { transaction in
                _ = try transaction.row("SELECT id FROM publication")
                return try paper.erase()
            }
            #expect(erased.code == 0 && erased.errors.contains("-wal"), "\(erased)")
            try await database.close()
            let server = Program(["serve", "--data", paper.data, "--port", "0"])
            _ = try server.start()
            #expect(try paper.traces(of: Data(DoomedPaper.words.utf8)).isEmpty)
            server.terminate()
            #expect(try Program.run("log", "sign", "--data", paper.data).code == 0)
            #expect(try paper.traces == [])
        }
    }
}
