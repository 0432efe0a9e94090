import ArgumentParser
import Foundation
import MerkleLog
import Platform
import Storage
import Transparency

/// `sundial log …`: the transparency log of an instance.
struct LogCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log",
        abstract: "The transparency log (透明日志): audit, receipts, keys.",
        discussion: """
            The log begins when the server starts for the first time. Its keys are opened by the passphrase in \
            SUNDIAL_LOG_PASSPHRASE, by the file that SUNDIAL_LOG_KEY_FILE names, or by the file log/unlock.key in the data \
            folder. Witnesses (见证方) that are asked to cosign each head stand in the file log/witnesses there or in \
            SUNDIAL_LOG_WITNESSES, a line each: URL KEY.
            """,
        subcommands: [
            LogStatusCommand.self, LogSignCommand.self, LogVerifyCommand.self, LogReceiptCommand.self,
            LogKeysCommand.self, LogRestartCommand.self, LogMirrorCommand.self, LogServeMirrorCommand.self,
            LogWitnessCommand.self,
        ])
}

extension House {
    /// - Throws: `LogProblem.notStarted` where there are no keys.
    fileprivate func startedLog() throws -> (folder: LogFolder, keyring: LogKeyring) {
        guard let folder = logFolder, let keyring = try folder.keyring() else { throw LogProblem.notStarted }
        return (folder, keyring)
    }

    fileprivate func startedKeeper() throws -> LogKeeper {
        _ = try startedLog()
        return try keeper()
    }

    /// Also where the folder has lost its keys.
    fileprivate func keeper() throws -> LogKeeper {
        guard let keeper = try logKeeper(report: { _ in }) else { throw LogProblem.notStarted }
        return keeper
    }
}

extension LogKeeper {
    /// What was changed stands; whoever writes the log just now, or the next start, signs it.
    fileprivate func catchUpUnlessHeld() async throws {
        do { try await catchUp() } catch LogProblem.heldElsewhere {
            Printed.line("已经记入；另一进程正在写日志，由它写入并签名。")
        }
    }
}

struct LogStatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show the log's name, keys and last signed head, and why signing was refused, where it was."
    )

    private struct Answer: Encodable {
        let origin: String
        let leaves: Int
        let signed: Int
        let signedAt: String?
        /// The size that an outside witness cosigned last.
        let witnessed: Int
        let keys: [String]
        /// Why signing was refused when it was tried last.
        let signingRefused: SigningRefusal?
        /// What witnesses said against the log, also what they have taken back since.
        let contradictions: [Contradiction]
    }

    @OptionGroup var place: PlaceOptions
    @Flag(help: "Print the answer as JSON.")
    var json = false

    func run() async throws {
        let answer = try await place.withHouse(json: json, isThere: true) { house in
            let (folder, keyring) = try house.startedLog()
            let (refusal, contradictions) = (
                try folder.signingRefusal(), try folder.contradictions(of: keyring.origin)
            )
            let keys = keyring.publicKeys.filter(\.retiredAt.isEmpty).map(\.publicKey)
            return try await house.database.read { transaction in
                let head = try transaction.log.lastCheckpoint()
                return Answer(
                    origin: keyring.origin, leaves: try transaction.log.size(), signed: head?.size ?? 0,
                    signedAt: head?.signedAt, witnessed: try transaction.log.lastCosigned(), keys: keys,
                    signingRefused: refusal, contradictions: contradictions)
            }
        }
        if json { return try Printed.json(answer) }
        Printed.line(
            "日志 \(answer.origin)：\(answer.leaves) 条，已签名 \(answer.signed) 条（\(answer.signedAt ?? "尚未签名")）"
                + "，外部见证 \(answer.witnessed) 条")
        for key in answer.keys { Printed.line("  公钥 \(key)") }
        if let refusal = answer.signingRefused {
            Printed.line("自 \(refusal.since) 起停止签名：\(refusal.detail) [\(refusal.code)]")
        }
        for said in answer.contradictions {
            let end = said.stands ? "" : "，\(said.endedAt) 起已重新联署"
            Printed.line("见证方 \(said.witness) 于 \(said.at) 不认签名到的树头（HTTP \(said.status)）\(end)")
        }
    }
}

