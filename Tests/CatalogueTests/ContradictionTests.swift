import Catalogue
import CivilTime
import Law
import People
import Storage
import StorageTesting
import Testing

private func settings() throws -> PlanSettings { try PlanTables.builtIn().settings }

private func value(_ key: PlanSetting.Key, _ plan: String) throws -> String? {
    try settings().value(key, of: plan)
}

/// What the five documents contradict, one test each: 000 Nantong, 001 the State Council Office, 002 the resort
/// district of Changchun, 003 Fenggang (three plans), 004 Shanwei.
@Suite struct `What the sources contradict` {
    // C-01. 002 五: 15 + 15 working days; 条例 (2019) art. 33: 20 + 20; (2007) 15 + 15.
    @Test func `C-01 a promised limit is kept beside the law's`() throws {
        #expect(try value(.requestReply, "CC") == "15")
        #expect(try value(.requestExtension, "CC") == "15")
        #expect(try value(.requestReply, "NT") == nil)
    }

    // C-02. 003 附1 末, 附2 四: 10; 附3 末: 7; one notice, one day.
    @Test func `C-02 the days for filing belong to the plan`() throws {
        #expect(try value(.filing, "FG1") == "10")
        #expect(try value(.filing, "FG2") == "10")
        #expect(try value(.filing, "FG3") == "7")
    }

    // C-03. 003 附1 二(二) names housing and details it in 附3 二(一).
    @Test func `C-03 the placeholder stands for the items of the other plan`() throws {
        let list = try builtIn("FG")
        let pair = try #require(try settings().settings(.standsFor, of: "FG1").first?.pairs.first)
        let placeholder = try #require(list.item(pair.name))
        #expect(placeholder.kind == .placeholder && !placeholder.owes)
        let housing = list.items.filter { $0.plan == "FG3" && $0.field == "住房保障" }.map(\.id)
        #expect(pair.values == housing)
    }

    // C-04. 004 二(三): 四大领域, then five numbers.
    @Test func `C-04 four sectors hold five fields`() throws {
        let sectors = try settings().settings(.sector, of: "SW").flatMap(\.pairs)
        #expect(sectors.count == 4)
        let fields = Set(try builtIn("SW").items.map(\.field))
        #expect(fields.count == 5 && Set(sectors.flatMap(\.values)) == fields)
    }

    // C-05. 002 四(二) and 000 have no mining item, 004 no housing item; 001 二(一)1, 3 has.
    @Test func `C-05 what a plan leaves out is inherited`() throws {
        let national = try builtIn("CN")
        let expected: [(String, String, Int)] = [
            ("CC", "矿业权出让", 3), ("NT", "矿业权出让", 3), ("SW", "住房保障", 10),
        ]
        for (code, field, count) in expected {
            let inherited = try builtIn(code).inheriting(national).items.filter { $0.relation == .inherited }
            #expect(inherited.count == count && inherited.allSatisfy { $0.field == field }, "\(code)")
        }
    }

    // C-06. 002 四(一)3: 农村危房改造政策等; 001 二(一)1: policy, recognition, split of the funds, result.
    @Test func `C-06 a shorter text keeps the national elements`() throws {
        let item = try builtIn("CC").inheriting(try builtIn("CN")).item("I-CC-004")
        #expect(item?.elements == ["农村危房改造政策等"])
        #expect(item?.inheritedElements == ["对象认定过程", "补助资金分配", "改造结果"])
        #expect(try builtIn("CC").inheriting(try builtIn("CN")).item("I-CC-001")?.inheritedElements == nil)
    }

    // C-07. 003 附4 prints 28 names, 县经贸局 twice.
    @Test func `C-07 a body printed twice is one body`() throws {
        let file = try #require(try BodyFile.builtIn("FG"))
        #expect(file.bodies.count { $0.listed == true } == 27)
        #expect(file.bodies.count { $0.names[0].name == "县经贸局" } == 1)
    }

