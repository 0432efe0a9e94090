/// When anything with one due day stood in the ledger: from its first version to the end of the last that is over.
///
/// Neither day ever moves inwards, so that a page may pass over a due day by it, and never passes over too much.
struct DueLife: Sendable, Hashable {
    /// The first day on which any version stood; nil before one was taken.
    private(set) var from: String?
    /// The first day on which the last of the versions that are over no longer stood; empty when none is over.
    private(set) var until = ""

    /// - Parameter until: empty for what still stands.
    mutating func take(from: String, until: String) {
        self.from = self.from.map { min($0, from) } ?? from
        self.until = max(self.until, until)
    }

    /// Whether a version may have stood on a day: one that is over, or one that stands now.
    func mayStand(on day: String, over: Bool) -> Bool {
        guard let from, from <= day else { return false }
        return !over || until > day
    }
}
