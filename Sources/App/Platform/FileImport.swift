import ChineseText
import CivilTime
import Foundation
import Importing
import Law
import Obligations
import People
import Storage

/// Imports one file of notices, in short transactions, so that a running server goes on writing.
///
/// Each row is in wholly or not at all; after an interruption a second run takes what is missing.
package struct FileImport: Sendable {
    package let path: String
    package let jurisdiction: String
    /// The source's name; the form's own when nil.
    package let source: String?
    package let actor: String
    /// A form file's content; nil to recognise the file among the built-in forms.
    package let form: (file: String, bytes: [UInt8])?
    /// The state in which a watched folder showed the file; empty for one that was named.
    package let stamp: String

    package init(
        path: String, jurisdiction: String, source: String? = nil, actor: String,
        form: (file: String, bytes: [UInt8])? = nil,
        stamp: String = ""
    ) {
        self.path = path
        self.jurisdiction = jurisdiction
        self.source = source
        self.actor = actor
        self.form = form
        self.stamp = stamp
    }

    /// Rows in one transaction: enough to share its cost, few enough to be over within a second.
    static let batchMax = 512
    static let batchBytesMax = 16 << 20
    private static let pieceBytes = 1 << 20
    /// A table or a list is read as a whole; lines of JSON may be of any number.
    private static let wholeBytesMax = 256 << 20

    /// - Parameter progress: told after each batch: rows done, bytes read, bytes in all.
    /// - Throws: `FileImportProblem` when the file cannot be read or is of no known form.
    package func run(
        in house: House, progress: @Sendable (_ rows: Int, _ bytes: Int, _ of: Int) -> Void = { _, _, _ in }
    ) async throws -> FileReport {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw FileImportProblem.unreadable(path)
        }
        defer { handle.closeFile() }
        let size = try read { try Int(handle.seekToEnd()) }
        try read { try handle.seek(toOffset: 0) }
        let (place, law) = try await house.database.read { [law = house.law] transaction in
            (try transaction.jurisdictions.jurisdiction(jurisdiction), try law.book(in: transaction))
        }
        guard let place else { throw LedgerProblem.unknownJurisdiction(jurisdiction) }
        var run = try ImportRun(place: place, law: law, file: self, house: house)
        var piece = try readPiece(handle)
        let (shape, encoding) = Self.look(at: piece)
        run.begin(shape, encoding)
        guard shape == .lines, encoding == .utf8 || encoding == .gb18030 else {
            guard size <= Self.wholeBytesMax else { throw FileImportProblem.tooLarge(path) }
            while true {
                let more = try readPiece(handle)
                if more.isEmpty { break }
                piece += more
            }
            try await run.take(whole: piece, shape, encoding) { progress($0, size, size) }
            return try await run.finish()
        }
        var bytes = 0
        while true {
            bytes += piece.count
            try await run.take(piece)
            progress(run.report.rows, bytes, size)
            if piece.isEmpty { break }
            piece = try readPiece(handle)
        }
        return try await run.finish()
    }

    /// What the first piece of a file says of the whole: what carries its rows, and in which encoding.
    static func look(at first: [UInt8]) -> (FileCarrier.Shape, FileEncoding) {
        let shape = FileCarrier.shape(of: first)
        switch shape {
        case .workbook, .foreign: return (shape, .utf8)
        default: break
        }
        let encoding = FileEncoding.detect(first)
        let isPlain = encoding == .utf8 && !first.starts(with: [0xEF, 0xBB, 0xBF])
        return (isPlain ? shape : FileCarrier.shape(of: DecodedText(first, as: encoding).bytes), encoding)
    }

    private func readPiece(_ handle: FileHandle) throws -> [UInt8] {
        try read { [UInt8](try handle.read(upToCount: Self.pieceBytes) ?? Data()) }
    }

    /// A folder, or a disk that fails, is no file to import.
    private func read<Value>(_ work: () throws -> Value) throws -> Value {
        do {
            return try work()
        } catch {
            throw FileImportProblem.unreadable(path)
        }
    }
}

/// Why a whole file cannot be imported.
package enum FileImportProblem: Refusal, Hashable {
    case unreadable(String)
    case empty(String)
    /// There are rows, and none can be read: how many, and why the first cannot.
    case unreadableRows(String, rows: Int, first: RefusedRow)
    case tooLarge(String)
    /// A kind of file that holds no rows as it is.
    case foreign(String, name: String, remedy: String)
    /// A table that has no single reading: where, and what about it.
    case table(String, detail: String)
    /// A list of JSON that breaks: where, and what about it.
    case list(String, line: Int, byte: Int, detail: String)
    /// A web page that cannot be read.
    case page(String, detail: String)

    package var kind: RefusalKind { .invalid }

    package var code: String {
        switch self {
        case .unreadable: "file-unreadable"
        case .empty: "file-empty"
        case .unreadableRows: "rows-unreadable"
        case .tooLarge: "file-too-large"
        case .foreign: "file-kind-unknown"
        case .table: "table-unreadable"
        case .list: "list-unreadable"
        case .page: "page-unreadable"
        }
    }

    package var detail: String {
        switch self {
        case .unreadable(let path): "无法读取文件“\(path)”；请核对路径和权限。"
        case .empty(let path): "文件“\(path)”里没有任何记录。"
        case .unreadableRows(let path, let rows, let first):
            "文件“\(path)”的 \(rows) 行没有一行能够读取；第 \(first.row) 行 [\(first.code)]：\(first.detail)"
        case .tooLarge(let path): "文件“\(path)”超过 256 MiB；请拆分，或者存为每行一个对象的 JSON。"
        case .foreign(let path, let name, let remedy): "文件“\(path)”是\(name)；\(remedy)。"
        case .page(let path, let detail): "网页“\(path)”无法读取：\(detail)。"
        case .list(let path, let line, let byte, let detail):
            "文件“\(path)”的 JSON 列表无法读取，没有采集任何一行：第 \(line) 行第 \(byte) 字节：\(detail)。"
        case .table(let path, let detail): "文件“\(path)”的表格无法读取，没有采集任何一行：\(detail)。"
        }
    }
}
