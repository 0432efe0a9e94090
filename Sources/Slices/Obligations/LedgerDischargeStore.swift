import CivilTime
import Law
import Storage

/// Every statement on what publications are offered for, and on what they discharge (履行).
extension LedgerStore {
    func offer(_ edition: OfferedEdition) throws {
        try transaction.insert(
            into: """
                offered_edition (publication, n, item, channel, body, project, lot, period, obligation, day,
                    basis, latest_n, latest_day)
                """,
            [
                [
                    .text(edition.publication), edition.edition.sqlValue, .text(edition.item),
                    .text(edition.channel), .text(edition.body), .text(edition.project), .text(edition.lot),
                    .text(edition.period), .text(edition.obligation), SQLValue(edition.day),
                    .text(edition.basis.rawValue), edition.latestEdition.sqlValue,
                    SQLValue(edition.latestDay),
                ]
            ], skippingKnown: true)
        held.add(edition)
    }

    /// A newer edition of a publication was released.
    func renewOffer(_ publication: String, edition: Int, day: Day) throws {
        try transaction.execute(
            "UPDATE offered_edition SET latest_n = \(edition), latest_day = \(day) WHERE publication = \(publication)"
        )
        held.offers.removeAll()
    }

    /// An edition has a day with a better basis than its publisher's word.
    ///
    /// A witness confirms the day that our own log gave, and gives none of its own.
    func dateOffer(_ publication: String, edition: Int, day: Day, basis: TimeBasis) throws {
        if basis == .witnessed {
            try transaction.execute(
                """
                UPDATE offered_edition SET basis = 'witnessed'
                WHERE publication = \(publication) AND n = \(edition) AND basis = 'logged' AND day = \(day)
                """)
            return held.offers.removeAll()
        }
        try transaction.execute(
            """
            UPDATE offered_edition SET day = \(day), basis = \(basis.rawValue)
            WHERE publication = \(publication) AND n = \(edition) AND basis = 'attested'
            """)
        try transaction.execute(
            """
            UPDATE offered_edition SET latest_day = \(day)
            WHERE publication = \(publication) AND latest_n = \(edition)
            """)
        held.offers.removeAll()
    }

    func retract(_ publication: String) throws {
        try transaction.execute("DELETE FROM offered_edition WHERE publication = \(publication)")
        held.offers.removeAll()
    }

    /// What a publication is offered for: its item, and those that it carries along.
    package func offered(by publication: String) throws -> [OfferedEdition] {
        try offers("publication = \(publication)")
    }

    /// Editions that could discharge an obligation, earliest first.
    ///
    /// Those of a project are read once in a transaction: an obligation can only be named within its project.
    func offers(for obligation: Obligation) throws -> [OfferedEdition] {
        guard obligation.project.isEmpty else {
            return try offers(inProject: obligation.project).filter { $0.answers(obligation) }
        }
        let named = try offers("obligation = \(obligation.id) AND obligation <> ''")
        let others = try offers(
            """
            obligation = '' AND item = \(obligation.item) AND channel = \(obligation.channel)
                AND body = \(obligation.body) AND project = '' AND (period = \(obligation.period)
                OR \(obligation.standing) = 1)
            """)
        return named.isEmpty ? others : (named + others).sorted { $0.order < $1.order }
    }

    private func offers(inProject project: String) throws -> [OfferedEdition] {
        let held = held
        if let known = held.offers[project] { return known }
        // Answered by offered_edition_project.
        let found = try offers("project = \(project) AND project <> ''")
        held.offers[project] = found
        return found
    }

    private func offers(_ condition: SQL) throws -> [OfferedEdition] {
        try transaction.rows(
            """
            SELECT publication, n, item, channel, body, project, lot, period, obligation, day, basis, latest_n,
                latest_day
            FROM offered_edition WHERE \(condition) ORDER BY COALESCE(day, '9999-12-31'), publication LIMIT 1000
            """
        ).map(OfferedEdition.init)
    }

    /// What this transaction has read, kept in step with what is written.
    final class Held {
        /// By project.
        var offers: [String: [OfferedEdition]] = [:]
        var dischargesOf: [String: [Discharge]] = [:]
        var dischargesBy: [String: [Discharge]] = [:]
        /// Obligations entered here about which nothing was decided yet.
        var undecided: Set<String> = []
        /// Hashes of the choices that are written.
        var keptChoices: Set<String> = []

