/// Names of the statements prepared on one connection, the longest unused to be dropped first.
struct StatementCache {
    private struct Entry {
        let name: String
        var lastUse: Int
    }

    private let limit: Int
    private var entries: [String: Entry] = [:]
    private var uses = 0
    private var names = 0

    init(limit: Int) {
        precondition(limit > 0, "a statement cache holds at least one statement")
        self.limit = limit
    }

    var count: Int { entries.count }

    mutating func name(for key: String) -> String? {
        uses += 1
        entries[key]?.lastUse = uses
        return entries[key]?.name
    }

    /// When the cache is full, forgets one statement and returns its name.
    mutating func evict() -> String? {
        guard entries.count >= limit, let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse })
        else {
            return nil
        }
        entries[oldest.key] = nil
        return oldest.value.name
    }

    mutating func newName() -> String {
        names += 1
        return "s\(names)"
    }

    mutating func add(_ name: String, for key: String) {
        uses += 1
        entries[key] = Entry(name: name, lastUse: uses)
    }
}