    // C-08. 003 gives duties to these, and 附4 does not list them.
    @Test func `C-08 the registry holds bodies outside the plan's list`() throws {
        let file = try #require(try BodyFile.builtIn("FG"))
        let others = Set(file.bodies.filter { $0.listed != true }.flatMap { $0.names.map(\.name) })
        #expect(
            others.isSuperset(of: [
                "县应急办", "县安委会成员单位", "县国税局", "县地税局", "县政务中心", "县督查局", "县政务公开领导小组办公室",
                "各镇乡", "开发区管委会", "项目法人单位", "其他医疗单位", "公共资源交易相关监管机构", "慈善组织",
            ]))
    }

    // C-09. 004 二(一), 二(三)1, 二(六); 003; 002 七, 附件1; 000 二(一)1, 5: one body, several names.
    @Test(arguments: Backend.available)
    func `C-09 a body is found by each of its names, on each day`(backend: Backend) async throws {
        try await withCatalogues(backend) { transaction throws in
            func id(_ name: String, _ code: String, _ day: Day) throws -> String? {
                try transaction.bodies.resolve(name, in: code, on: day)?.id
            }
            let then = Day(2018, 12, 1)!
            let now = Day(2026, 8, 3)!
            let aliases: [(String, [String])] = [
                ("SW", ["市发展改革局", "市发展改革委"]), ("SW", ["水务局", "市水利局"]),
                ("SW", ["市国土资源局", "国土资源局", "市自然资源局"]),
                ("SW", ["市经济和信息化局", "省经济和信息化局"]), ("SW", ["住房城乡建设局", "市住房和城乡建设局"]),
                ("CC", ["农业局", "农业农村局"]), ("CC", ["教卫健局", "教育卫生健康局"]),
                ("CC", ["政数局", "政务服务和数字化建设管理局"]), ("CC", ["规自分局", "规划和自然资源分局"]),
                ("CC", ["水利局", "水利水务局"]), ("CC", ["国资局", "国有和集体资产监督管理局"]),
                ("NT", ["市住建局", "市住房和城乡建设局"]), ("FG", ["各镇", "各镇乡"]),
                ("FG", ["经开区管委会", "开发区管委会"]),
                ("FG", ["县政务公开领导小组办公室", "县政务公开工作领导小组办公室"]),
            ]
            for (code, names) in aliases {
                let found = Set(try names.map { try id($0, code, now) })
                #expect(found.count == 1 && !found.contains(nil), "\(code) \(names)")
            }
            #expect(try transaction.bodies.body("sw-land", on: then)?.name == "市国土资源局")
            #expect(try transaction.bodies.body("sw-land", on: now)?.name == "市自然资源局")
        }
    }

    // C-10, F01. 001 二(四), 二(一)5, 6; 000 二(八); 002 四(四)(五), 五; 003 附3 一(二)1, 二(五)(八); 004 一, 二(三)1, 5.
    private struct Excluded: Sendable {
        let item: String
        let general: [Exclusion]
        let own: [Exclusion]

        init(_ item: String, _ general: [Exclusion], own: [Exclusion]) {
            self.item = item
            self.general = general
            self.own = own
        }
    }

    private static let excluded: [Excluded] = [
        Excluded("I-CN-026", [.stateSecret, .tradeSecret], own: [.tradeSecret]),
        Excluded("I-NT-024", [.stateSecret, .tradeSecret], own: []),
        Excluded("I-SW-022", [.stateSecret, .otherByLaw], own: [.tradeSecret]),
        Excluded("I-CC-027", [.otherByLaw], own: [.stateSecret, .tradeSecret]),
        Excluded("I-FG-026", [.stateSecret, .tradeSecret], own: [.tradeSecret, .otherByLaw]),
        Excluded("I-CN-033", [.stateSecret, .tradeSecret], own: [.stateSecret, .tradeSecret]),
        Excluded("I-SW-003", [.stateSecret, .otherByLaw], own: [.stateSecret, .tradeSecret]),
        Excluded("I-CC-034", [.otherByLaw], own: [.nationalSecurity, .stateSecret]),
        Excluded(
            "I-FG-044", [.stateSecret, .tradeSecret], own: [.stateSecret, .tradeSecret, .otherByLaw]),
        Excluded("I-FG-048", [.otherByLaw], own: []),
    ]

    @Test func `C-10 exclusions are the plan's and the item's`() throws {
        for row in Self.excluded {
            let list = try builtIn(String(row.item.dropFirst(2).prefix(2)))
            let item = try #require(list.item(row.item))
            let plan = try #require(list.plan(of: item))
            #expect(Set(plan.excluded) == Set(row.general), "\(row.item)")
            #expect(Set(item.exclusions) == Set(row.own), "\(row.item)")
            let effective = Set(item.effectiveExclusions(plan))
            #expect(effective.isSuperset(of: row.general + row.own) && effective.contains(.personalPrivacy))
        }
    }

    // C-11. 000 二(四); 001 二(二); 002 二; 003 附3 一(二)2; 004 二(二).
    @Test func `C-11 the blacklist is kept as each plan says`() throws {
        let modes = try ["CN", "NT", "CC", "SW", "FG3"].map { try value(.blacklistMode, $0) }
        #expect(modes == ["explore", "realtime", "explore", "conditional", "explore"])
    }

    // C-12. 001 三(三); 000 三(四); 002 九; 003 附3 四(三); 004 has none.
    @Test func `C-12 a review from outside is wanted in different words`() throws {
        let modes = try ["CN", "NT", "CC", "FG3", "SW"].map { try value(.outsideReview, $0) }
        #expect(modes == ["explore", "required", "by_superior", "explore", nil])
    }

    // C-13. 000 二(一)3 against 001 二(一)4.
    @Test func `C-13 Nantong replaces the record of dishonesty and adds two items`() throws {
        let list = try builtIn("NT")
        let replaced = list.mappings.filter { $0.relation == .replaces }
        #expect(replaced.map(\.item) == ["I-NT-023"] && replaced.map(\.baseline) == ["I-CN-025"])
        let local = CatalogueCoverage(of: list, over: try builtIn("CN")).localOnly
        #expect(local.contains("I-NT-014") && local.contains("I-NT-022"))
    }

    // C-14. 000 二(一)4: 交易价格、成交价格; 001 二(一)5: 转让价格、交易价格; 002 四(四): 转让底价、交易价格.
    @Test func `C-14 prices keep their labels and have one meaning`() throws {
        for plan in ["CN", "NT", "CC", "SW", "FG3"] {
            let labels = try settings().settings(.priceLabel, of: plan).flatMap(\.pairs)
            #expect(labels.flatMap(\.values) == ["offer_price", "deal_price"], "\(plan)")
        }
        let result = try builtIn("NT").mappings.filter { $0.item == "I-NT-026" }
        #expect(result.map(\.baseline) == ["I-CN-028", "I-CN-029"])
    }

    // C-15, F38, F39. 002 五, 六, 八; 003 附1 二(二)3, 附2 二(一)10. 集中采购采购公告 (000 二(一)6) is no misprint (F29).
    @Test func `C-15 misprints are known, and no list has one`() throws {
        let misprints = try settings().all.filter { $0.key == .misprint }.flatMap(\.pairs)
        #expect(misprints.count == 6)
        #expect(misprints.contains { $0 == ("长春市公共源交易网", ["长春市公共资源交易网"]) })
        #expect(misprints.contains { $0 == ("合作PPP)", ["合作(PPP)"]) })
        #expect(!misprints.contains { $0.name.contains("集中采购采购") })
        for code in allCatalogues {
            let text = CatalogueExport.csv(try builtIn(code))
            #expect(!misprints.contains { text.contains($0.name) }, "\(code)")
        }
    }

    // C-16. 003 附3 二(五): 金融办、审计局、国税局、地税局, no body for state assets.
    @Test func `C-16 the bodies for state property stay as written`() throws {
        let bodies = try builtIn("FG").item("I-FG-026")?.bodies.map(\.name)
        #expect(bodies == ["各镇乡", "县金融办", "县审计局", "县国税局", "县地税局", "经济开发区管委会"])
    }

    // C-17. 003 附2 二(三) names the sites; the others say 上网.
    @Test func `C-17 the seven days run on the channels that the plan names`() throws {
        #expect(
            try settings().settings(.licenceChannels, of: "FG2").flatMap(\.entries)
                == ["政府网站", "信用中国(贵州)", "指定媒体"])
        #expect(try value(.licenceChannels, "CN") == nil)
        let licence = try #require(try builtIn("FG").item("I-FG-141"))
        #expect(Set(licence.clocks.map(\.channel)) == ["portal", "credit"])
    }

    // C-18. 003 附2 二(一)5: heading 公开, sentence 及时告知项目法人单位.
    @Test func `C-18 a design change is told to the owner and disclosed`() throws {
        let list = try builtIn("FG")
        for number in 163...167 {
            let item = try #require(list.item("I-FG-\(number)"))
            #expect(item.told == .owner && item.audience == .everyone)
            #expect(item.clocks.contains { $0.channel == "portal" })
        }
    }

    // C-19. 001 三(二); 000 三(三); 002 八; 003 附2 三(四), 附3 四(二); 004 三(四).
    @Test func `C-19 progress is reported to whom the plan names`() throws {
        let receivers = try ["CN", "NT", "CC", "FG3", "SW"].map { try value(.reportTo, $0) }
        #expect(
            receivers == ["同级政务公开主管部门", "市政府办公室", "区政数局政务公开科", "县政务公开工作领导小组办公室", "市发展改革局"])
    }

    // C-20. No source defines 形成之日; 20 working days is the outer limit of 及时.
    @Test func `C-20 the day of formation has a stated source`() throws {
        let pairs = try #require(try settings().settings(.formedDay, of: "CN").first?.pairs)
        #expect(pairs.map(\.name) == ["document", "system"])
        #expect(pairs.flatMap(\.values) == ["signed", "happened"])
        let prompt = try LawFile.builtIn().rules.filter { $0.id == "promptly-20wd" }
        #expect(!prompt.isEmpty && prompt.allSatisfy { $0.form == .promptly && $0.amount == 20 })
    }

    // C-21, F27. 000 二(二): 附件1, 2 are not there; 002 五 points to a provincial list.
    @Test func `C-21 items without their annex have the general limits`() throws {
        #expect(try settings().settings(.annexMissing, of: "NT").flatMap(\.entries).count == 2)
        #expect(try settings().settings(.annexMissing, of: "CC").flatMap(\.entries).count == 1)
        let stated = Set(try builtIn("NT").items.flatMap { $0.limits.map(\.limit) })
        #expect(stated == [.twentyWorkingDays, .sevenWorkingDays])
    }

    // C-22. 003 附1 二(一)3: 向社会公布; 二(二)1: 向特定区域特定群体公开.
    @Test func `C-22 flows of funds are public, lists of persons are not`() throws {
        #expect(try builtIn("FG").item("I-FG-062")?.audience == .everyone)
        #expect(try builtIn("FG").item("I-FG-067")?.audience == .group)
    }

    // C-23. 003 附1 二(二)6 has no exception; 二(二)2 excepts minors and others.
    @Test func `C-23 relief recipients have the exceptions of welfare`() throws {
        let list = try builtIn("FG")
        let relief = try #require(list.item("I-FG-116"))
        #expect(relief.exclusions == [] && relief.audience == .everyone)
        let effective = relief.effectiveExclusions(list.plan(of: relief), settings: try settings())
        #expect(effective.contains(.protectedPersons) && effective.contains(.personalPrivacy))
        let supplies = try #require(list.item("I-FG-115"))
        #expect(
            !supplies.effectiveExclusions(list.plan(of: supplies), settings: try settings()).contains(
                .protectedPersons))
    }

    // C-24, F28. 001 二(三) 后; 002 六 的同时; 004 二(四)2 实时同步; 000 二(五) 原有渠道不变，同步推送.
    @Test func `C-24 the order of publication differs`() throws {
        let orders = try ["CN", "CC", "SW", "NT"].map { try value(.platformOrder, $0) }
        #expect(orders == ["after", "same_time", "same_time", "copy"])
    }

    // C-25, F08. 002 四(二)(三)(五): these are no project's.
    @Test func `C-25 what is no project's needs no code`() throws {
        let list = try builtIn("CC")
        for id in ["I-CC-011", "I-CC-025", "I-CC-026", "I-CC-032"] {
            #expect(list.item(id)?.keyRequired == false)
        }
        for id in ["I-CC-012", "I-CC-015", "I-CC-027", "I-CC-031"] {
            #expect(list.item(id)?.keyRequired == true)
        }
        for code in ["CN", "NT", "SW", "FG"] {
            #expect(try builtIn(code).items.allSatisfy { !$0.keyRequired })
        }
    }

    // C-26, F12. 001 二(一)6; 000 二(一)5; 004 二(三)1; 003 附1 二(二)1, 附2 二(一)1, 6, 7, 附3 二(八).
    @Test func `C-26 what the plans order to publish is not masked`() throws {
        for plan in ["CN", "NT", "SW", "FG3"] {
            let kept = try settings().settings(.neverMasked, of: plan).flatMap(\.entries)
            #expect(kept == ["项目负责人", "个人业绩", "证书编号"], "\(plan)")
        }
        let welfare = try settings().settings(.neverMasked, of: "FG1").flatMap(\.entries)
        #expect(welfare.contains("帮扶责任人") && welfare.contains("举报电话"))
        #expect(try value(.neverMasked, "FG2")?.contains("受理机构联系方式") == true)
    }

    // C-27, F40. 003 附1 states no limit of its own.
    @Test func `C-27 a plan without a limit has the Regulation's`() throws {
        let list = try builtIn("FG")
        let plan = try #require(list.version.plans.first { $0.plan == "FG1" })
        #expect(plan.timeLimit.contains("未规定") && plan.timeLimit.contains("第二十六条"))
        let item = try #require(list.item("I-FG-048"))
        #expect(item.clocks.map(\.rule) == ["active-20wd"])
    }

    @Test func `are each cited with a section and a reason`() throws {
        for setting in try settings().all {
            #expect(!setting.section.isEmpty && !setting.reason.isEmpty)
            #expect(setting.contradiction.isEmpty || setting.contradiction.hasPrefix("C-"))
        }
        let plans = try allCatalogues.flatMap { try builtIn($0).version.plans.map(\.plan) }
        #expect(Set(try settings().all.map(\.plan)).isSubset(of: plans))
    }
}
