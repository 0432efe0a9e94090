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
        for version in versions {
            if !version.obligation.isOfTheSameDuty(as: obligation) {
                return "截至 \(version.until) 前的历史记录与本项义务不符。"
            }
            for day in ends(of: version) {
                let stood = LedgerReplay(rows.filter { $0.isUpTo(day) })
                if try !stood.agrees(with: version.obligation, in: transaction) {
                    return "截至 \(day) 的历史记录与日志不符。"
                }
            }
        }
        return try dischargeDifference(of: obligation, as: versions)
    }

    /// The days at whose ends it must be what the leaves add up to: the one on which it began and each on which they tell
    /// something. Of what an earlier program entered, which kept no history, only the last.
    private func ends(of version: ObligationVersion) -> [String] {
        let told = Set(rows.compactMap { Instant($0.at)?.day.description })
        let within = told.filter { $0 >= version.since && (version.until.isEmpty || $0 < version.until) }
        if version.since.isEmpty { return within.max().map { [$0] } ?? [] }
        return within.union([version.since]).sorted()
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

    private func dischargeDifference(
        of obligation: Obligation, as past: [ObligationVersion]
    ) throws -> String? {
        let found = try transaction.ledger.dischargeVersions(of: obligation.id)
        for (publication, versions) in Dictionary(grouping: found, by: \.discharge.publication).sorted(
            by: { $0.key < $1.key })
        {
            let told = rows.filter {
                $0.act == "obligation.discharged" && $0.change["publication"] == publication
            }
            guard isUnbroken(versions, since: told.first) else {
                return "履行记录（\(publication)）的历史缺了一段，或者日期与日志不符。"
            }
            for version in versions.dropLast() {
                let owed = past.last { $0.since < version.until }?.obligation ?? obligation
                guard agrees(version, of: owed, with: told) else {
                    return "截至 \(version.until) 前的履行记录（\(publication)）与日志不符。"
                }
            }
        }
        return nil
    }

    private func isUnbroken(_ versions: [DischargeVersion], since first: JournalRow?) -> Bool {
        guard let since = versions.first?.since, let entered = first.flatMap({ Instant($0.at)?.day }) else {
            return false
        }
        return (since.isEmpty || since == entered.description)
            && zip(versions, versions.dropFirst()).allSatisfy { $0.until == $1.since }
    }

    /// - Parameter obligation: as it was on that day.
    private func agrees(
        _ past: DischargeVersion, of obligation: Obligation, with told: [JournalRow]
    ) -> Bool {
        guard let row = told.last(where: { $0.isBefore(past.until) }),
            row.change["basis"] == past.discharge.basis.rawValue
        else { return false }
        if obligation.standing { return true }
        let discharge = past.discharge
        return row.change["edition"] == String(discharge.edition)
            && (discharge.revoked
                || discharge.verdict == Discharge.Verdict(day: discharge.day, for: obligation))
            && row.change["day"].map { $0 == past.discharge.day?.description } ?? true
    }
}

extension JournalRow {
    /// - Parameter day: in Asia/Shanghai, ISO.
    fileprivate func isBefore(_ day: String) -> Bool {
        Instant(at).map { $0.day.description < day } ?? false
    }

    /// - Parameter day: in Asia/Shanghai, ISO.
    fileprivate func isUpTo(_ day: String) -> Bool {
        Instant(at).map { $0.day.description <= day } ?? false
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
