import Catalogue
import Storage

/// Every statement on the tables of projects.
package struct ProjectStore {
    let transaction: Transaction

    package func project(_ id: String) throws -> Project? {
        let held = held
        if let known = held.projects[id] { return known }
        let found = try transaction.row(
            "SELECT id, jurisdiction, field, title, scopes FROM project WHERE id = \(id)"
        ).map(Project.init)
        held.projects[id] = found
        return found
    }

    /// What this transaction has read. A project that is there stays as it is; lots come in addition.
    private final class Held {
        var projects: [String: Project] = [:]
        var lots: [String: [Lot]] = [:]
    }

    private var held: Held { transaction.held(Held.init) }

    /// The projects that bear a code, in the order they were opened last to first by id.
    ///
    /// - Parameters:
    ///   - folded: a code as `ProjectKey.folded` writes it.
    ///   - kind: only this kind, or nil for any.
    ///   - limit: rows at most, 1...100.
    package func projects(bearing folded: String, kind: KeyKind? = nil, limit: Int = 100) throws -> [Project]
    {
        // Answered by the primary key when the kind is known, which names each project once and in order, else by
        // project_key_value. The scope is named because the key's columns are only of use from the left.
        let ofKind: SQL = kind.map { "AND key.kind = \($0.rawValue) AND key.scope = ''" } ?? ""
        let (once, order): (SQL, SQL) = kind == nil ? ("DISTINCT", "project.id") : ("", "key.project")
        return try transaction.rows(
            """
            SELECT \(once) project.id, project.jurisdiction, project.field, project.title, project.scopes
            FROM project_key AS key JOIN project ON project.id = key.project
            WHERE key.value_folded = \(folded) \(ofKind)
            ORDER BY \(order)
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
        let held = held
        if let known = held.lots[project] { return known }
        let found = try transaction.rows(
            "SELECT number, title FROM lot WHERE project = \(project) ORDER BY number LIMIT 1000"
        ).map { Lot(number: try $0.string("number"), title: try $0.string("title")) }
        held.lots[project] = found
        return found
    }

    /// Projects by id, for a list that pages by id.
    package func projects(after id: String, limit: Int) throws -> [Project] {
        try transaction.rows(
            """
            SELECT id, jurisdiction, field, title, scopes FROM project WHERE id > \(id) ORDER BY id LIMIT \(limit)
            """
        ).map(Project.init)
    }

    /// The ids of projects, in their order: what is added later has a greater one.
    package func ids(skipping skipped: Int, limit: Int) throws -> [String] {
        try transaction.rows("SELECT id FROM project ORDER BY id LIMIT \(limit) OFFSET \(skipped)")
            .map { try $0.string("id") }
    }

    /// The projects of those ids, by id.
    package func projects(_ ids: [String]) throws -> [String: Project] {
        let found = try transaction.rows(
            "SELECT id, jurisdiction, field, title, scopes FROM project WHERE id IN \(list: ids)"
        ).map(Project.init)
        return Dictionary(uniqueKeysWithValues: found.map { ($0.id, $0) })
    }

    /// Projects in the order of their titles.
    ///
    /// - Parameters:
    ///   - end: only those that had been opened here before that instant, as stores write it; nil for all.
    ///   - cursor: title and id of the last row of the page before, or nil.
    ///   - limit: rows at most, 1...101.
    package func projects(
        jurisdiction: String? = nil, field: String? = nil, openedBefore end: String? = nil,
        after cursor: (title: String, id: String)?, limit: Int
    ) throws -> [Project] {
        // Answered by project_title.
        let there: SQL = jurisdiction.map { "AND jurisdiction = \($0)" } ?? ""
        let ofField: SQL = field.map { "AND field = \($0)" } ?? ""
        let beyond: SQL = cursor.map { "AND (title, id) > (\($0.title), \($0.id))" } ?? ""
        return try transaction.rows(
            """
            SELECT id, jurisdiction, field, title, scopes FROM project
            WHERE \(Self.opened(before: end)) \(there) \(ofField) \(beyond)
            ORDER BY title, id LIMIT \(limit)
            """
        ).map(Project.init)
    }

    /// The codes of several projects, by project.
    package func keys(ofAny projects: [String]) throws -> [String: [ProjectKey]] {
        var keys: [String: [ProjectKey]] = [:]
        for row in try transaction.rows(
            """
            SELECT project, kind, value_printed FROM project_key WHERE project IN \(list: projects)
            ORDER BY project, kind, value_folded LIMIT 20000
            """)
        {
            keys[try row.string("project"), default: []].append(
                ProjectKey(kind: try row.word("kind"), printed: try row.string("value_printed")))
        }
        return keys
    }

    /// The fields in which there are projects; 500 at most.
    package func fields() throws -> [String] {
        // From one field to the next by project_field: DISTINCT would go through all projects.
        try transaction.rows(
            """
            WITH RECURSIVE found (field) AS (
                SELECT min(field) FROM project
                UNION ALL
                SELECT (SELECT min(field) FROM project WHERE field > found.field)
                FROM found WHERE found.field IS NOT NULL)
            SELECT field FROM found WHERE field IS NOT NULL LIMIT 500
            """
        ).map { try $0.string("field") }
    }

    /// - Parameter end: counts only those that had been opened here before that instant; nil for all.
    package func count(openedBefore end: String? = nil) throws -> Int {
        try transaction.row(
            "SELECT CAST(count(*) AS BIGINT) AS n FROM project WHERE \(Self.opened(before: end))"
        )?.int("n") ?? 0
    }

    /// Whether the project had been opened here before that instant.
    package func wasOpened(_ project: String, before end: String) throws -> Bool {
        try transaction.row("SELECT id FROM project WHERE id = \(project) AND \(Self.opened(before: end))")
            != nil
    }

    private static func opened(before end: String?) -> SQL {
        end.map { .journalled("project", id: "project.id", before: $0) } ?? "1 = 1"
    }

    func insert(_ project: Project) throws {
        try transaction.execute(
            """
            INSERT INTO project (id, jurisdiction, field, title, scopes)
            VALUES (\(project.id), \(project.jurisdiction), \(project.field), \(project.title),
                \(project.scopeText))
            """)
        held.projects[project.id] = project
    }

    func setScopes(of project: Project) throws {
        try transaction.execute("UPDATE project SET scopes = \(project.scopeText) WHERE id = \(project.id)")
        held.projects[project.id] = project
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
        if let known = held.lots[project], known.contains(where: { $0.number == lot.number }) { return false }
        held.lots[project] = nil
        return try transaction.execute(
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
            scopes: Set(
                try row.string("scopes").split(separator: " ").compactMap {
                    ProjectScope(rawValue: String($0))
                }))
    }
}

extension Project {
    /// As the table keeps them.
    fileprivate var scopeText: String { scopes.map(\.rawValue).sorted().joined(separator: " ") }
}
