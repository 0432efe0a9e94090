import CivilTime
import Law
import People
import Storage

/// Closes a civil day: what was due on it and is not discharged is entered as overdue, once.
///
/// A day can be closed only when it is over. Days that were missed are closed in order.
package struct CloseDay {
    package let day: Day

    package init(day: Day) {
        self.day = day
    }

    /// Days that are over and not closed yet, oldest first, at most `limit`.
    package static func open(in transaction: Transaction, before today: Day, limit: Int) throws -> [Day] {
        let last = try transaction.ledger.lastClosedDay()?.day
        guard let start = try last?.adding(days: 1) ?? firstDay(in: transaction), start < today else {
            return []
        }
        return (0..<min(limit, start.days(until: today))).map { start.adding(days: $0) }
    }

    private static func firstDay(in transaction: Transaction) throws -> Day? {
        let due = try transaction.obligations.earliestOpenDue()
        let ledger = try transaction.ledger.ledgers().map(\.from).min()
        return [due, ledger].compactMap { $0 }.min()
    }

    /// - Returns: how many obligations were entered as overdue. A day that was closed before can be closed again:
    ///   it enters only what was recorded, observed or reopened since.
    package func perform(in transaction: Transaction, _ occasion: Occasion) throws -> Int {
        guard day < occasion.today else { throw LedgerProblem.dayNotOver(day, today: occasion.today) }
        var entered = 0
        while true {
            let page = try transaction.obligations.overdue(atTheEndOf: day, limit: 500)
            for obligation in page { try enter(obligation, transaction, occasion) }
            entered += page.count
            if page.count < 500 { break }
        }
        if try !transaction.ledger.isClosed(day) {
            try transaction.ledger.close(day, entries: entered, at: occasion.now)
            transaction.journal(
                occasion.entry("day.closed", "day", day.description, ["entries": String(entered)]))
        }
        return entered
    }

    private func enter(_ obligation: Obligation, _ transaction: Transaction, _ occasion: Occasion) throws {
        guard let due = obligation.due else { return }
        try transaction.ledger.enterOverdue(obligation.id, due: due, closing: day)
        transaction.journal(
            occasion.entry("obligation.overdue", "obligation", obligation.id, ["due": due.description]))
    }
}
