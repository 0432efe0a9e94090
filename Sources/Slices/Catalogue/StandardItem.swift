// Makes items of our own of the rows of a standard catalogue, and says of each what it had to decide.

/// What a time limit of a standard catalogue makes of an item (公开时限).
struct StandardLimit {
    let limits: [ElementLimit]
    let trigger: TriggerKind
    let refreshMonths: Int?
    /// Rules by event kind, in their order.
    let clocks: [(event: String, rule: String, element: String)]
    /// What of the phrase no rule counts; nil when all of it is.
    let doubt: String?

    /// - Law: law data knows these rules; a phrase with another number is counted by the Regulation's 20 working days
    ///   and said to be. Nothing here becomes longer than the law allows.
    init(_ phrase: String) {
        let text = StandardText.folded(phrase)
        let decides = ["许可", "处罚"].filter(text.contains)
        if text.contains("7个工作日") || text.contains("七个工作日"), !decides.isEmpty {
            self = .decisions(decides, also: text.contains("20个工作日"))
        } else if let period = StandardLimit.period(text) {
            self = period
        } else if ["常年", "长期", "实时更新", "动态更新"].contains(where: text.contains) {
            self.init(
                .standing, [.twentyWorkingDays],
                [("standing.started", "standing-refresh"), ("item.formed", "active-20wd")], refresh: 12)
        } else if text.contains("及时"), !text.contains("20个工作日") {
            self.init(.promptly, [.prompt], [("item.formed", "promptly-20wd")])
        } else {
            let isUsual = text.contains("20个工作日") || text.contains("二十个工作日")
            self.init(
                .formation, [.twentyWorkingDays], [("item.formed", "active-20wd")],
                doubt: isUsual ? nil : "“\(phrase.prefix(60))”没有对应的规则，按20个工作日推算。")
        }
    }

    private init(
        _ trigger: TriggerKind, _ limits: [StatedLimit], _ clocks: [(String, String)], refresh: Int? = nil,
        doubt: String? = nil
    ) {
        self.trigger = trigger
        self.limits = limits.map { ElementLimit(element: "", limit: $0) }
        self.clocks = clocks.map { (event: $0.0, rule: $0.1, element: "") }
        refreshMonths = refresh
        self.doubt = doubt
    }

    private init(decided: [(word: String, event: String)], also general: Bool) {
        trigger = .decision
        refreshMonths = nil
        doubt = nil
        let seven = decided.map { ElementLimit(element: "行政" + $0.word, limit: .sevenWorkingDays) }
        limits = (general ? [ElementLimit(element: "", limit: .twentyWorkingDays)] : []) + seven
        let rest = general ? [(event: "item.formed", rule: "active-20wd", element: "")] : []
        clocks =
            decided.flatMap { decision in
                ["licence-penalty-7wd", "active-20wd"].map {
                    (event: decision.event, rule: $0, element: "行政" + decision.word)
                }
            } + rest
    }

    private static func decisions(_ words: [String], also general: Bool) -> StandardLimit {
        let events = ["许可": "decision.licence", "处罚": "decision.penalty"]
        return StandardLimit(
            decided: words.compactMap { word in events[word].map { (word: word, event: $0) } }, also: general)
    }

    private static func period(_ text: String) -> StandardLimit? {
        let isMonth = text.contains("每月") || text.contains("按月")
        let isQuarter = text.contains("每季") || text.contains("按季")
        guard isMonth || isQuarter else { return nil }
        let doubt = text.contains("工作日") && !text.contains("20个工作日") ? "周期届满后按20个工作日推算。" : nil
        return StandardLimit(
            .periodic, [isMonth ? .month : .quarter],
            [("period.ended", isMonth ? "periodic-month" : "periodic-quarter")], doubt: doubt)
    }
}

/// Where the channels of a standard catalogue lead. One of those marked is enough (至少选择其一), so one is owed.
enum StandardChannel {
    private static let marks: [(channel: DisclosureChannel, words: [String])] = [
        (.portal, ["政府网站", "门户网站", "管理部门网站"]),
        (.platform, ["公共资源交易平台", "招标投标公共服务平台", "政府采购网", "指定媒体", "指定媒介"]),
        (.credit, ["信用中国"]),
        (.onsite, ["公示栏", "公开栏", "现场", "入户", "服务中心", "服务站", "查阅点", "电子屏"]),
    ]

    /// - Parameter isForEveryone: what is for a group only never comes on the portal.
    /// - Returns: nil when none is known.
    static func owed(_ channels: [String], isForEveryone: Bool) -> DisclosureChannel? {
        guard isForEveryone else { return .onsite }
        return marks.first { mark in
            channels.contains { channel in mark.words.contains(where: channel.contains) }
        }?.channel
    }
}
