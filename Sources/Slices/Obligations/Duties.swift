import Catalogue
import CivilTime
import Law
import Storage

/// One clock of one item: what an event of a kind makes somebody owe on a channel.
struct Duty: Sendable {
    let item: CatalogueItem
    let eventKind: String
    let channel: String
    /// The candidate rules of the clock; `LawBook.choose` picks one.
    let rules: [String]

    /// Whether the item must be disclosed; else it is encouraged and never overdue.
    var firm: Bool { !item.isSoft }
}

/// The catalogue that a jurisdiction keeps on a day, asked for what events make it owe.
struct Duties {
    let transaction: Transaction
    let jurisdiction: String
    let day: Day

    /// The clocks that an event starts: one an item and channel, each with its candidate rules.
    ///
    /// A clock that runs with its parent item takes the parent's candidates: both are published together.
    func started(by eventKind: String, naming item: String?, in scopes: Set<ProjectScope>) throws -> [Duty] {
        let held = transaction.held(Held.init)
        let question = Question(
            eventKind: eventKind, jurisdiction: jurisdiction, day: day, item: item, scopes: scopes)
        if let known = held.duties[question] { return known }
        let duties = try clocks(started: eventKind, naming: item, in: scopes)
        held.duties[question] = duties
        return duties
    }

    private struct Question: Hashable {
        let eventKind: String
        let jurisdiction: String
        let day: Day
        let item: String?
        let scopes: Set<ProjectScope>
    }

    private final class Held {
        var duties: [Question: [Duty]] = [:]
    }

    private func clocks(started eventKind: String, naming item: String?, in scopes: Set<ProjectScope>) throws
        -> [Duty]
    {
        try transaction.catalogue.items(
            triggeredBy: eventKind, in: jurisdiction, on: day, naming: item, scopes: scopes
        ).flatMap { item in
            try Dictionary(grouping: item.clocks(for: eventKind), by: \.channel)
                .sorted { $0.key < $1.key }
                .map { channel, clocks in
                    let own = clocks.map(\.rule)
                    let parents =
                        clocks.contains(where: \.runsWithParent)
                        ? try rules(of: item.parent, channel, eventKind) : []
                    return Duty(item: item, eventKind: eventKind, channel: channel, rules: own + parents)
                }
        }
    }

    private func rules(of parent: String, _ channel: String, _ eventKind: String) throws -> [String] {
        try transaction.catalogue.item(parent, in: jurisdiction, on: day)?.clocks(for: eventKind)
            .filter { $0.channel == channel && !$0.runsWithParent }.map(\.rule) ?? []
    }
}
