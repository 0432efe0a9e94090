/// Why a holiday file was refused: what is wrong, where, and what to do about it.
package struct HolidayFileProblem: Error, Sendable, Hashable, CustomStringConvertible {
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

    package let code: Code
    /// Where in the file: `years[0] (2027) holidays[1] (春节)`.
    package let place: String
    package let detail: String
    /// What the reader can do.
    package let remedy: String

    init(_ code: Code, at place: String, _ detail: String, remedy: String) {
        self.code = code
        self.place = place
        self.detail = detail
        self.remedy = remedy
    }

    package var description: String { "\(code.rawValue): \(place): \(detail). To do: \(remedy)." }
}
