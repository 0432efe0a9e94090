import Foundation
import Law
import MerkleLog
import Publishing
import StorageTesting
import Testing
import Transparency
import Web
import WebTesting

@testable import Portal

@Suite struct `The page that checks receipts` {
    @Test func `runs one script, asks nothing of anybody, and says what to do without one`() async throws {
        let routes = Routes()
        LogCheckPage().add(to: routes)
        let answer = try await Site(routes).get("/log/check")
        #expect(
            answer.fields["content-security-policy"]?.hasPrefix("default-src 'none'; script-src 'sha256-")
                == true)
        #expect(answer.text.components(separatedBy: "<script>").count == 2)
        for banned in ["src=", "http://", "https://", "fetch(", "XMLHttp", "import(", "innerHTML", "eval("] {
            #expect(!answer.text.contains(banned), "\(banned)")
        }
        #expect(answer.text.contains("<noscript>") && answer.text.contains("sundial verify"))
        let file = try await Site(routes).get("/log/check.html")
        #expect(file.bytes == answer.bytes)
        #expect(file.fields["content-disposition"]?.hasPrefix("attachment") == true)
    }

    @Test(.enabled(if: Browser.path != nil, "NOT RUN: no Chromium; script/install-libraries browser"))
    func `accepts a real receipt and refuses every damaged one`() async throws {
        try await SignedCounty.on(.sqlite) { signed in
            let folder = try await Case.folder(with: signed.site)
            defer { Case.remove(folder) }
            let real = try await Case(of: signed)
            let (sound, damaged) = (try real.sound(), try real.damaged())
            let shown = try Shown.all(sound.map(\.1) + damaged.map(\.1), in: folder)
            for ((name, _), shown) in zip(sound, shown) {
                #expect(shown.verdict == "holds", "\(name): \(shown.words)")
                let isDated = shown.words.contains("2026-12-16 10:00:00（北京时间）")
                #expect(isDated == (name != "without the key of times"), "\(name)")
                let hasWords = shown.words.contains("竣工验收合格。")
                #expect(hasWords == (name != "without a record"), "\(name)")
            }
            for ((name, _), shown) in zip(damaged, shown.dropFirst(sound.count)) {
                #expect(shown.verdict == "fails", "\(name): \(shown.words)")
                #expect(!shown.words.contains("核对时出错"), "\(name): \(shown.words)")
            }
        }
    }

    @Test(.enabled(if: Browser.path != nil, "NOT RUN: no Chromium; script/install-libraries browser"))
    func `takes a receipt from a link, and a key only from its reader`() async throws {
        try await SignedCounty.on(.sqlite) { signed in
            let folder = try await Case.folder(with: signed.site)
            defer { Case.remove(folder) }
            let real = try await Case(of: signed)
            // All that a forger needs: a key of his own, of the log's name, and a link to the site's page.
            let page = real.address(folder.appending(path: "check.html"))
            let opened = Shown(try Browser.open(page))
            #expect(opened.verdict == "none" && opened.words.isEmpty, "\(opened.words)")
            let pressed = try Shown.all([Case.Opened(page, doing: "press()")], in: folder)[0]
            #expect(pressed.verdict == "fails" && pressed.words.contains("请给出日志公钥"), "\(pressed.words)")
            let given = try Shown.all(
                [Case.Opened(page, doing: "give('key', \(Case.quoted(real.key))); press()")], in: folder)[0]
            #expect(given.verdict == "holds" && given.words.contains("竣工验收合格。"), "\(given.words)")
            let cut = try Shown.all([Case.Opened(page + "&record=%", doing: "")], in: folder)[0]
            #expect(cut.verdict == "fails" && cut.words.contains("# 后面的内容不完整"), "\(cut.words)")
        }
    }

    @Test(.enabled(if: Browser.path != nil, "NOT RUN: no Chromium; script/install-libraries browser"))
    func `names the erasure that a receipt comes with, and says of others that one may follow`() async throws
    {
        try await SignedCounty.on(.sqlite) { signed in
            let folder = try await Case.folder(with: signed.site)
            defer { Case.remove(folder) }
            let before = try await Case(of: signed)
            try await signed.erase()
            try await signed.keep()
            var after = before
            after.receipt = try await signed.site.get("/publications/\(signed.notice)/editions/1/receipt")
                .text
            var damaged = after
            damaged.receipt = damaged.receipt.replacing("\nindex ", with: "\nindex 1")
            let shown = try Shown.all([before, after, damaged], in: folder)
            #expect(shown.map(\.verdict) == ["holds", "holds", "fails"], "\(shown.map(\.words))")
            #expect(shown[0].words.contains("不排除此后撤回或者依法删除") && !shown[0].words.contains("已依法删除"))
            #expect(shown[0].words.contains("/publications/\(signed.notice) 和 /log"))
            let erased = "依法删除：依据 个人信息（个人信息保护法 第四十七条）"
            #expect(shown[1].words.contains(erased) && !shown[1].words.contains("不排除"), "\(shown[1].words)")
        }
    }

    @Test func `calls grounds of erasure as they are called elsewhere`() throws {
        let script = String(decoding: try #require(DataFiles.builtIn("log-check.js")), as: UTF8.self)
        for ground in ErasureGround.allCases {
            #expect(script.contains("\"\(ground.rawValue)\": \"\(ground.title)\""), "\(ground)")
        }
    }
}

