import BrowserTesting
import ChineseText
import Crypto
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
    @Test(arguments: Manner.Language.allCases)
    func `runs one script in each language, asks nothing of anybody, and says what to do without one`(
        _ language: Manner.Language
    ) async throws {
        try await SmallCounty.on(.sqlite) { county in
            let site = try county.site()
            let address = "/log/check?language=\(language.rawValue)"
            let answer = try await site.get(address)
            #expect(answer.fields["content-language"] == language.rawValue)
            #expect(answer.text.contains("<html lang=\"\(language.rawValue)\">"))
            let scripts = answer.text.components(separatedBy: "<script>").dropFirst()
            #expect(scripts.count == 1)
            let script = scripts.first?.components(separatedBy: "</script>").first ?? ""
            let hash = Data(SHA256.hash(data: Data(script.utf8))).base64EncodedString()
            let policy = answer.fields["content-security-policy"] ?? ""
            #expect(policy.hasPrefix("default-src 'none'; script-src 'sha256-\(hash)'; style-src 'sha256-"))
            for banned in ["fetch(", "XMLHttp", "import(", "innerHTML", "eval(", "http://", "https://"] {
                #expect(!script.contains(banned), "\(banned)")
            }
            #expect(!answer.text.contains("src="))
            #expect(answer.text.contains("<noscript>") && answer.text.contains("sundial verify"))
            let file = try await site.get("/log/check.html?language=\(language.rawValue)")
            #expect(file.bytes == answer.bytes)
            #expect(file.fields["content-disposition"]?.hasPrefix("attachment") == true)
        }
    }

    @Test func `stands in the reader's language, under the site's links and those to the others`()
        async throws
    {
        try await SmallCounty.on(.sqlite) { county in
            let site = try county.site()
            let english = try await site.get("/log/check", fields: ["Cookie": "reading=en-a"])
            #expect(english.fields["vary"]?.contains("Cookie") == true)
            #expect(english.bytes == (try await site.get("/log/check?language=en").bytes))
            let page = english.text
            for words in ["<h1>Check a receipt</h1>", ">Obligations</a>", ">简体</a>", ">繁體</a>"] {
                #expect(page.contains(words), "\(words)")
            }
            // Whole addresses, so that they lead from a saved file, too.
            for place in ["/", "/obligations", "/log/check?language=zh-Hant"] {
                #expect(page.contains("href=\"http://localhost\(place)\""), "\(place)")
            }
            #expect(try await site.get("/log/check?language=zh-Hant").text.contains("<h1>核對日誌回執</h1>"))
            #expect(try await site.get("/log/check?language=fr").status == 400)
        }
    }

    @Test func `says in English as much as in Chinese`() throws {
        let keys = try ["log-check-words.js", "log-check-words-english.js"].map { name in
            String(decoding: try #require(DataFiles.builtIn(name)), as: UTF8.self)
                .matches(of: #/\n +"?([\w-]+)"?: /#).map { String($0.1) }
        }
        #expect(keys[0] == keys[1] && keys[0].count > 50)
        let english = String(
            decoding: try #require(DataFiles.builtIn("log-check-words-english.js")), as: UTF8.self)
        #expect(!english.contains(/\p{Han}/))
    }

    @Test(
        .enabled(if: Browser.isHere, "NOT RUN: no Chromium; script/install-libraries browser"),
        arguments: Manner.Language.allCases)
    func `accepts a real receipt and refuses every damaged one, in each language`(
        _ language: Manner.Language
    ) async throws {
        try await SignedCounty.on(.sqlite) { signed in
            let real = try await Case(of: signed)
            let (sound, damaged) = (try real.sound(), try real.damaged())
            try await Saved.page(of: signed.site, in: language) { saved in
                let shown = try await saved.show(sound.map(\.1) + damaged.map(\.1))
                let hour = language == .english ? " (Beijing time)" : "（北京时间）".inScript(of: language)
                for ((name, _), shown) in zip(sound, shown) {
                    #expect(shown.verdict == "holds", "\(name): \(shown.words)")
                    let isDated = shown.words.contains("2026-12-16 10:00:00" + hour)
                    #expect(isDated == (name != "without the key of times"), "\(name): \(shown.words)")
                    let hasWords = shown.words.contains("竣工验收合格。")
                    #expect(hasWords == (name != "without a record"), "\(name)")
                }
                let broken = language == .english ? "Checking went wrong" : "核对时出错".inScript(of: language)
                for ((name, _), shown) in zip(damaged, shown.dropFirst(sound.count)) {
                    #expect(shown.verdict == "fails", "\(name): \(shown.words)")
                    #expect(!shown.words.contains(broken), "\(name): \(shown.words)")
                    switch language {
                    case .english: #expect(!shown.words.contains(/\p{Han}/), "\(name): \(shown.words)")
                    case .simplified, .traditional:
                        #expect(shown.words == shown.words.inScript(of: language), "\(name)")
                    }
                }
            }
        }
    }

    @Test(.enabled(if: Browser.isHere, "NOT RUN: no Chromium; script/install-libraries browser"))
    func `takes a receipt from a link, and a key only from its reader`() async throws {
        try await SignedCounty.on(.sqlite) { signed in
            let real = try await Case(of: signed)
            try await Saved.page(of: signed.site) { saved in
                // All that a forger needs: a key of his own, of the log's name, and a link to the site's page.
                try await saved.open(real.fragment) { tab in
                    let opened = try await Shown(tab)
                    #expect(opened.verdict == "none" && opened.words.isEmpty, "\(opened.words)")
                    try await tab.check()
                    let pressed = try await Shown(tab)
                    #expect(
                        pressed.verdict == "unchecked" && pressed.words.contains("请给出日志公钥"),
                        "\(pressed.words)")
                    try await tab.give("example.org+abcdef01+AAAA", as: "key")
                    try await tab.check()
                    let miswritten = try await Shown(tab)
                    #expect(
                        miswritten.verdict == "unchecked" && miswritten.words.contains("公钥的种类不认识"),
                        "\(miswritten.words)")
                    try await tab.give(real.key, as: "key")
                    try await tab.check()
                    let given = try await Shown(tab)
                    #expect(given.verdict == "holds" && given.words.contains("竣工验收合格。"), "\(given.words)")
                }
                try await saved.open(real.fragment + "&record=%") { tab in
                    let cut = try await Shown(tab)
                    #expect(cut.verdict == "unchecked" && cut.words.contains("# 后面的内容不完整"), "\(cut.words)")
                }
            }
        }
    }

    @Test(.enabled(if: Browser.isHere, "NOT RUN: no Chromium; script/install-libraries browser"))
    func `names the erasure that a receipt comes with, and says of others that one may follow`() async throws
    {
        try await SignedCounty.on(.sqlite) { signed in
            let before = try await Case(of: signed)
            try await signed.erase()
            try await signed.keep()
            var after = before
            after.receipt = try await signed.site.get("/publications/\(signed.notice)/editions/1/receipt")
                .text
            var damaged = after
            damaged.receipt = damaged.receipt.replacing("\nindex ", with: "\nindex 1")
            // The proof of an erasure beside that of something else.
            var beside = after
            let start = try #require(after.receipt.range(of: "c2sp.org/tlog-proof@v1", options: .backwards))
            beside.receipt =
                try await signed.site.get("/log/leaves/3/receipt").text
                + after.receipt[start.lowerBound...]
            beside.record = ""
            let cases = [before, after, damaged, beside]
            try await Saved.page(of: signed.site) { saved in
                let shown = try await saved.show(cases)
                #expect(
                    shown.map(\.verdict) == ["holds", "holds", "fails", "holds"], "\(shown.map(\.words))")
                #expect(shown[1].words.contains("成立，内容已依法删除"))
                #expect(!shown[3].words.contains("成立，内容已依法删除"), "\(shown[3].words)")
                #expect(shown[0].words.contains("不排除此后撤回或者依法删除") && !shown[0].words.contains("已依法删除"))
                #expect(shown[0].words.contains("/publications/\(signed.notice) 和 /log"))
                let erased = "依法删除：依据 个人信息（个人信息保护法 第四十七条）"
                #expect(
                    shown[1].words.contains(erased) && !shown[1].words.contains("不排除"), "\(shown[1].words)")
            }
        }
    }

    @Test func `calls grounds of erasure as they are called elsewhere`() throws {
        let words = String(decoding: try #require(DataFiles.builtIn("log-check-words.js")), as: UTF8.self)
        for ground in ErasureGround.allCases {
            #expect(words.contains("\"\(ground.rawValue)\": \"\(ground.title)\""), "\(ground)")
        }
    }
}

