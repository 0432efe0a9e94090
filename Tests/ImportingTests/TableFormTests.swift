import ChineseText
import CivilTime
import Foundation
import Law
import Projects
import Testing

@testable import Importing

/// Notices of a county that does not exist, in the forms of tables and lists.
@Suite struct `Forms of tables and lists` {
    private func form(_ name: String) throws -> NoticeForm {
        try NoticeForm.load(try #require(DataFiles.builtIn("form-\(name).json")))
    }

    private func raws(_ text: String, _ name: String) throws -> [RawNotice] {
        let form = try form(name)
        let table = try CarriedTable(
            separated: DecodedText(Array(text.utf8), as: .utf8), isHeader: form.isHeader)
        return try table.rows.map { row in
            guard case .value(let value, let number) = row else { throw CancellationError() }
            return try NoticeReader(form: form).read(value: value, row: number).get()
        }
    }

    @Test func `read a list of titles with its dirty cells`() throws {
        let rows = try raws(
            """
            site,code,title,date,url
            a.example,QS2020-001,\t图书馆\t\t书架  采购竞争性磋商公告,2020-12-11,http://a.example/1
            a.example,,通知,,http://a.example/2
            a.example,详见公告,书架采购公开招标公告,1901-12-14,http://a.example/3
            a.example,QS2020-002,书架采购更正公告,昨天,http://a.example/4
            """, "guangzhou-titles")
        #expect(rows[0].title == "图书馆 书架 采购竞争性磋商公告")
        #expect(rows.map(\.published.day) == [Day(2020, 12, 11), nil, nil, nil])
        #expect(rows.map(\.published.printed) == ["2020-12-11", "", "1901-12-14", "昨天"])
        #expect(rows.map(\.projectCodes) == [["QS2020-001"], [], [], ["QS2020-002"]])
        #expect(
            rows.map(\.losses) == [
                [.textMissing], [.dayMissing, .codeMissing, .textMissing],
                [.dayImplausible, .codeUnreadable, .textMissing], [.dayUnreadable, .textMissing],
            ])
        let extraction = NoticeExtraction(form: try form("guangzhou-titles"))
        let notices = rows.map { extraction.extract($0) }
        #expect(notices.map(\.kind) == [.procurementNotice, .unmapped, .unmapped, .procurementCorrection])
        // A day that is not claimed bounds nothing.
        #expect(notices[3].events.isEmpty)
    }

    @Test func `join a plot's announcement and result, whatever brackets its number is printed with`() throws
    {
        let announced = try raws(
            """
            ,地块编号,宗地位置,地块面积（平方米）,用途,限高,容积率,起始价格（万元）
            0,青政出〔2020〕\u{A0}16号（网）,青石路南,19252.56,商服用地,,＜5.53,27700
            1,青政出[2020]17号（网）,青石路北,100,商服用地,,＜5.53,50（地下50）
            """, "zhengzhou-land-notices")
        let results = try raws(
            """
            Column1,地块编号,宗地位置,地块面积（平方米）,用途,成交价格（万元）,受让单位
            7,青政出【2020】16号（网）,青石路南,19252.56,商服用地,27800.0,青石置业有限公司
            8,青政出(2020) 17号(网),青石路北,100,商服用地,,流拍
            """, "zhengzhou-land-results")
        let (offering, dealing) = (try form("zhengzhou-land-notices"), try form("zhengzhou-land-results"))
        let offers = announced.map { NoticeExtraction(form: offering).extract($0) }
        let deals = results.map { NoticeExtraction(form: dealing).extract($0) }
        #expect(offers.map { $0.projectKeys.map(\.kind) } == [[.plot], [.plot]])
        #expect(offers.map { $0.projectKeys.map(\.folded) } == deals.map { $0.projectKeys.map(\.folded) })
        #expect(offers[0].title == "青政出〔2020〕 16号（网） 国有建设用地使用权挂牌出让公告")
        #expect(offers[0].cleanText.contains("起始价格（万元）：27700"))
        #expect((offers + deals).allSatisfy { $0.published.day == nil && $0.events.isEmpty })
        // 27,800万元 in 分.
        #expect(deals[0].awardLines == ["- 青石置业有限公司 27800000000"])
        #expect(deals[0].sumLines == ["award 27800000000"])
        #expect(deals[1].awards.isEmpty)
        #expect(deals[1].failure?.value == "流拍")
        // The running number belongs to the file and not to the record.
        #expect(!String(decoding: results[0].canonicalBytes, as: UTF8.self).contains("Column1"))
    }

