import Foundation
import Platform
import Storage
import StorageSQLite
import Testing
import Transparency

@Suite struct `The log of a data folder` {
    private func started(in folder: String) throws -> String {
        let data = folder + "/data"
        let server = Program(["serve", "--data", data, "--port", "0"])
        _ = try server.start()
        server.terminate()
        #expect(try Program.run("log", "sign", "--data", data).code == 0)
        return data
    }

    @Test func `is not said to be signed by whoever cannot open its keys, though nothing is new`()
        async throws
    {
        try await withFolder { folder in
            let data = try started(in: folder)
            let other = folder + "/other.key"
            try Data(repeating: 7, count: 32).write(to: URL(fileURLWithPath: other))
            for environment in [
                ["SUNDIAL_LOG_PASSPHRASE": "another passphrase"], ["SUNDIAL_LOG_KEY_FILE": other],
            ] {
                let refused = try Program.run(["log", "sign", "--data", data], environment: environment)
                #expect(refused.code == 1 && refused.errors.contains("[log-locked]"), "\(refused)")
            }
        }
    }

    @Test func `is not sealed with a passphrase that can be guessed, and nothing is made`() async throws {
        try await withFolder { folder in
            let data = folder + "/data"
            let refused = try Program.run(
                ["serve", "--data", data, "--port", "0"],
                environment: ["SUNDIAL_LOG_PASSPHRASE": "elevenchars"])
            #expect(refused.code == 1 && refused.errors.contains("[log-passphrase-too-short]"), "\(refused)")
            #expect(refused.errors.contains("12"))
            #expect(!FileManager.default.fileExists(atPath: data + "/log/keys.json"))
        }
    }

    @Test func `begins anew where the folder of its keys is lost`() async throws {
        try await withFolder { folder in
            let data = try started(in: folder)
            try FileManager.default.removeItem(atPath: data + "/log")
            let restarted = try Program.run("log", "restart", "--reason", "密钥遗失", "--data", data)
            #expect(restarted.code == 0 && restarted.output.contains("新日志"), "\(restarted)")
            let verified = try Program.run("log", "verify", "--data", data)
            #expect(verified.code == 0 && verified.output.contains("全部相符"), "\(verified)")
        }
    }

    @Test func `is audited with the totals that pages show`() async throws {
        try await withFolder { folder in
            let data = try started(in: folder)
            let recorded = try Program.run(
                "event", "record", "--body", "县住建局", "--jurisdiction", "FG", "--kind", "item.formed",
                "--item",
                "I-FG-001", "--day", "2026-11-02", "--evidence", "凤建〔2026〕1号", "--actor", "测试", "--data", data
            )
            #expect(recorded.code == 0, "\(recorded)")
            #expect(try Program.run("log", "sign", "--data", data).code == 0)
            let house = try await House.open(Place(folder: data))
            let runner = house.countRunner { Issue.record($0) }
            try await runner.catchUp()
            try await runner.release()
            let whole = try Program.run("log", "verify", "--data", data)
            #expect(whole.code == 0, "\(whole)")
            _ = try await house.database.write { try $0.execute("DELETE FROM tally") }
            try await house.close()
            let emptied = try Program.run("log", "verify", "--data", data)
            #expect(emptied.code == 1 && emptied.output.contains("统计"), "\(emptied)")
        }
    }

    @Test func `is mended by signing where a change of keys ended between their file and the journal`()
        async throws
    {
        try await withFolder { folder in
            let data = try started(in: folder)
            let copy = folder + "/copy"
            try FileManager.default.copyItem(atPath: data, toPath: copy)
            #expect(try Program.run("log", "keys", "--add", "--data", copy).code == 0)
            let keys = "/log/keys.json"
            try FileManager.default.removeItem(atPath: data + keys)
            try FileManager.default.copyItem(atPath: copy + keys, toPath: data + keys)
            #expect(try Program.run("log", "verify", "--data", data).code == 1)
            #expect(try Program.run("log", "sign", "--data", data).code == 0)
            let verified = try Program.run("log", "verify", "--data", data)
            #expect(verified.code == 0, "\(verified)")
        }
    }

    private struct Status: Decodable { let keys: [String] }
    private struct Mirrored: Decodable { let records: Int; let recordsAway: Int }

    private func mirrored(_ data: String, keys: [String], into copy: String) throws -> Program.Answer {
        let server = Program(["serve", "--data", data, "--port", "0"])
        let line = try server.start()
        defer { server.terminate() }
        let address = try #require(line.range(of: "http://")).lowerBound
        return try Program.run(
            ["log", "mirror", line[address...] + "/log", "--into", copy, "--recheck", "--json"]
                + keys.flatMap { ["--key", $0] })
    }