struct LogSignCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign", abstract: "Write and sign what is new, where no server does it.")

    @OptionGroup var place: PlaceOptions

    func run() async throws {
        let (head, problems) = try await place.withHouse(json: false, isThere: true) { house in
            let keeper = try house.startedKeeper()
            try keeper.checkSecret()
            // A change of keys may have ended between their file and the journal.
            try await keeper.start()
            // Whether they have seen a newer head than ours; what they say against it is kept, and signing stops.
            _ = try await keeper.askWitnesses(again: true, secondsMax: LogKeeper.greetingSecondsMax)
            try await keeper.takeOver()
            let problems = try await keeper.askWitnesses()
            // What the witnesses dated is in the journal too.
            try await keeper.catchUpUnlessHeld()
            return (try await house.database.read { try $0.log.lastCheckpoint() }, problems)
        }
        for problem in problems { Printed.error("\(problem.detail) [\(problem.code)]") }
        if let contradiction = problems.first(where: \.isContradiction) { throw contradiction }
        Printed.line("已签名 \(head?.size ?? 0) 条（\(head?.signedAt ?? "尚未签名")）")
    }
}

struct LogVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Derive the log again from the database and name the first difference.",
        discussion: """
            Exit code 1 when something differs. What was not logged yet is counted, and looked at by the next audit. The instance is only read; \
            a server may go on meanwhile. Cosignatures are checked with the keys of the witnesses in SUNDIAL_LOG_WITNESSES, or \
            of the file log/witnesses.
            """)

    @OptionGroup var place: PlaceOptions
    @Option(
        help:
            """
            A signed head (checkpoint) that somebody kept: the log must have grown out of it. One of a log that has ended is \
            checked for its signature and size. At most 10,000.
            """
    )
    var head: [String] = []
    @Flag(help: "Print the report as JSON.")
    var json = false

    func validate() throws {
        guard head.count <= 10_000 else { throw ValidationError("--head is given at most 10,000 times.") }
    }

    func run() async throws {
        let seen = try head.map(note)
        let report = try await place.refusing(json: json) {
            let audit = try await AuditRun.open(place.place)
            return try await closing(audit.close) { try await audit.report(seen: seen) }
        }
        if json {
            try Printed.json(report)
        } else {
            Printed.line(
                "核对 \(report.leaves) 条、\(report.heads) 个签名、\(report.records) 份记录、"
                    + "\(report.obligations) 项义务、\(report.coverages) 项来源声明、\(report.keys) 把密钥；依法删除 \(report.erased) 份"
            )
            if report.cosignatures + report.cosignaturesUnknown > 0 {
                Printed.line(
                    "外部见证 \(report.cosignatures) 个用见证方的公钥核对过；另有 \(report.cosignaturesUnknown) 个没有给出公钥，只核对了时间")
            }
            if report.waiting > 0 {
                Printed.line("另有 \(report.waiting) 条留痕还没有写入日志，所涉及的 \(report.waitingSubjects) 项留待写入以后核对")
            }
            if report.endedHeads > 0 {
                Printed.line("已结束的日志另有 \(report.endedHeads) 个签名：它们的条目已不在数据库，只核对签名和大小")
            }
            Printed.line(report.difference.map { "不符：\($0.detail)" } ?? "全部相符")
        }
        if report.difference != nil { throw ExitCode(1) }
    }

    private func note(in file: String) throws -> SignedNote {
        guard let bytes = FileManager.default.contents(atPath: file), bytes.count <= SignedNote.bytesMax
        else { throw ValidationError("--head：读不到 \(file)，或者文件太大。") }
        do {
            return try SignedNote(parsing: MailedText.plain(Array(bytes)))
        } catch {
            throw ValidationError("--head：\(file)：\(error)。")
        }
    }
}

