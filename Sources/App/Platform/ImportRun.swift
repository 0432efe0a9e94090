import ChineseText
import CivilTime
import Importing
import Law
import Obligations
import People
import Storage

/// One file at work.
struct ImportRun {
    let place: Jurisdiction
    let file: FileImport
    let house: House
    var report: FileReport
    private var splitter = LineSplitter(lineBytesMax: 8 << 20)
    private let rules: NoticeRules
    private let forms: [NoticeForm]
    private let law: LawBook
    private var form: NoticeForm?
    private var carrier = FileCarrier.json
    private var encoding = FileEncoding.utf8
    /// Fields that the form reads, and those that it does not, each once.
    private var known: Set<String> = []
    private var unread: [String] = []
    /// Why no form was recognised so far.
    private var unrecognised: NoticeFormProblem?
    private var waiting: [ImportNotice] = []
    private var waitingBytes = 0
    /// The rows of this file by record id: the same id with other content is refused.
    private var seen: [String: (row: Int, hash: String)] = [:]

    init(place: Jurisdiction, law: LawBook, file: FileImport, house: House) throws {
        self.law = law
        rules = try NoticeRules.load(DataFiles.builtIn("notice-checks.json") ?? [])
        forms = try file.form.map { [try NoticeForm.load($0.bytes, file: $0.file)] } ?? NoticeForm.builtIn()
        self.place = place
        self.file = file
        self.house = house
        report = FileReport(file: file.path)
    }

    mutating func begin(_ shape: FileCarrier.Shape, _ encoding: FileEncoding) {
        carrier = shape.carrier
        self.encoding = encoding
        report.reading = shape == .workbook ? "xlsx" : "\(carrier.rawValue), \(encoding.rawValue)"
    }

    /// Takes a file that is read as a whole: a table, a list, or lines in an encoding of wide units.
    mutating func take(
        whole bytes: [UInt8], _ shape: FileCarrier.Shape, _ encoding: FileEncoding,
        progress: (_ rows: Int) -> Void
    ) async throws {
        let (rows, losses) = try FileRows(path: file.path, forms: forms).rows(bytes, shape, encoding)
        report.losses += losses
        for row in rows {
            report.rows += 1
            try await take(row)
            if waiting.count >= FileImport.batchMax || waitingBytes >= FileImport.batchBytesMax {
                try await write()
                progress(report.rows)
            }
        }
    }

    /// Takes the next piece of the file; an empty one is its end.
    mutating func take(_ piece: [UInt8]) async throws {
        var lines: [LineSplitter.Line] = []
        if piece.isEmpty {
            splitter.end { lines.append($0) }
        } else {
            splitter.feed(piece) { lines.append($0) }
        }
        for line in lines {
            try await take(line)
            if waiting.count >= FileImport.batchMax || waitingBytes >= FileImport.batchBytesMax {
                try await write()
            }
        }
    }

    mutating func finish() async throws -> FileReport {
        guard let form else { throw unrecognised ?? nothingRead }
        try await write()
        if !form.ignored.isEmpty {
            report.losses.append(
                FileLoss(
                    code: "fields-ignored", rows: 0, firstRow: 0,
                    detail:
                        "这些字段只是文件里的序号，不属于记录：\(form.ignored.sorted().map { "“\($0)”" }.joined(separator: "、"))。"
                ))
        }
        if !unread.isEmpty {
            report.losses.append(
                FileLoss(
                    code: "fields-unread", rows: 0, firstRow: 0,
                    detail: "这些字段没有读取，只随原始记录保存：\(unread.joined(separator: "、"))。"))
        }
        let (report, code, actor, stamp) = (report, place.code, file.actor, file.stamp)
        let formName = form.id + "/" + form.version
        try await house.act(as: actor) { transaction, _, occasion in
            let id = transaction.newID()
            try transaction.imports.insert(
                report, id: id, form: formName, jurisdiction: code, stamp: stamp, at: occasion.now,
                by: actor)
            transaction.journal(
                occasion.entry(
                    "import.finished", "import", id,
                    ["rows": String(report.rows), "imported": String(report.imported), "form": formName]))
        }
        return report
    }

    /// Why no row was good enough to tell the form by.
    private var nothingRead: any Refusal {
        guard let first = report.findings.first else { return FileImportProblem.empty(file.path) }
        return FileImportProblem.unreadableRows(file.path, rows: report.rows, first: first)
    }

    private mutating func take(_ line: LineSplitter.Line) async throws {
        switch line {
        case .tooLong(let number):
            report.rows += 1
            refuse(RowFinding(row: number, code: .lineTooLong, detail: "The line is longer than 8 MiB."))
        case .bytes(let bytes, let number):
            report.rows += 1
            if encoding == .gb18030 {
                return try await take(LineRow(bytes: bytes, number: number, encoding: encoding).row)
            }
            guard let form = try recognised(by: bytes, row: number) else { return }
            switch NoticeReader(form: form).read(line: bytes, number: number) {
            case .failure(let finding): refuse(finding)
            case .success(let raw): try await accept(raw, form)
            }
        }
    }