/// What the page told its reader.
private struct Shown {
    let verdict: String
    let words: String

    init(_ document: String) {
        verdict = document.firstMatch(of: /data-verdict="([a-z]+)"/).map { String($0.output.1) } ?? "none"
        let result = document.components(separatedBy: "id=\"result\"").dropFirst().first ?? ""
        let inside = result.drop { $0 != ">" }.dropFirst()
        words = String(
            inside.prefix(upTo: inside.firstRange(of: /<\/(div|section)>/)?.lowerBound ?? inside.endIndex))
    }

    /// The saved page with what each case gives to it.
    static func all(_ cases: [Case], in folder: URL) throws -> [Shown] {
        let page = folder.appending(path: "check.html")
        return try all(cases.map { Case.Opened(page: page, doing: $0.steps + "; press()") }, in: folder)
    }

    /// Each in a frame of one document, for one start of the browser; it does there what a reader does, and then gathers what
    /// each page says.
    static func all(_ cases: [Case.Opened], in folder: URL) throws -> [Shown] {
        let frames = cases.map { "<iframe src=\"\($0.address.replacing("&", with: "&amp;"))\"></iframe>" }
        let doings = cases.map { "({ give, press }) => { \($0.doing) }" }
        let gather = """
            <script>
            const hands = ({ contentDocument: page, contentWindow: { Event } }) => ({
              give: (name, text) => {
                page.getElementById(name).value = text;
                page.getElementById(name).dispatchEvent(new Event("input"));
              },
              press: () => page.getElementById("form").dispatchEvent(new Event("submit", { cancelable: true })),
            });
            const doings = [\(doings.joined(separator: ",\n"))];
            onload = () => [...document.querySelectorAll("iframe")].forEach((frame, place) => {
              doings[place](hands(frame));
              const section = document.createElement("section");
              section.dataset.verdict = frame.contentDocument.body.dataset.verdict ?? "none";
              section.id = "result";
              section.textContent = frame.contentDocument.getElementById("result").textContent;
              frame.replaceWith(section);
            });
            </script>
            """
        let all = folder.appending(path: "all.html")
        try Data(("<!doctype html><meta charset=\"utf-8\">" + frames.joined() + gather).utf8).write(to: all)
        let sections = try Browser.open(all.absoluteString).components(separatedBy: "<section ").dropFirst()
        try #require(sections.count == cases.count)
        return sections.map(Shown.init)
    }
}

/// What a reader gives to the page.
private struct Case {
    var receipt: String
    var keys: [String]
    var record: String

    init(of signed: SignedCounty) async throws {
        let place = "/publications/\(signed.notice)/editions/1"
        receipt = try await signed.site.get(place + "/receipt").text
        keys = [try signed.key(.head).description, try signed.key(.time).description]
        record = try await signed.site.get(place + "/record").text
    }

    func sound() throws -> [(name: String, Case)] {
        [
            ("as it is", self), ("without the key of times", with { $0.keys.removeLast() }),
            ("without a record", with { $0.record = "" }),
            (
                "with a comment and a stranger's key",
                with { $0.keys.insert(contentsOf: ["# 注", Case.stranger], at: 0) }
            ),
        ]
    }

