import CivilTime

/// A person's number (公民身份号码), or that of a resident from Hong Kong, Macao or Taiwan (港澳台居民居住证).
///
/// It is personal: it prints and dumps as a mask, and its digits are read only where they are asked for.
package struct CitizenNumber: Sendable, Hashable {
    package static let name = "公民身份号码"
    /// The eighteen characters, also of a number that was printed with fifteen.
    package let digits: String
    package let birthDay: Day

    /// Reads a number of eighteen characters, or the old one of fifteen, which is made eighteen.
    ///
    /// - Law: GB 11643-1999: six digits of region, eight of the day of birth, three of order, a check.
    ///   The form of 1989 has a year of two digits and no check; its orders 996 to 999 were for people over
    ///   a hundred, so they do not tell the century and are refused.
    /// - Parameters:
    ///   - today: the last day on which a holder can have been born; nil leaves that open.
    package init(_ text: some StringProtocol, bornBy today: Day? = nil) throws(CodeFlaw) {
        let code = try CodeText(text, of: CitizenNumber.name, lengths: 15...18)
        guard code.bytes.count == 15 || code.bytes.count == 18 else {
            throw CodeFlaw(CitizenNumber.name, .length)
        }
        let isOld = code.bytes.count == 15
        try CitizenNumber.check(region: code)
        let year = isOld ? 7...8 : 7...10
        let end = year.upperBound
        let (month, dayOfMonth) = (try code.number(end + 1...end + 2), try code.number(end + 3...end + 4))
        let order = try code.number(end + 5...end + 7)
        if isOld, order >= 996 { throw code.flaw(.century, at: 13...15) }
        let printedYear = try code.number(year)
        guard let day = Day(isOld ? 1900 + printedYear : printedYear, month, dayOfMonth),
            day.year >= CitizenNumber.firstYear, today.map({ day <= $0 }) ?? true
        else { throw code.flaw(.day, at: 7...end + 4) }
        birthDay = day
        let body = isOld ? code.part(1...6) + "19" + code.part(7...15) : code.part(1...17)
        let check = CheckCharacter.citizen(body.utf8.map { Int($0) - 0x30 })
        digits = body + (check == 10 ? "X" : String(check))
        guard isOld || digits == code.text else { throw try CitizenNumber.lastFlaw(of: code) }
    }

    /// Nobody born earlier was alive when numbers were given out.
    private static let firstYear = 1850

    private static func check(region code: CodeText) throws(CodeFlaw) {
        _ = try code.number(1...6)
        guard RegionCode.isProvince(try code.number(1...2), withResidents: true) else {
            throw code.flaw(.region, at: 1...2)
        }
    }

    /// What is wrong with a last character that does not follow from the others.
    private static func lastFlaw(of code: CodeText) throws(CodeFlaw) -> CodeFlaw {
        _ = try code.values(18...18, in: .elevenths)
        return code.flaw(.check, at: 18...18)
    }

    /// The region where the number was given out; many such codes are no longer in use.
    package var region: String { String(digits.prefix(6)) }
    /// The order on that day in that region: odd for men, even for women.
    package var order: String { String(digits.dropFirst(14).prefix(3)) }
}

extension CitizenNumber: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "\(CitizenNumber.name)（已隐去）" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
