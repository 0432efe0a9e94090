import CivilTime
import Law
import Obligations
import People
import Web

/// One obligation as a page.
struct ObligationBody: Sendable {
    let value: ObligationPage.Value
    /// The day as of which it is shown, when that is not today.
    let past: Day?
    /// Its page as readers elsewhere reach it.
    let online: Link?

    private var here: Link { row.link }
    private var row: ObligationRow { value.obligation }

    var page: Page {
        Page(
            title: row.itemTitle + (row.apart.isEmpty ? "" : " · " + row.apart), lead: lead,
            crumbs: [.init("首页", "/"), .init("公开义务", "/obligations")],
            metadata: PageMetadata(canonical: here),
            """
            \(PastNotice(past, today: here))
            \(standingNow)
            \(facts)
            \(why)
            \(due)
            \(settled)
            \(earlier)
            \(receipts)
            \(when: past == nil, RecourseBox(value.recourse.value, citing: address).html)
            \(DayForm(to: here, past: past))
            """)
    }

    private var receipts: ReceiptBox? {
        value.log.value.map {
            ReceiptBox(
                mark: $0, subject: "这项义务的产生", receipt: "/obligations/\(row.id)/receipts", record: nil)
        }
    }

    private var lead: HTML {
        """
        <p>\(row.chip) \(bodyLink(row.body, row.bodyName))\(row.firm ? "应当" : "被鼓励")在\(row.channelName)公开\
        \(row.dueWords)。状态截至 \(time(value.day)) 日终。</p>
        """
    }

    /// What the state means here, and what it does not say.
    private var standingNow: HTML {
        let tone: HTML =
            switch row.state {
            case .overdue where row.verified, .lapsed: "box box-bad"
            case .dueSoon: "box box-warn"
            default: "box"
            }
        let late: HTML? = row.daysLate.value.map { days in
            withdrawn == nil ? "到期日已经过去 \(days) 日，仍没有公开。" : "到期日已经过去 \(days) 日，现在没有公开的版本。"
        }
        let doubt: HTML? =
            row.verified
            ? nil : "<p>所依据的时限规则尚未与官方文本核对，这里的到期日仅供参考，不据此认定逾期。</p>"
        return """
            <div class="\(tone)"><p>\(late ?? "\(row.state.meaning)")</p>\(doubt)\(withdrawn ?? observed)\(roads)</div>
            """
    }

    /// It was there, and is not any more: that is no silence. Nil where it was never published, or stands.
    private var withdrawn: HTML? {
        guard row.state == .overdue || row.state == .lapsed else { return nil }
        guard let last = value.discharges.last(where: \.revoked) else { return nil }
        let day: HTML? = last.day.value.map { "（公开日 \(time($0))，\(last.verdict.title)）" }
        return "<p>曾经公开过\(day)，后来撤回：见\(last.titleLink)。撤回以后重新应当公开，到期日不变。</p>"
    }

    private var roads: HTML {
        guard past == nil, value.recourse.value != nil else { return "" }
        return "<p><a href=\"#recourse\">您可以做什么</a></p>"
    }

    private var observed: HTML {
        switch row.state {
        case .overdue, .lapsed:
            return value.bodyPublishesHere
                ? "<p>该机关在本平台公开，所以本平台没有就是没有公开。</p>"
                : "<p>信息来源已声明完整，所以没有采集到就是没有公开。</p>"
        case .unobserved: return "<p>没有人因此受到指责。</p>"
        default: return ""
        }
    }

    private var facts: HTML {
        var facts: [(name: String, value: HTML)] = [
            (
                "公开事项",
                "<a href=\"\(Link.item(row.item, in: row.jurisdiction, version: value.catalogueVersion))\">\(row.itemTitle)</a> <span class=\"code\">\(row.item)</span>"
            ),
            ("公开主体", bodyLink(row.body, row.bodyName)),
            (
                "辖区 · 领域",
                "<a href=\"/catalogue/\(row.jurisdiction)\">\(row.jurisdictionName)</a> · \(row.field)"
            ),
        ]
        if let project = row.project.value {
            facts.append(("项目", "<a href=\"/projects/\(project)\">\(row.projectTitle.value)</a>"))
        }
        if let lot = row.lot.value { facts.append(("标段（包）", "\(lot)")) }
        if let period = row.period.value { facts.append(("周期", "\(period)")) }
        facts.append((row.firm ? "到期日" : "参照期限", dueFact))
        if let rule = row.ruleName.value { facts.append(("时限规则", ruleFact(rule))) }
        return Facts(facts).html
    }

    private var dueFact: HTML {
        guard let day = row.due.value else {
            guard let bound = row.bound.value else {
                return "尚无：\(row.trigger.value == nil ? "触发事项还没有记录" : "所依据的规定没有写明天数")"
            }
            return """
                尚无：等待“\(row.triggerKindName)”。依法不晚于 \(time(bound))\
                \(value.boundRule.value.map { "（\($0)\(value.boundClause.value.map { "，\($0)" as HTML })）" as HTML })
                """
        }
        return "\(time(day))（\(day.weekdayName)）\(when: row.provisional, " \(Chip("provisional", "暂定"))")"
    }

    private func ruleFact(_ title: String) -> HTML {
        """
        <a href="/about/rules#\(row.rule.value)">\(title)</a>，\(row.clause.value)\
        \(when: !row.verified, " <strong>（未与官方文本核对）</strong>")
        """
    }

    // MARK: Why