    private func hospital(_ more: String) throws -> ParsedNotice {
        let form = try form("hospital-tenders")
        let line = """
            {"id":"a1","title":"青石县医院病床采购","publishTime":1740557740,"site":"青石省政府采购网","spiderCode":"x",\
            "projectInfo":{},"buyer":"青石县医院","city":"青石市"\(more)}
            """
        let raw = try NoticeReader(form: form).read(line: Array(line.utf8), number: 1).get()
        return NoticeExtraction(form: form).extract(raw)
    }

    /// 1740557740 and the others by `date -u -d @…`, and eight hours.
    @Test func `read seconds since 1970 as civil time and bare numbers in their unit`() throws {
        let notice = try hospital(
            ",\"subtype\":\"招标\",\"budget\":698000,\"bidOpenTime\":1742290200,\"bidEndTime\":1742290200")
        #expect(notice.published.day == Day(2025, 2, 26))
        #expect(notice.published.time == "16:15")
        #expect(notice.kind == .procurementNotice)
        #expect(notice.sumLines == ["budget 69800000"])
        #expect(notice.timeLines == ["opening 2025-03-18 17:30", "bidDeadline 2025-03-18 17:30"])
        #expect(notice.items["CN"] == "I-CN-018")
        #expect(notice.keys.isEmpty)
        #expect(!notice.isWhole)
    }

    @Test func `name several suppliers without sharing the sum among them`() throws {
        let notice = try hospital(",\"subtype\":\"成交\",\"bidAmount\":100,\"winner\":\"甲石医疗公司,乙石医疗公司\"")
        #expect(notice.awardLines == ["- 甲石医疗公司 -", "- 乙石医疗公司 -"])
        #expect(notice.sumLines == ["award 10000"])
    }

    @Test func `call nothing government procurement that its site does not`() throws {
        let other = try hospital(",\"subtype\":\"招标\"").business
        #expect(other == "政府采购")
        let form = try form("hospital-tenders")
        let line = """
            {"id":"a2","title":"病床采购","publishTime":-5,"site":"青石县医院","spiderCode":"x","projectInfo":{},\
            "subtype":"招标"}
            """
        let raw = try NoticeReader(form: form).read(line: Array(line.utf8), number: 1).get()
        #expect(raw.business.isEmpty)
        #expect(raw.losses.contains(.dayUnreadable))
        #expect(NoticeExtraction(form: form).extract(raw).kind == .unmapped)
    }

