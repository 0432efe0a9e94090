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
            ]),
        // What was counted for the month in which it is due has to be taken from there again.
        Migration(
            slice: "counting", number: 2,
            statements: ["ALTER TABLE counted_obligation ADD COLUMN month TEXT NOT NULL DEFAULT ''"]),
        // What deals were worth by month, and what of that each notice said.
        Migration(
            slice: "counting", number: 3,
            statements: [
                """
                CREATE TABLE deal_sum (
                    publication TEXT NOT NULL,
                    role TEXT NOT NULL CHECK (role IN ('award', 'contract')),
                    jurisdiction TEXT NOT NULL,
                    month TEXT NOT NULL,
                    outcome TEXT NOT NULL CHECK (outcome IN ('counted', 'repeated', 'several', 'unread')),
                    fen BIGINT NOT NULL,
                    twin TEXT NOT NULL,
                    PRIMARY KEY (publication, role)
                )
                """,
                "CREATE INDEX deal_sum_twin ON deal_sum (twin) WHERE twin <> ''",
                """
                CREATE TABLE deal_month (
                    jurisdiction TEXT NOT NULL,
                    month TEXT NOT NULL,
                    role TEXT NOT NULL,
                    outcome TEXT NOT NULL,
                    n BIGINT NOT NULL,
                    fen BIGINT NOT NULL,
                    PRIMARY KEY (jurisdiction, month, role, outcome)
                )
                """,
            ]),
        // A list of a past day begins at the first due day that can have a row in it.
        Migration(
            slice: "counting", number: 4,
            statements: [
                """
                CREATE TABLE due_life (
                    due TEXT PRIMARY KEY,
                    stood_from TEXT NOT NULL,
                    stood_until TEXT NOT NULL
                )
                """,
                "ALTER TABLE counted_obligation ADD COLUMN place TEXT NOT NULL DEFAULT ''",
                // What is summed stands together. In the tables it stands where it was first counted, each on another page.
                "CREATE INDEX tally_sum ON tally (kind, name, facts, due, basis, n)",
                "CREATE INDEX tally_day_sum ON tally_day (kind, name, day, facts, due, n)",
            ]),
    ]
}
