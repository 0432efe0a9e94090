import ArgumentParser
import CivilTime

extension CalendarCommand {
    /// `sundial calendar hours --from MOMENT --hours N`: the last moment of a period in hours.
    struct HoursCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "hours",
            abstract: "Count a limit in hours (按小时计算的期限).",
            discussion: """
                Hours run from the very moment, through nights, weekends and holidays; --next-hour leaves out the \
                hour in which it began, as in litigation. Times are those of Beijing. What is done at the last \
                moment is in time; a day ends at 24:00.
                """)

        @Option(
            help: ArgumentHelp("When it happened, YYYY-MM-DDTHH:MM, 1992 or later.", valueName: "moment"),
            transform: readMoment)
        var from: Instant
        @Option(help: ArgumentHelp("So many hours, 0...2400.", valueName: "n"))
        var hours: Int
        @Flag(help: "Count backward: a limit before an event.")
        var before = false
        @Flag(help: "Begin with the next full hour.")
        var nextHour = false
        @Flag(help: "Print JSON.")
        var json = false

        func validate() throws {
            guard HourRule.range.contains(hours) else {
                throw ValidationError("The count goes from 0 to 2400, not \(hours).")
            }
        }

        func run() throws {
            let rule = HourRule(
                hours: hours, direction: before ? .before : .after, start: nextHour ? .nextHour : .moment)
            let due = rule.due(from: from)
            if json { return try Printed.json(HoursAnswer(due)) }
            Printed.line("截止时刻 \(due.due.wallTimeAsEnd) \(due.lastDay.weekdayName)")
            Printed.line("")
            if due.from != due.anchor { Printed.line("自 \(due.from.wallTimeAsEnd) 起计") }
            for step in due.steps {
                Printed.line("\(step.day) \(step.day.weekdayName)   \(length(step.seconds))")
            }
        }

        private func length(_ seconds: Int) -> String {
            let (minutes, rest) = (seconds / 60 % 60, seconds % 60)
            return "\(seconds / 3600)小时" + (minutes + rest > 0 ? "\(minutes)分" : "")
                + (rest > 0 ? "\(rest)秒" : "")
        }
    }
}

private func readMoment(_ text: String) throws -> Instant {
    let parts = text.split(separator: "T", omittingEmptySubsequences: false)
    let clock = parts.count == 2 ? parts[1].split(separator: ":", omittingEmptySubsequences: false) : []
    let numbers = clock.compactMap { $0.count == 2 && $0.allSatisfy(\.isASCII) ? Int($0) : nil }
    guard (2...3).contains(clock.count), numbers.count == clock.count, let day = Day(parts[0]),
        let moment = Instant(
            day, hour: numbers[0], minute: numbers[1], second: numbers.count == 3 ? numbers[2] : 0)
    else {
        throw ValidationError("“\(text)” is no moment since 1992; write YYYY-MM-DDTHH:MM, Beijing time.")
    }
    return moment
}

extension HourDue {
    /// The day at whose clock the period ends; an end at 24:00 belongs to the day before.
    fileprivate var lastDay: Day {
        due.adding(seconds: -1).day == due.day ? due.day : due.day.adding(days: -1)
    }
}

private struct HoursAnswer: Encodable {
    struct Step: Encodable {
        let day: Day
        let seconds: Int
    }
    let due: Instant
    let dueInBeijing: String
    let from: Instant
    let rule: HourRule
    let steps: [Step]

    init(_ due: HourDue) {
        self.due = due.due
        dueInBeijing = due.due.wallTimeAsEnd
        from = due.from
        rule = due.rule
        steps = due.steps.map { Step(day: $0.day, seconds: $0.seconds) }
    }
}