    @Test(arguments: [
        ("\"carrier\": \"json\"", "\"carrier\": \"paper\"", "carrier"),
        ("\"budget\": \"元\"", "\"budget\": \"角\"", "writings.budget"),
        ("\"publishedFrom\": \"2000-01-01\"", "\"publishedFrom\": \"2000\"", "publishedFrom"),
        ("\"writings\"", "\"writing\"", "writing"),
        ("\"published\":", "\"publishedd\":", "fields.publishedd"),
        ("\"mayLackDay\": true", "\"mayLackDay\": \"no\"", "mayLackDay"),
        ("\"isWhole\": false", "\"isWhole\": 0", "isWhole"),
        ("\"budget\": \"budget\"", "\"budget\": 3", "fields.budget"),
    ])
    func `say where a form file is wrong`(right: String, wrong: String, part: String) throws {
        let file = String(
            decoding: try #require(DataFiles.builtIn("form-hospital-tenders.json")), as: UTF8.self)
        #expect(file.contains(right))
        let broken = Array(file.replacing(right, with: wrong).utf8)
        do {
            _ = try NoticeForm.load(broken)
            Issue.record("the form file is wrong")
        } catch {
            guard case .badFormFile(part, _, "") = error else {
                Issue.record("\(error)")
                return
            }
        }
    }
}

@Suite struct `A form file of one's own` {
    /// Each member with a value of another type, and what is said to be needed.
    @Test(arguments: [
        ("\"mayLackDay\": true", "\"mayLackDay\": \"no\"", "true or false is needed, not a string"),
        ("\"isWhole\": false", "\"isWhole\": null", "true or false is needed, not null"),
        ("\"ignored\": [\"_file\"]", "\"ignored\": \"_file\"", "a list of texts is needed, not a string"),
        (
            "\"businessWords\": {\"政府采购网\": \"政府采购\"}", "\"businessWords\": []",
            "an object is needed, not a list"
        ),
    ])
    func `is refused by its name, with the member and what it must be`(
        right: String, wrong: String, needed: String
    ) throws {
        let file = String(
            decoding: try #require(DataFiles.builtIn("form-hospital-tenders.json")), as: UTF8.self)
        let broken = Array(file.replacing(right, with: wrong).utf8)
        #expect(broken != Array(file.utf8))
        do {
            _ = try NoticeForm.load(broken, file: "own.json")
            Issue.record("the form file is wrong")
        } catch {
            #expect(error.detail.contains("“own.json”") && error.detail.contains(needed), "\(error.detail)")
        }
    }
}

/// Every row of the real files is accounted for. Figures by Python's `csv` and `json`.
@Suite struct `The shared files, read by their forms` {
    private func outcome(_ path: String, _ form: String) throws -> (
        rows: Int, ids: Int, losses: [RowLoss: Int]
    ) {
        let form = try NoticeForm.load(try #require(DataFiles.builtIn("form-\(form).json")))
        let bytes = [UInt8](
            try Data(contentsOf: try #require(SharedNotices.folder?.appendingPathComponent(path))))
        let encoding = FileEncoding.detect(Array(bytes.prefix(1 << 20)))
        let table = try CarriedTable(separated: DecodedText(bytes, as: encoding), isHeader: form.isHeader)
        var ids: Set<String> = []
        var losses: [RowLoss: Int] = [:]
        for row in table.rows {
            guard case .value(let value, let number) = row else { continue }
            let raw = try NoticeReader(form: form).read(value: value, row: number).get()
            ids.insert(raw.recordID)
            for loss in raw.losses { losses[loss, default: 0] += 1 }
        }
        return (table.rows.count, ids.count, losses)
    }

    @Test(.enabled(if: SharedNotices.folder != nil, Comment(rawValue: SharedNotices.absent)))
    func `hold nineteen thousand titles, with the days and codes that cannot be used`() throws {
        let (rows, ids, losses) = try outcome("notices/guangzhou_notice_titles_2020.csv", "guangzhou-titles")
        #expect((rows, ids) == (19_937, 19_937))
        #expect(losses[.dayMissing] == 52)
        // 1901-12-14 and 1970-01-01 twice.
        #expect(losses[.dayImplausible] == 3)
        #expect(losses[.codeMissing] == 9_107)
        #expect(losses[.dayUnreadable] == nil)
    }

    @Test(
        .enabled(if: SharedNotices.folder != nil, Comment(rawValue: SharedNotices.absent)),
        arguments: ["zhengzhou_announcements_GB18030.csv", "郑州公共资源交易中心-挂牌公告.csv"])
    func `hold the land announcements in either encoding`(file: String) throws {
        let (rows, ids, losses) = try outcome("land/" + file, "zhengzhou-land-notices")
        #expect((rows, ids) == (377, 373))
        #expect(losses == [.dayMissing: 377])
    }

    @Test(.enabled(if: SharedNotices.folder != nil, Comment(rawValue: SharedNotices.absent)))
    func `hold the land results`() throws {
        let (rows, ids, _) = try outcome("land/郑州公共资源交易中心-结果公告.csv", "zhengzhou-land-results")
        #expect((rows, ids) == (310, 306))
    }
}
