import Storage

/// The tables of jurisdictions and bodies.
package enum BodySchema {
    package static let migrations: [Migration] = [
        Migration(
            slice: "people", number: 1,
            statements: [
                """
                CREATE TABLE jurisdiction (
                    code TEXT PRIMARY KEY,
                    name TEXT NOT NULL,
                    parent TEXT NOT NULL,
                    region TEXT NOT NULL,
                    kind TEXT NOT NULL,
                    catalogue TEXT NOT NULL,
                    sample BIGINT NOT NULL CHECK (sample IN (0, 1))
                )
                """,
                """
                CREATE TABLE body (
                    id TEXT PRIMARY KEY,
                    jurisdiction TEXT NOT NULL REFERENCES jurisdiction (code),
                    kind TEXT NOT NULL CHECK (kind IN ('organ', 'enterprise', 'external', 'collective')),
                    credit_code TEXT NULL UNIQUE,
                    publishes_here BIGINT NOT NULL CHECK (publishes_here IN (0, 1)),
                    territory TEXT NOT NULL,
                    open_class BIGINT NOT NULL CHECK (open_class IN (0, 1)),
                    ended_day TEXT NULL,
                    successor TEXT NOT NULL
                )
                """,
                "CREATE INDEX body_jurisdiction ON body (jurisdiction, id)",
                """
                CREATE TABLE body_name (
                    body TEXT NOT NULL REFERENCES body (id),
                    jurisdiction TEXT NOT NULL,
                    folded TEXT NOT NULL,
                    name TEXT NOT NULL,
                    official BIGINT NOT NULL CHECK (official IN (0, 1)),
                    from_day TEXT NOT NULL,
                    to_day TEXT NOT NULL,
                    PRIMARY KEY (body, folded, from_day)
                )
                """,
                "CREATE INDEX body_name_folded ON body_name (jurisdiction, folded)",
                """
                CREATE TABLE body_member (
                    collective TEXT NOT NULL REFERENCES body (id),
                    member TEXT NOT NULL REFERENCES body (id),
                    from_day TEXT NOT NULL,
                    to_day TEXT NOT NULL,
                    PRIMARY KEY (collective, member, from_day)
                )
                """,
            ])
    ]
}
