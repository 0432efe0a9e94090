import Catalogue
import CivilTime
import Obligations
import Web

// Words and signs that every page uses alike.

/// A day as machines and people read it.
func time(_ day: Day) -> HTML { "<time datetime=\"\(day)\">\(day)</time>" }

/// An instant of the stores (UTC) in Beijing time, to the minute; as it stands when it is no instant.
func clockTime(_ instant: String) -> HTML {
    clockText(instant).map { "<time datetime=\"\(instant)\">\($0)</time>" } ?? HTML(text: instant)
}

/// The same as plain text: 2026-03-02 09:30; nil when it is no instant.
func clockText(_ instant: String) -> String? {
    guard instant.utf8.count == 20, let day = Day(instant.prefix(10)),
        let hour = Int(instant.dropFirst(11).prefix(2)), let minute = Int(instant.dropFirst(14).prefix(2))
    else { return nil }
    let local = hour + 8
    let two = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
    return "\(day.adding(days: local / 24)) \(two(local % 24)):\(two(minute))"
}

/// A body with its page; an imported record may name none that was recognised.
func bodyLink(_ id: String, _ name: String) -> HTML {
    if id.isEmpty { return "<span class=\"quiet\">没有识别出机关</span>" }
    return "<a href=\"/bodies/\(id)\">\(name)</a>"
}

/// A channel in few letters, for lists.
func channelWord(_ code: String) -> String {
    switch DisclosureChannel(rawValue: code) {
    case .portal: "门户网站"
    case .platform: "交易平台"
    case .credit: "信用网站"
    case .onsite: "现场公示"
    case nil: code
    }
}

/// Conditions of a list, folded away on a small screen's behalf until one is used.
func folded(_ form: AskingForm, isUsed: Bool) -> HTML {
    "<details\(when: isUsed, " open")><summary>筛选条件</summary>\(form)</details>"
}

/// The state of an obligation on a day.
struct StateChip: Piece {
    let state: ObligationState
    let verified: Bool

    init(_ state: ObligationState, verified: Bool = true) {
        self.state = state
        self.verified = verified
    }

    /// A rule that nobody has compared with its official text makes nobody late.
    var label: String { state == .overdue && !verified ? "已过期限，规则待核实" : state.title }

    var html: HTML { "\(Chip(state == .overdue && !verified ? "unverified" : state.rawValue, label))" }
}

extension ObligationState {
    /// What the state means, in a sentence, for the reader who asks.
    var meaning: String {
        switch self {
        case .awaited: "将来应当公开，但触发它的事项还没有记录；法律规定了最迟日的，列出该日。"
        case .owed: "触发事项已经记录，尚未公开，到期日在五个工作日以后，或者所依据的规定没有写明天数。"
        case .dueSoon: "尚未公开，五个工作日之内到期（含当日）。到期日当天不算逾期。"
        case .overdue: "到期日已过，没有公开，而且本平台能够断定：该机关在本平台公开，或者有人声明了来源完整。"
        case .unobserved: "到期日已过，本平台没有采集到，但没有人声明来源完整。没有采集到不等于没有公开，不计入任何比率，不指责任何人。"
        case .metOnTime: "公开日不晚于到期日。"
        case .metLate: "公开日晚于到期日。"
        case .metUndetermined: "已经公开，但触发日只是推断的，或者来源没有载明可以采信的公开时间，或者所依据的规定没有写明天数。"
        case .encouraged: "鼓励公开的事项，还没有公开。不是必须公开，没有逾期一说，不计入任何比率。"
        case .encouragedMet: "鼓励公开的事项，已经公开。不判定按时还是逾期，不计入任何比率。"
        case .withheld: "决定不予公开：有理由、依据、决定人和复查日，可以撤销。"
        case .notApplicable: "决定该事项不适用于此，或者项目已经终止。"
        case .void: "触发事项已被作废，义务随之作废。"
        case .current: "常态公开：现行版本存在，而且没有超过更新期限。"
        case .lapsed: "常态公开：没有现行版本，或者超过更新期限没有更新。"
        }
    }
}
