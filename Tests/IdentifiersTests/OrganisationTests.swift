import Foundation
import Identifiers
import Testing

@Suite struct `The code of an organisation` {
    @Test(arguments: [
        ("91350100M000100Y43", "350100", "M000100Y4"), ("91110000802100433B", "110000", "802100433"),
        ("91330106MA2CFLDG4R", "330106", "MA2CFLDG4"),
    ])
    func `is read into its parts`(text: String, region: String, organization: String) throws {
        let code = try CreditCode(text)
        #expect(code.text == text && "\(code)" == text)
        #expect(code.registrar == "9" && code.region == region && code.organization == organization)
        #expect(try CreditCode(text.lowercased()) == code)
    }

    @Test(
        arguments: [
            ("", "length", nil), ("91350100M000100Y4", "length", nil), ("91350100M000100Y433", "length", nil),
            ("91350100M000100Y44", "check", 18...18), ("O1350100M000100Y43", "character", 1...1),
            ("9135O100M000100Y43", "character", 5...5), ("91350100M0001I0Y43", "character", 14...14),
            ("91350100M000100Y4市", "character", 18...18), ("９1350100M000100Y43", "character", 1...1),
            ("91350100-000100Y43", "character", 9...9),
        ] as [(String, String, ClosedRange<Int>?)])
    func `is refused with the rule and the place`(text: String, rule: String, places: ClosedRange<Int>?) {
        let flaw = #expect(throws: CodeFlaw.self) { try CreditCode(text) }
        #expect(flaw?.rule.rawValue == rule && flaw?.places == places)
        #expect(flaw?.code == "统一社会信用代码")
    }

    @Test func `catches every single wrong character and every swap of neighbours`() throws {
        for text in ["91350100M000100Y43", "91330106MA2CFLDG4R"] {
            for wrong in text.mistyped(with: "0123456789ABCDEFGHJKLMNPQRTUWXY") {
                #expect(throws: CodeFlaw.self, "\(wrong)") { try CreditCode(wrong) }
            }
        }
    }

    @Test func `says what is wrong in a sentence`() {
        let flaw = #expect(throws: CodeFlaw.self) { try CreditCode("91350100M000100Y44") }
        #expect(flaw?.sentence == "统一社会信用代码第18位：校验码不符。")
        let short = #expect(throws: CodeFlaw.self) { try CreditCode("91") }
        #expect(short?.sentence == "统一社会信用代码：位数不对。")
    }

    @Test(.enabled(if: SharedCodes.rows != nil, "needs ../shared/data/identifiers or SUNDIAL_SHARED"))
    func `is told from old numbers and slips in every row of the collected registers`() throws {
        let rows = try #require(SharedCodes.rows)
        #expect(rows.count == 6104)
        for row in rows {
            #expect(isCredit(row.code) == row.isValid, "\(row.code)")
            // The nine characters of the organisation pass their own check too, in every real code seen.
            if row.isValid { _ = try OrganizationCode(try CreditCode(row.code).organization) }
        }
    }

    private func isCredit(_ text: String) -> Bool {
        do { return try CreditCode(text).text == text } catch { return false }
    }

    @Test func `in its old form has nine characters and its own check`() throws {
        for (text, printed) in [
            ("M000100Y4", "M000100Y-4"), ("80210043-3", "80210043-3"), ("802100433", "80210043-3"),
        ] {
            #expect("\(try OrganizationCode(text))" == printed)
        }
        for (text, rule, places) in [
            ("80210043-4", CodeFlaw.Rule.check, 10...10), ("802100434", .check, 9...9),
            ("80210043X", .check, 9...9), ("8021004.3", .character, 8...8), ("80210043.3", .separator, 9...9),
            ("80210043-A", .character, 10...10),
        ] {
            let flaw = #expect(throws: CodeFlaw.self, "\(text)") { try OrganizationCode(text) }
            #expect(flaw?.rule == rule && flaw?.places == places, "\(text)")
        }
        #expect(throws: CodeFlaw.self) { try OrganizationCode("80210043") }
    }
}

/// Codes of public registers beside the checkout; nil when they are not there.
enum SharedCodes {
    static let rows: [(code: String, isValid: Bool)]? = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let folder =
            ProcessInfo.processInfo.environment["SUNDIAL_SHARED"].map { URL(filePath: $0) }
            ?? root.deletingLastPathComponent().appending(path: "shared")
        let file = folder.appending(path: "data/identifiers/credit_codes.csv")
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { return nil }
        return text.split(whereSeparator: \.isNewline).dropFirst().map { line in
            let parts = line.split(separator: ",", omittingEmptySubsequences: false)
            return (String(parts[0]), parts[1] == "1")
        }
    }()
}

extension String {
    /// The text with each character replaced by every other of the alphabet, and with each pair of unlike
    /// neighbours swapped.
    func mistyped(with alphabet: String) -> [String] {
        let characters = Array(self)
        var wrong: [String] = []
        for index in characters.indices {
            for other in alphabet where other != characters[index] {
                var changed = characters
                changed[index] = other
                wrong.append(String(changed))
            }
            if index + 1 < characters.count, characters[index] != characters[index + 1] {
                var swapped = characters
                swapped.swapAt(index, index + 1)
                wrong.append(String(swapped))
            }
        }
        return wrong
    }
}
