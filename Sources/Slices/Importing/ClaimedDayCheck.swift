import CivilTime

/// Notices whose source says that they were published on a day that has not come yet.
///
/// Such a day is quoted and not believed: nothing is judged by it, and it bounds no fact.
package struct ClaimedDayCheck: Sendable {
    private let field: String
    private let version: String
    private let today: Day

    /// - Parameter today: the day of the import in Asia/Shanghai.
    package init(form: NoticeForm, rules: NoticeRules, today: Day) {
        field = form.fields.published ?? ""
        version = rules.version
        self.today = today
    }

    package func findings(_ notice: ParsedNotice) -> [NoticeFinding] {
        guard let day = notice.published.day, day > today else { return [] }
        let printed = notice.published.printed
        return [
            NoticeFinding(
                rule: "publish-day-ahead", ruleVersion: version, weight: .note, clause: "", verified: true,
                detail: "来源载明的公开时间“\(printed)”晚于采集日 \(today)，不予采信，不据此判定是否按时。",
                places: [.field(name: field)], values: ["printed": printed])
        ]
    }
}
