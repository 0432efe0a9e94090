import CivilTime
import Importing
import Law
import LedgerTesting
import People
import Portal
import Publishing
import Storage
import StorageTesting
import Testing
import Transparency
import Web
import WebTesting

/// Texts of a county that does not exist.
@Suite struct `The list of policy texts` {
    private func take(_ path: String, _ title: String, _ date: String, _ county: County) async throws {
        let form = try NoticeForm.load(DataFiles.builtIn("form-policy-texts.json") ?? [])
        let members = [
            ("title", title), ("category", "办法"), ("date", date), ("path", path),
            ("text", "第九条 本办法自2024年5月1日起施行。"),
        ]
        let row = JSONValue.object(members.map { JSONMember(name: $0.0, value: .string($0.1)) })
        let raw = try NoticeReader(form: form).read(value: row, row: 1).get()
        let notice = NoticeExtraction(form: form).extract(raw)
        try await county.act(on: "2026-03-20") { transaction, law, occasion in
            let place = try #require(try transaction.jurisdictions.jurisdiction("CN"))
            _ = try ImportNotice(
                notice: notice, content: raw.canonicalBytes, jurisdiction: place, source: "policy-texts",
                findings: []
            ).perform(in: transaction, law: law, occasion)
        }
    }

    private func site(_ county: County) -> Site {
        let portal = Portal(
            database: county.database, law: county.shelf, today: { "2026-03-21" }, search: nil, isSample: true
        )
        return Site(portal.routes(), look: portal.look, translate: Portal.translate)
    }

    private func titles(_ page: [String: Any]) -> [String] {
        (page["items"] as? [[String: Any]] ?? []).map { item in
            let versions = item["versions"] as? [[String: Any]] ?? []
            let days = versions.map { $0["day"] as? String ?? "-" }
            return "\(item["title"] as? String ?? "") \(days.joined(separator: ","))"
        }
    }

    @Test(arguments: Backend.available)
    func `has each text once with its versions, and pages that nothing shifts`(_ backend: Backend)
        async throws
    {
        try await withCounty(backend, tables: LogSchema.migrations) { county in
            try await take("a", "甲石县信息公开办法", "2008-01-15", county)
            try await take("b", "甲石县信息公开办法（2024年修正）", "2024-03-01", county)
            try await take("c", "丙石县档案办法", "2020-02-02", county)
            try await take("d", "乙石县统计办法", "2019-02-02", county)
            let site = site(county)
            let all = titles(try await site.object("/policies.json"))
            try #require(all.count == 3)
            #expect(all.contains("甲石县信息公开办法（2024年修正） 2008-01-15,2024-03-01"))
            let first = try await site.object("/policies.json?limit=1")
            #expect(titles(first) == [all[0]])
            // What comes in before the place where the list goes on moves nothing.
            try await take("e", "一石县办法", "2021-01-01", county)
            var (found, next) = (titles(first), first["next"] as? String)
            while let address = next {
                let page = try await site.object(address)
                found += titles(page)
                next = page["next"] as? String
            }
            #expect(found == all)
            let csv = try await site.get("/policies.csv").text
            #expect(csv.contains("甲石县信息公开办法,2008-01-15,2024-05-01,policy-texts"))
            let html = try await site.get("/policies").text
            #expect(html.contains("自 <time datetime=\"2024-05-01\">"))
            // The source by its name for people, by its code in data.
            #expect(html.contains("法律法规和政策文件汇编") && !html.contains("policy-texts"))
            #expect(try await site.get("/catalogue").text.contains("href=\"/policies\""))
            #expect(try await site.get("/policies?limit=0").status == 400)
        }
    }

    @Test(arguments: Backend.available)
    func `leaves out what was erased`(_ backend: Backend) async throws {
        try await withCounty(backend, tables: LogSchema.migrations) { county in
            try await take("a", "甲石县信息公开办法", "2008-01-15", county)
            let id = try await county.read {
                try $0.row("SELECT publication FROM policy_version")?.string("publication") ?? ""
            }
            let site = site(county)
            #expect(try await titles(site.object("/policies.json")).count == 1)
            try await county.act(on: "2026-03-21") { transaction, _, occasion in
                _ = try ErasePublication(
                    EraseEdition(publication: id, edition: nil, ground: "personal-information", clause: "")
                ).perform(in: transaction, occasion)
            }
            #expect(try await titles(site.object("/policies.json")).isEmpty)
        }
    }
}
