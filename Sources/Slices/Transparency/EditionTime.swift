import CivilTime
import MerkleLog
import Obligations
import Publishing
import Storage

/// The day on which an edition was out, and what that rests on, as its record and the heads that cover its leaf tell it (公开时间).
///
/// - Law: R-10: what is published here is judged by the log, never by a column.
struct EditionTime {
    /// What is told of one edition.
    enum Told: Hashable {
        /// A log that has ended dated it: its heads are gone.
        case lost
        /// No head of ours dates it.
        case attested(Day?)
        /// By the first head that covers it.
        case dated(Day)
    }

    private let transaction: Transaction
    private let timeKeys: [NoteKey]
    /// The journal rows with which the first log and the log of now began; nil before there was one.
    private let (first, now): (Int?, Int?)

    init(_ transaction: Transaction, timeKeys: [NoteKey], epoch: String) throws {
        self.transaction = transaction
        self.timeKeys = timeKeys
        first = try transaction.firstJournalSequence(of: "log.started", kind: "log")
        now = try transaction.log.beginning(in: epoch)?.seq
    }

    func told(_ number: Int, of publication: Publication) throws -> Told {
        guard let edition = try transaction.publications.edition(publication.id, number: number) else {
            return .attested(nil)
        }
        if publication.origin == .imported {
            return .attested(number == 1 ? publication.day : edition.releasedDay)
        }
        guard let first, let now, let leaf = try transaction.log.release(of: publication.id, edition: number),
            leaf.seq > first
        else { return .attested(edition.releasedDay) }
        if leaf.seq <= now { return .lost }
        guard let head = try transaction.log.firstCheckpoint(covering: leaf.index) else {
            return .attested(edition.releasedDay)
        }
        return try day(of: head).map { .dated($0) } ?? .lost
    }

    private func day(of head: SignedHead) throws -> Day? {
        let note = try SignedNote(parsing: Array(head.note.utf8))
        let seconds = try note.check(keys: timeKeys).compactMap(\.time?.secondsSince1970).max()
        return seconds.map { Instant(seconds: $0).day }
    }

    /// Whether a row may say so of an edition that answered by that very day.
    func allows(_ day: Day?, _ basis: TimeBasis, of number: Int, in publication: Publication) throws -> Bool {
        switch try told(number, of: publication) {
        case .lost: return basis == .logged || basis == .witnessed || basis == .attested
        case .attested(let told): return basis == (told == nil ? .unknown : .attested) && day == told
        case .dated(let told): return (basis == .logged || basis == .witnessed) && day == told
        }
    }

    /// Whether a row may bear that day: of an edition that follows another, or that was taken back before a head dated it, the day
    /// of release stands too.
    func allows(_ day: Day?, of number: Int, in publication: Publication) throws -> Bool {
        let released = try transaction.publications.edition(publication.id, number: number)?.releasedDay
        if publication.origin == .local, day == released { return true }
        switch try told(number, of: publication) {
        case .lost: return true
        case .attested(let told): return day == told
        case .dated(let told): return day == told
        }
    }
}
