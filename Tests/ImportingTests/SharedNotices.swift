import Foundation
import Law

@testable import Importing

/// The real notices that tests may find beside the checkout. They are not part of it.
enum SharedNotices {
    static let absent =
        "The folder of shared test data is not there; set SUNDIAL_SHARED or put it beside the checkout."

    /// The folder of shared data, or nil.
    static let folder: URL? = {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let shared =
            ProcessInfo.processInfo.environment["SUNDIAL_SHARED"].map { URL(fileURLWithPath: $0) }
            ?? root.deletingLastPathComponent().appendingPathComponent("shared")
        let data = shared.appendingPathComponent("data")
        return FileManager.default.fileExists(atPath: data.path) ? data : nil
    }()

    static let file: URL? = folder.map {
        $0.appendingPathComponent("notices/national_platform_2026-03.jsonl")
    }

    /// Every notice of the file, in its order.
    static func parsed() throws -> [ParsedNotice] {
        guard let file else { return [] }
        let form = try builtInForm()
        let reader = NoticeReader(form: form)
        let extraction = NoticeExtraction(form: form)
        var splitter = LineSplitter(lineBytesMax: form.limits.lineBytesMax)
        var notices: [ParsedNotice] = []
        let take: (LineSplitter.Line) throws -> Void = { line in
            if case .bytes(let bytes, let number) = line {
                notices.append(extraction.extract(try reader.read(line: bytes, number: number).get()))
            }
        }
        try splitter.feed([UInt8](Data(contentsOf: file)), line: take)
        try splitter.end(line: take)
        return notices
    }
}

func builtInForm() throws -> NoticeForm {
    try NoticeForm.load(DataFiles.builtIn("form-national-platform.json") ?? [])
}

func builtInChecks() throws -> NoticeChecks {
    let law = try LawBook.builtIn()
    return NoticeChecks(
        rules: try NoticeRules.load(DataFiles.builtIn("notice-checks.json") ?? []), law: law,
        calendar: law.calendar)
}

extension ParsedNotice {
    /// `budget 60000000`, in 分; sums in doubt as `budget ?`.
    var sumLines: Set<String> {
        Set(sums.map { "\($0.role.rawValue) \($0.sum.fen.map(String.init) ?? "?")" })
    }

    /// `bidDeadline 2026-03-27 09:00`
    var timeLines: Set<String> {
        Set(times.map { "\($0.role.rawValue) \($0.day)" + ($0.time.map { " " + $0 } ?? "") })
    }

    /// `procurement.bid_deadline 2026-03-27 09:00 stated`
    var eventLines: Set<String> {
        Set(
            events.map { "\($0.kind) \($0.day)" + ($0.time.map { " " + $0 } ?? "") + " \($0.basis.rawValue)" }
        )
    }

    /// `A 10000000 -`: number, budget, ceiling.
    var lotLines: [String] {
        lots.map { lot in
            "\(lot.number) \(lot.budget?.fen.map(String.init) ?? "-") \(lot.ceiling?.fen.map(String.init) ?? "-")"
        }
    }

    /// `1 名称 69875743`: rank, name, price.
    var awardLines: [String] {
        awards.map { award in
            "\(award.rank.map(String.init) ?? "-") \(award.name) \(award.price?.fen.map(String.init) ?? "-")"
        }
    }
}
