import Catalogue
import Importing
import Publishing
import Storage

/// Keeps what deals were worth by month: reads in the journal which papers changed, and in their values what they say.
package struct SumFollower: Follower {
    package let name = "sums"

    package init() {}

    /// The papers that were looked at, with what they say now.
    package struct Batch: Sendable {
        let publications: Set<String>
        let sums: [DealSum]
    }

    package func gather(_ rows: [JournalRow], in source: Transaction) throws -> Batch {
        let changed = Set(rows.filter { $0.subjectKind == "publication" }.map(\.subject))
        // What repeats a paper has to be looked at again when that one changes or goes.
        let twins = try changed.flatMap { try source.twins.twins(of: $0).map(\.publication) }
        let publications = changed.union(twins).union(try source.sums.repeating(changed))
        return Batch(publications: publications, sums: try source.dealSums(of: publications))
    }

    package func apply(_ batch: Batch, in target: Transaction) throws {
        try target.sums.replace(batch)
    }

    package func reset(in target: Transaction) throws {
        try target.sums.clear()
    }
}

extension Transaction {
    /// What some papers say of their deals; those that are not open to everybody say nothing.
    fileprivate func dealSums(of publications: Set<String>) throws -> [DealSum] {
        var sums: [DealSum] = []
        let all = publications.sorted()
        for start in stride(from: 0, to: all.count, by: 50) {
            let some = Array(all[start..<min(start + 50, all.count)])
            let open = try open(some)
            let values = Dictionary(grouping: try imports.sums(ofAny: some), by: \.publication)
            for id in some {
                guard let publication = open[id], let stated = values[id] else { continue }
                let twin = try firstTwin(of: id)
                for role in DealSum.roles {
                    let ofRole = stated.map(\.value).filter { $0.sumRole == role }
                    if !ofRole.isEmpty { sums.append(DealSum(publication, role, ofRole, twin: twin)) }
                }
            }
        }
        return sums
    }

    private func open(_ ids: [String]) throws -> [String: Publication] {
        try publications.publications(ids, audience: .everyone).filter {
            $0.value.state == .released && $0.value.origin == .imported
        }
    }

    /// The first of the open papers before this one that are probably the same.
    private func firstTwin(of id: String) throws -> String? {
        let before = try twins.twins(of: id).map(\.publication).filter { $0 < id }
        return before.isEmpty ? nil : try open(before).keys.min()
    }
}
