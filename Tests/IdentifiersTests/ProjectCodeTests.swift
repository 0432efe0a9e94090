import CivilTime
import Identifiers
import Testing

@Suite struct `The code of a deal` {
    static let whole = "A01-91350100M000100Y43-20190704-000016-3"

    @Test func `is read into its parts`() throws {
        let code = try DealCode(Self.whole)
        #expect(code.classCode == "A01" && code.party.text == "91350100M000100Y43")
        #expect(code.day == Day("2019-07-04") && code.serial == "000016" && code.check == "3")
        #expect("\(code)" == Self.whole)
        #expect(try DealCode(Self.whole.lowercased()) == code)
    }

    @Test func `printed without its class is read only by who knows the class`() throws {
        let short = String(Self.whole.dropFirst(4))
        #expect("\(try DealCode(short, classCode: "A01"))" == Self.whole)
        #expect(throws: CodeFlaw.self) { try DealCode(short, classCode: "A02") }
        #expect(throws: CodeFlaw.self) { try DealCode(short, classCode: "AA1") }
        let flaw = #expect(throws: CodeFlaw.self) { try DealCode(short) }
        #expect(flaw?.rule == .classCode)
    }

    @Test(
        arguments: [
            ("A01-91350100M000100Y43-20190704-000016-4", "check", 40...40),
            ("A01-91350100M000100Y43-20190704-000017-3", "check", 40...40),
            ("A01-91350100M000100Y44-20190704-000016-3", "check", 22...22),
            ("A01-91350100M000100I43-20190704-000016-3", "character", 20...20),
            ("A01-91350100M000100Y43-20190732-000016-3", "day", 24...31),
            ("A01-91350100M000100Y43-20190704-00O016-3", "character", 35...35),
            ("A01_91350100M000100Y43-20190704-000016-3", "separator", 4...4),
            ("A0191350100M000100Y43-20190704-000016-33", "separator", 4...4),
            ("001-91350100M000100Y43-20190704-000016-3", "character", 1...1),
            ("A01-91350100M000100Y43-20190704-000016", "length", nil), ("A01", "length", nil),
            ("A01-91350100M000100Y43-20190704-000016-−", "character", 40...40),
        ] as [(String, String, ClosedRange<Int>?)])
    func `is refused with the rule and the place`(text: String, rule: String, places: ClosedRange<Int>?) {
        let flaw = #expect(throws: CodeFlaw.self) { try DealCode(text) }
        #expect(flaw?.rule.rawValue == rule && flaw?.places == places)
    }

    @Test func `catches every single wrong character`() throws {
        for wrong in Self.whole.mistyped(with: "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*-") {
            #expect(throws: CodeFlaw.self, "\(wrong)") { try DealCode(wrong) }
        }
    }
}

@Suite struct `The code of an investment project` {
    @Test(arguments: ["2503-411481-04-01-225421", "2019-520327-78-01-004512"])
    func `is read by its form`(text: String) throws {
        let code = try InvestmentCode(text)
        #expect(code.text == text && code.region == text.dropFirst(5).prefix(6))
    }

    @Test(
        arguments: [
            ("2513-411481-04-01-225421", "day", 1...4), ("2503-991481-04-01-225421", "region", 6...7),
            ("2503411481-04-01-225421-", "separator", 5...5),
            ("2503-411481-04-01-22542X", "character", 24...24),
            ("2503-411481-04-01-22542", "length", nil), ("2503-411481-04-01-2254211", "length", nil),
            ("2503—411481-04-01-225421", "character", 5...5),
        ] as [(String, String, ClosedRange<Int>?)])
    func `is refused with the rule and the place`(text: String, rule: String, places: ClosedRange<Int>?) {
        let flaw = #expect(throws: CodeFlaw.self) { try InvestmentCode(text) }
        #expect(flaw?.rule.rawValue == rule && flaw?.places == places)
    }
}
