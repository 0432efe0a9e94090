import CivilTime

/// The yearly holiday arrangements (节假日安排) of the State Council: the calendar as law data.
///
/// The built-in file covers 2004–2026. When a further year is announced, a file in the same form
/// replaces or adds whole years:
///
/// ```json
/// {"format": 1, "version": "2027", "years": [
///  {"year": 2027, "notices": [{"number": "国办发明电〔…〕…号", "address": "https://…"}], "holidays": [
///    {"name": "春节", "off": ["2027-02-05/2027-02-11"], "work": ["2027-01-31"]}]}]}
/// ```
package struct HolidayYears: Sendable, Hashable {
    /// One year's arrangement, as its notices left it in the end.
    package struct Year: Sendable, Hashable {
        package let year: Int
        /// The notices that made it, first to last; empty only for years whose notices are not known.
        package let notices: [Notice]
        package let holidays: [Holiday]
    }

    /// A notice of the General Office of the State Council (国务院办公厅通知).
    package struct Notice: Sendable, Hashable {
        /// `国办发明电〔2025〕7号`, or nil when not known.
        package let number: String?
        package let address: String?

        /// What a reader may look it up by.
        package var citation: String? { number ?? address }
    }

    /// One holiday of a year: the days off and the weekend days worked for them.
    package struct Holiday: Sendable, Hashable {
        package let name: String
        package let off: [ClosedRange<Day>]
        package let work: [Day]
        /// Which of the year's notices says so, 1 for the first.
        package let notice: Int
    }

    package let version: String
    /// By year, earliest first, each once.
    package let years: [Year]

    /// The arrangements built into the program.
    ///
    /// - Throws: `HolidayFileProblem` only if the program was built with a broken file; a test reads it.
    package static func builtIn() throws(HolidayFileProblem) -> HolidayYears {
        guard let bytes = DataFiles.builtIn("holidays.json") else {
            throw HolidayFileProblem(
                .notJSON, at: "holidays.json", "the file is not built in",
                remedy: "build the program again with its data files")
        }
        return try parse(bytes)
    }

    /// These arrangements, with the years of `other` in place of or beside them.
    ///
    /// - Throws: `HolidayFileProblem` when a day would then be named twice, by two years.
    package func merging(_ other: HolidayYears) throws(HolidayFileProblem) -> HolidayYears {
        let replaced = Set(other.years.map(\.year))
        let kept = years.filter { !replaced.contains($0.year) }
        return try HolidayYears(
            version: version + "+" + other.version,
            years: (kept + other.years).sorted { $0.year < $1.year }
        ).checked()
    }

    /// The calendar they make.
    ///
    /// - Parameters:
    ///   - extraDays: further rest days of one jurisdiction, such as a minority's festival (T14).
    package func workCalendar(extraDays: [NamedDay] = []) -> WorkCalendar {
        WorkCalendar(
            version: version, announcedYears: Set(years.map(\.year)), days: namedDays,
            localRestDays: extraDays)
    }

    /// Every day that a notice names, in the order of the file.
    package var namedDays: [NamedDay] {
        years.flatMap { year in
            year.holidays.flatMap { holiday in
                year.namedDays(of: holiday)
            }
        }
    }

    /// Where the notices can be read, by what they are cited as; those whose place is known.
    package var noticeAddresses: [String: String] {
        let known = years.flatMap(\.notices).compactMap { notice in
            notice.citation.flatMap { citation in notice.address.map { (citation, $0) } }
        }
        return Dictionary(known, uniquingKeysWith: { first, _ in first })
    }
}

extension HolidayYears.Year {
    fileprivate func namedDays(of holiday: HolidayYears.Holiday) -> [NamedDay] {
        let notice =
            notices.indices.contains(holiday.notice - 1) ? notices[holiday.notice - 1].citation : nil
        let off = holiday.off.flatMap { span in
            (span.lowerBound.ordinal...span.upperBound.ordinal).map(Day.init(ordinal:))
        }
        return off.map { NamedDay(day: $0, isWorking: false, name: holiday.name, notice: notice) }
            + holiday.work.map { NamedDay(day: $0, isWorking: true, name: holiday.name, notice: notice) }
    }
}
