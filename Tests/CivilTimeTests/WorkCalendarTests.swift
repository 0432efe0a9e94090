import CivilTime
import Foundation
import Law
import Testing

@Suite struct `The work calendar` {
    let calendar: WorkCalendar

    init() throws { calendar = try HolidayYears.builtIn().workCalendar() }

    @Test func `knows the announced days`() throws {
        let rows = LawCases.rows("announced-days")
        #expect(rows.count >= 30)
        for row in rows {
            let day = try #require(Day(row["day"] ?? ""))
            let reason = calendar.reason(for: day)
            #expect(calendar.isWorkingDay(day) == (row["worked"] == "yes"), "\(row)")
            #expect(reason.name ?? "" == row["name"], "\(row)")
            #expect(!reason.provisional)
        }
    }

    @Test func `has the published number of working days a year`() throws {
        let rows = LawCases.rows("working-days-by-year")
        #expect(rows.count == 9)
        for row in rows {
            let year = try #require(Int(row["year"] ?? ""))
            let first = try #require(Day(year, 1, 1))
            let last = try #require(Day(year, 12, 31))
            let worked = calendar.workingDays(from: first, through: last)
            #expect(worked == Int(row["working days"] ?? ""), "\(row)")
        }
    }

    @Test func `judges a day beyond the announced years by weekends and fixed dates`() throws {
        for (iso, working, name) in [
            ("2027-01-01", false, "元旦"), ("2027-02-08", true, nil), ("2030-05-02", false, "劳动节"),
            ("2030-05-03", true, nil), ("2029-10-03", false, "国庆节"), ("2029-10-04", true, nil),
            ("2028-01-08", false, nil), ("2003-05-02", false, "劳动节"), ("2002-10-03", false, "国庆节"),
            ("1998-10-02", false, "国庆节"), ("1996-10-03", true, nil),
        ] {
            let day = try #require(Day(iso))
            let reason = calendar.reason(for: day)
            #expect(reason.isWorking == working, "\(iso)")
            #expect(calendar.isWorkingDay(day) == working, "\(iso)")
            #expect(reason.name == name, "\(iso)")
            #expect(reason.provisional, "\(iso)")
            #expect(calendar.isProvisional(day), "\(iso)")
        }
        #expect(!calendar.isAnnounced(2003))
        #expect(calendar.isAnnounced(2004))
        #expect(calendar.isAnnounced(2026))
        #expect(!calendar.isAnnounced(2027))
    }

    @Test func `counts by its table as it judges day by day`() throws {
        let first = try #require(Day("2003-06-01"))
        let last = try #require(Day("2027-06-01"))
        var worked = 0
        for ordinal in first.ordinal...last.ordinal {
            let day = Day(ordinal: ordinal)
            #expect(calendar.isWorkingDay(day) == calendar.reason(for: day).isWorking)
            if calendar.isWorkingDay(day) { worked += 1 }
        }
        #expect(calendar.workingDays(from: first, through: last) == worked)
        #expect(calendar.workingDays(from: last, through: first) == 0)
    }

    @Test func `finds the working day next to a holiday`() throws {
        let day = try #require(Day("2026-02-18"))
        #expect(calendar.workingDay(onOrAfter: day) == Day("2026-02-24"))
        #expect(calendar.workingDay(onOrBefore: day) == Day("2026-02-14"))
        let worked = try #require(Day("2026-02-14"))
        #expect(calendar.workingDay(onOrAfter: worked) == worked)
        #expect(calendar.workingDays(after: worked, through: day) == 0)
    }

    @Test func `never moves a date that the law names`() throws {
        let rest = calendar.fixedDay(try #require(Day("2026-01-31")))
        #expect(rest.due == Day("2026-01-31"))
        #expect(rest.fallsOnRestDay)
        #expect(rest.planFor == Day("2026-01-30"))
        let worked = calendar.fixedDay(try #require(Day("2026-03-31")))
        #expect(worked.planFor == worked.due)
    }

    @Test(.enabled(if: SharedHolidays.days != nil, "needs ../shared/data/holidays or SUNDIAL_SHARED"))
    func `agrees with the published collections on every day from 2004 to 2026`() throws {
        let days = try #require(SharedHolidays.days)
        let first = try #require(Day("2004-01-01"))
        let last = try #require(Day("2026-12-31"))
        for ordinal in first.ordinal...last.ordinal {
            let day = Day(ordinal: ordinal)
            let working = days[day].map { $0 != "holiday" } ?? !day.isWeekend
            #expect(calendar.isWorkingDay(day) == working, "\(day)")
            let reason = calendar.reason(for: day)
            #expect(!reason.provisional, "\(day)")
            if days[day] == "makeup_workday" { #expect(reason.kind == .makeUpWorkingDay, "\(day)") }
            if days[day] == "holiday" { #expect(reason.name != nil || day.isWeekend, "\(day)") }
        }
    }
}

/// The collected holidays beside the checkout; nil when they are not there.
enum SharedHolidays {
    static let days: [Day: String]? = {
        let folder =
            ProcessInfo.processInfo.environment["SUNDIAL_SHARED"].map { URL(filePath: $0) }
            ?? LawCases.root.deletingLastPathComponent().appending(path: "shared")
        let file = folder.appending(path: "data/holidays/cn_holidays_merged.json")
        guard let data = try? Data(contentsOf: file),
            let collection = try? JSONDecoder().decode(Collection.self, from: data)
        else { return nil }
        return Dictionary(uniqueKeysWithValues: collection.days.map { ($0.date, $0.type) })
    }()

    struct Collection: Decodable {
        let days: [Entry]
    }

    struct Entry: Decodable {
        let date: Day
        let type: String
    }
}
