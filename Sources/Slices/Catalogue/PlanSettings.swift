/// One thing in which the plans differ, or that a plan leaves open, and how we take it (方案不一致之处).
///
/// - Law: C-01 … C-27: what the sources contradict is configuration, never code.
package struct PlanSetting: Sendable, Hashable, Codable {
    /// What is set. Entries of a value are parted by `;`, a name and what it stands for by `=`, several by `|`.
    package enum Key: String, Sendable, Hashable, Codable, CaseIterable {
        /// Working days for the answer to a request (依申请公开), a promise of the plan's own.
        case requestReply = "request_reply_wd"
        case requestExtension = "request_extend_wd"
        /// Working days for filing the local plan.
        case filing = "filing_wd"
        /// `placeholder=items`: the items that a placeholder stands for.
        case standsFor = "stands_for"
        /// `sector=fields`: a sector of the plan's own count.
        case sector
        case blacklistMode = "blacklist_mode"
        /// 第三方评估、社会评议
        case outsideReview = "outside_review"
        /// `label=meaning`: what a price is called here.
        case priceLabel = "price_label"
        /// `printed=meant`
        case misprint
        /// Where licences and penalties go online when the plan names places.
        case licenceChannels = "licence_channels"
        case reportTo = "report_to"
        /// From when information counts as formed, by the kind of source.
        case formedDay = "formed_day"
        /// Lists that the plan refers to and that are not among its papers.
        case annexMissing = "annex_missing"
        /// `item=exclusions`: grounds that an item has beside its own.
        case alsoExcluded = "also_excluded"
        /// How publication on the platform stands to that on the appointed medium.
        case platformOrder = "platform_order"
        /// What the plan orders to publish although it is about a person.
        case neverMasked = "never_masked"
        case coordinator
        /// With whom the coordinator works.
        case coordinated
        case dutyLimbs = "duty_limbs"
        /// Classes of body that disclose what they hold (按照掌握信息的情况).
        case holders
        case analysis
        case creditSites = "credit_sites"
        case portalColumn = "portal_column"

        package var title: String {
            switch self {
            case .requestReply: "答复申请的期限（工作日）"
            case .requestExtension: "延长答复的期限（工作日）"
            case .filing: "实施方案备案期限（工作日）"
            case .standsFor: "占位事项所指"
            case .sector: "方案所称领域"
            case .blacklistMode: "黑名单方式"
            case .outsideReview: "第三方评估"
            case .priceLabel: "价格用语"
            case .misprint: "文字讹误"
            case .licenceChannels: "许可和处罚的公开渠道"
            case .reportTo: "进展报送对象"
            case .formedDay: "形成之日"
            case .annexMissing: "缺少的附件"
            case .alsoExcluded: "另行除外"
            case .platformOrder: "与指定媒介的先后"
            case .neverMasked: "不遮盖的内容"
            case .coordinator: "协调机构"
            case .coordinated: "会同部门"
            case .dutyLimbs: "公开主体原则"
            case .holders: "掌握信息的主体"
            case .analysis: "大数据分析和推送"
            case .creditSites: "信用网站"
            case .portalColumn: "门户网站栏目"
            }
        }
    }

    /// `C-01`; empty where the plans merely differ.
    package let contradiction: String
    package let plan: String
    package let key: Key
    package let value: String
    /// Where the plan says it.
    package let section: String
    package let reason: String

    /// The entries of the value.
    package var entries: [String] { value.split(separator: ";").map(String.init) }

    /// The value as pairs: `a=x|y;b=z`.
    package var pairs: [(name: String, values: [String])] {
        entries.compactMap { entry in
            guard let mark = entry.lastIndex(of: "=") else { return nil }
            let values = entry[entry.index(after: mark)...].split(separator: "|").map(String.init)
            return (name: String(entry[..<mark]), values: values)
        }
    }
}

/// Everything that is set for the plans.
package struct PlanSettings: Sendable, Hashable {
    package let all: [PlanSetting]

    package init(_ all: [PlanSetting]) {
        self.all = all
    }

    package func settings(_ key: PlanSetting.Key, of plan: String) -> [PlanSetting] {
        all.filter { $0.key == key && $0.plan == plan }
    }

    /// The value of a key that a plan sets once; nil when it does not.
    package func value(_ key: PlanSetting.Key, of plan: String) -> String? {
        settings(key, of: plan).first?.value
    }

    /// Grounds beside an item's own (C-23): relief recipients who are minors, as in the welfare lists.
    package func alsoExcluded(from item: String, plan: String) -> [Exclusion] {
        settings(.alsoExcluded, of: plan).flatMap(\.pairs).filter { $0.name == item }
            .flatMap(\.values).compactMap(Exclusion.init)
    }
}