        /// A publication that was offered for the item before stands as it was.
        func add(_ edition: OfferedEdition) {
            guard var known = offers[edition.project],
                !known.contains(where: { $0.publication == edition.publication && $0.item == edition.item })
            else { return }
            known.append(edition)
            offers[edition.project] = known.sorted { $0.order < $1.order }
        }

        func replace(_ discharge: Discharge) {
            dischargesOf[discharge.obligation]?.replace(discharge)
            dischargesOf[discharge.obligation]?.sort { $0.order < $1.order }
            dischargesBy[discharge.publication]?.replace(discharge)
            dischargesBy[discharge.publication]?.sort { $0.obligation < $1.obligation }
        }
    }

    var held: Held { transaction.held(Held.init) }

    static let dischargeColumns: SQL = "obligation, publication, n, day, basis, verdict, revoked"

    package func discharges(of obligation: String) throws -> [Discharge] {
        let held = held
        if let known = held.dischargesOf[obligation] { return known }
        let found = try transaction.rows(
            """
            SELECT \(Self.dischargeColumns) FROM discharge WHERE obligation = \(obligation)
            ORDER BY COALESCE(day, '9999-12-31'), publication LIMIT 200
            """
        ).map(Discharge.init)
        held.dischargesOf[obligation] = found
        return found
    }

    package func discharges(by publication: String) throws -> [Discharge] {
        let held = held
        if let known = held.dischargesBy[publication] { return known }
        let found = try transaction.rows(
            """
            SELECT \(Self.dischargeColumns) FROM discharge WHERE publication = \(publication)
            ORDER BY obligation LIMIT 200
            """
        ).map(Discharge.init)
        held.dischargesBy[publication] = found
        return found
    }

    /// Reads at once what will be asked for one by one.
    func holdDischarges(of obligations: [String]) throws {
        let held = held
        let missing = obligations.filter { held.dischargesOf[$0] == nil }
        guard missing.count > 1 else { return }
        let found = Dictionary(grouping: try discharges(ofAny: missing), by: \.obligation)
        for id in missing { held.dischargesOf[id] = found[id] ?? [] }
    }

    /// Reads at once what will be asked for one by one.
    package func holdDischarges(by publications: [String]) throws {
        let held = held
        let missing = publications.filter { held.dischargesBy[$0] == nil }
        guard missing.count > 1 else { return }
        let rows = try transaction.rows(
            """
            SELECT \(Self.dischargeColumns) FROM discharge WHERE publication IN \(list: missing.filled)
            ORDER BY obligation LIMIT 20000
            """
        ).map(Discharge.init)
        let found = Dictionary(grouping: rows, by: \.publication)
        for id in missing { held.dischargesBy[id] = found[id] ?? [] }
    }

    /// The discharges of several obligations, earliest first; 5,000 at most.
    package func discharges(ofAny obligations: [String]) throws -> [Discharge] {
        try transaction.rows(
            """
            SELECT \(Self.dischargeColumns) FROM discharge WHERE obligation IN \(list: obligations.filled)
            ORDER BY COALESCE(day, '9999-12-31'), publication LIMIT 5000
            """
        ).map(Discharge.init)
    }

    /// What it was at the end of the day before stays in `discharge_past`.
    func set(_ discharge: Discharge, on today: Day) throws {
        let known = held.dischargesOf[discharge.obligation]
        if known?.contains(where: { $0.publication == discharge.publication }) ?? true {
            try transaction.execute(
                """
                INSERT INTO discharge_past (\(Self.dischargeColumns), since, until)
                SELECT \(Self.dischargeColumns), since, CAST(\(today) AS TEXT) FROM discharge
                WHERE obligation = \(discharge.obligation) AND publication = \(discharge.publication)
                    AND since < \(today)
                """)
        }
        try transaction.execute(
            """
            INSERT INTO discharge (obligation, publication, n, day, basis, verdict, revoked, since)
            VALUES (\(discharge.obligation), \(discharge.publication), \(discharge.edition), \(discharge.day),
                \(discharge.basis.rawValue), \(discharge.verdict.rawValue), \(discharge.revoked), \(today))
            ON CONFLICT (obligation, publication) DO UPDATE SET n = excluded.n, day = excluded.day,
                basis = excluded.basis, verdict = excluded.verdict, revoked = excluded.revoked,
                since = CASE WHEN discharge.since < excluded.since THEN excluded.since ELSE discharge.since END
            """)
        held.replace(discharge)
    }

