import Identifiers
import Law
import Testing

@Suite struct `The table of regions` {
    let regions: RegionTable

    init() throws { regions = try RegionTable.builtIn() }

    @Test(arguments: [
        ("520327", ["贵州省", "遵义市", "凤冈县"]), ("320600", ["江苏省", "南通市"]), ("441500", ["广东省", "汕尾市"]),
        ("220100", ["吉林省", "长春市"]), ("110101", ["北京市", "东城区"]), ("441900", ["广东省", "东莞市"]),
        ("659001", ["新疆维吾尔自治区", "石河子市"]), ("710000", ["台湾省"]), ("330105", ["浙江省", "杭州市", "拱墅区"]),
    ])
    func `names a region with those above it`(text: String, path: [String]) throws {
        #expect(try regions.path(to: RegionCode(text)) == path)
    }

    @Test func `has every province once`() throws {
        let provinces = regions.codes.filter { $0.level == .province }
        #expect(provinces.count == 34)
        for code in regions.codes where code.level == .county {
            #expect(regions.path(to: code).count >= 2, "\(code)")
        }
    }

    @Test func `does not know a region that was dissolved or never was`() throws {
        // 宣武区 was joined to 西城区 in 2010.
        for text in ["110104", "520399"] {
            #expect(try regions.path(to: RegionCode(text)).isEmpty)
            #expect(try regions.name(of: RegionCode(text)) == nil)
        }
    }

    @Test(
        arguments: [
            ("990101", "region", 1...2), ("52032", "length", nil), ("52O327", "character", 3...3),
            ("830000", "region", 1...2),
        ] as [(String, String, ClosedRange<Int>?)])
    func `refuses what is no code`(text: String, rule: String, places: ClosedRange<Int>?) {
        let flaw = #expect(throws: CodeFlaw.self) { try RegionCode(text) }
        #expect(flaw?.rule.rawValue == rule && flaw?.places == places)
    }

    @Test func `knows level and parent`() throws {
        let county = try RegionCode("520327")
        #expect(county.level == .county && county.parent?.text == "520300")
        #expect(county.parent?.level == .city && county.parent?.parent?.text == "520000")
        #expect(county.parent?.parent?.parent == nil)
    }

    @Test func `refuses a broken file at its line`() {
        for (text, line) in [
            ("520000 贵州省\n52 x", 2), ("# remark\n\n110000 北京市\n110000 北京市", 4), ("110000", 1),
        ] {
            let broken = #expect(throws: RegionTable.BrokenLine.self) { try RegionTable(lines: text) }
            #expect(broken?.number == line)
        }
    }
}
