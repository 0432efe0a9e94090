import ArgumentParser
import Foundation
import Glibc
import Importing
import Law
import Obligations
import People
import Platform
import Storage

/// `sundial import FILE…`: notices of other platforms.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Import notices (采集公告) of other platforms.",
        discussion: """
            JSON (one object a line, or one list), CSV and xlsx, in UTF-8, GB18030 or UTF-16. The form is \
            recognised by its fields, or given with --form. Each row becomes a publication, a project by its \
            codes, and events whose day stands in a field or a sentence. The same file again changes nothing. \
            The report says of every row what became of it, and what was not used. \
            Exit code 0 when every row is accounted for, refused ones included; 1 when a file cannot be imported.
            """)

    @OptionGroup var place: PlaceOptions
    @Argument(help: "Files to import; the file to learn from, with --learn.")
    var files: [String] = []
    @Option(help: "The jurisdiction's code whose ledger takes them.")
    var jurisdiction: String?
    @Flag(help: "Import nothing: draft a form file (采集格式) from one file, for you to correct, and print it.")
    var learn = false
    @Option(
        help: ArgumentHelp(
            "Import what is put into this folder, each file once when it is complete, until told to end.",
            discussion: "Looks every two seconds; a file that did not change in between is complete."))
    var watch: String?
    @Option(help: "The source's name; the form's own when nothing is given.")
    var source: String?
    @Option(help: "A form file (JSON) that says which column is what, instead of the built-in forms.")
    var form: String?
    @Option(help: "Who imports: the name that the journal keeps.")
    var actor = "import"
    @Flag(
        help: ArgumentHelp(
            "Import nothing: look for probable twins of notices that were imported before there was such a comparison.",
            discussion:
                "With --form for notices that came in a form of your own. A second time nothing changes."))
    var linkTwins = false
    @Flag(help: "Print the answer as JSON.")
    var json = false

    func validate() throws {
        if linkTwins {
            guard files.isEmpty, watch == nil, !learn else {
                throw ValidationError("--link-twins takes no files.")
            }
            return
        }
        if learn {
            guard files.count == 1, watch == nil else { throw ValidationError("--learn takes one file.") }
            return
        }
        guard jurisdiction != nil else { throw ValidationError("--jurisdiction is needed.") }
        guard files.isEmpty == (watch != nil) else {
            throw ValidationError("Name files, or a folder with --watch.")
        }
        try checkTyped(actor, as: "--actor", max: 60)
        if let source { try checkTyped(source, as: "--source", max: 200) }
    }

    func run() async throws {
        if learn { return try printDraft() }
        if linkTwins { return try await compareEarlier() }
        if let watch { return try await follow(watch) }
        let (reports, failed) = try await place.withHouse(json: json) { house in
            var reports: [FileReport] = []
            var failed = false
            for file in files {
                do {
                    reports.append(try await report(of: file, in: house))
                } catch let refusal as any Refusal {
                    failed = true
                    reports.append(FileReport(refusing: file, refusal))
                    if !json { Printed.error("\(file): \(refusal.detail) [\(refusal.code)]") }
                }
            }
            try await house.followSearch { Printed.error("search: \($0)") }
            return (reports, failed)
        }
        if json { try Printed.json(Answer(files: reports)) }
        if failed { throw ExitCode(1) }
    }

    private func compareEarlier() async throws {
        let answer = try await place.withHouse(json: json) { house in
            let forms =
                try formFile().map { [try NoticeForm.load($0.bytes, file: $0.file)] }
                ?? NoticeForm.builtIn()
            var answer = TwinAnswer()
            var last: String? = ""
            while let after = last {
                let some = try await house.act(as: actor) { transaction, _, occasion in
                    try LinkTwins(after: after, limit: 200).perform(in: transaction, forms: forms, occasion)
                }
                answer.compared += some.compared
                answer.unreadable += some.unreadable
                last = some.last
            }
            return answer
        }
        if json { return try Printed.json(answer) }
        Printed.line("补做了 \(answer.compared) 条公告的比对；\(answer.unreadable) 条的原始记录按这些格式读不出来，没有比对。")
    }

    private struct TwinAnswer: Encodable {
        var compared = 0
        /// Their form is none of those at hand, or their record is gone.
        var unreadable = 0
    }

    private func printDraft() throws {
        do {
            FileHandle.standardOutput.write(Data(try FormLearning(path: files[0]).draft().utf8))
        } catch let refusal as any Refusal {
            throw try Printed.refused(refusal, json: json)
        }
    }

    /// Imports what comes into the folder until SIGTERM or SIGINT; a file that is being imported is finished.
    private func follow(_ folder: String) async throws {
        try await place.withHouse(json: json) { house in
            try await check(in: house)
            let stop = StopSignal()
            try await stop.run {
                var watched = WatchedFolder(path: folder)
                _ = try watched.complete()
                Printed.error("等待文件 · watching \(folder)")
                while !stop.isTold {
                    for file in try watched.complete() where !stop.isTold {
                        try await take(file, from: folder, in: house)
                    }
                    try await stop.wait(seconds: 2)
                }
            }
        }
    }

    /// What would refuse every file alike is refused before the first comes.
    private func check(in house: House) async throws {
        let code = jurisdiction ?? ""
        let known = try await house.database.read { try $0.jurisdictions.jurisdiction(code) }
        guard known != nil else { throw LedgerProblem.unknownJurisdiction(code) }
        if let form = try formFile() { _ = try NoticeForm.load(form.bytes, file: form.file) }
    }

    private func take(_ file: WatchedFolder.File, from folder: String, in house: House) async throws {
        let code = jurisdiction ?? ""
        let known = try await house.database.read {
            try $0.imports.isImported(stamp: file.stamp, into: code)
        }
        guard !known else { return }
        let path = folder + "/" + file.name
        var outcome: FileReport
        do {
            outcome = try await report(of: path, in: house, stamp: file.stamp)
        } catch let refusal as any Refusal {
            outcome = FileReport(refusing: path, refusal)
            if !json { Printed.error("\(path): \(refusal.detail) [\(refusal.code)]") }
        }
        try await house.followSearch { Printed.error("search: \($0)") }
        if json { try Printed.json(outcome) }
    }

    private func report(of file: String, in house: House, stamp: String = "") async throws -> FileReport {
        let bar = ProgressBar(title: file)
        let work = FileImport(
            path: file, jurisdiction: jurisdiction ?? "", source: source, actor: actor, form: try formFile(),
            stamp: stamp)
        let report = try await work.run(in: house) { rows, bytes, size in bar.show(rows, bytes, of: size) }
        bar.end()
        if !json {
            report.print()
        }
        return report
    }

    private func formFile() throws -> (file: String, bytes: [UInt8])? {
        guard let form else { return nil }
        guard let data = FileManager.default.contents(atPath: form) else {
            throw FileImportProblem.unreadable(form)
        }
        return (form, [UInt8](data))
    }

    private struct Answer: Encodable {
        let files: [FileReport]
    }
}

