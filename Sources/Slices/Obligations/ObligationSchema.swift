import Storage

/// The tables of the ledger.
package enum ObligationSchema {
    package static let migrations: [Migration] = [
        Migration(
            slice: "obligations", number: 1,
            statements: [
                """
                CREATE TABLE event (
                    id TEXT PRIMARY KEY,
                    root TEXT NOT NULL,
                    natural_key TEXT NOT NULL UNIQUE,
                    kind TEXT NOT NULL,
                    item TEXT NOT NULL,
                    body TEXT NOT NULL REFERENCES body (id),
                    jurisdiction TEXT NOT NULL,
                    project TEXT NOT NULL,
                    lot TEXT NOT NULL,
                    period TEXT NOT NULL,
                    day TEXT NOT NULL,
                    time TEXT NOT NULL,
                    basis TEXT NOT NULL CHECK (basis IN ('document', 'system', 'stated', 'periodic', 'inferred')),
                    evidence TEXT NOT NULL,
                    evidence_edition TEXT NOT NULL,
                    recorded_at TEXT NOT NULL,
                    recorded_by TEXT NOT NULL,
                    state TEXT NOT NULL CHECK (state IN ('current', 'superseded', 'voided')),
                    reason TEXT NOT NULL
                )
                """,
                "CREATE INDEX event_project ON event (project, day)",
                "CREATE INDEX event_root ON event (root)",
                "CREATE INDEX event_recorded ON event (recorded_at, id)",
                "CREATE INDEX event_evidence ON event (evidence_edition)",
                """
                CREATE TABLE obligation (
                    id TEXT PRIMARY KEY,
                    item TEXT NOT NULL,
                    catalogue_version TEXT NOT NULL,
                    jurisdiction TEXT NOT NULL,
                    field TEXT NOT NULL,
                    channel TEXT NOT NULL,
                    body TEXT NOT NULL REFERENCES body (id),
                    root TEXT NOT NULL,
                    period TEXT NOT NULL,
                    project TEXT NOT NULL,
                    lot TEXT NOT NULL,
                    event_kind TEXT NOT NULL,
                    rules TEXT NOT NULL,
                    trigger_event TEXT NOT NULL,
                    trigger_day TEXT,
                    trigger_basis TEXT,
                    due TEXT,
                    provisional BIGINT NOT NULL,
                    rule TEXT NOT NULL,
                    verified BIGINT NOT NULL,
                    firm BIGINT NOT NULL,
                    standing BIGINT NOT NULL,
                    observed BIGINT NOT NULL,
                    bound TEXT,
                    bound_rule TEXT NOT NULL,
                    closed_kind TEXT NOT NULL CHECK (closed_kind IN
                        ('', 'on_time', 'late', 'undetermined', 'withheld', 'not_applicable', 'void')),
                    closed_day TEXT,
                    UNIQUE (item, channel, event_kind, body, root, period, lot)
                )
                """,
                "CREATE INDEX obligation_due ON obligation (closed_kind, due, id)",
                "CREATE INDEX obligation_order ON obligation ((COALESCE(due, '9999-12-31')), id)",
                "CREATE INDEX obligation_body ON obligation (body, due)",
                // Names the whole condition of what is awaited: a planner without statistics would rather take the
                // thousands of rows without a trigger.
                "CREATE INDEX obligation_project ON obligation (project, closed_kind, trigger_event, event_kind)",
                "CREATE INDEX obligation_item ON obligation (item, body)",
                "CREATE INDEX obligation_trigger ON obligation (trigger_event) WHERE trigger_event <> ''",
                """
                CREATE TABLE due_computation (
                    obligation TEXT NOT NULL REFERENCES obligation (id),
                    n BIGINT NOT NULL,
                    law_version TEXT NOT NULL,
                    calendar_version TEXT NOT NULL,
                    trigger_event TEXT NOT NULL,
                    trigger_day TEXT NOT NULL,
                    due TEXT,
                    provisional BIGINT NOT NULL,
                    choice TEXT NOT NULL,
                    reason TEXT NOT NULL,
                    computed_at TEXT NOT NULL,
                    PRIMARY KEY (obligation, n)
                )
                """,
                """
                CREATE TABLE decision (
                    id TEXT PRIMARY KEY,
                    obligation TEXT NOT NULL REFERENCES obligation (id),
                    kind TEXT NOT NULL CHECK (kind IN ('withheld', 'not_applicable')),
                    ground TEXT NOT NULL,
                    clause TEXT NOT NULL,
                    reason TEXT NOT NULL,
                    decided_by TEXT NOT NULL,
                    day TEXT NOT NULL,
                    review_on TEXT,
                    revoked_on TEXT,
                    revoked_by TEXT NOT NULL
                )
                """,
                "CREATE INDEX decision_obligation ON decision (obligation)",
                "CREATE INDEX decision_ground ON decision (ground)",
                """
                CREATE TABLE offered_edition (
                    publication TEXT NOT NULL,
                    n BIGINT NOT NULL,
                    item TEXT NOT NULL,
                    channel TEXT NOT NULL,
                    body TEXT NOT NULL,
                    project TEXT NOT NULL,
                    lot TEXT NOT NULL,
                    period TEXT NOT NULL,
                    obligation TEXT NOT NULL,
                    day TEXT,
                    basis TEXT NOT NULL,
                    latest_n BIGINT NOT NULL,
                    latest_day TEXT,
                    PRIMARY KEY (publication, item)
                )
                """,
                "CREATE INDEX offered_edition_match ON offered_edition (item, project, body)",
                """
                CREATE TABLE discharge (
                    obligation TEXT NOT NULL REFERENCES obligation (id),
                    publication TEXT NOT NULL,
                    n BIGINT NOT NULL,
                    day TEXT,
                    basis TEXT NOT NULL CHECK (basis IN ('witnessed', 'logged', 'attested', 'unknown')),
                    verdict TEXT NOT NULL CHECK (verdict IN ('on_time', 'late', 'undetermined')),
                    revoked BIGINT NOT NULL,
                    PRIMARY KEY (obligation, publication)
                )
                """,
                "CREATE INDEX discharge_publication ON discharge (publication)",
                """
                CREATE TABLE source_coverage (
                    id TEXT PRIMARY KEY,
                    source TEXT NOT NULL,
                    channel TEXT NOT NULL,
                    body TEXT NOT NULL,
                    jurisdiction TEXT NOT NULL,
                    item TEXT NOT NULL,
                    from_day TEXT NOT NULL,
                    to_day TEXT NOT NULL,
                    declared_by TEXT NOT NULL,
                    declared_at TEXT NOT NULL,
                    CHECK (from_day <= to_day)
                )
                """,
                "CREATE INDEX source_coverage_jurisdiction ON source_coverage (jurisdiction, from_day)",
                """
                CREATE TABLE overdue_entry (
                    obligation TEXT NOT NULL REFERENCES obligation (id),
                    due TEXT NOT NULL,
                    entered_on TEXT NOT NULL,
                    PRIMARY KEY (obligation, due)
                )
                """,
                """
                CREATE TABLE closed_day (
                    day TEXT PRIMARY KEY,
                    ran_at TEXT NOT NULL,
                    entries BIGINT NOT NULL
                )
                """,
                """
                CREATE TABLE ledger (
                    jurisdiction TEXT PRIMARY KEY,
                    from_day TEXT NOT NULL,
                    opened_to TEXT NOT NULL
                )
                """,
                """
                CREATE TABLE calendar_release (
                    version TEXT PRIMARY KEY,
                    jurisdiction TEXT NOT NULL,
                    content TEXT NOT NULL,
                    first_day TEXT NOT NULL,
                    last_day TEXT NOT NULL,
                    loaded_at TEXT NOT NULL,
                    loaded_by TEXT NOT NULL,
                    reached TEXT NOT NULL,
                    recomputed_at TEXT NOT NULL
                )
                """,
                """
                CREATE TABLE finding (
                    id TEXT PRIMARY KEY,
                    rule TEXT NOT NULL,
                    rule_version TEXT NOT NULL,
                    weight TEXT NOT NULL CHECK (weight IN ('warning', 'note')),
                    clause TEXT NOT NULL,
                    verified BIGINT NOT NULL,
                    subject_kind TEXT NOT NULL,
                    subject TEXT NOT NULL,
                    project TEXT NOT NULL,
                    body TEXT NOT NULL,
                    detail TEXT NOT NULL,
                    quotes TEXT NOT NULL,
                    confidence TEXT NOT NULL CHECK (confidence IN ('field', 'text')),
                    at TEXT NOT NULL
                )
                """,
                "CREATE INDEX finding_subject ON finding (subject_kind, subject)",
                "CREATE INDEX finding_project ON finding (project)",
                "CREATE INDEX finding_body ON finding (body, at)",
            ]),
        Migration(
            slice: "obligations", number: 2,
            statements: [
                // An explanation is a few thousand characters, and the same for all that one day starts by one rule.
                """
                CREATE TABLE rule_choice (
                    sha256 TEXT PRIMARY KEY,
                    choice TEXT NOT NULL
                )
                """,
                "ALTER TABLE due_computation ADD COLUMN choice_sha256 TEXT NOT NULL DEFAULT ''",
                "CREATE INDEX offered_edition_project ON offered_edition (project) WHERE project <> ''",
                "CREATE INDEX offered_edition_named ON offered_edition (obligation) WHERE obligation <> ''",
            ]),
        Migration(
            slice: "obligations", number: 3,
            statements: [
                // Both are taken back with a reason, which stays here: the journal holds no free text.
                "ALTER TABLE source_coverage ADD COLUMN ended_at TEXT NOT NULL DEFAULT ''",
                "ALTER TABLE source_coverage ADD COLUMN ended_by TEXT NOT NULL DEFAULT ''",
                "ALTER TABLE source_coverage ADD COLUMN ended_reason TEXT NOT NULL DEFAULT ''",
                "ALTER TABLE decision ADD COLUMN revoked_reason TEXT NOT NULL DEFAULT ''",
            ]),
        // What rows were at the end of each day on which they changed: `since` is the first day of a version, `until`
        // the first after it. Rows of an earlier program stand from the beginning, and `history_start` says from when
        // that is true: after its last act nothing changed.
        Migration(
            slice: "obligations", number: 4,
            statements: [
                "ALTER TABLE obligation ADD COLUMN since TEXT NOT NULL DEFAULT ''",
                "ALTER TABLE discharge ADD COLUMN since TEXT NOT NULL DEFAULT ''",
                """
                CREATE TABLE obligation_past (
                    id TEXT NOT NULL,
                    item TEXT NOT NULL,
                    catalogue_version TEXT NOT NULL,
                    jurisdiction TEXT NOT NULL,
                    field TEXT NOT NULL,
                    channel TEXT NOT NULL,
                    body TEXT NOT NULL,
                    root TEXT NOT NULL,
                    period TEXT NOT NULL,
                    project TEXT NOT NULL,
                    lot TEXT NOT NULL,
                    event_kind TEXT NOT NULL,
                    trigger_event TEXT NOT NULL,
                    trigger_day TEXT,
                    trigger_basis TEXT,
                    due TEXT,
                    provisional BIGINT NOT NULL,
                    rule TEXT NOT NULL,
                    verified BIGINT NOT NULL,
                    firm BIGINT NOT NULL,
                    standing BIGINT NOT NULL,
                    observed BIGINT NOT NULL,
                    bound TEXT,
                    bound_rule TEXT NOT NULL,
                    closed_kind TEXT NOT NULL,
                    closed_day TEXT,
                    since TEXT NOT NULL,
                    until TEXT NOT NULL,
                    PRIMARY KEY (id, until),
                    CHECK (since < until)
                )
                """,
                "CREATE INDEX obligation_past_order ON obligation_past ((COALESCE(due, '9999-12-31')), id)",
                "CREATE INDEX obligation_past_body ON obligation_past (body, due)",
                "CREATE INDEX obligation_past_project ON obligation_past (project) WHERE project <> ''",
                """
                CREATE TABLE discharge_past (
                    obligation TEXT NOT NULL,
                    publication TEXT NOT NULL,
                    n BIGINT NOT NULL,
                    day TEXT,
                    basis TEXT NOT NULL,
                    verdict TEXT NOT NULL,
                    revoked BIGINT NOT NULL,
                    since TEXT NOT NULL,
                    until TEXT NOT NULL,
                    PRIMARY KEY (obligation, publication, until),
                    CHECK (since < until)
                )
                """,
                "CREATE TABLE history_start (at TEXT PRIMARY KEY)",
                "INSERT INTO history_start (at) SELECT at FROM journal ORDER BY seq DESC LIMIT 1",
            ]),
        // The order of the lists is by due day with those that have none last: an index in that very order gives a page
        // of one state without looking at the others and without sorting.
        Migration(
            slice: "obligations", number: 5,
            statements: [
                "DROP INDEX obligation_due",
                "CREATE INDEX obligation_due ON obligation (closed_kind, (COALESCE(due, '9999-12-31')), id)",
                """
                CREATE INDEX obligation_past_due
                    ON obligation_past (closed_kind, (COALESCE(due, '9999-12-31')), id, since, until)
                """,
            ]),
        // A body's page asks for a few rows of each state. The indexes of past versions end with the days, so that versions
        // of other days are passed over without being read.
        Migration(
            slice: "obligations", number: 6,
            statements: [
                "DROP INDEX obligation_body",
                "CREATE INDEX obligation_body ON obligation (body, closed_kind, (COALESCE(due, '9999-12-31')), id)",
                "DROP INDEX obligation_past_body",
                """
                CREATE INDEX obligation_past_body
                    ON obligation_past (body, closed_kind, (COALESCE(due, '9999-12-31')), id, since, until)
                """,
                "DROP INDEX obligation_past_order",
                """
                CREATE INDEX obligation_past_order
                    ON obligation_past ((COALESCE(due, '9999-12-31')), id, since, until)
                """,
            ]),
        // How soon a body's events are recorded.
        Migration(
            slice: "obligations", number: 7,
            statements: ["CREATE INDEX event_body ON event (body, recorded_at, id)"]),
        // A field with few obligations among many: its list would go through those of all the others. How a row is closed
        // stands at the end, so that a list of one state passes over the others without reading them.
        Migration(
            slice: "obligations", number: 8,
            statements: [
                """
                CREATE INDEX obligation_field
                    ON obligation (field, (COALESCE(due, '9999-12-31')), id, closed_kind)
                """,
                """
                CREATE INDEX obligation_past_field
                    ON obligation_past (field, (COALESCE(due, '9999-12-31')), id, since, until)
                """,
            ]),
        Migration(
            slice: "obligations", number: 9,
            statements: [
                // What happened last is asked for, whenever it was recorded.
                "DROP INDEX event_recorded",
                "CREATE INDEX event_day ON event (day, id) WHERE state = 'current'",
            ]),
    ]
}
