import MerkleLog
import Testing

@Suite struct `Canonical JSON` {
    private func text(_ value: CanonicalJSON) throws -> String {
        String(decoding: try value.bytes(), as: UTF8.self)
    }

    // RFC 8785, 3.2.3: the names of the sorting example in the order that the RFC gives.
    @Test func `sorts names by their 16-bit units`() throws {
        let names = ["\u{20ac}", "\r", "\u{fb33}", "1", "\u{1F600}", "\u{80}", "\u{f6}"]
        let values = [
            "Euro Sign", "Carriage Return", "Hebrew Letter Dalet With Dagesh", "One", "Emoji: Grinning Face",
            "Control", "Latin Small Letter O With Diaeresis",
        ]
        let object = CanonicalJSON.object(zip(names, values).map { ($0, .string($1)) })
        #expect(
            try text(object)
                == #"{"\r":"Carriage Return","1":"One","\#u{80}":"Control","#
                + #""\#u{f6}":"Latin Small Letter O With Diaeresis","\#u{20ac}":"Euro Sign","#
                + #""\#u{1F600}":"Emoji: Grinning Face","\#u{fb33}":"Hebrew Letter Dalet With Dagesh"}"#)
    }

    // RFC 8785, 3.2.2: the text and the literals of the RFC's sample, without its fractions.
    @Test func `writes texts and literals as the RFC's sample`() throws {
        let sample = CanonicalJSON.object([
            ("string", .string("\u{20ac}$\u{0F}\u{0A}A'\u{42}\u{22}\u{5c}\\\"/")),
            ("literals", .array([.null, .bool(true), .bool(false)])),
        ])
        #expect(
            try text(sample) == #"{"literals":[null,true,false],"string":"€$\u000f\nA'B\"\\\\\"/"}"#)
    }

    // RFC 8785, 3.2.2.2: five short escapes, the others in lower-case hexadecimal; U+007F and above as they are.
    @Test(arguments: [
        ("\u{08}\u{09}\u{0A}\u{0C}\u{0D}", #""\b\t\n\f\r""#),
        ("\u{00}\u{0B}\u{1F}", #""\u0000\u000b\u001f""#),
        ("\u{7F}\u{2028}", "\"\u{7F}\u{2028}\""), ("</凤冈>", "\"</凤冈>\""),
        ("e\u{301}\u{E9}", "\"e\u{301}\u{E9}\""),
        ("", "\"\""),
    ])
    func `escapes what must be`(string: String, expected: String) throws {
        #expect(Array(try text(.string(string)).utf8) == Array(expected.utf8))
    }

    // RFC 8785, Appendix B: the largest whole numbers; 7493 limits them to 2^53 − 1.
    @Test(arguments: [
        (0, "0"), (-0, "0"), (-1, "-1"), (9_007_199_254_740_991, "9007199254740991"),
        (-9_007_199_254_740_991, "-9007199254740991"),
    ])
    func `writes whole numbers plainly`(number: Int, expected: String) throws {
        #expect(try text(.integer(number)) == expected)
    }

    @Test(arguments: [9_007_199_254_740_992, -9_007_199_254_740_992, .max, .min])
    func `refuses numbers that not every reader has`(number: Int) {
        let flaw = #expect(throws: CanonicalJSONFlaw.self) {
            try CanonicalJSON.object([("a", .array([.null, .integer(number)]))]).bytes()
        }
        #expect(flaw?.fault == .number)
        #expect(flaw?.place == "/a/1")
    }

    @Test func `knows names by their units, not by how they look`() throws {
        let object = CanonicalJSON.object([("\u{E9}", .integer(1)), ("e\u{301}", .integer(2))])
        #expect(Array(try text(object).utf8) == Array("{\"e\u{301}\":2,\"\u{E9}\":1}".utf8))
        let twice = CanonicalJSON.object([("a", .integer(1)), ("b", .null), ("a", .integer(1))])
        #expect(throws: CanonicalJSONFlaw.self) { try twice.bytes() }
    }

    @Test func `nests up to its limit`() throws {
        let nested = { (depth: Int) in (0..<depth).reduce(CanonicalJSON.null) { value, _ in .array([value]) }
        }
        #expect(try nested(CanonicalJSON.depthMax).bytes().count == 2 * CanonicalJSON.depthMax + 4)
        #expect(throws: CanonicalJSONFlaw.self) { try nested(CanonicalJSON.depthMax + 1).bytes() }
    }

    @Test func `writes what is empty`() throws {
        #expect(try text(.array([])) == "[]")
        #expect(try text(.object([])) == "{}")
    }
}
