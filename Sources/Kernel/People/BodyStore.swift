import CivilTime
import Storage

/// Every statement on the tables of bodies.
package struct BodyStore {
    let transaction: Transaction

    /// The body under the name it bears on that day; without a day, under its latest name.
    package func body(_ id: String, on day: Day? = nil) throws -> Body? {
        let held = held
        let key = Held.Key(subject: id, day: day ?? Self.latest)
        if let known = held.bodies[key] { return known }
        let found = try transaction.row("\(Self.select(on: key.day)) WHERE body.id = \(id)").map(Body.init)
        held.bodies[key] = .some(found)
        return found
    }

    /// What this transaction has read.
    private final class Held {
        struct Key: Hashable {
            /// An id, or a jurisdiction and a folded name.
            let subject: String
            let day: Day
        }

        var bodies: [Key: Body?] = [:]
        var named: [Key: [Body]] = [:]

        func empty() { (bodies, named) = ([:], [:]) }

        /// Forgets what a new name of a body changes.
        func forget(_ name: BodyName, of body: String, in jurisdiction: String) {
            bodies = bodies.filter { $0.key.subject != body }
            let subject = jurisdiction + "|" + name.folded
            named = named.filter { $0.key.subject != subject }
        }
    }

    private var held: Held { transaction.held(Held.init) }

    package func body(bearing creditCode: String, on day: Day) throws -> Body? {
        try transaction.row("\(Self.select(on: day)) WHERE body.credit_code = \(creditCode)").map(Body.init)
    }

    /// Bodies of a jurisdiction in the order of their ids.
    ///
    /// - Parameters:
    ///   - after: the last id of the page before; empty for the first page.
    ///   - limit: rows at most, 1...100.
    package func bodies(in jurisdiction: String, on day: Day, after: String = "", limit: Int = 100) throws
        -> [Body]
    {
        // Answered by body_jurisdiction.
        try transaction.rows(
            """
            \(Self.select(on: day)) WHERE body.jurisdiction = \(jurisdiction) AND body.id > \(after)
            ORDER BY body.id LIMIT \(limit)
            """
        ).map(Body.init)
    }

    package func count(in jurisdiction: String) throws -> Int {
        try transaction.row(
            "SELECT CAST(count(*) AS BIGINT) AS n FROM body WHERE jurisdiction = \(jurisdiction)"
        )?.int("n") ?? 0
    }

    /// The bodies that bear or bore a name, those that bear it on the day first, strangers last.
    ///
    /// - Parameter name: as a paper prints it; spaces, width and case do not count.
    package func bodies(named name: String, in jurisdiction: String, on day: Day) throws -> [Body] {
        let folded = BodyName.fold(name)
        let held = held
        let key = Held.Key(subject: jurisdiction + "|" + folded, day: day)
        if let known = held.named[key] { return known }
        // Answered by body_name_folded.
        let found = try transaction.rows(
            """
            \(Self.select(on: day))
            JOIN (
                SELECT body, MAX(CASE WHEN from_day <= \(day) AND (to_day = '' OR to_day >= \(day))
                                      THEN 1 ELSE 0 END) AS valid
                FROM body_name WHERE jurisdiction = \(jurisdiction) AND folded = \(folded)
                GROUP BY body
            ) AS found ON found.body = body.id
            ORDER BY found.valid DESC, CASE WHEN body.kind = 'external' THEN 1 ELSE 0 END, body.id
            LIMIT 20
            """
        ).map(Body.init)
        held.named[key] = found
        return found
    }

    /// The body that a paper of that day means by a name: whoever bears it, or else bore it; where that body has
    /// ended since, the one that took over.
    package func resolve(_ name: String, in jurisdiction: String, on day: Day) throws -> Body? {
        guard var body = try bodies(named: name, in: jurisdiction, on: day).first else { return nil }
        var passed: Set<String> = []
        while let ended = body.ended, ended < day, passed.insert(body.id).inserted,
            let next = try self.body(body.successor, on: day)
        {
            body = next
        }
        return body
    }

    /// Names that hold the letters of some words in their order, the shortest first: what was meant by 卫健局.
    ///
    /// - Parameter limit: names at most; of those that the register holds the first 5,000 are looked at.
    package func names(resembling words: String, limit: Int) throws -> [String] {
        let letters = BodyName.fold(words)
        guard letters.count > 1 else { return [] }
        let all = try transaction.rows(
            "SELECT DISTINCT folded, name FROM body_name ORDER BY folded LIMIT 5000")
        let alike = try all.filter { row in
            var rest = letters[...]
            for letter in try row.string("folded") where letter == rest.first { rest.removeFirst() }
            return rest.isEmpty
        }.map { try $0.string("name") }
        return Array(alike.sorted { ($0.count, $0) < ($1.count, $1) }.prefix(limit))
    }

    /// The bodies in one of whose names, of now or of before, a word occurs; width and case are equal.
    ///
    /// - Returns: none for a word that more than `most` have in their names: it tells none of them from the others.
    package func bodies(named word: String, most: Int) throws -> [String] {
        let letters = BodyName.fold(word)
        guard !letters.isEmpty else { return [] }
        let pattern = "%" + letters.replacing(#/[%_\\]/#) { "\\" + $0.output } + "%"
        let found = try transaction.rows(
            """
            SELECT DISTINCT body FROM body_name WHERE folded LIKE \(pattern) ESCAPE '\\'
            ORDER BY body LIMIT \(most + 1)
            """
        ).map { try $0.string("body") }
        return found.count > most ? [] : found
    }

    /// The bodies of those ids, by id, under the names they bear on the day.
    package func bodies(_ ids: [String], on day: Day) throws -> [String: Body] {
        let found = try transaction.rows("\(Self.select(on: day)) WHERE body.id IN \(list: ids)").map(
            Body.init)
        return Dictionary(uniqueKeysWithValues: found.map { ($0.id, $0) })
    }

    package func names(of body: String) throws -> [BodyName] {
        try transaction.rows(
            """
            SELECT name, official, from_day, to_day FROM body_name WHERE body = \(body)
            ORDER BY official DESC, from_day, folded LIMIT 100
            """
        ).map { row in
            BodyName(
                name: try row.string("name"), official: try row.bool("official"),
                from: Day(try row.string("from_day")), to: Day(try row.string("to_day")))
        }
    }

    /// The members of a collective on that day, in the order of their ids; of an open class those that were
    /// registered as one of it.
    package func members(of collective: String, on day: Day) throws -> [Body] {
        try transaction.rows(
            """
            \(Self.select(on: day)) JOIN body_member ON body_member.member = body.id
            WHERE body_member.collective = \(collective) AND body_member.from_day <= \(day)
                AND (body_member.to_day = '' OR body_member.to_day >= \(day))
            ORDER BY body.id LIMIT 1000
            """
        ).map(Body.init)
    }

    /// Whether a body is one of a collective or a class on that day.
    package func isMember(_ body: String, of collective: String, on day: Day) throws -> Bool {
        try transaction.row(
            """
            SELECT member FROM body_member
            WHERE collective = \(collective) AND member = \(body) AND from_day <= \(day)
                AND (to_day = '' OR to_day >= \(day))
            LIMIT 1
            """
        ) != nil
    }

    /// The collectives and classes to which a body belongs on that day, in the order of their ids.
    package func collectives(of member: String, on day: Day) throws -> [Body] {
        try transaction.rows(
            """
            \(Self.select(on: day)) JOIN body_member ON body_member.collective = body.id
            WHERE body_member.member = \(member) AND body_member.from_day <= \(day)
                AND (body_member.to_day = '' OR body_member.to_day >= \(day))
            ORDER BY body.id LIMIT 100
            """
        ).map(Body.init)
    }

    /// The body that governs a territory, or nil.
    package func body(governing territory: String, in jurisdiction: String, on day: Day) throws -> Body? {
        guard !territory.isEmpty else { return nil }
        return try transaction.row(
            """
            \(Self.select(on: day)) WHERE body.jurisdiction = \(jurisdiction) AND body.territory = \(territory)
            ORDER BY body.id LIMIT 1
            """
        ).map(Body.init)
    }

    // MARK: Writing

    func insert(_ body: Body, names: [BodyName]) throws {
        try transaction.execute(
            """
            INSERT INTO body (id, jurisdiction, kind, credit_code, publishes_here, territory, open_class,
                              ended_day, successor)
            VALUES (\(body.id), \(body.jurisdiction), \(body.kind.rawValue), \(body.creditCode),
                    \(body.publishesHere), \(body.territory), \(body.open), \(body.ended), \(body.successor))
            """)
        for name in names { _ = try add(name, to: body.id, jurisdiction: body.jurisdiction) }
    }

    /// - Returns: whether the name is new to the body.
    func add(_ name: BodyName, to body: String, jurisdiction: String) throws -> Bool {
        held.forget(name, of: body, in: jurisdiction)
        return try transaction.execute(
            """
            INSERT INTO body_name (body, jurisdiction, folded, name, official, from_day, to_day)
            VALUES (\(body), \(jurisdiction), \(name.folded), \(name.name), \(name.official),
                    \(name.from?.description ?? ""), \(name.to?.description ?? ""))
            ON CONFLICT DO NOTHING
            """) > 0
    }

    /// Ends the official names that are still open, the day before a new one begins.
    func closeOfficialNames(of body: String, before day: Day) throws {
        let last = day.adding(days: -1)
        held.empty()
        try transaction.execute(
            """
            UPDATE body_name SET to_day = \(last)
            WHERE body = \(body) AND official = 1 AND to_day = '' AND from_day < \(day)
            """)
    }

    /// - Returns: whether the membership is new.
    func add(member: String, to collective: String, from: Day? = nil) throws -> Bool {
        try transaction.execute(
            """
            INSERT INTO body_member (collective, member, from_day, to_day)
            VALUES (\(collective), \(member), \(from?.description ?? ""), '') ON CONFLICT DO NOTHING
            """) > 0
    }

    /// - Returns: whether anything changed.
    func setPublishesHere(_ publishes: Bool, body: String) throws -> Bool {
        transaction.forget()
        return try transaction.execute(
            """
            UPDATE body SET publishes_here = \(publishes) WHERE id = \(body) AND publishes_here <> \(publishes)
            """) > 0
    }

    /// Later than every day that a name can begin on.
    private static let latest = Day(ordinal: 2_932_896)

    private static func select(on day: Day) -> SQL {
        """
        SELECT body.id, body.jurisdiction, body.kind, body.credit_code, body.publishes_here, body.territory,
            body.open_class, body.ended_day, body.successor,
            COALESCE(
                (SELECT name FROM body_name WHERE body_name.body = body.id AND official = 1
                    AND from_day <= \(day) AND (to_day = '' OR to_day >= \(day))
                 ORDER BY from_day DESC, folded LIMIT 1),
                (SELECT name FROM body_name WHERE body_name.body = body.id
                 ORDER BY official DESC, from_day DESC, folded LIMIT 1)
            ) AS name
        FROM body
        """
    }
}

extension Transaction {
    package var bodies: BodyStore { BodyStore(transaction: self) }
}

extension Body {
    init(_ row: Row) throws {
        self.init(
            id: try row.string("id"), jurisdiction: try row.string("jurisdiction"),
            kind: try row.word("kind"),
            name: try row.string("name"), creditCode: try row.stringOrNil("credit_code"),
            publishesHere: try row.bool("publishes_here"), territory: try row.string("territory"),
            open: try row.bool("open_class"), ended: try row.dayOrNil("ended_day"),
            successor: try row.string("successor"))
    }
}
