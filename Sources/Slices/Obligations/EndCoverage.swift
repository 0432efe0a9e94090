import CivilTime
import Law
import People
import Storage

/// Takes back the declaration that a source is complete (撤回来源完整性声明): absence from it accuses nobody any more.
///
/// What was observed only because of it is unobserved again. What was entered as overdue meanwhile stays entered, in the
/// ledger and in the journal; the state follows the declarations that stand.
package struct EndCoverage {
    package let coverage: String
    package let reason: String

    package init(coverage: String, reason: String) {
        self.coverage = coverage
        self.reason = reason
    }

    package struct Ended: Sendable {
        package let coverage: SourceCoverage
        /// How many obligations are unobserved again.
        package let unobserved: Int
    }

    package func perform(in transaction: Transaction, _ occasion: Occasion) throws -> Ended {
        guard let old = try transaction.ledger.coverage(coverage) else {
            throw LedgerProblem.coverageNotFound(coverage)
        }
        guard old.stands else { throw LedgerProblem.coverageEnded(coverage) }
        let reason = try checkedReason(reason)
        try transaction.ledger.end(old.id, at: occasion.now, by: occasion.actor, reason: reason)
        transaction.journal(
            occasion.entry(
                "source.uncovered", "coverage", old.id,
                [
                    "jurisdiction": old.jurisdiction, "body": old.body, "from": "\(old.from)",
                    "to": "\(old.to)",
                ]))
        let count = try unobserve(old, transaction, occasion)
        return Ended(coverage: try transaction.ledger.coverage(old.id) ?? old, unobserved: count)
    }

    private func unobserve(_ old: SourceCoverage, _ transaction: Transaction, _ occasion: Occasion) throws
        -> Int
    {
        var count = 0
        var last = ""
        while true {
            let page = try transaction.obligations.observed(in: old, after: last, limit: 500)
            for obligation in page where try rested(on: old, obligation, transaction) {
                try transaction.obligations.setObserved(obligation.id, false, today: occasion.today)
                transaction.journal(
                    occasion.entry(
                        "obligation.unobserved", "obligation", obligation.id, ["coverage": old.id]))
                count += 1
            }
            guard let end = page.last?.id, page.count == 500 else { return count }
            last = end
        }
    }

    /// Whether it was this declaration that made it observed: it lies in its span, its body does not publish here, and
    /// no other declaration covers it.
    private func rested(on old: SourceCoverage, _ obligation: Obligation, _ transaction: Transaction) throws
        -> Bool
    {
        guard let from = obligation.triggerDay, let to = obligation.due, old.from <= from, to <= old.to,
            try transaction.bodies.body(obligation.body)?.publishesHere != true
        else { return false }
        return try !transaction.ledger.isCovered(obligation)
    }
}
