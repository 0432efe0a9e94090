import CivilTime
import Law
import Obligations
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
    private var dues: [Int: Told] = [:]
    /// By due day: the instant of the act.
    private var overdue: [String: String] = [:]
    /// By publication: what was told last.
    private var discharged: [String: [String: String]] = [:]

    /// A computation, as its leaf tells it.
    private struct Told: Hashable {
        let due, rule, law, calendar, at: String
    }

    /// - Parameter changes: oldest first; `at` is the instant of the act, UTC.
    init(_ changes: [(act: String, change: [String: String], at: String)]) {
        for (act, change, at) in changes { take(act, change, at) }
    }

    private mutating func take(_ act: String, _ change: [String: String], _ at: String) {
        switch act {
        case "obligation.created":
            (item, channel, body) = (change["item"] ?? "", change["channel"] ?? "", change["body"] ?? "")
            period = change["period"] ?? ""
            root = change["root"]
        case "obligation.divided": lot = change["lot"].flatMap { $0.hasPrefix("#") ? nil : $0 }
        case "obligation.reassigned": body = change["to"] ?? ""
        case "obligation.due_computed":
            guard let number = change["n"].flatMap({ Int($0) }) else { break }
            dues[number] = Told(
                due: change["due"] ?? "", rule: change["rule"] ?? "", law: change["law"] ?? "",
                calendar: change["calendar"] ?? "", at: at)
        case "obligation.observed": observed = true
        case "obligation.unobserved": observed = false
        case "obligation.overdue": overdue[change["due"] ?? ""] = at
        case "obligation.discharged": discharged[change["publication"] ?? ""] = change
        case "obligation.closed", "obligation.reopened": closed = change["to"] ?? ""
        case "obligation.voided": closed = Obligation.Closed.void.rawValue
        default: break
        }
    }

    /// The first thing in which the tables differ, in Chinese; nil when they agree.
    func difference(from obligation: Obligation, in transaction: Transaction) throws -> String? {
        if item != obligation.item || channel != obligation.channel { return "事项或者渠道与日志不符。" }
        if body != obligation.body { return "公开主体与日志不符。" }
        if period != obligation.period { return "期间与日志不符。" }
        if let lot, lot != obligation.lot { return "标段与日志不符。" }
        if try !comesFromItsEvent(obligation, in: transaction) { return "项目、标段或者由来与触发事项不符。" }
        if let observed, observed != obligation.observed { return "是否可以断定与日志不符。" }
        if closed != obligation.closed.rawValue { return "办结情况（\(obligation.closed.rawValue)）与日志不符。" }
        return try dueDifference(from: obligation, in: transaction)
            ?? dischargeDifference(from: obligation, in: transaction)
    }

    /// What an event made known stands in the event's project, and in its lot where it has one; the event's own record was
    /// hashed with its leaf.
    private func comesFromItsEvent(_ obligation: Obligation, in transaction: Transaction) throws -> Bool {
        if let root, root != obligation.root { return false }
        if obligation.standing != (obligation.eventKind == "standing.started") { return false }
        guard let event = try transaction.events.event(obligation.root) else {
            return obligation.root.isEmpty
        }
        return event.project == obligation.project && (event.lot.isEmpty || event.lot == obligation.lot)
    }

    private func dueDifference(from obligation: Obligation, in transaction: Transaction) throws -> String? {
        let computed = try transaction.ledger.computations(of: obligation.id)
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
        if let last = computed.max(by: { $0.number < $1.number }), !obligation.trigger.isEmpty {
            if obligation.due != last.choice.dueDate?.due { return "到期日与最后一次计算不符。" }
            // A standing duty is counted from its latest edition, and keeps the day on which it began.
            let counted = obligation.standing ? computed.map(\.triggerDay) : [last.triggerDay]
            if !counted.contains(where: { $0 == obligation.triggerDay }) { return "触发日与计算不符。" }
            if !last.agrees(with: obligation) { return "时限规则或者是否暂定与最后一次计算不符。" }
        }
        let entered = try transaction.ledger.overdueDues(of: obligation.id)
        if Set(entered.map(\.due.description)) != Set(overdue.keys) { return "逾期记录与日志不符。" }
        return entered.allSatisfy(wasEnteredInTime) ? nil : "列为逾期的日期与日志不符。"
    }

    /// After the due day, and not after the act: a day may be closed later than it ended, and never before.
    private func wasEnteredInTime(_ entry: (due: Day, enteredOn: Day)) -> Bool {
        guard let last = overdue[entry.due.description].flatMap({ Instant($0) })?.day else { return false }
        return entry.due < entry.enteredOn && entry.enteredOn <= last
    }

    /// The rows against the leaves, and what closes the obligation against what follows from the rows.
    private func dischargeDifference(from obligation: Obligation, in transaction: Transaction) throws
        -> String?
    {
        let rows = try transaction.ledger.discharges(of: obligation.id)
        for row in rows where !agrees(row, of: obligation) { return "履行记录（\(row.publication)）与日志不符。" }
        if let gone = Set(discharged.keys).subtracting(rows.map(\.publication)).min() {
            return "履行记录（\(gone)）在日志里，表中不见了。"
        }
        if obligation.closed == .void { return nil }
        let settled = obligation.settled(by: rows, try transaction.ledger.decisions(of: obligation.id))
        return settled == (obligation.closed, obligation.closedDay) ? nil : "办结的情况和日期与履行记录、决定不符。"
    }

    /// The editions of a standing duty follow one another without a leaf of their own.
    private func agrees(_ row: Discharge, of obligation: Obligation) -> Bool {
        guard let told = discharged[row.publication], told["basis"] == row.basis.rawValue else {
            return false
        }
        if obligation.standing { return true }
        return told["edition"] == String(row.edition)
            && told["day"].map { $0 == row.day?.description } ?? true
            && (row.revoked || row.verdict == Discharge.Verdict(day: row.day, for: obligation))
    }
}

extension DueComputation {
    /// Whether the obligation shows the rule that won, as it was when it was computed.
    fileprivate func agrees(with obligation: Obligation) -> Bool {
        obligation.rule == choice.rule?.id ?? "" && obligation.verified == choice.rule?.verified ?? false
            && obligation.provisional == choice.dueDate?.provisional ?? false
    }
}
