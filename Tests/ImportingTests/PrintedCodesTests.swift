import Testing

@testable import Importing

@Suite struct `Numbers printed in a cell` {
    @Test(arguments: [
        ("QS2020FG12039", ["QS2020FG12039"]),
        ("QS16 01FG05017Z", ["QS16 01FG05017Z"]),
        ("青政出〔2019〕\u{A0}34号（网）", ["青政出〔2019〕\u{A0}34号（网）"]),
        ("0877-17QS04B608/1-1 0877-17QS04B608/2-1", ["0877-17QS04B608/1-1", "0877-17QS04B608/2-1"]),
        ("0877-17QS04B521/1-1、0877-17QS04B521/3-1", ["0877-17QS04B521/1-1", "0877-17QS04B521/3-1"]),
        ("441523-201803-606001-0002（0877-18QS01B105）", ["441523-201803-606001-0002", "0877-18QS01B105"]),
        ("（立项编号：20204749000500027、项目编号：QSFC12017）", ["QSFC12017"]),
        ("受托对以下项目进行磋商。 一、采购项目编号：QS1801GC08040 二、采购项目名称：产业园", ["QS1801GC08040"]),
        ("详见公告", []), ("项目名称：图书馆2020", []), ("", []), ("12", []),
    ])
    func `are told apart from labels and sentences`(cell: String, codes: [String]) {
        #expect(PrintedCodes.codes(in: cell) == codes)
    }

    @Test func `are so many at most`() {
        let cell = (100..<200).map { "QS2020-\($0)" }.joined(separator: "、")
        #expect(PrintedCodes.codes(in: cell).count == 20)
    }
}
