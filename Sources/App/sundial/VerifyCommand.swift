import ArgumentParser
import Foundation
import MerkleLog
import Platform

/// `sundial verify`: checks receipts without any instance and without a network.
struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check receipts (回执) offline against a public key.",
        discussion: """
            A receipt is a file ….tlog-proof. A record file (….json, with record and salt) beside it, of the same name, is \
            checked against it too. Given the receipt of its erasure as well, that of an edition says that its content was erased, \
            on what ground and under which clause. The key is a line like “name+12345678+base64”, taken from a place you trust: not from \
            whoever gave you the receipt. Of a file of keys every one is tried, so that receipts from before a change of keys \
            hold as well. Exit code 1 when anything does not hold.
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
        let logs = given.keys.filter { $0.scheme == .note }
        guard !logs.isEmpty else {
            throw ValidationError(
                "--key：所给的公钥都不是签名树头的；时间公钥用 --witness 给。")
        }
        let witnesses =
            given.keys.filter { $0.scheme == .cosignature }
            + (try witness.flatMap { try KeyFile($0, option: "--witness").keys })
        let answers = ReceiptCheck(logs: logs, witnesses: witnesses).answers(files: files)
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
            throw ValidationError("\(option)：“\(text.prefix(80))”不是公钥，也不是公钥文件（\(error)）。")
        }
    }
}
