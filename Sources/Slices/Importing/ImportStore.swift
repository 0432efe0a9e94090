import Storage

/// A value read out of a notice, with the place where it stands.
package struct NoticeValue: Sendable, Hashable, Codable {
    /// Chinese: 采购人, 预算金额.
    package let label: String
    package let value: String
    /// Empty: the whole notice.
    package let lot: String
    /// `字段 NAME` or `正文`.
    package let place: String
    /// The printed words; empty when a field holds the value.
    package let quote: String
}

/// What became of a file's rows: rows = imported + unchanged + refused.
package struct FileReport: Sendable, Codable {
    package let file: String
    package var rows = 0
    package var imported = 0
    package var unchanged = 0
    package var refused = 0
    package var findings: [RefusedRow] = []
    /// What of the imported rows was not used.
    package var losses: [FileLoss] = []
    /// How the file was read: its carrier and encoding.
    package var reading = ""

    package init(file: String) {
        self.file = file
    }

    /// Counts a loss of one row.
    package mutating func lose(_ loss: RowLoss, row: Int) {
        if let index = losses.firstIndex(where: { $0.code == loss.rawValue }) {
            losses[index].rows += 1
        } else {
            losses.append(FileLoss(code: loss.rawValue, rows: 1, firstRow: row, detail: loss.detail))
        }
    }
}

/// A row that could not be imported, or stands twice, so that somebody can mend it.
package struct RefusedRow: Sendable, Hashable, Codable {
    package let row: Int
    package let code: String
    package let detail: String

    package init(row: Int, code: String, detail: String) {
        self.row = row
        self.code = code
        self.detail = detail
    }
}

/// A record as it came, with the form in which it was read.
struct KeptRecord: Sendable {
    let publication: String
    /// `id/version`.
    let form: String
    /// Empty when the law had it erased.
    let content: [UInt8]
}

