import ChineseText
import Spreadsheet
import Testing

@testable import Importing

@Suite struct `A table of rows` {
    private func table(
        _ text: String, header: Set<String> = ["编号", "名称"]
    ) throws -> CarriedTable {
        try CarriedTable(separated: DecodedText(Array(text.utf8), as: .utf8)) { $0.isSuperset(of: header) }
    }

    private func cells(_ row: CarriedRow) -> [String]? {
        guard case .value(let value, _) = row else { return nil }
        return value.members?.compactMap(\.value.string)
    }

    private func finding(_ row: CarriedRow) -> RowFinding? {
        guard case .refused(let finding) = row else { return nil }
        return finding
    }

    @Test func `has one object a row, with the line where it starts`() throws {
        let table = try table("编号,名称\r\nQS1,\"一\n二\"\r\nQS2,三\r\n")
        #expect(table.columns == ["编号", "名称"])
        #expect(table.rows.map { cells($0) } == [["QS1", "一\n二"], ["QS2", "三"]])
        guard case .value(_, 4) = table.rows[1] else {
            Issue.record("the second row starts on line 4")
            return
        }
    }

    @Test func `finds its header below a heading`() throws {
        let table = try table("青石县2026年项目表,\n 编号 ,名称\nQS1,一\n")
        #expect(table.rowsAbove == 1)
        #expect(table.columns == ["编号", "名称"])
        #expect(table.rows.count == 1)
    }

    @Test(arguments: ["编号\t名称\nQS1\t一", "编号;名称\nQS1;一"])
    func `may be separated by tabs or semicolons`(text: String) throws {
        #expect(try table(text).rows.map { cells($0) } == [["QS1", "一"]])
    }

    @Test func `numbers a column that repeats`() throws {
        #expect(try table("编号,名称,名称\nQS1,一,二\n").columns == ["编号", "名称", "名称 (2)"])
    }

    @Test func `refuses a row with more or fewer cells, and goes on`() throws {
        let rows = try table("编号,名称\nQS1\nQS2,二,多\nQS3,三,\nQS4,四\n").rows
        #expect(rows.map { finding($0)?.code } == [.rowRagged, .rowRagged, nil, nil])
        #expect(finding(rows[0])?.row == 2)
    }

    @Test func `refuses a row with a broken byte, and goes on`() throws {
        let bytes = Array("编号,名称\nQS1,青石县图书馆书架采购\nQS2,".utf8) + [0xFF] + Array("\nQS3,三\n".utf8)
        let table = try CarriedTable(separated: DecodedText(bytes, as: .utf8)) { _ in true }
        #expect(table.rows.map { finding($0)?.code } == [nil, .bytesBroken, nil])
        #expect(finding(table.rows[1])?.detail.contains("Line 3, byte 5: 0xFF") == true)
    }

    @Test func `is refused as a whole where a quote never closes`() {
        #expect(throws: CSVError.self) { try table("编号,名称\nQS1,\"一\n") }
    }
}

@Suite struct `What carries a file's rows` {
    @Test(arguments: [
        ("{\"a\":1}\n{\"a\":2}", FileCarrier.Shape.lines), ("no json\n{\"a\":1}", .lines),
        ("[\n {\"a\":1},\n{\"a\":2}]", .list), ("[1]\n{\"a\":1}", .lines),
        ("编号,名称\n1,2", .separated), ("PK\u{3}\u{4}rest", .workbook), ("", .separated),
    ])
    func `is told by its first bytes`(text: String, shape: FileCarrier.Shape) {
        #expect(FileCarrier.shape(of: Array(text.utf8)) == shape)
    }

    @Test func `is none for an old workbook or a PDF`() {
        for first: [UInt8] in [[0xD0, 0xCF, 0x11, 0xE0], Array("%PDF-1.7".utf8)] {
            guard case .foreign = FileCarrier.shape(of: first) else {
                Issue.record("it holds no rows")
                continue
            }
        }
    }
}
