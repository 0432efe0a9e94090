import CivilTime
import Law
import Obligations
import Storage
import Web

/// What every view reads with: the stores, the law that a transaction sees, and the day (查阅场所).
struct ReadingRoom: Sendable {
    let database: any Database
    let law: LawShelf
    let today: @Sendable () -> Day
    private let changes: RecordChanges

    init(database: any Database, law: LawShelf, today: @escaping @Sendable () -> Day) {
        self.database = database
        self.law = law
        self.today = today
        changes = RecordChanges(database: database, today: today)
    }

    /// Reads once, in one consistent state: as of today, or as the ledger stood at the end of a past day.
    ///
    /// - Throws: `LedgerProblem` for a day that lies ahead or before the ledger's first.
    func read<Value: Sendable>(
        on asked: Day? = nil, _ body: @escaping @Sendable (Reading) throws -> Value
    ) async throws -> Value {
        let today = today()
        guard let collection = Basis.collection else {
            return try await database.read { try body(reading(on: asked, today: today, $0)) }
        }
        let (value, footing) = try await database.read { transaction in
            let reading = try reading(on: asked, today: today, transaction)
            let position = try RecordPosition(in: transaction)
            let value = try body(reading)
            return (value, Footing(day: today, position: position, subjects: reading.notes.subjects))
        }
        collection.add(Basis { [changes] in try await changes.stands(footing) })
        return value
    }

    private func reading(on asked: Day?, today: Day, _ transaction: Transaction) throws -> Reading {
        guard let asked, asked != today else {
            return Reading(transaction: transaction, law: try law.book(in: transaction), day: today)
        }
        guard asked < today else { throw LedgerProblem.dayNotReached(asked, today: today) }
        let first = try transaction.firstLedgerDay()
        guard let first, first <= asked else { throw LedgerProblem.dayBeforeLedger(asked, first: first) }
        let law = try law.book(in: transaction, on: asked)
        return Reading(transaction: transaction, law: law, day: asked, past: transaction.ledger(on: asked))
    }
}

/// One reading: everything in it is true of the same state and the same day.
struct Reading {
    let transaction: Transaction
    let law: LawBook
    let day: Day
    /// The last day of what is due soon.
    let soon: Day
    /// The ledger as it stood at the end of the day; nil when that day is today.
    let past: PastLedgerStore?
    /// What the answer shows, for whoever keeps it.
    let notes = ReadingNotes()

    init(transaction: Transaction, law: LawBook, day: Day, past: PastLedgerStore? = nil) {
        self.past = past
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
