import Law
import Obligations
import Platform
import Storage

/// The holiday years that a question is answered by: those of an instance, or the built-in ones where there is none.
struct KnownCalendar {
    enum Origin: String {
        /// The built-in years and those loaded into the instance since.
        case data
        case builtIn = "built-in"
    }

    let years: HolidayYears
    let origin: Origin
    /// The folder that was looked into.
    let folder: String

    /// Says which was used.
    var line: String {
        switch origin {
        case .data: "日历 \(years.version)，取自数据文件夹 \(folder)"
        case .builtIn: "日历 \(years.version)，为程序内置；数据文件夹 \(folder) 里还没有数据"
        }
    }
}

extension PlaceOptions {
    /// Looks whether there is an instance, and makes none.
    func calendar(json: Bool) async throws -> KnownCalendar {
        guard place.databaseURL != nil || place.isThere else {
            return KnownCalendar(years: try .builtIn(), origin: .builtIn, folder: place.folder)
        }
        let years = try await withHouse(json: json) { house in
            try await house.database.read { [law = house.law] in try law.years(in: $0) }
        }
        return KnownCalendar(years: years, origin: .data, folder: place.folder)
    }
}
