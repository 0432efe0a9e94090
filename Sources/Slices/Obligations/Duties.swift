import Catalogue
import CivilTime
import Law
import Storage

/// One clock of one item: what an event of a kind makes somebody owe on a channel.
struct Duty {
    let item: CatalogueItem
    /// Whose ledger it stands in; several jurisdictions may keep one catalogue.
    let jurisdiction: String
    let catalogueVersion: String
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
    let list: CatalogueList

    init?(in jurisdiction: String, on day: Day, _ transaction: Transaction) throws {
        guard let list = try transaction.catalogue.list(in: jurisdiction, on: day) else { return nil }
        self.transaction = transaction
        self.jurisdiction = jurisdiction
        self.list = list
    }

    /// The clocks that an event starts: one an item and channel, each with its candidate rules.
    ///
    /// A clock that runs with its parent item takes the parent's candidates: both are published together.
    func started(by eventKind: String, naming item: String?, in scopes: Set<ProjectScope>) -> [Duty] {
        let items = list.items.started(by: eventKind, naming: item, in: scopes)
        return items.flatMap { item in
            Dictionary(grouping: item.clocks(for: eventKind), by: \.channel)
                .sorted { $0.key.rawValue < $1.key.rawValue }
                .map { channel, clocks in
                    let own = clocks.flatMap(\.rules)
                    let parents = own.contains("with-parent") ? rules(ofParentOf: item, channel, eventKind) : []
                    return Duty(
                        item: item, jurisdiction: jurisdiction, catalogueVersion: list.version.id,
                        eventKind: eventKind, channel: channel.rawValue, rules: own + parents)
                }
        }
    }

    private func rules(ofParentOf item: CatalogueItem, _ channel: DisclosureChannel, _ eventKind: String) -> [String] {
        list.items.first { $0.id == item.parent }?.clocks(for: eventKind)
            .filter { $0.channel == channel && !$0.runsWithParent }.flatMap(\.rules) ?? []
    }
}