    func damaged() throws -> [(name: String, Case)] {
        let index = try number(after: "index ")
        let size = try #require(Int(lines[head + 1]))
        return [
            ("a bit of the entry", try flipping(line: 1, prefix: "extra ", byte: 10)),
            ("a bit of a hash", try flipping(line: 4, byte: 7)),
            ("another place", changing(line: 2, to: "index \(index ^ 1)")),
            ("another size", changing(line: head + 1, to: "\(size + 1)")),
            ("another origin", changing(line: head, to: "log.example/sz")),
            ("a bit of the root", try flipping(line: head + 2, byte: 0)),
            ("a bit of the signature", try flipping(line: head + 4, prefix: signer(0), byte: 40)),
            ("a bit of the time", try flipping(line: head + 5, prefix: signer(1), byte: 11)),
            ("another key of the same name", with { $0.keys[0] = Case.impostor }),
            ("no key of the log", with { $0.keys.removeFirst() }),
            ("the end is missing", with { $0.receipt = String($0.receipt.dropLast(200)) }),
            ("a hash is missing", with { $0.receipt = $0.without(line: 4) }),
            ("a hash too many", with { $0.receipt = $0.inserting($0.lines[4], at: 4) }),
            ("a word of the record", with { $0.record = $0.record.replacing("合格", with: "优良") }),
            ("the salt", with { $0.record = Case.otherSalt($0.record) }),
        ]
    }

    // MARK: Damage

    private var lines: [String] { receipt.components(separatedBy: "\n") }
    /// Where the checkpoint begins: after the first empty line.
    private var head: Int { (lines.firstIndex(of: "") ?? 0) + 1 }

    private func with(_ change: (inout Case) -> Void) -> Case {
        var other = self
        change(&other)
        return other
    }

    private func number(after prefix: String) throws -> Int {
        let line = try #require(lines.first { $0.hasPrefix(prefix) })
        return try #require(Int(line.dropFirst(prefix.count)))
    }

    private func signer(_ place: Int) -> String {
        lines[head + 4 + place].components(separatedBy: " ").dropLast().joined(separator: " ") + " "
    }

    private func changing(line: Int, to text: String) -> Case {
        with {
            var lines = $0.lines
            lines[line] = text
            $0.receipt = lines.joined(separator: "\n")
        }
    }

    private func flipping(line: Int, prefix: String = "", byte: Int) throws -> Case {
        var bytes = try #require(Data(base64Encoded: String(lines[line].dropFirst(prefix.count))))
        bytes[byte] ^= 1
        return changing(line: line, to: prefix + bytes.base64EncodedString())
    }

    private func without(line: Int) -> String {
        var lines = lines
        lines.remove(at: line)
        return lines.joined(separator: "\n")
    }

    private func inserting(_ text: String, at line: Int) -> String {
        var lines = lines
        lines.insert(text, at: line)
        return lines.joined(separator: "\n")
    }

    private static func otherSalt(_ record: String) -> String {
        let last = record.dropLast(2).last == "0" ? "1" : "0"
        return record.dropLast(3) + last + "\"}"
    }

    private static let impostor = key("log.example/sx")
    private static let stranger = key("log.example/elsewhere")

    private static func key(_ name: String) -> String {
        do {
            return try NoteSigner(name: name, scheme: .note, seed: Array(repeating: 7, count: 32)).key
                .description
        } catch {
            Issue.record(error)
            return ""
        }
    }

    // MARK: The page

    /// The page, and what its reader does there.
    struct Opened {
        let address: String
        let doing: String

        init(_ address: String, doing: String) { (self.address, self.doing) = (address, doing) }

        init(page: URL, doing: String) { self.init(page.absoluteString, doing: doing) }
    }

    var key: String { keys.joined(separator: "\n") }

    var steps: String {
        [("receipt", receipt), ("key", key), ("record", record)]
            .map { "give('\($0)', \(Case.quoted($1)))" }.joined(separator: "; ")
    }

    /// As JavaScript has a text; a tag would end the script around it.
    static func quoted(_ text: String) -> String {
        let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
            .replacing("\n", with: "\\n").replacing("<", with: "\\u003c")
        return "\"\(escaped)\""
    }

    func address(_ page: URL) -> String {
        let fields = [("receipt", receipt), ("key", key), ("record", record)]
        return page.absoluteString + "#" + fields.map { $0 + "=" + Link.encoded($1) }.joined(separator: "&")
    }

    /// The page saved to a disk, as a reader without a network has it.
    static func folder(with site: Site) async throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: "sundial-check-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(try await site.get("/log/check.html").bytes).write(to: folder.appending(path: "check.html"))
        return folder
    }

    static func remove(_ folder: URL) {
        do { try FileManager.default.removeItem(at: folder) } catch { Issue.record(error) }
    }
}
