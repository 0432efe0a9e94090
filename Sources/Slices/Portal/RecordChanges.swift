import CivilTime
import Storage
import Synchronization
import Transparency

/// Which subjects changed since pages were kept, and so which pages still stand (变动).
///
/// It follows the journal and the log when it is asked, never in the background: so an answer is true of a state that is
/// not older than the question, whichever process wrote last. Nothing here outlives the process; after a start no page is
/// kept yet.
final class RecordChanges: Sendable {
    /// More news at once than these, and everything is taken for changed: cheaper than to look at each.
    private static let newsMax = 500
    /// Subjects remembered at most; then everything is taken for changed, and remembered anew.
    private static let subjectsMax = 100_000

    private struct Known {
        /// Taken before the record was read up to the position: while the database has it, nothing new can be read.
        var mark: Int?
        var position: RecordPosition
        /// Older readings than this do not stand, whatever they rest on.
        var floor: RecordPosition
        var touched: [RecordSubject: RecordPosition] = [:]

        func upholds(_ footing: Footing) -> Bool {
            guard floor.isWithin(footing.position) else { return false }
            guard let subjects = footing.subjects else { return position.isWithin(footing.position) }
            return subjects.allSatisfy { touched[$0]?.isWithin(footing.position) ?? true }
        }
    }

    private let database: any Database
    private let today: @Sendable () -> Day
    private let known = Mutex<Known?>(nil)

    init(database: any Database, today: @escaping @Sendable () -> Day) {
        self.database = database
        self.today = today
    }

    /// Whether a reading would find the same now. Reads no more than what came since the last question.
    func stands(_ footing: Footing) async throws -> Bool {
        guard footing.day == today() else { return false }
        let mark = try database.commitMark()
        let (verdict, start) = known.withLock { known in
            (mark != nil && known?.mark == mark ? known?.upholds(footing) : nil, known?.position)
        }
        if let verdict { return verdict }
        let news = try await database.read { try News(since: start, in: $0, on: footing.day) }
        return known.withLock { known in
            var now = RecordChanges.taking(news, into: known)
            now.mark = mark
            known = now
            return now.upholds(footing)
        }
    }

    private static func taking(_ news: News, into known: Known?) -> Known {
        guard var known, known.position.era == news.position.era else {
            return Known(position: news.position, floor: news.position)
        }
        known.position.advance(to: news.position)
        if news.isEverything || known.touched.count > subjectsMax {
            known.floor.advance(to: news.position)
            known.touched.removeAll()
        }
        // A position within the news would do; its end is later, and so as safe.
        for (subjects, end) in news.touched {
            for subject in subjects { known.touched[subject, default: end.beginning].advance(to: end) }
        }
        return known
    }

    /// What came since a position.
    private struct News: Sendable {
        let position: RecordPosition
        private let day: Day
        private(set) var isEverything = false
        /// Each with a position up to which its readings are out of date.
        private(set) var touched: [(subjects: Set<RecordSubject>, end: RecordPosition)] = []

        init(since start: RecordPosition?, in transaction: Transaction, on day: Day) throws {
            self.day = day
            position = try RecordPosition(in: transaction)
            guard let start, start.era == position.era else {
                isEverything = true
                return
            }
            if start.journal < position.journal { try followJournal(from: start, transaction) }
            try followLog(start.leaves..<max(start.leaves, position.leaves), \.leaves, transaction)
            try followLog(start.signed..<max(start.signed, position.signed), \.signed, transaction)
            try followLog(start.cosigned..<max(start.cosigned, position.cosigned), \.cosigned, transaction)
        }

        private mutating func followJournal(from start: RecordPosition, _ transaction: Transaction) throws {
            let rows = try transaction.journal(after: start.journal, limit: newsMax + 1)
            guard rows.count <= newsMax else { return isEverything = true }
            let touch = try Touch(by: rows, in: transaction, on: day)
            isEverything = isEverything || touch.isEverything
            var end = position.beginning
            end.journal = position.journal
            touched.append((touch.subjects, end))
        }

        /// The log says of a thing that it is in it, later that it is signed, later that others saw it; and may date it so.
        private mutating func followLog(
            _ leaves: Range<Int>, _ part: WritableKeyPath<RecordPosition, Int>, _ transaction: Transaction
        ) throws {
            guard !leaves.isEmpty else { return }
            guard leaves.count <= newsMax else { return isEverything = true }
            let found = try transaction.log.leaves(from: leaves.lowerBound, limit: leaves.count)
            var end = position.beginning
            end[keyPath: part] = leaves.upperBound
            touched.append((Set(found.compactMap(RecordSubject.init)), end))
        }
    }
}
