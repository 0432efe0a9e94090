import ArgumentParser
import Foundation
import Glibc
import Importing
import Law
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
    @Argument(help: "Files to import.")
    var files: [String]
    @Option(help: "The jurisdiction's code whose ledger takes them.")
    var jurisdiction: String
    @Option(help: "The source's name; the form's own when nothing is given.")
    var source: String?
    @Option(help: "A form file (JSON) that says which column is what, instead of the built-in forms.")
    var form: String?
    @Option(help: "Who imports: the name that the journal keeps.")
    var actor = "import"
    @Flag(help: "Print the answer as JSON.")
    var json = false

    func validate() throws {
        try checkTyped(actor, as: "--actor", max: 60)
        if let source { try checkTyped(source, as: "--source", max: 200) }
    }

    func run() async throws {
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
            try await house.searchRunner { Printed.error("search: \($0)") }.catchUp()
            return (reports, failed)
        }
        if json { try Printed.json(Answer(files: reports)) }
        if failed { throw ExitCode(1) }
    }

    private func report(of file: String, in house: House) async throws -> FileReport {
        let bar = ProgressBar(title: file)
        let work = FileImport(
            path: file, jurisdiction: jurisdiction, source: source, actor: actor, form: try formFile())
        let report = try await work.run(in: house) { rows, bytes, size in bar.show(rows, bytes, of: size) }
        bar.end()
        if !json {
            report.print()
        }
        return report
    }

    private func formFile() throws -> [UInt8]? {
        guard let form else { return nil }
        guard let data = FileManager.default.contents(atPath: form) else {
            throw FileImportProblem.unreadable(form)
        }
        return [UInt8](data)
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
