import CivilTime
import Law
import Projects

/// Compares a project's recorded facts with the periods and the order that the law gives them (期间和顺序的核查).
///
/// It asks and never refuses: a day may be a slip, a method may be one that the facts do not tell. Facts that are only
/// inferred bound nothing, and two facts of imported notices are compared where the notice is read.
///
/// - Law: each rule's own clause; 民法典 art. 201–203 for the counting. R-108.
struct StepChecks {
    let law: LawBook
    let project: Project
    /// Those that stand, by lot or for the whole project.
    let facts: [Event]
    /// The numbers of the lots that are registered.
    let lots: [String]

    /// Something to ask about a fact.
    struct Question: Hashable {
        let rule: String
        let weight: Finding.Weight
        let clause: String
        let verified: Bool
        let detail: String
        /// The fact that it is about, and the one that it is compared with.
        let event: Event
        let other: Event?
    }

    func questions() -> [Question] {
        let known = facts.filter { $0.basis != .inferred && $0.basis != .periodic }
        let byKind = Dictionary(grouping: known, by: \.kind)
        let asked = known.flatMap { event in
            order(event, byKind) + spans(event, byKind) + field(event) + lot(event)
        }
        return asked + byKind.values.flatMap(repeated)
    }

    // MARK: Periods

    private func spans(_ end: Event, _ byKind: [String: [Event]]) -> [Question] {
        law.spans(endingIn: end.kind, on: end.day).compactMap { rule in
            let starts = (byKind[rule.between?.first ?? ""] ?? []).filter {
                $0.day <= end.day && $0.meets(end)
            }
            guard let start = starts.last, start.isToldHere || end.isToldHere,
                let governing = law.rule(rule.id, on: start.day),
                let short = governing.shortSpan(
                    from: start.day, through: end.day, by: law.calendar(in: end.jurisdiction))
            else { return nil }
            return question(short, start, end)
        }
    }

    private func question(_ short: ShortSpan, _ start: Event, _ end: Event) -> Question {
        let way = short.rule.way.map { "本项规定只适用于\($0)，登记的事项没有载明；" } ?? ""
        let span = "\(way)登记的\(title(start))至\(title(end))的期间"
        return Question(
            rule: short.code,
            weight: short.isByEveryReading && short.verified && short.rule.way == nil ? .warning : .note,
            clause: short.rule.clause, verified: short.verified, detail: short.sentence(about: span),
            event: end, other: start)
    }

    // MARK: Order

    /// A fact all of whose earlier steps are recorded on later days than its own.
    private func order(_ event: Event, _ byKind: [String: [Event]]) -> [Question] {
        var asked: [Question] = []
        for rule in law.spans(endingIn: event.kind, on: event.day) {
            let kind = rule.between?.first ?? ""
            guard !asked.contains(where: { $0.other?.kind == kind }) else { continue }
            asked += reversed(event, after: kind, by: rule, byKind).map { [$0] } ?? []
        }
        guard let chain = law.chain(containing: event.kind), let here = chain.index(of: event.kind) else {
            return asked
        }
        let step = chain.steps[here]
        let bound = step.bound.flatMap { law.rule($0, on: event.day) }
        let before = chain.steps[..<here].last { earlier in
            earlier.expected && (byKind[earlier.event] ?? []).contains { $0.meets(event) }
        }
        guard step.expected, let before, !asked.contains(where: { $0.other?.kind == before.event }) else {
            return asked
        }
        return asked + (reversed(event, after: before.event, by: bound, byKind).map { [$0] } ?? [])
    }

    private func reversed(
        _ event: Event, after kind: String, by rule: TimeRule?, _ byKind: [String: [Event]]
    ) -> Question? {
        let earlier = (byKind[kind] ?? []).filter { $0.meets(event) }
        guard let other = earlier.first, other.day > event.day, other.isToldHere || event.isToldHere else {
            return nil
        }
        return Question(
            rule: "step-order", weight: rule?.verified == true ? .warning : .note, clause: rule?.clause ?? "",
            verified: rule?.verified ?? true,
            detail: "登记的\(title(event))（\(event.day)）早于应当在前的\(title(other))（\(other.day)）；请核对日期。",
            event: event, other: other)
    }

    // MARK: Field and number

    /// A step of a procedure that belongs to another field than the project's.
    private func field(_ event: Event) -> [Question] {
        // What a major project is built, bought and tendered by are procedures of other fields.
        guard event.isToldHere, !project.field.isEmpty, project.scopes.isEmpty,
            let chain = law.chain(containing: event.kind)
        else { return [] }
        let (its, ours) = (chain.field.fieldHead, project.field.fieldHead)
        guard its != ours, ours != "重大建设项目" else { return [] }
        return [
            Question(
                rule: "step-of-another-field", weight: .note, clause: "", verified: true,
                detail: "“\(title(event))”是\(chain.title)（\(its)）的环节，而项目的领域是“\(ours)”；请核对项目编号和环节。",
                event: event, other: nil)
        ]
    }

    /// A lot that nobody registered: it may be a slip, and then another lot waits in vain.
    private func lot(_ event: Event) -> [Question] {
        guard event.isToldHere, !event.lot.isEmpty, !lots.contains(event.lot) else { return [] }
        let known = lots.isEmpty ? "没有登记标段" : "登记的标段：\(lots.prefix(20).joined(separator: "、"))"
        return [
            Question(
                rule: "lot-unknown", weight: .note, clause: "", verified: true,
                detail: "“\(title(event))”登记在标段“\(event.lot)”，项目\(known)；请核对，或者登记该标段。", event: event,
                other: nil)
        ]
    }

    /// One step of the same lot on several days.
    private func repeated(_ same: [Event]) -> [Question] {
        guard let kind = same.first?.kind, let chain = law.chain(containing: kind),
            let step = chain.steps.first(where: { $0.event == kind }), step.expected, step.repeats != true
        else { return [] }
        return Dictionary(grouping: same, by: \.lot).values.compactMap { events in
            guard events.count > 1, let last = events.last, events.contains(where: \.isToldHere) else {
                return nil
            }
            let days = events.prefix(10).map(\.day.description).joined(separator: "、")
            let place = last.lot.isEmpty ? "同一项目" : "标段“\(last.lot)”"
            return Question(
                rule: "step-repeated", weight: .note, clause: "", verified: true,
                detail: "\(place)登记了\(events.count)次“\(title(last))”（\(days)\(events.count > 10 ? "等" : "")）；"
                    + "属于不同标段的请写明标段，重复登记的请作废，重新进行的可以不改。",
                event: last, other: events[events.count - 2])
        }
    }

    private func title(_ event: Event) -> String { law.eventKind(event.kind)?.title ?? event.kind }
}

extension Event {
    /// Recorded here, not read out of an imported notice.
    var isToldHere: Bool { evidenceEdition.isEmpty }

    /// Whether both can be about the same lot.
    fileprivate func meets(_ other: Event) -> Bool {
        lot.isEmpty || other.lot.isEmpty || lot == other.lot
    }
}

extension String {
    /// The field without its subdivision: 重大建设项目·3招标投标信息 is of 重大建设项目.
    fileprivate var fieldHead: String { String(prefix { $0 != "·" }) }
}