    private var why: HTML {
        if value.events.isEmpty {
            return "<h2>\(whyTitle)</h2><p>等待“\(row.triggerKindName)”。</p>"
        }
        return """
            <h2>\(whyTitle)</h2>
            \(when: row.trigger.value == nil, "<p>项目已经开始，将来发生“\(row.triggerKindName)”时\(row.firm ? "应当" : "鼓励")公开。以下是使这项义务为人所知的事项。</p>")
            \(Table(caption: "触发事项，从早到晚", columns: ["事项", "发生日与依据", "谁", "记录"], rows: value.events.map(event)))
            """
    }

    private var whyTitle: String { row.firm ? "为什么应当公开" : "为什么鼓励公开" }

    private func event(_ event: EventRow) -> [HTML] {
        let state: HTML =
            switch event.state {
            case .current: ""
            case .superseded: " \(Chip("void", "已更正"))"
            case .voided: " \(Chip("void", "已作废"))"
            }
        return [
            "\(event.kindName)\(event.period.value.map { "（\($0)）" as HTML })\(state)",
            "\(event.daySentence)\(event.reason.value.map { "<br><span class=\"quiet\">原因：\($0)</span>" as HTML })",
            bodyLink(event.body, event.bodyName),
            "<span class=\"quiet\">\(Occasion.name(of: event.recordedBy))，\(clockTime(event.recordedAt))</span>",
        ]
    }

    // MARK: The due day

    private var due: HTML {
        guard let latest = value.computations.first else { return "" }
        return """
            <h2>\(row.firm ? "到期日" : "参照期限")怎么算</h2>
            \(renewed(latest))
            \(DueExplanation(computation: latest, ruleNames: value.ruleNames, firm: row.firm))
            <p class="quiet">第 \(latest.number) 次推算：\(latest.reason)；法规数据 \(latest.lawVersion)，\
            日历 \(latest.calendarVersion)，\(clockTime(latest.computedAt))。</p>
            """
    }

    /// A standing duty has moved on since its first due day was computed.
    private func renewed(_ latest: DueComputation) -> HTML {
        guard value.standing, let closed = row.closedDay.value, let due = row.due.value,
            due != latest.choice.dueDate?.due
        else { return "" }
        return """
            <p>现行版本于 \(time(closed)) 公开或者更新，须在 \(time(due)) 之前核对更新（更新周期为本地设置）。\
            以下是台账启用时第一次公开的期限。</p>
            """
    }

    private var earlier: HTML {
        guard value.computations.count > 1 else { return "" }
        let rows = value.computations.dropFirst().map { computation -> [HTML] in
            [
                "第 \(computation.number) 次", time(computation.triggerDay),
                computation.choice.dueDate.map { time($0.due) } ?? "—", "\(computation.reason)",
                "<span class=\"quiet\">\(computation.lawVersion)；\(computation.calendarVersion)；\(clockTime(computation.computedAt))</span>",
            ]
        }
        return """
            <h2>以前的推算</h2>
            \(Table(caption: "每一次推算都保留，新的在前", columns: ["次", "触发日", "到期日", "原因", "数据版本与时间"], rows: Array(rows)))
            """
    }

    // MARK: What settled it

    private var settled: HTML {
        """
        \(when: !value.discharges.isEmpty, discharges)
        \(when: !value.decisions.isEmpty, decisions)
        \(when: !value.overdueEntries.isEmpty, entries)
        """
    }

    private var discharges: HTML {
        """
        <h2>公开情况</h2>
        \(Table(caption: "据以认定已经公开的信息", columns: ["信息", "公开日", "时间依据", "判定"], rows: value.discharges.map { discharge in
            [
                discharge.titleLink,
                discharge.day.value.map(time) ?? "不明",
                "\(discharge.basisName)",
                "\(row.firm ? discharge.verdict.title : "不判定（鼓励公开）")\(when: discharge.revoked, "（已撤回，不再算数）")",
            ]
        }))
        """
    }

    private var decisions: HTML {
        """
        <h2>决定</h2>
        \(Table(caption: "不公开或者不适用的决定", columns: ["决定", "理由与依据", "决定人与日期", "复查与撤销"], rows: value.decisions.map { decision in
            [
                decision.kind == .withheld ? "不予公开" : "不适用",
                "\(decision.ground.value)\(decision.clause.value.map { "，\($0)" as HTML })\(decision.reason.value)",
                "\(Occasion.name(of: decision.decidedBy))，\(time(decision.day))\(decidedLate(decision))",
                """
                \(decision.reviewOn.value.map { "应于 \(time($0)) 复查" as HTML })\
                \(decision.revokedOn.value.map { " 已于 \(time($0)) 撤销" as HTML })\
                \(decision.revokedReason.value.map { "：\($0)" as HTML })
                """,
            ]
        }))
        """
    }

    private func decidedLate(_ decision: DecisionRow) -> HTML {
        guard row.firm, let due = row.due.value, decision.day > due else { return "" }
        return "（晚于到期日 \(time(due))）"
    }

    private var entries: HTML {
        let days = value.overdueEntries.map(time).joined(separator: "、")
        let ended: HTML? =
            row.state == .unobserved ? "当时所依据的来源完整性声明已经撤回，现在不再列为逾期。" : nil
        return "<h2>逾期记录</h2><p>\(days) 零时起列为逾期。记录只增不减，后来公开了也保留。\(ended)</p>"
    }

    // MARK: How to cite it

    private var address: PermanentAddress {
        PermanentAddress(
            online: online,
            citing: """
                引用这项义务，写事项、机关、到期日和这个地址，并写明状态截至 \(time(value.day)) 日终；状态会变，\
                要固定在这一天，在地址后面加上 ?on=\(value.day)。\
                \(when: value.log.value?.signedAt.value != nil, "要证明没有被改过，附上<a href=\"/obligations/\(row.id)/receipts\">日志回执</a>。")
                """)
    }
}
