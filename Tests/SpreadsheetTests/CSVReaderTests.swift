import Spreadsheet
import Testing

@Suite struct `Reading comma-separated values` {
    private func cells(_ text: String) throws -> [[String]] {
        try CSVReader.rows(Array(text.utf8)).map(\.cells)
    }

    // The expected answers follow the grammar of RFC 4180, section 2, rule by rule.
    @Test(arguments: [
        ("a,b\r\nc,d\r\n", [["a", "b"], ["c", "d"]]),
        ("a,b\nc,d", [["a", "b"], ["c", "d"]]),
        ("a,b\rc,d\r", [["a", "b"], ["c", "d"]]),
        ("\u{FEFF}a,b\n", [["a", "b"]]),
        ("\"a\",\"b\"\n", [["a", "b"]]),
        ("\"a,1\",b\n", [["a,1", "b"]]),
        ("\"a\nb\",c\n", [["a\nb", "c"]]),
        ("\"a\r\nb\",c\n", [["a\r\nb", "c"]]),
        ("\"he said \"\"no\"\"\",c\n", [["he said \"no\"", "c"]]),
        (",\n", [["", ""]]),
        ("a,", [["a", ""]]),
        ("\"\"\n", [[""]]),
        (" a , b \n", [[" a ", " b "]]),
        ("a\n\n\nb\n", [["a"], ["b"]]),
        ("", []),
        ("\n\r\n", []),
        ("公开事项,《政府采购法》\n", [["公开事项", "《政府采购法》"]]),
    ])
    func `follows the grammar`(text: String, expected: [[String]]) throws {
        #expect(try cells(text) == expected)
    }

    @Test(arguments: [
        ("a\n\"never closed", CSVError.Fault.unclosedQuote, 2),
        ("\"open\n\n\n", .unclosedQuote, 1),
        ("\"a\"b,c\n", .textAfterQuote, 1),
        ("a\nb\"c\"\n", .strayQuote, 2),
        ("a\u{0}b\n", .nul, 1),
        ("\"x\ny\"\n\"z\u{0}\"\n", .nul, 3),
    ])
    func `refuses what has no single meaning and names the line`(
        text: String, fault: CSVError.Fault, line: Int
    ) {
        #expect(throws: CSVError(fault, line: line)) { try cells(text) }
    }

    @Test func `refuses bytes that are not UTF-8`() {
        for bytes: [UInt8] in [[0xC4, 0xFA, 0xBA, 0xC3], [0x61, 0xC0, 0x80], [0xED, 0xA0, 0x80], [0xFF]] {
            #expect(throws: CSVError(.notUTF8, line: 1)) { try CSVReader.rows(bytes) }
        }
    }

    @Test func `stops at its limits`() {
        let limits = CSVReader.Limits(cellBytesMax: 5, cellsMax: 3, rowsMax: 2)
        func read(_ text: String) throws { _ = try CSVReader.rows(Array(text.utf8), limits: limits) }
        #expect(throws: Never.self) { try read("12345,b,c\nd\n") }
        #expect(throws: CSVError(.cellTooLong, line: 1)) { try read("123456\n") }
        #expect(throws: CSVError(.cellTooLong, line: 1)) { try read("\"123456\n") }
        #expect(throws: CSVError(.tooManyCells, line: 2)) { try read("a\nb,c,d,e\n") }
        #expect(throws: CSVError(.tooManyRows, line: 3)) { try read("a\nb\nc\n") }
    }

    @Test func `survives any bytes`() {
        var generator = SplitMix(state: 20_260_801)
        for _ in 0..<2_000 {
            let alphabet: [UInt8] = [0x22, 0x22, 0x2C, 0x0A, 0x0D, 0x61, 0xE5, 0x85, 0xAC, 0x00, 0xFF]
            let bytes = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
                alphabet.randomElement(using: &generator) ?? 0
            }
            do {
                _ = try CSVReader.rows(bytes)
            } catch {
                #expect(error.line >= 1)
            }
        }
    }

    @Test func `reads back what was written`() throws {
        let rows = [
            ["a", "b,c", "d\"e", "f\ng", "h\r\ni", " j ", "", "中标结果"],
            ["=1+1", "'", "\"", "\"\"", ",", "\n", "\r", "x"],
        ]
        let text = rows.map { CSVWriter.line($0) }.joined()
        #expect(try cells(text) == rows)
    }

    @Test func `can be written so that no spreadsheet program runs it`() {
        #expect(
            CSVWriter.line(["=HYPERLINK(1)", "+1", "ok"], guardingFormulas: true) == "'=HYPERLINK(1),'+1,ok\n"
        )
    }
}

@Suite struct `A table` {
    @Test func `is read by column name`() throws {
        let table = try CSVTable(Array("item,title\nI-1,采购公告\n".utf8))
        #expect(table.columns == ["item", "title"])
        #expect(table.records.map { $0["title"] } == ["采购公告"])
        #expect(table.records[0]["none"] == nil)
        #expect(table.records[0].line == 2)
    }

    @Test(arguments: [
        ("", CSVError.Fault.noHeader, 1), ("a,a\n", .repeatedColumn, 1), ("a,b\n1\n", .raggedRow, 2),
        ("a\n1\n1,2\n", .raggedRow, 3),
    ])
    func `refuses a broken shape`(text: String, fault: CSVError.Fault, line: Int) {
        #expect(throws: CSVError(fault, line: line)) { try CSVTable(Array(text.utf8)) }
    }
}

private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
