import ArgumentParser
import Law
import Logging
import MerkleLog
import Platform
import Transparency

/// The address of a log or a witness, as an argument.
struct RemoteAddress: ExpressibleByArgument {
    let text: String

    init?(argument: String) {
        let isWeb = argument.hasPrefix("https://") || argument.hasPrefix("http://")
        guard isWeb, argument.utf8.count <= 2000, !argument.contains(where: { $0.isWhitespace || $0 == "?" })
        else { return nil }
        text = argument
    }
}

extension NoteKey {
    /// - Throws: `ValidationError` naming the option.
    static func read(_ texts: [String], option: String) throws -> [NoteKey] {
        let keys: [NoteKey]
        do {
            keys = try texts.map { try NoteKey(parsing: $0) }
        } catch {
            throw ValidationError("\(option): \(error).")
        }
        guard let first = keys.first else { throw ValidationError("\(option) is needed.") }
        guard keys.allSatisfy({ $0.name == first.name }) else {
            throw ValidationError("\(option): all keys are those of one log and bear its name.")
        }
        return keys
    }
}

/// `sundial log mirror URL`: a copy of another log.
struct LogMirrorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mirror",
        abstract: "Follow another log (镜像): fetch what is new, check every byte, keep a copy.",
        discussion: """
            URL is what stands in front of /checkpoint: https://sundial.example/log, or with the epoch, as /log shows it, \
            https://sundial.example/log/EPOCH, where caches may keep full tiles for good. Every hash and entry is held against \
            the signed head, and the head against the copy. The first thing that does not fit is named. When the log forks \
            or shrinks, both signed heads are written to fork-TIME.txt in the folder. Exit code 1 in each of these cases.
            """)

    @Argument(help: "The log's address.")
    var url: RemoteAddress
    @Option(help: "The log's public key, as it publishes it; several after a change of keys.")
    var key: [String] = []
    @Option(help: "The folder of the copy; made when it is missing.")
    var into: String
    @Flag(help: "Look once and end; so it is without --every.")
    var once = false
    @Option(
        help: "Look again after so many seconds, 1 to 86400, until told to end or something does not fit.")
    var every: Int?
    @Flag(
        help: """
            Derive the copy again from its entries, compare all that the log serves with it, and hold the record of each edition, \
            as the site gives it, against its leaf.
            """)
    var recheck = false
    @Flag(help: "Print each report as a line of JSON.")
    var json = false

    func validate() throws {
        if let every, !(1...86_400).contains(every) {
            throw ValidationError("--every is a number from 1 to 86400.")
        }
        guard !once || every == nil else { throw ValidationError("Give --once or --every, not both.") }
    }

    func run() async throws {
        let keys = try NoteKey.read(key, option: "--key")
        do {
            try await HTTPDoor.open { door in
                try await follow(
                    LogMirror(
                        source: LogSource(url.text, door: door), into: MirrorFolder(path: into), keys: keys,
                        stamp: WallClock().stamp))
            }
        } catch let refusal as any Refusal {
            throw try Printed.refused(refusal, json: json)
        }
    }

    private func follow(_ mirror: LogMirror) async throws {
        guard let every else { return try print(await mirror.follow(recheck: recheck)) }
        let signal = StopSignal()
        try await signal.run {
            while !signal.isTold {
                do {
                    try print(await mirror.follow(recheck: recheck))
                } catch let problem as MirrorProblem where problem.kind == .later {
                    // The log may be away for a while; what does not fit ends the loop.
                    Printed.error("\(problem.detail) [\(problem.code)]")
                }
                try await signal.wait(seconds: every)
            }
        }
    }

    private func print(_ report: LogMirror.Report) throws {
        if json { return try Printed.json(report) }
        let records =
            report.records + report.recordsAway > 0
            ? "、\(report.records) 份记录（另有 \(report.recordsAway) 份已撤回、已删除或者不向公众提供）" : ""
        let compared = report.compared > 0 ? "；复核 \(report.compared) 个文件\(records)，全部相符" : ""
        Printed.line("\(report.origin)：\(report.size) 条，新增 \(report.new) 条，全部核对\(compared)")
    }
}

extension WallClock {
    /// For the names of files: `20260302T020000Z`.
    var stamp: @Sendable () -> String {
        { WallClock.instant(now).filter { $0 != "-" && $0 != ":" } }
    }
}

/// `sundial log serve-mirror FOLDER`: the copy, served.
struct LogServeMirrorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve-mirror",
        abstract: "Serve the copy of a log in the log's own layout (C2SP tlog-tiles).")

    @Argument(help: "The folder that “sundial log mirror” writes.")
    var folder: String
    @OptionGroup var address: AddressOptions

    func run() async throws {
        let copy = MirrorFolder(path: folder)
        do {
            guard try copy.checkpoint() != nil else {
                throw ValidationError("\(folder) holds no copy of a log: run “sundial log mirror” first.")
            }
        } catch let refusal as any Refusal {
            throw try Printed.refused(refusal, json: false)
        }
        let server = MirrorServer(folder: copy).server(
            host: address.host, port: address.port, logger: .ofServers)
        try await server.run { port in
            Printed.line("镜像已启动 · Serving the copy: http://\(address.host):\(port)")
        }
    }
}

extension Logger {
    /// To standard error, from notices up.
    static var ofServers: Logger {
        var logger = Logger(label: "sundial") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .notice
        return logger
    }
}
