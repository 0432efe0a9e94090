import CivilTime
import Law

/// Why the ledger refuses an act.
package enum LedgerProblem: Refusal {
    case unknownEventKind(String)
    case unknownBody(String)
    case unknownItem(String, jurisdiction: String, on: Day)
    case itemMissing(kind: String)
    case itemOwesNothing(String, kind: String)
    case dayAhead(Day, today: Day)
    case dayTooEarly(Day)
    case timeUnreadable(String)
    case evidenceMissing(DayBasis)
    case alreadyRecorded(id: String)
    case eventNotFound(String)
    case eventEnded(String)
    case periodicEventNeedsPeriod
    case reasonMissing
    case obligationNotFound(String)
    case obligationClosed(String, as: String)
    case obligationOfAnother(String, item: String, channel: String)
    case unknownGround(String, allowed: [WithholdingGround])
    case groundNotAllowed(WithholdingGround, allowed: [WithholdingGround], clause: String)
    case reviewDayInvalid(Day, today: Day)
    case decisionNotFound(String)
    case decisionRevoked(String)
    case unknownChannel(String)
    case coverageDays(from: Day, to: Day)
    case coverageAhead(Day, today: Day)
    case coverageNotFound(String)
    case coverageEnded(String)
    case unknownJurisdiction(String)
    case ledgerStarted(String)
    case ledgerTooEarly(Day, catalogueFrom: Day)
    case dayNotOver(Day, today: Day)
    case tooLong(String, limit: Int)
    case calendarVersionKnown(String)
    case calendarVersionForm
    case calendarEmpty
    case dayNotReached(Day, today: Day)
    case dayBeforeLedger(Day, first: Day?)
    case notKnownThen(String, day: Day)

    package var kind: RefusalKind {
        switch self {
        case .eventNotFound, .obligationNotFound, .decisionNotFound, .coverageNotFound, .unknownBody,
            .unknownItem, .unknownJurisdiction, .dayBeforeLedger, .notKnownThen:
            .notFound
        case .alreadyRecorded, .eventEnded, .obligationClosed, .obligationOfAnother, .decisionRevoked,
            .coverageEnded, .ledgerStarted, .calendarVersionKnown:
            .conflict
        case .itemOwesNothing, .groundNotAllowed: .forbidden
        case .tooLong: .tooMuch
        default: .invalid
        }
    }

    package var code: String {
        switch self {
        case .unknownEventKind: "event-kind-unknown"
        case .unknownBody: "body-unknown"
        case .unknownItem: "item-unknown"
        case .itemMissing: "event-needs-item"
        case .itemOwesNothing: "item-owes-nothing"
        case .dayAhead: "event-day-ahead"
        case .dayTooEarly: "event-day-too-early"
        case .timeUnreadable: "event-time-unreadable"
        case .evidenceMissing: "event-needs-evidence"
        case .alreadyRecorded: "event-already-recorded"
        case .eventNotFound: "event-not-found"
        case .eventEnded: "event-ended"
        case .periodicEventNeedsPeriod: "event-periodic"
        case .reasonMissing: "reason-missing"
        case .obligationNotFound: "obligation-not-found"
        case .obligationClosed: "obligation-closed"
        case .obligationOfAnother: "obligation-of-another"
        case .unknownGround: "ground-unknown"
        case .groundNotAllowed: "ground-not-allowed"
        case .reviewDayInvalid: "review-day-invalid"
        case .decisionNotFound: "decision-not-found"
        case .decisionRevoked: "decision-revoked"
        case .unknownChannel: "channel-unknown"
        case .coverageDays: "coverage-days"
        case .coverageAhead: "coverage-ahead"
        case .coverageNotFound: "coverage-not-found"
        case .coverageEnded: "coverage-ended"
        case .unknownJurisdiction: "jurisdiction-unknown"
        case .ledgerStarted: "ledger-started"
        case .ledgerTooEarly: "ledger-too-early"
        case .dayNotOver: "day-not-over"
        case .tooLong: "text-too-long"
        case .calendarVersionKnown: "calendar-version-known"
        case .calendarVersionForm: "calendar-version-form"
        case .calendarEmpty: "calendar-empty"
        case .dayNotReached: "day-not-reached"
        case .dayBeforeLedger: "day-before-ledger"
        case .notKnownThen: "not-known-then"
        }
    }

    package var detail: String {
        switch self {
        case .unknownEventKind(let kind): "没有“\(kind)”这种触发事项；可用的种类见“如何计算”页。"
        case .unknownBody(let body): "没有登记名为“\(body)”的公开主体；请核对名称，或先登记该主体。"
        case .unknownItem(let item, let jurisdiction, let day):
            "辖区 \(jurisdiction) 在 \(day) 有效的公开目录里没有事项“\(item)”。"
        case .itemMissing(let kind): "触发事项“\(kind)”须指明形成的是哪个公开事项的信息（--item）。"
        case .itemOwesNothing(let item, let kind): "“\(item)”在目录中标为“\(kind)”，不产生公开义务。"
        case .dayAhead(let day, let today): "日期 \(day) 晚于今天 \(today)；尚未发生的事不能登记。"
        case .dayTooEarly(let day): "日期 \(day) 早于 1949-10-01，请核对。"
        case .timeUnreadable(let time):
            "时间“\(time.prefix(20))”不是一天里的时刻；请写二十四小时制的 HH:MM 或者 HH:MM:SS（--time）。"
        case .evidenceMissing(let basis): "日期依据为“\(basis.title)”时须写明文号或者出处（--evidence）。"
        case .alreadyRecorded(let id): "同一事项已登记（\(id)）；日期有误请用更正（event amend）。"
        case .eventNotFound(let id): "没有编号为“\(id)”的触发事项。"
        case .eventEnded(let id): "触发事项“\(id)”已被更正或者作废，请使用现行的一条。"
        case .periodicEventNeedsPeriod: "周期届满和常态公开由系统按目录登记，不能手工登记。"
        case .reasonMissing: "须写明理由（--reason），至少四个字。"
        case .obligationNotFound(let id): "没有编号为“\(id)”的公开义务。"
        case .obligationClosed(let id, let closed): "公开义务“\(id)”已是“\(closed)”，不能再作此决定。"
        case .obligationOfAnother(let id, let item, let channel):
            "公开义务“\(id)”属于事项 \(item)、渠道 \(channel)；公开信息须与其事项、渠道、项目、标段一致。"
        case .unknownGround(let ground, let allowed):
            "“\(ground)”不是不予公开的法定理由；可用：\(allowed.map(\.rawValue).joined(separator: "、"))。"
        case .groundNotAllowed(let ground, let allowed, _):
            "本事项不得以“\(ground.rawValue)”不予公开；只可用：\(allowed.map(\.rawValue).joined(separator: "、"))。"
        case .reviewDayInvalid(let day, let today): "复核日 \(day) 须晚于今天 \(today)，且不超过三年。"
        case .decisionNotFound(let id): "没有编号为“\(id)”的决定。"
        case .decisionRevoked(let id): "决定“\(id)”已撤销。"
        case .unknownChannel(let channel): "没有渠道“\(channel)”；可用：portal、platform、credit、onsite。"
        case .coverageDays(let from, let to): "起日 \(from) 晚于止日 \(to)。"
        case .coverageAhead(let to, let today): "止日 \(to) 晚于今天 \(today)；不能为将来声明完整。"
        case .coverageNotFound(let id): "没有编号为“\(id)”的来源完整性声明；现有的声明见 sundial source list。"
        case .coverageEnded(let id): "来源完整性声明“\(id)”已经撤回。"
        case .unknownJurisdiction(let code): "没有辖区“\(code)”。"
        case .ledgerStarted(let code): "辖区 \(code) 的台账已经启用。"
        case .ledgerTooEarly(let from, let first):
            "日期 \(from) 早于公开目录的施行日 \(first)：此前没有按目录公开的义务，请核对（--from）。"
        case .dayNotOver(let day, let today): "\(day) 尚未结束（今天是 \(today)），不能结账。"
        case .tooLong(let what, let limit): "\(what)过长，最多 \(limit) 个字符。"
        case .calendarEmpty: "节假日数据里没有任何年份。"
        case .dayNotReached(let day, let today): "\(day) 还没有到（今天是 \(today)）；只能查看今天和以前的台账。"
        case .dayBeforeLedger(let day, let first?): "本平台的台账从 \(first) 起才有记载，查不到 \(day) 的状态。"
        case .dayBeforeLedger(let day, nil): "本平台还没有任何记载，查不到 \(day) 的状态。"
        case .notKnownThen(let what, let day): "截至 \(day) 日终，本平台还没有\(what)的记载。"
        case .calendarVersionKnown(let version): "节假日数据版本“\(version)”已加载；内容有变时请换一个版本名。"
        case .calendarVersionForm: "节假日数据的版本名（version）要写入公开日志：只能用字母、数字、“.”和“-”，最多 40 个字符。"
        }
    }

    package var clause: String? {
        switch self {
        case .groundNotAllowed(_, _, let clause): clause
        case .unknownGround: "政府信息公开条例 第十四条至第十六条"
        default: nil
        }
    }
}
