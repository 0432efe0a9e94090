import Storage

/// The tables of projects, their codes and their lots.
package enum ProjectSchema {
    package static let migrations: [Migration] = [
        Migration(
            slice: "projects", number: 1,
            statements: [
                """
                CREATE TABLE project (
                    id TEXT PRIMARY KEY,
                    jurisdiction TEXT NOT NULL,
                    field TEXT NOT NULL,
                    title TEXT NOT NULL,
                    scopes TEXT NOT NULL
                )
                """,
                """
                CREATE TABLE project_key (
                    kind TEXT NOT NULL,
                    scope TEXT NOT NULL,
                    value_folded TEXT NOT NULL,
                    value_printed TEXT NOT NULL,
                    project TEXT NOT NULL REFERENCES project (id),
                    source TEXT NOT NULL,
                    PRIMARY KEY (kind, scope, value_folded, project)
                )
                """,
                "CREATE INDEX project_key_value ON project_key (value_folded)",
                "CREATE INDEX project_key_project ON project_key (project)",
                """
                CREATE TABLE lot (
                    project TEXT NOT NULL REFERENCES project (id),
                    number TEXT NOT NULL,
                    title TEXT NOT NULL,
                    PRIMARY KEY (project, number)
                )
                """,
            ]),
        Migration(
            slice: "projects", number: 2,
            statements: ["CREATE INDEX project_title ON project (title, id)"]),
        // The list of one field in the order of titles, and the fields themselves, without going through all projects.
        Migration(
            slice: "projects", number: 3,
            statements: ["CREATE INDEX project_field ON project (field, title, id)"]),
    ]
}
