import CivilTime
import Storage
import Transparency

/// How far the record had come (记录进度): a place in the journal and in the log, which both only grow.
struct RecordPosition: Sendable, Hashable {
    /// A restored backup begins a new one; so does a log that is begun anew.
    let era: String
    var journal: Int
    var leaves: Int
    var signed: Int
    var cosigned: Int

    /// Answered by two statements, each from the ends of indexes.
    init(in transaction: Transaction) throws {
        let journal = try transaction.journalState()
        let log = try transaction.log.state()
        era = journal.epoch + "/" + log.epoch
        self.journal = journal.head
        (leaves, signed, cosigned) = (log.size, log.signed, log.cosigned)
    }

    /// The beginning of the same era.
    var beginning: RecordPosition {
        var position = self
        (position.journal, position.leaves, position.signed, position.cosigned) = (0, 0, 0, 0)
        return position
    }

    /// Whether nothing is in this position that is not in the other.
    func isWithin(_ other: RecordPosition) -> Bool {
        era == other.era && journal <= other.journal && leaves <= other.leaves && signed <= other.signed
            && cosigned <= other.cosigned
    }

    mutating func advance(to other: RecordPosition) {
        journal = max(journal, other.journal)
        leaves = max(leaves, other.leaves)
        signed = max(signed, other.signed)
        cosigned = max(cosigned, other.cosigned)
    }
}

/// What one reading saw: the whole record, unless its view says that it rests on a few subjects alone.
struct Footing: Sendable {
    /// States change at midnight without an act.
    let day: Day
    let position: RecordPosition
    /// nil for the whole record.
    let subjects: Set<RecordSubject>?
}

/// Filled while a view reads: what it shows.
final class ReadingNotes {
    private var shown: Set<RecordSubject> = []
    private var isWhole = true

    func add(_ subjects: some Sequence<RecordSubject>) {
        shown.formUnion(subjects)
    }

    /// The answer rests on these and on what else is noted while it is read, not on the whole record.
    func restsOn(_ subjects: [RecordSubject]) {
        isWhole = false
        shown.formUnion(subjects)
    }

    var subjects: Set<RecordSubject>? { isWhole ? nil : shown }
}
