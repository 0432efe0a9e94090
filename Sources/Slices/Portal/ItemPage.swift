import Catalogue
import CivilTime
import Counting
import Law
import Obligations
import People
import Web

/// One item of a catalogue: what, by whom, for whom, by when and under which clause.
enum ItemPage {
    struct Value: Encodable, Sendable {
        let day: Day
        let item: ExportedItem
        let shown: CatalogueItem
        let catalogueName: String
        /// Where it is read: the place that was asked for, else the one whose list it is.
        let jurisdiction: String
        let jurisdictionName: String
        let version: CataloguePage.VersionRow
        let versions: [CataloguePage.VersionRow]
        let plan: CataloguePlan?
        let clocks: [ClockRow]
        let mappings: [MappingRow]
        let counts: [ObligationState: Int]
        /// That nobody is known who owes it, in a jurisdiction that keeps the list.
        let findings: [FindingRow]
        /// Every ground on which part of it may stay undisclosed: the law's floor, the plan's, its own, and what a
        /// contradiction of the plans adds.
        let exclusions: [Exclusion]
        /// What a contradiction adds, with its number and reason.
        let alsoExcluded: [PlanSetting]

        private enum CodingKeys: CodingKey {
            case day, item, catalogueName, jurisdiction, jurisdictionName, version, versions, plan, clocks,
                mappings, obligations, findings,
                exclusions, alsoExcluded
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(day, forKey: .day)
            try container.encode(item, forKey: .item)
            try container.encode(catalogueName, forKey: .catalogueName)
            try container.encode(jurisdiction, forKey: .jurisdiction)
            try container.encode(jurisdictionName, forKey: .jurisdictionName)
            try container.encode(version, forKey: .version)
            try container.encode(versions, forKey: .versions)
            try container.encode(OrNull(plan), forKey: .plan)
            try container.encode(clocks, forKey: .clocks)
            try container.encode(mappings, forKey: .mappings)
            let byState = Dictionary(uniqueKeysWithValues: counts.map { ($0.key.rawValue, $0.value) })
            try container.encode(byState, forKey: .obligations)
            try container.encode(findings, forKey: .findings)
            try container.encode(exclusions, forKey: .exclusions)
            try container.encode(alsoExcluded, forKey: .alsoExcluded)
        }
    }

    struct ClockRow: Encodable, Sendable {
        let channel: String
        let channelName: String
        let eventKind: String
        let eventName: String
        /// The procedure that the event is a step of; null where it stands alone.
        let chain: OrNull<String>
        let element: OrNull<String>
        let rule: String
        let ruleName: String
        let clause: OrNull<String>
        let verified: Bool
        let basis: String
    }

    struct MappingRow: Encodable, Sendable {
        /// The item on the other side of the mapping.
        let item: String
        let title: String
        let relation: MappingRelation
        let reason: String
        /// Whether this item is the baseline of the other.
        let isBaseline: Bool
    }

    /// - Parameter place: a jurisdiction that keeps the item's list or inherits it; its obligations alone are counted.
    /// - Returns: nil when no version holds the item.
    static func value(
        _ id: String, version asked: String?, in place: String?, _ reading: Reading
    ) throws -> Value? {
        let catalogue = reading.transaction.catalogue
        let versions = try catalogue.versions(holding: id)
        let current = versions.first { $0.effectiveFrom <= reading.day } ?? versions.first
        guard let version = asked == nil ? current : versions.first(where: { $0.id == asked }),
            let item = try catalogue.item(id, version: version.id)
        else { return nil }
        var filter = reading.filter
        filter.item = id
        filter.jurisdiction = place
        if let place { try reading.demand(version.catalogue, of: id, in: place) }
        var names = reading.names()
        try names.learnJurisdictions()
        let mappings = try catalogue.mappings(version.id).filter { $0.item == id }
        try names.learn(items: mappings.map(\.baseline))
        let plan = version.plans.first { $0.plan == item.plan }
        let settings = try PlanTables.builtIn().settings
        return Value(
            day: reading.day, item: ExportedItem(item), shown: item,
            catalogueName: names.jurisdiction(version.catalogue), jurisdiction: place ?? version.catalogue,
            jurisdictionName: names.jurisdiction(place ?? version.catalogue),
            version: CataloguePage.VersionRow(version),
            versions: versions.map(CataloguePage.VersionRow.init),
            plan: plan,
            clocks: item.clocks.map { clock($0, names) },
            mappings: mappings.map {
                MappingRow(
                    item: $0.baseline, title: names.itemTitle($0.baseline), relation: $0.relation,
                    reason: $0.reason, isBaseline: false)
            },
            counts: try reading.counts(filter).byState,
            findings: try findings(about: id, reading, &names),
            exclusions: item.effectiveExclusions(plan, settings: settings),
            alsoExcluded: settings.settings(.alsoExcluded, of: item.plan).filter { setting in
                setting.pairs.contains { $0.name == item.id }
            })
    }

