import ArgumentParser
import CivilTime
import Law

/// `sundial calendar`: due days and the days public bodies work.
struct CalendarCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calendar",
        abstract: "Count due days and show the public calendar (工作日历).",
        subcommands: [DueCommand.self, HoursCommand.self, ShowCommand.self, LoadCommand.self])
}

extension CalendarCommand {
    /// `sundial calendar due --from DAY --working-days N`: a due day, explained day by day.
    struct DueCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "due",
            abstract: "Count a due day (到期日) and explain every day on the way.",
            discussion: """
                The day of the event does not count; --count-first-day counts it. A period in calendar days \
                or months that ends on a rest day moves to the next working day, or with --before to the \
                working day before; --roll says otherwise. The answer is provisional where it reaches a year \
                whose holidays are not announced. Years loaded into the data folder count; where it holds no \
                data yet, the built-in years do, no folder is made, and the answer says so.
                """)

        @OptionGroup var place: PlaceOptions
        @Option(
            help: ArgumentHelp("The day of the event, YYYY-MM-DD, 1949 to 2099.", valueName: "day"),
            transform: readDay)
        var from: Day
        @Option(help: ArgumentHelp("So many working days (工作日), 0...400.", valueName: "n"))
        var workingDays: Int?
        @Option(help: ArgumentHelp("So many calendar days (日), 0...400.", valueName: "n"))
        var calendarDays: Int?
        @Option(help: ArgumentHelp("So many months (月), 0...400.", valueName: "n"))
        var months: Int?
        @Flag(help: "Count backward from the day: a limit before an event.")
        var before = false
        @Flag(help: "Count the day itself as day 1.")
        var countFirstDay = false
        @Option(help: "Off a rest day: none, later or earlier.", transform: readRoll)
        var roll: RestDayRoll?
        @Flag(help: "Print JSON.")
        var json = false

        func validate() throws {
            _ = try rule()
            guard (1949...2099).contains(from.year) else {
                throw ValidationError("The day lies in the years 1949 to 2099, not in \(from.year).")
            }
        }

        func run() async throws {
            let known = try await place.calendar(json: json)
            let dueDate = known.years.workCalendar().dueDate(try rule(), from: from)
            print(json ? DueAnswer(dueDate, known).json : DueTable(dueDate, known).text)
        }

        private func rule() throws -> CountingRule {
            let asked: [(CountUnit, Int?)] = [
                (.workingDays, workingDays), (.calendarDays, calendarDays), (.months, months),
            ]
            let given = asked.compactMap { unit, amount in amount.map { (unit: unit, amount: $0) } }
            guard given.count == 1, let count = given.first else {
                throw ValidationError("Give one of --working-days, --calendar-days and --months.")
            }
            guard CountingRule.amounts.contains(count.amount) else {
                throw ValidationError("The count goes from 0 to 400, not \(count.amount).")
            }
            let direction: CountDirection = before ? .before : .after
            return CountingRule(
                amount: count.amount, unit: count.unit, direction: direction,
                countsFirstDay: countFirstDay, roll: roll ?? .usual(count.unit, direction))
        }
    }

    /// `sundial calendar show YEAR`: a year's holidays, make-up working days and notices.
    struct ShowCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "Show a year's holidays (放假) and make-up working days (调休上班).",
            discussion: """
                Years loaded into the data folder count; where it holds no data yet, the built-in years do, no \
                folder is made, and the answer says so.
                """)

        @OptionGroup var place: PlaceOptions
        @Argument(help: "The year, 1...9999.")
        var year: Int
        @Flag(help: "Print JSON.")
        var json = false

        func validate() throws {
            guard (1...9999).contains(year) else {
                throw ValidationError("The year goes from 1 to 9999, not \(year).")
            }
        }

        func run() async throws {
            let view = try YearView(year, of: await place.calendar(json: json))
            print(json ? view.json : view.text)
        }
    }
}

func readDay(_ text: String) throws -> Day {
    guard let day = Day(text) else { throw ValidationError("“\(text)” is not a day; write YYYY-MM-DD.") }
    return day
}

private func readRoll(_ text: String) throws -> RestDayRoll {
    guard let roll = RestDayRoll(rawValue: text) else {
        throw ValidationError("“\(text)” is no roll; write none, later or earlier.")
    }
    return roll
}

/// A due date as JSON; `due` and `provisional` come first.
private struct DueAnswer {
    let json: String

