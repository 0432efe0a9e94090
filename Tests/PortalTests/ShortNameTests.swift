import Searching
import Testing

@Suite struct `A short name` {
    @Test(arguments: [
        ("公租房", "公共租赁住房"), ("公租房分配结果", "公共租赁住房分配结果"), ("示例县公租房", "示例县公共租赁住房"),
        ("2026年 環評 批复", "2026年 环境影响评价 批复"), ("公资交易平台", "公共资源交易平台"), ("土拍", "国有建设用地使用权出让"), ("征拆补偿", "征收补偿"),
        ("政采 棚改", "政府采购 棚改"),
    ])
    func `is written out where a word is, begins or ends with one, the first of several`(
        _ words: String, whole: String
    ) throws {
        #expect(try ShortNames.builtIn().writtenOut(words)?.words.first == whole)
    }

    @Test(arguments: ["市政采购", "国土拍卖", "公共租赁住房", "降低保证金", "采购", "", " "])
    func `is none in the middle of a word, nor where the long name stands already`(_ words: String) throws {
        #expect(try ShortNames.builtIn().writtenOut(words) == nil)
    }

    @Test func `may be written out in several ways`() throws {
        let written = try ShortNames.builtIn().writtenOut("征拆 公告")
        #expect(written?.words == ["征收 公告", "征地拆迁 公告"] && written?.long == ["征收", "征地拆迁"])
    }

    @Test(arguments: [
        "政采,政府采购,,\n政采,政府采购合同,,", "政采,政采合同,,", "政采,政府采购;政采合同,,", "政采,政府采购;二二;三三;四四,,", "采,采购,,", "公租房,住房,,",
        "政采,政府采购,NT,",
        (0...100).map { "甲乙\($0),甲某乙某\($0),," }.joined(separator: "\n"),
    ])
    func `is refused where the file is wrong`(_ rows: String) {
        #expect(throws: (any Error).self) {
            try ShortNames(Array("short,long,plan,section\n\(rows)\n".utf8))
        }
    }
}
