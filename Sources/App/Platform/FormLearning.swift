import ChineseText
import Foundation
import Importing

/// Drafts a form from a file that no form fits.
package struct FormLearning: Sendable {
    package let path: String

    package init(path: String) {
        self.path = path
    }

    private static let bytesMax = 32 << 20

    /// The draft as a file's text.
    ///
    /// - Throws: `FileImportProblem` when the file cannot be read or holds no rows.
    package func draft() throws -> String {
        let bytes = try content()
        let (shape, encoding) = FileImport.look(at: bytes)
        let rows = try rows(bytes, shape, encoding)
        let name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
        return FormDraft(name: name, carrier: shape.carrier, rows: rows).text
    }

    private func rows(_ bytes: [UInt8], _ shape: FileCarrier.Shape, _ encoding: FileEncoding) throws
        -> [JSONValue]
    {
        let found = try FileRows(path: path, isHeader: Self.isLikeHeader).rows(bytes, shape, encoding).rows
        let rows = found.prefix(FormDraft.rowsMax).compactMap { row -> JSONValue? in
            guard case .value(let value, _) = row, value.members != nil else { return nil }
            return value
        }
        guard rows.isEmpty else { return rows }
        guard case .refused(let first) = found.first else { throw FileImportProblem.empty(path) }
        throw FileImportProblem.unreadableRows(
            path, rows: found.count,
            first: RefusedRow(row: first.row, code: first.code.rawValue, detail: first.detail))
    }

    /// Several names, each once: a heading over the table is one text in one cell or in all.
    private static func isLikeHeader(_ cells: Set<String>) -> Bool {
        cells.count { !$0.isEmpty } > 1
    }

    private func content() throws -> [UInt8] {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw FileImportProblem.unreadable(path)
        }
        defer { handle.closeFile() }
        do {
            let bytes = [UInt8](try handle.read(upToCount: Self.bytesMax + 1) ?? Data())
            // Of a longer file of lines the first part is enough; a table is only whole as a whole.
            guard bytes.count > Self.bytesMax else { return bytes }
            guard FileCarrier.shape(of: bytes) == .lines, let end = bytes.lastIndex(of: 0x0A) else {
                throw FileImportProblem.tooLarge(path)
            }
            return Array(bytes[...end])
        } catch let problem as FileImportProblem {
            throw problem
        } catch {
            throw FileImportProblem.unreadable(path)
        }
    }
}
