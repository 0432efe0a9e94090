/// Every statement on `follower`.
struct FollowerStore {
    private let transaction: Transaction

    init(_ transaction: Transaction) {
        self.transaction = transaction
    }

    func mark(of name: String) throws -> FollowerMark? {
        try transaction.row(
            """
            SELECT name, epoch, version, bookmark_seq, lease_holder, lease_until
            FROM follower WHERE name = \(name)
            """
        ).map(Self.mark)
    }

    func marks() throws -> [FollowerMark] {
        try transaction.rows(
            """
            SELECT name, epoch, version, bookmark_seq, lease_holder, lease_until
            FROM follower ORDER BY name
            """
        ).map(Self.mark)
    }

    /// Takes or renews the lease.
    ///
    /// - Parameter farthest: a lease that runs beyond this was taken by another clock, and binds nobody.
    /// - Returns: nil when somebody else holds it.
    func claim(
        _ name: String, for holder: String, now: Int, until: Int, farthest: Int
    ) throws -> FollowerMark? {
        try transaction.execute(
            """
            INSERT INTO follower (name, epoch, version, bookmark_seq, lease_holder, lease_until)
            VALUES (\(name), '', 0, 0, '', 0) ON CONFLICT (name) DO NOTHING
            """)
        return try transaction.row(
            """
            UPDATE follower SET lease_holder = \(holder), lease_until = \(until)
            WHERE name = \(name) AND (lease_holder = \(holder) OR lease_until <= \(now) OR lease_until > \(farthest))
            RETURNING name, epoch, version, bookmark_seq, lease_holder, lease_until
            """
        ).map(Self.mark)
    }

    /// Moves `old` on, provided that it is still what stands there: the lease saves work, this keeps order.
    ///
    /// - Returns: nil when the lease or the bookmark has gone elsewhere meanwhile.
    func advance(
        _ old: FollowerMark, epoch: String, version: Int, bookmark: Int, leaseUntil: Int
    ) throws -> FollowerMark? {
        try transaction.row(
            """
            UPDATE follower SET epoch = \(epoch), version = \(version), bookmark_seq = \(bookmark),
                lease_until = \(leaseUntil)
            WHERE name = \(old.name) AND lease_holder = \(old.leaseHolder) AND epoch = \(old.epoch)
                AND version = \(old.version) AND bookmark_seq = \(old.bookmark)
            RETURNING name, epoch, version, bookmark_seq, lease_holder, lease_until
            """
        ).map(Self.mark)
    }

    func release(_ name: String, by holder: String) throws {
        try transaction.execute(
            """
            UPDATE follower SET lease_holder = '', lease_until = 0
            WHERE name = \(name) AND lease_holder = \(holder)
            """)
    }

    private static func mark(_ row: Row) throws -> FollowerMark {
        try FollowerMark(
            name: row.string("name"), epoch: row.string("epoch"), version: row.int("version"),
            bookmark: row.int("bookmark_seq"), leaseHolder: row.string("lease_holder"),
            leaseUntil: row.int("lease_until"))
    }
}

extension Transaction {
    /// How far each follower with its bookmark in this database has come, by name.
    package func followerMarks() throws -> [FollowerMark] {
        try FollowerStore(self).marks()
    }
}
