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
            for obligation in page {
                try transaction.enterOverdue(obligation, on: day.adding(days: 1), occasion)
            }
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
}

extension Transaction {
    /// Enters an obligation as overdue from a day on, once for its due day.
    ///
    /// - Returns: whether it was entered now.
    @discardableResult
    func enterOverdue(_ obligation: Obligation, on day: Day, _ occasion: Occasion) throws -> Bool {
        guard let due = obligation.due, try ledger.enterOverdue(obligation.id, due: due, on: day) else {
            return false
        }
        journal(occasion.entry("obligation.overdue", "obligation", obligation.id, ["due": due.description]))
        return true
    }
}