extension String {
    /// Chinese words of the interface in the script of a language.
    fileprivate func inScript(of language: Manner.Language) -> String {
        language == .traditional ? TraditionalScript.of(self) : self
    }
}

/// What the page told its reader.
private struct Shown {
    let verdict: String
    let words: String

    init(_ tab: Tab) async throws {
        (verdict, words) = (try await tab.verdict, try await tab.verdictWords)
    }
}

/// The page saved to a disk, as a reader without a network has it, before a browser.
private struct Saved {
    private let browser: Browser
    private let page: URL

    static func page(
        of site: Site, in language: Manner.Language = .simplified, _ body: (Saved) async throws -> Void
    ) async throws {
        let page = FileManager.default.temporaryDirectory.appending(path: "sundial-check-\(UUID()).html")
        try Data(try await site.get("/log/check.html?language=\(language.rawValue)").bytes).write(to: page)
        defer { remove(page) }
        try await Browser.run { try await body(Saved(browser: $0, page: page)) }
    }

    private static func remove(_ page: URL) {
        do { try FileManager.default.removeItem(at: page) } catch { Issue.record(error) }
    }

    /// - Parameter fragment: what stands behind `#` in its address.
    func open(_ fragment: String = "", _ body: (Tab) async throws -> Void) async throws {
        try await browser.withTab(of: "") { tab in
            try await tab.open(page.absoluteString + (fragment.isEmpty ? "" : "#" + fragment))
            try await body(tab)
        }
    }

    /// What it says of each case, one after the other.
    func show(_ cases: [Case]) async throws -> [Shown] {
        var shown: [Shown] = []
        try await open { tab in
            for one in cases {
                for (name, text) in one.fields { try await tab.give(text, as: name) }
                try await tab.check()
                shown.append(try await Shown(tab))
            }
        }
        return shown
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

    var key: String { keys.joined(separator: "\n") }

    var fields: [(name: String, text: String)] { [("receipt", receipt), ("key", key), ("record", record)] }

    /// All of it, as a link may bear it.
    var fragment: String { fields.map { $0.name + "=" + Link.encoded($0.text) }.joined(separator: "&") }
}
