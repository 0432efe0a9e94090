import CivilTime
import Law
import Testing

@Suite struct `A holiday file` {
    static let notice2027 = #"{"number": "国办发明电〔2026〕0号", "address": "https://example.invalid/2027"}"#
    static let file2027 = """
        {"format": 1, "version": "2027", "years": [
         {"year": 2027, "notices": [\(notice2027)],
          "holidays": [
           {"name": "元旦", "off": ["2027-01-01/2027-01-03"], "work": ["2026-12-26"]},
           {"name": "春节", "off": ["2027-02-05/2027-02-11"], "work": ["2027-01-31"]},
           {"name": "清明节", "off": ["2027-04-05"]},
           {"name": "劳动节", "off": ["2027-05-01/2027-05-05"]},
           {"name": "端午节", "off": ["2027-06-09"]},
           {"name": "中秋节", "off": ["2027-09-15"]},
           {"name": "国庆节", "off": ["2027-10-01/2027-10-07"]}]}]}
        """

    private func parse(_ text: String) throws -> HolidayYears {
        try HolidayYears.parse(Array(text.utf8))
    }

    /// The good file with one thing broken.
    private func problem(_ old: String, _ new: String) -> HolidayFileProblem? {
        precondition(Self.file2027.contains(old))
        do {
            _ = try parse(Self.file2027.replacing(old, with: new, maxReplacements: 1))
            return nil
        } catch {
            return error as? HolidayFileProblem
        }
    }

    @Test func `is built in for 2004 to 2026`() throws {
        let years = try HolidayYears.builtIn()
        #expect(years.years.map(\.year) == Array(2004...2026))
        #expect(years.version == "2004-2026")
        #expect(years.noticeAddresses["国办发明电〔2025〕7号"]?.hasPrefix("https://www.gov.cn/") == true)
        // A notice stands behind every named day since December 2006.
        let noticed = try #require(Day("2006-12-30"))
        #expect(years.namedDays.allSatisfy { ($0.notice != nil) == ($0.day >= noticed) })
    }

    @Test func `of the second notice names that notice`() throws {
        let calendar = try HolidayYears.builtIn().workCalendar()
        let victory = try #require(Day("2015-09-03"))
        #expect(calendar.reason(for: victory).notice == "国发明电〔2015〕1号")
        let labour = try #require(Day("2019-05-02"))
        #expect(calendar.reason(for: labour).notice == "国办发明电〔2019〕3号")
        let spring = try #require(Day("2020-02-01"))
        #expect(calendar.reason(for: spring).notice?.hasSuffix("content_5472352.htm") == true)
    }

    @Test func `for a new year ends what was provisional`() throws {
        let builtIn = try HolidayYears.builtIn()
        let merged = try builtIn.merging(parse(Self.file2027))
        #expect(merged.version == "2004-2026+2027")
        let calendar = merged.workCalendar()
        #expect(calendar.isAnnounced(2027))
        let from = try #require(Day("2027-02-04"))
        let due = calendar.dueDate(.usual(1, .workingDays), from: from)
        #expect(due.due == Day("2027-02-12"))
        #expect(!due.provisional)
        // It may change days of the December before, which were not provisional.
        let december = try #require(Day("2026-12-26"))
        #expect(!builtIn.workCalendar().isWorkingDay(december))
        #expect(calendar.isWorkingDay(december))
    }

    @Test func `for a year already there takes its place`() throws {
        let merged = try HolidayYears.builtIn().merging(parse(Self.file2027))
        let again = try merged.merging(
            parse(
                Self.file2027.replacing("2027-06-09", with: "2027-06-10")
                    .replacing("\"2027\"", with: "\"2027b\"")))
        #expect(again.years.count == merged.years.count)
        let calendar = again.workCalendar()
        #expect(calendar.isWorkingDay(try #require(Day("2027-06-09"))))
        #expect(!calendar.isWorkingDay(try #require(Day("2027-06-10"))))
    }

    @Test func `with local rest days makes a local calendar`() throws {
        let day = try #require(Day("2026-04-20"))
        let calendar = try HolidayYears.builtIn().workCalendar(
            extraDays: [NamedDay(day: day, isWorking: false, name: "壮族三月三", notice: nil)])
        #expect(!calendar.isWorkingDay(day))
        #expect(calendar.reason(for: day).kind == .localHoliday)
    }