struct LogReceiptCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "receipt",
        abstract: "Write the proof files (回执) of a publication, an obligation, an event or a decision.",
        discussion: """
            One file a leaf, by the first head that a witness cosigned, where one did; where that is not the first head, also \
            one by the first (….logged.tlog-proof), which proves the earlier time. That of an edition whose content was \
            erased holds the proof of the erasure too. Beside that of an edition its words with their salt, whoever they are \
            meant for: give the record file only to whom it may reach. “sundial verify” checks both without this instance.
            """)

    @OptionGroup var place: PlaceOptions
    @Argument(help: "publication, obligation, event or decision.")
    var kind: String
    @Argument(help: "The id.")
    var subject: String
    @Option(help: "The folder for the files; made when it is missing.")
    var into = "."

    func run() async throws {
        let receipts = try await place.withHouse(json: false, isThere: true) { house in
            _ = try house.startedLog()
            return try await house.database.read { transaction in
                let leaves = try transaction.log.leaves(of: subject, kind: kind)
                guard !leaves.isEmpty else { throw LogProblem.nothingLogged(subject) }
                return try leaves.map { leaf in
                    (
                        name: leaf.fileName, receipts: try files(of: leaf, in: transaction),
                        // An erased edition keeps its receipt and has no words any more.
                        record: leaf.act == "edition.released" && leaf.salt != nil
                            ? try RecordFile(of: leaf, in: transaction) : nil
                    )
                }
            }
        }
        try makeFolder()
        for (name, receipts, record) in receipts {
            for receipt in receipts { try write(receipt.bytes, to: receipt.name) }
            if let record { try write(record.bytes, to: name + ".json") }
        }
    }

    private func files(of leaf: LogLeaf, in transaction: Transaction) throws -> [ReceiptFile] {
        let grounds: [LogReceipt.Ground] =
            try LogReceipt(of: leaf, in: transaction).hasTwoHeads ? [.witnessed, .logged] : [.witnessed]
        return try grounds.map { try ReceiptFile(of: leaf, by: $0, in: transaction) }
    }

    private func makeFolder() throws {
        do {
            try FileManager.default.createDirectory(atPath: into, withIntermediateDirectories: true)
        } catch {
            throw ValidationError("--into: \(into) is no folder, and cannot be made.")
        }
    }

    private func write(_ bytes: [UInt8], to name: String) throws {
        let file = "\(into)/\(name)"
        guard FileManager.default.createFile(atPath: file, contents: Data(bytes)) else {
            throw ValidationError("--into: cannot write \(file).")
        }
        Printed.line(file)
    }
}

struct LogKeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys",
        abstract: "Add new keys beside the old ones, or retire the old ones.",
        discussion: """
            After --add both sign every head. Publish the new public key, wait until those who check know it, then use \
            --retire. Both are written into the log itself.
            """)

    @OptionGroup var place: PlaceOptions
    @Flag(help: "Add a key of each purpose.")
    var add = false
    @Flag(help: "Retire all but the newest of each purpose.")
    var retire = false

    func validate() throws {
        guard add != retire else { throw ValidationError("Give --add or --retire.") }
    }

    func run() async throws {
        let keyring = try await place.withHouse(json: false, isThere: true) { house in
            let keeper = try house.startedKeeper()
            let keyring = try await keeper.changeKeys(retireOld: retire)
            try await keeper.catchUpUnlessHeld()
            return keyring
        }
        for key in keyring.publicKeys {
            Printed.line("\(key.retiredAt.isEmpty ? "签名中" : "已停用") \(key.publicKey)")
        }
    }
}

struct LogRestartCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restart",
        abstract: "Begin a new log after a backup was restored.",
        discussion: """
            The new log has a name and keys of its own, and its leaf log.started names the head that the old one signed last. \
            Stop the server first. Whoever follows the old log sees that it ended there. “/log” shows its last head, why it \
            was not signed any more, the reason, and what the audit found that is made of the database before.
            """)

    @OptionGroup var place: PlaceOptions
    @Option(help: "Why, as it is announced on “/log”: one line, at most 200 characters.")
    var reason = ""
    @Flag(
        help:
            "Begin also where the audit finds a difference. Its kind is announced with the reason, which must be given."
    )
    var despiteFindings = false

    func validate() throws {
        guard !despiteFindings || !reason.isEmpty else {
            throw ValidationError(
                "--despite-findings needs --reason: what was found, and why a new log begins over it.")
        }
    }

    func run() async throws {
        let keyring = try await place.withHouse(json: false, isThere: true, loading: false) { house in
            let keeper = try house.keeper()
            let keyring = try await keeper.restart(reason: reason, despiteFindings: despiteFindings)
            try await keeper.catchUpUnlessHeld()
            return keyring
        }
        Printed.line("新日志 \(keyring.origin)")
        for key in keyring.publicKeys { Printed.line("  公钥 \(key.publicKey)") }
    }
}
