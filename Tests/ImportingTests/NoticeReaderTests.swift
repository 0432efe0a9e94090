import Testing

@testable import Importing

@Suite struct `A row of a file` {
    private func refusal(_ line: [UInt8]) throws -> RowFinding.Code? {
        switch NoticeReader(form: try builtInForm()).read(line: line, number: 7) {
        case .success: return nil
        case .failure(let finding):
            #expect(finding.row == 7)
            #expect(!finding.detail.isEmpty)
            return finding.code
        }
    }

    private func refusal(_ line: String) throws -> RowFinding.Code? { try refusal(Array(line.utf8)) }

    @Test func `is read when it has what every notice must have`() throws {
        #expect(try refusal(Invented.line("正文")) == nil)
    }

    @Test(arguments: [
        ("{\"record_id\":\"1\"", RowFinding.Code.invalidJSON), ("not json", .invalidJSON),
        ("{}{}", .invalidJSON),
        ("{'a':1}", .invalidJSON), ("{\"a\":01}", .invalidJSON), ("{\"a\":\"\\ud800\"}", .invalidJSON),
        ("{\"a\":\"\\q\"}", .invalidJSON), ("{\"a\":1,}", .invalidJSON), ("{\"a\":tru}", .invalidJSON),
        ("{\"a\":\"line\u{1}\"}", .invalidJSON), ("[1,2]", .notAnObject), ("\"text\"", .notAnObject),
        ("12", .notAnObject), ("null", .notAnObject), ("{\"a\":\"\\u0000\"}", .nul),
        ("{\"a\":1,\"a\":2}", .memberTwice),
        ("{}", .fieldMissing),
    ])
    func `is refused when it is not the JSON we read`(line: String, code: RowFinding.Code) throws {
        #expect(try refusal(line) == code)
    }

    @Test func `is refused when it nests deeper than the form allows`() throws {
        let deep = String(repeating: "[", count: 100_000)
        #expect(try refusal("{\"a\":" + deep) == .tooDeep)
    }

    @Test func `is refused when a number is longer than any number`() throws {
        #expect(try refusal("{\"a\":" + String(repeating: "9", count: 5000) + "}") == .invalidJSON)
    }

    @Test func `is refused when its bytes are not UTF-8`() throws {
        #expect(try refusal(Array("{\"a\":\"".utf8) + [0xFF, 0xFE] + Array("\"}".utf8)) == .invalidUTF8)
        #expect(try refusal([0xC3, 0x28]) == .invalidUTF8)
    }

    @Test func `is refused when it holds a NUL byte`() throws {
        #expect(try refusal(Array("{\"a\":\"".utf8) + [0] + Array("\"}".utf8)) == .nul)
    }

    @Test(arguments: [
        ("record_id", JSONValue.string("  "), RowFinding.Code.recordIDMissing),
        ("record_id", .null, .recordIDMissing), ("record_id", .number("12"), .fieldType),
        ("record_id", .string(String(repeating: "x", count: 201)), .recordIDTooLong),
        ("title", .string(""), .titleMissing), ("title", .array([]), .fieldType),
        ("title", .string(String(repeating: "长", count: 1001)), .titleTooLong),
        ("publish_date", .string("2026-02-30"), .publishTimeInvalid),
        ("publish_date", .string("yesterday"), .publishTimeInvalid),
        ("publish_date", .string(""), .publishTimeInvalid),
        ("publish_date", .string("2026-03-16 25:00"), .publishTimeInvalid),
        ("publish_date", .string("0001-01-01 00:00"), .publishTimeInvalid),
        ("publish_date", .string("1949-09-30"), .publishTimeInvalid),
        ("publish_date", .number("20260316"), .fieldType), ("content_text", .object([]), .fieldType),
        ("structured_fields", .string("x"), .fieldType), ("attachments", .string("x"), .fieldType),
    ])
    func `is refused when a field cannot be used`(field: String, value: JSONValue, code: RowFinding.Code)
        throws
    {
        #expect(try refusal(Invented.line("正文", more: [field: value])) == code)
    }

    @Test func `is refused when the line is longer than the limit`() throws {
        let form = try builtInForm()
        let long = [UInt8](repeating: 0x20, count: form.limits.lineBytesMax + 1)
        #expect(try refusal(long) == .lineTooLong)
    }

