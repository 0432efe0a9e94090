/// The code of an investment project (投资项目统一代码): `2503-411481-04-01-225421`.
///
/// Form only. How the last digits follow from the others is not published, so a code that is read may still be
/// mistyped.
package struct InvestmentCode: Sendable, Hashable, CustomStringConvertible {
    package static let name = "投资项目统一代码"
    /// 24 characters.
    package let text: String

    package var description: String { text }

    /// Reads a code with its hyphens.
    ///
    /// The first group is a year in older codes and year and month in those given out now, so both are taken.
    ///
    /// - Law: 企业投资项目核准和备案管理条例 art. 4: one code from the online platform, used by every authority
    ///   (article not compared with the official text).
    package init(_ text: some StringProtocol) throws(CodeFlaw) {
        let code = try CodeText(text, of: InvestmentCode.name, lengths: 24...24)
        for place in [5, 12, 15, 18] { try code.separator(at: place) }
        let (century, rest) = (try code.number(1...2), try code.number(3...4))
        guard century == 20 || (1...12).contains(rest) else { throw code.flaw(.day, at: 1...4) }
        guard RegionCode.isProvince(try code.number(6...7)) else { throw code.flaw(.region, at: 6...7) }
        for places in [8...11, 13...14, 16...17, 19...24] { _ = try code.number(places) }
        self.text = code.text
    }

    /// 行政区划代码 of where it was given out.
    package var region: String { String(text.dropFirst(5).prefix(6)) }
}
