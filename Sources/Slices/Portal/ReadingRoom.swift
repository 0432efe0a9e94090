import CivilTime
import Law
import Obligations
import Storage

/// What every view reads with: the stores, the law that a transaction sees, and the day (查阅场所).
struct ReadingRoom: Sendable {
    let database: any Database
    let law: LawShelf
    let today: @Sendable () -> Day

    /// Reads once, in one consistent state, as of today.
    func read<Value: Sendable>(
        _ body: @escaping @Sendable (Reading) throws -> Value
    ) async throws -> Value {
        let day = today()
        return try await database.read { transaction in
            try body(Reading(transaction: transaction, law: law.book(in: transaction), day: day))
        }
    }
}

/// One reading: everything in it is true of the same state and the same day.
struct Reading {
    let transaction: Transaction
    let law: LawBook
    let day: Day
    /// The last day of what is due soon.
    let soon: Day

    init(transaction: Transaction, law: LawBook, day: Day) {
        self.transaction = transaction
        self.law = law
        self.day = day
        let window = CountingRule.usual(ObligationState.soonWorkingDays, .workingDays)
        soon = law.calendar.dueDay(window, from: day)
    }

    /// A filter as of this reading's day.
    var filter: ObligationFilter { ObligationFilter(day: day, soon: soon) }

    func names() -> Names { Names(reading: self) }
}
