import Foundation
import Spreadsheet
import Testing

/// Workbooks written by two other programs, and broken by hand.
private func workbook(_ name: String) throws -> [UInt8] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    return Array(try Data(contentsOf: folder.appending(path: "Workbooks/\(name).xlsx")))
}

@Suite struct `A workbook` {
    @Test(arguments: ["standard-catalogue", "inline-texts"])
    func `gives its cells as text, row by row`(name: String) throws {
        let book = try XLSXReader(try workbook(name))
        #expect(book.sheetNames == ["住房保障", "second"])
        let rows = try book.rows()
        #expect(rows.map(\.line) == Array(1...9))
        #expect(rows[3].cells[3] == "1.任务量\n2.开工套数")
        #expect(rows[3].cells[0] == "1")
        #expect(rows[8].cells == ["注：本表为测试而编"])
    }

    @Test(arguments: ["standard-catalogue", "inline-texts"])
    func `gives a merged text to every cell it covers`(name: String) throws {
        let rows = try XLSXReader(try workbook(name)).rows()
        #expect(rows[0].cells == Array(repeating: "示例市住房保障领域标准目录", count: 13))
        #expect(rows[1].cells[1] == "公开事项" && rows[1].cells[2] == "公开事项")
        #expect(rows[2].cells[1] == "一级事项" && rows[2].cells[0] == "序号")
        #expect(rows[3].cells[1] == "规划计划" && rows[4].cells[1] == "规划计划")
        #expect(rows[5...7].allSatisfy { $0.cells[1] == "配给管理" })
    }

    @Test func `keeps the places of cells and the values of formulas`() throws {
        let rows = try XLSXReader(try workbook("standard-catalogue")).rows(ofSheet: "second")
        #expect(rows.map(\.line) == [3, 5])
        #expect(rows[0].cells == ["", "x", "", "1.5"])
        #expect(rows[1].cells == ["1", "", "2"])
        #expect(throws: SheetError(.noSheet, in: "third")) {
            try XLSXReader(try workbook("standard-catalogue")).rows(ofSheet: "third")
        }
    }
}

@Suite struct `A workbook that is refused` {
    private func fault(_ bytes: [UInt8]) -> SheetError.Fault? {
        do throws(SheetError) {
            _ = try XLSXReader(bytes).rows()
            return nil
        } catch {
            return error.fault
        }
    }

    @Test(arguments: [
        ("too-large", SheetError.Fault.entryTooLarge), ("lying-size", .broken),
        ("document-type", .documentType),
        ("wrong-text", .badCell),
    ])
    func `says why`(name: String, expected: SheetError.Fault) throws {
        #expect(fault(try workbook(name)) == expected)
    }

    @Test func `is no zip, or half of one`() throws {
        let whole = try workbook("standard-catalogue")
        #expect(fault([]) == .notZip)
        #expect(fault(Array("item,title\n".utf8)) == .notZip)
        #expect(fault(Array(whole.dropLast(10))) == .notZip)
        #expect(fault(Array(whole.dropFirst(40))) != nil)
        for cut in stride(from: 22, to: whole.count, by: 97) {
            #expect(fault(Array(whole.prefix(cut))) != nil)
        }
    }

    @Test func `is broken in any byte that is checked`() throws {
        let whole = try workbook("standard-catalogue")
        // Whatever a changed byte does, it ends in an answer or a fault.
        for place in stride(from: 0, to: whole.count, by: 13) {
            var changed = whole
            changed[place] ^= 0xFF
            _ = fault(changed)
        }
    }

    @Test func `is beyond a limit`() throws {
        let bytes = try workbook("standard-catalogue")
        #expect(throws: SheetError(.fileTooLarge)) {
            try ZipArchive(bytes, limits: .init(fileBytesMax: 100))
        }
        #expect(throws: SheetError(.tooManyEntries)) { try ZipArchive(bytes, limits: .init(entriesMax: 3)) }
        #expect(throws: SheetError.self) { try ZipArchive(bytes, limits: .init(totalBytesMax: 1_000)) }
        #expect(throws: SheetError.self) {
            try XLSXReader(bytes, limits: .init(cellBytesMax: 10, cellsMax: 200, rowsMax: 100)).rows()
        }
        #expect(throws: SheetError.self) {
            try XLSXReader(bytes, limits: .init(cellBytesMax: 1_000, cellsMax: 5, rowsMax: 100)).rows()
        }
        #expect(throws: SheetError.self) {
            try XLSXReader(bytes, limits: .init(cellBytesMax: 1_000, cellsMax: 200, rowsMax: 4)).rows()
        }
    }
}
