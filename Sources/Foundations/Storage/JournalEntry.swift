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

    package init(
        at: String, actor: String, act: String, subjectKind: String, subject: String,
        change: [String: String] = [:]
    ) {
        self.at = at
        self.actor = actor
        self.act = act
        self.subjectKind = subjectKind
        self.subject = subject
        self.change = change
    }
}
