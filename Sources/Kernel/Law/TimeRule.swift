import CivilTime

/// One time limit of the law, as a version of the law data states it.
package struct TimeRule: Sendable, Hashable, Codable {
    /// How the limit works (design: one of seven forms).
    package enum Form: String, Sendable, Hashable, Codable {
        /// So many units after the trigger day.
        case after
        /// So many units before an anchor day.
        case before
        /// At least so many units between two days.
        case minimum
        /// So many working days after a month or quarter ends.
        case periodic
        /// A current edition must exist, refreshed within so many months.
        case standing
        /// Published together with another item.
        case with
        /// 及时: no number of its own; the outer limit is shown and marked as such.
        case promptly
        /// The law demands the step and names no number.
        case open
    }

    /// What kind of text the limit stands in. A law or an administrative regulation prevails over the general
    /// limit; a ministry rule or a document may only be shorter.
    package enum Rank: String, Sendable, Hashable, Codable {
        case law, regulation, ministryRule, document

        var overridesGeneralLimit: Bool { self == .law || self == .regulation }
    }

    package let id: String
    /// Chinese, as a page shows it.
    package let title: String
    package let form: Form
    /// Units, 0...400; nil for `with` and `open`.
    package let amount: Int?
    package let unit: CountUnit?
    /// For `periodic`: `month` or `quarter`.
    package let period: PeriodLength?
    /// For `minimum` and `before`: the event kinds at the two ends.
    package let between: [String]?
    /// The projects to which the rule applies, where the facts do not show whether it is one; Chinese.
    package let scope: String?
    /// The way of dealing (采购方式、交易方式) or the kind of paper for which the rule is made, where the facts do not
    /// tell it; Chinese.
    package let way: String?
    /// Binds whoever deals with the body: a breach is nothing to ask the body about.
    package let bindsOthers: Bool?
    /// The general limit of active disclosure, which special law overrides.
    package let general: Bool?
    package let rank: Rank
    /// The statute and article, Chinese: 政府信息公开条例 第二十六条.
    package let clause: String
    /// False when nobody has compared the number with the official text.
    package let verified: Bool
    package let effectiveFrom: Day
    package let effectiveTo: Day?
    /// A practice that counts the first day; strict law does not.
    package let countsFirstDay: Bool?
    package let roll: RestDayRoll?
    /// The page in `docs/law/` that explains the rule.
    package let page: String
    /// In our words: what the rule asks and where its fact comes from.
    package let note: String

    package func inForce(on day: Day) -> Bool {
        effectiveFrom <= day && (effectiveTo.map { day <= $0 } ?? true)
    }

    /// How the days are counted, or nil for forms without a number.
    package var counting: CountingRule? {
        guard let amount, let unit else { return nil }
        let direction: CountDirection = form == .before ? .before : .after
        let usual: RestDayRoll = unit == .workingDays ? .none : (direction == .after ? .later : .earlier)
        return CountingRule(
            amount: amount, unit: unit, direction: direction, countsFirstDay: countsFirstDay ?? false,
            roll: roll ?? usual)
    }
}
