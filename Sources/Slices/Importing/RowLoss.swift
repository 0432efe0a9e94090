/// What of a row that was imported could not be used, so that nobody takes silence for knowledge.
package enum RowLoss: String, Sendable, Hashable, Codable, CaseIterable {
    case dayMissing = "day-missing"
    case dayUnreadable = "day-unreadable"
    case dayImplausible = "day-implausible"
    case codeMissing = "code-missing"
    case codeUnreadable = "code-unreadable"
    case bodyMissing = "body-missing"
    case textMissing = "text-missing"
    case kindUnmapped = "kind-unmapped"
    case markTooLong = "mark-too-long"
    case markUnreadable = "mark-unreadable"

    /// Chinese, one sentence: what is missing, and what follows from it.
    package var detail: String {
        switch self {
        case .dayMissing: "没有公开日期：不声称公开日，不判定是否按时。"
        case .dayUnreadable: "公开日期无法识别：原文保留，不声称公开日。"
        case .dayImplausible: "公开日期早于该来源可能的最早日期，或者晚于采集当日：原文保留，不予采信。"
        case .codeMissing: "没有项目编号：不归集到项目。"
        case .codeUnreadable: "编号栏中认不出编号：原文保留，不归集到项目。"
        case .bodyMissing: "没有写明采购人、招标人等公开主体：不产生公开义务和事项。"
        case .textMissing: "没有正文：只有标题和各栏。"
        case .markTooLong: "索引号、发文字号、公文种类、主送机关、公开属性或者印发机关过长：未采用。"
        case .markUnreadable: "成文日期无法识别：未采用。"
        case .kindUnmapped: "对照表没有这一类公告：未归入公开事项。"
        }
    }
}

/// What of a file was not used: how many rows, and where the first of them stands.
package struct FileLoss: Sendable, Hashable, Codable {
    package let code: String
    package var rows: Int
    /// 0 where the whole file is meant.
    package let firstRow: Int
    package let detail: String

    package init(code: String, rows: Int, firstRow: Int, detail: String) {
        self.code = code
        self.rows = rows
        self.firstRow = firstRow
        self.detail = detail
    }
}
