import CivilTime
import Law
import Obligations
import Web

/// An obligation as lists and data show it on a day.
struct ObligationRow: Encodable, Sendable {
    let id: String
    let item: String
    let itemTitle: String
    let body: String
    let bodyName: String
    let project: OrNull<String>
    let projectTitle: OrNull<String>
    let lot: OrNull<String>
    let period: OrNull<String>
    let jurisdiction: String
    let jurisdictionName: String
    let field: String
    let channel: String
    let channelName: String
    let due: OrNull<Day>
    let provisional: Bool
    let state: ObligationState
    let stateName: String
    let rule: OrNull<String>
    let ruleName: OrNull<String>
    let clause: OrNull<String>
    /// Whether the rule's number was compared with the official text.
    let verified: Bool
    /// Whether the item must be disclosed; a soft one is never late.
    let firm: Bool
    /// The event that started the clock; null while it is awaited.
    let trigger: OrNull<String>
    let triggerKind: String
    let triggerKindName: String
    let triggerDay: OrNull<Day>
    let triggerBasis: OrNull<DayBasis>
    /// The last lawful day of an awaited step, where the law bounds it.
    let bound: OrNull<Day>
    let closedDay: OrNull<Day>
    /// Calendar days past the due day, for what is overdue or lapsed.
    let daysLate: OrNull<Int>

    init(_ obligation: Obligation, names: Names, on day: Day, soon: Day) {
        let state = obligation.state(on: day, soon: soon)
        let rule = names.rule(obligation.rule, on: obligation.triggerDay)
        id = obligation.id
        item = obligation.item
        itemTitle = names.itemTitle(obligation.item, version: obligation.catalogueVersion)
        body = obligation.body
        bodyName = names.body(obligation.body)
        project = OrNull(text: obligation.project)
        projectTitle = OrNull(text: obligation.project.isEmpty ? "" : names.project(obligation.project))
        lot = OrNull(text: obligation.lot)
        period = OrNull(text: obligation.period == "standing" ? "" : obligation.period)
        jurisdiction = obligation.jurisdiction
        jurisdictionName = names.jurisdiction(obligation.jurisdiction)
        field = obligation.field
        channel = obligation.channel
        channelName = names.channel(obligation.channel)
        due = OrNull(obligation.due)
        provisional = obligation.provisional
        self.state = state
        stateName = state.title
        self.rule = OrNull(text: obligation.rule)
        ruleName = OrNull(rule?.title)
        clause = OrNull(rule?.clause)
        verified = obligation.verified
        firm = obligation.firm
        trigger = OrNull(text: obligation.trigger)
        triggerKind = obligation.eventKind
        triggerKindName = names.eventKind(obligation.eventKind)
        triggerDay = OrNull(obligation.triggerDay)
        triggerBasis = OrNull(obligation.triggerBasis)
        bound = OrNull(obligation.bound)
        closedDay = OrNull(obligation.closedDay)
        let isLate = state == .overdue || state == .lapsed
        daysLate = OrNull(isLate ? obligation.due.map { $0.days(until: day) } : nil)
    }
}

extension ObligationRow {
    var link: Link { "/obligations/\(id)" }

    /// The state in words and sign. What rests on a rule that nobody has verified accuses nobody.
    var chip: HTML { StateChip(state, verified: verified).html }

    /// What tells the obligation apart from others of its item: lot, period, channel.
    var apart: String {
        [
            lot.value.map { "标段 \($0)" }, period.value,
            channel == "portal" ? nil : channelWord(channel),
        ].compactMap(\.self).joined(separator: " · ")
    }

    var dueCell: HTML {
        guard let due = due.value else {
            guard let bound = bound.value else { return "<span class=\"quiet\">—</span>" }
            return "<span class=\"quiet\">待触发；依法不晚于 \(time(bound))</span>"
        }
        let day: HTML = firm ? time(due) : "<span class=\"quiet\">参照 \(time(due))</span>"
        return "\(day)\(when: provisional, " \(Chip("provisional", "暂定"))")"
    }

    /// The due day in a sentence; what is only encouraged has none that it must keep.
    var dueWords: HTML? { due.value.map { firm ? "，最迟 \(time($0))" : "，参照期限 \(time($0))" } }
}

extension Table {
    /// Obligations as rows.
    ///
    /// - Parameter on: the past day as of which they are shown, and to which their links lead; nil for today.
    static func obligations(
        _ rows: [ObligationRow], caption: String, empty: String, showsBody: Bool = true, on past: Day? = nil
    ) -> Table {
        Table(
            caption: caption,
            columns: ["事项", Column(showsBody ? "公开主体" : "项目"), "到期日", "状态"],
            rows: rows.map { row in
                [
                    """
                    <a href="\(row.link.on(past))">\(row.itemTitle)</a>\
                    \(when: !row.apart.isEmpty, " <span class=\"quiet\">\(row.apart)</span>")\
                    \(when: showsBody, row.placeLine)
                    """,
                    showsBody ? bodyLink(row.body, row.bodyName) : row.projectLine,
                    row.dueCell, row.stateCell,
                ]
            }, empty: empty)
    }
}

extension ObligationRow {
    /// Where it belongs: its project, else its field.
    fileprivate var placeLine: HTML {
        project.value == nil
            ? "<span class=\"under quiet\">\(jurisdictionName) · \(field)</span>" : projectLine
    }

    fileprivate var projectLine: HTML {
        guard let project = project.value else { return "<span class=\"quiet\">—</span>" }
        return "<span class=\"under\"><a href=\"/projects/\(project)\">\(projectTitle.value)</a></span>"
    }

    fileprivate var stateCell: HTML {
        "\(chip)\(when: daysLate.value != nil, " <span class=\"quiet\">已过 \(daysLate.value ?? 0) 日</span>")"
    }
}
