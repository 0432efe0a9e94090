/// What a column of an unknown file seems to hold, told by its name and its values.
///
/// A guess is a proposal: a person reads the drafted form before anything is imported by it.
struct ColumnGuess: Sendable, Hashable {
    /// What the form calls it: `title`, `published`; for further fields the name of their role.
    enum Role: Sendable, Hashable {
        case field(String)
        case extra(String)
        case ignored
        case none
    }

    let column: String
    let role: Role
    /// English, one sentence.
    let why: String
    /// How its cells are written, as a form names it.
    let writing: String?
    let samples: [String]

    /// Chinese words may stand anywhere in a name; the others are the whole name, whatever its case and underscores.
    private static let names: [(words: [String], role: Role)] = [
        (["唯一标识", "记录编号", "id", "recordid", "uuid", "guid"], .field("record")),
        (["地块编号"], .extra("landParcel")),
        (["采购计划"], .extra("procurementPlan")),
        (["项目编号", "招标编号", "采购编号", "项目代码", "projectcode", "projectid", "code"], .field("project")),
        (["标题", "公告名称", "项目名称", "title"], .field("title")),
        (["开标时间", "开标日期", "bidopentime"], .extra("opening")),
        (["截止", "bidendtime"], .extra("deadline")),
        (
            ["发布时间", "发布日期", "公开时间", "公开日期", "日期", "publishtime", "publishdate", "pubdate", "date"],
            .field("published")
        ),
        (["采购人", "招标人", "采购单位", "招标单位", "建设单位", "buyer", "issuer", "purchaser"], .field("buyer")),
        (["代理", "agency"], .field("agency")),
        (["成交金额", "中标金额", "成交价", "中标价", "bidamount", "awardamount"], .extra("award")),
        (["中标人", "中标单位", "中标供应商", "成交供应商", "受让", "winner"], .extra("winner")),
        (["预算", "budget"], .field("budget")),
        (["公告类型", "信息类型", "subtype", "infotype"], .field("info")),
        (["业务类型", "交易类型", "business", "businesstype"], .field("business")),
        (["网址", "链接", "url", "link", "href"], .field("addresses")),
        (["正文", "内容", "content", "contenttext", "text", "detail"], .field("text")),
        (["地区", "区域", "行政区", "region", "city"], .field("region")),
        (["索引号", "indexnumber"], .field("indexNumber")),
        (["发文字号", "文号", "documentnumber"], .field("documentNumber")),
        (["公文种类", "文种", "documentkind"], .field("documentKind")),
        (["主送", "addressees"], .field("addressees")),
        (["公开属性", "公开方式", "openness"], .field("openness")),
        (["成文日期", "成文时间", "dated"], .field("dated")),
        (["印发机关", "issuedby"], .field("issuer")),
        (["来源", "网站", "site", "platform", "sourceplatform"], .field("medium")),
    ]

    /// - Parameters:
    ///   - values: some of the column's cells as texts; numbers of JSON as their digits.
    ///   - hasNumbers: whether some are JSON numbers.
    init(column: String, values: [String], hasNumbers: Bool) {
        self.column = column
        let filled = values.filter { !$0.isEmpty }
        samples = Array(filled.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }.prefix(3))
            .map(Self.masked)
        let (role, word) = Self.named(column)
        if Self.isRunningNumber(filled), role == .none || column.isEmpty {
            (self.role, why, writing) = (.ignored, "It counts the rows of the file.", nil)
            return
        }
        let (proven, doubt) = Self.proven(role, filled)
        self.role = proven
        why = doubt ?? word.map { "It is named “\($0)”." } ?? "Nothing in its name tells."
        writing = Self.writing(proven, column, filled, hasNumbers: hasNumbers)
    }

    private static func named(_ column: String) -> (Role, word: String?) {
        let name = column.lowercased().replacing("_", with: "")
        for (words, role) in names {
            let word = words.first { $0.utf8.allSatisfy { $0 < 0x80 } ? name == $0 : name.contains($0) }
            if let word { return (role, word) }
        }
        return (.none, nil)
    }

    /// A name alone is no proof: days have to look like days, and addresses like addresses.
    private static func proven(_ role: Role, _ filled: [String]) -> (Role, String?) {
        let fits: (String) -> Bool
        switch role {
        case .field("published"): fits = { isMoment($0) || isEpoch($0) }
        case .field("addresses"): fits = { WebAddress.clean($0) != nil }
        case .field("record"):
            return Set(filled).count == filled.count
                ? (role, nil) : (.none, "Its name would fit, but its values repeat.")
        default: return (role, nil)
        }
        let count = filled.count(where: fits)
        if count * 2 > filled.count { return (role, nil) }
        return (.none, "Its name would fit, but only \(count) of \(filled.count) samples do.")
    }

    private static func isMoment(_ text: String) -> Bool {
        text.utf8.count <= 40 && PrintedMoment(whole: NoticeText.fold(text.tidied)) != nil
    }

    /// Seconds between 2001 and 2286.
    private static func isEpoch(_ text: String) -> Bool {
        text.utf8.count == 10 && text.utf8.allSatisfy(\.isASCIIDigit)
    }

    /// 0, 1, 2 … or 1, 2, 3 …
    private static func isRunningNumber(_ filled: [String]) -> Bool {
        guard filled.count > 1, let first = Int(filled[0]), first == 0 || first == 1 else { return false }
        return filled.enumerated().allSatisfy { Int($1) == first + $0 }
    }

    private static func writing(_ role: Role, _ column: String, _ filled: [String], hasNumbers: Bool)
        -> String?
    {
        switch role {
        case .field("published"), .extra("opening"), .extra("deadline"):
            if filled.count(where: isEpoch) * 2 > filled.count { return "epochSeconds" }
        case .field("budget"), .extra("award"):
            for unit in ["亿元", "万元", "元"] where column.contains(unit) { return unit }
        case .ignored, .none: return nil
        default: break
        }
        return hasNumbers ? "digits" : nil
    }

    private static let sampleMax = 40

    /// Cut short, and without what may be the telephone or the identity number of a person.
    private static func masked(_ text: String) -> String {
        var masked: [Unicode.Scalar] = []
        var run: [Unicode.Scalar] = []
        func close() {
            let hides = run.count >= 15 || (run.count == 11 && run.first == "1")
            masked += hides ? run.map { _ in "*" } : run
            run = []
        }
        for scalar in text.tidied.unicodeScalars.prefix(400) {
            if ("0"..."9").contains(scalar) {
                run.append(scalar)
            } else {
                close()
                masked.append(scalar)
            }
        }
        close()
        let isCut = masked.count > sampleMax
        return String(String.UnicodeScalarView(masked.prefix(sampleMax))) + (isCut ? "…" : "")
    }
}
