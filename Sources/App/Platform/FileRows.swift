import ChineseText
import Foundation
import Importing
import Markup
import Spreadsheet

/// The rows of a file that is read as a whole.
struct FileRows {
    let path: String
    private let isHeader: (Set<String>) -> Bool
    /// What columns without a row below have to be.
    private let checkColumns: ([String]) throws -> Void

    init(path: String, forms: [NoticeForm]) {
        self.path = path
        isHeader = { columns in forms.contains { $0.isHeader(columns) } }
        checkColumns = { _ = try NoticeForm.recognise($0, .table, among: forms) }
    }

    init(path: String, isHeader: @escaping (Set<String>) -> Bool) {
        self.path = path
        self.isHeader = isHeader
        checkColumns = { _ in }
    }

    /// - Throws: `FileImportProblem` when the file as a whole cannot be read; a single bad row is refused by itself.
    func rows(
        _ bytes: [UInt8], _ shape: FileCarrier.Shape, _ encoding: FileEncoding
    ) throws -> (rows: [CarriedRow], losses: [FileLoss]) {
        switch shape {
        case .foreign(let name, let remedy):
            throw FileImportProblem.foreign(path, name: name, remedy: remedy)
        case .workbook, .separated: (try table(bytes, shape, encoding).rows, [])
        case .list: (try list(DecodedText(bytes, as: encoding).bytes), [])
        case .lines: (lines(DecodedText(bytes, as: encoding).bytes), [])
        case .page: try page(DecodedText(bytes, as: encoding))
        }
    }

    private func page(_ text: DecodedText) throws -> (rows: [CarriedRow], losses: [FileLoss]) {
        if let broken = text.broken.first { return ([.refused(RowFinding(row: 1, broken))], []) }
        do throws(HTMLProblem) {
            let page = try CarriedPage(name: URL(fileURLWithPath: path).lastPathComponent, text.bytes)
            return ([.value(page.row, row: 1)], page.losses)
        } catch {
            throw FileImportProblem.page(path, detail: error.detail)
        }
    }

    func table(
        _ bytes: [UInt8], _ shape: FileCarrier.Shape, _ encoding: FileEncoding
    ) throws -> CarriedTable {
        do {
            let table =
                shape == .workbook
                ? try CarriedTable(workbook: bytes, isHeader: isHeader)
                : try CarriedTable(separated: DecodedText(bytes, as: encoding), isHeader: isHeader)
            if table.rows.isEmpty, !table.columns.isEmpty { try checkColumns(table.columns) }
            return table
        } catch let error as CSVError {
            throw FileImportProblem.table(path, detail: "第 \(error.line) 行：\(error.fault.rawValue)")
        } catch let error as SheetError {
            throw FileImportProblem.table(path, detail: "\(error)")
        }
    }

    /// A list that breaks is refused as a whole: what stands behind the break cannot be told apart.
    private func list(_ text: [UInt8]) throws -> [CarriedRow] {
        do throws(JSONProblem) {
            let values = try JSONReader.read(text).array ?? []
            return values.enumerated().map { .value($1, row: $0 + 1) }
        } catch {
            let before = text.prefix(error.offset)
            let start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
            throw FileImportProblem.list(
                path, line: before.count { $0 == 0x0A } + 1, byte: error.offset - start + 1,
                detail: error.detail)
        }
    }

    private func lines(_ text: [UInt8]) -> [CarriedRow] {
        var rows: [CarriedRow] = []
        var splitter = LineSplitter(lineBytesMax: 8 << 20)
        let take = { (line: LineSplitter.Line) in
            switch line {
            case .tooLong(let number):
                rows.append(
                    .refused(
                        RowFinding(row: number, code: .lineTooLong, detail: "The line is longer than 8 MiB."))
                )
            case .bytes(let bytes, let number):
                rows.append(LineRow(bytes: bytes, number: number, encoding: .utf8).row)
            }
        }
        splitter.feed(text, line: take)
        splitter.end(line: take)
        return rows
    }
}

/// One line of JSON in an encoding.
struct LineRow {
    let bytes: [UInt8]
    let number: Int
    let encoding: FileEncoding

    var row: CarriedRow {
        let text = DecodedText(bytes, as: encoding)
        if let broken = text.broken.first {
            return .refused(
                RowFinding(
                    row: number, BrokenByte(line: number, column: broken.column, byte: broken.byte)))
        }
        do throws(JSONProblem) {
            return .value(try JSONReader.read(text.bytes), row: number)
        } catch {
            return .refused(RowFinding(row: number, error))
        }
    }
}
