import CivilTime
import Law
import Obligations
import Publishing
import Storage

/// What the leaves of one obligation add up to, held against what the ledger's tables say.
///
/// The leaves tell every change that a reader may rely on: who owes, each due day, each overdue entry, what discharged
/// it, how it was closed. A table that says otherwise was changed behind the acts.
struct LedgerReplay {
    private var item = ""
    private var channel = ""
    private var body = ""
    private var period = ""
    /// nil: the leaf does not tell what made the duty known.
    private var root: String?
    /// nil: never divided, or the leaf tells only the place of the lot.
    private var lot: String?
    /// nil: no declaration of completeness changed it.
    private var observed: Bool?
    private var closed = ""
    /// Whether the clock was started after it was awaited last.
    private var isRunning = false
    /// The declarations that made it told, or took that back.
    private var coverages: [String] = []
    private var dues: [Int: Told] = [:]
    /// By due day: the instant of the act.
    private var overdue: [String: String] = [:]
    /// By publication: what was told last.
    private var discharged: [String: [String: String]] = [:]

    /// A computation, as its leaf tells it.
    private struct Told: Hashable {
        let due, rule, law, calendar, at: String
    }

    /// - Parameter rows: those that have a leaf, oldest first.
    init(_ rows: [JournalRow]) {
        for row in rows { take(row.act, row.change, row.at) }
    }

    private mutating func take(_ act: String, _ change: [String: String], _ at: String) {
        switch act {
        case "obligation.created":
            (item, channel, body) = (change["item"] ?? "", change["channel"] ?? "", change["body"] ?? "")
            period = change["period"] ?? ""
            root = change["root"]
        case "obligation.divided": lot = change["lot"].flatMap { $0.hasPrefix("#") ? nil : $0 }
        case "obligation.reassigned": body = change["to"] ?? ""
        case "obligation.awaited": isRunning = false
        case "obligation.due_computed":
            isRunning = true
            guard let number = change["n"].flatMap({ Int($0) }) else { break }
            dues[number] = Told(
                due: change["due"] ?? "", rule: change["rule"] ?? "", law: change["law"] ?? "",
                calendar: change["calendar"] ?? "", at: at)
        case "obligation.observed", "obligation.unobserved":
            observed = act == "obligation.observed"
            if let coverage = change["coverage"] { coverages.append(coverage) }
        case "obligation.overdue": overdue[change["due"] ?? ""] = at
        case "obligation.discharged": discharged[change["publication"] ?? ""] = change
        case "obligation.closed", "obligation.reopened": closed = change["to"] ?? ""
        case "obligation.voided": closed = Obligation.Closed.void.rawValue
        default: break
        }
    }

    /// The first thing in which the tables differ, in Chinese; nil when they agree.
    func difference(from obligation: Obligation, _ times: EditionTime, in transaction: Transaction) throws
        -> String?
    {
        if item != obligation.item || channel != obligation.channel { return "事项或者渠道与日志不符。" }
        if body != obligation.body { return "公开主体与日志不符。" }
        if period != obligation.period { return "期间与日志不符。" }
        if let lot, lot != obligation.lot { return "标段与日志不符。" }
        if let root, root != obligation.root { return "由来与日志不符。" }
        if let difference = try ObligationOrigin(transaction: transaction).difference(of: obligation) {
            return difference
        }
        if let observed, observed != obligation.observed { return "是否可以断定与日志不符。" }
        if try !coverages.allSatisfy({ try covers($0, obligation, in: transaction) }) {
            return "来源完整性声明的渠道、事项与本项义务不符。"
        }
        if closed != obligation.closed.rawValue { return "办结情况（\(obligation.closed.rawValue)）与日志不符。" }
        return try dueDifference(from: obligation, in: transaction)
            ?? dischargeDifference(from: obligation, times, in: transaction)
    }

    /// Whether the tables said at the end of a past day what the leaves had told by then.
    func agrees(with past: Obligation, in transaction: Transaction) throws -> Bool {
        let last = dues.max { $0.key < $1.key }
        let computed = try last.flatMap { last in
            try transaction.ledger.computations(of: past.id, before: last.key + 1).first {
                $0.number == last.key
            }
        }
        return body == past.body && closed == past.closed.rawValue && lot.map { $0 == past.lot } ?? true
            && observed.map { $0 == past.observed } ?? true && isRunning == !past.trigger.isEmpty
            && (isRunning ? computed?.isShown(by: past) ?? false : past.isAwaited)
    }

    /// Whether a declaration can have been about the obligation; its span and body are told by its own leaf.
    private func covers(_ id: String, _ obligation: Obligation, in transaction: Transaction) throws -> Bool {
        guard let coverage = try transaction.ledger.coverage(id) else { return false }
        return coverage.channel == obligation.channel
            && (coverage.item.isEmpty || coverage.item == obligation.item)
    }