/// Every statement on the tables of imports.
package struct ImportStore {
    let transaction: Transaction

    /// The hash of the record from which a publication's last edition came, or nil.
    package func lastHash(of publication: String) throws -> String? {
        try transaction.row(
            "SELECT sha256 FROM imported_record WHERE publication = \(publication) ORDER BY n DESC LIMIT 1"
        )?.string("sha256")
    }

    /// Form and version by which its last content was read: `web-page/2026-11-26`.
    func lastForm(of publication: String) throws -> String? {
        try transaction.row(
            "SELECT form FROM imported_record WHERE publication = \(publication) ORDER BY n DESC LIMIT 1"
        )?.string("form")
    }

    package func values(of publication: String) throws -> [NoticeValue] {
        try transaction.rows(
            """
            SELECT label, value, lot, place, quote FROM notice_value WHERE publication = \(publication)
            ORDER BY position LIMIT 1000
            """
        ).map(NoticeValue.init)
    }

    /// The values of several publications, each in its order; 3,000 at most.
    package func values(ofAny publications: [String]) throws -> [(publication: String, value: NoticeValue)] {
        // Answered by the primary key.
        try transaction.rows(
            """
            SELECT publication, label, value, lot, place, quote FROM notice_value
            WHERE publication IN \(list: publications) ORDER BY publication, position LIMIT 3000
            """
        ).map { (try $0.string("publication"), try NoticeValue($0)) }
    }

    /// The sums among the values of several publications, each in its order; 20,000 at most.
    package func sums(ofAny publications: [String]) throws -> [(publication: String, value: NoticeValue)] {
        // Answered by the primary key.
        try transaction.rows(
            """
            SELECT publication, label, value, lot, place, quote FROM notice_value
            WHERE publication IN \(list: publications) AND label IN \(list: NoticeSum.Role.allCases.map(\.title))
            ORDER BY publication, position LIMIT 20000
            """
        ).map { (try $0.string("publication"), try NoticeValue($0)) }
    }

    func insert(
        record content: [UInt8], sha256: String, of publication: String, n: Int, form: String, at now: String
    )
        throws
    {
        try transaction.insert(
            into: "imported_record (publication, n, sha256, form, content, fetched_at)",
            [
                [
                    .text(publication), n.sqlValue, .text(sha256), .text(form), .bytes(content), .text(now),
                ]
            ])
    }

    /// Takes the records away from which editions were made, and what was read out of them.
    func erase(_ publication: String, numbers: [Int]) throws {
        try transaction.execute(
            """
            UPDATE imported_record SET content = \([UInt8]()), sha256 = ''
            WHERE publication = \(publication) AND n IN \(list: numbers)
            """)
        try transaction.execute("DELETE FROM notice_value WHERE publication = \(publication)")
    }

    /// - Parameter isNew: the publication has no values yet.
    func replace(_ values: [NoticeValue], of publication: String, isNew: Bool) throws {
        if !isNew { try transaction.execute("DELETE FROM notice_value WHERE publication = \(publication)") }
        try transaction.insert(
            into: "notice_value (publication, position, label, value, lot, place, quote)",
            values.enumerated().map { index, value in
                [
                    .text(publication), (index + 1).sqlValue, .text(value.label), .text(value.value),
                    .text(value.lot), .text(value.place), .text(value.quote),
                ]
            })
    }

    /// Whether a file in that state was imported from a watched folder.
    package func isImported(stamp: String, into jurisdiction: String) throws -> Bool {
        try transaction.row(
            "SELECT id FROM import_file WHERE stamp = \(stamp) AND jurisdiction = \(jurisdiction) LIMIT 1"
        ) != nil
    }

    package func insert(
        _ report: FileReport, id: String, form: String, jurisdiction: String, stamp: String, at now: String,
        by actor: String
    ) throws {
        try transaction.execute(
            """
            INSERT INTO import_file (id, name, form, jurisdiction, imported_at, imported_by, row_count, imported,
                unchanged, refused, stamp)
            VALUES (\(id), \(report.file), \(form), \(jurisdiction), \(now), \(actor), \(report.rows),
                \(report.imported), \(report.unchanged), \(report.refused), \(stamp))
            """)
        for finding in report.findings {
            try transaction.execute(
                """
                INSERT INTO import_refusal (file, row, code, detail)
                VALUES (\(id), \(finding.row), \(finding.code), \(finding.detail)) ON CONFLICT DO NOTHING
                """)
        }
        for (position, loss) in report.losses.enumerated() {
            try transaction.execute(
                """
                INSERT INTO import_loss (file, position, code, row_count, first_row, detail)
                VALUES (\(id), \(position), \(loss.code), \(loss.rows), \(loss.firstRow), \(loss.detail))
                """)
        }
    }

    /// What of the files of a name was not used, the latest import first; 500 at most.
    package func losses(ofFile name: String) throws -> [FileLoss] {
        try transaction.rows(
            """
            SELECT import_loss.code, import_loss.row_count, import_loss.first_row, import_loss.detail
            FROM import_file JOIN import_loss ON import_loss.file = import_file.id
            WHERE import_file.name = \(name)
            ORDER BY import_file.imported_at DESC, import_file.id, import_loss.position LIMIT 500
            """
        ).map {
            FileLoss(
                code: try $0.string("code"), rows: try $0.int("row_count"),
                firstRow: try $0.int("first_row"), detail: try $0.string("detail"))
        }
    }

    // MARK: Records without links to their twins

    /// The last record of publications whose notices were never compared with others, by id.
    ///
    /// - Parameter publication: the last of the page before; empty for the first.
    func uncompared(after publication: String, limit: Int) throws -> [KeptRecord] {
        try transaction.rows(
            """
            SELECT publication, form, content FROM imported_record
            WHERE publication > \(publication)
                AND n = (SELECT max(n) FROM imported_record AS other
                    WHERE other.publication = imported_record.publication)
                AND NOT EXISTS (SELECT 1 FROM notice_fingerprint
                    WHERE notice_fingerprint.publication = imported_record.publication)
            ORDER BY publication LIMIT \(limit)
            """
        ).map {
            KeptRecord(
                publication: try $0.string("publication"), form: try $0.string("form"),
                content: try $0.bytes("content"))
        }
    }
}

extension NoticeValue {
    init(_ row: Row) throws {
        self.init(
            label: try row.string("label"), value: try row.string("value"), lot: try row.string("lot"),
            place: try row.string("place"), quote: try row.string("quote"))
    }
}

extension Transaction {
    package var imports: ImportStore { ImportStore(transaction: self) }
}
