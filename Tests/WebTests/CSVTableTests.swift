import Testing
import Web

@Suite struct `CSV tables` {
    @Test func `follow RFC 4180 with a byte order mark`() {
        var table = CSVTable(columns: ["名称", "金额"])
        table.append(["甲,乙\"丙\"\n丁", "3.50"])
        #expect(Array(table.bytes.prefix(3)) == [0xEF, 0xBB, 0xBF])
        #expect(
            String(decoding: table.bytes.dropFirst(3), as: UTF8.self)
                == "名称,金额\r\n\"甲,乙\"\"丙\"\"\n丁\",3.50\r\n")
    }

    @Test(arguments: [
        ("=1+1", "'=1+1"), ("@SUM(A1)", "'@SUM(A1)"), ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("-2+3", "'-2+3"),
        ("-3", "-3"), ("+3.5", "+3.5"), ("-", "'-"), ("-.5", "'-.5"), ("--3", "'--3"), ("\tx", "'\tx"),
        ("2026-01-01", "2026-01-01"),
        ("", ""),
    ])
    func `keep a spreadsheet from running a cell`(cell: String, written: String) {
        #expect(String(decoding: CSVTable.line([cell]), as: UTF8.self) == written + "\r\n")
    }
}
