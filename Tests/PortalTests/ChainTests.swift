import Foundation
import StorageTesting
import Testing
import Web
import WebTesting

@Suite struct `A procedure's page` {
    private func chains(_ site: Site) async throws -> [[String: Any]] {
        try await site.object("/chains.json")["items"] as? [[String: Any]] ?? []
    }

    @Test(arguments: Backend.available)
    func `shows every step in the picture, in its description and in the table`(on backend: Backend)
        async throws
    {
        try await SmallCounty.on(backend) { county in
            let site = try county.site()
            let found = try await chains(site)
            #expect(found.count >= 12)
            for chain in found {
                let id = chain["id"] as? String ?? ""
                let page = try await site.get("/chains/\(id)")
                #expect(page.status == 200, "\(id)")
                let drawn = page.text.components(separatedBy: "<svg").dropFirst()
                    .map { String($0.components(separatedBy: "</svg>")[0]) }
                let described = drawn.joined()
                for step in chain["steps"] as? [[String: Any]] ?? [] {
                    let title = step["title"] as? String ?? "?"
                    #expect(described.contains(title), "\(id): \(title)")
                    #expect(page.text.components(separatedBy: "</svg>").last?.contains(title) == true)
                }
                for part in drawn {
                    for needed in ["role=\"img\"", "aria-labelledby=", "<title id=", "<desc id="] {
                        #expect(part.contains(needed), "\(id) lacks \(needed)")
                    }
                }
                for banned in [" style=", "<style", "<script", " onclick"] {
                    #expect(!page.text.contains(banned), "\(id) has \(banned)")
                }
            }
        }
    }

    // 政府采购法实施条例 43: two working days on the appointed medium; 条例 26: twenty on the portal.
    @Test func `says what must be public, where, by when and under which clause`() async throws {
        try await SmallCounty.on(.sqlite) { county in
            let site = try county.site()
            let data = try await site.object("/chains/procurement.json?in=FG")
            let chain = data["chain"] as? [String: Any] ?? [:]
            let steps = chain["steps"] as? [[String: Any]] ?? []
            let fixed = try #require(steps.first { $0["event"] as? String == "procurement.result_fixed" })
            let duties = (fixed["duties"] as? [[String: Any]] ?? []).map { duty -> String in
                let limit = duty["limit"] as? [String: Any] ?? [:]
                return [
                    duty["item"] as? String ?? "", duty["channel"] as? String ?? "",
                    limit["rule"] as? String ?? "",
                ].joined(separator: " ")
            }
            #expect(
                Set(duties) == [
                    "I-FG-019 platform with-parent", "I-FG-021 portal active-20wd",
                    "I-FG-021 platform procurement-result-2wd",
                ])
            let signed = try #require(steps.first { $0["event"] as? String == "procurement.contract_signed" })
            let bound = signed["bound"] as? [String: Any]
            #expect(bound?["from"] as? String == "procurement.award_notified")
            let spans = (chain["spans"] as? [[String: Any]] ?? []).compactMap {
                ($0["limit"] as? [String: Any])?["rule"] as? String
            }
            #expect(spans.contains("procurement-bid-20d") && !spans.contains("tender-bid-20d"))
        }
    }

    @Test func `marks in words what nobody has verified and what need not occur`() async throws {
        try await SmallCounty.on(.sqlite) { county in
            let page = try await county.site().get("/chains/environment?in=FG").text
            #expect(page.contains("未核对") && page.contains("已核对"))
            #expect(page.contains("（视情况）") && page.contains("任一环节之后都可能"))
        }
    }

    @Test func `reads the catalogue that is asked for, and the first with duties when none is`() async throws
    {
        try await SmallCounty.on(.sqlite) { county in
            let site = try county.site()
            #expect(try await site.object("/chains/procurement.json")["jurisdiction"] as? String == "CN")
            #expect(try await site.object("/chains/expropriation.json")["jurisdiction"] as? String == "FG")
            #expect(
                try await site.object("/chains/expropriation.json?in=SX")["jurisdiction"] as? String == "SX")
            #expect(try await site.get("/chains/expropriation?in=nowhere").status == 404)
            #expect(try await site.get("/chains/nothing").status == 404)
            #expect(try await site.get("/chains/%3Cscript%3E").text.contains("<script") == false)
            #expect(try await site.get("/chains/expropriation.csv?in=FG").text.contains("I-FG-161"))
        }
    }

    @Test func `is linked from the rules, the catalogue, an item and a project`() async throws {
        try await SmallCounty.on(.sqlite) { county in
            let site = try county.site()
            for address in ["/about/rules", "/catalogue"] {
                #expect(try await site.get(address).text.contains("href=\"/chains\""), "\(address)")
            }
            #expect(try await site.get("/catalogue/I-FG-021").text.contains("/chains/procurement?in=FG"))
            #expect(
                try await site.get("/catalogue/I-FG-021?in=SX").text.contains("/chains/procurement?in=SX"))
            let project = try await site.get(county.address("/projects/{project}")).text
            #expect(project.contains("/chains/procurement?in=SX"))
        }
    }
}
