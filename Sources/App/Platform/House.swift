import Catalogue
import CivilTime
import Counting
import Foundation
import Importing
import Law
import Obligations
import People
import Projects
import Publishing
import Searching
import Storage
import StoragePostgreSQL
import StorageSQLite
import Transparency

/// Where an instance keeps its data.
package struct Place: Sendable {
    /// The data folder: the SQLite file, and the search index of either engine.
    package let folder: String
    /// A PostgreSQL address, or nil for SQLite in the folder.
    package let databaseURL: String?

    package init(folder: String, databaseURL: String? = nil) {
        self.folder = folder
        self.databaseURL = databaseURL
    }
}

extension Place {
    /// Whether an instance was made here: its database, or the folder beside a PostgreSQL database.
    package var isThere: Bool {
        FileManager.default.fileExists(atPath: databaseURL == nil ? folder + "/sundial.sqlite" : folder)
    }

    /// Makes the folder where it is missing.
    ///
    /// - Throws: `PlaceProblem` before any file is touched.
    fileprivate func prepareFolder() throws {
        let files = FileManager.default
        do {
            try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw PlaceProblem.folderUnusable(folder)
        }
        let kept = ["sundial.sqlite", "search.sqlite"].map { folder + "/" + $0 }
        let needed = [folder] + kept.filter { files.fileExists(atPath: $0) }
        if let closed = needed.first(where: { !files.isWritableFile(atPath: $0) }) {
            throw PlaceProblem.readOnly(closed)
        }
    }
}

/// Why an instance cannot be opened where it was looked for.
package enum PlaceProblem: Refusal {
    case folderUnusable(String)
    case readOnly(String)
    case notReadable(String)
    case nothingThere(String)

    package var kind: RefusalKind { .invalid }

    package var code: String {
        switch self {
        case .folderUnusable: "folder-unusable"
        case .readOnly: "folder-read-only"
        case .notReadable: "folder-half-written"
        case .nothingThere: "data-missing"
        }
    }

    package var detail: String {
        switch self {
        case .folderUnusable(let path): "不能使用数据文件夹“\(path)”：没有权限建立，或者路径上有同名的文件；请核对 --data。"
        case .readOnly(let path): "“\(path)”不可写；请给运行的用户写权限，或者用 --data 另给一个文件夹。"
        case .notReadable(let path):
            "“\(path)”不可写，而数据库还有没有并入的部分（sundial.sqlite-wal）：请连同它一起复制到可写的文件夹再核对，或者停止服务后再复制。"
        case .nothingThere(let path): "“\(path)”里没有日晷的数据，也不会在这里新建；请核对 --data。首次使用先 sundial serve。"
        }
    }
}