    private static func findings(
        about id: String, _ reading: Reading, _ names: inout Names
    ) throws -> [FindingRow] {
        let places = try reading.transaction.jurisdictions.jurisdictions().map { "\($0.code)/\(id)" }
        return try reading.rows(
            try reading.transaction.findings.findings(ofAny: places, kind: "item"), &names)
    }

    private static func clock(_ clock: ItemClock, _ names: Names) -> ClockRow {
        let rule = names.rule(clock.rule, on: nil)
        return ClockRow(
            channel: clock.channel, channelName: names.channel(clock.channel), eventKind: clock.eventKind,
            eventName: names.eventKind(clock.eventKind),
            chain: OrNull(names.reading.law.chain(containing: clock.eventKind)?.id),
            element: OrNull(text: clock.element),
            rule: clock.rule,
            ruleName: rule?.title ?? clock.rule, clause: OrNull(rule?.clause),
            verified: rule?.verified ?? false,
            basis: clock.basis)
    }
}

/// An item as a page.
struct ItemBody: Sendable {
    let value: ItemPage.Value

    private var item: CatalogueItem { value.shown }
    private var jurisdiction: String { value.jurisdiction }
    /// Whose list it is stands before the version's hash.
    private var isBorrowed: Bool { !value.version.id.hasPrefix(jurisdiction + "-") }

    var page: Page {
        Page(
            title: item.title, lead: lead,
            crumbs: [
                .init("首页", "/"), .init("公开事项", "/catalogue"),
                .init(value.jurisdictionName, "/catalogue/\(jurisdiction)"),
            ], metadata: PageMetadata(canonical: "/catalogue/\(item.id)"),
            """
            \(when: !item.owes, "<div class=\"box\"><p>性质：\(item.kind.title)。它本身不产生公开义务。</p></div>")
            \(facts)
            \(clocks)
            \(obligations)
            \(FindingList(value.findings))
            \(mappings)
            \(versions)
            """)
    }

    private var lead: HTML {
        """
        <p><span class="code">\(item.id)</span> · \(item.field)\(when: !item.sub.isEmpty, " · \(item.sub)")</p>
        """
    }

    private var facts: HTML {
        var facts: [(name: String, value: HTML)] = []
        if !item.elements.isEmpty {
            facts.append(
                (
                    "内容要素", "\(item.elements.joined(separator: "、"))\(when: item.openEnded, "<span>等</span>")"
                ))
        }
        if let inherited = item.inheritedElements {
            facts.append(("承接上级的要素", "\(inherited.joined(separator: "、"))"))
        }
        if isBorrowed {
            facts.append(
                ("适用地区", "<a href=\"/catalogue/\(jurisdiction)\">\(value.jurisdictionName)</a>"))
            facts.append(("目录的制定地区", "\(value.catalogueName)"))
        }
        facts.append(("公开要求", "\(item.modality.title)\(when: item.isSoft, "（不会被列为逾期）")"))
        facts.append(("公开对象", "\(item.audience.title)\(item.told.map { "；\($0.title)" as HTML })"))
        let bodies = item.bodies.map { body in
            """
            <span>\(body.name)</span>（<span>\(body.role.title)</span>\(body.owner.map { "，\($0)" as HTML })）
            """ as HTML
        }.joined(separator: "、")
        facts.append(("公开主体", bodies.isEmpty ? "\(value.plan?.bodies ?? "方案没有指明")" : bodies))
        if !item.publisher.isEmpty { facts.append(("由谁发布", "\(item.publisher)")) }
        facts.append(("触发方式", "\(item.triggerKind.title)"))
        if let stage = item.stage { facts.append(("环节（五公开）", "\(stage.rawValue)")) }
        if !item.limits.isEmpty {
            let limits = item.limits.map { ($0.element.isEmpty ? "" : $0.element + "：") + $0.limit.title }
            facts.append(("方案写明的时限", "\(limits.joined(separator: "；"))"))
        }
        if let due = item.due { facts.append(("首次完成", time(due))) }
        if !item.gatherKey.isEmpty {
            facts.append(("归集编号", "\(item.gatherKey)\(when: item.keyRequired, "（必填）")"))
        }
        facts.append(("不予公开的范围", exclusions))
        if let plan = value.plan {
            facts.append(("公开方式", "\(plan.method)"))
            facts.append(("监督渠道", "\(plan.supervision)"))
        }
        facts.append(("出处", "\(value.plan?.document ?? value.version.document) \(item.section)"))
        return Facts(facts).html
    }

