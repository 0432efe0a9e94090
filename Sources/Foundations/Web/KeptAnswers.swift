import Synchronization

/// Answers that were rendered, kept while what they rest on stands (保留的页面).
///
/// Only what everybody may see is ever kept. The memory is bounded; what was not asked for the longest goes first. Nothing
/// kept is used before its bases were asked, so a page that is not true any more is never sent.
final class KeptAnswers: Sendable {
    struct Kept: Sendable {
        let representation: Representation
        let bases: [Basis]
    }

    /// A place in the order of use. Places are linked by their numbers, so that none is moved.
    fileprivate struct Place {
        var key: String
        var kept: Kept?
        var older: Int
        var newer: Int
    }

    fileprivate struct State {
        /// The first place is neither: before the newest and behind the oldest.
        var places = [Place(key: "", kept: nil, older: 0, newer: 0)]
        var byKey: [String: Int] = [:]
        var free: [Int] = []
        var bytes = 0
        var uses = 0
    }

    private let bytesMax: Int
    private let state = Mutex(State())

    /// - Parameters:
    ///   - bytesMax: of all kept answers together, compressed forms and bookkeeping included.
    init(bytesMax: Int) {
        self.bytesMax = bytesMax
    }

    /// An answer, without a word on whether it still stands.
    func answer(_ key: String) -> Kept? {
        state.withLock { state in
            guard let place = state.byKey[key] else { return nil }
            state.unlink(place)
            state.link(place)
            return state.places[place].kept
        }
    }

    /// What is larger than a sixteenth of all is not kept: it would drive out too much else.
    func keep(_ kept: Kept, as key: String) {
        guard kept.representation.bytesMax <= bytesMax / 16 else { return forget(key) }
        state.withLock { state in
            if let old = state.byKey[key] { state.remove(old) }
            state.add(kept, as: key)
            while state.bytes > bytesMax { state.remove(state.places[0].newer) }
        }
    }

    func forget(_ key: String) {
        state.withLock { state in
            if let place = state.byKey[key] { state.remove(place) }
        }
    }

    /// An answer was found to stand and is sent once more.
    func countUse() {
        state.withLock { $0.uses += 1 }
    }

    var uses: Int { state.withLock { $0.uses } }
    var bytes: Int { state.withLock { $0.bytes } }
    var count: Int { state.withLock { $0.byKey.count } }
}

extension KeptAnswers.State {
    fileprivate mutating func add(_ kept: KeptAnswers.Kept, as key: String) {
        let place = free.popLast() ?? places.count
        let new = KeptAnswers.Place(key: key, kept: kept, older: 0, newer: 0)
        if place == places.count { places.append(new) } else { places[place] = new }
        byKey[key] = place
        bytes += weight(place)
        link(place)
    }

    fileprivate mutating func remove(_ place: Int) {
        unlink(place)
        byKey[places[place].key] = nil
        bytes -= weight(place)
        places[place].kept = nil
        free.append(place)
    }

    /// A key stands in two places; whoever asks may make it long.
    private func weight(_ place: Int) -> Int {
        2 * places[place].key.utf8.count + (places[place].kept?.representation.bytesMax ?? 0)
    }

    /// As the newest.
    fileprivate mutating func link(_ place: Int) {
        let newest = places[0].older
        places[place].older = newest
        places[place].newer = 0
        places[newest].newer = place
        places[0].older = place
    }

    fileprivate mutating func unlink(_ place: Int) {
        let (older, newer) = (places[place].older, places[place].newer)
        places[older].newer = newer
        places[newer].older = older
    }
}
