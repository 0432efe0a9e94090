import CivilTime
import Foundation
import Markup
import Testing

@testable import Publishing

@Suite struct `The bytes of an edition's record` {
    /// As the general encoder writes them, whose bytes older editions are hashed by.
    private func expected(_ record: EditionRecord) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return [UInt8](try encoder.encode(record))
    }

    static let texts = [
        "", "一行", "第一行\n第二行\r\n第三行\t完", "“引号”与 \"quotes\" 与 \\ 与 /", "\"", "\\", "\n", "\n\n\"\\\"\n",
        "控制\u{01}\u{08}\u{0B}\u{0C}\u{1F}符", "\u{7F}\u{80}\u{2028}\u{2029}", "表情😀与é与e\u{301}",
        String(repeating: "采购人名称：某某单位，预算金额（元）：1,200.00\n", count: 400),
        String(repeating: "十五个字节以内", count: 3) + "\"" + String(repeating: "a", count: 33) + "\\",
    ]

    /// Every byte at every place of the eight that are looked at together.
    @Test(arguments: Array(UInt8.min...UInt8.max))
    func `stop at a sign to escape wherever it stands, and at no other`(_ sign: UInt8) {
        let escaped = sign < 0x20 || sign == UInt8(ascii: "\"") || sign == UInt8(ascii: "\\")
        for filler in [UInt8(ascii: "!"), UInt8(ascii: "]"), 0x80, 0xFF, 0x7F, 0x20] {
            for place in 0..<27 {
                var bytes = [UInt8](repeating: filler, count: 27)
                bytes[place] = sign
                let found = bytes.withUnsafeBytes { $0.firstToEscape(from: 0) }
                #expect(found == (escaped ? place : 27), "\(sign) among \(filler) at \(place)")
            }
        }
    }

    @Test(arguments: texts)
    func `are those of the general encoder, and are read back`(_ text: String) throws {
        let record = EditionRecord(
            title: "标题" + text, text: text, documentNumber: text, sourceName: "来源" + text,
            address: "https://example.invalid/" + text, sourceHash: text)
        let bytes = try RecordJSON.bytes(of: record)
        #expect(try bytes == expected(record))
        #expect(try RecordJSON.record(from: bytes) == record)
    }

    /// Each of what may be left out, there or not, alone and together.
    @Test(arguments: texts, 0..<64)
    func `are those of the general encoder with a paper's marks`(_ text: String, _ which: Int) throws {
        var record = EditionRecord(title: "标题", text: "正文" + text)
        if which & 1 != 0 { record.indexNumber = text }
        if which & 2 != 0 { record.documentKind = text }
        if which & 4 != 0 { record.addressees = text }
        if which & 8 != 0 {
            record.attachments = [
                .init(name: text, address: "https://example.invalid/" + text, sha256: "ab"),
                .init(name: "附件2"), .init(name: text, sha256: text), .init(name: "4", address: text),
            ]
        }
        if which & 16 != 0 { (record.openness, record.issuer) = (text, text + "室") }
        if which & 32 != 0 {
            (record.dated, record.textForm) = (Day(2026, 3, 1), which & 16 != 0 ? .structured : .marked)
        }
        let bytes = try RecordJSON.bytes(of: record)
        #expect(try bytes == expected(record))
        #expect(try RecordJSON.record(from: bytes) == record)
    }

    @Test func `of an older record hold none of the marks`() throws {
        let old =
            #"{"address":"a","documentNumber":"d","sourceHash":"h","sourceName":"n","text":"x","title":"t"}"#
        let record = try RecordJSON.record(from: Array(old.utf8))
        #expect(try RecordJSON.bytes(of: record) == Array(old.utf8))
        #expect(record.attachments == nil && record.indexNumber == nil)
        #expect(
            record.openness == nil && record.dated == nil && record.issuer == nil && record.textForm == nil)
    }

    @Test func `with an empty list of attachments are those of the general encoder`() throws {
        var record = EditionRecord(title: "t", text: "x")
        record.attachments = []
        #expect(try RecordJSON.bytes(of: record) == expected(record))
        #expect(try RecordJSON.record(from: expected(record)) == record)
    }

    @Test(arguments: [
        #"{"title":"t","text":"x","documentNumber":"","sourceName":"","address":"","sourceHash":""}"#,
        #"{ "address":"","documentNumber":"","sourceHash":"","sourceName":"","text":"\u0078","title":"t" }"#,
        #"{"address":"","documentNumber":"","sourceHash":"","sourceName":"","text":"\u0078","title":"t"}"#,
    ])
    func `are read in every form of JSON`(_ json: String) throws {
        #expect(try RecordJSON.record(from: Array(json.utf8)) == EditionRecord(title: "t", text: "x"))
    }

    @Test(arguments: [
        "", "{}", #"{"address":"#, #"{"address":"","documentNumber":"\"#,
        #"{"address":"","documentNumber":"","sourceHash":"","sourceName":"","text":"","title":"t"}x"#,
        #"{"address":"","attachments":[{}],"documentNumber":"","sourceHash":"","sourceName":"","text":"","title":"t"}"#,
        #"{"address":"","dated":"2026-02-30","documentNumber":"","sourceHash":"","sourceName":"","text":"","title":"t"}"#,
        #"{"address":"","documentNumber":"","sourceHash":"","sourceName":"","text":"","textForm":"html","title":"t"}"#,
        #"{"address":"","addressees":7,"documentNumber":"","sourceHash":"","sourceName":"","text":"","title":"t"}"#,
    ])
    func `that are none are refused`(_ json: String) {
        #expect(throws: DecodingError.self) { try RecordJSON.record(from: Array(json.utf8)) }
    }
}
