import Catalogue
import CivilTime
import Storage

/// Every statement on the tables of publications.
package struct PublicationStore {
    let transaction: Transaction

    static let columns: SQL = """
        id, item, jurisdiction, body, project, lot, period, channel, audience, origin, source, source_key, state,
        editions, title, day, first_seen_at
        """

    package func publication(_ id: String) throws -> Publication? {
        try transaction.row("SELECT \(Self.columns) FROM publication WHERE id = \(id)").map(Publication.init)
    }

    /// The imported publication of a source's record.
    package func publication(source: String, key: String) throws -> Publication? {
        try transaction.row(
            """
            SELECT \(Self.columns) FROM publication
            WHERE origin = 'imported' AND source = \(source) AND source_key = \(key)
            """
        ).map(Publication.init)
    }

    /// Publications of a project for an audience, in the order of their days.
    package func publications(project: String, audience: Audience, limit: Int = 200) throws -> [Publication] {
        // Answered by publication_project.
        try transaction.rows(
            """
            SELECT \(Self.columns) FROM publication WHERE project = \(project) AND audience = \(audience.rawValue)
            ORDER BY COALESCE(day, '9999-12-31'), first_seen_at, id LIMIT \(limit)
            """
        ).map(Publication.init)
    }

    /// Publications for an audience, last seen first.
    ///
    /// - Parameters:
    ///   - body: only this body's, or nil.
    ///   - jurisdiction: only this one's, or nil.
    ///   - item: only this item's, or nil.
    ///   - project: only this project's, or nil.
    ///   - cursor: the last row of the page before.
    package func publications(
        audience: Audience, body: String? = nil, jurisdiction: String? = nil, item: String? = nil,
        project: String? = nil, before cursor: PublicationCursor? = nil, limit: Int
    ) throws -> [Publication] {
        if let item, jurisdiction == nil, project == nil {
            return try publications(
                ofItem: item, audience: audience, body: body, before: cursor, limit: limit)
        }
        let ofBody: SQL = body.map { "AND body = \($0)" } ?? ""
        let there: SQL = jurisdiction.map { "AND jurisdiction = \($0)" } ?? ""
        let ofItem: SQL = item.map { "AND item = \($0)" } ?? ""
        let ofProject: SQL = project.map { "AND project = \($0)" } ?? ""
        let beyond: SQL = cursor.map { "AND (first_seen_at, id) < (\($0.firstSeenAt), \($0.id))" } ?? ""
        return try transaction.rows(
            """
            SELECT \(Self.columns) FROM publication WHERE audience = \(audience.rawValue)
                \(ofBody) \(there) \(ofItem) \(ofProject) \(beyond)
            ORDER BY first_seen_at DESC, id DESC LIMIT \(limit)
            """
        ).map(Publication.init)
    }

    /// What was published last, up to a day, whenever it came here: for everybody, and standing.
    package func latest(until day: Day, limit: Int) throws -> [Publication] {
        // Answered by publication_day.
        try transaction.rows(
            """
            SELECT \(Self.columns) FROM publication
            WHERE audience = 'everyone' AND state = 'released' AND day IS NOT NULL AND day <= \(day)
            ORDER BY day DESC, id DESC LIMIT \(limit)
            """
        ).map(Publication.init)
    }

    /// An item of the national catalogue may be published anywhere: each place is answered by publication_item in its order.
    private func publications(
        ofItem item: String, audience: Audience, body: String?, before cursor: PublicationCursor?, limit: Int
    ) throws -> [Publication] {
        let found = try jurisdictionsThatPublish().flatMap {
            try publications(
                audience: audience, body: body, jurisdiction: $0, item: item, before: cursor, limit: limit)
        }
        return Self.lastSeen(found, limit: limit)
    }

    private func jurisdictionsThatPublish() throws -> [String] {
        // From one to the next by publication_item: DISTINCT would go through every publication.
        try transaction.rows(
            """
            WITH RECURSIVE found (jurisdiction) AS (
                SELECT min(jurisdiction) FROM publication
                UNION ALL
                SELECT (SELECT min(jurisdiction) FROM publication WHERE jurisdiction > found.jurisdiction)
                FROM found WHERE found.jurisdiction IS NOT NULL)
            SELECT jurisdiction FROM found WHERE jurisdiction IS NOT NULL LIMIT 5000
            """
        ).map { try $0.string("jurisdiction") }
    }

    private static func lastSeen(_ publications: [Publication], limit: Int) -> [Publication] {
        Array(
            publications.sorted { ($0.firstSeenAt, $0.id) > ($1.firstSeenAt, $1.id) }.prefix(limit))
    }

    /// Publications of several items in a jurisdiction for an audience, last seen first.
    ///
    /// - Parameter cursor: the last row of the page before.
    package func publications(
        ofItems items: [String], in jurisdiction: String, audience: Audience, body: String? = nil,
        before cursor: PublicationCursor? = nil, limit: Int
    ) throws -> [Publication] {
        // Each item is answered by publication_item in its order, and no more than one page of each is read.
        let found = try items.flatMap {
            try publications(
                audience: audience, body: body, jurisdiction: jurisdiction, item: $0, before: cursor,
                limit: limit)
        }
        return Self.lastSeen(found, limit: limit)
    }

    /// All publications, for whomever they are meant, in the order of their ids, after one of them.
    package func all(after id: String, limit: Int) throws -> [Publication] {
        try transaction.rows(
            "SELECT \(Self.columns) FROM publication WHERE id > \(id) ORDER BY id LIMIT \(limit)"
        ).map(Publication.init)
    }

    /// The ids of publications for an audience, in their order: what is added later has a greater one.
    package func ids(audience: Audience, skipping skipped: Int, limit: Int) throws -> [String] {
        // Read along the primary key; a hundred thousand rows are skipped in a fraction of a second.
        try transaction.rows(
            """
            SELECT id FROM publication WHERE audience = \(audience.rawValue)
            ORDER BY id LIMIT \(limit) OFFSET \(skipped)
            """
        ).map { try $0.string("id") }
    }

    /// Those of the ids that an audience may see, by id.
    package func publications(_ ids: [String], audience: Audience) throws -> [String: Publication] {
        if ids.isEmpty { return [:] }
        // The audience is looked at here: SQLite would plan the statement anew each time, lest one of the indexes that
        // only hold what everybody may see should serve.
        let found = try transaction.rows(
            "SELECT \(Self.columns) FROM publication WHERE id IN \(list: ids) LIMIT 5000"
        ).map(Publication.init).filter { $0.audience == audience }
        return Dictionary(uniqueKeysWithValues: found.map { ($0.id, $0) })
    }

    /// Whether anything was ever imported from a source.
    package func isKnown(source: String) throws -> Bool {
        try transaction.row(
            "SELECT id FROM publication WHERE origin = 'imported' AND source = \(source) LIMIT 1") != nil
    }

    /// - Parameter end: only those seen before that instant, or nil.
    package func count(audience: Audience, body: String? = nil, seenBefore end: String? = nil) throws -> Int {
        let ofBody: SQL =
            (body.map { "AND body = \($0)" } ?? "") + (end.map { " AND first_seen_at < \($0)" } ?? "")
        // Of a body answered by publication_body alone.
        return try transaction.row(
            "SELECT CAST(count(*) AS BIGINT) AS n FROM publication WHERE audience = \(audience.rawValue) \(ofBody)"
        )?.int("n") ?? 0
    }

    private static let editionColumns: SQL = """
        publication, n, kind, record, sha256, reason, claimed_at, released_at, released_day, released_by,
        erased_at, erased_ground, erased_clause
        """

    /// The editions of a publication, oldest first.
    package func editions(of publication: String) throws -> [Edition] {
        try transaction.rows(
            """
            SELECT \(Self.editionColumns) FROM edition WHERE publication = \(publication) ORDER BY n LIMIT 1000
            """
        ).map(Edition.init)
    }

    package func edition(_ publication: String, number: Int) throws -> Edition? {
        try transaction.row(
            """
            SELECT \(Self.editionColumns) FROM edition WHERE publication = \(publication) AND n = \(number)
            """
        ).map(Edition.init)
    }

    func insert(_ publication: Publication) throws {
        try transaction.insert(
            into: """
                publication (id, item, jurisdiction, body, project, lot, period, channel, audience, origin,
                    source, source_key, state, editions, title, day, first_seen_at)
                """,
            [
                [
                    .text(publication.id), .text(publication.item), .text(publication.jurisdiction),
                    .text(publication.body), .text(publication.project), .text(publication.lot),
                    .text(publication.period), .text(publication.channel),
                    .text(publication.audience.rawValue), .text(publication.origin.rawValue),
                    .text(publication.source), .text(publication.sourceKey),
                    .text(publication.state.rawValue), publication.editions.sqlValue,
                    .text(publication.title), SQLValue(publication.day), .text(publication.firstSeenAt),
                ]
            ])
    }

    func insert(_ edition: Edition, record: [UInt8]?) throws {
        try transaction.insert(
            into: """
                edition (publication, n, kind, record, sha256, reason, claimed_at, released_at,
                    released_day, released_by)
                """,
            [
                [
                    .text(edition.publication), edition.number.sqlValue, .text(edition.kind.rawValue),
                    SQLValue(record), .text(edition.sha256), .text(edition.reason), .text(edition.claimedAt),
                    .text(edition.releasedAt), edition.releasedDay.sqlValue, .text(edition.releasedBy),
                ]
            ])
    }

    /// Whether the content of its last edition was erased.
    package func isErased(_ publication: Publication) throws -> Bool {
        try edition(publication.id, number: publication.editions)?.erasure != nil
    }

    /// Takes an edition's content away for good.
    func erase(_ publication: String, number: Int, _ erasure: Edition.Erasure) throws {
        try transaction.execute(
            """
            UPDATE edition SET record = NULL, sha256 = '', reason = '', erased_at = \(erasure.at),
                erased_ground = \(erasure.ground.rawValue), erased_clause = \(erasure.clause)
            WHERE publication = \(publication) AND n = \(number)
            """)
    }

    func advance(_ publication: String, editions: Int, title: String, state: Publication.State) throws {
        try transaction.execute(
            """
            UPDATE publication SET editions = \(editions), title = \(title), state = \(state.rawValue)
            WHERE id = \(publication)
            """)
    }
}

