import MerkleLog

/// Up to 256 neighbouring leaves, as one row keeps them (条目包): the bundle that is served, the journal rows that the leaves
/// tell of, and their salts.
struct LogBundle: Sendable {
    /// Its place in the log, from 0.
    let index: Int
    /// C2SP tlog-tiles: each entry with its length in front.
    private(set) var entries: [UInt8]
    private(set) var rows: LoggedRows
    private(set) var salts: LeafSalts

    init(index: Int, entries: [UInt8] = [], rows: LoggedRows = LoggedRows(), salts: LeafSalts = LeafSalts()) {
        (self.index, self.entries, self.rows, self.salts) = (index, entries, rows, salts)
    }

    var width: Int { rows.count }

    /// Writes leaves behind those that are there.
    ///
    /// - Parameter drafts: as many as there is room for.
    /// - Parameter last: the index of each subject's last leaf; moved on.
    /// - Returns: the hashes of the new leaves.
    mutating func append(_ drafts: ArraySlice<LeafDraft>, after last: inout [LeafSubject: Int]) throws
        -> [NodeHash]
    {
        var new: [UInt8] = []
        new.reserveCapacity(drafts.count * 320)
        var entry: [UInt8] = []
        for draft in drafts {
            let subject = LeafSubject(kind: draft.subjectKind, id: draft.subject)
            entry.removeAll(keepingCapacity: true)
            LeafForm.write(draft, previous: last[subject], to: &entry)
            try EntryBundle.append(entry, to: &new)
            last[subject] = index * Tile.widthMax + width
            if let salt = draft.salt { salts.add(salt, at: width) }
            rows.append(draft.seq)
        }
        entries += new
        return try EntryBundle.leaves(new, count: drafts.count)
    }

    /// Takes over a leaf in the bytes that it has.
    mutating func append(entry: [UInt8], seq: Int, salt: [UInt8]?) throws {
        try EntryBundle.append(entry, to: &entries)
        if let salt { salts.add(salt, at: width) }
        rows.append(seq)
    }

    mutating func destroySalt(at place: Int) { salts.destroy(at: place) }

    /// - Parameters:
    ///   - indexes: leaves of the log; those elsewhere are left out.
    ///   - isWanted: asked with the bytes of each.
    /// - Throws: `LogFlaw.bundleLength` when the entries are not as many as the journal rows.
    func leaves(
        in indexes: Range<Int> = 0..<Int.max, where isWanted: ([UInt8]) -> Bool = { _ in true }
    ) throws -> [LogLeaf] {
        let start = index * Tile.widthMax
        let wanted = indexes.clamped(to: start..<(start + width))
        let places = (wanted.lowerBound - start)..<(wanted.upperBound - start)
        let found = try EntryBundle.entries(entries, count: width, at: places)
        return zip(places, found).compactMap { place, entry in
            guard isWanted(entry) else { return nil }
            return LogLeaf(
                index: start + place, seq: rows[place], entry: entry, salt: salts.salt(at: place))
        }
    }
}

/// The thing that a leaf is about.
struct LeafSubject: Hashable {
    let kind: String
    let id: String
}

/// The journal rows that the leaves of a bundle tell of, ascending: eight bytes each, the highest first.
struct LoggedRows: Sendable, Hashable {
    private(set) var bytes: [UInt8]

    init(bytes: [UInt8] = []) { self.bytes = bytes }

    var count: Int { bytes.count / 8 }

    subscript(place: Int) -> Int {
        bytes[(8 * place)..<(8 * place + 8)].reduce(0) { $0 << 8 | Int($1) }
    }

    mutating func append(_ seq: Int) {
        withUnsafeBytes(of: Int64(seq).bigEndian) { bytes += $0 }
    }

    /// Where the row's leaf is; nil when none of these tells of it.
    func place(of seq: Int) -> Int? {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < seq { low = middle + 1 } else { high = middle }
        }
        return low < count && self[low] == seq ? low : nil
    }
}

/// The salts of a bundle's leaves: for each leaf that has one its place and 32 bytes.
struct LeafSalts: Sendable, Hashable {
    private(set) var bytes: [UInt8]

    private static let step = 1 + PublicRecord.saltBytes

    init(bytes: [UInt8] = []) { self.bytes = bytes }

    mutating func add(_ salt: [UInt8], at place: Int) {
        precondition(salt.count == PublicRecord.saltBytes, "a salt has 32 bytes")
        bytes.append(UInt8(place))
        bytes += salt
    }

    func salt(at place: Int) -> [UInt8]? {
        start(of: place).map { Array(bytes[($0 + 1)..<($0 + Self.step)]) }
    }

    mutating func destroy(at place: Int) {
        if let start = start(of: place) { bytes.removeSubrange(start..<(start + Self.step)) }
    }

    private func start(of place: Int) -> Int? {
        stride(from: 0, to: bytes.count - Self.step + 1, by: Self.step).first { bytes[$0] == place }
    }
}
