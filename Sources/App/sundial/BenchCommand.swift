import ArgumentParser
import CivilTime
import Foundation
import Law

/// `sundial bench`: what `make bench` holds against its peers from inside the program. Hidden: no user needs it.
struct BenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measure parts of the program; used by make bench.",
        shouldDisplay: false, subcommands: [CalendarBench.self, LogBench.self, AppendBench.self])
}

/// `sundial bench calendar --questions FILE --answers FILE`: due days of a whole list, and how long they took.
struct CalendarBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calendar",
        abstract: "Count due days of a whole list and time it.",
        discussion: """
            The questions are pairs of 64-bit numbers, least byte first: days since 1970-01-01 and working days, \
            negative backward. The answers are as many numbers, days since 1970-01-01. Prints nanoseconds an \
            element, the best of the runs.
            """)

    @Option(help: ArgumentHelp("The file of questions, at most 16 MiB.", valueName: "file"))
    var questions: String
    @Option(help: ArgumentHelp("Where the answers are written.", valueName: "file"))
    var answers: String
    @Option(help: "How often each way is measured, 1...100.")
    var runs = 5

    static let bytesMax = 16 << 20

    func validate() throws {
        guard (1...100).contains(runs) else { throw ValidationError("1 to 100 runs, not \(runs).") }
    }

    func run() throws {
        let numbers = try read()
        let days = stride(from: 0, to: numbers.count, by: 2).map { Day(ordinal: numbers[$0]) }
        let amounts = stride(from: 1, to: numbers.count, by: 2).map { numbers[$0] }
        guard amounts.allSatisfy({ abs($0) <= CountingRule.amounts.upperBound }) else {
            throw ValidationError("\(questions): a count goes from -400 to 400.")
        }
        let calendar = try HolidayYears.builtIn().workCalendar()
        let (batch, due) = best { calendar.dueDays(workingDays: amounts, from: days) }
        let (single, same) = best { oneByOne(days, amounts, calendar) }
        guard due == same else {
            throw ValidationError("One by one the answers differ from those of the list.")
        }
        try write(due.map(\.ordinal))
        let perElement = { (time: Double) in String((time / Double(max(1, days.count)) * 10).rounded() / 10) }
        print(
            #"{"elements":\#(days.count),"batchNanoseconds":\#(perElement(batch)),"#
                + #""singleNanoseconds":\#(perElement(single))}"#)
    }

    private func oneByOne(_ days: [Day], _ amounts: [Int], _ calendar: WorkCalendar) -> [Day] {
        zip(days, amounts).map { day, amount in
            let direction: CountDirection = amount < 0 ? .before : .after
            let rule = CountingRule(amount: abs(amount), unit: .workingDays, direction: direction)
            return calendar.dueDay(rule, from: day)
        }
    }

    private func best(_ work: () -> [Day]) -> (nanoseconds: Double, due: [Day]) {
        var (best, due) = (Double.infinity, [Day]())
        for _ in 0..<runs {
            let start = ContinuousClock.now
            due = work()
            best = min(best, (ContinuousClock.now - start) / .nanoseconds(1))
        }
        return (best, due)
    }

    private func read() throws -> [Int] {
        let data = try Data(contentsOf: URL(filePath: questions))
        guard data.count <= CalendarBench.bytesMax, data.count.isMultiple(of: 16) else {
            throw ValidationError("\(questions): pairs of 64-bit numbers, at most 16 MiB.")
        }
        return data.withUnsafeBytes { bytes in
            stride(from: 0, to: data.count, by: 8).map {
                Int(Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: $0, as: Int64.self)))
            }
        }
    }

    private func write(_ numbers: [Int]) throws {
        var data = Data(capacity: numbers.count * 8)
        for number in numbers {
            withUnsafeBytes(of: Int64(number).littleEndian) { data.append(contentsOf: $0) }
        }
        try data.write(to: URL(filePath: answers))
    }
}
