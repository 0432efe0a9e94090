import CivilTime
import Testing
import Web

@Suite struct `Calendar files` {
    private func file(_ entries: [CalendarFile.Entry], name: String = "到期日") throws -> String {
        let day = try #require(Day("2026-12-16"))
        return String(decoding: CalendarFile(name: name, asOf: day, entries: entries).bytes, as: UTF8.self)
    }

    private func entry(
        _ title: String, detail: String = "", from: String = "2026-02-15", to: String = "2026-02-23"
    )
        throws -> CalendarFile.Entry
    {
        let (first, last) = (try #require(Day(from)), try #require(Day(to)))
        return CalendarFile.Entry(uid: "off-2026", days: first...last, title: title, detail: detail)
    }

    @Test func `hold an event with whole days, the end being the day after`() throws {
        let text = try file([entry("春节放假", detail: "国办发明电〔2025〕7号")])
        #expect(
            text == """
                BEGIN:VCALENDAR\r
                VERSION:2.0\r
                PRODID:-//Sundial//Sundial//ZH\r
                CALSCALE:GREGORIAN\r
                NAME:到期日\r
                X-WR-CALNAME:到期日\r
                REFRESH-INTERVAL;VALUE=DURATION:P1D\r
                BEGIN:VEVENT\r
                UID:off-2026@sundial\r
                DTSTAMP:20261215T160000Z\r
                DTSTART;VALUE=DATE:20260215\r
                DTEND;VALUE=DATE:20260224\r
                SUMMARY:春节放假\r
                DESCRIPTION:国办发明电〔2025〕7号\r
                STATUS:CONFIRMED\r
                TRANSP:TRANSPARENT\r
                END:VEVENT\r
                END:VCALENDAR\r

                """)
    }

    @Test(arguments: [
        ("a,b;c\\d", "a\\,b\\;c\\\\d"), ("一\n二\r\n三\r四", "一\\n二\\n三\\n四"), ("x\u{0}\u{7}\u{1B}y", "xy"),
        ("END:VEVENT\nBEGIN:VALARM", "END:VEVENT\\nBEGIN:VALARM"), ("\u{85}z", "z"),
    ])
    func `let no text end its line`(text: String, written: String) throws {
        #expect(try file([entry(text)]).contains("SUMMARY:\(written)\r\n"))
    }

    @Test func `fold lines at 75 octets and never inside a character`() throws {
        let long = String(repeating: "某县自然资源局公共资源交易", count: 20) + "𠮷" + String(repeating: "x", count: 200)
        let bytes = Array(try file([entry(long, detail: long)]).utf8)
        var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        #expect(lines.popLast()?.isEmpty == true)
        var unfolded: [String] = []
        for line in lines {
            #expect(line.last == 0x0D)
            let content = line.dropLast()
            #expect(content.count <= 75)
            let text = try #require(String(validating: content, as: UTF8.self))
            if text.hasPrefix(" ") {
                unfolded[unfolded.count - 1] += text.dropFirst()
            } else {
                unfolded.append(text)
            }
        }
        #expect(unfolded.contains("SUMMARY:" + long) && unfolded.contains("DESCRIPTION:" + long))
    }

    @Test func `keep a uid to safe characters and say what may still change`() throws {
        let day = try #require(Day("2027-05-01"))
        let text = try file([
            CalendarFile.Entry(uid: "a b\n:é", days: day...day, title: "劳动节", isTentative: true)
        ])
        #expect(text.contains("UID:a%20b%0A%3A%C3%A9@sundial\r\n") && text.contains("STATUS:TENTATIVE\r\n"))
        #expect(text.contains("DTSTART;VALUE=DATE:20270501\r\nDTEND;VALUE=DATE:20270502\r\n"))
    }
}
