import CivilTime
import Obligations
import Storage

/// What an obligation was at the ends of past days, as pages of those days read it, held against what its leaves add up to by
/// then (截至某日的台账核对).
struct PastReplay {
    let transaction: Transaction
    /// Oldest first.
    let rows: [JournalRow]

    /// The first thing in which they differ, in Chinese; nil when they agree.
    func difference(of obligation: Obligation) throws -> String? {
        let versions = try transaction.obligations.versions(of: [obligation.id])[obligation.id] ?? []
        guard isUnbroken(versions) else { return "历史记录缺了一段，或者日期与日志不符。" }
        for version in versions.dropLast() {
            if !version.obligation.isOfTheSameDuty(as: obligation) {
                return "截至 \(version.until) 前的历史记录与本项义务不符。"
            }
            let stood = LedgerReplay(rows.filter { $0.isBefore(version.until) })
            if try !stood.agrees(with: version.obligation, in: transaction) {
                return "截至 \(version.until) 前的历史记录与日志不符。"
            }
        }
        return try dischargeDifference(of: obligation)
    }

    /// Each version ends where the next begins, and the first begins when the obligation was entered; what an earlier program
    /// entered begins with an empty day.
    private func isUnbroken(_ versions: [ObligationVersion]) -> Bool {
        guard let first = versions.first, let entered = rows.first.flatMap({ Instant($0.at)?.day }) else {
            return false
        }
        return (first.since.isEmpty || first.since == entered.description)
            && zip(versions, versions.dropFirst()).allSatisfy { $0.until == $1.since }
    }

    private func dischargeDifference(of obligation: Obligation) throws -> String? {
        for past in try transaction.ledger.pastDischarges(of: obligation.id) {
            let told = rows.last {
                $0.act == "obligation.discharged" && $0.change["publication"] == past.discharge.publication
                    && $0.isBefore(past.until)
            }
            guard let told, told.change["basis"] == past.discharge.basis.rawValue,
                obligation.standing || told.change["edition"] == String(past.discharge.edition),
                obligation.standing
                    || told.change["day"].map({ $0 == past.discharge.day?.description }) ?? true
            else { return "截至 \(past.until) 前的履行记录（\(past.discharge.publication)）与日志不符。" }
        }
        return nil
    }
}

extension JournalRow {
    /// - Parameter day: in Asia/Shanghai, ISO.
    fileprivate func isBefore(_ day: String) -> Bool {
        Instant(at).map { $0.day.description < day } ?? false
    }
}

extension Obligation {
    /// What no act ever changes.
    fileprivate func isOfTheSameDuty(as other: Obligation) -> Bool {
        (item, catalogueVersion, jurisdiction, field, channel) == (
            other.item, other.catalogueVersion, other.jurisdiction, other.field, other.channel
        )
            && (root, period, project, eventKind, firm, standing) == (
                other.root, other.period, other.project, other.eventKind, other.firm, other.standing
            )
    }
}
