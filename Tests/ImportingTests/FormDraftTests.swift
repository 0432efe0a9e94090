import Testing

@testable import Importing

@Suite struct `A form drafted from a file` {
    private func rows(_ columns: [String], _ cells: [[String]]) -> [JSONValue] {
        cells.map { row in
            .object(zip(columns, row).map { JSONMember(name: $0, value: .string($1)) })
        }
    }

    private func draft(_ columns: [String], _ cells: [[String]], _ carrier: FileCarrier = .table) throws
        -> JSONValue
    {
        try JSONReader.read(
            Array(FormDraft(name: "青石", carrier: carrier, rows: rows(columns, cells)).text.utf8))
    }

    @Test func `finds the columns by name and proves them by value`() throws {
        let draft = try draft(
            ["序号", "项目名称", "项目编号", "发布日期", "预算金额（万元）", "采购单位", "网址", "备注", "更新日期"],
            [
                ["1", "书架采购", "QS1", "2026-03-01", "12.5", "青石县文化馆", "http://a.example/1", "", "昨天"],
                ["2", "桌椅采购", "QS2", "2026/3/2", "3", "青石县文化馆", "http://a.example/2", "急", "前天"],
            ])
        let fields = try #require(draft["fields"])
        #expect(fields["title"]?.string == "项目名称")
        #expect(fields["project"]?.string == "项目编号")
        #expect(fields["published"]?.string == "发布日期")
        #expect(fields["budget"]?.string == "预算金额（万元）")
        #expect(fields["buyer"]?.string == "采购单位")
        #expect(fields["record"]?.array == [.string("网址")])
        #expect(fields["textColumns"]?.array == [.string("备注"), .string("更新日期")])
        #expect(draft["writings"]?["预算金额（万元）"]?.string == "万元")
        #expect(draft["ignored"]?.array == [.string("序号")])
        #expect(draft["learned"]?.array?.count == 9)
    }

    /// 1740557740 is 2025-02-26.
    @Test func `tells seconds since 1970 from days, and repeating values from names of records`() throws {
        let draft = try draft(
            ["id", "title", "publishTime"], [["1", "一", "1740557740"], ["1", "二", "1740557741"]], .json)
        #expect(draft["writings"]?["publishTime"]?.string == "epochSeconds")
        #expect(draft["fields"]?["record"]?.array == [.string("title")])
    }

    @Test func `shows samples without what may be a person's number`() throws {
        let columns = ["联系人", "说明"]
        let cells = [["张某 13800138000", String(repeating: "长", count: 60)], ["110101199001010015", "短"]]
        let text = FormDraft(name: "青石", carrier: .table, rows: rows(columns, cells)).text
        #expect(!text.contains("13800138000") && !text.contains("110101199001010015"))
        #expect(text.contains("张某 ***********"))
        #expect(text.contains(String(repeating: "长", count: 40) + "…"))
    }

    @Test func `is a form that can be loaded as it is`() throws {
        let text = FormDraft(
            name: "青石", carrier: .table, rows: rows(["标题", "日期"], [["书架采购", "2026-03-01"]])
        ).text
        let form = try NoticeForm.load(Array(text.utf8))
        #expect(form.carrier == .table)
        #expect(form.isHeader(["标题", "日期", "别的"]))
    }
}
