import Catalogue
import CivilTime
import Law
import People
import Storage

/// Declares that a source holds everything of a jurisdiction, body, item and span: from here on, absence counts.
///
/// Only obligations whose trigger and due day lie inside the span become observed. Those whose day is over are
/// entered as overdue by the same act: nothing waits for the next closing.
package struct DeclareCoverage {
    package let source: String
    package let channel: String
    package let jurisdiction: String
    package let body: String
    package let item: String
    package let from: Day
    package let to: Day

    /// - Parameter channel: what the source is, `platform` unless said.
    package init(
        source: String, jurisdiction: String, body: String = "", item: String = "", from: Day, to: Day,
        channel: String = "platform"
    ) {
        self.source = source
        self.channel = channel
        self.jurisdiction = jurisdiction
        self.body = body
        self.item = item
        self.from = from
        self.to = to
    }

    package struct Declared: Sendable {
        package let coverage: SourceCoverage
        /// How many obligations became observed.
        package let observed: Int
        /// How many of them were entered as overdue.
        package let overdue: Int
    }

    package func perform(in transaction: Transaction, _ occasion: Occasion) throws -> Declared {
        guard from <= to else { throw LedgerProblem.coverageDays(from: from, to: to) }
        guard to <= occasion.today else { throw LedgerProblem.coverageAhead(to, today: occasion.today) }
        guard try transaction.jurisdictions.jurisdiction(jurisdiction) != nil else {
            throw LedgerProblem.unknownJurisdiction(jurisdiction)
        }
        guard DisclosureChannel(rawValue: channel) != nil else { throw LedgerProblem.unknownChannel(channel) }
        if !item.isEmpty, try transaction.catalogue.item(item, in: jurisdiction, on: occasion.today) == nil {
            throw LedgerProblem.unknownItem(item, jurisdiction: jurisdiction, on: occasion.today)
        }
        if !body.isEmpty, try transaction.bodies.body(body, on: occasion.today) == nil {
            throw LedgerProblem.unknownBody(body)
        }
        try EnteredText(source, as: "来源（--source）").checkLine(max: 200)
        let coverage = SourceCoverage(
            id: transaction.newID(), source: source, channel: channel, body: body, jurisdiction: jurisdiction,
            item: item, from: from,
            to: to, declaredBy: occasion.actor, declaredAt: occasion.now, endedAt: "", endedBy: "",
            endedReason: "")
        try transaction.ledger.insert(coverage)
        transaction.journal(
            occasion.entry(
                "source.covered", "coverage", coverage.id,
                ["jurisdiction": jurisdiction, "body": body, "from": from.description, "to": to.description]))
        let counts = try observe(coverage, transaction, occasion)
        return Declared(coverage: coverage, observed: counts.observed, overdue: counts.overdue)
    }

    private func observe(_ coverage: SourceCoverage, _ transaction: Transaction, _ occasion: Occasion) throws
        -> (observed: Int, overdue: Int)
    {
        var counts = (observed: 0, overdue: 0)
        var last = ""
        while true {
            let page = try transaction.obligations.unobserved(in: coverage, after: last, limit: 500)
            for obligation in page where try transaction.ledger.isCovered(obligation) {
                try transaction.obligations.setObserved(obligation.id, true, today: occasion.today)
                transaction.journal(
                    occasion.entry(
                        "obligation.observed", "obligation", obligation.id, ["coverage": coverage.id]))
                counts.observed += 1
                guard obligation.isOverdueOnceObserved(on: occasion.today) else { continue }
                if try transaction.enterOverdue(obligation, on: occasion.today, occasion) {
                    counts.overdue += 1
                }
            }
            guard let end = page.last?.id, page.count == 500 else { return counts }
            last = end
        }
    }
}

extension Obligation {
    /// Whether nothing but the want of observation keeps it from being overdue at the beginning of a day.
    fileprivate func isOverdueOnceObserved(on day: Day) -> Bool {
        verified && state(on: day, soon: day) == .unobserved
    }
}
