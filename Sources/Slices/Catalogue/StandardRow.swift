/// A row of a standard catalogue (基层政务公开标准目录) as it is printed.
///
/// - Law: 国办发〔2019〕54号: the columns 公开事项 (一级、二级), 内容, 依据, 时限, 主体, 渠道和载体, 对象, 方式, 层级.
package struct StandardRow: Sendable, Hashable {
    /// The line of the file or the row of the sheet.
    package let line: Int
    /// 公开领域; empty when the list has no such column.
    package let field: String
    /// 一级 … 三级事项, those that are not empty.
    package let matters: [String]
    package let elements: [String]
    package let basis: String
    package let timeLimit: String
    package let bodies: [String]
    /// The channels marked ■; all that are named when none is marked.
    package let channels: [String]
    /// 全社会 is marked.
    package let forEveryone: Bool
    /// 特定群体 is marked.
    package let forGroup: Bool
    /// 主动 is marked.
    package let isActive: Bool
    /// 县级, 乡级 …: those that are marked.
    package let levels: [String]
}

/// What a standard catalogue says that we cannot take as it stands: numbered, with its place.
package struct StandardFinding: Sendable, Hashable, Codable {
    package let number: Int
    /// `error`: nothing is loaded. `warning`: the row is loaded, and how. `note`: the row is not loaded.
    package let severity: CatalogueFinding.Severity
    package let line: Int
    /// The heading of the column; empty for the row.
    package let column: String
    /// Stable, lower case, dashed.
    package let code: String
    /// Chinese, one sentence.
    package let detail: String
}

/// Findings in the making.
struct StandardFindings {
    private(set) var all: [StandardFinding] = []

    mutating func note(
        _ severity: CatalogueFinding.Severity, _ code: String, line: Int, column: String = "",
        _ detail: String
    ) {
        all.append(
            StandardFinding(
                number: all.count + 1, severity: severity, line: line, column: column, code: code,
                detail: detail))
    }
}
