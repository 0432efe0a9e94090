import CivilTime

/// A day, and perhaps a time of day, read from folded text.
///
/// Known writings: 2026年3月17日, 2026-3-17, 2026/3/17, 20260317, Mar 17, 2026; then 09:00, 09:00:00, 9时30分,
/// 9点30分, 下午2:30. A line end may stand between any two parts of the Chinese writing, even within the year.
struct PrintedMoment: Sendable, Hashable {
    let day: Day
    /// `HH:MM`.
    let time: String?
    /// Just after it.
    let end: Int

    /// Reads the moment that starts at `start`; nil when none does.
    init?(_ bytes: [UInt8], at start: Int) {
        var scan = MomentScan(bytes: bytes, at: start)
        guard let day = scan.day() else { return nil }
        self.day = day
        let afterDay = scan.at
        if let time = scan.time() {
            self.time = time
            end = scan.at
        } else {
            self.time = nil
            end = afterDay
        }
    }

    /// Reads a text that is a moment and nothing else.
    init?(whole bytes: [UInt8]) {
        self.init(bytes, at: 0)
        guard end == bytes.count else { return nil }
    }
}

private struct MomentScan {
    let bytes: [UInt8]
    var at: Int

    private static let year: [UInt8] = Array("年".utf8)
    private static let month: [UInt8] = Array("月".utf8)
    private static let dayWords: [[UInt8]] = ["日", "号"].map { Array($0.utf8) }
    private static let hour: [[UInt8]] = ["时", "点"].map { Array($0.utf8) }
    private static let minute: [UInt8] = Array("分".utf8)
    private static let second: [UInt8] = Array("秒".utf8)
    private static let afternoon: [[UInt8]] = ["下午", "晚上"].map { Array($0.utf8) }
    private static let forenoon: [[UInt8]] = ["上午", "早上", "中午"].map { Array($0.utf8) }
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    .map { Array($0.utf8) }

    mutating func day() -> Day? {
        guard at < bytes.count else { return nil }
        if bytes[at] >= 0x41, bytes[at] <= 0x5A { return englishDay() }
        guard bytes[at].isASCIIDigit else { return nil }
        let start = at
        if let day = dashedDay() { return day }
        at = start
        return chineseDay()
    }

    /// 2026-03-17, 2026/3/17, 20260317.
    private mutating func dashedDay() -> Day? {
        guard let (first, count) = digits(max: 8, breaks: false) else { return nil }
        if count == 8 {
            guard at >= bytes.count || !bytes[at].isASCIIDigit else { return nil }
            return Day(first / 10000, first / 100 % 100, first % 100)
        }
        guard count == 4, at < bytes.count else { return nil }
        let sign = bytes[at]
        guard sign == UInt8(ascii: "-") || sign == UInt8(ascii: "/") || sign == UInt8(ascii: ".") else {
            return nil
        }
        at += 1
        guard let (month, _) = digits(max: 2, breaks: false), at < bytes.count, bytes[at] == sign else {
            return nil
        }
        at += 1
        guard let (day, _) = digits(max: 2, breaks: false) else { return nil }
        return Day(first, month, day)
    }

    private mutating func chineseDay() -> Day? {
        guard let (year, count) = digits(max: 4, breaks: true), count == 4, take(Self.year),
            let (month, _) = digits(max: 2, breaks: true), take(Self.month),
            let (day, _) = digits(max: 2, breaks: true), Self.dayWords.contains(where: { take($0) })
        else { return nil }
        return Day(year, month, day)
    }

    private mutating func englishDay() -> Day? {
        guard let month = Self.months.firstIndex(where: { bytes[at...].starts(with: $0) }) else { return nil }
        at += 3
        skip(0x20)
        guard let (day, _) = digits(max: 2, breaks: false) else { return nil }
        skip(UInt8(ascii: ","))
        skip(0x20)
        guard let (year, count) = digits(max: 4, breaks: false), count == 4 else { return nil }
        return Day(year, month + 1, day)
    }

    /// The time of day after a day.
    mutating func time() -> String? {
        skipBreaks()
        skip(0x20)
        skip(UInt8(ascii: "-"))
        skip(UInt8(ascii: "T"))
        skipBreaks()
        let later = Self.afternoon.contains { take($0) }
        if !later { _ = Self.forenoon.contains { take($0) } }
        guard var (hour, _) = digits(max: 2, breaks: false) else { return nil }
        var minute = 0
        if at < bytes.count, bytes[at] == UInt8(ascii: ":") {
            at += 1
            guard let (value, count) = digits(max: 2, breaks: false), count == 2 else { return nil }
            minute = value
            if at + 2 < bytes.count, bytes[at] == UInt8(ascii: ":"), bytes[at + 1].isASCIIDigit {
                at += 1
                _ = digits(max: 2, breaks: false)
            }
        } else if Self.hour.contains(where: { take($0) }) {
            let mark = at
            if let (value, _) = digits(max: 2, breaks: true), take(Self.minute) {
                minute = value
                let second = at
                if digits(max: 2, breaks: true) == nil || !take(Self.second) { at = second }
            } else {
                at = mark
            }
        } else {
            return nil
        }
        if later, hour < 12 { hour += 12 }
        guard hour < 24 || (hour == 24 && minute == 0), minute < 60 else { return nil }
        return LocalTime.two(hour) + ":" + LocalTime.two(minute)
    }

    /// At most so many digits; with `breaks`, line ends before and between them are passed over.
    private mutating func digits(max: Int, breaks: Bool) -> (value: Int, count: Int)? {
        var value = 0
        var count = 0
        var look = at
        while look < bytes.count, count < max {
            if bytes[look].isASCIIDigit {
                value = value * 10 + Int(bytes[look] - 0x30)
                count += 1
                look += 1
                at = look
            } else if breaks, bytes[look] == 0x0A {
                look += 1
            } else {
                break
            }
        }
        return count == 0 ? nil : (value, count)
    }

    /// Takes a word, past line ends before it.
    private mutating func take(_ word: [UInt8]) -> Bool {
        var look = at
        while look < bytes.count, bytes[look] == 0x0A { look += 1 }
        guard bytes.count - look >= word.count, bytes[look..<look + word.count].elementsEqual(word) else {
            return false
        }
        at = look + word.count
        return true
    }

    private mutating func skip(_ byte: UInt8) {
        if at < bytes.count, bytes[at] == byte { at += 1 }
    }

    private mutating func skipBreaks() {
        while at < bytes.count, bytes[at] == 0x0A { at += 1 }
    }
}
