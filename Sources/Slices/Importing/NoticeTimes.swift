import ChineseText
import CivilTime

/// Days and moments: deadlines, openings, periods.
extension NoticeReading {
    func times() -> (times: [NoticeTime], unreadable: [UnreadableTime]) {
        var reading = TimesReading(reading: self)
        reading.read()
        return (reading.times, reading.unreadable)
    }

    /// 公告期限: a number of working days shortly after the words.
    func noticePeriod() -> Found<Int>? {
        for label in scan.places(of: .noticePeriod) {
            let reach = min(bytes.count, label.end + 100)
            guard let unit = Self.find(Self.workingDays, in: bytes, from: label.end, to: reach),
                let number = Self.numberBefore(unit, in: bytes), number.value > 0
            else { continue }
            let range = number.start..<min(bytes.count, unit + Self.workingDays.count)
            return Found(number.value, at: scan.place(range, from: label.start))
        }
        return nil
    }

    private static let workingDays = Array("个工作日".utf8)

    private static func find(_ word: [UInt8], in bytes: [UInt8], from: Int, to: Int) -> Int? {
        guard to - from >= word.count else { return nil }
        return (from...(to - word.count)).first { at in
            bytes[at] == word[0] && bytes[at..<at + word.count].elementsEqual(word)
        }
    }

    /// A number of one or two digits, or one Chinese numeral, just before `end`.
    private static func numberBefore(_ end: Int, in bytes: [UInt8]) -> (value: Int, start: Int)? {
        var at = end
        while at > 0, bytes[at - 1] == 0x0A { at -= 1 }
        var start = at
        while start > 0, at - start < 3, bytes[start - 1].isASCIIDigit { start -= 1 }
        if start < at, at - start <= 2, let value = Int(String(decoding: bytes[start..<at], as: UTF8.self)) {
            return (value, start)
        }
        start = at - ChineseNumeral.byteCount
        return start < 0 ? nil : ChineseNumeral.value(bytes[start..<at]).map { ($0, start) }
    }
}

/// The times of one notice being read.
private struct TimesReading {
    let reading: NoticeReading
    var times: [NoticeTime] = []
    var unreadable: [UnreadableTime] = []

    private var scan: NoticeScan { reading.scan }
    private var bytes: [UInt8] { reading.bytes }

    init(reading: NoticeReading) {
        self.reading = reading
    }

    /// Which times a notice of that kind can state about itself. A correction prints old times beside new ones, so
    /// none of them is taken.
    mutating func read() {
        let kind = reading.kind
        fields()
        switch kind {
        case .procurementNotice, .tenderNotice, .prequalificationNotice:
            documents()
            deadlines()
            openings()
        case .procurementCorrection, .tenderClarification:
            single(.correction, .correction)
            single(.firstNotice, .firstNotice)
        case .procurementContract:
            single(.signing, .signing)
        case .candidates, .tenderResult, .otherDeal, .openingRecord, .tenderTermination:
            openings()
            publicity()
            single(.evaluation, .evaluation)
            single(.fixing, .fixing)
        case .procurementResult, .procurementTermination:
            single(.evaluation, .evaluation)
            single(.fixing, .fixing)
        case .landNotice, .landResult, .policyText, .unmapped: break
        }
    }

    private mutating func add(_ time: NoticeTime) {
        guard !times.contains(where: { $0.role == time.role && $0.day == time.day && $0.time == time.time })
        else {
            return
        }
        times.append(time)
    }

    private mutating func fields() {
        for (role, timeRole) in [
            (NoticeRole.opening, NoticeTime.Role.opening), (.signing, .signing), (.deadline, .bidDeadline),
            (.documentsEnd, .documentsTo),
        ] {
            for (text, place) in reading.extras(role) where !text.trimmed.isEmpty && text.utf8.count <= 80 {
                if let moment = PrintedMoment(whole: NoticeText.fold(text)) {
                    add(NoticeTime(role: timeRole, day: moment.day, time: moment.time, place: place))
                } else {
                    unreadable.append(UnreadableTime(role: timeRole, place: place))
                }
            }
        }
    }

    // MARK: One role each

    private mutating func documents() {
        for label in scan.places(of: .documents) {
            let (at, _) = skipToTime(label.end)
            if let (from, to) = period(at) {
                add(.documentsFrom, from, label: label)
                add(.documentsTo, to, label: label)
                break
            }
        }
        for label in scan.places(of: .documentsEnd) {
            let (at, _) = skipToTime(label.end)
            if let moment = PrintedMoment(bytes, at: at) {
                add(.documentsTo, Span(moment: moment, start: at), label: label)
                break
            }
        }
    }

    private static let notDeadlines = ["保证金", "报名", "质疑", "澄清", "解密", "异议", "发售", "提问", "获取"]
        .map { Array($0.utf8) }
    private static let before = Array("前".utf8)

    private mutating func deadlines() {
        for label in scan.places(of: .deadline) {
            let line = Array(bytes[scan.lineStart(label.start)..<label.start])
            guard !Self.notDeadlines.contains(where: { line.holds($0) }) else { continue }
            let (at, passedOpening) = skipToTime(label.end)
            guard let moment = readable(at, .bidDeadline) else { continue }
            add(.bidDeadline, Span(moment: moment, start: at), label: label)
            if passedOpening { add(.opening, Span(moment: moment, start: at), label: label) }
            break
        }
        for label in scan.places(of: .deadlinePreamble) {
            let (at, _) = skipToTime(label.end)
            guard let moment = PrintedMoment(bytes, at: at),
                bytes[moment.end..<min(bytes.count, moment.end + 40)].filter({ $0 != 0x0A }).holds(
                    Self.before)
            else { continue }
            add(.bidDeadline, Span(moment: moment, start: at), label: label)
            break
        }
    }