    /// Discharges that stand, by basis and verdict: the numerators of every rate.
    package func dischargeCounts() throws -> [(basis: TimeBasis, verdict: Discharge.Verdict, count: Int)] {
        try transaction.rows(
            """
            SELECT basis, verdict, CAST(count(*) AS BIGINT) AS n FROM discharge
            WHERE revoked = 0 GROUP BY basis, verdict ORDER BY basis, verdict
            """
        ).map { (try $0.word("basis"), try $0.word("verdict"), try $0.int("n")) }
    }

    /// How timely obligations were met, by what the time of their first discharge rests on: what rates are made of.
    ///
    /// Left out: standing duties, which have no day to be late for; soft items, which are never late; and what
    /// rests on rules that nobody has verified.
    ///
    /// - Parameter body: only this body's, or nil.
    package func timeliness(
        body: String? = nil
    ) throws -> [(basis: TimeBasis, verdict: Discharge.Verdict, count: Int)] {
        let ofBody: SQL = body.map { "AND obligation.body = \($0)" } ?? ""
        return try transaction.rows(
            """
            SELECT discharge.basis, obligation.closed_kind AS verdict, CAST(count(*) AS BIGINT) AS n
            FROM obligation JOIN discharge ON discharge.obligation = obligation.id AND discharge.revoked = 0
            WHERE obligation.closed_kind IN ('on_time', 'late', 'undetermined') AND obligation.standing = 0
                AND obligation.firm = 1 AND obligation.verified = 1 \(ofBody)
                AND NOT EXISTS (
                    SELECT 1 FROM discharge AS earlier
                    WHERE earlier.obligation = discharge.obligation AND earlier.revoked = 0
                        AND (COALESCE(earlier.day, '9999-12-31'), earlier.publication)
                            < (COALESCE(discharge.day, '9999-12-31'), discharge.publication))
            GROUP BY discharge.basis, obligation.closed_kind ORDER BY discharge.basis, obligation.closed_kind
            """
        ).map { (try $0.word("basis"), try $0.word("verdict"), try $0.int("n")) }
    }
}

extension OfferedEdition {
    /// Earliest first; without a day last.
    fileprivate var order: (Int, String) { (day?.ordinal ?? .max, publication) }

    /// Whether its publisher named the obligation, or it is about the same item, channel and lot of the project.
    fileprivate func answers(_ owed: Obligation) -> Bool {
        if !obligation.isEmpty { return obligation == owed.id }
        return item == owed.item && channel == owed.channel
            && (lot.isEmpty || owed.lot.isEmpty || lot == owed.lot)
    }

    init(_ row: Row) throws {
        self.init(
            publication: try row.string("publication"), edition: try row.int("n"),
            item: try row.string("item"),
            channel: try row.string("channel"), body: try row.string("body"),
            project: try row.string("project"),
            lot: try row.string("lot"), period: try row.string("period"),
            obligation: try row.string("obligation"),
            day: try row.dayOrNil("day"), basis: try row.word("basis"),
            latest: try row.dayOrNil("latest_day").map { (try row.int("latest_n"), $0) })
    }
}

extension [Discharge] {
    fileprivate mutating func replace(_ discharge: Discharge) {
        removeAll { $0.obligation == discharge.obligation && $0.publication == discharge.publication }
        append(discharge)
    }
}

extension Discharge {
    fileprivate var order: (Int, String) { (day?.ordinal ?? .max, publication) }

    init(_ row: Row) throws {
        obligation = try row.string("obligation")
        publication = try row.string("publication")
        edition = try row.int("n")
        day = try row.dayOrNil("day")
        basis = try row.word("basis")
        verdict = try row.word("verdict")
        revoked = try row.bool("revoked")
    }
}
