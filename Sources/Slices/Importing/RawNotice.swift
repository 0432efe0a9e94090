import CivilTime
import Markup

/// One row of a file as its form names the fields, checked for what every notice must have.
package struct RawNotice: Sendable {
    package let row: Int
    /// Where it comes from: the form's source.
    package let source: String
    package let recordID: String
    package let title: String
    package let business: String
    package let info: String
    package let published: ClaimedTime
    /// The day of a policy text's version, as printed.
    package let versionDay: String?
    /// As printed.
    package let text: String
    /// The text with its marks; nil where it has none.
    package let markedText: WrittenText?
    package let region: String?
    /// The numbers of the project's field; a notice of several gatherings has several.
    package let projectCodes: [String]
    /// The medium on which it was issued.
    package let medium: String?
    package let buyer: String?
    package let agency: String?
    package let budget: String?
    /// Further named values of the source, in its order.
    package let extra: [NamedText]
    /// Web addresses that a page may link to: http and https only.
    package let addresses: [String]
    package let attachments: [NoticeAttachment]
    /// As its own fields have them.
    package let marks: PaperMarks
    /// The row's whole content in canonical form: equal for equal content, whatever the order of fields.
    package let canonicalBytes: [UInt8]
    /// What of the row could not be used.
    package let losses: [RowLoss]
    /// The names of all its fields, read or not.
    package let fieldNames: [String]
}

package struct NamedText: Sendable, Hashable {
    package let name: String
    package let text: String
}

/// A file that the notice points to. It is not fetched.
package struct NoticeAttachment: Sendable, Hashable {
    package let name: String
    /// nil when the source gives no usable address.
    package let address: String?
}

/// A point in time as a source claims it, in local time of Asia/Shanghai.
package struct ClaimedTime: Sendable, Hashable {
    /// As given; empty when nothing is.
    package let printed: String
    /// nil when no day is claimed, or one that cannot be read or believed.
    package let day: Day?
    /// `HH:MM`, or nil when only the day is given.
    package let time: String?

    package init(printed: String, day: Day?, time: String?) {
        self.printed = printed
        self.day = day
        self.time = time
    }

    /// The same in UTC, `YYYY-MM-DDTHH:MM:SSZ`; nil when only the day is given.
    package var instant: String? {
        guard let day, let time else { return nil }
        return LocalTime.instant(day: day, time: time)
    }
}

/// Civil time of the whole country: UTC+8, no summer time since 1992.
enum LocalTime {
    /// - Parameter time: `HH:MM`, `24:00` is the end of the day.
    static func instant(day: Day, time: String) -> String? {
        let parts = time.split(separator: ":").compactMap { Int($0) }
        guard parts.count == 2 else { return nil }
        let minutes = parts[0] * 60 + parts[1] - 8 * 60
        let civil = minutes < 0 ? day.adding(days: -1) : day
        let rest = minutes < 0 ? minutes + 24 * 60 : minutes
        return "\(civil)T\(two(rest / 60)):\(two(rest % 60)):00Z"
    }

    static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
