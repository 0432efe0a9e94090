/// One act, as the journal (留痕) keeps it: who did what to which thing, with ids, codes and days only.
///
/// No free text and no personal value may stand in `change`: the journal is public and cannot be erased.
package struct JournalEntry: Sendable, Hashable {
    /// An instant, UTC, `YYYY-MM-DDTHH:MM:SSZ`.
    package let at: String
    /// Who acted: an account name, or `system`.
    package let actor: String
    /// Past tense, dotted: `event.recorded`, `edition.released`.
    package let act: String
    package let subjectKind: String
    package let subject: String
    /// Ids, codes and days by name.
    package let change: [String: String]
    /// The number of the journal row that led to this one, where one did.
    package let cause: Int?

    package init(
        at: String, actor: String, act: String, subjectKind: String, subject: String,
        change: [String: String] = [:], cause: Int? = nil
    ) {
        self.at = at
        self.actor = actor
        self.act = act
        self.subjectKind = subjectKind
        self.subject = subject
        self.change = change
        self.cause = cause
    }
}

/// An entry with its place in the journal.
package struct JournalRow: Sendable, Hashable {
    /// Ascending in commit order; gaps are allowed.
    package let seq: Int
    package let entry: JournalEntry

    package init(seq: Int, entry: JournalEntry) {
        self.seq = seq
        self.entry = entry
    }

    package var at: String { entry.at }
    package var actor: String { entry.actor }
    package var act: String { entry.act }
    package var subjectKind: String { entry.subjectKind }
    package var subject: String { entry.subject }
    package var change: [String: String] { entry.change }
    package var cause: Int? { entry.cause }
}