    private func dueDifference(from obligation: Obligation, in transaction: Transaction) throws -> String? {
        let computed = try computations(of: obligation.id, in: transaction)
        let known = Dictionary(
            uniqueKeysWithValues: computed.map {
                (
                    $0.number,
                    Told(
                        due: $0.choice.dueDate?.due.description ?? "", rule: $0.choice.rule?.id ?? "",
                        law: $0.lawVersion, calendar: $0.calendarVersion, at: $0.computedAt)
                )
            })
        if known != dues { return "到期日的计算与日志不符。" }
        if isRunning == obligation.trigger.isEmpty { return "是否已经触发与日志不符。" }
        if !isRunning, !obligation.isAwaited { return "尚未触发，却有到期日、触发日或者时限规则。" }
        if let last = computed.max(by: { $0.number < $1.number }), isRunning, !last.isShown(by: obligation) {
            return "触发事项、触发日、到期日、时限规则或者是否暂定与最后一次计算不符。"
        }
        if try !computed.allSatisfy({ try isCounted($0, obligation, in: transaction) }) {
            return "计算的起算日与触发事项不符。"
        }
        let entered = try transaction.ledger.overdueDues(of: obligation.id)
        if Set(entered.map(\.due.description)) != Set(overdue.keys) { return "逾期记录与日志不符。" }
        return entered.allSatisfy(wasEnteredInTime) ? nil : "列为逾期的日期与日志不符。"
    }

    private func computations(of obligation: String, in transaction: Transaction) throws -> [DueComputation] {
        var all: [DueComputation] = []
        while true {
            let page = try transaction.ledger.computations(of: obligation, before: all.last?.number ?? .max)
            if page.isEmpty { return all }
            all += page
        }
    }

    /// From the day of the event that started the clock. A standing duty is counted from its latest edition.
    private func isCounted(
        _ computation: DueComputation, _ obligation: Obligation, in transaction: Transaction
    ) throws -> Bool {
        guard let event = try transaction.events.event(computation.trigger) else { return false }
        return event.kind == obligation.eventKind
            && (obligation.standing || event.day == computation.triggerDay)
    }

    /// After the due day, and not after the act: a day may be closed later than it ended, and never before.
    private func wasEnteredInTime(_ entry: (due: Day, enteredOn: Day)) -> Bool {
        guard let last = overdue[entry.due.description].flatMap({ Instant($0) })?.day else { return false }
        return entry.due < entry.enteredOn && entry.enteredOn <= last
    }

    /// The rows against the leaves, and what closes the obligation against what follows from the rows.
    private func dischargeDifference(
        from obligation: Obligation, _ times: EditionTime, in transaction: Transaction
    ) throws -> String? {
        let rows = try transaction.ledger.allDischarges(of: obligation.id)
        for row in rows where try !agrees(row, of: obligation, times, in: transaction) {
            return "履行记录（\(row.publication)）与日志不符。"
        }
        if let gone = Set(discharged.keys).subtracting(rows.map(\.publication)).min() {
            return "履行记录（\(gone)）在日志里，表中不见了。"
        }
        if obligation.closed == .void { return nil }
        let settled = obligation.settled(by: rows, try transaction.ledger.decisions(of: obligation.id))
        return settled == (obligation.closed, obligation.closedDay) ? nil : "办结的情况和日期与履行记录、决定不符。"
    }

    /// The editions of a standing duty follow one another without a leaf of their own. Where the leaf tells no day, the edition's
    /// own time does.
    private func agrees(
        _ row: Discharge, of obligation: Obligation, _ times: EditionTime, in transaction: Transaction
    ) throws -> Bool {
        guard let told = discharged[row.publication], told["basis"] == row.basis.rawValue,
            let publication = try transaction.publications.publication(row.publication)
        else { return false }
        if obligation.standing || (row.revoked && told["day"] == nil) {
            return try times.allows(row.day, of: row.edition, in: publication)
        }
        let isOfItsDay =
            try told["day"].map { $0 == row.day?.description }
            ?? times.allows(row.day, row.basis, of: row.edition, in: publication)
        return isOfItsDay && told["edition"] == String(row.edition)
            && (row.revoked || row.verdict == Discharge.Verdict(day: row.day, for: obligation))
    }
}

extension Obligation {
    /// Whether it shows nothing of a clock.
    fileprivate var isAwaited: Bool {
        trigger.isEmpty && triggerDay == nil && triggerBasis == nil && due == nil && !provisional
            && rule.isEmpty && verified
    }
}

extension DueComputation {
    /// Whether the obligation shows what was computed, as it was then. A standing duty is counted from its latest edition, and
    /// keeps the day on which it began.
    fileprivate func isShown(by obligation: Obligation) -> Bool {
        obligation.trigger == trigger && (obligation.standing || obligation.triggerDay == triggerDay)
            && obligation.due == choice.dueDate?.due && obligation.rule == choice.rule?.id ?? ""
            && obligation.verified == choice.rule?.verified ?? false
            && obligation.provisional == choice.dueDate?.provisional ?? false
    }
}
