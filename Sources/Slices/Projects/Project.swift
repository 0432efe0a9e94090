import Catalogue
import ChineseText

/// One allocation of a public resource, gathered under its codes (项目).
package struct Project: Sendable, Hashable, Codable {
    package let id: String
    package let jurisdiction: String
    /// The field's Chinese name as the catalogue writes it; empty when unknown.
    package let field: String
    package let title: String
    /// What kinds of project it is, beyond its field.
    package let scopes: Set<ProjectScope>

    package init(
        id: String, jurisdiction: String, field: String, title: String, scopes: Set<ProjectScope> = []
    ) {
        self.id = id
        self.jurisdiction = jurisdiction
        self.field = field
        self.title = title
        self.scopes = scopes
    }
}

/// What a printed code numbers (归集编号种类).
///
/// - Law: R-23 … R-26, 002 四 (as corrected: keys have levels).
package enum KeyKind: String, Sendable, CaseIterable, Codable {
    /// 地块编号
    case plot
    /// 地块公告编号: gathers several plots.
    case landNotice
    /// 采购项目编号
    case procurement
    /// 批文编号: gathers several entries.
    case approval
    /// 进场项目编号
    case entry
    /// 项目报建编号
    case construction
    /// 固定投资编号: gathers several sections.
    case investment
    /// 统一交易标识码 or the code a trading platform gave.
    case platform

    package var title: String {
        switch self {
        case .plot: "地块编号"
        case .landNotice: "地块公告编号"
        case .procurement: "采购项目编号"
        case .approval: "批文编号"
        case .entry: "进场项目编号"
        case .construction: "项目报建编号"
        case .investment: "固定投资编号"
        case .platform: "平台交易编号"
        }
    }

    /// Whether the code numbers one project. Codes of the other level gather a set.
    package var isLowestLevel: Bool {
        switch self {
        case .plot, .procurement, .entry, .construction, .platform: true
        case .landNotice, .approval, .investment: false
        }
    }
}

/// A code as a paper prints it, and as it is compared.
package struct ProjectKey: Sendable, Hashable, Codable {
    package let kind: KeyKind
    package let printed: String

    package init(kind: KeyKind, printed: String) {
        self.kind = kind
        self.printed = printed
    }

    /// Brackets, dashes, width, case and inner spaces made equal.
    package var folded: String { CodeFolding.fold(printed) }
}

/// A part of a project that is awarded by itself (标段、包).
package struct Lot: Sendable, Hashable, Codable {
    /// As the notice numbers it: `1`, `02`, `A`. Empty means the whole project.
    package let number: String
    package let title: String

    /// Characters of a number at most.
    package static let numberMax = 100

    package init(number: String, title: String) {
        self.number = number
        self.title = title
    }
}
