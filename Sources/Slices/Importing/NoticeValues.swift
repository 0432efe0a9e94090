import ChineseText
import CivilTime

/// The values of a notice as its page shows them, each with the place where it stands.
struct NoticeValues {
    let notice: ParsedNotice

    var all: [NoticeValue] {
        let parties = [value("采购人／招标人", notice.buyer), value("代理机构", notice.agency)]
        let method = notice.method.map { entry("采购方式", $0.value.rawValue, at: $0.place) }
        let project = value("项目名称", notice.projectName)
        let keys = notice.keys.map { entry($0.kind.title, $0.printed, at: $0.place) }
        let times = notice.times.map { entry($0.role.title, moment($0.day, $0.time), at: $0.place) }
        let period = notice.noticePeriod.map { entry("公告期限", "\($0.value)个工作日", at: $0.place) }
        let failure = value("终止、流标", notice.failure)
        return ([project] + parties).compactMap { $0 } + [method, period, failure].compactMap { $0 } + keys
            + sums
            + times + lots + awards
    }

    private var sums: [NoticeValue] {
        notice.sums.map { sum in
            let shown = sum.sum.fen.map(Yuan.text) ?? "\(sum.printed)（单位或者数额不明，未采用）"
            return entry(sum.role.title, shown, at: sum.place)
        }
    }

    private var lots: [NoticeValue] {
        notice.lots.map { lot in
            let parts = [
                lot.title, lot.budget?.fen.map { "预算 " + Yuan.text($0) },
                lot.ceiling?.fen.map { "限价 " + Yuan.text($0) },
            ]
            return entry(
                "标段、包", parts.compactMap { $0 }.joined(separator: "，"), lot: lot.number, at: lot.place)
        }
    }

    private var awards: [NoticeValue] {
        notice.awards.map { award in
            let names = ([award.name] + award.members).joined(separator: "、")
            let price = award.price?.fen.map { "，" + Yuan.text($0) } ?? ""
            return entry(label(of: award), names + price, lot: award.lot ?? "", at: award.place)
        }
    }

    /// A candidate has won nothing yet, ranked or not.
    private func label(of award: NoticeAward) -> String {
        if let rank = award.rank {
            return "第\(ChineseNumeral.word(rank) ?? String(rank))" + NoticeValue.candidate
        }
        let namesCandidates = notice.kind == .candidates || notice.title.contains("候选")
        return namesCandidates ? "\(NoticeValue.candidate)（未排序）" : "中标、成交供应商"
    }

    private func value(_ label: String, _ found: Found<String>?) -> NoticeValue? {
        found.map { entry(label, $0.value, at: $0.place) }
    }

    private func entry(_ label: String, _ value: String, lot: String = "", at place: Place) -> NoticeValue {
        switch place {
        case .field(let name):
            NoticeValue(label: label, value: value, lot: lot, place: "字段 \(name)", quote: "")
        case .text(_, let quote): NoticeValue(label: label, value: value, lot: lot, place: "正文", quote: quote)
        }
    }

    private func moment(_ day: Day, _ time: String?) -> String {
        time.map { "\(day) \($0)" } ?? "\(day)"
    }
}

extension NoticeValue {
    /// What a value tells of a deal, where it tells one of these.
    package enum Part: String, Sendable, Hashable, Codable {
        /// Who takes part: buyer, agency, candidate, supplier; for the last two often with the price.
        case party
        case sum
        case lot
    }

    package var part: Part? { Self.parts[label] ?? (label.contains(Self.candidate) ? .party : nil) }

    fileprivate static let candidate = "中标候选人"

    /// The sum that a label names; nil for what is no sum.
    package var sumRole: NoticeSum.Role? { NoticeSum.Role.allCases.first { $0.title == label } }

    private static let parts: [String: Part] = {
        let sums = NoticeSum.Role.allCases.map { ($0.title, Part.sum) }
        let parties = ["采购人／招标人", "代理机构", "中标、成交供应商"].map { ($0, Part.party) }
        return Dictionary(uniqueKeysWithValues: sums + parties + [("标段、包", .lot)])
    }()
}

/// Sums are kept in 分 and shown in 元.
package enum Yuan {
    /// `1234567.80 元`; whole sums without decimals.
    package static func text(_ fen: Int64) -> String {
        let rest = fen % 100
        let whole = String(fen / 100)
        return rest == 0 ? "\(whole) 元" : "\(whole).\(rest < 10 ? "0" : "")\(rest) 元"
    }

    /// `1,234,567.80`: always with decimals, so that a column can be compared.
    package static func aligned(_ fen: Int64) -> String {
        let rest = fen % 100
        return grouped(String(fen / 100)) + ".\(rest < 10 ? "0" : "")\(rest)"
    }

    /// A text with its sums easier to read: `预算 1,150,000 元`.
    package static func grouped(in text: String) -> String {
        text.replacing(#/\d{4,}(?=(?:\.\d+)? 元)/#) { grouped(String($0.output)) }
    }

    private static func grouped(_ digits: String) -> String {
        var whole = digits[...]
        var groups: [Substring] = []
        while whole.count > 3 {
            groups.insert(whole.suffix(3), at: 0)
            whole = whole.dropLast(3)
        }
        return ([whole] + groups).joined(separator: ",")
    }

    /// 分 of a text that `text` makes; nil for any other, such as one whose unit is unclear.
    package static func fen(_ text: String) -> Int64? {
        guard text.hasSuffix(" 元") else { return nil }
        let parts = text.dropLast(2).split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let whole = Int64(parts[0]), whole >= 0 else { return nil }
        let rest = parts.count == 2 ? parts[1] : "00"
        guard rest.utf8.count == 2, let hundredths = Int64(rest), (0...99).contains(hundredths) else {
            return nil
        }
        let (fen, over) = whole.multipliedReportingOverflow(by: 100)
        let (sum, overSum) = fen.addingReportingOverflow(hundredths)
        return over || overSum ? nil : sum
    }
}

extension NoticeSum.Role {
    package var title: String {
        switch self {
        case .budget: "预算金额"
        case .ceiling: "最高限价"
        case .estimate: "估算金额"
        case .award: "中标、成交金额"
        case .contract: "合同金额"
        case .unclear: "金额（含义不明）"
        }
    }
}

extension NoticeTime.Role {
    var title: String {
        switch self {
        case .bidDeadline: "投标（响应）截止"
        case .opening: "开标（开启）"
        case .documentsFrom: "文件获取开始"
        case .documentsTo: "文件获取截止"
        case .publicityFrom: "公示开始"
        case .publicityTo: "公示结束"
        case .candidatesPublicityFrom: "候选人公示开始"
        case .candidatesPublicityTo: "候选人公示结束"
        case .evaluation: "评审"
        case .fixing: "确定中标、成交"
        case .signing: "合同签订"
        case .correction: "更正"
        case .firstNotice: "首次公告"
        }
    }
}