/// Where a list of publications goes on.
package struct PublicationCursor: Sendable, Hashable, Codable {
    package let firstSeenAt: String
    package let id: String

    package init(after publication: Publication) {
        firstSeenAt = publication.firstSeenAt
        id = publication.id
    }

    package init(firstSeenAt: String, id: String) {
        self.firstSeenAt = firstSeenAt
        self.id = id
    }
}

extension Transaction {
    package var publications: PublicationStore { PublicationStore(transaction: self) }
}

extension Publication {
    init(_ row: Row) throws {
        id = try row.string("id")
        item = try row.string("item")
        jurisdiction = try row.string("jurisdiction")
        body = try row.string("body")
        project = try row.string("project")
        lot = try row.string("lot")
        period = try row.string("period")
        channel = try row.string("channel")
        audience = try row.word("audience")
        origin = try row.word("origin")
        source = try row.string("source")
        sourceKey = try row.string("source_key")
        state = try row.word("state")
        editions = try row.int("editions")
        title = try row.string("title")
        day = try row.dayOrNil("day")
        firstSeenAt = try row.string("first_seen_at")
    }
}

extension Edition {
    init(_ row: Row) throws {
        publication = try row.string("publication")
        number = try row.int("n")
        kind = try row.word("kind")
        record = try row.bytesOrNil("record").map {
            try RecordJSON.record(from: $0)
        }
        sha256 = try row.string("sha256")
        reason = try row.string("reason")
        claimedAt = try row.string("claimed_at")
        releasedAt = try row.string("released_at")
        releasedDay = try row.day("released_day")
        releasedBy = try row.string("released_by")
        let erasedAt = try row.string("erased_at")
        erasure =
            erasedAt.isEmpty
            ? nil
            : Erasure(
                at: erasedAt, ground: try row.word("erased_ground"), clause: try row.string("erased_clause"))
    }
}
