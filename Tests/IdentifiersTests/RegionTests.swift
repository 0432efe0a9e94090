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

    @Test func `does not know what never was a region`() throws {
        let code = try RegionCode("520399")
        #expect(regions.path(to: code).isEmpty && regions.past(of: code).isEmpty)
    }

    /// Told from what was announced of each change; the year is that of the announcement.
    @Test(
        arguments: [
            // 宣武区 and 崇文区 were joined to their neighbours in the middle of Beijing.
            ("110104", "宣武区", 2010, ["110102"]), ("110103", "崇文区", 2010, ["110101"]),
            // The cities of 海南 got new numbers: 通什市 is 五指山市; 琼山市 went into the districts of 海口.
            ("460001", "通什市", 2001, ["469001"]),
            ("460004", "琼山市", 2001, ["460105", "460106", "460107", "460108"]),
            // 重庆 left 四川. 南桐矿区 had become 万盛区, which was later joined to 綦江.
            ("510202", "渝中区", 1997, ["500103"]), ("510216", "南桐矿区", 1993, ["500110"]),
            // A new name under the old number.
            ("420600", "襄樊市", 2010, ["420600"]),
            // 义马 had three numbers; the one in the middle is 济源市's today, in another form.
            ("411219", "义马市", 1987, ["411281"]), ("419001", "义马市", 1990, ["411281"]),
        ] as [(String, String, Int, [String])])
    func `knows what a region was called and what came after`(
        text: String, name: String, end: Int, heirs: [String]
    ) throws {
        let past = try #require(regions.past(of: RegionCode(text)).first { $0.name == name })
        #expect(past.years.upperBound == end)
        #expect(regions.heirs(of: past).map(\.text) == heirs)
    }

    @Test func `names a region that ended with those above it as they were`() throws {
        let past = try #require(regions.past(of: RegionCode("510202")).first)
        #expect(regions.path(to: past) == ["四川省", "重庆市", "渝中区"])
    }

    @Test func `tells a number from the one that bore it before`() throws {
        let table = try RegionTable(
            lines: "410000 河南省\n419001 济源市\n411281 义马市",
            past: "419001 义马市 1981-1986 411202\n411202 义马市 1986-1997 411281")
        let past = try #require(table.past(of: RegionCode("419001")).first)
        #expect(table.heirs(of: past).map(\.text) == ["411281"])
        #expect(table.path(to: past) == ["河南省", "义马市"])
        #expect(table.path(to: try RegionCode("419001")) == ["河南省", "济源市"])
    }

    @Test func `ends where the tables go in a circle`() throws {
        let table = try RegionTable(
            lines: "",
            past: "410101 甲县 1981-1990 410102\n410102 乙县 1981-1995 410101\n410101 丙县 1990-1996 410102")
        #expect(table.heirs(of: try #require(table.past(of: RegionCode("410102")).first)).isEmpty)
    }

    @Test func `has successors that some table names`() throws {
        let known = Set(regions.codes + regions.pastCodes)
        for code in regions.pastCodes {
            for past in regions.past(of: code) {
                #expect(Set(past.successors).isSubset(of: known), "\(code) \(past.name)")
                #expect(past.years.upperBound <= 2026)
            }
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
            #expect(broken?.number == line && broken?.isPast == false)
        }
        for line in [
            "110103 崇文区", "110103 崇文区 2010", "110103 崇文区 2010-1981", "110103 崇文区 1981-2010 11010",
            "110103 崇文区 1981-2010 110101,", "110103  1981-2010", "110103 崇文区 1981-2010 110101 110102",
        ] {
            let broken = #expect(throws: RegionTable.BrokenLine.self) {
                try RegionTable(lines: "", past: "# remark\n" + line)
            }
            #expect(broken?.number == 2 && broken?.isPast == true, "\(line)")
        }
    }
}
