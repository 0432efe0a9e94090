import Storage

/// The tables of the tally, beside the obligations: a page counts and lists in one consistent state.
package enum CountingSchema {
    package static let migrations: [Migration] = [
        Migration(
            slice: "counting", number: 1,
            statements: [
                """
                CREATE TABLE counted_obligation (
                    id TEXT PRIMARY KEY,
                    body TEXT NOT NULL,
                    jurisdiction TEXT NOT NULL,
                    field TEXT NOT NULL,
                    item TEXT NOT NULL,
                    facts TEXT NOT NULL,
                    due TEXT NOT NULL,
                    basis TEXT NOT NULL,
                    since TEXT NOT NULL
                )
                """,
                """
                CREATE TABLE tally (
                    kind TEXT NOT NULL,
                    name TEXT NOT NULL,
                    facts TEXT NOT NULL,
                    due TEXT NOT NULL,
                    basis TEXT NOT NULL,
                    n BIGINT NOT NULL,
                    PRIMARY KEY (kind, name, facts, due, basis)
                )
                """,
                "CREATE INDEX tally_empty ON tally (n) WHERE n = 0",
                """
                CREATE TABLE tally_day (
                    kind TEXT NOT NULL,
                    name TEXT NOT NULL,
                    day TEXT NOT NULL,
                    facts TEXT NOT NULL,
                    due TEXT NOT NULL,
                    n BIGINT NOT NULL,
                    PRIMARY KEY (kind, name, day, facts, due)
                )
                """,
                "CREATE INDEX tally_day_empty ON tally_day (n) WHERE n = 0",
            ])
    ]
}
