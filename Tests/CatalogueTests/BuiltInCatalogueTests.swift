import Catalogue
import CivilTime
import Law
import People
import Spreadsheet
import Testing

func builtIn(_ code: String) throws -> CatalogueList { try #require(try CatalogueFile.builtIn(code)) }

let allCatalogues = ["CN", "FG", "NT", "CC", "SW"]

@Suite struct `The built-in catalogues` {
    @Test func `hold 36 national and 194 county items`() throws {
        #expect(try builtIn("CN").items.count == 36)
        #expect(try builtIn("FG").items.count == 194)
        #expect(try CatalogueFile.builtInCatalogues() == allCatalogues)
        #expect(try CatalogueFile.builtIn("XX") == nil)
    }

    // corrections §D, kind.
    @Test func `know which rows owe nothing`() throws {
        func ids(_ kind: ItemKind) throws -> [String] {
            try builtIn("FG").items.filter { $0.kind == kind }.map(\.id)
        }
        #expect(try ids(.tag) == (179...186).map { "I-FG-\($0)" })
        #expect(try ids(.internal) == ["I-FG-051"])
        #expect(try ids(.duty) == ["I-FG-049", "I-FG-052", "I-FG-102"])
        #expect(try ids(.system) == ["I-FG-101", "I-FG-112"])
        #expect(try ids(.mixed) == ["I-FG-098", "I-FG-110"])
        #expect(try ids(.placeholder) == ["I-FG-091"])
        for item in try builtIn("FG").items + builtIn("CN").items {
            #expect(item.owes == !item.clocks.isEmpty, "\(item.id)")
        }
        #expect(try builtIn("FG").items.filter(\.owes).count == 194 - 8 - 1 - 3 - 2 - 1)
    }

    // corrections §D, modality and audience.
    @Test func `know who may see and how firmly the plan speaks`() throws {
        let list = try builtIn("FG")
        #expect(list.items.filter(\.isSoft).map(\.id) == ["I-FG-050", "I-FG-059", "I-FG-063"])
        func ids(_ audience: Audience) -> [String] {
            list.items.filter { $0.audience == audience }.map(\.id)
        }
        #expect(ids(.group) == (67...70).map { "I-FG-0\($0)" })
        #expect(ids(.county) == ["I-FG-073"])
        #expect(ids(.targeted) == ["I-FG-075", "I-FG-076"])
        #expect(ids(.internal) == ["I-FG-051"])
        #expect(list.item("I-FG-074")?.audience == .everyone)
        for item in list.items where item.owes && item.audience != .everyone {
            #expect(Set(item.clocks.map(\.channel)) == ["onsite"], "\(item.id) would reach everybody")
        }
    }

    @Test func `have no error, so they may go live`() throws {
        let law = try LawFile.builtIn()
        let national = try builtIn("CN")
        #expect(CatalogueCheck(national, law: law).findings().filter { $0.severity == .error } == [])
        for code in allCatalogues.dropFirst() {
            let local = CatalogueCheck(try builtIn(code), baseline: national, law: law).findings()
            #expect(local.filter { $0.severity == .error } == [], "\(code)")
            let whole = try builtIn(code).inheriting(national)
            #expect(CatalogueCheck(whole, law: law).findings().filter { $0.severity == .error } == [])
        }
    }

    @Test func `name only bodies that the registry knows`() throws {
        for (code, list) in [("FG", "FG"), ("SX", "FG"), ("NT", "NT"), ("CC", "CC"), ("SW", "SW")] {
            let file = try #require(try BodyFile.builtIn(code))
            let names = Set(file.bodies.flatMap { $0.bodyNames.map(\.folded) })
            let check = CatalogueCheck(try builtIn(list), law: try LawFile.builtIn()) {
                names.contains(BodyName.fold($0))
            }
            #expect(check.findings().filter { $0.code == "body-unknown" } == [])
        }
    }
}

@Suite struct `The clocks of an item` {
    private func clocks(_ id: String, _ event: String) throws -> [String] {
        let list = try builtIn(String(id.split(separator: "-")[1]))
        let item = try #require(list.item(id))
        return item.clocks(for: event).map { "\($0.channel) \($0.rule)" }
    }

    // 采购法实施条例 43, 50; 招标投标法实施条例 54; 条例 26; 国办发〔2017〕97号 二(四); 003 附1 二(二)5.
    @Test(arguments: [
        (
            "I-FG-021", "procurement.result_fixed",
            ["portal active-20wd", "platform procurement-result-2wd", "platform active-20wd"]
        ),
        (
            "I-FG-022", "procurement.contract_signed",
            ["portal active-20wd", "platform procurement-contract-2wd", "platform active-20wd"]
        ),
        (
            "I-CN-034", "tender.evaluation_reported",
            ["portal active-20wd", "platform tender-candidates-3d", "platform active-20wd"]
        ),
        ("I-FG-019", "procurement.result_fixed", ["platform with-parent"]),
        (
            "I-FG-016", "decision.licence",
            ["portal licence-penalty-7wd", "portal active-20wd", "credit licence-penalty-7wd"]
        ),
        ("I-FG-016", "item.formed", ["portal active-20wd"]),
        ("I-FG-141", "item.formed", []),
        (
            "I-FG-109", "decision.penalty",
            ["portal licence-penalty-7wd", "portal active-20wd", "credit licence-penalty-7wd"]
        ),
        ("I-FG-104", "period.ended", ["portal periodic-quarter"]),
        ("I-FG-105", "period.ended", ["portal periodic-month"]),
        ("I-FG-128", "standing.started", ["portal standing-refresh"]),
        ("I-FG-161", "item.formed", ["portal promptly-20wd", "onsite statutory-notice"]),
        ("I-FG-047", "tender.performed", ["portal active-20wd"]),
        ("I-FG-073", "item.formed", ["onsite active-20wd"]),
        (
            "I-CN-013", "land.result_fixed",
            ["portal active-20wd", "platform land-result-10wd", "platform active-20wd"]
        ),
        (
            "I-CN-016", "mining.licensed",
            ["portal licence-penalty-7wd", "portal active-20wd", "credit licence-penalty-7wd"]
        ),
        ("I-CN-029", "property.contract_effective", ["portal active-20wd", "platform promptly-20wd"]),
        ("I-FG-041", "resource.result_fixed", ["portal active-20wd", "platform promptly-20wd"]),
        ("I-CN-006", "housing.queued", ["portal active-20wd"]),
    ])
    func `are one a channel`(id: String, event: String, expected: [String]) throws {
        #expect(try clocks(id, event) == expected)
    }

    // corrections §D, limit: 许可 within CN-016, FG-016, FG-134…139; 7wd FG-054, 140…148, 154, 172; 处罚 of 055, 109.
    @Test func `of seven working days stand where the plan has licences and penalties`() throws {
        let county = try builtIn("FG").items.filter {
            $0.clocks.contains { $0.rule == "licence-penalty-7wd" }
        }
        // 107: its last step, the environmental approval, is a licence (as 145 is in a major project).
        let expected = [16, 54, 55, 107, 109] + Array(134...148) + [154, 172]
        #expect(county.map { Int($0.id.suffix(3)) } == expected.map { $0 })
        for item in county {
            let channels = Set(item.clocks.filter { $0.rule == "licence-penalty-7wd" }.map(\.channel))
            #expect(channels == ["portal", "credit"], "\(item.id)")
        }
        let national = try builtIn("CN").items.filter {
            $0.clocks.contains { $0.rule == "licence-penalty-7wd" }
        }
        #expect(national.map(\.id) == ["I-CN-016"])
    }

    // corrections §D, limit: CC-038; 违法违规处罚 of NT-023/028/036/043/048/053; 许可 within SW-020.
    @Test(arguments: [
        ("NT", ["023", "028", "036", "043", "048", "053"]), ("CC", ["038"]), ("SW", ["020"]),
    ])
    func `of seven working days stand in the other lists too`(code: String, numbers: [String]) throws {
        let found = try builtIn(code).items.filter {
            $0.clocks.contains { $0.rule == "licence-penalty-7wd" }
        }
        #expect(found.map { String($0.id.suffix(3)) } == numbers)
        for item in found {
            let channels = Set(item.clocks.filter { $0.rule == "licence-penalty-7wd" }.map(\.channel))
            #expect(channels == ["portal", "credit"], "\(item.id)")
        }
    }

    @Test func `all name rules and events of the law, and a clause`() throws {
        let law = try LawFile.builtIn()
        let rules = Set(law.rules.map(\.id))
        let kinds = Set(law.eventKinds.map(\.kind))
        for item in try allCatalogues.flatMap({ try builtIn($0).items }) {
            for clock in item.clocks {
                #expect(rules.contains(clock.rule) && kinds.contains(clock.eventKind) && !clock.basis.isEmpty)
                #expect(DisclosureChannel(rawValue: clock.channel) != nil)
            }
        }
    }
}

@Suite struct `What an event starts` {
    @Test func `is the step of its field`() throws {
        let items = try builtIn("FG").items
        #expect(items.started(by: "procurement.contract_signed", naming: nil).map(\.id) == ["I-FG-022"])
        #expect(items.started(by: "tender.evaluation_reported", naming: nil).map(\.id) == ["I-FG-045"])
    }

    @Test func `is owed once for a major project, by its own item`() throws {
        let items = try builtIn("FG").items
        #expect(items.started(by: "tender.result_fixed", naming: nil, in: [.major]).map(\.id) == ["I-FG-152"])
        #expect(
            items.started(by: "tender.documents_issued", naming: nil, in: [.major]).map(\.id)
                == ["I-FG-149"])
        #expect(
            items.started(by: "tender.prequalification_issued", naming: nil, in: [.major]).map(\.id)
                == ["I-FG-150"])
        #expect(items.started(by: "tender.approved", naming: nil, in: [.major]).map(\.id) == ["I-FG-139"])
        #expect(items.started(by: "environment.decided", naming: nil, in: [.major]).map(\.id) == ["I-FG-145"])
        #expect(items.started(by: "environment.decided", naming: nil).map(\.id) == ["I-FG-107"])
        #expect(items.started(by: "expropriation.approved", naming: nil).isEmpty)
    }

    // 003 附3 二(二), 二(三), 二(五), 二(七).
    @Test(arguments: [
        ("land.allotment.result_fixed", ["I-FG-014"]), ("mining.registered", ["I-FG-016", "I-FG-017"]),
        ("property.disclosure_opened", ["I-FG-027", "I-FG-028", "I-FG-030"]),
        ("franchise.result_fixed", ["I-FG-039", "I-FG-041"]), ("sea.result_fixed", []),
    ])
    func `is every item of its step`(event: String, expected: [String]) throws {
        #expect(try builtIn("FG").items.started(by: event, naming: nil).map(\.id) == expected)
    }

    // 000 二(一); 002 四; 004 二(三): what each city's list calls the step.
    @Test(arguments: [
        ("NT", "medical.notice_issued", ["I-NT-037", "I-NT-038", "I-NT-039"]),
        ("NT", "sea.result_fixed", ["I-NT-052"]), ("NT", "emission.notice_changed", ["I-NT-046"]),
        ("NT", "property.contract_effective", ["I-NT-026"]),
        ("CC", "property.disclosure_opened", ["I-CC-028"]), ("CC", "land.result_fixed", ["I-CC-013"]),
        ("SW", "mining.contract_signed", ["I-SW-021"]), ("SW", "land.contract_signed", ["I-SW-018"]),
    ])
    func `is what the city's list calls it`(code: String, event: String, expected: [String]) throws {
        #expect(try builtIn(code).items.started(by: event, naming: nil).map(\.id) == expected)
    }

    @Test func `is the item that it names`() throws {
        let items = try builtIn("FG").items
        #expect(items.started(by: "item.formed", naming: "I-FG-163").map(\.id) == ["I-FG-163"])
        #expect(items.started(by: "item.formed", naming: "I-FG-179").isEmpty)
        #expect(items.started(by: "decision.licence", naming: "I-FG-001").isEmpty)
    }
}

