import ArgumentParser
import Catalogue
import ChineseText
import CivilTime
import Foundation
import Law
import Platform
import Spreadsheet

extension CatalogueCommand {
    /// `sundial catalogue load FILE`: a standard catalogue into a jurisdiction's list.
    struct LoadCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "load",
            abstract: "Bring a standard catalogue (基层政务公开标准目录) into a jurisdiction's list, from CSV or xlsx.",
            discussion: """
                The heading may take two rows; merged cells count for every cell they cover. The items stand \
                under the plan that --plan names, after the list's own, in a new version from the effective \
                day on; items of that plan from an earlier load are replaced. What cannot be taken as it stands \
                is a numbered finding: an error keeps everything out, a warning says how a row was taken, a note \
                says that a row was left out. --check loads nothing. Exit code 0, 1 when it is refused, 64 for \
                wrong use.
                """)

        @Argument(help: "The file: .csv (UTF-8, GB18030 or UTF-16) or .xlsx.")
        var file: String
        @Option(help: "The jurisdiction's code: NT, CC …")
        var jurisdiction: String
        @Option(help: "A short code for the plan (方案), letters and digits: A2.")
        var plan: String
        @Option(help: "The document the list belongs to (文号或文件名).")
        var document: String
        @Option(help: "The list's title.")
        var title: String
        @Option(help: "The field (公开领域), for lists without such a column.")
        var field = ""
        @Option(help: "Where one may complain (监督渠道): no list goes live without it.")
        var supervision: String
        @Option(help: "In force from this day, YYYY-MM-DD.", transform: readDay)
        var effectiveFrom: Day
        @Option(help: "The sheet of the workbook; the first when none is named.")
        var sheet: String?
        @Flag(help: "Only report what would be loaded.")
        var check = false
        @OptionGroup var options: ActOptions

        func validate() throws {
            guard (1...12).contains(plan.count),
                plan.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) })
            else { throw ValidationError("--plan takes 1 to 12 letters and digits.") }
        }

        func run() async throws {
            let standard = StandardCatalogue(
                plan: CataloguePlan(
                    plan: plan, document: document, title: title, timeLimit: "按各事项的公开时限", method: "主动公开",
                    bodies: "谁批准、谁公开，谁实施、谁公开，谁制作、谁公开", supervision: supervision, excluded: [],
                    excludedOpen: false),
                field: field, effectiveFrom: effectiveFrom, table: StandardTable(try rows()))
            let load = LoadStandardCatalogue(standard, jurisdiction: jurisdiction)
            let (isCheck, day) = (check, effectiveFrom)
            let answer = try await options.withHouse { house in
                try await house.act(as: options.actor) { transaction, _, occasion in
                    if isCheck {
                        let (list, findings) = try load.joined(in: transaction)
                        return LoadAnswer(checked: list.version.id, findings: findings)
                    }
                    let law = try LawFile.builtIn()
                    let (loaded, findings) = try load.perform(in: transaction, law: law, occasion)
                    return LoadAnswer(loaded, asked: day, findings)
                }
            }
            if options.json { try Printed.json(answer) } else { Printed.line(answer.text) }
            if answer.findings.contains(where: { $0.severity == .error }) { throw ExitCode(1) }
        }

        private func rows() throws -> [CSVRow] {
            guard let data = FileManager.default.contents(atPath: file) else {
                throw ValidationError("Cannot read \(file).")
            }
            let bytes = Array(data)
            if XLSXReader.recognises(bytes) { return try XLSXReader(bytes).rows(ofSheet: sheet) }
            return try CSVReader.rows(
                try text(bytes), limits: .init(cellBytesMax: 100_000, cellsMax: 200, rowsMax: 20_000))
        }

        /// As UTF-8, from whatever encoding offices save in.
        private func text(_ bytes: [UInt8]) throws -> [UInt8] {
            let encoding = FileEncoding.detect(bytes)
            let decoded = DecodedText(bytes, as: encoding)
            guard let broken = decoded.broken.first else { return decoded.bytes }
            throw ValidationError(
                "\(file), line \(broken.line), byte \(broken.column): no character of \(encoding.rawValue).")
        }
    }
}

/// What was loaded, and what was found on the way.
private struct LoadAnswer: Encodable, Sendable {
    let version: String
    let loaded: Bool
    /// Why nothing was loaded; null when something was. Chinese.
    let reason: String?
    let findings: [StandardFinding]

    init(checked version: String, findings: [StandardFinding]) {
        (self.version, loaded, reason, self.findings) = (version, false, "只检查，没有载入（--check）。", findings)
    }

    init(_ result: LoadCatalogue.Loaded, asked day: Day, _ findings: [StandardFinding]) {
        self.findings = findings
        switch result {
        case .new(let version): (self.version, loaded, reason) = (version, true, nil)
        case .already(let version, let from):
            let same = "内容相同的目录已经载入，自 \(from) 起有效"
            let other = day == from ? "" : "；施行日没有改为 \(day)，已载入的版本不改施行日"
            (self.version, loaded, reason) = (version, false, same + other + "。")
        }
    }

    var text: String {
        let lines = findings.map { found in
            let column = found.column.isEmpty ? "-" : found.column
            return [
                String(found.number), found.severity.rawValue, "第\(found.line)行", column, found.code,
                found.detail,
            ].joined(separator: "\t")
        }
        let end = "\(version): \(loaded ? "loaded" : "not loaded"), \(findings.count) findings"
        return (lines + [end] + [reason].compactMap(\.self)).joined(separator: "\n")
    }
}
