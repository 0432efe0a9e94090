/// A word that stands in a setting's value for something the plans say in several ways.
enum SettingTerm: String, Sendable, Hashable, CaseIterable {
    case explore, realtime, conditional, required, encouraged
    case bySuperior = "by_superior"
    case offerPrice = "offer_price"
    case dealPrice = "deal_price"
    case document, system, signed, happened
    case after, copy
    case sameTime = "same_time"
    case approves, implements, makes, territory

    var title: String {
        switch self {
        case .explore: "探索"
        case .realtime: "实时互通"
        case .conditional: "有条件的先行"
        case .required: "应当建立"
        case .encouraged: "鼓励"
        case .bySuperior: "由上级部门组织"
        case .offerPrice: "挂牌之价"
        case .dealPrice: "成交之价"
        case .document: "文件"
        case .system: "系统数据"
        case .signed: "签发日"
        case .happened: "事项发生日"
        case .after: "在指定媒介发布之后"
        case .copy: "原有渠道之外同步推送"
        case .sameTime: "与指定媒介同时"
        case .approves: "谁批准、谁公开"
        case .implements: "谁实施、谁公开"
        case .makes: "谁制作、谁公开"
        case .territory: "属地管理"
        }
    }
}
