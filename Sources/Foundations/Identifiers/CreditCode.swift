/// The code of an organisation (统一社会信用代码): `91350100M000100Y43`.
///
/// Two characters say who registered what kind of organisation, six the region, nine the organisation, the last
/// checks. Whether such an organisation exists no form can tell.
package struct CreditCode: Sendable, Hashable, CustomStringConvertible {
    package static let name = "统一社会信用代码"
    /// 18 characters, upper case.
    package let text: String

    package var description: String { text }

    /// Reads a code; lower case is taken as upper.
    ///
    /// - Law: GB 32100-2015: eighteen characters of 31, without I, O, S, V and Z; places 3 to 8 are digits.
    /// - Throws: the first rule that fails, from the left; the check last.
    package init(_ text: some StringProtocol) throws(CodeFlaw) {
        let code = try CodeText(text, of: CreditCode.name, lengths: 18...18)
        var values = try code.values(1...2, in: .creditCode)
        values += try code.values(3...8, in: .digits)
        values += try code.values(9...18, in: .creditCode)
        guard CheckCharacter.modulus31(values.dropLast()) == values[17] else {
            throw code.flaw(.check, at: 18...18)
        }
        self.text = code.text
    }

    /// 登记管理部门代码: 1 机构编制, 5 民政, 9 市场监管 and others.
    package var registrar: Character { text[text.startIndex] }
    /// 登记管理机关行政区划码, as it was on the day of registration.
    package var region: String { String(text.dropFirst(2).prefix(6)) }
    /// 主体标识码: nine characters, written as an organization code. Nothing obliges it to pass that code's check.
    package var organization: String { String(text.dropFirst(8).prefix(9)) }
}

/// The older code of an organisation (组织机构代码): `M000100Y-4`.
package struct OrganizationCode: Sendable, Hashable, CustomStringConvertible {
    package static let name = "组织机构代码"
    /// 9 characters, upper case, without the hyphen.
    package let text: String

    /// As papers print it, with its hyphen.
    package var description: String { text.prefix(8) + "-" + text.suffix(1) }

    /// Reads a code with or without the hyphen before its check.
    ///
    /// - Law: GB 11714-1997: eight characters of 36 and a check digit or X.
    package init(_ text: some StringProtocol) throws(CodeFlaw) {
        let code = try CodeText(text, of: OrganizationCode.name, lengths: 9...10)
        let values = try code.values(1...8, in: .alphanumeric)
        if code.bytes.count == 10 { try code.separator(at: 9) }
        let last = code.bytes.count
        let check = try code.values(last...last, in: .elevenths)[0]
        guard CheckCharacter.organization(values) == check else { throw code.flaw(.check, at: last...last) }
        self.text = code.part(1...8) + code.part(last...last)
    }
}
