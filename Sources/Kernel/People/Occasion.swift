import CivilTime
import Storage

/// Who acts and when: what every act is told instead of reading a clock.
package struct Occasion: Sendable, Hashable {
    /// The account or person named on the command line; `system` for what happens by itself.
    package let actor: String
    /// The instant, UTC, `YYYY-MM-DDTHH:MM:SSZ`.
    package let now: String
    /// The civil day in Asia/Shanghai at that instant.
    package let today: Day

    package init(actor: String, now: String, today: Day) {
        self.actor = actor
        self.now = now
        self.today = today
    }
}

extension Occasion {
    /// A journal entry of this occasion.
    package func entry(
        _ act: String, _ subjectKind: String, _ subject: String, _ change: [String: String] = [:]
    ) -> JournalEntry {
        JournalEntry(
            at: now, actor: actor, act: act, subjectKind: subjectKind, subject: subject, change: change)
    }
}
