import Storage

/// The tables of publications and their editions.
package enum PublishingSchema {
    package static let migrations: [Migration] = [
        Migration(
            slice: "publishing", number: 1,
            statements: [
                """
                CREATE TABLE publication (
                    id TEXT PRIMARY KEY,
                    item TEXT NOT NULL,
                    jurisdiction TEXT NOT NULL,
                    body TEXT NOT NULL,
                    project TEXT NOT NULL,
                    lot TEXT NOT NULL,
                    period TEXT NOT NULL,
                    channel TEXT NOT NULL,
                    audience TEXT NOT NULL,
                    origin TEXT NOT NULL CHECK (origin IN ('local', 'imported')),
                    source TEXT NOT NULL,
                    source_key TEXT NOT NULL,
                    state TEXT NOT NULL CHECK (state IN ('released', 'withdrawn')),
                    editions BIGINT NOT NULL,
                    title TEXT NOT NULL,
                    day TEXT,
                    first_seen_at TEXT NOT NULL,
                    UNIQUE (origin, source, source_key)
                )
                """,
                "CREATE INDEX publication_seen ON publication (first_seen_at, id)",
                "CREATE INDEX publication_project ON publication (project, day)",
                "CREATE INDEX publication_body ON publication (body, first_seen_at)",
                """
                CREATE TABLE edition (
                    publication TEXT NOT NULL REFERENCES publication (id),
                    n BIGINT NOT NULL,
                    kind TEXT NOT NULL CHECK (kind IN ('first', 'correction', 'withdrawal')),
                    record BYTES,
                    sha256 TEXT NOT NULL,
                    reason TEXT NOT NULL,
                    claimed_at TEXT NOT NULL,
                    released_at TEXT NOT NULL,
                    released_day TEXT NOT NULL,
                    released_by TEXT NOT NULL,
                    PRIMARY KEY (publication, n)
                )
                """,
            ]),
        Migration(
            slice: "publishing", number: 2,
            statements: [
                // Empty: the content stands.
                "ALTER TABLE edition ADD COLUMN erased_at TEXT NOT NULL DEFAULT ''",
                "ALTER TABLE edition ADD COLUMN erased_ground TEXT NOT NULL DEFAULT ''",
                "ALTER TABLE edition ADD COLUMN erased_clause TEXT NOT NULL DEFAULT ''",
            ]),
        Migration(
            slice: "publishing", number: 3,
            statements: [
                "CREATE INDEX publication_item ON publication (jurisdiction, item, first_seen_at, id)"
            ]),
        Migration(
            slice: "publishing", number: 4,
            statements: [
                "DROP INDEX publication_body",
                // With the audience, so that a body's publications are counted and listed without their rows.
                "CREATE INDEX publication_body ON publication (body, audience, first_seen_at, id)",
            ]),
        Migration(
            slice: "publishing", number: 5,
            statements: [
                // Only what stands in a column and says its day has neighbours there.
                """
                CREATE INDEX publication_beside ON publication (jurisdiction, item, day, id)
                WHERE audience = 'everyone' AND state = 'released' AND item <> '' AND day IS NOT NULL
                """,
                """
                CREATE INDEX publication_alike ON publication (body, item, day, id)
                WHERE audience = 'everyone' AND state = 'released' AND item <> '' AND day IS NOT NULL
                """,
            ]),
        Migration(
            slice: "publishing", number: 6,
            statements: [
                """
                CREATE INDEX publication_day ON publication (day, id)
                WHERE audience = 'everyone' AND state = 'released' AND day IS NOT NULL
                """,
                "DROP INDEX publication_project",
                // With the id, so that papers of one day need no sorting.
                "CREATE INDEX publication_project ON publication (project, day, id)",
            ]),
    ]
}