    private mutating func openings() {
        for role in [NoticeRole.opening, .openingHeading] {
            for label in scan.places(of: role) where times.allSatisfy({ $0.role != .opening }) {
                if role == .openingHeading, !scan.isHeading(label.start) { continue }
                let (at, _) = skipToTime(label.end)
                if let moment = readable(at, .opening) {
                    add(.opening, Span(moment: moment, start: at), label: label)
                }
            }
        }
    }

    private mutating func publicity() {
        let isCandidates = reading.kind == .candidates
        for label in scan.places(of: .candidatesPublicity) {
            let (at, _) = skipToTime(label.end)
            guard let (from, to) = period(at) else { continue }
            add(isCandidates ? .publicityFrom : .candidatesPublicityFrom, from, label: label)
            add(isCandidates ? .publicityTo : .candidatesPublicityTo, to, label: label)
            break
        }
        for label in scan.places(of: .publicity) {
            let (at, _) = skipToTime(label.end)
            guard let (from, to) = period(at) else { continue }
            add(.publicityFrom, from, label: label)
            add(.publicityTo, to, label: label)
            break
        }
        single(.publicityStart, .publicityFrom)
        single(.publicityEnd, .publicityTo)
    }

    private mutating func single(_ role: NoticeRole, _ timeRole: NoticeTime.Role) {
        for label in scan.places(of: role) where !reading.isTableHead(label.start) {
            let (at, _) = skipToTime(label.end)
            if let moment = readable(at, timeRole) {
                add(timeRole, Span(moment: moment, start: at), label: label)
                return
            }
        }
    }

    // MARK: Reading

    private struct Span {
        let moment: PrintedMoment
        let start: Int
    }

    private mutating func add(_ role: NoticeTime.Role, _ span: Span, label: PhraseIndex.Occurrence) {
        add(
            NoticeTime(
                role: role, day: span.moment.day, time: span.moment.time,
                place: scan.place(span.start..<span.moment.end, from: label.start)))
    }

    /// The moment there; a date-like text that is no day is noted.
    private mutating func readable(_ at: Int, _ role: NoticeTime.Role) -> PrintedMoment? {
        if let moment = PrintedMoment(bytes, at: at) { return moment }
        if at + 5 < bytes.count, bytes[at..<at + 4].allSatisfy(\.isASCIIDigit),
            bytes[at + 4] == UInt8(ascii: "-") || bytes[(at + 4)...].starts(with: Self.yearWord)
        {
            unreadable.append(UnreadableTime(role: role, place: scan.place(at..<scan.lineEnd(at))))
        }
        return nil
    }

    private static let yearWord = Array("年".utf8)
    private static let until = ["至", "到", "-", "~", "～"].map { Array($0.utf8) }

    /// Two moments with 至 between.
    private func period(_ at: Int) -> (from: Span, to: Span)? {
        guard let from = PrintedMoment(bytes, at: at) else { return nil }
        var next = from.end
        while next < bytes.count, bytes[next] == 0x0A || bytes[next] == 0x20 { next += 1 }
        guard next < bytes.count, let word = Self.until.first(where: { bytes[next...].starts(with: $0) })
        else {
            return nil
        }
        next += word.count
        while next < bytes.count, bytes[next] == 0x0A || bytes[next] == 0x20 { next += 1 }
        guard let to = PrintedMoment(bytes, at: next), from.day <= to.day else { return nil }
        return (Span(moment: from, start: at), Span(moment: to, start: next))
    }

    private static let openingWord = Array("开标时间".utf8)
    private static let fillers: [[UInt8]] = ["开标时间", "截止时间", "地点", "时间", "、", "及", "和", "与", "为"]
        .map { Array($0.utf8) }

    /// Past what may stand between a label and its time: line ends, colons, 及地点, 1.时间：, (北京时间).
    ///
    /// - Returns: the place after it, and whether 开标时间 was among it, so that one time serves both.
    private func skipToTime(_ end: Int) -> (at: Int, passedOpening: Bool) {
        var at = end
        var passedOpening = false
        stepping: while at < bytes.count, at - end < 150 {
            let byte = bytes[at]
            if byte == 0x0A || byte == UInt8(ascii: ":") || byte == 0x20 {
                at += 1
                continue
            }
            for filler in Self.fillers where bytes[at...].starts(with: filler) {
                passedOpening = passedOpening || filler == Self.openingWord
                at += filler.count
                continue stepping
            }
            if let past = pastNumbering(at) ?? pastBrackets(at) {
                at = past
                continue
            }
            break
        }
        return (at, passedOpening)
    }

    private static let listComma = Array("、".utf8)

    private func pastNumbering(_ start: Int) -> Int? {
        var at = start
        while at < bytes.count, at - start < 2, bytes[at].isASCIIDigit { at += 1 }
        guard at > start, at < bytes.count, !bytes[at].isASCIIDigit else { return nil }
        if bytes[at] == UInt8(ascii: "."), at + 1 < bytes.count, !bytes[at + 1].isASCIIDigit { return at + 1 }
        return bytes[at...].starts(with: Self.listComma) ? at + 3 : nil
    }

    /// Brackets without a number in them.
    private func pastBrackets(_ start: Int) -> Int? {
        guard bytes[start] == UInt8(ascii: "(") else { return nil }
        for at in start..<min(bytes.count, start + 60) {
            if bytes[at].isASCIIDigit || bytes[at] == 0x0A { return nil }
            if bytes[at] == UInt8(ascii: ")") { return at + 1 }
        }
        return nil
    }
}