@Suite struct `What a county inherits` {
    // C-05 asks for inheritance of what is not covered; the Fenggang plan covers all 36.
    @Test func `is nothing when it covers everything`() throws {
        let list = try builtIn("FG").inheriting(try builtIn("CN"))
        #expect(list.items.count == 194)
        #expect(list.items.allSatisfy { $0.relation == .own })
        let coverage = CatalogueCoverage(of: list, over: try builtIn("CN"))
        #expect(coverage.lines.count == 36 && coverage.lines.allSatisfy { !$0.inherited })
    }

    @Test func `is the baseline item that nothing covers whole`() throws {
        let county = try builtIn("FG")
        let less = CatalogueList(
            version: county.version, items: county.items,
            mappings: county.mappings.filter { $0.item != "I-FG-015" && $0.item != "I-FG-044" })
        let inherited = less.inheriting(try builtIn("CN")).items.filter { $0.relation == .inherited }
        // I-FG-149 covers the tender notice for major projects only: narrower, so the rest is inherited.
        #expect(inherited.map(\.id) == ["I-CN-015", "I-CN-033"])
    }

    @Test func `is mapped item to item`() throws {
        let county = try builtIn("FG")
        let national = try builtIn("CN")
        #expect(
            Set(county.mappings.filter(\.relation.covers).map(\.baseline)) == Set(national.items.map(\.id)))
        for mapping in county.mappings {
            let (own, above) = (
                try #require(county.item(mapping.item)), try #require(national.item(mapping.baseline))
            )
            if mapping.relation == .same {
                #expect(own.field == above.field && own.elements == above.elements)
            }
        }
    }
}