    private mutating func take(_ row: CarriedRow) async throws {
        switch row {
        case .refused(let finding): refuse(finding)
        case .value(let value, let number):
            guard let form = try recognised(by: value, row: number) else { return }
            switch NoticeReader(form: form).read(value: value, row: number) {
            case .failure(let finding): refuse(finding)
            case .success(let raw): try await accept(raw, form)
            }
        }
    }

    private mutating func recognised(by value: JSONValue, row: Int) throws -> NoticeForm? {
        if let form { return form }
        do throws(NoticeFormProblem) {
            form = try NoticeForm.recognise(first: value, carrier: carrier, among: forms)
        } catch {
            // A table has one header: what it says of the first row holds for all.
            if carrier == .table { throw error }
            unrecognised = unrecognised ?? error
            refuse(RowFinding(row: row, code: .fieldMissing, detail: error.detail))
        }
        return form
    }

    /// The form of the file, by its first row that fits one. Rows before it are refused by themselves.
    private mutating func recognised(by line: [UInt8], row: Int) throws -> NoticeForm? {
        if let form { return form }
        do throws(NoticeFormProblem) {
            form = try NoticeForm.recognise(firstRow: line, among: forms)
        } catch {
            switch error {
            case .notJSONLines(let detail):
                unrecognised = unrecognised ?? error
                refuse(RowFinding(row: row, code: .invalidJSON, detail: detail))
            case .unknownForm:
                unrecognised = error
                refuse(RowFinding(row: row, code: .fieldMissing, detail: error.detail))
            case .badFormFile: throw error
            }
        }
        return form
    }

    private mutating func accept(_ raw: RawNotice, _ form: NoticeForm) async throws {
        let hash = ContentHash.sha256(raw.canonicalBytes)
        if let twin = seen[raw.recordID] {
            if twin.hash == hash {
                report.unchanged += 1
                tell(
                    RowFinding(
                        row: raw.row, code: .repeatedRow,
                        detail: "Row \(twin.row) is the same record with the same content; it counts once."))
            } else {
                refuse(
                    RowFinding(
                        row: raw.row, code: .duplicateRecord,
                        detail: "Row \(twin.row) has the same record id with other content."))
            }
            return
        }
        seen[raw.recordID] = (raw.row, hash)
        let notice = NoticeExtraction(form: form).extract(raw)
        note(raw, notice, form)
        waitingBytes += raw.canonicalBytes.count
        waiting.append(
            ImportNotice(
                notice: notice, content: raw.canonicalBytes, hash: hash, jurisdiction: place,
                source: file.source ?? form.source,
                findings: checks(notice)
                    + ClaimedDayCheck(form: form, rules: rules, today: house.clock.today)
                    .findings(notice)))
    }

    /// Of a title or an excerpt nothing can be said to be missing.
    private func checks(_ notice: ParsedNotice) -> [NoticeFinding] {
        guard notice.isWhole else { return [] }
        return NoticeChecks(rules: rules, law: law, calendar: law.calendar(in: place.code)).findings(
            notice)
    }

    /// Counts what of the row is not used.
    private mutating func note(_ raw: RawNotice, _ notice: ParsedNotice, _ form: NoticeForm) {
        for loss in raw.losses { report.lose(loss, row: raw.row) }
        if let day = notice.published.day, day > house.clock.today {
            report.lose(.dayImplausible, row: raw.row)
        }
        if notice.buyer == nil { report.lose(.bodyMissing, row: raw.row) }
        if notice.kind == .unmapped { report.lose(.kindUnmapped, row: raw.row) }
        if known.isEmpty { known = form.readFields }
        for name in raw.fieldNames where unread.count < 100 && known.insert(name).inserted {
            unread.append(name)
        }
    }

    private mutating func refuse(_ finding: RowFinding) {
        report.refused += 1
        tell(finding)
    }

    private mutating func tell(_ finding: RowFinding) {
        report.findings.append(
            RefusedRow(row: finding.row, code: finding.code.rawValue, detail: finding.detail))
    }

    /// Writes the rows that wait in one transaction; when one of them is refused, each in its own.
    private mutating func write() async throws {
        let rows = waiting
        waiting = []
        waitingBytes = 0
        guard !rows.isEmpty else { return }
        do {
            count(try await perform(rows))
        } catch is any Refusal {
            for row in rows {
                do {
                    count(try await perform([row]))
                } catch let refusal as any Refusal {
                    report.refused += 1
                    report.findings.append(
                        RefusedRow(row: row.notice.row, code: refusal.code, detail: refusal.detail))
                }
            }
        }
    }

    private func perform(_ rows: [ImportNotice]) async throws -> [ImportNotice.Outcome] {
        do {
            return try await performOnce(rows)
        } catch StorageError.unique {
            // Another process has just imported one of them: it is found the second time.
            return try await performOnce(rows)
        }
    }

    private func performOnce(_ rows: [ImportNotice]) async throws -> [ImportNotice.Outcome] {
        try await house.act(as: file.actor) { transaction, law, occasion in
            try rows.map { try $0.perform(in: transaction, law: law, occasion) }
        }
    }

    private mutating func count(_ outcomes: [ImportNotice.Outcome]) {
        for outcome in outcomes {
            switch outcome {
            case .imported: report.imported += 1
            case .unchanged: report.unchanged += 1
            }
        }
    }
}
