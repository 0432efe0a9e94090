import CivilTime

/// A task that a plan lays on bodies beside its items (任务): keep lists, build a platform, inspect.
///
/// - Law: R-12; 000 二, 三; 002 七, 八; 003 附1 三, 附2 二, 三, 附3 三, 四; 004 二, 三.
package struct PlanTask: Sendable, Hashable, Codable {
    /// When it is to be done (完成时限).
    package enum Rhythm: String, Sendable, Hashable, Codable, CaseIterable {
        /// By the day that the plan names.
        case once
        /// 长期坚持
        case standing
        case yearly
        /// 定期
        case regular
        /// 及时
        case promptly
        /// 实时
        case realtime
        /// The plan names no time.
        case open

        package var title: String {
            switch self {
            case .once: "限期完成"
            case .standing: "长期坚持"
            case .yearly: "每年"
            case .regular: "定期"
            case .promptly: "及时"
            case .realtime: "实时"
            case .open: "未写明时间"
            }
        }
    }

    /// The plan within the catalogue: `FG1`.
    package let plan: String
    /// Where the plan says it: 二(四)2.
    package let section: String
    package let task: String
    /// Those in charge (牵头、责任), as the plan names them.
    package let lead: [String]
    /// Those who help (会同、配合); empty when the plan names nobody.
    package let with: [String]
    /// The day by which it was to be done; nil where the plan names none.
    package let due: Day?
    package let rhythm: Rhythm
}

/// What a plan wants reached by the end of a year (年度目标).
///
/// - Law: R-11; 003 附1 一(二), 附2 一(一), 附3 一(一): one row a plan and year, for their aims differ.
package struct PlanTarget: Sendable, Hashable, Codable {
    package let plan: String
    package let year: Int
    package let section: String
    package let target: String
    /// Whether the ledger can count it: records there are against items that owe.
    package let measurable: Bool
}

/// The local plan that bodies must make, publish and file (实施方案备案).
///
/// - Law: R-36; 003 附1 末, 附2 四, 附3 末.
package struct PlanFiling: Sendable, Hashable, Codable {
    package let plan: String
    package let section: String
    /// Who files, as the plan names them; a collective stands for its members.
    package let filers: [String]
    /// The body that keeps the file.
    package let receiver: String
    /// The day on which the plan was issued (印发): the count starts on the next.
    package let issued: Day
    /// Whole working days from the day of issue.
    package let workingDays: Int
    /// Who is meant, and who is not.
    package let reason: String

    /// The last day for filing, and each day of the count.
    package func due(by calendar: WorkCalendar) -> DueDate {
        calendar.dueDate(.usual(workingDays, .workingDays), from: issued)
    }
}
