import CivilTime

/// Which limit governs a clock, and why the others do not.
///
/// - Law: 政府信息公开条例 art. 26: special law or regulation prevails over the general 20 working days; a
///   document or a local limit may only be shorter.
package struct RuleChoice: Sendable, Hashable, Codable {
    package struct Candidate: Sendable, Hashable, Codable {
        package let rule: String
        package let clause: String
        package let due: Day?
        package let won: Bool
        /// Chinese, one sentence.
        package let reason: String
    }

    /// The winner; nil when no candidate is in force on the trigger day.
    package let rule: TimeRule?
    package let dueDate: DueDate?
    /// Every rule that was considered, the winner first.
    package let candidates: [Candidate]
}

extension LawBook {
    /// Picks the limit for a clock that started on `trigger`.
    ///
    /// A limit that nobody has compared with its text is named with its day and governs only where no other counts.
    ///
    /// - Parameters:
    ///   - ids: the rules that the item's clock names, in any order.
    ///   - trigger: the day of the event; for a period, its last day.
    ///   - jurisdiction: whose rest days count.
    /// - Returns: the special limit with the earliest day when a law or regulation gives one, unless a shorter
    ///   document or local limit undercuts it; else the earliest of all.
    package func choose(_ ids: [String], trigger: Day, in jurisdiction: String) -> RuleChoice {
        memo.choice(.init(rules: ids, trigger: trigger, jurisdiction: jurisdiction)) {
            chosen(ids, trigger: trigger, in: jurisdiction)
        }
    }

    /// A choice as it is kept: the same text and hash for the same choice.
    package func written(_ choice: RuleChoice) throws -> WrittenChoice { try memo.written(choice) }

    private func chosen(_ ids: [String], trigger: Day, in jurisdiction: String) -> RuleChoice {
        let calendar = calendar(in: jurisdiction)
        let rated = ids.compactMap { id in
            rule(id, on: trigger).map { rule in
                RatedRule(rule: rule, due: rule.counting.map { calendar.dueDate($0, from: trigger) })
            }
        }
        let read = rated.filter { $0.rule.verified && $0.due != nil }
        let able = read.isEmpty ? rated : read
        let special = able.filter(\.overridesGeneralLimit)
        let field = special.isEmpty ? able : able.filter { $0.rule.general != true }
        let winner = field.min { earlier($0.due?.due, $1.due?.due) }
        let candidates = rated.map { entry in
            let won = entry.rule == winner?.rule
            let reason =
                won
                ? reasonToGovern(entry, over: rated)
                : reasonToYield(entry, read: !read.isEmpty, special: !special.isEmpty)
            return RuleChoice.Candidate(
                rule: entry.rule.id, clause: entry.rule.clause, due: entry.due?.due, won: won, reason: reason)
        }
        return RuleChoice(
            rule: winner?.rule, dueDate: winner?.due,
            candidates: candidates.filter(\.won) + candidates.filter { !$0.won })
    }

    private func reasonToGovern(_ entry: RatedRule, over rated: [RatedRule]) -> String {
        if entry.overridesGeneralLimit, rated.contains(where: { $0.rule.general == true }) {
            return "法律、法规另有规定，从其规定"
        }
        return rated.count == 1 ? "唯一适用的期限" : "期限最短"
    }

    private func reasonToYield(_ entry: RatedRule, read: Bool, special: Bool) -> String {
        if entry.rule.form == .with { return "随主信息同时公开，期限同主信息" }
        if read, !entry.rule.verified { return "未与官方文本核对，仅作提示" }
        if special, entry.rule.general == true { return "一般期限，法律、法规另有规定时不适用" }
        return "期限较长，不适用"
    }

    private func earlier(_ left: Day?, _ right: Day?) -> Bool {
        guard let left else { return false }
        guard let right else { return true }
        return left < right
    }
}

/// A rule that may govern a clock, with the day it gives.
private struct RatedRule {
    let rule: TimeRule
    let due: DueDate?

    /// Whether it is a special limit of a law or regulation, which sets the general one aside.
    var overridesGeneralLimit: Bool { rule.general != true && rule.rank.overridesGeneralLimit && due != nil }
}
