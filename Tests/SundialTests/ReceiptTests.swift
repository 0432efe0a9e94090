import Foundation
import Testing

/// A data folder with a log and one edition in it.
private struct LoggedNotice {
    let folder: String
    let publication: String
    /// In the arguments of `verify`.
    let keys: [String]

    var data: String { folder + "/data" }

    init(in folder: String) throws {
        self.folder = folder
        let data = folder + "/data"
        let server = Program(["serve", "--data", data, "--port", "0"])
        _ = try server.start()
        server.terminate()
        let published = try Program.run(
            "publish", "--body", "县财政局", "--jurisdiction", "FG", "--title", "一份公告", "--text", "一段正文",
            "--actor", "测试", "--data", data, "--json")
        let answer = try JSONSerialization.jsonObject(with: Data(published.output.utf8)) as? [String: Any]
        publication = try #require(answer?["publication"] as? String, "\(published)")
        let status = try Program.run("log", "status", "--data", data, "--json").json(LogStatus.self)
        keys = ["--key", status.keys[0], "--witness", status.keys[1]]
        try sign()
    }

    func sign() throws {
        let signed = try Program.run("log", "sign", "--data", data)
        #expect(signed.code == 0, "\(signed)")
    }

    /// Writes the receipts of the publication.
    ///
    /// - Returns: the proof files, in the order of their leaves.
    func receipts(into name: String) throws -> [String] {
        let into = folder + "/" + name
        let written = try Program.run(
            "log", "receipt", "publication", publication, "--into", into, "--data", data)
        #expect(written.code == 0, "\(written)")
        return written.output.split(separator: "\n").map(String.init).filter { $0.hasSuffix(".tlog-proof") }
    }

    func erase() throws {
        let erased = try Program.run(
            "erase", publication, "--ground", "personal-information", "--actor", "测试", "--data", data)
        #expect(erased.code == 0, "\(erased)")
        try sign()
    }

    func verify(_ files: [String], _ options: String...) throws -> Program.Answer {
        try Program.run(["verify"] + files + keys + options)
    }

    struct LogStatus: Decodable { let keys: [String] }
}

@Suite struct `A receipt checked from the command line` {
    private let erased = "依法删除：依据 个人信息（个人信息保护法 第四十七条）"

