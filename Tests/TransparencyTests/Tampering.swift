import MerkleLog
import Storage
import Testing

@testable import Transparency

/// A change behind the acts, and what the audit calls it.
struct Tampering: Sendable, CustomTestStringConvertible {
    let what: String
    let found: LogAudit.Difference.Kind
    let change: @Sendable (Transaction) throws -> Void

    var testDescription: String { what }

    init(_ what: String, _ sql: SQL, _ found: LogAudit.Difference.Kind) {
        self.init(what, found) { try $0.execute(sql) }
    }

    init(
        _ what: String, _ found: LogAudit.Difference.Kind,
        _ change: @escaping @Sendable (Transaction) throws -> Void
    ) {
        (self.what, self.found, self.change) = (what, found, change)
    }

    static let all = ofRecords + ofColumns

    private static let ofRecords = [
        Tampering(
            "a word in an edition",
            "UPDATE edition SET reason = 'x' WHERE kind = 'withdrawal'", .recordAltered),
        Tampering(
            "the day of an event", "UPDATE event SET day = '2026-03-09' WHERE kind = 'item.formed'",
            .recordAltered),
        Tampering("the ground of a decision", "UPDATE decision SET ground = '国家安全'", .recordAltered),
        Tampering("an obligation that is gone", .ledgerAltered) { transaction in
            let gone: SQL = "(SELECT min(id) FROM obligation)"
            for table in ["overdue_entry", "discharge", "due_computation", "decision"] as [SQL] {
                try transaction.execute("DELETE FROM \(table) WHERE obligation = \(gone)")
            }
            try transaction.execute("DELETE FROM obligation WHERE id = \(gone)")
        },
        Tampering("a discharge that is gone", "DELETE FROM discharge", .ledgerAltered),
        Tampering("whether it was in time", "UPDATE discharge SET verdict = 'undetermined'", .ledgerAltered),
        Tampering("the day of a discharge", "UPDATE discharge SET day = '2026-03-03'", .ledgerAltered),
        Tampering(
            "the day on which it was met", "UPDATE obligation SET closed_day = '2026-03-03'", .ledgerAltered),
        Tampering(
            "the day that started the clock", "UPDATE obligation SET trigger_day = '2026-01-05'",
            .ledgerAltered),
        Tampering(
            "that a duty is standing, with a later day",
            "UPDATE obligation SET standing = 1, due = '2027-01-01' WHERE due IS NOT NULL", .ledgerAltered),
        Tampering("the time of a head", .signature) { transaction in
            // The line of the second key dates the head.
            try transaction.execute(
                "UPDATE log_checkpoint SET note = replace(note, '/time ', '/tims ')")
        },
        Tampering("the period", "UPDATE obligation SET period = '2026-Q1'", .ledgerAltered),
        Tampering("the law of a computation", "UPDATE due_computation SET law_version = 'x'", .ledgerAltered),
        Tampering(
            "that an event was superseded", "UPDATE event SET state = 'current' WHERE state = 'superseded'",
            .ledgerAltered),
        Tampering(
            "that an event stands", "UPDATE event SET state = 'voided' WHERE state = 'current'",
            .ledgerAltered),
        Tampering("an event that nobody recorded", .ledgerUnlogged) { transaction in
            try transaction.execute(
                """
                INSERT INTO event (id, root, natural_key, kind, item, body, jurisdiction, project, lot, period, day, time,
                    basis, evidence, evidence_edition, recorded_at, recorded_by, state, reason)
                SELECT 'x', 'x', 'x', kind, item, body, jurisdiction, project, lot, period, day, time, basis, evidence,
                    evidence_edition, recorded_at, recorded_by, 'current', '' FROM event ORDER BY id LIMIT 1
                """)
        },
        Tampering("the day of a publication", "UPDATE publication SET day = '2020-02-02'", .ledgerAltered),
        Tampering("the title in lists", "UPDATE publication SET title = 'x'", .ledgerAltered),
        Tampering("that it was withdrawn", "UPDATE publication SET state = 'released'", .ledgerAltered),
        Tampering("the day of an edition", "UPDATE edition SET released_day = '2020-02-02'", .ledgerAltered),
        Tampering("the hash of an edition", "UPDATE edition SET sha256 = 'x'", .ledgerAltered),
        Tampering(
            "an edition that nobody released",
            """
            INSERT INTO edition (publication, n, kind, record, sha256, reason, claimed_at, released_at, released_day,
                released_by, erased_at, erased_ground, erased_clause)
            SELECT publication, 9, kind, record, sha256, reason, claimed_at, released_at, released_day, released_by,
                erased_at, erased_ground, erased_clause FROM edition WHERE n = 1
            """, .ledgerUnlogged),
        Tampering("a publication that nobody released", .ledgerUnlogged) { transaction in
            try transaction.execute(
                """
                INSERT INTO publication (id, item, jurisdiction, body, project, lot, period, channel, audience, origin,
                    source, source_key, state, editions, title, day, first_seen_at)
                SELECT 'x', item, jurisdiction, body, project, lot, period, channel, audience, origin, source, 'x', state,
                    editions, title, day, first_seen_at FROM publication ORDER BY id LIMIT 1
                """)
        },
        Tampering(
            "when a decision was revoked", "UPDATE decision SET revoked_on = '2026-05-05'", .ledgerAltered),
        Tampering("that a decision was revoked", "UPDATE decision SET revoked_on = NULL", .ledgerAltered),
        Tampering("who owes", "UPDATE obligation SET body = 'sx-finance'", .ledgerAltered),
        Tampering(
            "the due day that pages show", "UPDATE obligation SET due = '2027-01-01' WHERE due IS NOT NULL",
            .ledgerAltered),
        Tampering(
            "how an obligation was closed",
            "UPDATE obligation SET closed_kind = 'on_time' WHERE closed_kind = ''", .ledgerAltered),
        Tampering("an overdue entry", "DELETE FROM overdue_entry", .ledgerAltered),
        Tampering("the basis of a discharge", "UPDATE discharge SET basis = 'witnessed'", .ledgerAltered),
        Tampering("an edition that is gone", "DELETE FROM edition WHERE kind = 'withdrawal'", .recordMissing),
        Tampering(
            "the journal", "UPDATE journal SET at = '2020-01-01T00:00:00Z' WHERE act = 'obligation.overdue'",
            .journalAltered),
        Tampering(
            "a journal row that is gone", "DELETE FROM journal WHERE act = 'obligation.overdue'",
            .journalMissing),
        Tampering("a key", "UPDATE journal SET change = '{}' WHERE act = 'key.added'", .journalAltered),
        Tampering(
            "the hour", "UPDATE journal SET subject_id = 'minute' WHERE act = 'clock.ticked'", .journalAltered
        ),
        Tampering("whom a declaration covers", "UPDATE source_coverage SET body = ''", .ledgerAltered),
        Tampering(
            "that a declaration was taken back", "UPDATE source_coverage SET ended_at = ''", .ledgerAltered),
        Tampering("a declaration that is gone", "DELETE FROM source_coverage", .ledgerAltered),
        Tampering(
            "a declaration that nobody made",
            """
            INSERT INTO source_coverage (id, source, channel, body, jurisdiction, item, from_day, to_day, declared_by,
                declared_at, ended_at, ended_by, ended_reason)
            VALUES ('x', 'x', 'portal', '', 'SX', '', '2026-01-01', '2026-01-02', 'x', 'x', '', '', '')
            """, .ledgerUnlogged),
        Tampering("an item of a catalogue", "UPDATE catalogue_item SET title = 'x'", .ledgerAltered),
        Tampering("a clock of a catalogue", "UPDATE item_clock SET rule = rule || 'x'", .ledgerAltered),
        Tampering("an item of a catalogue that is gone", .ledgerAltered) { transaction in
            let gone: SQL = "(SELECT min(item_id) FROM catalogue_item)"
            try transaction.execute("DELETE FROM item_clock WHERE item_id = \(gone)")
            try transaction.execute("DELETE FROM catalogue_item WHERE item_id = \(gone)")
        },
        Tampering(
            "from when on a catalogue is in force",
            "UPDATE catalogue_version SET effective_from = '2020-01-01'", .ledgerAltered),
        Tampering("the hash of a catalogue", "UPDATE catalogue_version SET sha256 = id", .ledgerAltered),
        Tampering("a catalogue that is gone", .ledgerAltered) { transaction in
            for table in ["item_mapping", "item_clock", "catalogue_item"] as [SQL] {
                try transaction.execute("DELETE FROM \(table) WHERE version LIKE 'FG-%'")
            }
            try transaction.execute("DELETE FROM catalogue_version WHERE catalogue = 'FG'")
        },
        Tampering(
            "a catalogue that nobody loaded",
            """
            INSERT INTO catalogue_version
                (id, catalogue, baseline, title, document, effective_from, sha256, plans, number, loaded_at)
            VALUES ('x', 'SX', '', 'x', 'x', '2020-01-01', 'x', '[]', 9, 'x')
            """, .ledgerUnlogged),
        Tampering(
            "the days of a calendar", "UPDATE calendar_release SET last_day = '2028-01-01'", .ledgerAltered),
        Tampering("whose calendar it is", "UPDATE calendar_release SET jurisdiction = 'FG'", .ledgerAltered),
        Tampering("a calendar that is gone", "DELETE FROM calendar_release", .ledgerAltered),
        Tampering(
            "a calendar that nobody loaded",
            """
            INSERT INTO calendar_release (version, jurisdiction, content, first_day, last_day, loaded_at, loaded_by,
                reached, recomputed_at)
            SELECT 'x', jurisdiction, content, first_day, last_day, loaded_at, loaded_by, reached, recomputed_at
            FROM calendar_release
            """, .ledgerUnlogged),
        Tampering("when a ledger began", "UPDATE ledger SET from_day = '2020-01-01'", .ledgerAltered),
        Tampering("a ledger that is gone", "DELETE FROM ledger", .ledgerAltered),
        Tampering(
            "a ledger that nobody began",
            "INSERT INTO ledger (jurisdiction, from_day, opened_to) VALUES ('CN', '2020-01-01', '2020-01-01')",
            .ledgerUnlogged),
        Tampering("the project of an obligation", "UPDATE obligation SET project = 'x'", .ledgerAltered),
        Tampering(
            "whether a rule is verified", "UPDATE obligation SET verified = 1 - verified", .ledgerAltered),
        Tampering(
            "whether a duty is standing", "UPDATE obligation SET standing = 1 - standing", .ledgerAltered),
        Tampering(
            "when a due day was computed", "UPDATE due_computation SET computed_at = '2020-01-01T00:00:00Z'",
            .ledgerAltered),
        Tampering(
            "which rule won", "UPDATE rule_choice SET choice = replace(choice, '20wd', '30wd')",
            .ledgerAltered),
        Tampering(
            "when it was entered as overdue", "UPDATE overdue_entry SET entered_on = '2026-12-31'",
            .ledgerAltered),
        Tampering(
            "that it was entered as overdue before its due day",
            "UPDATE overdue_entry SET entered_on = '2020-01-01'",
            .ledgerAltered),
        Tampering(
            "for whom a publication is offered", "UPDATE offered_edition SET body = 'sx-finance'",
            .ledgerAltered),
        Tampering("which edition is offered", "UPDATE offered_edition SET latest_n = 9", .ledgerAltered),
        Tampering("for when it is offered", "UPDATE offered_edition SET period = '2026-Q1'", .ledgerAltered),
        Tampering(
            "which days a calendar names",
            "UPDATE calendar_release SET content = replace(content, '2026-11-20', '2026-11-19')",
            .ledgerAltered),
        Tampering(
            "the lot of an obligation that was divided", "UPDATE obligation SET lot = '7' WHERE lot = '1'",
            .ledgerAltered),
        Tampering(
            "which rule lost", "UPDATE rule_choice SET choice = replace(choice, '}', ' }')", .ledgerAltered),
        Tampering(
            "a mark between the words of a journal row",
            "UPDATE journal SET change = replace(change, ':', ';') WHERE act = 'obligation.closed'",
            .rowUnreadable),
        Tampering(
            "the form of a journal row, which says the same",
            "UPDATE journal SET change = change || ' ' WHERE act = 'obligation.closed'", .rowUnreadable),
        Tampering("a word that no publication has", "UPDATE publication SET audience = 'x'", .rowUnreadable),
        Tampering("which choice of rules a computation rests on", .rowUnreadable) {
            try $0.execute("UPDATE due_computation SET choice_sha256 = 'x'")
        },
        Tampering("a choice of rules that is gone", "DELETE FROM rule_choice", .rowUnreadable),
        Tampering(
            "a word that no offer has", "UPDATE offered_edition SET basis = 'x'", .rowUnreadable),
        Tampering(
            "a word that no erasure has", "UPDATE edition SET erased_ground = 'x' WHERE erased_ground <> ''",
            .rowUnreadable),
        Tampering("the plans of a catalogue", "UPDATE catalogue_version SET plans = 'x'", .rowUnreadable),
        Tampering("the ground of an erasure", "UPDATE edition SET erased_clause = 'x'", .ledgerAltered),
        Tampering("the salts", "UPDATE log_bundle SET salts = \([UInt8]())", .recordAltered),
        Tampering("the bytes of a leaf", .recordAltered) {
            try $0.log.rewriteFirstBundle { leaves in leaves[5] = leaves[5].saying(leaves[0].entry) }
        },
        Tampering("the last leaf, which is gone", .signedBeyond) {
            try $0.log.rewriteFirstBundle { $0.removeLast() }
        },
        // Leaf 7 tells of the same obligation as leaf 6, whose place it names.
        Tampering("a leaf in the middle, which is gone", .journalAltered) {
            try $0.log.rewriteFirstBundle { $0.remove(at: 6) }
        },
        Tampering("the bytes of a leaf in the middle, which are gone", .order) { transaction in
            let bundle = try #require(try transaction.log.bundle(0))
            var entries = try bundle.leaves().map(\.entry)
            entries.remove(at: 6)
            try transaction.execute(
                "UPDATE log_bundle SET entries = \(EntryBundle.bytes(entries)) WHERE n = 0")
        },
        Tampering("which journal row a leaf tells of", .journalAltered) {
            try $0.log.rewriteFirstBundle { $0[6] = $0[6].tellingOf($0[6].seq + 1) }
        },
        Tampering("that a leaf tells of an earlier journal row", .order) {
            try $0.log.rewriteFirstBundle { $0[6] = $0[6].tellingOf($0[0].seq) }
        },
        Tampering("a signature", "UPDATE log_checkpoint SET note = replace(note, '— ', '— x')", .signature),
    ]
}
