/// The tables of Storage itself. Append-only: a released migration is never changed.
enum JournalSchema {
    static let migrations = [
        Migration(
            slice: "storage", number: 1,
            statements: [
                "CREATE TABLE instance (id TEXT PRIMARY KEY, journal_epoch TEXT NOT NULL)",
                """
                CREATE TABLE journal (
                    seq AUTOKEY,
                    at TEXT NOT NULL,
                    actor TEXT NOT NULL,
                    act TEXT NOT NULL,
                    subject_kind TEXT NOT NULL,
                    subject_id TEXT NOT NULL,
                    change TEXT NOT NULL,
                    cause_seq BIGINT REFERENCES journal (seq)
                )
                """,
                "CREATE INDEX journal_subject ON journal (subject_kind, subject_id, seq)",
                """
                CREATE TABLE follower (
                    name TEXT PRIMARY KEY,
                    epoch TEXT NOT NULL,
                    version BIGINT NOT NULL,
                    bookmark_seq BIGINT NOT NULL,
                    lease_holder TEXT NOT NULL,
                    lease_until BIGINT NOT NULL
                )
                """,
            ])
    ]
}
