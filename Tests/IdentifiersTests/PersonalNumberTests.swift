import CivilTime
import Identifiers
import Testing

@Suite struct `A personal number` {
    @Test(arguments: [
        ("11010519491231002X", "1949-12-31", "110105", "002"),
        ("440524188001010014", "1880-01-01", "440524", "001"),
    ])
    func `is read into region, birth and order`(text: String, day: String, region: String, order: String)
        throws
    {
        let number = try CitizenNumber(text)
        #expect(number.digits == text && number.birthDay == Day(day))
        #expect(number.region == region && number.order == order)
        #expect(try CitizenNumber(text.lowercased()) == number)
    }

    @Test func `of fifteen digits becomes the one of eighteen`() throws {
        let number = try CitizenNumber("110105491231002")
        #expect(number.digits == "11010519491231002X")
        #expect(try number == CitizenNumber("11010519491231002X"))
    }

    @Test(
        arguments: [
            ("110105194912310021", "check", 18...18), ("11010519491231002A", "character", 18...18),
            ("11010519491331002X", "day", 7...14), ("11010519490229002X", "day", 7...14),
            ("99010519491231002X", "region", 1...2), ("1101051949123100", "length", nil),
            ("11010519491231002X0", "length", nil), ("1101O519491231002X", "character", 5...5),
            ("110105491331002", "day", 7...12), ("110105491231996", "century", 13...15),
            ("11010517491231002X", "day", 7...14), ("1101054912310021", "length", nil),
            ("110105 194912310", "length", nil),
        ] as [(String, String, ClosedRange<Int>?)])
    func `is refused with the rule and the place, never with the number`(
        text: String, rule: String, places: ClosedRange<Int>?
    ) {
        let flaw = #expect(throws: CodeFlaw.self) { try CitizenNumber(text) }
        #expect(flaw?.rule.rawValue == rule && flaw?.places == places)
        let shown = "\(String(describing: flaw)) \(flaw?.sentence ?? "")"
        #expect(!shown.contains("19491231") && !shown.contains("491231"))
    }

    @Test func `cannot belong to somebody who is not born yet`() throws {
        let text = "11010519491231002X"
        #expect(try CitizenNumber(text, bornBy: Day("1949-12-31")).birthDay == Day("1949-12-31"))
        let flaw = #expect(throws: CodeFlaw.self) { try CitizenNumber(text, bornBy: Day("1949-12-30")) }
        #expect(flaw?.rule == .day)
    }

    @Test func `of residents from Hong Kong, Macao and Taiwan follows the same rule`() throws {
        // Checks worked by hand: weights 7 9 10 5 8 4 2 1 6 3 7 9 10 5 8 4 2 over 810000 19900307 001.
        // 56+9+0+0+0+0+2+9+54+0+0+27+0+35+0+0+2 = 194 = 17·11 + 7: the check for 7 is 5.
        #expect(try CitizenNumber("810000199003070015").region == "810000")
        // With 83 in front the second place adds 18: 212 = 19·11 + 3, and the check for 3 is 9.
        #expect(try CitizenNumber("830000199003070019").region == "830000")
    }

    @Test func `shows itself masked only`() throws {
        let number = try CitizenNumber("11010519491231002X")
        let card = try BankCard("6222021234567890128")
        var dumped = ""
        dump(number, to: &dumped)
        dump([card], to: &dumped)
        for shown in ["\(number) \(card)", String(reflecting: number), String(reflecting: card), dumped] {
            #expect(!shown.contains("194912") && !shown.contains("62220"), "\(shown)")
        }
    }

    @Test func `catches every single wrong digit and every swap of neighbours`() throws {
        for wrong in "11010519491231002X".mistyped(with: "0123456789X") {
            #expect(throws: CodeFlaw.self, "\(wrong)") { try CitizenNumber(wrong) }
        }
    }
}

@Suite struct `The number of a bank card` {
    @Test(arguments: [
        "6222021234567890128", "4111111111111111", "4111 1111 1111 1111", "4111-1111-1111-1111",
    ])
    func `passes the check of Luhn`(text: String) throws {
        #expect(try BankCard(text).digits == text.filter(\.isNumber))
    }

    @Test(
        arguments: [
            ("4111111111111112", "check", nil), ("6222021234567890123", "check", nil),
            ("41111111111", "length", nil),
            ("4111  111111111111", "separator", 6...6), (" 4111111111111111", "separator", 1...1),
            ("4111111111111111 ", "separator", 17...17), ("411111111111111A", "character", 16...16),
            ("41111111111111111111", "length", nil), ("4111111111111111４", "character", 17...17),
        ] as [(String, String, ClosedRange<Int>?)])
    func `is refused with the rule and the place`(text: String, rule: String, places: ClosedRange<Int>?) {
        let flaw = #expect(throws: CodeFlaw.self) { try BankCard(text) }
        #expect(flaw?.rule.rawValue == rule && flaw?.places == places)
    }

    @Test func `catches every single wrong digit`() throws {
        let text = "4111111111111111"
        for index in text.indices {
            for digit in "0123456789" where digit != text[index] {
                let wrong = text[..<index] + String(digit) + text[text.index(after: index)...]
                #expect(throws: CodeFlaw.self) { try BankCard(wrong) }
            }
        }
    }
}
