import Storage

/// The tables of imports: files, refused rows, the records as they came, and the values read out of them.
package enum ImportingSchema {
    package static let migrations: [Migration] = [
        Migration(
            slice: "importing", number: 1,
            statements: [
                """
                CREATE TABLE imported_record (
                    publication TEXT NOT NULL,
                    n BIGINT NOT NULL,
                    sha256 TEXT NOT NULL,
                    form TEXT NOT NULL,
                    content BYTES NOT NULL,
                    fetched_at TEXT NOT NULL,
                    PRIMARY KEY (publication, n)
                )
                """,
                """
                CREATE TABLE notice_value (
                    publication TEXT NOT NULL,
                    position BIGINT NOT NULL,
                    label TEXT NOT NULL,
                    value TEXT NOT NULL,
                    lot TEXT NOT NULL,
                    place TEXT NOT NULL,
                    quote TEXT NOT NULL,
                    PRIMARY KEY (publication, position)
                )
                """,
                """
                CREATE TABLE import_file (
                    id TEXT PRIMARY KEY,
                    name TEXT NOT NULL,
                    form TEXT NOT NULL,
                    jurisdiction TEXT NOT NULL,
                    imported_at TEXT NOT NULL,
                    imported_by TEXT NOT NULL,
                    row_count BIGINT NOT NULL,
                    imported BIGINT NOT NULL,
                    unchanged BIGINT NOT NULL,
                    refused BIGINT NOT NULL
                )
                """,
                """
                CREATE TABLE import_refusal (
                    file TEXT NOT NULL REFERENCES import_file (id),
                    row BIGINT NOT NULL,
                    code TEXT NOT NULL,
                    detail TEXT NOT NULL,
                    PRIMARY KEY (file, row)
                )
                """,
            ]),
        Migration(
            slice: "importing", number: 2,
            statements: [
                "ALTER TABLE import_file ADD COLUMN stamp TEXT NOT NULL DEFAULT ''",
                "CREATE INDEX import_file_stamp ON import_file (stamp)",
            ]),
        Migration(
            slice: "importing", number: 3,
            statements: [
                """
                CREATE TABLE notice_fingerprint (
                    sha256 TEXT NOT NULL,
                    publication TEXT NOT NULL,
                    rule TEXT NOT NULL CHECK (rule IN ('code-title', 'title-buyer-day')),
                    PRIMARY KEY (sha256, publication)
                )
                """,
                "CREATE INDEX notice_fingerprint_publication ON notice_fingerprint (publication)",
                """
                CREATE TABLE notice_twin (
                    publication TEXT NOT NULL,
                    other TEXT NOT NULL,
                    rule TEXT NOT NULL CHECK (rule IN ('code-title', 'title-buyer-day')),
                    found_at TEXT NOT NULL,
                    PRIMARY KEY (publication, other, rule),
                    CHECK (publication <> other)
                )
                """,
                "CREATE INDEX notice_twin_other ON notice_twin (other)",
            ]),
        Migration(
            slice: "importing", number: 4,
            statements: [
                """
                CREATE TABLE policy_version (
                    publication TEXT PRIMARY KEY,
                    title TEXT NOT NULL,
                    day TEXT,
                    effective TEXT,
                    quote TEXT NOT NULL
                )
                """,
                "CREATE INDEX policy_version_title ON policy_version (title, day)",
            ]),
        // What of a file was not used is kept like what was refused.
        Migration(
            slice: "importing", number: 5,
            statements: [
                """
                CREATE TABLE import_loss (
                    file TEXT NOT NULL REFERENCES import_file (id),
                    position BIGINT NOT NULL,
                    code TEXT NOT NULL,
                    row_count BIGINT NOT NULL,
                    first_row BIGINT NOT NULL,
                    detail TEXT NOT NULL,
                    PRIMARY KEY (file, position)
                )
                """
            ]),
    ]
}
