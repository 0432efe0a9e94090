import CivilTime

/// Days for a calendar program (日历订阅): iCalendar, RFC 5545.
///
/// Whole days only, so no zone is needed. Text is escaped, control characters are dropped, lines are folded at
/// 75 octets without cutting a character, and every line ends in CR LF.
package struct CalendarFile: Sendable, Hashable {
    package struct Entry: Sendable, Hashable {
        /// The same for the same thing, whenever and wherever it is written, so that a program updates it.
        let uid: String
        let days: ClosedRange<Day>
        let title: String
        let detail: String
        let isTentative: Bool

        /// - Parameters:
        ///   - uid: ASCII letters, digits and `-._~`; other characters are percent-encoded.
        ///   - isTentative: it may still change, such as a provisional day.
        package init(
            uid: String, days: ClosedRange<Day>, title: String, detail: String = "", isTentative: Bool = false
        ) {
            self.uid = uid
            self.days = days
            self.title = title
            self.detail = detail
            self.isTentative = isTentative
        }
    }

    package static let mediaType = "text/calendar; charset=utf-8"
    static let lineOctetsMax = 75

    let name: String
    let detail: String
    let asOf: Day
    let entries: [Entry]

    /// - Parameters:
    ///   - asOf: the day of which all this is true.
    package init(name: String, detail: String = "", asOf: Day, entries: [Entry]) {
        self.name = name
        self.detail = detail
        self.asOf = asOf
        self.entries = entries
    }

    package var bytes: [UInt8] {
        var bytes: [UInt8] = []
        for line in head + entries.flatMap(lines) + ["END:VCALENDAR"] {
            CalendarFile.append(line, to: &bytes)
        }
        return bytes
    }

    private var head: [String] {
        [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Sundial//Sundial//ZH", "CALSCALE:GREGORIAN",
            "NAME:" + CalendarFile.escaped(name), "X-WR-CALNAME:" + CalendarFile.escaped(name),
            "REFRESH-INTERVAL;VALUE=DURATION:P1D",
        ] + description(detail)
    }

    private func lines(_ entry: Entry) -> [String] {
        [
            "BEGIN:VEVENT", "UID:\(Link.encoded(entry.uid))@sundial",
            // The day began in Beijing at 16:00 UTC of the day before.
            "DTSTAMP:\(CalendarFile.basic(asOf.adding(days: -1)))T160000Z",
            "DTSTART;VALUE=DATE:" + CalendarFile.basic(entry.days.lowerBound),
            // The end is the first day that no longer belongs to it.
            "DTEND;VALUE=DATE:" + CalendarFile.basic(entry.days.upperBound.adding(days: 1)),
            "SUMMARY:" + CalendarFile.escaped(entry.title),
        ] + description(entry.detail) + [
            "STATUS:" + (entry.isTentative ? "TENTATIVE" : "CONFIRMED"), "TRANSP:TRANSPARENT", "END:VEVENT",
        ]
    }

    private func description(_ text: String) -> [String] {
        text.isEmpty ? [] : ["DESCRIPTION:" + CalendarFile.escaped(text)]
    }

    private static func basic(_ day: Day) -> String {
        String(decoding: day.description.utf8.filter { $0 != UInt8(ascii: "-") }, as: UTF8.self)
    }

    private static func escaped(_ text: String) -> String {
        var escaped = String.UnicodeScalarView()
        var isAfterReturn = false
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\", ";", ",": escaped.append(contentsOf: ["\\", scalar])
            case "\n" where isAfterReturn: break
            case "\n", "\r": escaped.append(contentsOf: ["\\", "n"])
            case "\0"..<" ", "\u{7F}"..."\u{9F}": break
            default: escaped.append(scalar)
            }
            isAfterReturn = scalar == "\r"
        }
        return String(escaped)
    }

    /// The line folded: each further piece begins with a blank, which counts.
    private static func append(_ line: String, to bytes: inout [UInt8]) {
        var octets = 0
        for byte in line.utf8 {
            let scalarOctets = octetsOfScalar(beginningWith: byte)
            if octets + scalarOctets > lineOctetsMax {
                bytes.append(contentsOf: [0x0D, 0x0A, 0x20])
                octets = 1
            }
            bytes.append(byte)
            octets += scalarOctets
        }
        bytes.append(contentsOf: [0x0D, 0x0A])
    }

    /// UTF-8: 1...4; 0 for a byte within a scalar, which never begins a piece.
    private static func octetsOfScalar(beginningWith byte: UInt8) -> Int {
        switch byte {
        case ..<0x80: 1
        case ..<0xC0: 0
        case ..<0xE0: 2
        case ..<0xF0: 3
        default: 4
        }
    }
}

extension Answer {
    /// A calendar file, saved under that name by a browser.
    package static func calendar(
        _ file: CalendarFile, downloadAs name: String, meantFor audience: Audience
    ) -> Answer {
        .bytes(file.bytes, type: CalendarFile.mediaType, downloadAs: name, meantFor: audience)
    }
}