    @Test func `says what may have come later, and names an erasure that is given with it`() async throws {
        try await withFolder { folder in
            let notice = try LoggedNotice(in: folder)
            let old = try notice.receipts(into: "old")
            let alone = try notice.verify(old)
            #expect(alone.code == 0 && old.count == 1, "\(alone)")
            #expect(alone.output.contains("记录文件的内容正是当时写入日志的内容"))
            #expect(
                alone.output.contains("不排除此后撤回或者依法删除：")
                    && alone.output.contains("/publications/\(notice.publication) 和 /log"), "\(alone.output)")
            try notice.erase()
            let new = try notice.receipts(into: "new")
            #expect(new.count == 2)
            // The edition's own file of now, and the old one beside that of the erasure.
            for files in [[new[0]], [old[0], new[1]]] {
                let both = try notice.verify(files)
                #expect(both.code == 0 && both.output.contains(erased), "\(both)")
                #expect(!both.output.contains("不排除"), "\(both.output)")
                let answers = try notice.verify(files, "--json").json([Answer].self)
                #expect(answers.map(\.holds) == [true, true])
                #expect(answers.allSatisfy { $0.erasure?.ground == "personal-information" })
                #expect(answers.allSatisfy { $0.erasure?.clause == "个人信息保护法 第四十七条" })
            }
        }
    }

    @Test func `holds by any key of a file, also after the key that signed it was retired`() async throws {
        try await withFolder { folder in
            let notice = try LoggedNotice(in: folder)
            let old = try notice.receipts(into: "old")
            for change in ["--add", "--retire"] {
                let changed = try Program.run("log", "keys", change, "--data", notice.data)
                #expect(changed.code == 0, "\(changed)")
            }
            let keys = try Program.run("log", "keys", "--add", "--data", notice.data).output
                .split(separator: "\n").map { String($0.drop { $0 != " " }.dropFirst()) }
            #expect(keys.count == 6)
            let file = folder + "/keys"
            try keys.joined(separator: "\n").write(toFile: file, atomically: true, encoding: .utf8)
            let answer = try Program.run(["verify"] + old + ["--key", file])
            #expect(answer.code == 0 && answer.output.contains("（UTC）已存在：由"), "\(answer)")
            let newest = keys.filter { !notice.keys.contains($0) }.joined(separator: "\n")
            try newest.write(toFile: file, atomically: true, encoding: .utf8)
            let refused = try Program.run(["verify"] + old + ["--key", file])
            #expect(refused.code == 1 && refused.output.contains("不成立。"), "\(refused)")
        }
    }

    @Test func `takes no erasure from a proof that does not hold`() async throws {
        try await withFolder { folder in
            let notice = try LoggedNotice(in: folder)
            let old = try notice.receipts(into: "old")
            try notice.erase()
            let new = try notice.receipts(into: "new")
            let text = try String(contentsOfFile: new[1], encoding: .utf8)
            let damaged = folder + "/damaged.tlog-proof"
            try text.replacing("\nindex ", with: "\nindex 1").write(
                toFile: damaged, atomically: true, encoding: .utf8)
            let answer = try notice.verify([old[0], damaged])
            #expect(answer.code == 1 && !answer.output.contains(erased), "\(answer)")
            #expect(answer.output.contains("不排除此后撤回或者依法删除"))
        }
    }

    @Test func `is read with the line ends of mail`() async throws {
        try await withFolder { folder in
            let notice = try LoggedNotice(in: folder)
            let file = try #require(try notice.receipts(into: "old").first)
            let text = try String(contentsOfFile: file, encoding: .utf8)
            let mailed = folder + "/mailed.tlog-proof"
            try Data(text.replacing("\n", with: "\r\n").utf8).write(to: URL(fileURLWithPath: mailed))
            let answer = try notice.verify([mailed])
            #expect(answer.code == 0 && answer.output.contains("成立"), "\(answer)")
        }
    }

    @Test func `that does not hold is told in Chinese`() async throws {
        try await withFolder { folder in
            let notice = try LoggedNotice(in: folder)
            let file = try #require(try notice.receipts(into: "old").first)
            let text = try String(contentsOfFile: file, encoding: .utf8)
            for (name, damaged) in [
                ("cut", String(text.prefix(60))), ("moved", text.replacing("\nindex ", with: "\nindex 1")),
                ("empty", ""), ("signed", text.replacing("\n— ", with: "\n- ")),
            ] {
                let place = folder + "/" + name
                try Data(damaged.utf8).write(to: URL(fileURLWithPath: place))
                let answer = try notice.verify([place])
                let said = answer.output.replacing(place, with: "")
                let isChinese = !said.contains { $0.isASCII && $0.isLetter && !"Bases".contains($0) }
                #expect(answer.code == 1 && said.contains("不成立。") && isChinese, "\(answer)")
            }
            for options in [["--key", "x"], ["--key", notice.keys[3]]] {
                let refused = try Program.run(["verify", file] + options)
                #expect(refused.code != 0 && refused.errors.contains("公钥"), "\(refused)")
            }
        }
    }

    @Test func `makes the folder that it goes into, and says when that is a file`() async throws {
        try await withFolder { folder in
            let notice = try LoggedNotice(in: folder)
            #expect(try notice.receipts(into: "a/b").count == 1)
            try Data().write(to: URL(fileURLWithPath: folder + "/file"))
            let refused = try Program.run(
                "log", "receipt", "publication", notice.publication, "--into", folder + "/file", "--data",
                notice.data)
            #expect(refused.code != 0 && refused.errors.contains("--into"), "\(refused)")
        }
    }

    @Test func `is not looked for in a folder without data, and nothing is made there`() async throws {
        try await withFolder { folder in
            let nowhere = folder + "/nowhere"
            for command in [
                ["verify"], ["status"], ["sign"], ["receipt", "publication", "x"], ["keys", "--add"],
                ["restart"],
            ] {
                let refused = try Program.run(["log"] + command + ["--data", nowhere])
                #expect(refused.code == 1 && refused.errors.contains("[data-missing]"), "\(refused)")
                #expect(!FileManager.default.fileExists(atPath: nowhere), "\(command)")
            }
        }
    }

    private struct Answer: Decodable {
        struct Erasure: Decodable {
            let ground: String
            let clause: String
        }

        let holds: Bool
        let erasure: Erasure?
    }
}
