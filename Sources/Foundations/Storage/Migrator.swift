/// Brings a database up to date: all missing steps in one transaction, or none.
package enum Migrator {
    /// Applies Storage's own steps and then `migrations`, in the order given.
    ///
    /// Two processes that start at once take turns; the second finds nothing left to do.
    ///
    /// - Returns: the steps that were applied now.
    /// - Throws: `MigrationProblem` when program and database do not fit.
    @discardableResult
    package static func run(_ migrations: [Migration], on database: any Database) async throws -> [Migration]
    {
        let all = JournalSchema.migrations + migrations
        try checkNumbers(all)
        return try await database.migrate { transaction in
            let store = MigrationStore(transaction)
            try store.createTable()
            let missing = try notApplied(of: all, store)
            for migration in missing { try store.apply(migration) }
            let journal = JournalStore(transaction)
            if try journal.instance() == nil {
                try journal.addInstance(Instance(id: transaction.newID(), journalEpoch: transaction.newID()))
            }
            return missing
        }
    }

    /// Whether the database has the very steps that this program knows; changes nothing.
    ///
    /// - Throws: `MigrationProblem` when it has not.
    package static func check(_ migrations: [Migration], on database: any Database) async throws {
        let missing = try await database.read { transaction in
            try notApplied(of: JournalSchema.migrations + migrations, MigrationStore(transaction))
        }
        if let first = missing.first {
            throw MigrationProblem.behind(slice: first.slice, number: first.number)
        }
    }

    private static func notApplied(of all: [Migration], _ store: MigrationStore) throws -> [Migration] {
        let applied = try store.applied()
        for step in applied.keys where !all.contains(where: { MigrationStore.Step($0) == step }) {
            throw MigrationProblem.newer(slice: step.slice, number: step.number)
        }
        return try all.filter { migration in
            guard let checksum = applied[MigrationStore.Step(migration)] else { return true }
            if checksum != migration.checksum {
                throw MigrationProblem.changed(slice: migration.slice, number: migration.number)
            }
            return false
        }
    }

    private static func checkNumbers(_ migrations: [Migration]) throws {
        var last: [String: Int] = [:]
        for migration in migrations {
            guard migration.number == last[migration.slice, default: 0] + 1 else {
                throw MigrationProblem.misnumbered(slice: migration.slice, number: migration.number)
            }
            last[migration.slice] = migration.number
        }
    }
}

/// Every statement on `migration`.
struct MigrationStore {
    struct Step: Hashable {
        let slice: String
        let number: Int

        init(slice: String, number: Int) {
            self.slice = slice
            self.number = number
        }

        init(_ migration: Migration) {
            self.init(slice: migration.slice, number: migration.number)
        }
    }

    let transaction: Transaction

    init(_ transaction: Transaction) {
        self.transaction = transaction
    }

    func createTable() throws {
        try transaction.execute(
            SchemaDialect(transaction.engine).render(
                """
                CREATE TABLE IF NOT EXISTS migration (
                    slice TEXT NOT NULL, number BIGINT NOT NULL, checksum TEXT NOT NULL,
                    PRIMARY KEY (slice, number)
                )
                """))
    }

    func applied() throws -> [Step: String] {
        let rows = try transaction.rows("SELECT slice, number, checksum FROM migration")
        return try Dictionary(
            uniqueKeysWithValues: rows.map {
                (Step(slice: try $0.string("slice"), number: try $0.int("number")), try $0.string("checksum"))
            })
    }

    func apply(_ migration: Migration) throws {
        let dialect = SchemaDialect(transaction.engine)
        for statement in migration.statements {
            try transaction.execute(dialect.render(statement))
        }
        try transaction.execute(
            """
            INSERT INTO migration (slice, number, checksum)
            VALUES (\(migration.slice), \(migration.number), \(migration.checksum))
            """)
    }
}
