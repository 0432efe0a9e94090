import Storage

/// The tables of the transparency log, in the main database: they are history and cannot be derived again.
package enum LogSchema {
    package static let migrations: [Migration] = [
        Migration(
            slice: "transparency", number: 1,
            statements: [
                """
                CREATE TABLE log_leaf (
                    idx BIGINT PRIMARY KEY,
                    journal_seq BIGINT NOT NULL UNIQUE,
                    act TEXT NOT NULL,
                    subject_kind TEXT NOT NULL,
                    subject TEXT NOT NULL,
                    part BIGINT NOT NULL,
                    entry BYTES NOT NULL,
                    salt BYTES
                )
                """,
                "CREATE INDEX log_leaf_subject ON log_leaf (subject_kind, subject, idx)",
                """
                CREATE TABLE log_tile (
                    level BIGINT NOT NULL,
                    n BIGINT NOT NULL,
                    hashes BYTES NOT NULL,
                    PRIMARY KEY (level, n)
                )
                """,
                // The journal epoch that the leaves tell of: one row.
                "CREATE TABLE log_epoch (epoch TEXT PRIMARY KEY)",
                """
                CREATE TABLE log_checkpoint (
                    size BIGINT PRIMARY KEY,
                    origin TEXT NOT NULL,
                    note TEXT NOT NULL,
                    signed_at TEXT NOT NULL
                )
                """,
            ]),
        Migration(
            slice: "transparency", number: 2,
            statements: [
                // Who of the outside witnesses cosigned which head, and when: the line itself stands in the note.
                """
                CREATE TABLE log_cosignature (
                    witness TEXT NOT NULL,
                    size BIGINT NOT NULL,
                    seconds BIGINT NOT NULL,
                    PRIMARY KEY (witness, size)
                )
                """,
                "CREATE INDEX log_cosignature_size ON log_cosignature (size)",
            ]),
        Migration(
            slice: "transparency", number: 3,
            statements: [
                // 256 leaves in a row, as they are served, instead of a row each: `LogStore.packRows` brings over what is there.
                // The journal knows what is about a thing; `seqs` leads from there to the leaf. The long column stands
                // last, so that the others are read without it.
                """
                CREATE TABLE log_bundle (
                    n BIGINT PRIMARY KEY,
                    width BIGINT NOT NULL CHECK (width BETWEEN 1 AND 256),
                    first_seq BIGINT NOT NULL,
                    last_seq BIGINT NOT NULL,
                    seqs BYTES NOT NULL,
                    salts BYTES NOT NULL,
                    entries BYTES NOT NULL
                )
                """,
                "CREATE UNIQUE INDEX log_bundle_seq ON log_bundle (first_seq)",
                // Subjects are found through the journal now.
                "DROP INDEX log_leaf_subject",
            ]),
    ]
}
