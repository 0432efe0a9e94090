import Storage

/// The tables of the catalogues. A version is never changed once it is there.
package enum CatalogueSchema {
    package static let migrations: [Migration] = [
        Migration(
            slice: "catalogue", number: 1,
            statements: [
                """
                CREATE TABLE catalogue_version (
                    id TEXT PRIMARY KEY,
                    catalogue TEXT NOT NULL,
                    baseline TEXT NOT NULL,
                    title TEXT NOT NULL,
                    document TEXT NOT NULL,
                    effective_from TEXT NOT NULL,
                    sha256 TEXT NOT NULL,
                    plans TEXT NOT NULL,
                    number BIGINT NOT NULL,
                    loaded_at TEXT NOT NULL,
                    UNIQUE (catalogue, sha256),
                    UNIQUE (catalogue, number)
                )
                """,
                """
                CREATE TABLE catalogue_item (
                    version TEXT NOT NULL REFERENCES catalogue_version (id),
                    item_id TEXT NOT NULL,
                    position BIGINT NOT NULL,
                    catalogue TEXT NOT NULL,
                    plan TEXT NOT NULL,
                    section TEXT NOT NULL,
                    field TEXT NOT NULL,
                    sub TEXT NOT NULL,
                    title TEXT NOT NULL,
                    elements TEXT NOT NULL,
                    open_ended TEXT NOT NULL,
                    kind TEXT NOT NULL,
                    modality TEXT NOT NULL,
                    audience TEXT NOT NULL,
                    told TEXT NOT NULL,
                    limits TEXT NOT NULL,
                    due TEXT NOT NULL,
                    bodies TEXT NOT NULL,
                    publisher TEXT NOT NULL,
                    exclusions TEXT NOT NULL,
                    gather_key TEXT NOT NULL,
                    key_required TEXT NOT NULL,
                    stage TEXT NOT NULL,
                    trigger_kind TEXT NOT NULL,
                    assign_rule TEXT NOT NULL,
                    refresh_months TEXT NOT NULL,
                    parent TEXT NOT NULL,
                    project_scope TEXT NOT NULL,
                    replaces TEXT NOT NULL,
                    scope TEXT NOT NULL,
                    each_place TEXT NOT NULL,
                    PRIMARY KEY (version, item_id)
                )
                """,
                "CREATE UNIQUE INDEX catalogue_item_position ON catalogue_item (version, position)",
                """
                CREATE TABLE item_clock (
                    version TEXT NOT NULL,
                    item_id TEXT NOT NULL,
                    channel TEXT NOT NULL,
                    event_kind TEXT NOT NULL,
                    rule TEXT NOT NULL,
                    position BIGINT NOT NULL,
                    element TEXT NOT NULL,
                    basis TEXT NOT NULL,
                    PRIMARY KEY (version, item_id, channel, event_kind, rule),
                    FOREIGN KEY (version, item_id) REFERENCES catalogue_item (version, item_id)
                )
                """,
                "CREATE INDEX item_clock_event ON item_clock (version, event_kind, item_id)",
                """
                CREATE TABLE item_mapping (
                    version TEXT NOT NULL REFERENCES catalogue_version (id),
                    item_id TEXT NOT NULL,
                    baseline_item TEXT NOT NULL,
                    relation TEXT NOT NULL,
                    reason TEXT NOT NULL,
                    PRIMARY KEY (version, item_id, baseline_item)
                )
                """,
            ]),
        Migration(
            slice: "catalogue", number: 2,
            statements: [
                // Lists of what was decided under many versions ask for the names of their items in all of them.
                "CREATE INDEX catalogue_item_id ON catalogue_item (item_id)"
            ]),
        Migration(
            slice: "catalogue", number: 3,
            statements: [
                // A document's page asks which items stand in its column.
                "CREATE INDEX catalogue_item_field ON catalogue_item (version, field, item_id)"
            ]),
    ]
}
