/// The code of a province, city or county (行政区划代码): `520327`.
package struct RegionCode: Sendable, Hashable, Comparable, CustomStringConvertible {
    package enum Level: Sendable, Hashable { case province, city, county }

    package static let name = "行政区划代码"
    /// Six digits.
    package let text: String

    package var description: String { text }
    package static func < (left: RegionCode, right: RegionCode) -> Bool { left.text < right.text }

    /// Reads six digits; whether a region bears them today is the table's to say.
    ///
    /// - Law: GB/T 2260: two digits each of province, city and county; a higher level ends in zeros.
    package init(_ text: some StringProtocol) throws(CodeFlaw) {
        let code = try CodeText(text, of: RegionCode.name, lengths: 6...6)
        _ = try code.number(1...6)
        guard RegionCode.isProvince(try code.number(1...2)) else { throw code.flaw(.region, at: 1...2) }
        self.text = code.text
    }

    private init(unchecked text: String) { self.text = text }

    package var level: Level {
        if text.hasSuffix("0000") { return .province }
        return text.hasSuffix("00") ? .city : .county
    }

    /// The region above; nil for a province.
    package var parent: RegionCode? {
        switch level {
        case .province: nil
        case .city: RegionCode(unchecked: text.prefix(2) + "0000")
        case .county: RegionCode(unchecked: text.prefix(4) + "00")
        }
    }

    /// - Parameters:
    ///   - withResidents: also 83, under which residents from Taiwan are numbered.
    static func isProvince(_ number: Int, withResidents: Bool = false) -> Bool {
        switch number {
        case 11...15, 21...23, 31...37, 41...46, 50...54, 61...65, 71, 81, 82: true
        case 83: withResidents
        default: false
        }
    }
}
