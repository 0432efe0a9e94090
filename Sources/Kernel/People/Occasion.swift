import CivilTime
import Storage

/// Who acts and when: what every act is told instead of reading a clock.
package struct Occasion: Sendable, Hashable {
    /// The account or person named on the command line; `itself` for what happens without one.
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
    /// The actor of what the platform does by itself. Nobody may act under this name.
    package static let itself = "system"

    /// An actor as readers are told who it was.
    package static func name(of actor: String) -> String { actor == itself ? "本平台自动" : actor }

    /// A journal entry of this occasion.
    package func entry(
        _ act: String, _ subjectKind: String, _ subject: String, _ change: [String: String] = [:]
    ) -> JournalEntry {
        JournalEntry(
            at: now, actor: actor, act: act, subjectKind: subjectKind, subject: subject, change: change)
    }
}
