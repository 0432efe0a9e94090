import Storage
import Testing

@testable import Transparency

/// Columns that no leaf tells, and that follow from what leaves tell.
extension Tampering {
    static let ofColumns = ofObligations + ofTime + ofThePast

    private static let ofObligations = [
        Tampering("whether a duty is firm", "UPDATE obligation SET firm = 1 - firm", .ledgerAltered),
        Tampering("where a duty is", "UPDATE obligation SET jurisdiction = 'CN'", .ledgerAltered),
        Tampering("the field of a duty", "UPDATE obligation SET field = 'x'", .ledgerAltered),
        Tampering(
            "by which catalogue something is owed", "UPDATE obligation SET catalogue_version = 'x'",
            .ledgerAltered),
        Tampering(
            "which step starts a clock", "UPDATE obligation SET event_kind = event_kind || 'x'",
            .ledgerAltered),
        Tampering("which rules a clock has", "UPDATE obligation SET rules = 'x'", .ledgerAltered),
        Tampering(
            "how a day is known",
            "UPDATE obligation SET trigger_basis = 'inferred' WHERE trigger_basis IS NOT NULL", .ledgerAltered
        ),
        Tampering(
            "that a clock was started, with a later day",
            "UPDATE obligation SET trigger_event = '', due = '2027-06-01' WHERE due IS NOT NULL",
            .ledgerAltered),
        Tampering(
            "that a clock was started",
            """
            UPDATE obligation SET trigger_event = '', trigger_day = NULL, trigger_basis = NULL, due = NULL, rule = '',
                verified = 1, provisional = 0
            """, .ledgerAltered),
        Tampering(
            "the due day of what is awaited",
            "UPDATE obligation SET due = '2020-01-01' WHERE trigger_event = ''",
            .ledgerAltered),
        Tampering(
            "from when a due day was counted", "UPDATE due_computation SET trigger_day = '2026-01-05'",
            .ledgerAltered),
        Tampering(
            "by which event a due day was counted", "UPDATE due_computation SET trigger_event = 'x'",
            .ledgerAltered),
        Tampering(
            "which item a declaration covers", "UPDATE source_coverage SET item = 'I-FG-002'", .ledgerAltered),
        Tampering(
            "when a declaration was made", "UPDATE source_coverage SET declared_at = '2020-01-01T00:00:00Z'",
            .ledgerAltered),
        Tampering(
            "when a declaration was taken back",
            "UPDATE source_coverage SET ended_at = '2020-01-01T00:00:00Z' WHERE ended_at <> ''",
            .ledgerAltered),
    ]

    private static let ofTime = [
        Tampering(
            "when something was offered",
            "UPDATE offered_edition SET day = '2026-02-02', latest_day = '2026-02-02'", .ledgerAltered),
        Tampering(
            "what the time of an offer rests on", "UPDATE offered_edition SET basis = 'attested'",
            .ledgerAltered),
        Tampering(
            "when content was erased",
            "UPDATE edition SET erased_at = '2020-01-01T00:00:00Z' WHERE erased_at <> ''",
            .ledgerAltered),
        Tampering("a publication whose content was erased, which is gone", .recordMissing) { transaction in
            let gone = try #require(
                try transaction.row("SELECT publication FROM edition WHERE erased_at <> ''")?.string(
                    "publication"))
            try transaction.execute("DELETE FROM edition WHERE publication = \(gone)")
            try transaction.execute("DELETE FROM publication WHERE id = \(gone)")
        },
        Tampering(
            "when a head was signed, as pages show it",
            "UPDATE log_checkpoint SET signed_at = '2020-01-01T00:00:00Z'",
            .signature),
        Tampering(
            "of which log a head is, as pages show it", "UPDATE log_checkpoint SET origin = 'x'", .signature),
        Tampering(
            "a witness that cosigned nothing",
            "INSERT INTO log_cosignature (witness, size, seconds) SELECT 'x', max(size), 1 FROM log_checkpoint",
            .signature),
    ]

    private static let ofThePast = [
        Tampering(
            "what was owed on a past day", "UPDATE obligation_past SET firm = 1 - firm", .ledgerAltered),
        Tampering(
            "what was open on a past day",
            "UPDATE obligation_past SET closed_kind = 'on_time' WHERE closed_kind = ''",
            .ledgerAltered),
        Tampering(
            "by when something was due on a past day",
            "UPDATE obligation_past SET due = '2027-01-01' WHERE due IS NOT NULL", .ledgerAltered),
        Tampering("a past that is gone", "DELETE FROM obligation_past", .ledgerAltered),
        Tampering(
            "a past that is as the present",
            """
            UPDATE obligation SET since = (SELECT MIN(since) FROM obligation_past WHERE obligation_past.id = obligation.id)
            WHERE EXISTS (SELECT 1 FROM obligation_past WHERE obligation_past.id = obligation.id)
            """, .ledgerAltered),
        Tampering(
            "since when something is so",
            """
            UPDATE obligation SET since = '2026-03-20' WHERE id IN (SELECT id FROM obligation_past WHERE until > '2026-03-20')
            """, .ledgerAltered),
        Tampering(
            "how timely a duty was met, on a past day",
            "UPDATE discharge_past SET verdict = CASE verdict WHEN 'late' THEN 'on_time' ELSE 'late' END",
            .ledgerAltered),
        Tampering("what met a duty before", "DELETE FROM discharge_past", .ledgerAltered),
        Tampering("since when a duty is met", "UPDATE discharge SET since = '2020-01-01'", .ledgerAltered),
        Tampering("since when a duty is", "UPDATE obligation SET since = '2020-01-01'", .ledgerAltered),
        Tampering(
            "what met a duty on a past day", "UPDATE discharge_past SET basis = 'witnessed'", .ledgerAltered),
        Tampering(
            "a past of what never was",
            """
            INSERT INTO discharge_past (obligation, publication, n, day, basis, verdict, revoked, since, until)
            VALUES ('x', 'x', 1, NULL, 'attested', 'on_time', 0, '2026-01-01', '2026-01-02')
            """, .ledgerUnlogged),
    ]
}
