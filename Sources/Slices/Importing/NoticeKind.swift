import Projects

/// What a trading notice is, by the step of the procedure that it tells of.
package enum NoticeKind: String, Sendable, Hashable, Codable, CaseIterable {
    /// 采购公告: documents are offered (公开招标、竞争性磋商、谈判、询价).
    case procurementNotice
    /// 采购结果 (中标、成交).
    case procurementResult
    /// 采购合同.
    case procurementContract
    /// 更正事项: corrects or clarifies an earlier procurement notice.
    case procurementCorrection
    /// 终止公告, 废标公告.
    case procurementTermination
    /// 招标公告 of an engineering project.
    case tenderNotice
    /// 招标文件的澄清与修改.
    case tenderClarification
    /// 资格预审公告.
    case prequalificationNotice
    /// 开标记录.
    case openingRecord
    /// 中标候选人公示.
    case candidates
    /// 中标结果.
    case tenderResult
    /// 终止招标.
    case tenderTermination
    /// 成交公示 of a trade that the five statutory fields do not name.
    case otherDeal
    /// 国有建设用地使用权出让公告.
    case landNotice
    /// 国有建设用地使用权出让结果.
    case landResult
    /// A law, regulation or policy text (政策文件): a document with versions.
    case policyText
    /// The mapping does not name it.
    case unmapped

    /// The field of the catalogue, as it writes it; empty for trades outside the named fields.
    package var field: String {
        if isLand { return "国有土地使用权出让" }
        return isProcurement ? "政府采购" : isTender ? "工程建设项目招标投标" : ""
    }

    /// Land use rights (国有土地使用权出让).
    var isLand: Bool { self == .landNotice || self == .landResult }

    /// Government procurement (政府采购).
    var isProcurement: Bool {
        switch self {
        case .procurementNotice, .procurementResult, .procurementContract, .procurementCorrection,
            .procurementTermination:
            true
        default: false
        }
    }

    /// Engineering tenders (工程建设项目招标投标).
    var isTender: Bool {
        switch self {
        case .tenderNotice, .tenderClarification, .prequalificationNotice, .openingRecord, .candidates,
            .tenderResult, .tenderTermination:
            true
        default: false
        }
    }
}

/// How the supplier is chosen (采购方式).
package enum ProcurementMethod: String, Sendable, Hashable, Codable, CaseIterable {
    case openTender = "公开招标"
    case invitedTender = "邀请招标"
    case consultation = "竞争性磋商"
    case negotiation = "竞争性谈判"
    case inquiry = "询价"
    case singleSource = "单一来源"
    case frameworkAgreement = "框架协议"
}

/// What a number printed in a notice numbers.
package enum NoticeKeyKind: String, Sendable, Hashable, Codable, CaseIterable {
    /// The trading platform's own number, as its field gives it.
    case platformProject
    /// 采购项目编号, with the aliases that a notice prints for it (项目号, 采购执行编号).
    case procurementProject
    /// 采购计划备案号: one plan may hold several projects.
    case procurementPlan
    /// 预算编号.
    case budget
    /// 招标项目编号, 招标编号.
    case tenderProject
    /// 标段编号: a lot's number.
    case tenderSection
    /// 项目报建编号.
    case constructionReport
    /// 固定投资编号, 投资项目统一代码.
    case fixedInvestment
    /// 地块公告编号.
    case landAnnouncement
    /// 地块编号.
    case landParcel
    /// 批文编号.
    case approvalDocument
    /// 进场项目编号, and the number of a trade outside the statutory fields.
    case entryProject

    /// As a page shows it.
    package var title: String {
        switch self {
        case .platformProject: "平台交易编号"
        case .procurementProject: "采购项目编号"
        case .procurementPlan: "采购计划备案号"
        case .budget: "预算编号"
        case .tenderProject: "招标项目编号"
        case .tenderSection: "标段编号"
        case .constructionReport: "项目报建编号"
        case .fixedInvestment: "固定投资编号"
        case .landAnnouncement: "地块公告编号"
        case .landParcel: "地块编号"
        case .approvalDocument: "批文编号"
        case .entryProject: "进场项目编号"
        }
    }

    /// The kind under which a project's records are gathered; nil for numbers of plans, budgets and lots.
    ///
    /// - Law: 地块公告编号, 地块编号, 采购项目编号, 批文编号, 进场项目编号, 项目报建编号, 固定投资编号.
    package var gathering: KeyKind? {
        switch self {
        case .platformProject, .tenderProject: .platform
        case .procurementProject: .procurement
        case .constructionReport: .construction
        case .fixedInvestment: .investment
        case .landAnnouncement: .landNotice
        case .landParcel: .plot
        case .approvalDocument: .approval
        case .entryProject: .entry
        case .procurementPlan, .budget, .tenderSection: nil
        }
    }
}
