// The closed words of the catalogue. Raw values are the codes of the data files, the database and the JSON.

/// What a row of the catalogue is (事项性质). Only `item` and `mixed` rows owe a publication.
package enum ItemKind: String, Sendable, Hashable, Codable, CaseIterable {
    case item
    /// A duty to act (征求意见), with nothing of its own to publish.
    case duty
    /// A system to be set up (制度建设).
    case system
    /// Partly a duty to act: only the disclosing part is owed.
    case mixed
    /// Named by the plan without items of its own.
    case placeholder
    /// A label over other items: counting it would count them twice.
    case tag
    /// For the body's own use (内部).
    case `internal`

    package var owes: Bool { self == .item || self == .mixed }

    package var title: String {
        switch self {
        case .item: "公开事项"
        case .duty: "工作要求"
        case .system: "制度建设"
        case .mixed: "部分公开事项"
        case .placeholder: "占位"
        case .tag: "行业标签"
        case .internal: "内部事项"
        }
    }
}

/// How firmly the plan speaks (公开要求). Whatever is not `must` is soft and never late.
package enum Modality: String, Sendable, Hashable, Codable, CaseIterable {
    case must
    /// 尽可能
    case asFarAsPossible = "as_far_as_possible"
    /// 鼓励
    case encouraged
    /// 加快公开步伐
    case speedUp = "speed_up"

    package var title: String {
        switch self {
        case .must: "应当公开"
        case .asFarAsPossible: "尽可能公开"
        case .encouraged: "鼓励"
        case .speedUp: "加快公开"
        }
    }
}

/// Who may see what is disclosed (公开对象). Nothing meant for fewer reaches more.
package enum Audience: String, Sendable, Hashable, Codable, CaseIterable {
    case everyone, county, targeted, group, `internal`

    package var title: String {
        switch self {
        case .everyone: "全社会"
        case .county: "县域"
        case .targeted: "有针对性公开"
        case .group: "特定区域特定群体"
        case .internal: "内部"
        }
    }
}

/// Who is told besides, before or at the place itself (告知对象).
package enum Told: String, Sendable, Hashable, Codable, CaseIterable {
    case interested, owner, window

    package var title: String {
        switch self {
        case .interested: "先告知利益相关方"
        case .owner: "告知项目法人单位"
        case .window: "医院结算窗口公示"
        }
    }
}

/// Where an item must appear (公开渠道). Each has a clock of its own.
package enum DisclosureChannel: String, Sendable, Hashable, Codable, CaseIterable {
    case portal, platform, credit, onsite

    package var title: String {
        switch self {
        case .portal: "政府门户网站"
        case .platform: "公共资源交易平台（指定媒介）"
        case .credit: "信用网站"
        case .onsite: "现场公示"
        }
    }
}

/// The five disclosures (五公开).
package enum Stage: String, Sendable, Hashable, Codable, CaseIterable {
    case decision = "决策"
    case execution = "执行"
    case management = "管理"
    case service = "服务"
    case result = "结果"
}

/// What starts an item's clocks (触发方式).
package enum TriggerKind: String, Sendable, Hashable, Codable, CaseIterable {
    /// A step of a field's procedure.
    case chain
    /// A licence or a penalty.
    case decision
    case periodic
    /// The day on which the information was formed or changed, declared by the body.
    case formation
    /// A current edition must exist.
    case standing
    /// Published together with another item.
    case with
    /// 及时: the outer limit counts.
    case promptly
    /// Owes nothing.
    case none

    package var title: String {
        switch self {
        case .chain: "流程环节"
        case .decision: "作出行政决定"
        case .periodic: "按期"
        case .formation: "信息形成或者变更"
        case .standing: "常态公开"
        case .with: "随主信息公开"
        case .promptly: "及时"
        case .none: "不产生公开义务"
        }
    }

    /// Whether a collective body stands for each of its members here.
    package var expandsCollectives: Bool { self == .periodic || self == .standing }
}

/// Where the search for the owing body begins: who acted, else the territory, else the lead.
package enum AssignRule: String, Sendable, Hashable, Codable, CaseIterable {
    case acting, territory, lead, none
}

/// A time limit as the plan states it. The clocks say which rule of law counts it.
package enum StatedLimit: String, Sendable, Hashable, Codable, CaseIterable {
    case twentyWorkingDays = "20wd"
    case sevenWorkingDays = "7wd"
    case month, quarter, prompt, statutory

    package var title: String {
        switch self {
        case .twentyWorkingDays: "20个工作日内"
        case .sevenWorkingDays: "7个工作日内"
        case .month: "按月"
        case .quarter: "按季度"
        case .prompt: "及时"
        case .statutory: "法定公告期限"
        }
    }
}

/// What a body has to do with an item (职责).
package enum BodyRole: String, Sendable, Hashable, Codable, CaseIterable {
    case lead, joint, cooperate, responsible, supervise, publish
    /// The plan names nobody: derived from its context.
    case inferred

    package var title: String {
        switch self {
        case .lead: "牵头"
        case .joint: "会同"
        case .cooperate: "配合"
        case .responsible: "责任"
        case .supervise: "监督指导"
        case .publish: "公开"
        case .inferred: "推定"
        }
    }
}

/// A ground on which the plan itself takes something out (不予公开范围).
package enum Exclusion: String, Sendable, Hashable, Codable, CaseIterable {
    case stateSecret = "state_secret"
    case tradeSecret = "trade_secret"
    case personalPrivacy = "personal_privacy"
    case nationalSecurity = "national_security"
    case publicSecurity = "public_security"
    case economicSecurity = "economic_security"
    case socialStability = "social_stability"
    case otherByLaw = "other_by_law"
    case protectedPersons = "protected_persons"

    package var title: String {
        switch self {
        case .stateSecret: "国家秘密"
        case .tradeSecret: "商业秘密"
        case .personalPrivacy: "个人隐私"
        case .nationalSecurity: "国家安全"
        case .publicSecurity: "公共安全"
        case .economicSecurity: "经济安全"
        case .socialStability: "社会稳定"
        case .otherByLaw: "其他依法不予公开"
        case .protectedPersons: "未成年人、艾滋病患者等个人信息需保密的对象"
        }
    }
}

/// The kind of project to which an item is limited.
package enum ProjectScope: String, Sendable, Hashable, Codable, CaseIterable {
    /// 重大建设项目
    case major
    /// 政府和社会资本合作项目
    case ppp

    package var title: String {
        switch self {
        case .major: "重大建设项目"
        case .ppp: "政府和社会资本合作项目"
        }
    }
}

/// Where an item of a jurisdiction's list comes from.
package enum ItemRelation: String, Sendable, Hashable, Codable {
    case own, inherited
}

/// How a local item stands to one of the baseline (与上级事项的关系).
package enum MappingRelation: String, Sendable, Hashable, Codable, CaseIterable {
    case same, broader, narrower, replaces, dropped
    /// The same matter in a shorter text: the elements that it leaves out are inherited.
    case shorter

    /// Whether the baseline item need not be inherited any more. A narrower item leaves a rest.
    package var covers: Bool { self != .narrower }
}