    @Test(arguments: [
        ("{\"format\"", "\"format\"", HolidayFileProblem.Code.notJSON),
        ("\"format\": 1", "\"format\": 2", .unknownFormat),
        ("\"format\": 1", "\"format\": \"1\"", .wrongForm),
        ("\"format\": 1, ", "", .wrongForm),
        ("\"version\": \"2027\"", "\"version\": \"\"", .badVersion),
        ("\"year\": 2027", "\"year\": 20270", .badYear),
        ("\"year\": 2027", "\"year\": 2028", .outsideYear),
        (notice2027, "", .noNotice),
        (notice2027, "{}", .badNotice),
        ("https://example", "javascript:example", .badNotice),
        ("\"off\": [\"2027-04-05\"]", "\"offs\": [\"2027-04-05\"]", .unknownField),
        ("\"off\": [\"2027-04-05\"]", "\"off\": \"2027-04-05\"", .wrongForm),
        ("\"off\": [\"2027-04-05\"]", "\"off\": []", .badName),
        ("\"off\": [\"2027-04-05\"]", "\"off\": [\"2027-04-31\"]", .notADay),
        ("\"off\": [\"2027-04-05\"]", "\"off\": [\"2027-04-05/\"]", .notADay),
        ("2027-10-01/2027-10-07", "2027-10-07/2027-10-01", .notADay),
        ("2027-10-01/2027-10-07", "2027-10-01/2028-10-07", .notADay),
        ("2027-10-01/2027-10-07", "2027-10-02/2027-10-07", .incomplete),
        ("\"work\": [\"2027-01-31\"]", "\"work\": [\"2027-02-01\"]", .notAWeekend),
        ("\"work\": [\"2027-01-31\"]", "\"work\": [\"2027-02-06\"]", .namedTwice),
        ("\"work\": [\"2027-01-31\"]", "\"work\": [\"2027-01-31\"], \"notice\": 2", .badNotice),
        ("\"work\": [\"2026-12-26\"]", "\"work\": [\"2026-11-28\"]", .outsideYear),
        ("\"name\": \"端午节\"", "\"name\": \"\"", .badName),
        ("\"name\": \"端午节\"", "\"name\": \"龙舟节\"", .incomplete),
    ])
    func `is refused whole when one thing is wrong`(
        _ old: String, _ new: String, _ code: HolidayFileProblem.Code
    ) {
        let problem = problem(old, new)
        #expect(problem?.fault == code, "\(old) → \(new): \(String(describing: problem))")
        #expect(problem?.place.isEmpty == false)
        #expect(problem?.remedy.isEmpty == false)
    }

    @Test func `says what, where and what to do`() {
        let problem = problem("\"off\": [\"2027-04-05\"]", "\"off\": [\"2027-04-31\"]")
        #expect(
            problem?.description
                == "holidays-not-a-day: years[0] (2027) holidays[2] (清明节): “2027-04-31” is not a day. "
                + "To do: write days as YYYY-MM-DD.")
    }

    @Test(arguments: [
        "", "[]", "null", "{}", "\u{FEFF}", "{\"format\": 1, \"version\": \"x\", \"years\": []}",
    ])
    func `is refused when empty`(_ text: String) {
        #expect(throws: HolidayFileProblem.self) { try parse(text) }
    }

    @Test func `is refused when it is no text or too large`() {
        #expect(throws: HolidayFileProblem.self) { try HolidayYears.parse([0xFF, 0xFE, 0x00]) }
        #expect(throws: HolidayFileProblem.self) {
            try HolidayYears.parse(Array(repeating: 0x20, count: 1_000_001))
        }
    }

    @Test func `that names a day of another year's arrangement is not merged`() throws {
        let named = Self.file2027.replacing("2026-12-26", with: "2027-12-26")
        let merged = try HolidayYears.builtIn().merging(parse(named))
        let next = Self.file2027.replacing("2027", with: "2028").replacing("2028-01-31", with: "2028-01-30")
            .replacing("2026-12-26", with: "2027-12-25")
        #expect(try merged.merging(parse(next)).years.last?.year == 2028)
        let clash = next.replacing("2027-12-25", with: "2027-12-26")
        let refused = #expect(throws: HolidayFileProblem.self) { try merged.merging(parse(clash)) }
        #expect(refused?.fault == .namedTwice)
        #expect(refused?.place == "2028 元旦")
    }
}