    @Test func `has the same canonical content whatever the order of its fields`() throws {
        let one = try JSONReader.read(Array(#"{"b":"x","a":[1.50,true,null]}"#.utf8))
        let other = try JSONReader.read(Array("{ \"a\" : [ 1.50, true, null ], \"b\" : \"\\u0078\" }".utf8))
        #expect(one.canonicalBytes == other.canonicalBytes)
        #expect(String(decoding: one.canonicalBytes, as: UTF8.self) == #"{"a":[1.50,true,null],"b":"x"}"#)
    }

    @Test func `keeps only web addresses as addresses`() throws {
        let raw = try Invented.raw(
            Invented.line(
                "正文",
                more: [
                    "detail_url": .string("javascript:alert(1)"),
                    "b_page_url": .string("https://a.example http://b.example/x"),
                    "attachments": .array([
                        .object([
                            JSONMember(name: "name", value: .string("公告.pdf")),
                            JSONMember(name: "url", value: .string("file:///etc/passwd")),
                        ])
                    ]),
                ]))
        #expect(raw.addresses == ["http://b.example/x"])
        #expect(raw.attachments == [NoticeAttachment(name: "公告.pdf", address: nil)])
    }

    @Test func `tells the time that its source claims`() throws {
        let raw = try Invented.raw(Invented.line("正文", published: "2026-03-16 00:32"))
        #expect(raw.published.printed == "2026-03-16 00:32")
        #expect(raw.published.time == "00:32")
        #expect(raw.published.instant == "2026-03-15T16:32:00Z")
        #expect(try Invented.raw(Invented.line("正文", published: "2026-03-16")).published.instant == nil)
    }
}

@Suite struct `A file of rows` {
    private func lines(_ pieces: [[UInt8]], max: Int = 100) -> [String] {
        var splitter = LineSplitter(lineBytesMax: max)
        var lines: [String] = []
        let take: (LineSplitter.Line) -> Void = { line in
            switch line {
            case .bytes(let bytes, let number):
                lines.append("\(number) " + String(decoding: bytes, as: UTF8.self))
            case .tooLong(let number): lines.append("\(number) too long")
            }
        }
        for piece in pieces { splitter.feed(piece, line: take) }
        splitter.end(line: take)
        return lines
    }

    private func lines(_ text: String, max: Int = 100) -> [String] { lines([Array(text.utf8)], max: max) }

    @Test func `may end its lines with CR LF or not end its last line`() {
        #expect(lines("a\r\nb\r\n") == ["1 a", "2 b"])
        #expect(lines("a\nb") == ["1 a", "2 b"])
    }

    @Test func `may start with a byte order mark`() {
        #expect(lines([[0xEF, 0xBB, 0xBF, 0x61, 0x0A]]) == ["1 a"])
    }

    @Test func `may be empty or hold empty lines, which keep their numbers`() {
        #expect(lines("").isEmpty)
        #expect(lines("\n\n a\n \n") == ["3  a"])
    }

    @Test func `may come in pieces of any size`() {
        let whole = Array("第一行\n第二行\n第三行".utf8)
        for size in 1...whole.count {
            let pieces = stride(from: 0, to: whole.count, by: size).map {
                Array(whole[$0..<min(whole.count, $0 + size)])
            }
            #expect(lines(pieces) == ["1 第一行", "2 第二行", "3 第三行"])
        }
    }

    @Test func `loses only the line that is too long`() {
        let long = String(repeating: "x", count: 500)
        #expect(lines("a\n\(long)\nb\n\(long)") == ["1 a", "2 too long", "3 b", "4 too long"])
    }

    @Test func `of another form is refused with what was found and what is known`() throws {
        let form = try builtInForm()
        let known = try NoticeForm.recognise(firstRow: Invented.line("正文"), among: [form])
        #expect(known.id == "national-platform")
        let problem = #expect(throws: NoticeFormProblem.self) {
            try NoticeForm.recognise(firstRow: Array(#"{"标题":"x","buyer":"y"}"#.utf8), among: [form])
        }
        #expect(problem?.code == "form-unknown")
        #expect(problem?.detail.contains("标题, buyer") == true)
        #expect(problem?.detail.contains("record_id") == true)
        for text in ["", "编号,标题\n1,x", "[{\"record_id\":1}]", "<html>"] {
            let problem = #expect(throws: NoticeFormProblem.self) {
                try NoticeForm.recognise(firstRow: Array(text.utf8), among: [form])
            }
            #expect(problem?.code == "not-json-lines")
        }
    }

    @Test(arguments: [
        "{", "[]", #"{"form":"x"}"#, #"{"form":"x","version":"1","title":"t","source":"s","required":[1]}"#,
    ])
    func `cannot be read by a form file that is wrong`(file: String) {
        let problem = #expect(throws: NoticeFormProblem.self) { try NoticeForm.load(Array(file.utf8)) }
        #expect(problem?.code == "form-file-invalid")
        #expect(throws: NoticeFormProblem.self) { try NoticeRules.load(Array("{".utf8)) }
    }
}
