import CivilTime
import Law
import LedgerTesting
import People
import Publishing
import Storage
import StorageTesting
import Testing

@testable import Importing

/// Texts of a county that does not exist.
@Suite struct `Policy texts` {
    @Test(
        arguments: [
            ("第九条 本办法自2024年1月1日起施行。", "2024-01-01", "第九条 本办法自2024年1月1日起施行"),
            ("第九条 本办法自2024年7月1日起正式施行，旧办法同时废止。", "2024-07-01", "第九条 本办法自2024年7月1日起正式施行"),
            ("本办法自发布之日起施行。", nil, ""),
            ("本办法自2024年1月1日起施行。\n第二章自2025年1月1日起施行。", nil, ""),
            ("自2024年2月30日起施行。", nil, ""),
            ("来自2024年1月1日的报告。", nil, ""),
        ] as [(String, String?, String)])
    func `apply from the one day that they name`(text: String, day: String?, quote: String) {
        let version = PolicyReading(title: "青石县信息公开办法", text: text, printedDay: nil).version
        #expect(version.effective.map { "\($0)" } == day)
        #expect(version.quote == quote)
    }

    @Test(arguments: [
        ("青石县信息公开办法（2024年修正）", "青石县信息公开办法"), ("青石县信息公开办法（试行）", "青石县信息公开办法[试行]"),
        ("青石县 信息公开办法", "青石县信息公开办法"),
    ])
    func `are versions of one text whatever the note of their amendment`(title: String, folded: String) {
        #expect(PolicyReading(title: title, text: "", printedDay: nil).version.title == folded)
    }

    private func imports(_ path: String, _ title: String, _ date: String, _ text: String, in county: County)
        async throws
    {
        let form = try NoticeForm.load(DataFiles.builtIn("form-policy-texts.json") ?? [])
        let line = JSONValue.object([
            JSONMember(name: "title", value: .string(title)),
            JSONMember(name: "category", value: .string("办法")),
            JSONMember(name: "date", value: date.isEmpty ? .null : .string(date)),
            JSONMember(name: "path", value: .string(path)), JSONMember(name: "text", value: .string(text)),
        ]).canonicalBytes
        let raw = try NoticeReader(form: form).read(line: line, number: 1).get()
        let notice = NoticeExtraction(form: form).extract(raw)
        #expect(notice.kind == .policyText)
        try await county.act(on: "2026-03-20") { transaction, law, occasion in
            guard let place = try transaction.jurisdictions.jurisdiction("CN") else { return }
            _ = try ImportNotice(
                notice: notice, content: line, jurisdiction: place, source: "policy-texts", findings: []
            ).perform(in: transaction, law: law, occasion)
        }
    }

    /// An amended text keeps the first version's words about its day; the day of the version itself is no contradiction.
    @Test(arguments: Backend.available)
    func `that name a day before their version get a note that quotes it`(_ backend: Backend) async throws {
        try await withCounty(backend) { county in
            let text = "# 青石县信息公开办法\n\n第一条 本办法自2008年5月1日起施行。"
            try await imports("b", "青石县信息公开办法（2024年修正）", "2024-03-01", text, in: county)
            try await imports("a", "青石县信息公开办法", "2008-05-01", text, in: county)
            let found = try await county.read { transaction in
                try transaction.rows(
                    """
                    SELECT publication.source_key, finding.weight, finding.quotes FROM finding
                    JOIN publication ON publication.id = finding.subject
                    WHERE finding.rule = 'effective-before-version'
                    """
                ).map { [try $0.string("source_key"), try $0.string("weight"), try $0.string("quotes")] }
            }
            #expect(found.count == 1)
            #expect(found.first?.prefix(2) == ["b", "note"])
            #expect(found.first?.last?.contains("自2008年5月1日起施行") == true)
        }
    }

    @Test(arguments: Backend.available)
    func `are kept with their versions, oldest first`(_ backend: Backend) async throws {
        try await withCounty(backend) { county in
            let text = "# 青石县信息公开办法\n\n<!-- INFO END -->\n\n## 第一章　总则\n\n第一条 本办法自2008年5月1日起施行。"
            try await imports("b", "青石县信息公开办法（2024年修正）", "2024-03-01", text, in: county)
            try await imports("a", "青石县信息公开办法", "2008-01-15", text, in: county)
            try await imports("c", "青石县档案办法", "", "没有日期。", in: county)
            let (ids, texts, versions) = try await county.read { transaction in
                let rows = try transaction.rows(
                    "SELECT id, source_key, day FROM publication ORDER BY source_key")
                // The version's day is not claimed as a day of publication.
                #expect(try rows.allSatisfy { try $0.stringOrNil("day") == nil })
                let ids = try rows.map { try $0.string("id") }
                return (
                    ids,
                    try ids.map { try transaction.publications.edition($0, number: 1)?.record?.text ?? "" },
                    try ids.map { try transaction.policies.versions(of: $0) }
                )
            }
            #expect(texts[0] == "# 青石县信息公开办法\n## 第一章 总则\n第一条 本办法自2008年5月1日起施行。")
            #expect(versions[0].map(\.publication) == [ids[0], ids[1]])
            #expect(versions[0].map(\.version.day) == ["2008-01-15", "2024-03-01"])
            #expect(versions[0].allSatisfy { $0.version.effective == "2008-05-01" })
            #expect(versions[1] == versions[0])
            #expect(versions[2].map(\.version.day) == [nil])
        }
    }
}
