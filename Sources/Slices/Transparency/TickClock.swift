import People
import Storage

/// Writes the hour into the journal, once, so that a log shows that it was alive when nothing happened (时钟条目).
package struct TickClock {
    package init() {}

    package func perform(in transaction: Transaction, _ occasion: Occasion) throws {
        let hour = occasion.now.prefix(13)
        let last = try transaction.journal(about: "clock", "hour", limit: 1).first
        guard last?.at.prefix(13) != hour else { return }
        transaction.journal(occasion.entry("clock.ticked", "clock", "hour"))
    }
}
