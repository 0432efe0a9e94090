extension Day {
    /// 周一 … 周日.
    package var weekdayName: String {
        ["周一", "周二", "周三", "周四", "周五", "周六", "周日"][weekday - 1]
    }
}

extension DueStep {
    /// What the day was, in a few words: `第3个工作日`, `春节放假，不计`, `顺延`.
    ///
    /// - Parameters:
    ///   - rule: the rule of the due date that the step belongs to.
    package func sentence(_ rule: CountingRule) -> String {
        let word =
            switch kind {
            case .anchor: count == nil ? "起算日，不计入" : "起算日，计为\(ordinal(rule))"
            case .counted: ordinal(rule)
            case .weekend: counted("周末", rule)
            case .holiday: counted((name ?? "节假日") + "放假", rule)
            case .makeUpWorkingDay: counted("调休上班（\(name ?? "节假日")）", rule)
            case .rolled: rule.roll == .earlier ? "遇休息日，提前至本日" : "遇休息日，顺延至本日"
            case .due: "到期日"
            }
        return provisional ? word + "（暂定）" : word
    }

    private func counted(_ word: String, _ rule: CountingRule) -> String {
        if count != nil { return word + "，" + ordinal(rule) }
        return kind == .makeUpWorkingDay ? word : word + "，不计"
    }

    private func ordinal(_ rule: CountingRule) -> String {
        let number = count.map(String.init) ?? ""
        return switch rule.unit {
        case .workingDays: "第\(number)个工作日"
        case .calendarDays: "第\(number)日"
        case .months: "满\(number)个月"
        }
    }
}

extension DueDate {
    /// What is not known yet, in one sentence; nil when the due day stands.
    package var caution: String? {
        guard provisional else { return nil }
        let years = unannouncedYears.map(String.init).joined(separator: "、")
        return "暂定：\(years)年的放假安排不在所用日历之内，只计周末和法定固定假日；"
            + StatutoryHoliday.unknownUntilAnnounced.joined(separator: "、")
            + "的放假和调休未知，载入该年安排后重算。"
    }
}