/// One opened instance: its databases brought up to date and its built-in law, catalogues and bodies loaded.
package struct House: Sendable {
    package let database: any Database
    package let search: any Database
    package let law: LawShelf
    package let clock: WallClock
    /// Where the keys of the log and the head that was signed last are; nil for a house without a folder.
    package let logFolder: LogFolder?

    /// Opens an instance, creating the folder and tables that are missing.
    ///
    /// - Parameter loading: whether the built-in data are loaded; an audit takes what is there, since loading mends what is gone.
    /// - Throws: when the folder or database cannot be opened, or is newer than this program.
    package static func open(
        _ place: Place, loading: Bool = true, clock: WallClock = WallClock()
    ) async throws -> House {
        try place.prepareFolder()
        let database: any Database =
            if let url = place.databaseURL {
                try PostgreSQLDatabase(url: url)
            } else {
                try SQLiteDatabase(path: place.folder + "/sundial.sqlite")
            }
        let search = try SQLiteDatabase(path: place.folder + "/search.sqlite")
        let house = try await prepare(
            database, search: search, clock: clock, logFolder: LogFolder(path: place.folder + "/log"))
        if loading { try await house.load() }
        return house
    }

    /// Brings databases up to date and loads the built-in data. A second time changes nothing.
    package static func furnish(
        _ database: any Database, search: any Database, clock: WallClock, logFolder: LogFolder? = nil
    ) async throws -> House {
        let house = try await prepare(database, search: search, clock: clock, logFolder: logFolder)
        try await house.load()
        return house
    }

    /// Brings databases up to date.
    private static func prepare(
        _ database: any Database, search: any Database, clock: WallClock, logFolder: LogFolder?
    ) async throws -> House {
        try await Migrator.run(migrations, on: database)
        try await Migrator.run(SearchSchema.migrations, on: search)
        try await database.write { try $0.log.packRows() }
        return House(
            database: database, search: search, law: try LawShelf(), clock: clock, logFolder: logFolder)
    }

    /// Loads the built-in law, catalogues and bodies.
    private func load() async throws {
        let occasion = clock.occasion(Occasion.itself)
        try await database.write { [law = law.file] transaction in
            try ReleaseLaw(version: law.version, sha256: LawFile.builtInHash)
                .perform(in: transaction, occasion)
            try LoadJurisdictions(JurisdictionFile.builtIn().jurisdictions).perform(in: transaction, occasion)
            for catalogue in try CatalogueFile.builtInCatalogues() {
                guard let list = try CatalogueFile.builtIn(catalogue) else { continue }
                try LoadCatalogue(list).perform(in: transaction, law: law, occasion)
            }
            for jurisdiction in try transaction.jurisdictions.jurisdictions() where !jurisdiction.sample {
                guard let file = try BodyFile.builtIn(jurisdiction.code) else { continue }
                try LoadBodies(file).perform(in: transaction, occasion)
            }
        }
    }

    /// The tables of every slice, in the order of the writers.
    package static let migrations: [Migration] =
        BodySchema.migrations + CatalogueSchema.migrations + ProjectSchema.migrations
        + ObligationSchema.migrations + PublishingSchema.migrations + ImportingSchema.migrations
        + LogSchema.migrations + CountingSchema.migrations

    package func close() async throws {
        try await database.close()
        try await search.close()
    }

    // MARK: What every command does

    /// Runs one act in one transaction, with the law that the transaction sees.
    ///
    /// - Throws: `LogProblem.actBehind` where the clock stands before what was signed already, and whatever `body` throws.
    package func act<Value: Sendable>(
        as actor: String, _ body: @escaping @Sendable (Transaction, LawBook, Occasion) throws -> Value
    ) async throws -> Value {
        let occasion = clock.occasion(actor)
        return try await database.write { transaction in
            try transaction.log.refuseBehind(occasion)
            return try body(transaction, law.book(in: transaction), occasion)
        }
    }

    /// Opens the periods that have ended and closes the days that are over, oldest first.
    ///
    /// Each day is a transaction of its own, so that an interruption loses nothing and repeats nothing.
    ///
    /// - Returns: the days closed and how many obligations were entered as overdue.
    @discardableResult
    package func keepDays() async throws -> (days: Int, overdue: Int) {
        let occasion = clock.occasion(Occasion.itself)
        _ = try await applyCalendars(as: Occasion.itself)
        _ = try await act(as: Occasion.itself) { transaction, law, occasion in
            try OpenPeriods(before: occasion.today).perform(in: transaction, law: law, occasion)
        }
        var days = 0
        var overdue = 0
        while true {
            let open = try await database.read { transaction in
                try CloseDay.open(in: transaction, before: occasion.today, limit: 366)
            }
            guard !open.isEmpty else { return (days, overdue) }
            for day in open {
                overdue += try await act(as: Occasion.itself) { transaction, _, occasion in
                    try CloseDay(day: day).perform(in: transaction, occasion)
                }
                days += 1
            }
        }
    }

    /// Loads a calendar and computes again what it touches, page by page.
    ///
    /// - Returns: how many obligations were looked at and how many changed.
    package func load(_ calendar: LoadCalendar, as actor: String) async throws -> (seen: Int, changed: Int) {
        try await act(as: actor) { transaction, _, occasion in
            _ = try calendar.perform(in: transaction, occasion)
        }
        return try await applyCalendars(as: actor)
    }

    /// Computes again what loaded calendars touch and an interruption left undone.
    private func applyCalendars(as actor: String) async throws -> (seen: Int, changed: Int) {
        var total = (seen: 0, changed: 0)
        while let page = try await act(
            as: actor,
            { transaction, law, occasion in
                try ResumeRecomputation(limit: 200).perform(in: transaction, law: law, occasion)
            })
        {
            total = (total.seen + page.seen, total.changed + page.changed)
        }
        return total
    }
}
