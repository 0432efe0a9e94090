import Law

/// Something that a catalogue lacks or contradicts.
package struct CatalogueFinding: Sendable, Hashable, Codable {
    package enum Severity: String, Sendable, Codable {
        /// The version cannot go live.
        case error
        case warning
        /// Nothing is wrong; a reader may wonder.
        case note
    }

    package let severity: Severity
    /// Stable, lower case, dashed.
    package let code: String
    /// Empty when it concerns the whole list.
    package let item: String
    /// Chinese, one sentence.
    package let detail: String
}

/// Whether a catalogue says what every item needs: matter, content, time limit, method, body, supervision.
///
/// - Law: R-02 (001 二; 003 附2 四, 附3 一(二)3): 事项、内容、时限、方式、责任主体、监督渠道.
package struct CatalogueCheck: Sendable {
    package let list: CatalogueList
    package let baseline: CatalogueList?
    package let law: LawFile
    /// Whether a jurisdiction's registry knows a body under that name; nil when there is none to ask.
    package let knows: (@Sendable (String) -> Bool)?

    package init(
        _ list: CatalogueList, baseline: CatalogueList? = nil, law: LawFile,
        knows: (@Sendable (String) -> Bool)? = nil
    ) {
        self.list = list
        self.baseline = baseline
        self.law = law
        self.knows = knows
    }

    /// Item by item in the order of the list, then what concerns the whole.
    package func findings() -> [CatalogueFinding] {
        list.items.flatMap(findings) + mappingFindings() + planFindings()
    }

    private func findings(_ item: CatalogueItem) -> [CatalogueFinding] {
        guard item.owes else {
            let found = finding(.note, "owes-nothing", item, "性质为“\(item.kind.title)”，计入事项，不产生公开义务。")
            return item.clocks.isEmpty
                ? [found]
                : [found, finding(.error, "clock-without-duty", item, "不产生公开义务的事项不应有时限。")]
        }
        return requiredFindings(item) + clockFindings(item) + referenceFindings(item)
    }

    private func requiredFindings(_ item: CatalogueItem) -> [CatalogueFinding] {
        var found: [CatalogueFinding] = []
        let plan = list.plan(of: item)
        if item.title.isEmpty { found.append(finding(.error, "matter-lacking", item, "缺少事项名称。")) }
        if item.elements.isEmpty {
            found.append(finding(.warning, "content-lacking", item, "未列内容要素，仅有事项名称。"))
        }
        if item.clocks.isEmpty { found.append(finding(.error, "time-limit-lacking", item, "没有任何渠道的公开时限。")) }
        if (plan?.method ?? "").isEmpty { found.append(finding(.error, "method-lacking", item, "缺少公开方式。")) }
        if (plan?.supervision ?? "").isEmpty {
            found.append(finding(.error, "supervision-lacking", item, "缺少监督渠道。"))
        }
        if item.bodies.isEmpty {
            found.append(
                (plan?.bodies ?? "").isEmpty
                    ? finding(.error, "body-lacking", item, "缺少公开主体。")
                    : finding(.warning, "body-by-class", item, "未分工到具体机构，按“\(plan?.bodies ?? "")”确定。"))
        } else if item.bodies.allSatisfy({ $0.role == .inferred }) {
            found.append(finding(.warning, "body-inferred", item, "方案未写明主体，系由上下文推定。"))
        }
        if item.stage == nil { found.append(finding(.warning, "stage-lacking", item, "无法确定属于五公开的哪一环节。")) }
        return found
    }

    private func clockFindings(_ item: CatalogueItem) -> [CatalogueFinding] {
        var found: [CatalogueFinding] = []
        for clock in item.clocks {
            if law.eventKinds.first(where: { $0.kind == clock.eventKind }) == nil {
                found.append(finding(.error, "event-unknown", item, "触发事项“\(clock.eventKind)”不在法律数据中。"))
            }
            if !law.rules.contains(where: { $0.id == clock.rule }) {
                found.append(finding(.error, "rule-unknown", item, "期限规则“\(clock.rule)”不在法律数据中。"))
            }
        }
        let counted = Set(item.clocks.map(\.rule))
        for stated in item.limits where counted.isDisjoint(with: stated.limit.rules) {
            found.append(
                finding(.error, "limit-not-counted", item, "方案写明“\(stated.limit.title)”，却没有相应的时限。"))
        }
        let clocksOnce = Set(item.clocks.map { "\($0.channel) \($0.eventKind) \($0.rule)" })
        if clocksOnce.count != item.clocks.count {
            found.append(finding(.error, "clock-repeated", item, "同一渠道、同一触发事项、同一规则的时限重复。"))
        }
        return found
    }

    private func referenceFindings(_ item: CatalogueItem) -> [CatalogueFinding] {
        var found: [CatalogueFinding] = []
        for clock in item.clocks where clock.runsWithParent {
            let parents = list.item(item.parent)?.clocks(for: clock.eventKind).filter {
                $0.channel == clock.channel
            }
            if (parents ?? []).allSatisfy(\.runsWithParent) {
                found.append(finding(.error, "parent-lacking", item, "随主信息公开，但主信息在该渠道没有时限。"))
            }
        }
        if !item.replaces.isEmpty, list.item(item.replaces) == nil {
            found.append(finding(.error, "replaced-unknown", item, "所替代的事项“\(item.replaces)”不存在。"))
        }
        if let knows {
            for body in item.bodies where !knows(body.name) {
                found.append(finding(.warning, "body-unknown", item, "机构登记中没有“\(body.name)”。"))
            }
        }
        return found
    }

    private func mappingFindings() -> [CatalogueFinding] {
        list.mappings.compactMap { mapping in
            let known = list.item(mapping.item) != nil || mapping.relation == .dropped
            guard known, baseline.map({ $0.item(mapping.baseline) != nil }) ?? true else {
                return CatalogueFinding(
                    severity: .error, code: "mapping-unknown", item: mapping.item,
                    detail: "对应关系指向不存在的事项“\(mapping.item) → \(mapping.baseline)”。")
            }
            guard !mapping.reason.isEmpty || mapping.relation == .same else {
                return CatalogueFinding(
                    severity: .error, code: "mapping-reason-lacking", item: mapping.item,
                    detail: "与“\(mapping.baseline)”不一致，却没有说明理由。")
            }
            return nil
        }
    }

    private func planFindings() -> [CatalogueFinding] {
        guard list.version.plans.isEmpty else { return [] }
        return [CatalogueFinding(severity: .error, code: "plan-lacking", item: "", detail: "目录没有所依据的方案。")]
    }

    private func finding(
        _ severity: CatalogueFinding.Severity, _ code: String, _ item: CatalogueItem, _ detail: String
    ) -> CatalogueFinding {
        CatalogueFinding(severity: severity, code: code, item: item.id, detail: detail)
    }
}

extension StatedLimit {
    /// The time rules that count such a limit: one of them must appear among an item's clocks.
    ///
    /// A special law's shorter limit, and the limit of the item it is published with, count in place of the 20
    /// working days (R-30).
    var rules: Set<String> {
        switch self {
        case .twentyWorkingDays: ["active-20wd", "promptly-20wd", "with-parent"]
        case .sevenWorkingDays: ["licence-penalty-7wd"]
        case .month: ["periodic-month"]
        case .quarter: ["periodic-quarter"]
        case .prompt: ["promptly-20wd"]
        case .statutory: ["statutory-notice"]
        }
    }
}
