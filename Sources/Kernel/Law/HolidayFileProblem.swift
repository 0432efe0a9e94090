/// Why a holiday file was refused: what is wrong, where, and what to do about it.
package struct HolidayFileProblem: Refusal, Hashable, CustomStringConvertible {
    package enum Code: String, Sendable, Hashable, CaseIterable {
        case tooLarge = "holidays-too-large"
        case notJSON = "holidays-not-json"
        case wrongForm = "holidays-wrong-form"
        case unknownField = "holidays-unknown-field"
        case unknownFormat = "holidays-unknown-format"
        case badVersion = "holidays-bad-version"
        case badYear = "holidays-bad-year"
        case noNotice = "holidays-no-notice"
        case badNotice = "holidays-bad-notice"
        case badName = "holidays-bad-name"
        case notADay = "holidays-not-a-day"
        case outsideYear = "holidays-outside-year"
        case notAWeekend = "holidays-work-not-on-weekend"
        case namedTwice = "holidays-day-named-twice"
        case incomplete = "holidays-incomplete"
    }

    package let fault: Code
    /// Where in the file: `years[0] (2027) holidays[1] (春节)`.
    package let place: String
    package let what: String
    /// What the reader can do.
    package let remedy: String

    init(_ code: Code, at place: String, _ detail: String, remedy: String) {
        fault = code
        self.place = place
        what = detail
        self.remedy = remedy
    }

    package var kind: RefusalKind { fault == .tooLarge ? .tooMuch : .invalid }
    package var code: String { fault.rawValue }
    package var detail: String { "节假日文件有误：\(place): \(what). To do: \(remedy)." }
    package var description: String { "\(code): \(place): \(what). To do: \(remedy)." }
}