@Suite struct `Grounds for withholding` {
    // law floor ∪ the plan's general exclusion ∪ the item's own.
    @Test func `are the law's, the plan's and the item's`() throws {
        let list = try builtIn("FG")
        let item = try #require(list.item("I-FG-073"))
        let effective = item.effectiveExclusions(list.plan(of: item))
        #expect(effective.contains(.protectedPersons) && effective.contains(.personalPrivacy))
        #expect(effective.contains(.stateSecret))
    }

    @Test func `do not reach back to the sentence before`() throws {
        for id in ["I-CN-031", "I-CN-032"] { #expect(try builtIn("CN").item(id)?.exclusions == []) }
        #expect(try builtIn("CN").item("I-CN-033")?.exclusions == [.stateSecret, .tradeSecret])
    }
}

@Suite struct `Every built-in row` {
    private static let reference = SharedData.file("domain/catalog_items.csv")

    @Test(.enabled(if: reference != nil, "the reference list is not beside this repository"))
    func `equals the reference list`() throws {
        let bytes = try #require(Self.reference)
        let rows = try CSVTable(bytes).records
        let items = try allCatalogues.flatMap { try builtIn($0).items }
        #expect(rows.count == 347 && items.count == 347)
        let byID = Dictionary(uniqueKeysWithValues: items.map { ($0.id, $0) })
        for row in rows {
            let item = try #require(byID[row["item_id"] ?? ""])
            func same(_ column: String, _ value: String) {
                #expect(row[column] == value, "\(item.id) \(column)")
            }
            same("item_id", item.id)
            same("jurisdiction", item.catalogue)
            same("section", item.section)
            same("domain", item.field)
            same("sub", item.sub)
            same("item", item.title)
            same("elements", elements(item, as: row["elements"] ?? ""))
            same("excluded", excluded(item))
            same("aggregation_key", item.gatherKey)
            same("plan", item.plan)
            same("kind", item.kind.rawValue)
            same("modality", item.modality.rawValue)
            same("audience", audience(item))
            same("limit", limit(item))
            same("due", item.due?.description ?? "")
            same("publisher", publisher(item))
            same("open_ended", item.openEnded ? "1" : "0")
            same("key_required", item.keyRequired ? "1" : "0")
            #expect(
                named(row["lead_or_responsible"] ?? "", row["cooperating"] ?? "") == item.bodies.map(\.name),
                "\(item.id)")
            // A city plan says 牵头 once for the whole list of bodies, not in the cell.
            #expect(
                (row["lead_or_responsible"] ?? "").contains("牵头") == item.bodies.contains { $0.role == .lead }
                    || item.catalogue == "NT", "\(item.id)")
        }
    }

    private func publisher(_ item: CatalogueItem) -> String {
        guard item.isDividedByOwner else { return item.publisher }
        let owners = item.bodies.compactMap { body in body.owner.map { "\($0) → \(body.name)" } }
        return "by owner: " + owners.joined(separator: "; ")
    }

    private func elements(_ item: CatalogueItem, as printed: String) -> String {
        let text = item.elements.joined(separator: item.id == "I-FG-102" ? "；" : "、")
        return item.openEnded && printed.hasSuffix("等") ? text + "等" : text
    }

    private func excluded(_ item: CatalogueItem) -> String {
        switch item.exclusions {
        case []: return ""
        case [.tradeSecret, .otherByLaw]: return "商业秘密及依法依规不予公开的信息"
        case [.personalPrivacy, .protectedPersons]: return "个人隐私；\(Exclusion.protectedPersons.title)"
        case let list where list.count == 8: return "国家秘密、商业秘密、个人隐私，危及国家安全公共安全经济安全社会稳定，其他依法不予公开"
        default:
            return item.exclusions.map { $0 == .otherByLaw ? "其他依法依规不予公开" : $0.title }.joined(separator: "、")
        }
    }

    private func audience(_ item: CatalogueItem) -> String {
        switch (item.audience, item.told) {
        case (.everyone, .interested): "利益相关方先，社会"
        case (.everyone, .owner): "项目法人单位，社会"
        case (.everyone, .window): "医院窗口，社会"
        case (.everyone, nil): "社会"
        case (.county, _): "县域"
        case (.targeted, _): "有针对性"
        case (.group, _): "特定区域特定群体"
        case (.internal, _): "内部"
        }
    }

    private func limit(_ item: CatalogueItem) -> String {
        if item.limits.map(\.limit) == [.prompt, .twentyWorkingDays] { return "prompt, at most 20wd" }
        return item.limits.map { entry in
            let text = entry.limit == .statutory ? "statutory notice" : entry.limit.rawValue
            return entry.element.isEmpty ? text : "\(entry.element) \(text)"
        }.joined(separator: "; ")
    }

    private func named(_ leads: String, _ cooperating: String) -> [String] {
        guard leads != "(未分工)" else { return [] }
        guard leads != "各镇乡各部门" else { return [leads] }
        var text = leads + (cooperating.isEmpty ? "" : "、" + cooperating)
        let marks = [
            ("(牵头)", ""), ("(公开)", ""), ("(监督指导)", ""), ("(责任单位)", ""), ("责任:", ""), ("；", "、"),
            ("县安监局及", "县安监局、"), ("贵州凤冈经济", "经济"), ("市发展改革局(委)", "市发展改革局"), ("会同:", ""),
            ("水务局(水利局)", "水务局"), ("市国资委(国有企业产权)", "市国资委"),
            ("市财政局(行政事业单位资产处置)", "市财政局"), ("各县(市)、区", "各县(市)区"),
        ]
        for (mark, plain) in marks {
            text = text.split(separator: mark, omittingEmptySubsequences: false).joined(separator: plain)
        }
        return text.split(separator: "、").map { $0 == "各县(市)区人民政府(管委会)" ? "各县(市)、区人民政府(管委会)" : String($0) }
    }
}
