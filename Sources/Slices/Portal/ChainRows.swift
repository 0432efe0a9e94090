import Catalogue
import CivilTime
import Law

/// A procedure as the law has it and as a jurisdiction's catalogue makes it public (流程).
struct ChainRow: Encodable, Sendable {
    let id: String
    let title: String
    let field: String
    let steps: [ChainStepRow]
    /// The least time between two of its days.
    let spans: [ChainSpanRow]
}

/// One step: what must be public because of it, and by when.
struct ChainStepRow: Encodable, Sendable {
    let event: String
    let title: String
    /// Whether every project comes to it unless it ends before.
    let expected: Bool
    /// Whether it ends the procedure, after whatever step.
    let ends: Bool
    /// The law's last day of the step, counted from an earlier one.
    let bound: OrNull<ChainBoundRow>
    let duties: [ChainDutyRow]
}

/// A limit as it is in force on the day of reading.
struct ChainLimitRow: Encodable, Sendable {
    let rule: String
    let title: String
    let form: TimeRule.Form
    /// The form and number in words.
    let counted: String
    let clause: String
    let verified: Bool

    init(_ rule: TimeRule) {
        self.rule = rule.id
        title = rule.title
        form = rule.form
        counted = rule.counted
        clause = rule.clause
        verified = rule.verified
    }

    var mark: String { verified ? "已核对" : "未核对" }
}

struct ChainBoundRow: Encodable, Sendable {
    let from: String
    let fromTitle: String
    let limit: ChainLimitRow

    var sentence: String { "须在“\(fromTitle)”\(limit.counted.replacing("触发后", with: "之后"))" }
}

/// One item on one channel.
struct ChainDutyRow: Encodable, Sendable {
    let item: String
    let itemTitle: String
    let element: OrNull<String>
    /// The kind of project to which the item is limited.
    let scope: OrNull<ProjectScope>
    let channel: String
    let channelName: String
    /// What governs when the step happens on the day of reading; null where no rule is in force.
    let limit: OrNull<ChainLimitRow>

    var name: String {
        let about = element.value.map { "（\($0)）" } ?? ""
        return (scope.value.map { $0.title + "：" } ?? "") + itemTitle + about
    }
}

struct ChainSpanRow: Encodable, Sendable {
    let from: String
    let fromTitle: String
    let to: String
    let toTitle: String
    let limit: ChainLimitRow

    /// As the later step says it: a minimum since the earlier one, or how long before it that must have been.
    var sentence: String { (limit.form == .before ? "“" : "距“") + fromTitle + "”" + limit.counted }
}

extension ProjectScope {
    var title: String {
        switch self {
        case .major: "重大建设项目"
        case .ppp: "政府和社会资本合作项目"
        }
    }
}

/// Reads what a jurisdiction's catalogue demands at each step of a procedure.
struct ChainReading {
    let reading: Reading
    let jurisdiction: String

    private var law: LawBook { reading.law }

    func row(_ chain: Chain) throws -> ChainRow {
        ChainRow(
            id: chain.id, title: chain.title, field: chain.field, steps: try chain.steps.map(step),
            spans: spans(of: chain))
    }

    /// Whether the catalogue demands anything of the procedure.
    func demands(_ chain: Chain) throws -> Bool {
        try chain.steps.contains { try !items(startedBy: $0.event).isEmpty }
    }

    private func step(_ step: Chain.Step) throws -> ChainStepRow {
        ChainStepRow(
            event: step.event, title: title(step.event), expected: step.expected,
            ends: law.eventKind(step.event)?.ends ?? false, bound: OrNull(bound(step)),
            duties: try items(startedBy: step.event).flatMap { duties(of: $0, at: step.event) })
    }

    private func bound(_ step: Chain.Step) -> ChainBoundRow? {
        guard let from = step.boundFrom, let rule = step.bound.flatMap({ law.rule($0, on: reading.day) })
        else { return nil }
        return ChainBoundRow(from: from, fromTitle: title(from), limit: ChainLimitRow(rule))
    }

    /// Of any project, and those that stand for them in a project of a special kind.
    func items(startedBy event: String) throws -> [CatalogueItem] {
        let catalogue = reading.transaction.catalogue
        var items: [CatalogueItem] = []
        for scopes in [[], Set(ProjectScope.allCases)] {
            let found = try catalogue.items(
                triggeredBy: event, in: jurisdiction, on: reading.day, scopes: scopes)
            items += found.filter { item in !items.contains { $0.id == item.id } }
        }
        return items
    }

    private func duties(of item: CatalogueItem, at event: String) -> [ChainDutyRow] {
        let clocks = item.clocks(for: event)
        var channels: [String] = []
        for clock in clocks where !channels.contains(clock.channel) { channels.append(clock.channel) }
        return channels.map { channel in
            let own = clocks.filter { $0.channel == channel }
            let choice = law.choose(own.map(\.rule), trigger: reading.day, in: jurisdiction)
            return ChainDutyRow(
                item: item.id, itemTitle: item.title, element: OrNull(text: own.first?.element ?? ""),
                scope: OrNull(item.projectScope), channel: channel,
                channelName: DisclosureChannel(rawValue: channel)?.title ?? channel,
                limit: OrNull(choice.rule.map(ChainLimitRow.init)))
        }
    }

    /// The spans whose days belong to the procedure, or stand beside it and to no other.
    private func spans(of chain: Chain) -> [ChainSpanRow] {
        let family = chain.steps.first.map { $0.event.prefix { $0 != "." } } ?? ""
        return law.rules.compactMap { rule in
            guard let ends = rule.between, rule.inForce(on: reading.day),
                ends.allSatisfy({ $0.hasPrefix(family + ".") }),
                ends.allSatisfy({ [nil, chain.id].contains(law.chain(containing: $0)?.id) })
            else { return nil }
            return ChainSpanRow(
                from: ends[0], fromTitle: title(ends[0]), to: ends[1], toTitle: title(ends[1]),
                limit: ChainLimitRow(rule))
        }
    }

    private func title(_ event: String) -> String { law.eventKind(event)?.title ?? event }
}
