import Obligations
import Storage

/// Keeps the tally: reads in the journal which obligations may have changed, and in their tables what they are now.
package struct CountFollower: Follower {
    package let name = "tally"
    package let version = 3

    package init() {}

    /// - Returns: what the obligations have been, by id, oldest first.
    package func gather(_ rows: [JournalRow], in source: Transaction) throws -> [[CountedObligation]] {
        try source.counted(touchedBy: rows)
    }

    package func apply(_ batch: [[CountedObligation]], in target: Transaction) throws {
        let known = try target.tallies.counted(batch.compactMap { $0.last?.id })
        var change = TallyChange()
        for versions in batch { change.move(versions.last.flatMap { known[$0.id] }, to: versions) }
        try target.tallies.add(change)
        try target.tallies.set(batch.compactMap(\.last))
    }

    package func reset(in target: Transaction) throws {
        try target.tallies.clear()
    }
}

extension Transaction {
    /// What the obligations have been and are that some journal rows may have changed.
    func counted(touchedBy rows: [JournalRow]) throws -> [[CountedObligation]] {
        let ids = try obligations(touchedBy: rows)
        return try stride(from: 0, to: ids.count, by: 500).flatMap { start in
            try counted(Array(ids[start..<min(start + 500, ids.count)]))
        }
    }

    private func obligations(touchedBy rows: [JournalRow]) throws -> [String] {
        var ids: Set<String> = []
        var publications: Set<String> = []
        for row in rows {
            if row.subjectKind == "obligation" { ids.insert(row.subject) }
            if let named = row.change["obligation"] { ids.insert(named) }
            // What a withdrawal or a correction does to a standing duty is told of the publication alone.
            if row.subjectKind == "publication" { publications.insert(row.subject) }
        }
        for publication in publications {
            ids.formUnion(try ledger.discharges(by: publication).map(\.obligation))
        }
        return ids.sorted()
    }

    private func counted(_ ids: [String]) throws -> [[CountedObligation]] {
        let versions = try obligations.versions(of: ids)
        let met = versions.values.compactMap(\.last?.obligation).filter(\.isMet).map(\.id)
        var first: [String: TimeBasis] = [:]
        for discharge in try ledger.discharges(ofAny: met) where !discharge.revoked {
            if first[discharge.obligation] == nil { first[discharge.obligation] = discharge.basis }
        }
        return versions.values.map { history in
            history.map { CountedObligation($0, basis: $0.obligation.isMet ? first[$0.obligation.id] : nil) }
        }
    }
}

extension Obligation {
    fileprivate var isMet: Bool { [.onTime, .late, .undetermined].contains(closed) }
}
