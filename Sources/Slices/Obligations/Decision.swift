import CivilTime

/// A logged decision that closes an obligation without a publication; revocable (决定).
package struct Decision: Sendable, Hashable, Codable {
    package enum Kind: String, Sendable, Codable {
        case withheld
        case notApplicable = "not_applicable"
    }

    package let id: String
    package let obligation: String
    package let kind: Kind
    /// A code of `WithholdingGround`, or `event:ROOT` when the end of a project decided; empty otherwise.
    package let ground: String
    package let clause: String
    package let reason: String
    package let decidedBy: String
    package let day: Day
    /// When a withholding is looked at again.
    package let reviewOn: Day?
    package let revokedOn: Day?
    package let revokedBy: String
    /// Why it was taken back; empty while it stands.
    package let revokedReason: String
}

/// Why information may lawfully be kept back (不予公开理由).
///
/// - Law: 政府信息公开条例 art. 14 (must), 15 (must, with exceptions), 16 (may). R-51: the effective set is the
///   law's floor, the plan's general exclusion and the item's own.
package enum WithholdingGround: String, Sendable, CaseIterable, Codable {
    case stateSecret = "国家秘密"
    case forbiddenByLaw = "法律行政法规禁止公开"
    case nationalSecurity = "国家安全"
    case publicSecurity = "公共安全"
    case economicSecurity = "经济安全"
    case socialStability = "社会稳定"
    case tradeSecret = "商业秘密"
    case privacy = "个人隐私"
    case internalAffairs = "内部事务信息"
    case processInformation = "过程性信息"
    case enforcementFile = "行政执法案卷信息"

    package var clause: String {
        switch self {
        case .stateSecret, .forbiddenByLaw, .nationalSecurity, .publicSecurity, .economicSecurity,
            .socialStability:
            "政府信息公开条例 第十四条"
        case .tradeSecret, .privacy: "政府信息公开条例 第十五条"
        case .internalAffairs: "政府信息公开条例 第十六条第一款"
        case .processInformation, .enforcementFile: "政府信息公开条例 第十六条第二款"
        }
    }

    /// The grounds that may be used for an item whose information an event of this kind formed.
    ///
    /// - Law: 政府采购法实施条例 art. 50 and R-107: of a procurement contract only state and commercial secrets.
    package static func allowed(for eventKind: String) -> [WithholdingGround] {
        eventKind == "procurement.contract_signed" ? [.stateSecret, .tradeSecret] : allCases
    }
}