extension FileReport {
    fileprivate func print() {
        Printed.line("\(file)（\(reading)）：\(rows) 行，新 \(imported)，未变 \(unchanged)，拒绝 \(refused)")
        for finding in findings { Printed.line("  第 \(finding.row) 行 [\(finding.code)] \(finding.detail)") }
        for loss in losses {
            let place = loss.rows == 0 ? "" : "\(loss.rows) 行（自第 \(loss.firstRow) 行）"
            Printed.line("  未用 [\(loss.code)] \(place)\(loss.detail)")
        }
    }

    /// The report of a file that could not be imported at all.
    init(refusing file: String, _ refusal: any Refusal) {
        self.init(file: file)
        findings = [RefusedRow(row: 0, code: refusal.code, detail: refusal.detail)]
    }
}

/// A line on the terminal that fills up, with the rate; silent when nobody looks.
private final class ProgressBar: Sendable {
    private let title: String
    private let start = ContinuousClock.now
    private let isSeen = isatty(2) == 1

    init(title: String) {
        self.title = title
    }

    func show(_ rows: Int, _ bytes: Int, of size: Int) {
        guard isSeen, size > 0 else { return }
        let done = min(20, bytes * 20 / size)
        let seconds = max(0.001, (ContinuousClock.now - start) / .seconds(1))
        let bar = String(repeating: "#", count: done) + String(repeating: "-", count: 20 - done)
        let line = "\r\(title) [\(bar)] \(rows) rows, \(Int(Double(rows) / seconds)) rows/s "
        FileHandle.standardError.write(Data(line.utf8))
    }

    func end() {
        if isSeen { FileHandle.standardError.write(Data("\n".utf8)) }
    }
}
