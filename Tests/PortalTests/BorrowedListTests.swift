import StorageTesting
import Testing
import Web
import WebTesting

/// 示例县 goes by the list of 凤冈县.
@Suite struct `An item of a list that a county has from another` {
    @Test(arguments: Backend.available)
    func `is shown as it is read in that county, and says whose list it is`(_ backend: Backend) async throws {
        try await SmallCounty.on(backend) { county in
            let site = try county.site()
            let page = try await site.get("/catalogue/I-FG-083?in=SX").text
            #expect(
                page.contains("<a href=\"/catalogue/SX\">示例县</a>") && !page.contains("href=\"/catalogue/FG\"")
            )
            #expect(page.contains("<dt>目录的制定地区</dt><dd>凤冈县</dd>"))
            #expect(page.contains("state=overdue&amp;jurisdiction=SX"))
            let plain = try await site.get("/catalogue/I-FG-083").text
            #expect(plain.contains("href=\"/catalogue/FG\"") && !plain.contains("目录的制定地区"))
            let data = try await site.object("/catalogue/I-FG-083.json?in=SX")
            #expect(data["jurisdiction"] as? String == "SX" && data["catalogueName"] as? String == "凤冈县")
        }
    }

    @Test func `is reached in that way from the county's pages`() async throws {
        try await SmallCounty.on(.sqlite) { county in
            let site = try county.site()
            for address in [
                "/obligations/{overdue}", "/publications/{result}", "/bodies/sx-education", "/catalogue/SX",
                "/columns/SX/\(Link.encoded("政府采购"))", "/chains/procurement?in=SX",
            ] {
                let page = try await site.get(county.address(address)).text
                let links = page.matches(of: /href="\/catalogue\/I-[^"]*"/).map { String($0.output) }
                #expect(
                    !links.isEmpty && links.allSatisfy { $0.contains("in=SX") },
                    "\(address): \(links.first ?? "")")
            }
        }
    }

    @Test func `is refused where it cannot stand`() async throws {
        try await SmallCounty.on(.sqlite) { county in
            let site = try county.site()
            for place in ["SS", "nowhere"] {
                let answer = try await site.get("/catalogue/I-FG-083.json?in=\(place)")
                #expect(answer.status == 404, "\(place)")
            }
            #expect(try await site.get("/catalogue/I-CN-031?in=SX").status == 200)
        }
    }
}
