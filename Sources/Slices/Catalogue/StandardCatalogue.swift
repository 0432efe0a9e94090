import CivilTime
import Spreadsheet

/// A standard catalogue on its way into a jurisdiction's list.
///
/// What the printed table does not say (who supervises, which document it is) the person who brings it in says.
package struct StandardCatalogue: Sendable {
    /// The plan under which its items stand; items of that plan in the list before are replaced.
    package let plan: CataloguePlan
    /// 公开领域, for tables without such a column.
    package let field: String
    package let effectiveFrom: Day
    package let table: StandardTable

    package init(plan: CataloguePlan, field: String, effectiveFrom: Day, table: StandardTable) {
        self.plan = plan
        self.field = field
        self.effectiveFrom = effectiveFrom
        self.table = table
    }

    /// The list with these items after its own, and everything that had to be decided.
    package func joined(to list: CatalogueList) -> (list: CatalogueList, findings: [StandardFinding]) {
        var findings = StandardFindings()
        for found in table.findings {
            findings.note(found.severity, found.code, line: found.line, column: found.column, found.detail)
        }
        let code = list.version.catalogue
        var added: [CatalogueItem] = []
        for row in table.rows {
            let id = "I-\(code)-\(plan.plan)-\(StandardCatalogue.padded(added.count + 1))"
            if let item = item(row, id: id, catalogue: code, &findings) { added.append(item) }
        }
        let kept = list.items.filter { $0.plan != plan.plan && $0.relation == .own }
        let plans = list.version.plans.filter { $0.plan != plan.plan } + [plan]
        let joined = CatalogueFile.list(
            list.version.replacing(plans: plans, effectiveFrom: effectiveFrom), kept + added,
            list.mappings.filter { mapping in kept.contains { $0.id == mapping.item } })
        return (joined, findings.all)
    }

    /// The line of the file from which an item was read.
    static func line(of item: CatalogueItem) -> Int? {
        Int(item.section.filter(\.isNumber))
    }

    private func item(
        _ row: StandardRow, id: String, catalogue: String, _ findings: inout StandardFindings
    ) -> CatalogueItem? {
        guard row.isActive else {
            findings.note(.note, "on-request", line: row.line, column: "公开方式", "依申请公开的事项不产生主动公开义务，没有载入。")
            return nil
        }
        let limit = StandardLimit(row.timeLimit)
        if row.timeLimit.isEmpty {
            findings.note(.error, "time-limit-lacking", line: row.line, column: "公开时限", "没有公开时限。")
        } else if let doubt = limit.doubt {
            findings.note(.warning, "time-limit-not-counted", line: row.line, column: "公开时限", doubt)
        }
        if row.bodies.isEmpty {
            findings.note(.warning, "body-lacking", line: row.line, column: "公开主体", "没有公开主体，按方案的原则确定。")
        }
        let isPublic = row.forEveryone
        let channel = StandardChannel.owed(row.channels, isForEveryone: isPublic)
        if channel == nil {
            findings.note(
                .warning, "channel-unknown", line: row.line, column: "公开渠道和载体", "没有认出的渠道，按政府网站计算。")
        }
        let cells = cells(row, id: id, catalogue: catalogue, limit, channel ?? .portal)
        do throws(CellFault) {
            return try CatalogueItem(cells: ItemCells { cells[$0] ?? "" })
        } catch {
            findings.note(
                .error, "cell-unusable", line: row.line, column: error.column, "无法作为事项：\(error.detail)。")
            return nil
        }
    }

    /// The row in the form that all lists share; see `ItemCells`.
    private func cells(
        _ row: StandardRow, id: String, catalogue: String, _ limit: StandardLimit,
        _ channel: DisclosureChannel
    ) -> [String: String] {
        let recurs = limit.trigger == .standing || limit.trigger == .periodic
        let basis = StandardText.clean(String(row.timeLimit.prefix(100)))
        let clocks = limit.clocks.map {
            ItemClock(
                channel: channel.rawValue, eventKind: $0.event, element: $0.element, rule: $0.rule,
                basis: basis)
        }
        let levels = row.levels.isEmpty ? "" : "公开层级：" + row.levels.joined(separator: "、")
        return [
            "item": id, "jurisdiction": catalogue, "plan": plan.plan, "section": "第\(row.line)行",
            "field": StandardText.oneLine(row.field.isEmpty ? field : row.field),
            "sub": row.matters.dropLast().joined(separator: "·"), "title": row.matters.last ?? "",
            "elements": row.elements.joined(separator: ";"), "open": "0", "kind": ItemKind.item.rawValue,
            "modality": Modality.must.rawValue,
            "audience": (row.forEveryone ? Audience.everyone : Audience.group).rawValue,
            "limit": limit.limits.map(\.cell).joined(separator: ";"),
            "bodies": row.bodies.map { AssignedBody(role: .responsible, name: $0).cell }.joined(
                separator: ";"),
            "keyed": "0", "trigger": limit.trigger.rawValue,
            "assign": (recurs ? AssignRule.lead : AssignRule.acting).rawValue,
            "refresh": limit.refreshMonths.map(String.init) ?? "", "scope": levels,
            "clocks": clocks.map(\.cell).joined(separator: ";"),
        ]
    }

    /// `001`: three digits and more.
    private static func padded(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 3 - digits.count)) + digits
    }
}
