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
    private var closed = ""
    private var dues: [Int: String] = [:]
    private var overdue: Set<String> = []
    /// By publication: the basis that was told last.
    private var discharged: [String: String] = [:]

    init(_ changes: [(act: String, change: [String: String])]) {
        for (act, change) in changes { take(act, change) }
    }

    private mutating func take(_ act: String, _ change: [String: String]) {
        switch act {
        case "obligation.created":
            (item, channel, body) = (change["item"] ?? "", change["channel"] ?? "", change["body"] ?? "")
        case "obligation.reassigned": body = change["to"] ?? ""
        case "obligation.due_computed":
            if let number = change["n"].flatMap({ Int($0) }) { dues[number] = change["due"] ?? "" }
        case "obligation.overdue": overdue.insert(change["due"] ?? "")
        case "obligation.discharged": discharged[change["publication"] ?? ""] = change["basis"] ?? ""
        case "obligation.closed", "obligation.reopened": closed = change["to"] ?? ""
        case "obligation.voided": closed = Obligation.Closed.void.rawValue
        default: break
        }
    }

    /// The first thing in which the tables differ, in Chinese; nil when they agree.
    func difference(from obligation: Obligation, in transaction: Transaction) throws -> String? {
        if item != obligation.item || channel != obligation.channel { return "事项或者渠道与日志不符。" }
        if body != obligation.body { return "公开主体与日志不符。" }
        if closed != obligation.closed.rawValue { return "办结情况（\(obligation.closed.rawValue)）与日志不符。" }
        let computed = try transaction.ledger.computations(of: obligation.id)
        let known = Dictionary(
            uniqueKeysWithValues: computed.map { ($0.number, $0.choice.dueDate?.due.description ?? "") })
        if known != dues { return "到期日的计算与日志不符。" }
        if let last = computed.max(by: { $0.number < $1.number }), !obligation.standing,
            !obligation.trigger.isEmpty,
            obligation.due != last.choice.dueDate?.due
        {
            return "到期日与最后一次计算不符。"
        }
        let entered = try transaction.ledger.overdueDues(of: obligation.id).map(\.description)
        if Set(entered) != overdue { return "逾期记录与日志不符。" }
        for discharge in try transaction.ledger.discharges(of: obligation.id)
        where discharged[discharge.publication] != discharge.basis.rawValue {
            return "履行记录（\(discharge.publication)）与日志不符。"
        }
        return nil
    }
}
