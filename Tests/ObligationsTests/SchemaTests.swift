import Catalogue
import CivilTime
import Law
import LedgerTesting
import Obligations
import People
import Projects
import Storage
import StorageTesting
import Testing

/// Data folders made by an earlier program.
@Suite struct `A ledger made before declarations and decisions kept why they were taken back` {
    @Test(arguments: Backend.available)
    func `opens, and what stands in it reads as never taken back`(_ backend: Backend) async throws {
        let before = BodySchema.migrations + CatalogueSchema.migrations + ProjectSchema.migrations
        try await withDatabase(backend, migrations: before + ObligationSchema.migrations.prefix(1)) {
            database in
            let occasion = Occasion(actor: "clerk", now: "2026-03-02T02:00:00Z", today: "2026-03-02")
            try await database.write { transaction in
                try LoadJurisdictions(JurisdictionFile.builtIn().jurisdictions).perform(
                    in: transaction, occasion)
                let body = try RegisterExternal(jurisdiction: "SX", name: "示例学校").perform(
                    in: transaction, occasion)
                for statement in Self.rows(of: body.id) { try transaction.execute(statement) }
            }
            try await Migrator.run(before + ObligationSchema.migrations, on: database)
            let (coverages, decisions) = try await database.read {
                (try $0.ledger.coverages(), try $0.ledger.decisions(of: "o"))
            }
            #expect(coverages.map(\.id) == ["c"] && coverages.allSatisfy(\.stands))
            #expect(decisions.map(\.revokedOn) == ["2026-03-05"] && decisions.map(\.revokedReason) == [""])
            let ended = try await database.write { transaction in
                try EndCoverage(coverage: "c", reason: "来源并不完整").perform(in: transaction, occasion).coverage
            }
            #expect(!ended.stands)
        }
    }

    @Test(arguments: Backend.available)
    func `can be read as of the days from the earlier program's last act on`(_ backend: Backend) async throws
    {
        let before = BodySchema.migrations + CatalogueSchema.migrations + ProjectSchema.migrations
        try await withDatabase(backend, migrations: before + ObligationSchema.migrations.prefix(3)) {
            database in
            let occasion = Occasion(actor: "clerk", now: "2026-03-02T17:00:00Z", today: "2026-03-03")
            try await database.write { transaction in
                try LoadJurisdictions(JurisdictionFile.builtIn().jurisdictions).perform(
                    in: transaction, occasion)
                let body = try RegisterExternal(jurisdiction: "SX", name: "示例学校").perform(
                    in: transaction, occasion)
                try transaction.execute(Self.rows(of: body.id)[0])
                transaction.journal(occasion.entry("obligation.created", "obligation", "o"))
            }
            try await Migrator.run(before + ObligationSchema.migrations, on: database)
            try await database.write { transaction in
                let later = Occasion(actor: "clerk", now: "2026-03-05T02:00:00Z", today: "2026-03-05")
                _ = try MarkNotApplicable(obligation: "o", reason: "本校不涉及").perform(in: transaction, later)
                // An event that was recorded before does not move the first day.
                try transaction.execute(Self.event)
            }
            let read = try await database.read { transaction in
                (
                    try transaction.firstLedgerDay(),
                    try ["2026-03-03", "2026-03-04", "2026-03-05"].map {
                        try transaction.ledger(on: $0).obligation("o")?.closed
                    }
                )
            }
            #expect(read.0 == "2026-03-03")
            #expect(read.1 == [.open, .open, .notApplicable])
        }
    }

    private static let event: SQL = """
        INSERT INTO event (id, root, natural_key, kind, item, body, jurisdiction, project, lot, period, day, time,
            basis, evidence, evidence_edition, recorded_at, recorded_by, state, reason)
        SELECT 'e', 'e', 'e', 'item.formed', 'I-FG-001', body, 'SX', '', '', '', '2026-02-02', '', 'system', '',
            '', '2026-02-02T02:00:00Z', '经办', 'current', '' FROM obligation
        """

    /// As the earlier program wrote them.
    private static func rows(of body: String) -> [SQL] {
        [
            """
            INSERT INTO obligation (id, item, catalogue_version, jurisdiction, field, channel, body, root, period,
                project, lot, event_kind, rules, trigger_event, provisional, rule, verified, firm, standing, observed,
                bound_rule, closed_kind)
            VALUES ('o', 'I-FG-001', 'v', 'SX', '住房保障', 'portal', \(body), 'r', '', '', '', 'item.formed',
                'active-20wd', '', 0, 'active-20wd', 1, 1, 0, 0, '', '')
            """,
            """
            INSERT INTO decision (id, obligation, kind, ground, clause, reason, decided_by, day, review_on,
                revoked_on, revoked_by)
            VALUES ('d', 'o', 'withheld', '商业秘密', '', '涉及商业秘密', '经办', '2026-03-03', '2027-03-03', '2026-03-05',
                '经办')
            """,
            """
            INSERT INTO source_coverage (id, source, channel, body, jurisdiction, item, from_day, to_day, declared_by,
                declared_at)
            VALUES ('c', '旧网站', 'portal', '', 'SX', '', '2026-01-01', '2026-02-01', '经办', '2026-03-01T00:00:00Z')
            """,
        ]
    }
}