    init(_ dueDate: DueDate, _ known: KnownCalendar) {
        let rule = dueDate.rule
        let steps = dueDate.steps.map { step in
            object([
                ("day", quoted(step.day.description)), ("kind", quoted(step.kind.rawValue)),
                ("count", step.count.map(String.init) ?? "null"), ("name", quoted(step.name)),
                ("notice", quoted(step.notice)), ("provisional", String(step.provisional)),
                ("words", quoted(step.sentence(rule))),
            ])
        }
        json = object([
            ("due", quoted(dueDate.due.description)), ("provisional", String(dueDate.provisional)),
            ("from", quoted(dueDate.from.description)),
            (
                "rule",
                object([
                    ("amount", String(rule.amount)), ("unit", quoted(rule.unit.rawValue)),
                    ("direction", quoted(rule.direction.rawValue)),
                    ("countsFirstDay", String(rule.countsFirstDay)), ("roll", quoted(rule.roll.rawValue)),
                ])
            ),
            ("calendar", quoted(known.years.version)), ("calendarFrom", quoted(known.origin.rawValue)),
            ("unannouncedYears", list(dueDate.unannouncedYears.map(String.init))),
            ("caution", quoted(dueDate.caution)), ("steps", list(steps)),
        ])
    }
}

/// A due date for reading, one line a day.
private struct DueTable {
    let text: String

    init(_ dueDate: DueDate, _ known: KnownCalendar) {
        let rule = dueDate.rule
        var lines = ["到期日 \(dueDate.due) \(dueDate.due.weekdayName)" + (dueDate.provisional ? "（暂定）" : "")]
        if let caution = dueDate.caution { lines.append(caution) }
        lines.append("")
        for step in dueDate.steps {
            let mark = step.count.map(String.init) ?? ""
            let number = String(repeating: " ", count: max(0, 4 - mark.count)) + mark
            let notice = step.notice.map { "  " + $0 } ?? ""
            lines.append("\(step.day) \(step.day.weekdayName) \(number)  \(step.sentence(rule))\(notice)")
        }
        lines += ["", known.line]
        text = lines.joined(separator: "\n")
    }
}

/// A year of the calendar: its notices and every day that is not as its weekday says.
private struct YearView {
    let year: Int
    let announced: Bool
    let workingDays: Int
    let notices: [HolidayYears.Notice]
    let days: [DayReason]
    let known: KnownCalendar

    init(_ year: Int, of known: KnownCalendar) throws {
        let calendar = known.years.workCalendar()
        guard let first = Day(year, 1, 1), let last = Day(year, 12, 31) else {
            throw ValidationError("The year goes from 1 to 9999, not \(year).")
        }
        self.year = year
        announced = calendar.isAnnounced(year)
        workingDays = calendar.workingDays(from: first, through: last)
        notices = known.years.years.first { $0.year == year }?.notices ?? []
        self.known = known
        days = (first.ordinal...last.ordinal).map { calendar.reason(for: Day(ordinal: $0)) }
            .filter { $0.name != nil }
    }

    var json: String {
        object([
            ("year", String(year)), ("announced", String(announced)), ("provisional", String(!announced)),
            ("workingDays", String(workingDays)), ("calendar", quoted(known.years.version)),
            ("calendarFrom", quoted(known.origin.rawValue)),
            (
                "notices",
                list(
                    notices.map {
                        object([("number", quoted($0.number)), ("address", quoted($0.address))])
                    })
            ),
            (
                "days",
                list(
                    days.map {
                        object([
                            ("day", quoted($0.day.description)), ("working", String($0.isWorking)),
                            ("kind", quoted($0.kind.rawValue)), ("name", quoted($0.name)),
                            ("notice", quoted($0.notice)),
                        ])
                    })
            ),
        ])
    }

    var text: String {
        var lines = ["\(year)年：\(workingDays)个工作日" + (announced ? "" : "（暂定）")]
        lines += notices.map { notice in
            [notice.number, notice.address].compactMap { $0 }.joined(separator: "  ")
        }
        if !announced {
            let unknown = StatutoryHoliday.unknownUntilAnnounced.joined(separator: "、")
            lines.append("该年放假安排不在所用日历之内：只计周末和法定固定假日，\(unknown)的放假和调休未知。")
        }
        lines.append("")
        lines += days.map { day in
            let word = day.isWorking ? "上班" : "放假"
            return "\(day.day) \(day.day.weekdayName)  \(word)  \(day.name ?? "")"
        }
        lines += ["", known.line]
        return lines.joined(separator: "\n")
    }
}

private func object(_ fields: [(name: String, value: String)]) -> String {
    "{" + fields.map { quoted($0.name) + ":" + $0.value }.joined(separator: ",") + "}"
}

private func list(_ values: [String]) -> String { "[" + values.joined(separator: ",") + "]" }

private func quoted(_ text: String?) -> String {
    guard let text else { return "null" }
    var out = "\""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"": out += "\\\""
        case "\\": out += "\\\\"
        case "\n": out += "\\n"
        case _ where scalar.value < 0x20:
            let hex = String(scalar.value, radix: 16)
            out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
        default: out.unicodeScalars.append(scalar)
        }
    }
    return out + "\""
}
