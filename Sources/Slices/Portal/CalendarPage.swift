import CivilTime
import Law
import People
import Web

/// `GET /calendar/:year`: every day of a year, worked or not, with the notice behind it. `.json`, `.csv`, and `.ics`
/// with the holidays and make-up working days for a calendar program. `GET /calendar` leads to this year.
///
/// Open to anyone. `jurisdiction=` adds the rest days of its own that a jurisdiction keeps. Years 1949 to 2099; one
/// that no notice covers is shown as provisional.
struct CalendarPage {
    let room: ReadingRoom

    func add(to routes: Routes) {
        routes.get("calendar") { _ in .redirect(to: "/calendar/\(room.today().year)") }
        routes.get("calendar/:year", taking: ["jurisdiction"]) { request in
            let asked = request.parameter("year")
            let isFile = asked.hasSuffix(".ics") && request.format == .page
            let found = try await year(isFile ? String(asked.dropLast(4)) : asked, request)
            if isFile {
                return .calendar(
                    found.file, downloadAs: "calendar-\(found.year).ics", meantFor: .everyone)
            }
            return Answer(
                CalendarBody(value: found).page, data: found, table: { CSVTable(found) },
                meantFor: .everyone)
        }
    }

    private func year(_ text: String, _ request: WebRequest) async throws -> CalendarYear {
        let place = try request.query.text("jurisdiction")
        guard text.utf8.count == 4, let year = Int(text), CalendarYear.years.contains(year),
            let first = Day(year, 1, 1)
        else {
            throw Problem(
                .notFound, code: "calendar-year-unknown",
                detail:
                    "没有“\(text)”年的日历；请给出 \(CalendarYear.years.lowerBound) 至 \(CalendarYear.years.upperBound) 年。"
            )
        }
        return try await room.read { reading in
            guard let place else { return CalendarYear(year, in: nil, first: first, reading) }
            guard let known = try reading.transaction.jurisdictions.jurisdiction(place) else {
                throw Problem(.notFound, code: "jurisdiction-unknown", detail: "没有辖区“\(place)”。")
            }
            return CalendarYear(year, in: (place, known.name), first: first, reading)
        }
    }
}

extension CSVTable {
    fileprivate init(_ year: CalendarYear) {
        self.init(
            columns: ["日期", "星期", "工作日", "类别", "名称", "依据", "暂定"],
            rows: year.days.map { row in
                [
                    row.day.description, row.weekday, row.working ? "1" : "0", row.kindName,
                    row.name.value ?? "", row.notice.value ?? "", row.provisional ? "1" : "0",
                ]
            })
    }
}

extension CalendarYear {
    /// Each run of days off and each day worked for one.
    fileprivate var file: CalendarFile {
        CalendarFile(
            name: "\(year)年放假调休" + (jurisdictionName.value.map { "（\($0)）" } ?? ""),
            detail: announced ? "" : CalendarYear.caution(year), asOf: day,
            entries: holidays.flatMap(entries))
    }

    private func entries(_ holiday: HolidayRow) -> [CalendarFile.Entry] {
        let mark = holiday.provisional ? "（暂定）" : ""
        let source = [holiday.notice.value, holiday.address.value].compactMap(\.self)
        let detail = Set(source).count == 1 ? source[0] : source.joined(separator: "\n")
        let place = jurisdiction.value.map { "-" + $0 } ?? ""
        let off = holiday.off.map { span in
            CalendarFile.Entry(
                uid: "off-\(span.first)\(place)", days: span.first...span.last,
                title: "\(holiday.name)放假\(mark)", detail: detail, isTentative: holiday.provisional)
        }
        let work = holiday.work.map { day in
            CalendarFile.Entry(
                uid: "work-\(day)\(place)", days: day...day, title: "调休上班（\(holiday.name)）", detail: detail)
        }
        return off + work
    }

    /// What is not known of a year without a notice.
    static func caution(_ year: Int) -> String {
        "暂定：\(year)年的放假安排不在所用日历之内，只计周末和法定固定假日；"
            + StatutoryHoliday.unknownUntilAnnounced.joined(separator: "、") + "的放假和调休未知。"
    }
}
