import CivilTime

/// The code that the trading platforms give each deal (统一交易标识码).
///
/// `A01-91350100M000100Y43-20190704-000016-3`: class, credit code of who deals, day, number of that day, check.
/// A code printed without its class can be read only by somebody who knows the class: the check covers it.
package struct DealCode: Sendable, Hashable, CustomStringConvertible {
    package static let name = "统一交易标识码"
    /// 分类代码, a letter and two digits. Which class means what is kept by nobody we know of.
    package let classCode: String
    package let party: CreditCode
    package let day: Day
    /// Six characters.
    package let serial: String
    package let check: Character

    /// With its class and hyphens, 40 characters.
    package var description: String {
        let printedDay = day.description.filter { $0 != "-" }
        return "\(classCode)-\(party)-\(printedDay)-\(serial)-\(check)"
    }

    /// Reads a code with its hyphens.
    ///
    /// - Law: 公共资源交易平台系统数据规范 (V2.0): the parts and their lengths; ISO 7064 MOD 37-2 over all
    ///   parts before the check, without hyphens.
    /// - Parameters:
    ///   - classCode: the class of a code that is printed without one; one that is printed wins.
    package init(_ text: some StringProtocol, classCode: String? = nil) throws(CodeFlaw) {
        let printed = try CodeText(text, of: DealCode.name, lengths: 36...40)
        let isWhole = printed.bytes.count == 40
        guard isWhole || printed.bytes.count == 36 else { throw CodeFlaw(DealCode.name, .length) }
        if isWhole { try printed.separator(at: 4) }
        // Places of the parts after the class and its hyphen.
        let start = isWhole ? 4 : 0
        for place in [19, 28, 35] { try printed.separator(at: start + place) }
        guard let known = isWhole ? printed.part(1...3) : classCode else {
            throw CodeFlaw(DealCode.name, .classCode)
        }
        self.classCode = try DealCode.checked(classCode: known)
        party = try DealCode.party(printed, at: start + 1...start + 18)
        day = try DealCode.day(printed, at: start + 20...start + 27)
        _ = try printed.number(start + 29...start + 34)
        serial = printed.part(start + 29...start + 34)
        let last = printed.bytes.count
        let body = self.classCode + party.text + printed.part(start + 20...start + 27) + serial
        let values = try CodeText(body, of: DealCode.name, lengths: 35...35).values(1...35, in: .modulus37)
        let check = try printed.values(last...last, in: .modulus37)[0]
        guard CheckCharacter.modulus37(values) == check else { throw printed.flaw(.check, at: last...last) }
        self.check = Character(Unicode.Scalar(printed.bytes[last - 1]))
    }

    private static func checked(classCode: String) throws(CodeFlaw) -> String {
        let code = try CodeText(classCode, of: DealCode.name, lengths: 3...3)
        guard (0x41...0x5A).contains(code.bytes[0]) else { throw code.flaw(.character, at: 1...1) }
        _ = try code.number(2...3)
        return code.text
    }

    /// The party's flaw, at its place in the whole code.
    private static func party(_ code: CodeText, at places: ClosedRange<Int>) throws(CodeFlaw) -> CreditCode {
        do {
            return try CreditCode(code.part(places))
        } catch {
            let inner = error.places ?? 1...18
            let shift = places.lowerBound - 1
            throw code.flaw(error.rule, at: inner.lowerBound + shift...inner.upperBound + shift)
        }
    }

    private static func day(_ code: CodeText, at places: ClosedRange<Int>) throws(CodeFlaw) -> Day {
        let first = places.lowerBound
        let year = try code.number(first...first + 3)
        let (month, dayOfMonth) = (
            try code.number(first + 4...first + 5), try code.number(first + 6...first + 7)
        )
        guard let day = Day(year, month, dayOfMonth) else { throw code.flaw(.day, at: places) }
        return day
    }
}
