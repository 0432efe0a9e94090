import Catalogue
import Storage

/// Every statement on the tables of projects.
package struct ProjectStore {
    let transaction: Transaction

    package func project(_ id: String) throws -> Project? {
        try transaction.row("SELECT id, jurisdiction, field, title, scopes FROM project WHERE id = \(id)").map(Project.init)
    }

    /// The projects that bear a code, in the order they were opened last to first by id.
    ///
    /// - Parameters:
    ///   - folded: a code as `ProjectKey.folded` writes it.
    ///   - kind: only this kind, or nil for any.
    ///   - limit: rows at most, 1...100.
    package func projects(bearing folded: String, kind: KeyKind? = nil, limit: Int = 100) throws -> [Project] {
        // Answered by project_key_value.
        let ofKind: SQL = kind.map { "AND key.kind = \($0.rawValue)" } ?? ""
        return try transaction.rows(
            """
            SELECT DISTINCT project.id, project.jurisdiction, project.field, project.title, project.scopes
            FROM project_key AS key JOIN project ON project.id = key.project
            WHERE key.value_folded = \(folded) \(ofKind)
            ORDER BY project.id
            LIMIT \(limit)
            """
        ).map(Project.init)
    }

    package func keys(of project: String) throws -> [ProjectKey] {
        try transaction.rows(
            """
            SELECT kind, value_printed FROM project_key WHERE project = \(project)
            ORDER BY kind, value_folded LIMIT 100
            """
        ).map { ProjectKey(kind: try $0.word("kind"), printed: try $0.string("value_printed")) }
    }

    package func lots(of project: String) throws -> [Lot] {
        try transaction.rows(
            "SELECT number, title FROM lot WHERE project = \(project) ORDER BY number LIMIT 1000"
        ).map { Lot(number: try $0.string("number"), title: try $0.string("title")) }
    }

    /// Projects by id, for a list that pages by id.
    package func projects(after id: String, limit: Int) throws -> [Project] {
        try transaction.rows(
            """
            SELECT id, jurisdiction, field, title, scopes FROM project WHERE id > \(id) ORDER BY id LIMIT \(limit)
            """
        ).map(Project.init)
    }

    package func count() throws -> Int {
        try transaction.row("SELECT CAST(count(*) AS BIGINT) AS n FROM project")?.int("n") ?? 0
    }

    func insert(_ project: Project) throws {
        try transaction.execute(
            """
            INSERT INTO project (id, jurisdiction, field, title, scopes)
            VALUES (\(project.id), \(project.jurisdiction), \(project.field), \(project.title),
                \(project.scopes.map(\.rawValue).sorted().joined(separator: " ")))
            """)
    }

    /// - Returns: whether the code is new to the project.
    func add(_ key: ProjectKey, to project: String, source: String) throws -> Bool {
        try transaction.execute(
            """
            INSERT INTO project_key (kind, scope, value_folded, value_printed, project, source)
            VALUES (\(key.kind.rawValue), '', \(key.folded), \(key.printed), \(project), \(source))
            ON CONFLICT DO NOTHING
            """) > 0
    }

    /// - Returns: whether the lot is new to the project.
    func add(_ lot: Lot, to project: String) throws -> Bool {
        try transaction.execute(
            """
            INSERT INTO lot (project, number, title) VALUES (\(project), \(lot.number), \(lot.title))
            ON CONFLICT DO NOTHING
            """) > 0
    }
}

extension Transaction {
    package var projects: ProjectStore { ProjectStore(transaction: self) }
}

extension Project {
    init(_ row: Row) throws {
        self.init(
            id: try row.string("id"), jurisdiction: try row.string("jurisdiction"),
            field: try row.string("field"), title: try row.string("title"),
            scopes: Set(try row.string("scopes").split(separator: " ").compactMap { ProjectScope(rawValue: String($0)) }))
    }
}
