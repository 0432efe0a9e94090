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
    /// - Parameters:
    ///   - ids: the rules that the item's clock names, in any order.
    ///   - trigger: the day of the event; for a period, its last day.
    ///   - jurisdiction: whose rest days count.
    /// - Returns: the special limit with the earliest day when a law or regulation gives one, unless a shorter
    ///   document or local limit undercuts it; else the earliest of all.
    package func choose(_ ids: [String], trigger: Day, in jurisdiction: String) -> RuleChoice {
        let calendar = calendar(in: jurisdiction)
        let rated = ids.compactMap { id in
            rule(id, on: trigger).map { rule in
                (rule: rule, due: rule.counting.map { calendar.dueDate($0, from: trigger) })
            }
        }
        let special = rated.filter {
            $0.rule.general != true && $0.rule.rank.overridesGeneralLimit && $0.due != nil
        }
        let general = rated.filter { $0.rule.general == true }
        let field = special.isEmpty ? rated : rated.filter { $0.rule.general != true }
        let winner = field.min { earlier($0.due?.due, $1.due?.due) }
        var candidates: [RuleChoice.Candidate] = []
        for entry in rated {
            let won = entry.rule == winner?.rule
            let reason: String =
                if won {
                    special.contains { $0.rule == entry.rule } && !general.isEmpty
                        ? "法律、法规另有规定，从其规定" : (rated.count == 1 ? "唯一适用的期限" : "期限最短")
                } else if entry.rule.general == true && !special.isEmpty {
                    "一般期限，法律、法规另有规定时不适用"
                } else if entry.rule.form == .with {
                    "随主信息同时公开，期限同主信息"
                } else {
                    "期限较长，不适用"
                }
            candidates.append(
                .init(
                    rule: entry.rule.id, clause: entry.rule.clause, due: entry.due?.due, won: won,
                    reason: reason))
        }
        candidates.sort { $0.won && !$1.won }
        return RuleChoice(rule: winner?.rule, dueDate: winner?.due, candidates: candidates)
    }

    private func earlier(_ left: Day?, _ right: Day?) -> Bool {
        guard let left else { return false }
        guard let right else { return true }
        return left < right
    }
}
