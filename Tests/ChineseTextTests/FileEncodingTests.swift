import Testing

@testable import ChineseText

/// The bytes were made with Python's codecs.
@Suite struct `The encoding of a file` {
    static let text = "郑政出〔2019〕号㐂𠀀"
    static let gb18030: [UInt8] = [
        0xD6, 0xA3, 0xD5, 0xFE, 0xB3, 0xF6, 0xA1, 0xB2, 0x32, 0x30, 0x31, 0x39,
        0xA1, 0xB3, 0xBA, 0xC5, 0x81, 0x39, 0xEF, 0x31, 0x95, 0x32, 0x82, 0x36,
    ]
    static let little: [UInt8] = [
        0xD1, 0x90, 0x3F, 0x65, 0xFA, 0x51, 0x14, 0x30, 0x32, 0x00, 0x30, 0x00,
        0x31, 0x00, 0x39, 0x00, 0x15, 0x30, 0xF7, 0x53, 0x02, 0x34, 0x40, 0xD8,
        0x00, 0xDC,
    ]
    static let big: [UInt8] = [
        0x90, 0xD1, 0x65, 0x3F, 0x51, 0xFA, 0x30, 0x14, 0x00, 0x32, 0x00, 0x30,
        0x00, 0x31, 0x00, 0x39, 0x30, 0x15, 0x53, 0xF7, 0x34, 0x02, 0xD8, 0x40,
        0xDC, 0x00,
    ]

    @Test(arguments: [
        (Array(text.utf8), FileEncoding.utf8), ([0xEF, 0xBB, 0xBF] + Array(text.utf8), .utf8),
        (gb18030, .gb18030), ([0xFF, 0xFE] + little, .utf16LittleEndian),
        ([0xFE, 0xFF] + big, .utf16BigEndian),
    ])
    func `is found and the text comes out the same`(bytes: [UInt8], expected: FileEncoding) {
        #expect(FileEncoding.detect(bytes) == expected)
        let decoded = DecodedText(bytes, as: expected)
        #expect(String(decoding: decoded.bytes, as: UTF8.self) == Self.text)
        #expect(decoded.broken.isEmpty)
    }

    @Test func `of plain letters or of nothing is UTF-8`() {
        #expect(FileEncoding.detect(Array("site,code\n".utf8)) == .utf8)
        #expect(FileEncoding.detect([]) == .utf8)
        #expect(DecodedText([], as: .utf8).bytes.isEmpty)
        #expect(DecodedText([0xEF, 0xBB, 0xBF], as: .utf8).bytes.isEmpty)
    }

    /// Its bytes would pass as other characters of GB18030.
    @Test func `stays UTF-8 where one byte is broken, and its place is told`() {
        let bytes = Array("编号,名称\n一,青石县图书馆书架采购".utf8) + [0xFF] + Array("项目\n".utf8)
        #expect(FileEncoding.detect(bytes) == .utf8)
        let decoded = DecodedText(bytes, as: .utf8)
        // Line 2: 一 and a comma are 4 bytes, ten characters 30.
        #expect(decoded.broken == [BrokenByte(line: 2, column: 35, byte: 0xFF)])
        #expect(String(decoding: decoded.bytes, as: UTF8.self).hasSuffix("采购\u{FFFD}项目\n"))
    }

    @Test func `keeps the places of bytes broken in GB18030`() {
        // 编号, line end, 郑, then 0xFF, which starts nothing.
        let bytes: [UInt8] = [0xB1, 0xE0, 0xBA, 0xC5, 0x0A, 0xD6, 0xA3, 0xFF, 0x0A, 0xD6, 0xA3]
        #expect(FileEncoding.detect(bytes) == .gb18030)
        let decoded = DecodedText(bytes, as: .gb18030)
        #expect(decoded.broken == [BrokenByte(line: 2, column: 3, byte: 0xFF)])
        #expect(String(decoding: decoded.bytes, as: UTF8.self) == "编号\n郑\u{FFFD}\n郑")
    }

    @Test func `counts broken bytes without end but keeps so many places`() {
        let decoded = DecodedText([UInt8](repeating: 0xFF, count: 20_000), as: .utf8)
        #expect(decoded.brokenCount == 20_000)
        #expect(decoded.broken.count == DecodedText.placesMax)
    }
}
