import CivilTime
import Importing
import Law
import LedgerTesting
import Obligations
import People
import Publishing
import Storage
import StorageTesting
import Testing

@testable import Counting

/// A month as a test expects it: how many notices of an outcome, and what they come to in yuan.
private struct Expected: Hashable {
    let role: NoticeSum.Role
    let month: String
    let outcome: DealSum.Outcome
    let notices: Int
    let yuan: Int64

    init(
        _ role: NoticeSum.Role, _ month: String, _ outcome: DealSum.Outcome, _ notices: Int, yuan: Int64 = 0
    ) {
        (self.role, self.month, self.outcome) = (role, month, outcome)
        (self.notices, self.yuan) = (notices, yuan)
    }
}

extension County {
    /// A result notice of the national platform.
    @discardableResult
    fileprivate func imports(
        _ record: String, sum: String, title: String, published: String, info: String = "中标公告",
        label: String = "中标金额", code: String = "", from source: String = "example"
    ) async throws -> String {
        let line = Array(
            """
            {"business_type":"政府采购","content_text":"二、项目名称：\(title)\\n\(label)：\(sum)",\
            "detail_url":"https://www.example.gov.cn/a/\(record).html","info_type":"\(info)","project_code":"\(code)",\
            "publish_date":"\(published)","record_id":"\(record)","region":"青石省","structured_fields":{},"title":"\(title)"}
            """.utf8)
        let form = try NoticeForm.load(DataFiles.builtIn("form-national-platform.json") ?? [])
        let notice = NoticeExtraction(form: form).extract(
            try NoticeReader(form: form).read(line: line, number: 1).get())
        return try await act(on: "2026-03-20") { transaction, law, occasion in
            guard let place = try transaction.jurisdictions.jurisdiction("CN") else { return "" }
            _ = try ImportNotice(
                notice: notice, content: line, jurisdiction: place, source: source, findings: []
            ).perform(in: transaction, law: law, occasion)
            return try transaction.publications.publication(source: source, key: record)?.id ?? ""
        }
    }

    fileprivate func erase(notice: String) async throws {
        try await act(on: "2026-03-20") { transaction, _, occasion in
            _ = try ErasePublication(
                EraseEdition(publication: notice, edition: nil, ground: "personal-information", clause: "")
            ).perform(in: transaction, occasion)
        }
    }

    fileprivate var sums: FollowerRunner {
        FollowerRunner(SumFollower(), source: database, target: database, now: { 0 }, report: { _ in })
    }

    fileprivate func totals() async throws -> Set<Expected>? {
        try await read { transaction in
            try transaction.sums.totals(in: "CN", "2026-01"..."2026-12").map { totals in
                Set(
                    totals.map { key, total in
                        Expected(key.role, key.month, key.outcome, total.notices, yuan: total.fen / 100)
                    })
            }
        }
    }
}

@Suite struct `What deals were worth` {
    /// Each state is asked for twice: with the follower behind, and caught up.
    private func expect(_ expected: [Expected], _ county: County) async throws {
        for isBehind in [true, false] {
            if !isBehind { try await county.sums.catchUp() }
            let found = try #require(try await county.totals())
            #expect(found == Set(expected), "behind: \(isBehind)")
        }
    }

    @Test(arguments: Backend.available)
    func `is summed by month and meaning, and says what it leaves out`(_ backend: Backend) async throws {
        try await withCounty(backend) { county in
            #expect(try await county.totals() == nil)
            try await county.sums.catchUp()
            let desks = try await county.imports(
                "r1", sum: "1,000,000元", title: "课桌采购结果公告", published: "2026-03-02 10:00",
                code: "QSZC-2026-0007")
            try await county.imports("r2", sum: "25万元", title: "黑板采购结果公告", published: "2026-03-12 10:00")
            try await county.imports(
                "r3", sum: "300元", title: "书架采购合同公告", published: "2026-02-27 10:00", info: "采购合同",
                label: "合同金额")
            try await county.imports("r4", sum: "88", title: "粉笔采购结果公告", published: "2026-03-05 10:00")
            var now = [
                Expected(.award, "2026-03", .counted, 2, yuan: 1_250_000),
                Expected(.contract, "2026-02", .counted, 1, yuan: 300),
                Expected(.award, "2026-03", .unread, 1),
            ]
            try await expect(now, county)
            // The same notice from elsewhere is counted once, and takes the place of the first when that goes.
            let again = try await county.imports(
                "r9", sum: "1,000,000元", title: "课桌采购结果公告", published: "2026-03-02 10:00",
                code: "QSZC-2026-0007", from: "other")
            try await expect(now + [Expected(.award, "2026-03", .repeated, 1)], county)
            try await county.erase(notice: desks)
            try await expect(now, county)
            try await county.erase(notice: again)
            now[0] = Expected(.award, "2026-03", .counted, 1, yuan: 250_000)
            try await expect(now, county)
            // A newer edition says another sum.
            try await county.imports("r2", sum: "26万元", title: "黑板采购结果公告", published: "2026-03-12 10:00")
            now[0] = Expected(.award, "2026-03", .counted, 1, yuan: 260_000)
            try await expect(now, county)
        }
    }

    @Test(
        arguments: [
            ("1234567.80 元", 123_456_780), ("0 元", 0), ("12 元", 1_200), ("1.5 元", nil), ("12", nil),
            ("12（单位或者数额不明，未采用）", nil), ("-3 元", nil), ("99999999999999999999 元", nil), (" 元", nil),
        ] as [(String, Int64?)])
    func `is read from the very words of a page`(text: String, fen: Int64?) {
        #expect(Yuan.fen(text) == fen)
        if let fen { #expect(Yuan.text(fen) == text) }
    }
}