    /// The plan's own words first, then what a contradiction adds, then the law that stands under all of them.
    private var exclusions: HTML {
        let named = item.exclusions + (value.plan?.excluded ?? [])
        let added = value.alsoExcluded.flatMap(\.pairs).filter { $0.name == item.id }.flatMap(\.values)
            .compactMap(Exclusion.init).filter { !named.contains($0) }
        let floor = "政府信息公开条例 第十四条至第十六条" as HTML
        var all: [String] = []
        for exclusion in named + added where !all.contains(exclusion.title) { all.append(exclusion.title) }
        if all.isEmpty { return "方案没有另外规定；适用\(floor)" }
        return """
            \(all.map { "<span>\($0)</span>" as HTML }.joined(separator: "、"))\(when: value.plan?.excludedOpen ?? false, "等")，以及\(floor)\
            \(value.alsoExcluded.map { "<span class=\"under quiet\">\($0.contradiction)：\($0.reason)</span>" as HTML })
            """
    }

    private var clocks: HTML {
        guard !value.clocks.isEmpty else { return "" }
        return """
            <h2>时限</h2>
            \(Table(caption: "每个渠道各有一个时限；几条规则相竞时，触发之后按效力和长短选定", columns: ["触发事项", "渠道", "规则", "条款", "核实"], rows: value.clocks.map { clock in
                [
                    """
                    \(clock.chain.value.map { "<a href=\"/chains/\($0)?in=\(jurisdiction)\">\(clock.eventName)</a>" as HTML } ?? "\(clock.eventName)")\
                    \(clock.element.value.map { "（\($0)）" as HTML })
                    """, "\(clock.channelName)",
                    "<a href=\"/about/rules#\(clock.rule)\">\(clock.ruleName)</a>",
                    "\(clock.clause.value ?? clock.basis)",
                    clock.verified ? "已与官方文本核对" : "<strong>未核对</strong>",
                ]
            }))
            """
    }

    private var obligations: HTML {
        let known = ObligationState.allCases.filter { (value.counts[$0] ?? 0) > 0 }
        guard !known.isEmpty else { return item.owes ? "<h2>公开义务</h2><p>还没有产生公开义务。</p>" : "" }
        return """
            <h2>公开义务</h2>
            <div class="figures">\(known.map { state in
                Figure(value.counts[state] ?? 0, state.title, state: state.rawValue, link: owed(state)).html
            })</div>
            <p><a href="/publications?item=\(item.id)">该事项已经公开的信息</a></p>
            """
    }

    private func owed(_ state: ObligationState) -> Link {
        ("/obligations?item=\(item.id)&state=\(state.rawValue)" as Link).adding([
            ("jurisdiction", isBorrowed ? jurisdiction : nil)
        ])
    }

    private var mappings: HTML {
        guard !value.mappings.isEmpty else { return "" }
        return """
            <h2>与上级目录的关系</h2>
            \(Table(caption: "对应的上级事项", columns: ["上级事项", "关系", "说明"], rows: value.mappings.map { mapping in
                [
                    "<a href=\"/catalogue/\(mapping.item)\">\(mapping.title)</a> <span class=\"code\">\(mapping.item)</span>",
                    "\(mapping.relation.title)", "\(mapping.reason)",
                ]
            }))
            """
    }

    private var versions: HTML {
        """
        <h2>版本</h2>
        <ul>\(value.versions.map { version in
            """
            <li><a class="code" href="\(Link.item(item.id, in: isBorrowed ? jurisdiction : nil, version: version.id))">\(version.id)</a> \
            自 \(time(version.effectiveFrom)) 起，\(version.document)\(when: version.id == value.version.id, "（本页）")</li>
            """ as HTML
        })</ul>
        """
    }
}

extension MappingRelation {
    var title: String {
        switch self {
        case .same: "相同"
        case .broader: "比上级宽"
        case .narrower: "比上级窄"
        case .replaces: "代替上级事项"
        case .dropped: "本地不适用"
        case .shorter: "文字较短，要素承接上级"
        }
    }
}

extension Link {
    /// An item's page, as it is read in a jurisdiction.
    static func item(_ id: String, in place: String?, version: String? = nil) -> Link {
        ("/catalogue/\(id)" as Link).adding([("in", place), ("version", version)])
    }
}

extension Reading {
    /// Refuses a place in whose list an item cannot stand.
    fileprivate func demand(_ catalogue: String, of item: String, in place: String) throws {
        try demand(.jurisdiction(place))
        let own = try transaction.jurisdictions.jurisdiction(place)?.catalogue
        let baseline = try transaction.catalogue.version(in: place, on: day)?.baseline
        guard catalogue == own || catalogue == baseline else {
            throw Problem(
                .notFound, code: "item-not-there", detail: "“\(place)”的目录里没有公开事项“\(item)”。去掉地址中的 in，看制定它的地区。")
        }
    }
}
