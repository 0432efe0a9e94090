import ArgumentParser
import CivilTime
import Foundation
import MerkleLog
import Platform
import Transparency

/// `sundial verify`: checks receipts without any instance and without a network.
struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check receipts (回执) offline against a public key.",
        discussion: """
            A receipt is a file ….tlog-proof. A record file (….json, with record and salt) beside it, of the same name, is \
            checked against it too. The key is a line like “name+12345678+base64”, taken from a place you trust: not from \
            whoever gave you the receipt. Exit code 1 when anything does not hold.
            """)

    @Argument(help: "Proof files.")
    var files: [String]
    @Option(help: "The log's public key, or a file with its keys, one a line.")
    var key: String
    @Option(help: "Public keys of those whose times count: the log's own for times, and witnesses.")
    var witness: [String] = []
    @Flag(help: "Print the answers as JSON.")
    var json = false

    func run() throws {
        let given = try KeyFile(key, option: "--key")
        guard let log = given.keys.first(where: { $0.scheme == .note }) else {
            throw ValidationError(
                "--key: none of the keys signs heads; a key for times belongs to --witness.")
        }
        let witnesses =
            given.keys.filter { $0.scheme == .cosignature }
            + (try witness.flatMap { try KeyFile($0, option: "--witness").keys })
        let answers = files.map { ReceiptCheck(log: log, witnesses: witnesses).answer(file: $0) }
        if json {
            try Printed.json(answers)
        } else {
            for answer in answers { for line in answer.lines { Printed.line(line) } }
        }
        if answers.contains(where: { !$0.holds }) { throw ExitCode(1) }
    }
}

/// Public keys as an option gives them: one itself, or a file with a key a line, such as `/log/keys` saved.
private struct KeyFile {
    let keys: [NoteKey]

    /// - Throws: `ValidationError` for what is no key; empty lines, and lines that begin with `#`, are passed over.
    init(_ text: String, option: String) throws {
        let content =
            FileManager.default.contents(atPath: text).map { String(decoding: $0, as: UTF8.self) } ?? text
        let lines = content.split(whereSeparator: \.isNewline)
            .map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { !$0.isEmpty && !$0.hasPrefix("#") }
        do {
            keys = try lines.map { try NoteKey(parsing: $0) }
        } catch {
            throw ValidationError("\(option): no key and no file of keys: \(text.prefix(80)) (\(error))")
        }
    }
}

/// What one receipt proves.
private struct ReceiptCheck {
    let log: NoteKey
    let witnesses: [NoteKey]

    struct Answer: Encodable {
        let file: String
        var holds = false
        /// Why it does not hold; null when it does.
        var flaw: String?
        var leaf: Int?
        var size: Int?
        var entry: String?
        /// UTC, by the name of each key whose time counts.
        var times: [String: String] = [:]
        /// Whether the words of a record file are those that were logged; null without such a file.
        var record: Bool?

        /// Plain words: what holds, and what does not follow from it.
        var lines: [String] {
            guard holds else { return ["✗ \(file)：不成立。\(flaw ?? "")"] }
            var lines = ["✓ \(file)：成立。"]
            lines.append("  这条公开事实在日志中居第 \(leaf ?? 0) 条，包含在对前 \(size ?? 0) 条的签名里：")
            lines.append("  \(entry ?? "")")
            for (name, time) in times.sorted(by: { $0.key < $1.key }) {
                lines.append("  最迟于 \(time)（UTC）已存在：由 \(name) 证明。")
            }
            if times.isEmpty { lines.append("  没有给出时间密钥（--witness），不能证明何时存在。") }
            switch record {
            case true?: lines.append("  记录文件的内容正是当时写入日志的内容。")
            case false?: lines.append("  记录文件的内容不是当时写入日志的内容！")
            case nil: lines.append("  没有记录文件，未核对内容。")
            }
            lines.append("  它不证明：所述内容属实，或者日志没有对别人出示另一套历史（后者由见证人和镜像证明）。")
            return lines
        }
    }

    func answer(file: String) -> Answer {
        var answer = Answer(file: file)
        guard let bytes = FileManager.default.contents(atPath: file) else {
            answer.flaw = "读不到这个文件。"
            return answer
        }
        do {
            let proof = try ProofFile(parsing: Array(bytes))
            guard let entry = proof.extra else {
                answer.flaw = "回执里没有条目的内容。"
                return answer
            }
            let proved = try proof.check(leaf: .leaf(entry), log: log, witnesses: witnesses)
            answer.leaf = proved.index
            answer.size = proved.checkpoint.size
            answer.entry = String(decoding: entry, as: UTF8.self)
            for signed in proved.cosignatures {
                answer.times[signed.key.name] = WallClock.instant(signed.time.secondsSince1970)
            }
            answer.record = try RecordFile.beside(file).map { $0.fits(entry) }
            answer.holds = answer.record != false
            if answer.record == false { answer.flaw = "记录文件的内容不是当时写入日志的内容。" }
        } catch {
            answer.flaw = "\(error)"
        }
        return answer
    }
}
