import Catalogue
import CivilTime
import Law
import Storage

/// One clock of one item: what an event of a kind makes somebody owe on a channel.
struct Duty {
    let item: CatalogueItem
    let eventKind: String
    let channel: String
    /// The candidate rules of the clock; `LawBook.choose` picks one.
    let rules: [String]

    /// Whether the item must be disclosed; else it is encouraged and never overdue.
    var firm: Bool { item.modality == .must || item.modality == .promptly }
}

extension Duty {
    var jurisdiction: String { item.jurisdiction }

    /// The clocks that an event of a kind starts on an item: one a channel, each with its candidate rules.
    static func clocks(of item: CatalogueItem, for kind: String) -> [Duty] {
        var channels: [String] = []
        var rules: [String: [String]] = [:]
        for clock in item.clocks where clock.eventKind == kind {
            if rules[clock.channel] == nil { channels.append(clock.channel) }
            rules[clock.channel, default: []].append(clock.rule)
        }
        return channels.map { Duty(item: item, eventKind: kind, channel: $0, rules: rules[$0] ?? []) }
    }
}