    @Test func `has the words behind its leaves held by a mirror, which names the leaf of altered ones`()
        async throws
    {
        try await withFolder { folder in
            let data = try started(in: folder)
            for title in ["一", "二"] {
                let published = try Program.run(
                    "publish", "--body", "县住建局", "--jurisdiction", "FG", "--title", title, "--text", "全文。",
                    "--actor", "测试", "--data", data)
                #expect(published.code == 0, "\(published)")
            }
            #expect(try Program.run("log", "sign", "--data", data).code == 0)
            let keys = try Program.run("log", "status", "--data", data, "--json").json(Status.self).keys
                .filter { !$0.contains("/time+") }
            let copy = folder + "/copy"
            let whole = try mirrored(data, keys: keys, into: copy)
            #expect(whole.code == 0, "\(whole)")
            let report = try whole.json(Mirrored.self)
            #expect(report.records == 2 && report.recordsAway == 0)
            let database = try SQLiteDatabase(path: data + "/sundial.sqlite")
            try await database.write { transaction in
                let row = try #require(try transaction.row("SELECT publication, record FROM edition LIMIT 1"))
                let words = String(decoding: try row.bytes("record"), as: UTF8.self)
                let altered = Array(words.replacing("全文", with: "改文").utf8)
                let publication = try row.string("publication")
                _ = try transaction.execute(
                    "UPDATE edition SET record = \(altered) WHERE publication = \(publication)")
            }
            try await database.close()
            let altered = try mirrored(data, keys: keys, into: copy)
            #expect(altered.code == 1 && altered.output.contains("被改动过"), "\(altered)")
        }
    }

    @Test func `takes no act that would lie before what it has signed`() async throws {
        try await withFolder { folder in
            let data = try started(in: folder)
            func act(secondsAfter step: Int) async throws {
                let clock = WallClock(standingAt: WallClock().now + step)
                let house = try await House.open(Place(folder: data), loading: false, clock: clock)
                do { try await house.act(as: "测试") { _, _, _ in } } catch {
                    try await house.close()
                    throw error
                }
                try await house.close()
            }
            // A clock that is set right may step back by a few minutes.
            try await act(secondsAfter: -200)
            let problem = await #expect(throws: LogProblem.self) { try await act(secondsAfter: -400) }
            #expect(problem?.code == "log-act-behind")
        }
    }

    @Test func `is audited without a change to the database, also where it is of an earlier program`()
        async throws
    {
        try await withFolder { folder in
            let data = try started(in: folder)
            let database = try SQLiteDatabase(path: data + "/sundial.sqlite")
            _ = try await database.write {
                try $0.execute("DELETE FROM migration WHERE slice = 'transparency' AND number = 2")
            }
            _ = try await database.scrub()
            try await database.close()
            let file = URL(fileURLWithPath: data + "/sundial.sqlite")
            let before = try Data(contentsOf: file)
            let refused = try Program.run("log", "verify", "--data", data)
            #expect(refused.code != 0 && refused.errors.contains("step 2 of transparency"), "\(refused)")
            #expect(try Data(contentsOf: file) == before)
        }
    }

    @Test func `is audited as it is: what is gone is not put back first`() async throws {
        try await withFolder { folder in
            let data = try started(in: folder)
            let database = try SQLiteDatabase(path: data + "/sundial.sqlite")
            try await database.write { transaction in
                for table in ["item_mapping", "item_clock", "catalogue_item"] as [SQL] {
                    try transaction.execute("DELETE FROM \(table) WHERE version LIKE 'SW-%'")
                }
                try transaction.execute("DELETE FROM catalogue_version WHERE catalogue = 'SW'")
            }
            try await database.close()
            for _ in 0..<2 {
                let verified = try Program.run("log", "verify", "--data", data)
                #expect(verified.code == 1 && verified.output.contains("SW-"), "\(verified)")
            }
            // Nor is it signed over by a new log, unless somebody says why.
            let restart = ["log", "restart", "--data", data]
            let refused = try Program.run(restart)
            #expect(refused.code == 1 && refused.errors.contains("[log-audit-found]"), "\(refused)")
            #expect(try Program.run(restart + ["--despite-findings"]).code != 0)
            let restarted = try Program.run(restart + ["--despite-findings", "--reason", "目录已停用"])
            #expect(restarted.code == 0 && restarted.output.contains("新日志"), "\(restarted)")
        }
    }
}
